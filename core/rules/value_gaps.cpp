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

/// ReturnGO's own net prices are the invoiced ones, and its tax is what makes the difference.
/// False as well when ReturnGO does not say the tax of each unit.
bool isOnlyTaxApart(const Context& context, const LineGap& gap)
{
    Money net = Money::zero(context.expected.currency);
    Money tax = net;
    for (const UnitId& id : gap.units) {
        const reconcile::UnitMoney* unit = context.returngo.unit(id);
        const auto credit =
            std::find_if(context.expected.units.begin(), context.expected.units.end(),
                         [&](const reconcile::UnitCredit& row) { return row.unit == id; });
        const bool isWhole = unit && unit->basis == reconcile::MoneyBasis::PaidPrice &&
                             unit->price && unit->priceTax && !unit->priceTax->isZero() &&
                             credit != context.expected.units.end() && credit->share == 100;
        if (!isWhole)
            return false;
        const Money price = *unit->price;
        const Money unitNet =
            unit->isTaxIncluded ? price.minus(*unit->priceTax).value_or(price) : price;
        add(net, unitNet.minus(credit->amount.net).value_or(unitNet));
        add(tax, unit->priceTax->minus(credit->amount.tax).value_or(*unit->priceTax));
    }
    const std::int64_t allowed =
        reconcile::toleranceMinor(static_cast<std::int64_t>(gap.units.size()));
    const Money other = gap.apart().minus(tax).value_or(tax);
    return net.magnitude().minor() <= allowed && other.magnitude().minor() <= allowed;
}

/// The amount is @p unit for each piece, but for the rounding of one figure or of two a piece.
bool isNearly(const LineGap& gap, const Result<money::Fraction>& unit, bool hasTwoFigures)
{
    const Result<money::Fraction> whole = unit ? unit->times(money::Fraction(gap.rest)) : unit;
    if (!whole)
        return false;
    const Money before = gap.paidForRest.plus(gap.fees).value_or(gap.paidForRest);
    const Money apart = before.minus(money::rounded(*whole, before.currency())).value_or(before);
    return apart.magnitude().minor() <=
           reconcile::toleranceMinor(gap.rest) + (hasTwoFigures ? gap.rest : 0);
}

/// The rate on top of what held the tax already.
Result<money::Fraction> rateOnGross(const reconcile::ExpectedLine& line)
{
    const Result<money::Fraction> rate = line.unitTax.dividedBy(line.unitNet);
    const Result<money::Fraction> again = rate ? rate->times(line.unitGross) : rate;
    return again ? again->plus(line.unitGross) : again;
}

/// The tax is what is wrong with a line: net taken for gross, tax counted twice, another tax on the
/// right price. Another price that comes so near to the invoiced net is that price.
std::string taxCodeOf(const Context& context, const LineGap& gap)
{
    const bool isTaxed = gap.line->unitTax != money::Fraction();
    if (gap.rest == 0 || gap.paidForRefused.isPositive())
        return {};
    if (gap.why.code == "net-for-gross" || gap.why.code == "tax-twice")
        return gap.why.code;
    if (isOnlyTaxApart(context, gap))
        return "wrong-tax";
    if (!isTaxed)
        return {};
    if (isNearly(gap, gap.line->unitNet, false))
        return "net-for-gross";
    const bool isTwice = isNearly(gap, gap.line->unitGross.plus(gap.line->unitTax), true) ||
                         isNearly(gap, rateOnGross(*gap.line), true);
    return isTwice ? "tax-twice" : std::string();
}

void explain(const Context& context, LineGap& gap)
{
    if (gap.isRounding())
        return;
    if (gap.rest > 0)
        gap.why =
            reconcile::explainAmount(context.facts, *gap.line, gap.rest, gap.paidForRest, gap.fees);
    gap.taxCode = taxCodeOf(context, gap);
}

bool isWholeUnknown(const Phrase& problem)
{
    return problem.code == "not-judged.order-unread" || problem.code == "not-judged.lines-unread" ||
           problem.code == "not-judged.return-unread" || problem.code == "not-judged.fee-tax" ||
           problem.code == "not-judged.fee-currency";
}

} // namespace

Money LineGap::apart() const
{
    return paid.minus(expected).value_or(Money::zero(paid.currency()));
}

bool LineGap::isRounding() const
{
    return apart().magnitude().minor() <=
           reconcile::toleranceMinor(static_cast<std::int64_t>(units.size()));
}

bool hasValues(const Context& context, Report& report)
{
    if (!context.facts.rma) {
        report.notApplicable(Phrase("trace.no-rma"));
        return false;
    }
    if (context.joined.isDead) {
        report.notApplicable(Phrase("trace.return-dead"));
        return false;
    }
    if (isWholeUnknown(context.expected.problem) || !context.returngo.problem.code.empty()) {
        report.notJudged(context.expected.isJudgeable() ? context.returngo.problem
                                                        : context.expected.problem);
        return false;
    }
    return true;
}

std::vector<LineGap> valueGaps(const Context& context, Report& report)
{
    const std::set<UnitId> settled = context.settledUnits();
    std::vector<LineGap> gaps;
    for (const reconcile::ExpectedLine& line : context.expected.lines) {
        if (!line.isJudgeable()) {
            report.notJudged(line.problem);
            continue;
        }
        std::optional<LineGap> gap = gapOf(context, line, settled, report);
        if (!gap)
            continue;
        explain(context, *gap);
        gaps.push_back(std::move(*gap));
    }
    return gaps;
}

void fillFromGaps(const Context& context, const std::vector<const LineGap*>& gaps, bool isOver,
                  Finding& finding)
{
    const money::Currency currency = context.expected.currency;
    Money difference = Money::zero(currency);
    Money paid = difference;
    Money expected = difference;
    std::vector<UnitId> units;
    bool isRequested = false;
    bool isPaidOut = true;
    for (const LineGap* gap : gaps) {
        add(difference, gap->apart().magnitude());
        add(paid, gap->paid);
        add(expected, gap->expected);
        units.insert(units.end(), gap->units.begin(), gap->units.end());
        isRequested = isRequested || gap->isRequested;
        isPaidOut = isPaidOut && gap->isPaidOut;
        finding.evidence.push_back(
            evidence("paid-price", amountText(gap->paid), context.facts.rma->document));
        finding.evidence.push_back(
            evidence("unit-price", amountText(gap->expected), context.facts.order->linesRef));
    }
    setUnits(context, std::move(units), finding);
    setRisk(context, difference, isOver ? RiskKind::Over : RiskKind::Under, finding);
    finding.finality = isRequested ? Finality::LeavesNow
                       : isPaidOut ? Finality::Final
                                   : Finality::Ordinary;
    finding.since = context.joined.began;
    finding.expected = expected.decimalText();
    finding.actual = paid.decimalText();
}

} // namespace counterfoil::rules
