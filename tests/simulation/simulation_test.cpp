#include "tests/simulation/world.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

namespace counterfoil::simulation {

namespace {

std::uint64_t seedsWanted(const char* name, std::uint64_t usual)
{
    const char* text = std::getenv(name);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : usual;
}

Outcome runSeed(std::uint64_t seed, Planted planted = Planted::None)
{
    World world{Options(seed, planted)};
    return world.run();
}

void add(Outcome& sum, const Outcome& one)
{
    sum.crashes += one.crashes;
    sum.faults += one.faults;
    sum.filed += one.filed;
    sum.credits += one.credits;
    sum.releases += one.releases;
    sum.settled += one.settled;
    sum.stuck += one.stuck;
    sum.stale += one.stale;
    sum.drift += one.drift;
    sum.doubts += one.doubts;
}

/// Seeds out of @p seeds in which the planted fault broke an invariant.
std::uint64_t foundIn(Planted planted, std::uint64_t seeds)
{
    std::uint64_t found = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed)
        found += runSeed(seed, planted).breaches.empty() ? 0U : 1U;
    return found;
}

} // namespace

TEST(Simulation, InvariantsHoldOverManySeeds)
{
    const std::uint64_t seeds = seedsWanted("COUNTERFOIL_SIMULATION_SEEDS", 2'000);
    const std::uint64_t first = seedsWanted("COUNTERFOIL_SIMULATION_FIRST", 1);
    Outcome sum;
    std::uint64_t broken = 0;
    for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
        const Outcome one = runSeed(seed);
        add(sum, one);
        if (one.breaches.empty())
            continue;
        ++broken;
        if (broken <= 5) {
            for (const std::string& what : one.breaches)
                ADD_FAILURE() << "seed " << seed << ": " << what;
        }
    }
    std::cout << "seeds " << first << ".." << first + seeds - 1 << ", broken " << broken
              << ", crashes " << sum.crashes << ", faults " << sum.faults << ", filed " << sum.filed
              << ", credits " << sum.credits << ", releases " << sum.releases << ", settled "
              << sum.settled << ", stale " << sum.stale << ", stuck " << sum.stuck << ", drift "
              << sum.drift << ", sent more than once " << sum.doubts << "\n";
    EXPECT_EQ(broken, 0U);
    // A simulation in which nothing happens proves nothing.
    EXPECT_GT(sum.credits, seeds / 4);
    EXPECT_GT(sum.releases, seeds / 8);
    EXPECT_GT(sum.crashes, seeds / 2);
    EXPECT_GT(sum.doubts, seeds / 50);
}

TEST(Simulation, OneSeedIsOneRun)
{
    for (std::uint64_t seed = 1; seed <= 20; ++seed)
        EXPECT_EQ(runSeed(seed).traceHash, runSeed(seed).traceHash) << "seed " << seed;
    EXPECT_NE(runSeed(1).traceHash, runSeed(2).traceHash);
}

TEST(Simulation, FindsARunnerThatNeverLooksAtReceipts)
{
    const std::uint64_t found = foundIn(Planted::NeverLooksAtReceipts, 300);
    std::cout << "found in " << found << " of 300 seeds\n";
    EXPECT_GT(found, 0U);
}

TEST(Simulation, FindsAnIntentThatIsNotSaved)
{
    const std::uint64_t found = foundIn(Planted::IntentNotSaved, 300);
    std::cout << "found in " << found << " of 300 seeds\n";
    EXPECT_GT(found, 0U);
}

TEST(Simulation, FindsAWriteWithoutDigests)
{
    const std::uint64_t found = foundIn(Planted::NoDigest, 300);
    std::cout << "found in " << found << " of 300 seeds\n";
    EXPECT_GT(found, 0U);
}

} // namespace counterfoil::simulation
