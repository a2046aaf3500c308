#include "core/sync/actions/budget_reserve.h"
#include "core/sync/ledger_budget.h"
#include "tests/support/memory_sink.h"
#include "tests/support/virtual_clock.h"

#include <gtest/gtest.h>

namespace counterfoil::sync {
namespace {

using platform::CallClass;
using testing::MemorySink;
using testing::Scheduler;
using testing::VirtualClock;

BudgetState used(std::int64_t calls)
{
    return {calls, 2000, 0};
}

TEST(Budget, DegradesFromTheLeastUrgentClass)
{
    EXPECT_TRUE(fitsBudget(used(1699), CallClass::RollingE));
    EXPECT_FALSE(fitsBudget(used(1700), CallClass::RollingE)); // 85 %
    EXPECT_FALSE(fitsBudget(used(1700), CallClass::SweepC));
    EXPECT_TRUE(fitsBudget(used(1700), CallClass::SweepA));
    EXPECT_TRUE(fitsBudget(used(1899), CallClass::DetailD));
    EXPECT_FALSE(fitsBudget(used(1900), CallClass::SweepB)); // 95 %
    EXPECT_FALSE(fitsBudget(used(1900), CallClass::Focus));
    EXPECT_TRUE(fitsBudget(used(1999), CallClass::Operator));
    EXPECT_FALSE(fitsBudget(used(2000), CallClass::Operator));
    EXPECT_FALSE(fitsBudget(used(2000), CallClass::Resolution));
}

TEST(Budget, StretchesIntervalsInSteps)
{
    EXPECT_EQ(stretchOf(used(1399), CallClass::SweepC), 1);
    EXPECT_EQ(stretchOf(used(1400), CallClass::SweepC), 2); // 70 %
    EXPECT_EQ(stretchOf(used(1400), CallClass::SweepA), 1);
    EXPECT_EQ(stretchOf(used(1700), CallClass::SweepA), 2); // 85 %
    EXPECT_EQ(stretchOf(used(1700), CallClass::RollingE), 4);
}

TEST(Budget, AReserveIsLeftForResolutionsAlone)
{
    const BudgetState state{1990, 2000, 10};
    EXPECT_FALSE(fitsBudget(state, CallClass::Operator));
    EXPECT_TRUE(fitsBudget(state, CallClass::Resolution));
}

struct LedgerBudgetTest : ::testing::Test {
    Scheduler scheduler{1};
    VirtualClock clock{scheduler};
    MemorySink sink;
    LedgerBudget::Limits limits;

    void pass(Millis time)
    {
        bool done = false;
        scheduler.after(time, [&] { done = true; });
        while (!done)
            ASSERT_TRUE(scheduler.step());
    }
};

TEST_F(LedgerBudgetTest, CountsOverARollingDayAndOverARestart)
{
    limits.cap = 100;
    LedgerBudget budget("uk", limits, sink, clock);
    for (int i = 0; i < 60; ++i)
        budget.charge(CallClass::SweepA, "returngo rmas", 200);
    pass(std::chrono::hours(12));
    for (int i = 0; i < 35; ++i)
        budget.charge(CallClass::SweepA, "returngo rmas", 200);
    EXPECT_EQ(budget.state().used, 95);
    EXPECT_FALSE(budget.mayCall(CallClass::SweepA));

    LedgerBudget restarted("uk", limits, sink, clock);
    EXPECT_EQ(restarted.state().used, 95) << "the ledger outlives the program";
    LedgerBudget other("de", limits, sink, clock);
    EXPECT_EQ(other.state().used, 0) << "another site's calls are not ours";

    pass(std::chrono::hours(12) + std::chrono::seconds(1));
    EXPECT_EQ(restarted.state().used, 35) << "what is older than a day has aged off";
    EXPECT_TRUE(restarted.mayCall(CallClass::SweepA));
}

TEST_F(LedgerBudgetTest, AWriteStartsOnlyWithItsReserve)
{
    limits.cap = 20;
    LedgerBudget budget("uk", limits, sink, clock);
    for (int i = 0; i < 12; ++i)
        budget.charge(CallClass::SweepA, "x", 200);
    EXPECT_TRUE(budget.reserve(6));
    EXPECT_FALSE(budget.reserve(6));
    budget.release(6);
    EXPECT_TRUE(budget.reserve(8));
}

TEST_F(LedgerBudgetTest, APlatformThatRefusesIsProbedOnceAnHour)
{
    LedgerBudget budget("uk", limits, sink, clock);
    budget.refused();
    EXPECT_FALSE(budget.mayCall(CallClass::SweepA));
    EXPECT_TRUE(budget.mayCall(CallClass::Operator));
    pass(std::chrono::hours(1));
    EXPECT_TRUE(budget.mayCall(CallClass::SweepA)) << "the probe";
    EXPECT_FALSE(budget.mayCall(CallClass::SweepA)) << "only one";
    pass(std::chrono::hours(23));
    EXPECT_TRUE(budget.mayCall(CallClass::SweepA)) << "the window has passed";
    EXPECT_FALSE(budget.refusedSince().has_value());
}

TEST(BudgetReserve, AWriteKeepsTheCallsOfItsWorstCase)
{
    Scheduler scheduler{1};
    VirtualClock clock{scheduler};
    MemorySink sink;
    LedgerBudget::Limits limits;
    limits.cap = 20;
    LedgerBudget budget("uk", limits, sink, clock);
    {
        BudgetReserve reserve([&budget](const std::string& site) -> LedgerBudget* {
            return site == "uk" ? &budget : nullptr;
        });
        EXPECT_TRUE(reserve.reserve("uk", ActionId("a"), 8));
        EXPECT_TRUE(reserve.reserve("uk", ActionId("a"), 8)) << "asked again: the same eight";
        EXPECT_EQ(budget.state().reserved, 8);
        for (int i = 0; i < 8; ++i)
            budget.charge(CallClass::Operator, "GET /rma", 200);
        const auto refused = reserve.reserve("uk", ActionId("b"), 8);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::QuotaSpent);
        reserve.release(ActionId("b"));
        EXPECT_EQ(budget.state().reserved, 8);
        reserve.release(ActionId("a"));
        EXPECT_EQ(budget.state().reserved, 0);
        EXPECT_TRUE(reserve.reserve("uk", ActionId("b"), 8));
        EXPECT_TRUE(reserve.reserve("shopify-only", ActionId("c"), 8)) << "no budget to keep";
    }
    EXPECT_EQ(budget.state().reserved, 0) << "an engine that goes gives back what it held";
}

} // namespace
} // namespace counterfoil::sync
