#include "core/reconcile/returngo_money.h"

#include <algorithm>
#include <map>
#include <set>

namespace counterfoil::reconcile {

using namespace domain;
using money::Money;

namespace {

/// What the unit's own price says, gross; an empty problem code means it is known.
void readPrice(const RmaUnit& row, money::Currency currency, UnitMoney& out)
{
    out.fees = Money::zero(currency);
    if (!row.paidPrice) {
        out.problem = Phrase("not-judged.paid-price-unread").with("sku", row.sku);
        return;
    }
    const Money price = row.paidPrice->presentment;
    if (price.currency() != currency) {
        out.problem = Phrase("not-judged.returngo-currency")
                          .with("returngo", std::string(price.currency().code()))
                          .with("order", std::string(currency.code()));
        return;
    }
    out.price = price;
    out.isTaxIncluded = row.isTaxIncluded.value_or(true);
    if (row.paidTax && row.paidTax->presentment.currency() == currency)
        out.priceTax = row.paidTax->presentment;
    const bool isTaxOpen = !row.isTaxIncluded && out.priceTax && !out.priceTax->isZero();
    const bool isTaxMissing = row.isTaxIncluded == false && !out.priceTax;
    if (isTaxOpen || isTaxMissing) {
        out.problem = Phrase("not-judged.returngo-tax").with("sku", row.sku);
        return;
    }
    for (const std::optional<Money>& fee : {row.restockingFee, row.returnFee, row.shipmentFee}) {
        if (fee && fee->currency() == currency)
            out.fees = out.fees.plus(*fee).value_or(out.fees);
    }
}

Money grossOf(const UnitMoney& unit, money::Currency currency)
{
    Money gross = unit.price.value_or(Money::zero(currency));
    if (!unit.isTaxIncluded && unit.priceTax)
        gross = gross.plus(*unit.priceTax).value_or(gross);
    return gross.minus(unit.fees).value_or(gross);
}

bool paysByPrice(Resolution route)
{
    return route == Resolution::RefundToPaymentMethod || route == Resolution::RefundToStoreCredit ||
           route == Resolution::GiftCard || route == Resolution::BankAccount;
}

UnitMoney unitMoney(const JoinedUnit& unit, const CaseFacts& facts, const Joined& joined,
                    money::Currency currency)
{
    UnitMoney out;
    out.unit = unit.id;
    out.amount = out.requested = out.succeeded = out.failed = out.fees = Money::zero(currency);
    if (unit.hasLine())
        out.line = (*facts.order->lines)[unit.line].id;
    if (!unit.rma)
        return out;
    out.route = unit.rma->resolution.value;
    if (unit.isExchange)
        return out;
    readPrice(*unit.rma, currency, out);
    if (unit.rma->resolution.isUnknownWord() && joined.isOpen) {
        out.problem =
            Phrase("not-judged.resolution-unknown").with("word", unit.rma->resolution.raw);
        return out;
    }
    // A return that is over pays nothing any more beyond its transactions.
    if (!paysByPrice(out.route) || !joined.isOpen) {
        out.problem = {};
        return out;
    }
    out.basis = MoneyBasis::PaidPrice;
    if (out.problem.code.empty())
        out.amount = grossOf(out, currency);
    return out;
}

struct Weights {
    std::vector<std::int64_t> values;
    std::int64_t sum = 0;
};

/// Parts of one transaction among its units: by ReturnGO's own prices, unless the expected credits
/// add up to the amount and the prices do not.
Weights weightsOf(const std::vector<UnitMoney*>& units, const ExpectedCredit& expected,
                  const Money& amount, money::Currency currency)
{
    Weights byPrice, byExpected;
    for (const UnitMoney* unit : units) {
        const std::int64_t price = std::max<std::int64_t>(0, grossOf(*unit, currency).minor());
        byPrice.values.push_back(price);
        byPrice.sum += price;
        const auto found =
            std::find_if(expected.units.begin(), expected.units.end(),
                         [&](const UnitCredit& row) { return row.unit == unit->unit; });
        const std::int64_t credit = found == expected.units.end() ? 0 : found->amount.gross.minor();
        byExpected.values.push_back(credit);
        byExpected.sum += credit;
    }
    if (byPrice.sum != amount.minor() && byExpected.sum == amount.minor())
        return byExpected;
    return byPrice;
}

std::vector<const RmaTransaction*> sortedTransactions(const Rma& rma)
{
    std::vector<const RmaTransaction*> rows;
    for (const RmaTransaction& row : rma.transactions)
        rows.push_back(&row);
    std::sort(rows.begin(), rows.end(),
              [](const RmaTransaction* a, const RmaTransaction* b) { return a->id < b->id; });
    return rows;
}

void addShare(const RmaTransaction& row, const Money& share, UnitMoney& unit)
{
    const auto addTo = [&](Money& sum) { sum = sum.plus(share).value_or(sum); };
    if (row.status.value == RmaTransactionStatus::Requested)
        addTo(unit.requested);
    else if (row.status.value == RmaTransactionStatus::Success)
        addTo(unit.succeeded);
    else if (row.status.value == RmaTransactionStatus::Failed)
        addTo(unit.failed);
}

void applyTransaction(const RmaTransaction& row, const ExpectedCredit& expected,
                      money::Currency currency, std::map<UnitId, UnitMoney*>& byId)
{
    std::vector<UnitMoney*> units;
    std::set<UnitId> ids(row.units.begin(), row.units.end());
    for (const UnitId& id : ids) {
        const auto found = byId.find(id);
        if (found != byId.end())
            units.push_back(found->second);
    }
    if (units.empty())
        return;
    const bool isUnknown = row.type.value == RmaTransactionType::Unknown ||
                           row.status.value == RmaTransactionStatus::Unknown;
    const bool isForeign = row.amount.presentment.currency() != currency;
    if (isUnknown || isForeign || units.size() != ids.size()) {
        for (UnitMoney* unit : units) {
            unit->problem =
                isForeign
                    ? Phrase("not-judged.returngo-currency")
                          .with("returngo", std::string(row.amount.presentment.currency().code()))
                          .with("order", std::string(currency.code()))
                    : Phrase("not-judged.transaction-unknown").with("transaction", row.id.value);
        }
        return;
    }
    // Taken as its size: refunds are positive in ReturnGO, whatever another account may send.
    const Money amount = row.amount.presentment.magnitude();
    const Weights weights = weightsOf(units, expected, amount, currency);
    const Result<std::vector<Money>> shares = amount.allocate(weights.values);
    for (std::size_t i = 0; shares && i < units.size(); ++i) {
        addShare(row, (*shares)[i], *units[i]);
        units[i]->basis = MoneyBasis::Transactions;
        units[i]->route = routeOf(row.type.value);
    }
}

void settle(UnitMoney& unit)
{
    if (unit.basis != MoneyBasis::Transactions)
        return;
    const Money live = unit.requested.plus(unit.succeeded).value_or(unit.requested);
    unit.amount = live.isZero() ? unit.failed : live;
}

} // namespace

const UnitMoney* ReturngoMoney::unit(const UnitId& id) const
{
    const auto found = std::find_if(units.begin(), units.end(),
                                    [&](const UnitMoney& row) { return row.unit == id; });
    return found == units.end() ? nullptr : &*found;
}

Resolution routeOf(RmaTransactionType type)
{
    switch (type) {
    case RmaTransactionType::RefundToPaymentMethod:
        return Resolution::RefundToPaymentMethod;
    case RmaTransactionType::RefundToStoreCredit:
        return Resolution::RefundToStoreCredit;
    case RmaTransactionType::GiftCard:
        return Resolution::GiftCard;
    case RmaTransactionType::BankAccount:
        return Resolution::BankAccount;
    case RmaTransactionType::InvoicePayment:
    case RmaTransactionType::Authorization:
    case RmaTransactionType::Capture:
        return Resolution::None;
    case RmaTransactionType::Unknown:
        return Resolution::Unknown;
    }
    return Resolution::Unknown;
}

bool isMoneyOut(RmaTransactionType type)
{
    const Resolution route = routeOf(type);
    return route != Resolution::None;
}

ReturngoMoney returngoMoney(const CaseFacts& facts, const Joined& joined,
                            const ExpectedCredit& expected)
{
    ReturngoMoney out;
    if (!facts.rma)
        return out;
    if (!facts.rma->hasDetail) {
        out.problem = Phrase("not-judged.return-unread");
        return out;
    }
    if (!facts.order) {
        out.problem = Phrase("not-judged.order-unread");
        return out;
    }
    const money::Currency currency = facts.order->currency;
    for (const JoinedUnit& unit : joined.units)
        out.units.push_back(unitMoney(unit, facts, joined, currency));
    std::map<UnitId, UnitMoney*> byId;
    for (UnitMoney& unit : out.units)
        byId[unit.unit] = &unit;
    for (const RmaTransaction* row : sortedTransactions(*facts.rma)) {
        if (isMoneyOut(row->type.value))
            applyTransaction(*row, expected, currency, byId);
    }
    for (UnitMoney& unit : out.units)
        settle(unit);
    return out;
}

RouteMoney moneyOn(RouteTest isWanted, const CaseFacts& facts, const ReturngoMoney& money,
                   money::Currency currency)
{
    RouteMoney out;
    out.requested = out.succeeded = out.failed = out.planned = Money::zero(currency);
    std::set<UnitId> units;
    const auto addTo = [](Money& sum, const Money& part) { sum = sum.plus(part).value_or(sum); };
    for (const UnitMoney& unit : money.units) {
        if (!isWanted(unit.route) || unit.basis != MoneyBasis::PaidPrice)
            continue;
        addTo(out.planned, unit.amount);
        out.hasPlanned = true;
        units.insert(unit.unit);
    }
    if (facts.rma) {
        for (const RmaTransaction& row : facts.rma->transactions) {
            if (!isMoneyOut(row.type.value) || !isWanted(routeOf(row.type.value)))
                continue;
            const Money amount = row.amount.presentment.magnitude();
            if (row.status.value == RmaTransactionStatus::Requested) {
                addTo(out.requested, amount);
                out.hasRequested = true;
            } else if (row.status.value == RmaTransactionStatus::Success) {
                addTo(out.succeeded, amount);
                out.hasSucceeded = true;
            } else if (row.status.value == RmaTransactionStatus::Failed) {
                addTo(out.failed, amount);
                out.hasFailed = true;
            } else {
                continue;
            }
            units.insert(row.units.begin(), row.units.end());
            if (row.createdAt && (!out.since || *row.createdAt < *out.since))
                out.since = row.createdAt;
        }
    }
    out.units.assign(units.begin(), units.end());
    return out;
}

} // namespace counterfoil::reconcile
