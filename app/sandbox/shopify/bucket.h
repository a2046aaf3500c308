#pragma once

#include <algorithm>
#include <chrono>

namespace counterfoil::sandbox::shopify {

/// Leaky bucket of cost points. Runs on real time, whatever the shop's clock does.
class Bucket {
public:
    using Clock = std::chrono::steady_clock;
    /// @param maximum points when full; @param restoreRate points a second
    Bucket(double maximum, double restoreRate)
        : m_maximum(maximum), m_rate(restoreRate), m_available(maximum), m_at(Clock::now())
    {
    }
    /// Brings the level up to @p now; time never runs backwards here.
    void refill(Clock::time_point now)
    {
        const double seconds = std::chrono::duration<double>(now - m_at).count();
        m_available = std::min(m_maximum, m_available + std::max(0.0, seconds) * m_rate);
        m_at = std::max(m_at, now);
    }
    /// True when @p points can be reserved now.
    [[nodiscard]] bool covers(double points) const { return m_available >= points; }
    void spend(double points) { m_available = std::max(0.0, m_available - points); }
    [[nodiscard]] double available() const { return m_available; }
    [[nodiscard]] double maximum() const { return m_maximum; }
    [[nodiscard]] double restoreRate() const { return m_rate; }

private:
    double m_maximum;
    double m_rate;
    double m_available;
    Clock::time_point m_at;
};

} // namespace counterfoil::sandbox::shopify
