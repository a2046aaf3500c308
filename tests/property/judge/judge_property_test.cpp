#include "core/reconcile/bulk_compare.h"
#include "core/reconcile/expected_credit.h"
#include "tests/unit/judge/case_builder.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <random>

namespace counterfoil::judging {

namespace {

/// Any case: lines of any price, discount and tax, units with any verdict, resolution and money.
Builder anyCase()
{
    const char* code = *rc::gen::element("GBP", "JPY", "KWD");
    Builder b(code);
    b.facts.order->taxesIncluded = *rc::gen::arbitrary<bool>();
    b.policy.poRequired = *rc::gen::element(PoRequired::Yes, PoRequired::No);
    b.facts.rma->status.value =
        *rc::gen::element(RmaStatus::Pending, RmaStatus::Approved, RmaStatus::Received,
                          RmaStatus::Done, RmaStatus::Canceled);
    const int lines = *rc::gen::inRange(1, 4);
    for (int i = 1; i <= lines; ++i) {
        const std::string id = std::to_string(i);
        const std::int64_t quantity = *rc::gen::inRange<std::int64_t>(1, 9);
        const std::int64_t whole = *rc::gen::inRange<std::int64_t>(0, 100'000);
        OrderLine& line = b.line(id.c_str(), quantity, "0");
        line.discountedUnitMinor = money::Fraction::make(whole, quantity).value();
        line.discountedUnit = pair(money::rounded(line.discountedUnitMinor, b.money));
        line.taxLines[0].presentment =
            Money::fromMinor(*rc::gen::inRange<std::int64_t>(0, whole / 5 + 1), b.money);
        const int count = *rc::gen::inRange(0, static_cast<int>(quantity) + 1);
        b.units(id.c_str(), count, "0",
                *rc::gen::element(Resolution::RefundToPaymentMethod, Resolution::BankAccount,
                                  Resolution::RefundToStoreCredit));
    }
    for (RmaUnit& unit : b.facts.rma->units) {
        unit.paidPrice =
            pair(Money::fromMinor(*rc::gen::inRange<std::int64_t>(0, 30'000), b.money));
        if (*rc::gen::inRange(0, 3) == 0)
            continue;
        Inspection row;
        row.unit = unit.id;
        row.verdict =
            *rc::gen::element(UnitVerdict::AGrade, UnitVerdict::BGrade, UnitVerdict::Damaged,
                              UnitVerdict::WrongItem, UnitVerdict::Missing);
        row.cause = *rc::gen::element(DamageCause::Buyer, DamageCause::Transit, DamageCause::None);
        row.at = at("2026-11-05T10:00:00Z");
        b.facts.inspections.push_back(row);
    }
    const int transactions = *rc::gen::inRange(0, 3);
    for (int i = 0; i < transactions && !b.facts.rma->units.empty(); ++i) {
        RmaTransaction& row = b.transaction(std::to_string(i).c_str(),
                                            *rc::gen::element(RmaTransactionStatus::Requested,
                                                              RmaTransactionStatus::Success,
                                                              RmaTransactionStatus::Failed),
                                            "0");
        row.amount = pair(Money::fromMinor(*rc::gen::inRange<std::int64_t>(0, 50'000), b.money));
    }
    return b;
}

template <class T> void shuffle(std::vector<T>& list, std::mt19937& random)
{
    std::shuffle(list.begin(), list.end(), random);
}

bool same(const Finding& a, const Finding& b)
{
    return a.type == b.type && a.subject == b.subject && a.variant == b.variant &&
           a.severity == b.severity && a.atRisk == b.atRisk && a.riskKind == b.riskKind &&
           a.finality == b.finality && a.title == b.title && a.reason == b.reason &&
           a.cause == b.cause && a.units == b.units && a.lines == b.lines &&
           a.graceUntil == b.graceUntil && a.hiddenTypes == b.hiddenTypes;
}

} // namespace

TEST(Judge, DoesNotDependOnTheOrderOfLists)
{
    EXPECT_TRUE(rc::check("same judgement in any order", [] {
        Builder b = anyCase();
        const Judgement before = b.judge();
        std::mt19937 random(*rc::gen::arbitrary<unsigned>());
        shuffle(*b.facts.order->lines, random);
        shuffle(b.facts.rma->units, random);
        shuffle(b.facts.rma->transactions, random);
        shuffle(b.facts.inspections, random);
        for (RmaTransaction& row : b.facts.rma->transactions)
            shuffle(row.units, random);
        const Judgement after = b.judge();
        RC_ASSERT(before.findings.size() == after.findings.size());
        for (std::size_t i = 0; i < before.findings.size(); ++i)
            RC_ASSERT(same(before.findings[i], after.findings[i]));
        RC_ASSERT(before.notJudged.size() == after.notJudged.size());
        RC_ASSERT(before.judgeAgainAt == after.judgeAgainAt);
    }));
}

TEST(Judge, LeavesNoHiddenTypeVisible)
{
    EXPECT_TRUE(rc::check("what is covered is not shown", [] {
        const Judgement judgement = anyCase().judge();
        for (const Finding& left : judgement.findings) {
            for (const Finding& right : judgement.findings) {
                const bool isCovered = !left.units.empty() && !right.units.empty() &&
                                       std::includes(left.units.begin(), left.units.end(),
                                                     right.units.begin(), right.units.end());
                const bool isStrong = !left.graceUntil || right.graceUntil;
                RC_ASSERT(!(rules::hides(left.type, right.type) && isCovered && isStrong));
            }
        }
    }));
}

TEST(Judge, PutsNoNegativeAmountAtRisk)
{
    EXPECT_TRUE(rc::check("amounts are positive and of the order's currency", [] {
        const Builder b = anyCase();
        for (const Finding& finding : b.judge().findings) {
            if (finding.atRisk) {
                RC_ASSERT(finding.atRisk->isPositive());
                RC_ASSERT(finding.atRisk->currency() == b.money);
            }
        }
    }));
}

TEST(ExpectedCredit, NeverExceedsTheInvoiceAndItsPartsAddUp)
{
    EXPECT_TRUE(rc::check("parts are the whole", [] {
        const Builder b = anyCase();
        const auto expected = reconcile::expectedCredit(b.facts, b.policy);
        for (const reconcile::ExpectedLine& line : expected.lines) {
            const OrderLine& order =
                *std::find_if(b.facts.order->lines->begin(), b.facts.order->lines->end(),
                              [&](const OrderLine& row) { return row.id == line.line; });
            const auto value =
                reconcile::LineValue::of(order, b.facts.order->taxesIncluded, b.money);
            RC_ASSERT(value.has_value());
            const reconcile::Split sum =
                reconcile::plus(reconcile::plus(line.due, line.forecast), line.notDue);
            const auto units = static_cast<std::int64_t>(line.units.size());
            RC_ASSERT(sum.gross == value->valueOf(units * 100).gross);
            RC_ASSERT(line.total().gross.minor() <= value->whole().gross.minor());
            if (units == order.quantity)
                RC_ASSERT(sum == value->whole());
            reconcile::Split parts = reconcile::zeroSplit(b.money);
            for (const reconcile::UnitCredit& unit : expected.units) {
                if (unit.line == line.line)
                    parts = reconcile::plus(parts, unit.amount);
                RC_ASSERT(unit.amount.gross.minor() <= unit.valueMax.minor());
                RC_ASSERT(unit.amount.net.plus(unit.amount.tax).value() == unit.amount.gross);
            }
            RC_ASSERT(parts == line.total());
        }
    }));
}

TEST(ExpectedCredit, TwoReturnsOfOneLineNeverExceedIt)
{
    EXPECT_TRUE(rc::check("siblings share the rounding", [] {
        const std::int64_t quantity = *rc::gen::inRange<std::int64_t>(2, 12);
        const std::int64_t whole = *rc::gen::inRange<std::int64_t>(1, 5'000);
        const int first = *rc::gen::inRange(1, static_cast<int>(quantity));
        std::int64_t sum = 0;
        for (const bool isFirst : {true, false}) {
            Builder b;
            OrderLine& line = b.line("1", quantity, "0");
            line.discountedUnitMinor = money::Fraction::make(whole, quantity).value();
            b.facts.rma->id = RmaId(isFirst ? "99" : "100");
            const int mine = isFirst ? first : static_cast<int>(quantity) - first;
            b.units("1", mine, "1");
            for (int i = 0; i < static_cast<int>(quantity) - mine; ++i) {
                b.facts.siblings.push_back({RmaId(isFirst ? "100" : "99"),
                                            {RmaStatus::Received, "Received"},
                                            UnitId("s" + std::to_string(i)),
                                            LineId("1")});
            }
            sum += reconcile::expectedCredit(b.facts, b.policy).total.gross.minor();
        }
        RC_ASSERT(sum == whole);
    }));
}

TEST(BulkCompare, AgreesWithTheLineValue)
{
    EXPECT_TRUE(rc::check("flat and typed arithmetic are one", [] {
        const std::int64_t quantity = *rc::gen::inRange<std::int64_t>(1, 500);
        const std::int64_t whole = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000);
        const std::int64_t units = *rc::gen::inRange<std::int64_t>(1, quantity + 1);
        Builder b;
        OrderLine& line = b.line("1", quantity, "0");
        line.discountedUnitMinor = money::Fraction::make(whole, quantity).value();
        const auto value = reconcile::LineValue::of(line, false, b.money);
        RC_ASSERT(value.has_value());
        const std::vector<reconcile::BulkOrderLine> lines{
            {7, whole, static_cast<std::int32_t>(quantity), 1, 0}};
        const std::vector<reconcile::BulkReturnedLine> returned{
            {7, value->valueOf(units * 100).gross.minor(), static_cast<std::int32_t>(units), 1}};
        const auto out = reconcile::compareCredits(reconcile::BulkOrderTable(lines), returned);
        RC_ASSERT(out.equal == 1U);
    }));
}

} // namespace counterfoil::judging
