#pragma once

#include "core/base/seams.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <tuple>
#include <utility>
#include <vector>

namespace counterfoil::testing {

/// splitmix64: the same numbers everywhere.
class SeededRandom : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : m_state(seed) {}
    [[nodiscard]] std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31U);
    }
    [[nodiscard]] std::uint64_t below(std::uint64_t bound) override { return next() % bound; }

private:
    std::uint64_t m_state;
};

/// A deterministic event loop: time moves only from event to event.
class Scheduler {
public:
    explicit Scheduler(std::uint64_t seed) : m_random(seed) {}

    [[nodiscard]] Instant now() const { return m_now; }
    [[nodiscard]] SeededRandom& random() { return m_random; }
    void after(Millis delay, std::function<void()> run)
    {
        m_heap.emplace_back(m_now + delay, m_random.below(1024), m_next++, std::move(run));
        std::push_heap(m_heap.begin(), m_heap.end(), later);
    }
    /// Runs the earliest event. @return false when there is none
    bool step()
    {
        if (m_heap.empty())
            return false;
        std::pop_heap(m_heap.begin(), m_heap.end(), later);
        Event event = std::move(m_heap.back());
        m_heap.pop_back();
        m_now = event.at;
        ++m_steps;
        event.run();
        return true;
    }
    [[nodiscard]] std::uint64_t steps() const { return m_steps; }

private:
    struct Event {
        Event(Instant when, std::uint64_t tieBreak, std::uint64_t number,
              std::function<void()> what)
            : at(when), tie(tieBreak), seq(number), run(std::move(what))
        {
        }
        Instant at;
        std::uint64_t tie, seq;
        std::function<void()> run;
    };
    static bool later(const Event& a, const Event& b)
    {
        return std::tie(a.at, a.tie, a.seq) > std::tie(b.at, b.tie, b.seq);
    }

    SeededRandom m_random;
    Instant m_now = Instant(std::chrono::hours(24 * 20000)); // a day in 2024
    std::uint64_t m_next = 0, m_steps = 0;
    std::vector<Event> m_heap;
};

class VirtualClock : public Clock {
public:
    explicit VirtualClock(Scheduler& scheduler) : m_scheduler(scheduler) {}
    [[nodiscard]] Instant now() const override { return m_scheduler.now(); }
    [[nodiscard]] Task<void> sleep(Millis duration) override
    {
        Leaf<bool> elapsed;
        m_scheduler.after(std::max(duration, Millis(0)),
                          [done = elapsed.resolver()] { done(true); });
        co_await elapsed;
    }

private:
    Scheduler& m_scheduler;
};

/// Runs a task to its end, or until the loop has nothing more to do. @return whether it ended
template <class T> bool runToEnd(Scheduler& scheduler, Task<T>& task, std::uint64_t stepsMax)
{
    if (task.start())
        return true;
    for (std::uint64_t i = 0; i < stepsMax && !task.done(); ++i) {
        if (!scheduler.step())
            return task.done();
    }
    return task.done();
}

} // namespace counterfoil::testing
