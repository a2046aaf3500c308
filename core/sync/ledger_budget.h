#pragma once

#include "core/base/seams.h"
#include "core/platform/returngo/call_budget.h"
#include "core/sync/fact_sink.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace counterfoil::sync {

/// What a decision about one more call rests on. Pure.
struct BudgetState {
    std::int64_t used = 0;     ///< calls of this key in the rolling window
    std::int64_t cap = 0;      ///< our share of the day's calls
    std::int64_t reserved = 0; ///< set apart for finding out what became of writes
};
/// Whether one more call of this class fits (returngo.md 4): sweep C and the rolling re-read end at
/// 85 %, all background and focus at 95 %, a person's call leaves the reserve alone.
[[nodiscard]] bool fitsBudget(const BudgetState& state, platform::CallClass callClass);
/// By how much the interval of a loop grows: C and E double at 70 %, A and B at 85 %.
[[nodiscard]] int stretchOf(const BudgetState& state, platform::CallClass callClass);

/// The call budget of one ReturnGO key over the persistent call ledger. Engine thread.
class LedgerBudget : public platform::CallBudget {
public:
    struct Limits {
        Limits() {}
        std::int64_t cap = 2000;
        Millis window = std::chrono::hours(24);
    };
    LedgerBudget(std::string site, Limits limits, FactSink& sink, Clock& clock);

    [[nodiscard]] bool mayCall(platform::CallClass callClass) override;
    void charge(platform::CallClass callClass, const std::string& label, int status) override;
    void refused() override;

    /// Sets calls apart before a write starts, for its worst-case resolution. @return false when
    /// they are not there: the write must not start.
    [[nodiscard]] bool reserve(std::int64_t calls);
    void release(std::int64_t calls);

    [[nodiscard]] int stretch(platform::CallClass callClass);
    [[nodiscard]] BudgetState state();
    /// Set while the platform refuses for its own count.
    [[nodiscard]] std::optional<Instant> refusedSince() const { return m_refusedSince; }

private:
    void age();

    std::string m_site;
    Limits m_limits;
    FactSink& m_sink;
    Clock& m_clock;
    std::deque<Instant> m_calls;
    bool m_isLoaded = false;
    std::int64_t m_reserved = 0;
    std::optional<Instant> m_refusedSince;
    Instant m_probeAt{};
};

} // namespace counterfoil::sync
