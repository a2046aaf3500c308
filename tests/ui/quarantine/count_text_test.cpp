#include "ui/quarantine/count_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace counterfoil::quarantine {
namespace {

using domain::DamageCause;
using domain::UnitVerdict;

struct Row {
    std::string text;
    int toDo;
    std::string back; ///< what countText makes of it; empty: refused
    std::string problem;
};

TEST(CountText, readsWhatPeopleType)
{
    const std::vector<Row> rows{
        {"22 A, 1 B, 1 D", 24, "22 A, 1 B, 1 D in transit", ""},
        {"5 A,1 b,1 D in transit", 8, "5 A, 1 B, 1 D in transit", ""},
        {"1 D by buyer", 1, "1 D by buyer", ""},
        {"3 W, 2 M", 5, "3 W, 2 M", ""},
        {"2a-grade", 2, "2 A", ""},
        {"8 A", 7, "", "8 units are graded here, 7 are left to do"},
        {"2 A", 1, "", "2 units are graded here, 1 is left to do"},
        {"1 A", 0, "", "every unit of this lot has its verdict"},
        {"", 3, "", "write for example \"22 A, 1 B, 1 D in transit\""},
        {"A", 3, "", "'A' is no grade"},
        {"1 C", 3, "", "'1 C' is no grade"},
        {"1 A,", 3, "", "'' is no grade"},
        {"0 A", 3, "", "'0 A' is no grade"},
        {"-1 A", 3, "", "'-1 A' is no grade"},
        {"1 A in transit", 3, "", "'1 A in transit' is no grade"},
        {"1 D by us and them", 3, "", "'1 D by us and them' is no grade"},
        {"9999999 A", 3, "", "'9999999 A' is no grade"},
    };
    for (const Row& row : rows) {
        const auto counts = readCount(row.text, row.toDo);
        EXPECT_EQ(counts.has_value(), row.problem.empty()) << row.text;
        if (counts)
            EXPECT_EQ(countText(*counts), row.back) << row.text;
        else
            EXPECT_NE(counts.error().detail.find(row.problem), std::string::npos)
                << row.text << ": " << counts.error().detail;
    }
}

TEST(CountText, aSecondScanAddsOneAndStopsAtTheLastUnit)
{
    EXPECT_EQ(withOneMore("", 2).value(), "1 A");
    EXPECT_EQ(withOneMore("1 A", 2).value(), "2 A");
    EXPECT_EQ(withOneMore("1 B", 2).value(), "1 A, 1 B");
    EXPECT_FALSE(withOneMore("2 A", 2));
    EXPECT_FALSE(withOneMore("nonsense", 2));
}

view::LotView lotOf(std::vector<std::optional<UnitVerdict>> verdicts)
{
    view::LotView lot;
    lot.rma = "7000412";
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        view::InspectionUnit unit;
        unit.unit = UnitId("u" + std::to_string(i + 1));
        unit.verdict = verdicts[i];
        lot.toDo += verdicts[i] ? 0 : 1;
        lot.rows.push_back(std::move(unit));
    }
    return lot;
}

TEST(CountText, gradesOnlyUnitsWithoutAVerdictInTheirOrder)
{
    const view::LotView lot = lotOf({UnitVerdict::AGrade, {}, {}, UnitVerdict::Damaged, {}});
    const auto counts = readCount("2 A, 1 D by buyer", lot.toDo);
    ASSERT_TRUE(counts);
    const auto rows = inspectionsOf(lot, *counts);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].unit.value, "u2");
    EXPECT_EQ(rows[1].unit.value, "u3");
    EXPECT_EQ(rows[2].unit.value, "u5");
    EXPECT_EQ(rows[2].verdict, UnitVerdict::Damaged);
    EXPECT_EQ(rows[2].cause, DamageCause::Buyer);
    EXPECT_EQ(rows[0].cause, DamageCause::None);
    EXPECT_EQ(rows[0].rma.value, "7000412");
}

TEST(CountText, aCauseBelongsToDamageOnly)
{
    const view::LotView lot = lotOf({{}});
    EXPECT_EQ(inspectionOf(lot, lot.rows[0], UnitVerdict::BGrade, DamageCause::Buyer).cause,
              DamageCause::None);
    EXPECT_EQ(inspectionOf(lot, lot.rows[0], UnitVerdict::Damaged).cause, DamageCause::Transit);
}

} // namespace
} // namespace counterfoil::quarantine
