#include "core/reconcile/expected_credit.h"

#include "core/base/check.h"

#include <algorithm>

namespace counterfoil::reconcile {

using namespace domain;
using money::Money;

namespace {

CreditState stateOf(const JoinedUnit& unit, bool isDead)
{
    if (isDead || unit.isExchange)
        return CreditState::NotDue;
    if (unit.share == 0)
        return CreditState::NotDue;
    return unit.isDue ? CreditState::Due : CreditState::Forecast;
}

/// Fixed order of rounding within a line: what was credited first keeps its place, so a later part
/// credit gets exactly what is left.
std::vector<std::size_t> roundingOrder(const Joined& joined, const JoinedLine& line)
{
    std::vector<std::size_t> order = line.units;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const JoinedUnit& left = joined.units[a];
        const JoinedUnit& right = joined.units[b];
        if (left.isCredited != right.isCredited)
            return left.isCredited;
        return stateOf(left, joined.isDead) < stateOf(right, joined.isDead);
    });
    return order;
}

Phrase priceEditProblem(const CaseFacts& facts, const Joined& joined, const LineId& line)
{
    // Edited, and nobody read when or what: today's price may not be the one that was invoiced.
    if (!facts.order->agreements && facts.order->isEdited)
        return Phrase("not-judged.agreements-unread");
    if (!facts.order->agreements || !joined.began)
        return {};
    std::int64_t moved = 0;
    bool isUnknown = false;
    for (const Agreement& agreement : *facts.order->agreements) {
        if (agreement.reason != "ORDER_EDIT" || agreement.happenedAt <= *joined.began)
            continue;
        for (const AgreementSale& sale : agreement.sales) {
            if (sale.line != line || sale.action != "UPDATE")
                continue;
            if (sale.total)
                moved += sale.total->minor();
            else
                isUnknown = true;
        }
    }
    if (moved == 0 && !isUnknown)
        return {};
    return Phrase("not-judged.price-edited").with("line", line.value);
}

void addLine(const CaseFacts& facts, const Joined& joined, const JoinedLine& group,
             ExpectedCredit& out)
{
    const OrderLine& line = (*facts.order->lines)[group.line];
    ExpectedLine expected;
    expected.line = line.id;
    expected.sku = line.sku;
    expected.title = line.title;
    expected.quantityOrdered = line.quantity;
    const Split zero = zeroSplit(out.currency);
    expected.due = expected.forecast = expected.notDue = zero;
    for (const std::size_t i : group.units)
        expected.units.push_back(joined.units[i].id);
    const std::optional<LineValue> value =
        LineValue::of(line, facts.order->taxesIncluded, out.currency);
    const std::int64_t count = static_cast<std::int64_t>(group.units.size());
    if (!value)
        expected.problem = Phrase("not-judged.line-value").with("sku", line.sku);
    else
        expected.problem = priceEditProblem(facts, joined, line.id);
    if (!value) {
        out.lines.push_back(std::move(expected));
        return;
    }
    expected.unitNet = value->unitNet();
    expected.unitTax = value->unitTax();
    expected.unitGross = value->unitGross();
    // More units than the line holds cannot all be worth something: what lies beyond gets nothing.
    const std::int64_t room = line.quantity * 100;
    std::int64_t at = std::min(group.siblingsBefore * 100, room);
    std::int64_t atFull = at;
    const Split start = value->valueOf(at);
    for (const std::size_t i : roundingOrder(joined, group)) {
        const JoinedUnit& unit = joined.units[i];
        UnitCredit credit;
        credit.unit = unit.id;
        credit.line = line.id;
        credit.sku = line.sku;
        credit.state = stateOf(unit, joined.isDead);
        credit.share = credit.state == CreditState::NotDue ? 0 : unit.share.value_or(100);
        credit.isCredited = unit.isCredited;
        credit.isExchange = unit.isExchange;
        const std::int64_t next = std::min(at + credit.share, room);
        const std::int64_t nextFull = std::min(atFull + 100, room);
        credit.amount = minus(value->valueOf(next), value->valueOf(at));
        const Split full = minus(value->valueOf(nextFull), value->valueOf(atFull));
        credit.valueMax =
            std::max(full.gross.minor(), credit.amount.gross.minor()) == full.gross.minor()
                ? full.gross
                : credit.amount.gross;
        at = next;
        atFull = nextFull;
        if (credit.state == CreditState::Due) {
            ++expected.unitsDue;
            expected.due = plus(expected.due, credit.amount);
        } else if (credit.state == CreditState::Forecast) {
            ++expected.unitsForecast;
            expected.forecast = plus(expected.forecast, credit.amount);
        } else {
            ++expected.unitsNotDue;
        }
        out.units.push_back(std::move(credit));
    }
    CF_CHECK(expected.unitsDue + expected.unitsForecast + expected.unitsNotDue == count);
    const Split invoiced = minus(value->valueOf(atFull), start);
    expected.notDue = minus(minus(invoiced, expected.due), expected.forecast);
    out.lines.push_back(std::move(expected));
}

/// A fee as net, tax and gross, by the site's fact; nullopt: the fact is unknown.
std::optional<Split> feeSplit(const Money& fee, FeeTax tax, const ExpectedLine* line)
{
    const Money zero = Money::zero(fee.currency());
    if (tax == FeeTax::None)
        return Split{fee, zero, fee};
    if (!line || tax == FeeTax::Unknown)
        return std::nullopt;
    const Result<money::Fraction> rate = line->unitNet == money::Fraction()
                                             ? Result<money::Fraction>(money::Fraction())
                                             : line->unitTax.dividedBy(line->unitNet);
    if (!rate)
        return std::nullopt;
    const Result<money::Fraction> factor = rate->plus(money::Fraction(1));
    if (!factor)
        return std::nullopt;
    if (tax == FeeTax::Added) {
        const Result<Money> gross = fee.times(*factor);
        if (!gross)
            return std::nullopt;
        return Split{fee, gross->minus(fee).value_or(zero), *gross};
    }
    const Result<money::Fraction> inverse = money::Fraction(1).dividedBy(*factor);
    if (!inverse)
        return std::nullopt;
    const Money net = fee.times(*inverse).value_or(fee);
    return Split{net, fee.minus(net).value_or(zero), fee};
}

void addFee(const JoinedUnit& unit, const LineId& line, std::string kind, bool isAgreed,
            const std::optional<Money>& fee, const Policy& policy, ExpectedCredit& out)
{
    if (!fee || !fee->isPositive() || !isAgreed)
        return;
    if (fee->currency() != out.currency) {
        out.problem = Phrase("not-judged.fee-currency");
        return;
    }
    const std::optional<Split> split = feeSplit(*fee, policy.facts.feeTax, out.line(line));
    if (!split) {
        out.problem = Phrase("not-judged.fee-tax").with("fee", fee->displayText());
        return;
    }
    ExpectedFee row;
    row.kind = std::move(kind);
    row.unit = unit.id;
    row.line = line;
    row.amount = *split;
    row.isDue = unit.isDue;
    out.fees.push_back(std::move(row));
}

void addFees(const CaseFacts& facts, const Policy& policy, const Joined& joined,
             ExpectedCredit& out)
{
    for (const JoinedUnit& unit : joined.units) {
        if (!unit.rma || unit.isExchange || joined.isDead)
            continue;
        const LineId line = unit.hasLine() ? (*facts.order->lines)[unit.line].id : LineId();
        addFee(unit, line, "restocking", policy.agreesRestockingFee, unit.rma->restockingFee,
               policy, out);
        addFee(unit, line, "return", policy.agreesReturnFee, unit.rma->returnFee, policy, out);
        addFee(unit, line, "label", policy.agreesLabelFee, unit.rma->shipmentFee, policy, out);
    }
}

/// A credit never turns into a charge: fees above it leave nothing.
Split atLeastZero(const Split& value)
{
    return value.gross.isNegative() ? zeroSplit(value.gross.currency()) : value;
}

void addTotals(ExpectedCredit& out)
{
    for (const ExpectedLine& line : out.lines) {
        out.due = plus(out.due, line.due);
        out.forecast = plus(out.forecast, line.forecast);
        out.notDue = plus(out.notDue, line.notDue);
    }
    for (const ExpectedFee& fee : out.fees) {
        Split& part = fee.isDue ? out.due : out.forecast;
        part = minus(part, fee.amount);
    }
    out.due = atLeastZero(out.due);
    out.forecast = atLeastZero(out.forecast);
    out.total = plus(out.due, out.forecast);
}

Phrase unmatchedProblem(const Joined& joined)
{
    for (const JoinedUnit& unit : joined.units) {
        if (unit.match == Match::Unmatched || unit.match == Match::Ambiguous)
            return Phrase("not-judged.unit-unmatched").with("sku", unit.sku);
    }
    return {};
}

} // namespace

const ExpectedLine* ExpectedCredit::line(const LineId& id) const
{
    const auto found = std::find_if(lines.begin(), lines.end(),
                                    [&](const ExpectedLine& row) { return row.line == id; });
    return found == lines.end() ? nullptr : &*found;
}

ExpectedCredit expectedCredit(const CaseFacts& facts, const Policy& policy, const Joined& joined)
{
    ExpectedCredit out;
    if (facts.order)
        out.currency = facts.order->currency;
    out.due = out.forecast = out.notDue = out.total = zeroSplit(out.currency);
    if (!facts.order)
        out.problem = Phrase("not-judged.order-unread");
    else if (!facts.order->lines)
        out.problem = Phrase("not-judged.lines-unread");
    else if (!joined.hasUnits)
        out.problem = Phrase("not-judged.return-unread");
    if (!out.isJudgeable())
        return out;
    for (const JoinedLine& group : joined.lines)
        addLine(facts, joined, group, out);
    out.problem = unmatchedProblem(joined);
    addFees(facts, policy, joined, out);
    addTotals(out);
    for (const ExpectedLine& line : out.lines) {
        if (!line.isJudgeable() && out.isJudgeable())
            out.problem = line.problem;
    }
    for (const JoinedUnit& unit : joined.units) {
        if (stateOf(unit, joined.isDead) != CreditState::Due)
            continue;
        if (!unit.dueSince)
            out.isDueSinceComplete = false;
        else if (!out.dueSince || *out.dueSince < *unit.dueSince)
            out.dueSince = unit.dueSince;
    }
    return out;
}

ExpectedCredit expectedCredit(const CaseFacts& facts, const Policy& policy)
{
    return expectedCredit(facts, policy, join(facts, policy));
}

Money dueNow(const ExpectedCredit& expected)
{
    Split sum = zeroSplit(expected.currency);
    for (const UnitCredit& unit : expected.units) {
        if (unit.state == CreditState::Due && !unit.isCredited)
            sum = plus(sum, unit.amount);
    }
    for (const ExpectedFee& fee : expected.fees) {
        const auto unit = std::find_if(expected.units.begin(), expected.units.end(),
                                       [&](const UnitCredit& row) { return row.unit == fee.unit; });
        const bool isCredited = unit != expected.units.end() && unit->isCredited;
        if (fee.isDue && !isCredited)
            sum = minus(sum, fee.amount);
    }
    return atLeastZero(sum).gross;
}

} // namespace counterfoil::reconcile
