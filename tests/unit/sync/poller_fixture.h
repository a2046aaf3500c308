#pragma once

#include "core/sync/engine.h"
#include "tests/support/memory_sink.h"
#include "tests/support/virtual_clock.h"
#include "tests/unit/sync/fake_platforms.h"

#include <gtest/gtest.h>

namespace counterfoil::sync {

using domain::DocumentKind;
using testing::FakePlatforms;
using testing::fakeSite;
using testing::MemorySink;
using testing::reply;
using testing::runToEnd;
using testing::Scheduler;
using testing::ScriptedTransport;
using testing::SeededRandom;
using testing::VirtualClock;

/// The pollers of a site over fake platforms, a store in memory and a virtual clock.
struct PollerWorld : ::testing::Test {
    static constexpr std::uint64_t kStepsMax = 1000000;

    Scheduler scheduler{11};
    VirtualClock clock{scheduler};
    SeededRandom random{11};
    MemorySink sink;
    FakePlatforms platforms;
    ScriptedTransport transport{
        scheduler, [this](const HttpRequest& request) { return platforms.answer(request); }};

    SyncReport syncOnce(SiteEngine& engine)
    {
        auto task = engine.syncOnce();
        EXPECT_TRUE(runToEnd(scheduler, task, kStepsMax));
        return task.take();
    }
    void pass(Millis time)
    {
        bool done = false;
        scheduler.after(time, [&] { done = true; });
        while (!done)
            ASSERT_TRUE(scheduler.step());
    }
};

} // namespace counterfoil::sync
