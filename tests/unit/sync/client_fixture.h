#pragma once

#include "tests/support/scripted_transport.h"
#include "tests/support/virtual_clock.h"

#include <gtest/gtest.h>

namespace counterfoil::platform {

using testing::reply;
using testing::runToEnd;
using testing::Scheduler;
using testing::ScriptedTransport;
using testing::SeededRandom;
using testing::VirtualClock;

constexpr std::uint64_t kStepsMax = 100000;

/// A client of a platform over a transport that answers as the test says, under a virtual clock.
struct ClientTest : ::testing::Test {
    Scheduler scheduler{7};
    VirtualClock clock{scheduler};
    SeededRandom random{7};
    ScriptedTransport transport{scheduler, [](const HttpRequest&) { return reply(500, ""); }};

    template <class T> T finish(Task<T> task)
    {
        EXPECT_TRUE(runToEnd(scheduler, task, kStepsMax));
        return task.take();
    }
    Millis between(std::size_t first, std::size_t second)
    {
        return transport.times().at(second) - transport.times().at(first);
    }
};

} // namespace counterfoil::platform
