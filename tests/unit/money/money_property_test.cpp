#include "core/money/money.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <limits>

namespace counterfoil::money {
namespace {

// rapidcheck prints the seed of a failure; RC_PARAMS="seed=..." runs it again.

const Currency kEuro = *Currency::fromCode("EUR");

std::int64_t anyMinor()
{
    return std::max(*rc::gen::arbitrary<std::int64_t>(), -std::numeric_limits<std::int64_t>::max());
}

TEST(MoneyLaw, SharesOfASplitAddUpAndDifferByAtMostOne)
{
    EXPECT_TRUE(rc::check([] {
        const std::int64_t minor = anyMinor();
        const auto parts = *rc::gen::inRange<std::int64_t>(1, 1000);
        const auto shares = Money::fromMinor(minor, kEuro).split(parts);
        std::int64_t total = 0;
        for (const Money& share : shares)
            total += share.minor();
        RC_ASSERT(total == minor);
        const auto [low, high] =
            std::minmax_element(shares.begin(), shares.end(), [](const Money& a, const Money& b) {
                return a.minor() < b.minor();
            });
        RC_ASSERT(high->minor() - low->minor() <= 1);
    }));
}

TEST(MoneyLaw, AllocationLosesNothingAndGivesNothingToWeightZero)
{
    EXPECT_TRUE(rc::check([] {
        const auto minor = *rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000);
        const auto weights = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(
            rc::gen::inRange<std::int64_t>(0, 100000)));
        const auto shares = Money::fromMinor(minor, kEuro).allocate(weights);
        RC_ASSERT(shares.has_value());
        std::int64_t total = 0;
        std::int64_t weightSum = 0;
        for (const std::int64_t weight : weights)
            weightSum += weight;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            total += (*shares)[i].minor();
            if (weightSum > 0 && weights[i] == 0)
                RC_ASSERT((*shares)[i].isZero());
        }
        RC_ASSERT(total == minor);
    }));
}

TEST(MoneyLaw, PrintedTextReadsBackAsTheSameAmount)
{
    EXPECT_TRUE(rc::check([] {
        const auto code = *rc::gen::element("GBP", "JPY", "KWD", "UYW");
        const Currency currency = *Currency::fromCode(code);
        const auto minor = *rc::gen::inRange<std::int64_t>(-999'999'999'999, 999'999'999'999);
        const Money amount = Money::fromMinor(minor, currency);
        const auto back = Money::parse(amount.decimalText(), currency);
        RC_ASSERT(back.has_value());
        RC_ASSERT(*back == amount);
    }));
}

TEST(MoneyLaw, AddingAndTakingAwayIsNothing)
{
    EXPECT_TRUE(rc::check([] {
        const Money a = Money::fromMinor(anyMinor(), kEuro);
        const Money b = Money::fromMinor(anyMinor(), kEuro);
        const auto added = a.plus(b);
        if (!added)
            RC_DISCARD("beyond 64 bits");
        RC_ASSERT(*added->minus(b) == a);
    }));
}

TEST(FractionLaw, RoundingIsWithinHalfAUnitAndOdd)
{
    EXPECT_TRUE(rc::check([] {
        const auto top = *rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000);
        const auto bottom = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
        const Fraction value = *Fraction::make(top, bottom);
        const Fraction gap = *value.minus(Fraction(value.roundHalfUp()));
        RC_ASSERT(gap.compare(*Fraction::make(1, 2)) <= 0);
        RC_ASSERT(gap.compare(*Fraction::make(-1, 2)) >= 0);
        RC_ASSERT(Fraction::make(-top, bottom)->roundHalfUp() == -value.roundHalfUp());
    }));
}

} // namespace
} // namespace counterfoil::money
