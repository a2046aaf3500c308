#pragma once

#include "core/base/seams.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <tuple>
#include <utility>
#include <vector>

namespace counterfoil::simulation {

/// splitmix64: the same on every machine. No distribution of the standard library in a trace.
class Rng {
public:
    explicit Rng(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31U);
    }
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    bool chance(std::uint64_t percent) { return below(100) < percent; }
    std::int64_t between(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
    }

private:
    std::uint64_t m_state;
};

/// Virtual time: events in the order of their moment, ties broken by chance and then by age. One
/// seed gives one run; traceHash() tells two runs apart.
class Scheduler {
public:
    explicit Scheduler(std::uint64_t seed, Instant start) : rng(seed), m_now(start) {}
    Rng rng;

    [[nodiscard]] Instant now() const { return m_now; }
    [[nodiscard]] std::uint64_t traceHash() const { return m_hash; }
    void note(std::uint64_t what)
    {
        for (const std::uint64_t value : {static_cast<std::uint64_t>(toMillis(m_now)), what})
            m_hash = (m_hash ^ value) * 0x100000001b3ULL;
    }
    void after(Millis wait, std::function<void()> run)
    {
        m_heap.push_back({m_now + wait, rng.below(1024), m_seq++, std::move(run)});
        std::push_heap(m_heap.begin(), m_heap.end(), later);
    }
    /// Runs the next event. False: none is left or the next one lies behind @p until.
    bool step(Instant until)
    {
        if (m_heap.empty() || m_heap.front().at > until)
            return false;
        std::pop_heap(m_heap.begin(), m_heap.end(), later);
        Event event = std::move(m_heap.back());
        m_heap.pop_back();
        m_now = event.at;
        note(event.seq);
        event.run();
        return true;
    }

private:
    struct Event {
        Instant at;
        std::uint64_t tie, seq;
        std::function<void()> run;
    };
    static bool later(const Event& a, const Event& b)
    {
        return std::tie(a.at, a.tie, a.seq) > std::tie(b.at, b.tie, b.seq);
    }
    Instant m_now;
    std::uint64_t m_seq = 0, m_hash = 0xcbf29ce484222325ULL;
    std::vector<Event> m_heap;
};

/// The seam over the scheduler.
class VirtualClock final : public Clock {
public:
    explicit VirtualClock(Scheduler& scheduler) : m_scheduler(scheduler) {}
    [[nodiscard]] Instant now() const override { return m_scheduler.now(); }
    [[nodiscard]] Task<void> sleep(Millis duration) override
    {
        Leaf<bool> elapsed;
        m_scheduler.after(duration, [done = elapsed.resolver()] { done(true); });
        co_await elapsed;
    }

private:
    Scheduler& m_scheduler;
};

} // namespace counterfoil::simulation
