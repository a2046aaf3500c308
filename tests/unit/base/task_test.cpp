#include "core/base/task.h"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace counterfoil {
namespace {

struct Probe {
    explicit Probe(int& count) : counter(&count) { ++*counter; }
    ~Probe() { --*counter; }
    Probe(const Probe&) = delete;
    int* counter;
};

Task<int> waitFor(Leaf<int>* leaf, int* alive)
{
    const Probe probe(*alive);
    const int value = co_await *leaf;
    co_return value * 2;
}

Task<int> outer(Leaf<int>* leaf, int* alive)
{
    const Probe probe(*alive);
    const int value = co_await waitFor(leaf, alive);
    co_return value + 1;
}

TEST(Task, RunsWhenStartedAndResumesOnTheLeaf)
{
    Leaf<int> leaf;
    int alive = 0;
    Task<int> task = outer(&leaf, &alive);
    EXPECT_EQ(alive, 0);
    EXPECT_FALSE(task.start());
    EXPECT_EQ(alive, 2);
    leaf.resolver()(20);
    ASSERT_TRUE(task.done());
    EXPECT_EQ(task.take(), 41);
    EXPECT_EQ(alive, 0);
}

TEST(Task, DroppingTheOwnerDestroysTheWholeSuspendedTree)
{
    Leaf<int> leaf;
    int alive = 0;
    {
        Task<int> task = outer(&leaf, &alive);
        EXPECT_FALSE(task.start());
        EXPECT_EQ(alive, 2);
    }
    EXPECT_EQ(alive, 0);
}

TEST(Task, AResolverThatComesLateOrTwiceDoesNothing)
{
    int alive = 0;
    auto leaf = std::make_unique<Leaf<int>>();
    const Resolver<int> resolver = leaf->resolver();
    Task<int> task = outer(leaf.get(), &alive);
    EXPECT_FALSE(task.start());
    EXPECT_TRUE(resolver(1));
    EXPECT_FALSE(resolver(2));
    task = Task<int>();
    leaf.reset();
    EXPECT_FALSE(resolver(3));
}

Task<void> throws()
{
    throw std::runtime_error("from inside");
    co_return;
}
Task<std::string> catches()
{
    std::string caught;
    try {
        co_await throws();
    } catch (const std::runtime_error& error) {
        caught = error.what();
    }
    co_return caught;
}

TEST(Task, AnExceptionReachesTheAwaitingSide)
{
    Task<std::string> task = catches();
    ASSERT_TRUE(task.start());
    EXPECT_EQ(task.take(), "from inside");
}

Task<void> count(Leaf<int>* leaf, int* sum)
{
    const int value = co_await *leaf;
    *sum += value;
}
Task<void> joins(TaskGroup* group, bool* joined)
{
    co_await group->join();
    *joined = true;
}

TEST(TaskGroup, JoinWaitsForAll)
{
    Leaf<int> first;
    Leaf<int> second;
    int sum = 0;
    bool joined = false;
    TaskGroup group;
    group.spawn(count(&first, &sum));
    group.spawn(count(&second, &sum));
    Task<void> joiner = joins(&group, &joined);
    EXPECT_FALSE(joiner.start());
    first.resolver()(1);
    EXPECT_FALSE(joined);
    second.resolver()(2);
    EXPECT_TRUE(joined);
    EXPECT_EQ(sum, 3);
}

Task<int> race(Leaf<int>* work, Leaf<int>* timer, int* alive)
{
    Task<int> a = waitFor(work, alive);
    Task<int> b = waitFor(timer, alive);
    FirstOf<int, int> first(a, b);
    const int winner = co_await first;
    co_return winner;
}

TEST(FirstOf, TheLoserDiesWithItsTask)
{
    Leaf<int> work;
    Leaf<int> timer;
    int alive = 0;
    Task<int> task = race(&work, &timer, &alive);
    EXPECT_FALSE(task.start());
    EXPECT_EQ(alive, 2);
    timer.resolver()(0);
    ASSERT_TRUE(task.done());
    EXPECT_EQ(task.take(), 1);
    EXPECT_EQ(alive, 0);
}

Task<int> ready()
{
    co_return 1;
}
Task<int> manyReady(int count)
{
    int sum = 0;
    for (int i = 0; i < count; ++i) {
        const int one = co_await ready();
        sum += one;
    }
    co_return sum;
}

TEST(Task, AMillionReadyChildrenDoNotGrowTheStack)
{
    Task<int> task = manyReady(1'000'000);
    ASSERT_TRUE(task.start());
    EXPECT_EQ(task.take(), 1'000'000);
}

} // namespace
} // namespace counterfoil
