#pragma once

#include "core/base/seams.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace counterfoil {

/// Each platform takes one request at a time for polling and one for the person at the desk
/// (design.md 5).
enum class Lane : std::uint8_t { Polling, Operator };

/// One request in flight for each lane. A waiter looks again every 20 ms: nothing is handed over,
/// so dropping any of the tasks at any moment leaves the gate right. Engine thread.
class CallGate {
public:
    /// A place in the lane, given back when it goes out of scope.
    class Pass {
    public:
        Pass() = default;
        explicit Pass(bool* busy) : m_busy(busy) { *m_busy = true; }
        Pass(Pass&& other) noexcept : m_busy(std::exchange(other.m_busy, nullptr)) {}
        Pass& operator=(Pass&&) = delete;
        ~Pass()
        {
            if (m_busy)
                *m_busy = false;
        }

    private:
        bool* m_busy = nullptr;
    };

    /// The gate must outlive the pass.
    [[nodiscard]] Task<Pass> enter(Lane lane, Clock* clock)
    {
        bool* const busy = &m_busy[static_cast<std::size_t>(lane)];
        while (*busy)
            co_await clock->sleep(Millis(20));
        co_return Pass(busy);
    }

private:
    std::array<bool, 2> m_busy{};
};

} // namespace counterfoil
