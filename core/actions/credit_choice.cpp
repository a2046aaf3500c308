#include "core/actions/planning.h"

#include "core/reconcile/credited.h"
#include "core/reconcile/expected_credit.h"
#include "core/reconcile/payment.h"

#include <algorithm>

namespace counterfoil::actions {

namespace {

std::string verdictOf(const reconcile::Joined& joined, const UnitId& unit)
{
    const auto found =
        std::find_if(joined.units.begin(), joined.units.end(),
                     [&unit](const reconcile::JoinedUnit& row) { return row.id == unit; });
    if (found == joined.units.end())
        return {};
    if (found->verdict)
        return std::string(verdictWord(*found->verdict));
    // No goods come back, so there is nothing to inspect.
    if (found->isKeepItem)
        return "keep-item";
    return found->isInspected ? "inspected" : "";
}

/// Invoiced gross of every line of the order; fills the lines' room on the way.
std::optional<money::Money> invoiced(const domain::CaseFacts& facts, CreditChoice& choice)
{
    if (!facts.order || !facts.order->lines)
        return std::nullopt;
    const domain::Order& order = *facts.order;
    money::Money total = money::Money::zero(order.currency);
    for (const domain::OrderLine& line : *order.lines) {
        const std::optional<reconcile::LineValue> value =
            reconcile::LineValue::of(line, order.taxesIncluded, order.currency);
        if (!value)
            return std::nullopt;
        const money::Money gross = value->whole().gross;
        const Result<money::Money> next = total.plus(gross);
        if (!next)
            return std::nullopt;
        total = *next;
        choice.lines.push_back({line.id, gross, money::Money::zero(order.currency)});
    }
    return total;
}

/// SparkLayer holds each credited line at the very net total that Shopify invoiced.
bool isExact(const domain::CaseFacts& facts, const reconcile::ExpectedCredit& expected,
             const CreditChoice& choice)
{
    if (!facts.purchase || !facts.purchase->lines || choice.units.empty())
        return false;
    for (const PlanUnit& unit : choice.units) {
        const reconcile::ExpectedLine* line = expected.line(unit.line);
        if (line == nullptr)
            return false;
        const Result<money::Fraction> whole =
            line->unitNet.times(money::Fraction(line->quantityOrdered));
        const auto same = [&](const domain::PurchaseLine& row) {
            return row.sku == line->sku && row.quantity == line->quantityOrdered && row.totalNet &&
                   row.totalNet->currency() == expected.currency && whole &&
                   row.totalNet->minor() == whole->roundHalfUp();
        };
        if (std::none_of(facts.purchase->lines->begin(), facts.purchase->lines->end(), same))
            return false;
    }
    return true;
}

void fillUnits(CreditChoice& choice, const reconcile::ExpectedCredit& expected,
               const reconcile::Joined& joined)
{
    for (const reconcile::UnitCredit& unit : expected.units) {
        if (unit.isCredited) {
            for (LineRoom& room : choice.lines) {
                const Result<money::Money> next = room.creditedGross.plus(unit.amount.gross);
                if (room.line == unit.line && next)
                    room.creditedGross = *next;
            }
        }
        if (unit.state != reconcile::CreditState::Due || unit.isCredited || unit.isExchange)
            continue;
        PlanUnit row;
        row.unit = unit.unit;
        row.line = unit.line;
        row.sku = unit.sku;
        row.verdict = verdictOf(joined, unit.unit);
        row.net = unit.amount.net;
        row.tax = unit.amount.tax;
        row.gross = unit.amount.gross;
        row.invoicedGross = unit.valueMax;
        choice.units.push_back(std::move(row));
    }
    for (const reconcile::ExpectedFee& fee : expected.fees) {
        const bool isOfThese =
            std::any_of(choice.units.begin(), choice.units.end(),
                        [&fee](const PlanUnit& row) { return row.unit == fee.unit; });
        if (fee.isDue && isOfThese)
            choice.fees.push_back({fee.kind, fee.amount.net, fee.amount.tax, fee.amount.gross});
    }
}

} // namespace

CreditChoice creditChoice(const domain::CaseFacts& facts, const domain::Policy& policy)
{
    const reconcile::Joined joined = reconcile::join(facts, policy);
    const reconcile::ExpectedCredit expected = reconcile::expectedCredit(facts, policy, joined);
    const std::vector<reconcile::ShopRefund> refunds =
        reconcile::refundsOfReturn(facts, policy, joined, expected);
    const reconcile::Payment payment =
        reconcile::paymentOf(facts, reconcile::returnedValue(expected), refunds);
    const reconcile::Credited credited =
        reconcile::creditedSoFar(facts, policy, joined, expected, payment);
    const money::Money zero = money::Money::zero(expected.currency);
    CreditChoice choice;
    choice.creditedSoFar = choice.creditedElsewhere = zero;
    choice.forecast = expected.forecast.gross;
    choice.notDue = expected.notDue.gross;
    choice.orderTotal = invoiced(facts, choice);
    fillUnits(choice, expected, joined);
    choice.method = payment.method;
    choice.isAccountOrder = payment.isAccount();
    if (payment.isMoneyRead)
        choice.captured = payment.captured.currency().empty() ? zero : payment.captured;
    for (const reconcile::UnitCredit& unit : expected.units) {
        const Result<money::Money> next = choice.creditedSoFar.plus(unit.amount.gross);
        if (unit.isCredited && next)
            choice.creditedSoFar = *next;
    }
    const reconcile::BookCredit& book = credited.balance;
    if (book.isApplicable && book.source != "own" && book.source != "receipt" &&
        book.amount.currency() == expected.currency)
        choice.creditedElsewhere = book.amount;
    choice.notJudgeable = expected.problem;
    if (choice.notJudgeable.code.empty() && payment.kind == reconcile::OrderKind::NotJudged)
        choice.notJudgeable = payment.problem;
    if (choice.notJudgeable.code.empty() && book.isApplicable && !book.isKnown())
        choice.notJudgeable = book.problem;
    choice.isExactInTwo = isExact(facts, expected, choice);
    return choice;
}

} // namespace counterfoil::actions
