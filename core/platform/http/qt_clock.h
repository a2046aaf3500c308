#pragma once

#include <QObject>

#include "core/base/seams.h"

namespace counterfoil::http {

/// The machine's clock; sleeps on the event loop of the thread that made it.
class QtClock : public Clock {
public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] Task<void> sleep(Millis duration) override;

private:
    QObject m_context;
};

/// The machine's source of chance.
class SystemRandom : public Random {
public:
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) override;
};

} // namespace counterfoil::http
