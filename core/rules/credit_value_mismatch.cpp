#include "core/rules/registry.h"
#include "core/rules/value_gaps.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

void add(Money& sum, const Money& part)
{
    sum = sum.plus(part).value_or(sum);
}

struct Side {
    std::vector<const LineGap*> gaps;
    Money difference, paid, expected, refused;
};

/// Lines apart to one side; those where the tax is what is wrong are another finding.
Side sideOf(const std::vector<LineGap>& gaps, bool isOver, money::Currency currency)
{
    Side side;
    side.difference = side.paid = side.expected = side.refused = Money::zero(currency);
    for (const LineGap& gap : gaps) {
        const Money apart = gap.apart();
        if (gap.isRounding() || !gap.taxCode.empty() || apart.isNegative() == isOver)
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
void explain(const Side& side, Finding& finding)
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
    finding.cause = widest->why.cause;
    finding.causeCode = widest->why.code.empty() ? "unexplained" : widest->why.code;
}

void emit(const Context& context, const Side& side, bool isOver, Report& report)
{
    if (side.gaps.empty())
        return;
    Finding finding = startFinding(context, FindingType::CreditValueMismatch);
    finding.subject = isOver ? "over" : "under";
    finding.variant = finding.subject;
    fillFromGaps(context, side.gaps, isOver, finding);
    explain(side, finding);
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

} // namespace

// What ReturnGO will pay or has paid, against the expected credit, line by line; per-unit rounding
// is no finding. Closes when every line agrees.
void creditValueMismatch(const Context& context, Report& report)
{
    if (!hasValues(context, report))
        return;
    for (const reconcile::JoinedUnit& unit : context.joined.units) {
        if (!unit.hasLine() && !unit.isExchange)
            report.notJudged(Phrase("not-judged.unit-unmatched").with("sku", unit.sku));
        if (unit.isExchange)
            report.notJudged(Phrase("not-judged.exchange-price").with("sku", unit.sku));
    }
    const std::vector<LineGap> gaps = valueGaps(context, report);
    const money::Currency currency = context.expected.currency;
    emit(context, sideOf(gaps, true, currency), true, report);
    emit(context, sideOf(gaps, false, currency), false, report);
    if (report.findings.empty() && report.open.empty())
        report.passes(
            Phrase(gaps.empty() ? "trace.credit-value.nothing" : "trace.credit-value.equal"));
}

} // namespace counterfoil::rules
