#include "core/query/filter.h"

#include <gtest/gtest.h>

#include <chrono>

namespace counterfoil::query {
namespace {

using namespace std::chrono_literals;

const Instant kNow = fromMillis(1'795'500'000'000);

Row northwind()
{
    Row row;
    row.type = domain::FindingType::CreditValueMismatch;
    row.severity = domain::Severity::High;
    row.owner = domain::Owner::Finance;
    row.state = "open";
    row.site = "uk";
    row.rma = "7000412";
    row.order = "#B2B-1042";
    row.customer = "Northwind Cafes Ltd";
    row.sku = "KETTLE-1L";
    row.title = "Credit 48.00 above invoice";
    row.riskMinor = 4800;
    row.currency = "GBP";
    row.firstSeen = kNow - 50h;
    row.due = kNow + 3h;
    row.assignee = "priya";
    row.assigneeName = "Priya Shah";
    return row;
}

struct MatchCase {
    const char* name;
    const char* filter;
    bool isHit;
};
class Matches : public testing::TestWithParam<MatchCase> {};

TEST_P(Matches, Row)
{
    const auto filter = parse(GetParam().filter);
    ASSERT_TRUE(filter) << filter.error().message;
    EXPECT_EQ(filter->matches(northwind(), Context{kNow, "priya"}), GetParam().isHit);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Matches,
    testing::Values(
        MatchCase{"Empty", "", true}, MatchCase{"Type", "type:credit-value-mismatch", true},
        MatchCase{"OtherType", "type:po-missing", false},
        MatchCase{"TypeOr", "type:po-missing,credit-value-mismatch", true},
        MatchCase{"RiskAbove", "risk:>47.99", true},
        MatchCase{"RiskNotAboveItself", "risk:>48", false},
        MatchCase{"RiskAtLeast", "risk:>=48", true}, MatchCase{"RiskRange", "risk:10..48", true},
        MatchCase{"RiskBelow", "risk:<48.00", false}, MatchCase{"AgeOver", "age:>2d", true},
        MatchCase{"AgeNotOver", "age:>3d", false}, MatchCase{"AgeHours", "age:<51h", true},
        MatchCase{"Sla", "sla:<4h", true}, MatchCase{"SlaOver", "sla:over", false},
        MatchCase{"QuotedCustomer", "customer:\"Northwind Cafes\"", true},
        MatchCase{"CustomerElsewhere", "customer:kestrel", false},
        MatchCase{"PoMissing", "po:missing", true}, MatchCase{"NotPoMissing", "-po:missing", false},
        MatchCase{"SkuWildcard", "sku:KETTLE*", true}, MatchCase{"SkuWhole", "sku:KETTLE", false},
        MatchCase{"OrderWithoutHash", "order:b2b-1042", true},
        MatchCase{"RmaPrefix", "rma:RMA7000412", true}, MatchCase{"RmaHash", "rma:#7000412", true},
        MatchCase{"TypeEnds", "type:*mismatch", true},
        MatchCase{"TypeEndsElse", "type:*posted", false},
        MatchCase{"IsAState", "is:settling", false}, MatchCase{"IsClosed", "-is:closed", true},
        MatchCase{"Mine", "is:mine", true}, MatchCase{"NotSnoozed", "-is:snoozed", true},
        MatchCase{"Open", "is:open", true}, MatchCase{"FreeWord", "above", true},
        MatchCase{"FreeWordMissing", "kestrel", false},
        MatchCase{"AllMustHold", "owner:finance severity:low", false},
        MatchCase{"OwnerOr", "owner:cx,finance", true},
        MatchCase{"Currency", "currency:gbp", true}),
    [](const auto& caseInfo) { return std::string(caseInfo.param.name); });

struct ErrorCase {
    const char* name;
    const char* filter;
    const char* message;
};
class Refuses : public testing::TestWithParam<ErrorCase> {};

TEST_P(Refuses, WithWhatIsWanted)
{
    const auto filter = parse(GetParam().filter);
    ASSERT_FALSE(filter);
    EXPECT_NE(filter.error().message.find(GetParam().message), std::string::npos)
        << filter.error().message;
    EXPECT_FALSE(filter.error().isIncomplete);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Refuses,
    testing::Values(ErrorCase{"Risk", "risk:>ten", "risk needs a number"},
                    ErrorCase{"Age", "age:>2", "age needs a time"},
                    ErrorCase{"Key", "colour:red", "is no key"},
                    ErrorCase{"Owner", "owner:nobody", "owner is finance"},
                    ErrorCase{"Range", "risk:5..1", "risk needs a number"},
                    ErrorCase{"Quote", "customer:\"North", "quote without its end"},
                    ErrorCase{"Thousands", "risk:>1,000", "numbers without commas"},
                    ErrorCase{"Sort", "sort:-colour", "sort is risk"},
                    ErrorCase{"Is", "is:done", "awaiting-approval, waiting-for"},
                    ErrorCase{"NoValue", "risk:", "needs a value"}),
    [](const auto& caseInfo) { return std::string(caseInfo.param.name); });

TEST(Parse, AHalfTypedLastTermIsIncompleteNotWrong)
{
    const auto filter = parse("is:open risk:", true);
    ASSERT_FALSE(filter);
    EXPECT_TRUE(filter.error().isIncomplete);
    EXPECT_EQ(filter.error().begin, 8U);
}

TEST(Parse, SortAndGroup)
{
    const auto filter = parse("sort:age group:none");
    ASSERT_TRUE(filter);
    EXPECT_EQ(filter->sort, SortBy::Age);
    EXPECT_EQ(filter->group, GroupBy::None);
    EXPECT_TRUE(filter->terms.empty());
}

TEST(Parse, SortIsTurnedRoundByEitherDash)
{
    EXPECT_FALSE(parse("sort:age")->isSortAscending);
    for (const char* text : {"-sort:age", "sort:-age"}) {
        const auto filter = parse(text);
        ASSERT_TRUE(filter) << text;
        EXPECT_EQ(filter->sort, SortBy::Age) << text;
        EXPECT_TRUE(filter->isSortAscending) << text;
    }
    EXPECT_FALSE(parse("-sort:-age")->isSortAscending);
}

TEST(Match, ADateIsTheWholeDay)
{
    Row row = northwind();
    row.firstSeen = *parseInstant("2026-11-24T16:30:00Z");
    const auto matches = [&row](const char* filter) {
        return parse(filter)->matches(row, Context{kNow, ""});
    };
    EXPECT_TRUE(matches("opened:2026-11-24"));
    EXPECT_TRUE(matches("opened:2026-11-20..2026-11-24"));
    EXPECT_TRUE(matches("opened:<=2026-11-24"));
    EXPECT_TRUE(matches("opened:>=2026-11-24"));
    EXPECT_TRUE(matches("opened:>2026-11-23"));
    EXPECT_FALSE(matches("opened:>2026-11-24")) << "after the day is over";
    EXPECT_FALSE(matches("opened:<2026-11-24"));
    EXPECT_FALSE(matches("opened:2026-11-23"));
}

TEST(Match, AnAmountThatIsNotKnownIsNeitherAboveNorBelow)
{
    Row row = northwind();
    row.riskMinor.reset();
    EXPECT_FALSE(parse("risk:<1000")->matches(row, Context{kNow, ""}));
    EXPECT_FALSE(parse("risk:>0")->matches(row, Context{kNow, ""}));
}

TEST(Match, YenHaveNoMinorUnit)
{
    Row row = northwind();
    row.currencyExponent = 0;
    row.riskMinor = 480;
    EXPECT_TRUE(parse("risk:480")->matches(row, Context{kNow, ""}));
}

TEST(Suggest, KeysThenValues)
{
    const auto keys = suggest("is:open ow", 10);
    ASSERT_EQ(keys.size(), 1U);
    EXPECT_EQ(keys[0].text, "owner:");
    EXPECT_EQ(keys[0].begin, 8U);
    const auto values = suggest("owner:f", 7);
    ASSERT_EQ(values.size(), 1U);
    EXPECT_EQ(values[0].text, "owner:finance");
}

TEST(Term, QuotesWhereTheValueNeedsThem)
{
    EXPECT_EQ(termText(Key::Customer, "Northwind Cafes Ltd"), "customer:\"Northwind Cafes Ltd\"");
    EXPECT_EQ(termText(Key::Sku, "KETTLE-1L"), "sku:KETTLE-1L");
}

} // namespace
} // namespace counterfoil::query
