#include "core/platform/shopify/cost_gate.h"

#include <algorithm>

namespace counterfoil::platform {

namespace {
constexpr std::int64_t kRequestedUnseen = 850; ///< the dearest of our documents costs 843
constexpr std::int64_t kRequestedMax = 1000;   ///< one query may not ask for more
constexpr auto kWaitMax = std::chrono::seconds(60);
} // namespace

// Points, not money: a fraction of one is nothing.
double CostGate::availableAt(Instant now) const
{
    const double elapsed = std::max(0.0, std::chrono::duration<double>(now - m_seenAt).count());
    return std::min(static_cast<double>(m_maximum),
                    static_cast<double>(*m_available) +
                        elapsed * static_cast<double>(m_restorePerSecond));
}

Millis CostGate::waitBefore(const std::string& label, Lane lane, Instant now) const
{
    if (!m_available || m_restorePerSecond <= 0)
        return Millis(0);
    const auto found = m_requested.find(label);
    const std::int64_t requested = found == m_requested.end() ? kRequestedUnseen : found->second;
    const std::int64_t reserve = lane == Lane::Polling ? m_reserve : 0;
    // A reserve beyond what the bucket holds would wait for ever.
    const double need = static_cast<double>(std::min(requested + reserve, m_maximum));
    const double missing = need - availableAt(now);
    if (missing <= 0)
        return Millis(0);
    const auto wait = Millis(
        static_cast<std::int64_t>(missing * 1000.0 / static_cast<double>(m_restorePerSecond)) + 1);
    return std::min<Millis>(wait, kWaitMax);
}

void CostGate::saw(const std::string& label, const domain::QueryCost& cost, Instant now)
{
    if (cost.requested > 0)
        m_requested[label] = std::min(cost.requested, kRequestedMax);
    if (!cost.available || !cost.maximum || !cost.restorePerSecond)
        return;
    m_available = *cost.available;
    m_maximum = *cost.maximum;
    m_restorePerSecond = *cost.restorePerSecond;
    m_seenAt = now;
}

Millis CostGate::waitAfterThrottle(const std::string& label, Lane lane, Instant now) const
{
    return std::max<Millis>(waitBefore(label, lane, now), std::chrono::seconds(1));
}

} // namespace counterfoil::platform
