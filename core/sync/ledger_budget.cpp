#include "core/sync/ledger_budget.h"

#include <algorithm>

namespace counterfoil::sync {

using platform::CallClass;

namespace {
constexpr auto kProbeEvery = std::chrono::hours(1);
/// A refusal that no probe has lifted in this time is over: the window has passed.
constexpr auto kRefusalMax = std::chrono::hours(24);

bool isAtLeast(const BudgetState& state, std::int64_t percent)
{
    return state.used * 100 >= state.cap * percent;
}
} // namespace

bool fitsBudget(const BudgetState& state, CallClass callClass)
{
    switch (callClass) {
    case CallClass::Resolution:
        return state.used < state.cap;
    case CallClass::Operator:
        return state.used + state.reserved < state.cap;
    case CallClass::Focus:
    case CallClass::SweepB:
    case CallClass::SweepA:
    case CallClass::DetailD:
        return !isAtLeast(state, 95) && state.used + state.reserved < state.cap;
    case CallClass::SweepC:
    case CallClass::RollingE:
        return !isAtLeast(state, 85) && state.used + state.reserved < state.cap;
    }
    return false;
}

int stretchOf(const BudgetState& state, CallClass callClass)
{
    const bool isSlow = callClass == CallClass::SweepC || callClass == CallClass::RollingE;
    if (isAtLeast(state, 85))
        return isSlow ? 4 : 2;
    if (isAtLeast(state, 70))
        return isSlow ? 2 : 1;
    return 1;
}

LedgerBudget::LedgerBudget(std::string site, Limits limits, FactSink& sink, Clock& clock)
    : m_site(std::move(site)), m_limits(limits), m_sink(sink), m_clock(clock)
{
}

void LedgerBudget::age()
{
    const Instant since = m_clock.now() - m_limits.window;
    if (!m_isLoaded) {
        const auto rows = m_sink.callsSince(Platform::ReturnGo, since);
        if (rows) {
            m_isLoaded = true;
            for (const store::CallLedgerRow& row : *rows) {
                if (row.site == m_site)
                    m_calls.push_back(row.at);
            }
            std::sort(m_calls.begin(), m_calls.end());
        }
    }
    while (!m_calls.empty() && m_calls.front() <= since)
        m_calls.pop_front();
}

BudgetState LedgerBudget::state()
{
    age();
    return {static_cast<std::int64_t>(m_calls.size()), m_limits.cap, m_reserved};
}

bool LedgerBudget::mayCall(CallClass callClass)
{
    const Instant now = m_clock.now();
    if (!fitsBudget(state(), callClass))
        return false;
    if (!m_refusedSince || callClass <= CallClass::Operator)
        return true;
    if (now - *m_refusedSince >= kRefusalMax) {
        m_refusedSince.reset();
        return true;
    }
    if (now < m_probeAt)
        return false;
    m_probeAt = now + kProbeEvery;
    return true;
}

void LedgerBudget::charge(CallClass callClass, const std::string& label, int status)
{
    age();
    store::CallLedgerRow row;
    row.at = m_clock.now();
    row.site = m_site;
    row.platform = Platform::ReturnGo;
    row.callClass = platform::callClassWord(callClass);
    row.label = label;
    row.status = status;
    m_calls.push_back(row.at);
    // A ledger that cannot be written stops the page that follows with a Store error of its own;
    // the count in memory stays right until then.
    static_cast<void>(m_sink.addCall(row));
}

void LedgerBudget::refused()
{
    const Instant now = m_clock.now();
    if (!m_refusedSince)
        m_refusedSince = now;
    m_probeAt = now + kProbeEvery;
}

bool LedgerBudget::reserve(std::int64_t calls)
{
    const BudgetState present = state();
    if (present.used + m_reserved + calls > present.cap)
        return false;
    m_reserved += calls;
    return true;
}

void LedgerBudget::release(std::int64_t calls)
{
    m_reserved = std::max<std::int64_t>(0, m_reserved - calls);
}

int LedgerBudget::stretch(CallClass callClass)
{
    return stretchOf(state(), callClass);
}

} // namespace counterfoil::sync
