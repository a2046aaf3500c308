#include "core/reconcile/provenance.h"
#include "core/rules/registry.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

/// One line as ReturnGO pays it, beside what law.md 3 expects for the same units.
struct LineGap {
    const reconcile::ExpectedLine* line = nullptr;
    std::vector<UnitId> units;
    Money paid, expected;
    Money paidForRefused; ///< part of paid for units whose share is 0
    Money fees;           ///< ReturnGO's fees on the units that get something
    Money paidForRest;
    std::int64_t rest = 0; ///< number of those units
    bool isRequested = false;
    bool isPaidOut = true; ///< all of it by successful transactions
    std::optional<Instant> since;
};

void add(Money& sum, const Money& part)
{
    sum = sum.plus(part).value_or(sum);
}

Money agreedFees(const reconcile::ExpectedCredit& expected, const UnitId& unit)
{
    Money sum = Money::zero(expected.currency);
    for (const reconcile::ExpectedFee& fee : expected.fees) {
        if (fee.unit == unit)
            add(sum, fee.amount.gross);
    }
    return sum;
}

/// nullopt: nothing of the line is paid by ReturnGO, or it cannot be judged (reported).
std::optional<LineGap> gapOf(const Context& context, const reconcile::ExpectedLine& line,
                             const std::set<UnitId>& settled, Report& report)
{
    const money::Currency currency = context.expected.currency;
    LineGap gap;
    gap.line = &line;
    gap.paid = gap.expected = gap.paidForRefused = gap.fees = gap.paidForRest =
        Money::zero(currency);
    for (const reconcile::UnitCredit& credit : context.expected.units) {
        if (credit.line != line.line || credit.isExchange)
            continue;
        const reconcile::UnitMoney* money = context.returngo.unit(credit.unit);
        if (!money)
            continue;
        if (!money->problem.code.empty()) {
            report.notJudged(money->problem);
            return std::nullopt;
        }
        const bool isOver =
            money->basis == reconcile::MoneyBasis::PaidPrice && settled.count(credit.unit) > 0;
        if (money->basis == reconcile::MoneyBasis::Nothing || isOver)
            continue;
        gap.units.push_back(credit.unit);
        add(gap.paid, money->amount);
        add(gap.expected, credit.amount.gross);
        gap.expected =
            gap.expected.minus(agreedFees(context.expected, credit.unit)).value_or(gap.expected);
        gap.isRequested = gap.isRequested || money->requested.isPositive();
        gap.isPaidOut = gap.isPaidOut && money->succeeded.isPositive();
        if (credit.share == 0) {
            add(gap.paidForRefused, money->amount);
            continue;
        }
        add(gap.paidForRest, money->amount);
        if (money->basis == reconcile::MoneyBasis::PaidPrice)
            add(gap.fees, money->fees);
        ++gap.rest;
    }
    if (gap.units.empty())
        return std::nullopt;
    return gap;
}

struct Side {
    std::vector<const LineGap*> gaps;
    Money difference, paid, expected, refused;
};

Side sideOf(const std::vector<LineGap>& gaps, bool isOver, money::Currency currency)
{
    Side side;
    side.difference = side.paid = side.expected = side.refused = Money::zero(currency);
    for (const LineGap& gap : gaps) {
        const Money apart = gap.paid.minus(gap.expected).value_or(Money::zero(currency));
        const bool isRounding =
            apart.magnitude().minor() <=
            reconcile::toleranceMinor(static_cast<std::int64_t>(gap.units.size()));
        if (isRounding || apart.isNegative() == isOver)
            continue;
        side.gaps.push_back(&gap);
        add(side.difference, apart.magnitude());
        add(side.paid, gap.paid);
        add(side.expected, gap.expected);
        if (isOver)
            add(side.refused, gap.paidForRefused);
    }
    return side;
}

/// The price of the line with the largest difference speaks for the finding.
void explain(const Context& context, const Side& side, Finding& finding)
{
    const LineGap* widest = nullptr;
    std::int64_t width = -1;
    for (const LineGap* gap : side.gaps) {
        const Money rest = gap->expected;
        const Money apart = gap->paidForRest.minus(rest).value_or(rest);
        if (apart.magnitude().minor() > width) {
            width = apart.magnitude().minor();
            widest = gap;
        }
    }
    if (!widest || widest->rest == 0 || width <= reconcile::toleranceMinor(widest->rest)) {
        finding.cause = Phrase("cause.refused-units").with("amount", amountText(side.refused));
        finding.causeCode = "refused-units";
        return;
    }
    const reconcile::Explanation why = reconcile::explainAmount(
        context.facts, *widest->line, widest->rest, widest->paidForRest, widest->fees);
    finding.cause = why.cause;
    finding.causeCode = why.code.empty() ? "unexplained" : why.code;
}

void emit(const Context& context, const Side& side, bool isOver, Report& report)
{
    if (side.gaps.empty())
        return;
    Finding finding = startFinding(context, FindingType::CreditValueMismatch);
    finding.subject = isOver ? "over" : "under";
    finding.variant = finding.subject;
    std::vector<UnitId> units;
    bool isRequested = false;
    bool isPaidOut = true;
    for (const LineGap* gap : side.gaps) {
        units.insert(units.end(), gap->units.begin(), gap->units.end());
        isRequested = isRequested || gap->isRequested;
        isPaidOut = isPaidOut && gap->isPaidOut;
        finding.evidence.push_back(
            evidence("paid-price", amountText(gap->paid), context.facts.rma->document));
        finding.evidence.push_back(
            evidence("unit-price", amountText(gap->expected), context.facts.order->linesRef));
    }
    setUnits(context, std::move(units), finding);
    setRisk(context, side.difference, isOver ? RiskKind::Over : RiskKind::Under, finding);
    finding.finality = isRequested ? Finality::LeavesNow
                       : isPaidOut ? Finality::Final
                                   : Finality::Ordinary;
    finding.since = context.joined.began;
    finding.expected = side.expected.decimalText();
    finding.actual = side.paid.decimalText();
    explain(context, side, finding);
    const bool isByVerdict = isOver && side.refused.isPositive();
    finding.title = Phrase(isByVerdict ? "credit-value.above-due.title"
                           : isOver    ? "credit-value.above.title"
                                       : "credit-value.below.title")
                        .with("amount", amountText(side.difference));
    const Phrase reason =
        Phrase(isByVerdict ? "credit-value.refused.reason" : "credit-value.reason")
            .with("actual", amountText(side.paid))
            .with("expected", amountText(side.expected));
    finding.reason =
        isByVerdict ? Phrase(reason).with("refused", amountText(side.refused)) : reason;
    report.found(std::move(finding));
}

bool isWholeUnknown(const Phrase& problem)
{
    return problem.code == "not-judged.order-unread" || problem.code == "not-judged.lines-unread" ||
           problem.code == "not-judged.return-unread" || problem.code == "not-judged.fee-tax" ||
           problem.code == "not-judged.fee-currency";
}

} // namespace

// What ReturnGO will pay or has paid, against the expected credit, line by line; per-unit rounding
// is no finding. Closes when every line agrees.
void creditValueMismatch(const Context& context, Report& report)
{
    if (!context.facts.rma) {
        report.notApplicable(Phrase("trace.no-rma"));
        return;
    }
    if (context.joined.isDead) {
        report.notApplicable(Phrase("trace.return-dead"));
        return;
    }
    if (isWholeUnknown(context.expected.problem) || !context.returngo.problem.code.empty()) {
        report.notJudged(context.expected.isJudgeable() ? context.returngo.problem
                                                        : context.expected.problem);
        return;
    }
    for (const reconcile::JoinedUnit& unit : context.joined.units) {
        if (!unit.hasLine() && !unit.isExchange)
            report.notJudged(Phrase("not-judged.unit-unmatched").with("sku", unit.sku));
        if (unit.isExchange)
            report.notJudged(Phrase("not-judged.exchange-price").with("sku", unit.sku));
    }
    const std::set<UnitId> settled = context.settledUnits();
    std::vector<LineGap> gaps;
    for (const reconcile::ExpectedLine& line : context.expected.lines) {
        if (!line.isJudgeable()) {
            report.notJudged(line.problem);
            continue;
        }
        std::optional<LineGap> gap = gapOf(context, line, settled, report);
        if (gap)
            gaps.push_back(std::move(*gap));
    }
    const money::Currency currency = context.expected.currency;
    emit(context, sideOf(gaps, true, currency), true, report);
    emit(context, sideOf(gaps, false, currency), false, report);
    if (report.findings.empty() && report.open.empty())
        report.passes(
            Phrase(gaps.empty() ? "trace.credit-value.nothing" : "trace.credit-value.equal"));
}

} // namespace counterfoil::rules
