#include "core/base/text.h"
#include "tests/corpus/decoders.h"
#include "tests/corpus/mutate.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>

using namespace counterfoil;
using namespace counterfoil::corpus;

namespace {

constexpr std::size_t kPlacedEach = 120; ///< files a sample with one hostile value
constexpr std::size_t kDamagedEach = 40; ///< files a sample with damaged bytes

/// COUNTERFOIL_SEED repeats a run.
std::uint64_t seed()
{
    const char* text = std::getenv("COUNTERFOIL_SEED");
    return text != nullptr ? std::strtoull(text, nullptr, 10) : 20261124ULL;
}

struct Tally {
    std::size_t files = 0;
    std::size_t runs = 0;
    std::size_t errors = 0;
    std::size_t setAside = 0;
    std::size_t amounts = 0;
};

std::string context(const BadFile& file, std::string_view sample, const Decoder& decoder)
{
    return std::string(decoder.name) + " on " + std::string(sample) + " (" + file.how + "), seed " +
           std::to_string(seed());
}

bool isCleanText(const std::string& text)
{
    return sanitised(text) == text && text.size() <= (64U << 10U);
}

/// Errors are typed, name something, and can be shown.
void checkFailure(const Outcome& outcome, const std::string& where)
{
    if (outcome.error) {
        EXPECT_NE(outcome.error->code, ErrorCode::Internal)
            << where << ": " << outcome.error->detail;
        EXPECT_FALSE(outcome.error->detail.empty()) << where;
        EXPECT_TRUE(isCleanText(outcome.error->detail)) << where;
    }
    for (const std::string& reason : outcome.setAsideReasons) {
        EXPECT_FALSE(reason.empty()) << where;
        EXPECT_TRUE(isCleanText(reason)) << where;
    }
    for (const std::string& text : outcome.texts)
        EXPECT_TRUE(isCleanText(text)) << where;
}

/// Every amount that was read stands in the file as text: nothing is made up, nothing is a default.
void checkMoneyStandsThere(const Outcome& outcome, const std::vector<std::string_view>& numbers,
                           const std::string& where)
{
    for (const SeenMoney& seen : outcome.money) {
        const int exponent = seen.amount.currency().exponent();
        bool found = false;
        for (const std::string_view number : numbers) {
            const std::optional<Decimal> decimal = decimalOf(number, exponent);
            found = found || (decimal && decimal->minor == seen.amount.minor());
        }
        EXPECT_TRUE(found) << where << ": " << seen.label << " = " << seen.amount.decimalText()
                           << " stands nowhere in the file";
    }
}

using Amounts = std::map<std::string, money::Money>;

Amounts amountsOf(const Outcome& outcome)
{
    Amounts amounts;
    for (const SeenMoney& seen : outcome.money)
        amounts.emplace(seen.label, seen.amount);
    return amounts;
}

std::string_view unquoted(std::string_view raw)
{
    return raw.size() >= 2 && raw.front() == '"' ? raw.substr(1, raw.size() - 2) : raw;
}

/// One value was replaced by @p placed: an amount that changed is the placed one, or it changed
/// its currency and kept its figures.
void checkPlaced(const Amounts& before, const Outcome& outcome, const std::string& placed,
                 const std::string& where)
{
    for (const auto& [label, amount] : amountsOf(outcome)) {
        const auto old = before.find(label);
        if (old != before.end() && old->second == amount)
            continue;
        const int exponent = amount.currency().exponent();
        bool isPlaced = false; // itself, or inside a money object that was placed
        std::vector<std::string_view> numbers = numbersIn(placed);
        numbers.push_back(unquoted(placed));
        for (const std::string_view number : numbers) {
            const std::optional<Decimal> decimal = decimalOf(number, exponent);
            isPlaced = isPlaced || (decimal && decimal->minor == amount.minor());
        }
        const bool isRenamed = old != before.end() && old->second.currency() != amount.currency();
        EXPECT_TRUE(isPlaced || isRenamed || old == before.end())
            << where << ": " << label << " became " << amount.decimalText();
    }
}

void feed(const BadFile& file, std::string_view sample,
          const std::map<std::string_view, Amounts>& baseline, Tally& tally)
{
    ++tally.files;
    const std::vector<std::string_view> numbers = numbersIn(file.text);
    for (const Decoder& decoder : decoders()) {
        const Outcome outcome = decoder.run(file.text);
        ++tally.runs;
        tally.errors += outcome.error ? 1U : 0U;
        tally.setAside += outcome.setAsideReasons.size();
        tally.amounts += outcome.money.size();
        const std::string where = context(file, sample, decoder);
        checkFailure(outcome, where);
        checkMoneyStandsThere(outcome, numbers, where);
        const auto known = baseline.find(decoder.name);
        if (file.placed && known != baseline.end())
            checkPlaced(known->second, outcome, *file.placed, where);
    }
}

TEST(Corpus, EveryDecoderReadsEveryBadFileWithoutSilentMoney)
{
    std::cout << "seed " << seed() << '\n';
    std::mt19937_64 random(seed());
    Tally tally;
    for (const BadFile& file : hostileFiles())
        feed(file, "any", {}, tally);
    for (const Sample& sample : sampleFiles()) {
        std::map<std::string_view, Amounts> baseline;
        for (const Decoder& decoder : decoders())
            baseline[decoder.name] = amountsOf(decoder.run(sample.text));
        for (const BadFile& file : placedValues(sample.text, kPlacedEach, random))
            feed(file, sample.name, baseline, tally);
        for (const BadFile& file : damaged(sample.text, kDamagedEach, random))
            feed(file, sample.name, {}, tally);
    }
    std::cout << tally.files << " files, " << tally.runs << " runs, " << tally.errors
              << " typed errors, " << tally.setAside << " records set aside, " << tally.amounts
              << " amounts checked\n";
    EXPECT_GE(tally.files, 500U);
    EXPECT_GT(tally.errors, 0U);
    EXPECT_GT(tally.setAside, 0U);
    EXPECT_GT(tally.amounts, 1000U) << "the files are too broken to prove anything about money";
}

TEST(Corpus, EveryGoodSampleIsReadBySomeDecoder)
{
    for (const Sample& sample : sampleFiles()) {
        std::size_t readers = 0;
        for (const Decoder& decoder : decoders()) {
            const Outcome outcome = decoder.run(sample.text);
            const bool isReader =
                !outcome.error && outcome.setAsideReasons.empty() && decoder.name != "errorTexts";
            readers += isReader ? 1U : 0U;
        }
        EXPECT_GT(readers, 0U) << sample.name;
    }
}

/// The test's own arithmetic, so that a fault in it does not hide one in the product.
TEST(Corpus, TheOracleCanCount)
{
    EXPECT_EQ(decimalOf("12.345", 2)->minor, 1235);
    EXPECT_FALSE(decimalOf("12.345", 2)->isExact);
    EXPECT_EQ(decimalOf("-12.344", 2)->minor, -1234);
    EXPECT_EQ(decimalOf("1e2", 2)->minor, 10000);
    EXPECT_EQ(decimalOf("4.8E-1", 2)->minor, 48);
    EXPECT_EQ(decimalOf("480", 0)->minor, 480);
    EXPECT_FALSE(decimalOf("12,34", 2));
    EXPECT_FALSE(decimalOf("", 2));
    EXPECT_FALSE(decimalOf("1.", 2));
    EXPECT_FALSE(decimalOf("1e400", 2));
}

} // namespace
