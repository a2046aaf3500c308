#include "core/rules/given.h"
#include "core/rules/registry.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

/// ReturnGO caps a store credit at this share of the paid price, in percent (returngo.md 7.1).
constexpr std::int64_t kCodeCapPercent = 150;

/// A credit above one of the caps.
struct Above {
    Money excess, given, cap;
    std::vector<UnitId> units;
    const char* variant = ""; ///< "line", "order", "code"
};

void add(Money& sum, const Money& part)
{
    sum = sum.plus(part).value_or(sum);
}

void keepLarger(std::optional<Above>& best, Above other, std::int64_t rounding)
{
    if (other.excess.minor() > rounding && (!best || best->excess.minor() < other.excess.minor()))
        best = std::move(other);
}

/// What was given for units of one line, against what the whole line was invoiced at.
void addLines(const Context& context, const std::vector<Given>& all, std::optional<Above>& best)
{
    const money::Currency currency = context.expected.currency;
    for (const reconcile::ExpectedLine& line : context.expected.lines) {
        if (!line.isJudgeable())
            continue;
        const Result<money::Fraction> whole =
            line.unitGross.times(money::Fraction(line.quantityOrdered));
        if (!whole)
            continue;
        Above above;
        above.variant = "line";
        above.cap = money::rounded(*whole, currency);
        above.given = Money::zero(currency);
        above.units = line.units;
        for (const Given& given : all) {
            // A balance entry without units says nothing of lines.
            const bool isByLine = given.means != Given::Means::Balance || given.source == "own";
            for (const auto& [unit, share] : given.shares) {
                if (isByLine &&
                    std::find(line.units.begin(), line.units.end(), unit) != line.units.end())
                    add(above.given, share);
            }
        }
        above.excess = above.given.minus(above.cap).value_or(Money::zero(currency));
        const auto count = static_cast<std::int64_t>(line.units.size());
        keepLarger(best, std::move(above), reconcile::toleranceMinor(count));
    }
}

/// All that was given for the return, against the whole order as invoiced.
void addOrder(const Context& context, const std::vector<Given>& all, std::optional<Above>& best)
{
    const Order& order = *context.facts.order;
    Money cap = Money::zero(order.currency);
    for (const OrderLine& line : *order.lines) {
        const std::optional<reconcile::LineValue> value =
            reconcile::LineValue::of(line, order.taxesIncluded, order.currency);
        if (!value)
            return;
        add(cap, value->whole().gross);
    }
    // Carriage may be given back too.
    if (order.currentTotal && order.currentTotal->presentment.currency() == order.currency &&
        order.currentTotal->presentment.minor() > cap.minor())
        cap = order.currentTotal->presentment;
    Above above;
    above.variant = "order";
    above.cap = cap;
    above.given = Money::zero(order.currency);
    for (const Given& given : all)
        add(above.given, given.amount);
    for (const reconcile::UnitCredit& unit : context.expected.units)
        above.units.push_back(unit.unit);
    above.excess = above.given.minus(cap).value_or(Money::zero(order.currency));
    const auto count = static_cast<std::int64_t>(above.units.size());
    keepLarger(best, std::move(above), reconcile::toleranceMinor(count));
}

/// Codes, against ReturnGO's own cap on the price that it holds.
void addCodes(const Context& context, const std::vector<Given>& all, std::optional<Above>& best)
{
    const money::Currency currency = context.expected.currency;
    Above above;
    above.variant = "code";
    above.given = above.cap = Money::zero(currency);
    std::set<UnitId> units;
    for (const Given& given : all) {
        if (given.means != Given::Means::Code)
            continue;
        add(above.given, given.amount);
        for (const auto& [unit, share] : given.shares)
            units.insert(unit);
    }
    for (const UnitId& id : units) {
        const reconcile::UnitMoney* unit = context.returngo.unit(id);
        if (!unit || !unit->price || !unit->problem.code.empty())
            return;
        add(above.cap, *unit->price);
        if (!unit->isTaxIncluded && unit->priceTax)
            add(above.cap, *unit->priceTax);
    }
    const Result<money::Fraction> share = money::Fraction::make(kCodeCapPercent, 100);
    const Result<Money> cap = share ? above.cap.times(*share) : Result<Money>(above.cap);
    above.cap = cap.value_or(above.cap);
    above.units.assign(units.begin(), units.end());
    above.excess = above.given.minus(above.cap).value_or(Money::zero(currency));
    keepLarger(best, std::move(above),
               reconcile::toleranceMinor(static_cast<std::int64_t>(units.size())));
}

void emit(const Context& context, Above above, Report& report)
{
    Finding finding = startFinding(context, FindingType::OverCredit);
    finding.variant = above.variant;
    setUnits(context, std::move(above.units), finding);
    setRisk(context, above.excess, RiskKind::Over, finding);
    finding.finality = Finality::Final;
    finding.since = context.joined.began;
    finding.expected = above.cap.decimalText();
    finding.actual = above.given.decimalText();
    finding.title = Phrase("over-credit.title").with("amount", amountText(above.excess));
    finding.reason = Phrase("over-credit." + finding.variant + ".reason")
                         .with("actual", amountText(above.given))
                         .with("cap", amountText(above.cap));
    finding.causeCode = "over-credit-" + finding.variant;
    finding.evidence.push_back(
        evidence("unit-price", amountText(above.cap), context.facts.order->linesRef));
    if (context.facts.rma)
        finding.evidence.push_back(
            evidence("amount", amountText(above.given), context.facts.rma->document));
    report.found(std::move(finding));
}

} // namespace

// More was given for a return than its line or its order was ever invoiced at, or a code above
// ReturnGO's own cap. Closes when the sum is back under the cap.
void overCredit(const Context& context, Report& report)
{
    if (!isGivenJudgeable(context, report))
        return;
    const std::vector<Given>& all = context.given;
    std::optional<Above> best;
    addLines(context, all, best);
    addOrder(context, all, best);
    addCodes(context, all, best);
    if (best)
        emit(context, std::move(*best), report);
    else
        report.passes(Phrase("trace.over-credit.within"));
}

} // namespace counterfoil::rules
