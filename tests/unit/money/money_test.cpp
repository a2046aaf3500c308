#include "core/money/money.h"

#include <gtest/gtest.h>

#include <limits>

namespace counterfoil::money {
namespace {

Currency currency(const char* code)
{
    return *Currency::fromCode(code);
}

struct ParseCase {
    const char* name;
    const char* text;
    const char* code;
    std::optional<std::int64_t> minor;
};
class ParseMoney : public testing::TestWithParam<ParseCase> {};

TEST_P(ParseMoney, FromText)
{
    const auto amount = Money::parse(GetParam().text, currency(GetParam().code));
    ASSERT_EQ(amount.has_value(), GetParam().minor.has_value());
    if (amount) {
        EXPECT_EQ(amount->minor(), *GetParam().minor);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Table, ParseMoney,
    testing::Values(
        ParseCase{"OneDigit", "480.0", "GBP", 48000},
        ParseCase{"TwoDigits", "480.00", "GBP", 48000}, ParseCase{"Whole", "480", "GBP", 48000},
        ParseCase{"Negative", "-0.05", "GBP", -5},
        ParseCase{"TrailingZeros", "1.50000000", "GBP", 150},
        ParseCase{"Exponent", "4.8e2", "GBP", 48000}, ParseCase{"SmallExponent", "5e-2", "GBP", 5},
        ParseCase{"Yen", "480", "JPY", 480}, ParseCase{"YenZeros", "480.0", "JPY", 480},
        ParseCase{"YenFraction", "480.5", "JPY", std::nullopt},
        ParseCase{"Dinar", "1.250", "KWD", 1250}, ParseCase{"Four", "1.2345", "UYW", 12345},
        ParseCase{"TooFine", "1.005", "GBP", std::nullopt},
        ParseCase{"Empty", "", "GBP", std::nullopt}, ParseCase{"Words", "ten", "GBP", std::nullopt},
        ParseCase{"Point", "1.", "GBP", std::nullopt},
        ParseCase{"LeadingPoint", ".5", "GBP", std::nullopt},
        ParseCase{"Plus", "+5", "GBP", std::nullopt}, ParseCase{"Blank", " 5", "GBP", std::nullopt},
        ParseCase{"Comma", "1,000", "GBP", std::nullopt},
        ParseCase{"Infinity", "inf", "GBP", std::nullopt},
        ParseCase{"Huge", "99999999999999999999", "GBP", std::nullopt},
        ParseCase{"HugeExponent", "1e999", "GBP", std::nullopt},
        ParseCase{"Largest", "92233720368547758.07", "GBP", std::nullopt},
        ParseCase{"EighteenDigits", "1234567890123456.78", "GBP", 123456789012345678}),
    [](const auto& caseInfo) { return std::string(caseInfo.param.name); });

TEST(Money, FinerTextIsRoundedOnlyWhereAsked)
{
    EXPECT_EQ(Money::parseRounded("1.005", currency("GBP"))->minor(), 101);
    EXPECT_EQ(Money::parseRounded("-1.005", currency("GBP"))->minor(), -101);
    EXPECT_EQ(Money::parseRounded("1.00499", currency("GBP"))->minor(), 100);
}

TEST(Money, TwoCurrenciesAreNeverAdded)
{
    const auto mixed =
        Money::fromMinor(1, currency("GBP")).plus(Money::fromMinor(1, currency("EUR")));
    ASSERT_FALSE(mixed);
    EXPECT_EQ(mixed.error().code, ErrorCode::CurrencyMix);
}

TEST(Money, OverflowIsAnError)
{
    const Money most = Money::fromMinor(std::numeric_limits<std::int64_t>::max(), currency("GBP"));
    EXPECT_EQ(most.plus(Money::fromMinor(1, currency("GBP"))).error().code, ErrorCode::Overflow);
    EXPECT_EQ(most.times(Fraction(2)).error().code, ErrorCode::Overflow);
    EXPECT_EQ(most.negated().minus(Money::fromMinor(1, currency("GBP"))).error().code,
              ErrorCode::Overflow);
}

TEST(Money, Texts)
{
    EXPECT_EQ(Money::fromMinor(194400, currency("GBP")).displayText(), "£1,944.00");
    EXPECT_EQ(Money::fromMinor(-500, currency("EUR")).displayText(), "-€5.00");
    EXPECT_EQ(Money::fromMinor(1250, currency("KWD")).displayText(), "KWD 1.250");
    EXPECT_EQ(Money::fromMinor(1234567, currency("JPY")).groupedText(), "1,234,567");
    EXPECT_EQ(Money::fromMinor(-5, currency("GBP")).decimalText(), "-0.05");
}

TEST(Money, TheLargestRemainderGetsTheExtraUnit)
{
    const std::int64_t weights[] = {1, 1, 1};
    const auto shares = Money::fromMinor(100, currency("GBP")).allocate(weights);
    ASSERT_TRUE(shares);
    EXPECT_EQ((*shares)[0].minor(), 34);
    EXPECT_EQ((*shares)[1].minor(), 33);
    const std::int64_t uneven[] = {1, 2, 3};
    const auto parts = Money::fromMinor(-100, currency("GBP")).allocate(uneven);
    ASSERT_TRUE(parts);
    EXPECT_EQ((*parts)[0].minor(), -17);
    EXPECT_EQ((*parts)[1].minor(), -33);
    EXPECT_EQ((*parts)[2].minor(), -50);
}

TEST(Currency, EitherCaseAndItsExponent)
{
    EXPECT_EQ(currency("gbp").code(), "GBP");
    EXPECT_EQ(currency(" eur ").exponent(), 2);
    EXPECT_EQ(currency("JPY").exponent(), 0);
    EXPECT_EQ(currency("UYW").exponent(), 4);
    EXPECT_FALSE(Currency::fromCode("XXX"));
    EXPECT_FALSE(Currency::fromCode("G B"));
    EXPECT_FALSE(Currency::fromCode("D AE"));
    EXPECT_NE(Currency(), currency("GBP"));
}

TEST(Fraction, ThirdsAreExact)
{
    const Fraction third = *Fraction::make(1, 3);
    EXPECT_EQ(*third.times(Fraction(3)), Fraction(1));
    EXPECT_EQ(third.plus(third)->plus(third)->roundHalfUp(), 1);
    EXPECT_EQ(Fraction::make(5, -10)->numerator(), -1);
    EXPECT_FALSE(Fraction::make(1, 0));
    EXPECT_EQ(Fraction::make(1, 2)->roundHalfUp(), 1);
    EXPECT_EQ(Fraction::make(-1, 2)->roundHalfUp(), -1);
    EXPECT_EQ(Fraction::make(49, 100)->roundHalfUp(), 0);
    EXPECT_EQ(Fraction::make(1, 3)->compare(*Fraction::make(333, 1000)), 1);
}

} // namespace
} // namespace counterfoil::money
