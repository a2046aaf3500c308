#include "core/sync/engine.h"
#include "tests/support/memory_sink.h"
#include "tests/support/virtual_clock.h"
#include "tests/unit/sync/fake_platforms.h"

#include <gtest/gtest.h>

namespace counterfoil::sync {
namespace {

using testing::FakePlatforms;
using testing::fakeSite;
using testing::MemorySink;
using testing::Scheduler;
using testing::ScriptedTransport;
using testing::SeededRandom;
using testing::VirtualClock;

/// A desk of its own for each try.
struct World {
    Scheduler scheduler{3};
    VirtualClock clock{scheduler};
    SeededRandom random{3};
    MemorySink sink;
    FakePlatforms platforms;
    ScriptedTransport transport{
        scheduler, [this](const HttpRequest& request) { return platforms.answer(request); }};
    World()
    {
        platforms.orders = {"5820011223344", "5820011223345", "5820011223346"};
        for (const char* id : {"7000411", "7000412", "7000413"})
            platforms.rmas[id] = {};
        platforms.failures["/rma/7000412"] = 2;
        platforms.failures["OrderMoney"] = 1;
    }
};

/// Drops a synchronisation after @p steps events. @return false when it had ended before
bool dropAfter(std::uint64_t steps)
{
    World world;
    SiteEngine engine(fakeSite(), world.sink, world.transport, world.clock, world.random);
    {
        auto task = engine.syncOnce();
        task.start();
        for (std::uint64_t i = 0; i < steps; ++i) {
            if (task.done() || !world.scheduler.step())
                return false;
        }
        if (task.done())
            return false;
    }
    EXPECT_EQ(world.transport.inFlight(), 0) << "dropped after " << steps;
    // What is still on its way must find nobody, and a new synchronisation must work.
    while (world.scheduler.step()) {
    }
    auto again = engine.syncOnce();
    EXPECT_TRUE(testing::runToEnd(world.scheduler, again, 1000000)) << "dropped after " << steps;
    EXPECT_EQ(world.sink.countOf(domain::DocumentKind::Rma), 3U) << "dropped after " << steps;
    EXPECT_EQ(world.sink.countOf(domain::DocumentKind::OrderMoney), 3U)
        << "dropped after " << steps;
    return true;
}

TEST(Drop, ASynchronisationMayBeDroppedAtEveryPoint)
{
    std::uint64_t points = 0;
    while (dropAfter(points))
        ++points;
    EXPECT_GT(points, 60U) << "the world is too small to prove anything";
    RecordProperty("points", std::to_string(points));
}

TEST(Drop, PollersMayBeStoppedAtEveryPoint)
{
    for (std::uint64_t steps = 0; steps < 200; ++steps) {
        World world;
        Engine engine(world.sink, world.transport, world.clock, world.random);
        engine.addSite(fakeSite());
        engine.start();
        for (std::uint64_t i = 0; i < steps; ++i)
            ASSERT_TRUE(world.scheduler.step());
        engine.stop();
        EXPECT_EQ(world.transport.inFlight(), 0) << steps;
        engine.start();
        for (int i = 0; i < 50; ++i)
            ASSERT_TRUE(world.scheduler.step());
    }
}

} // namespace
} // namespace counterfoil::sync
