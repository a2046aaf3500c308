#include "core/platform/http/qt_clock.h"

#include "core/base/check.h"

#include <QRandomGenerator>
#include <QTimer>

#include <algorithm>

namespace counterfoil::http {

Instant QtClock::now() const
{
    return std::chrono::floor<Millis>(std::chrono::system_clock::now());
}

Task<void> QtClock::sleep(Millis duration)
{
    const Millis bounded = std::clamp<Millis>(duration, Millis(0), std::chrono::hours(24 * 20));
    Leaf<bool> elapsed;
    QTimer::singleShot(static_cast<int>(bounded.count()), &m_context,
                       [done = elapsed.resolver()] { done(true); });
    co_await elapsed;
}

std::uint64_t SystemRandom::below(std::uint64_t bound)
{
    CF_CHECK(bound > 0);
    return QRandomGenerator::global()->generate64() % bound; // jitter: the tiny bias is harmless
}

} // namespace counterfoil::http
