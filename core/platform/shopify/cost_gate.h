#pragma once

#include "core/base/call_lane.h"
#include "core/base/time.h"
#include "core/domain/observation.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace counterfoil::platform {

/// Shopify's bucket of points as its answers told it last (shopify.md 3.2): says how long to wait
/// before a document may be sent. Pure.
class CostGate {
public:
    /// @param operatorReserve points that polling leaves for clicks
    explicit CostGate(std::int64_t operatorReserve) : m_reserve(operatorReserve) {}

    /// wait = max(0, requested + reserve - available now) / restore rate; zero while nothing is
    /// known.
    [[nodiscard]] Millis waitBefore(const std::string& label, Lane lane, Instant now) const;
    /// Takes what an answer said.
    void saw(const std::string& label, const domain::QueryCost& cost, Instant now);
    /// What an answer refused as throttled asks to wait; 1 s when it names no figures.
    [[nodiscard]] Millis waitAfterThrottle(const std::string& label, Lane lane, Instant now) const;

private:
    [[nodiscard]] double availableAt(Instant now) const;

    std::int64_t m_reserve;
    std::map<std::string, std::int64_t> m_requested; ///< points, by document
    std::optional<std::int64_t> m_available;
    std::int64_t m_maximum = 0;
    std::int64_t m_restorePerSecond = 0;
    Instant m_seenAt{};
};

} // namespace counterfoil::platform
