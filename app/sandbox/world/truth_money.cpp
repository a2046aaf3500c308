// Money that left too early, refunds that got stuck, and tax taken wrongly, from the world alone.

#include "app/sandbox/world/truth_money.h"

#include <algorithm>
#include <map>
#include <set>

namespace counterfoil::sandbox {
namespace {

constexpr Instant kRefundLimit = kDay;

Minor share(Minor whole, std::int64_t pieces, std::int64_t quantity)
{
    return quantity == 0 ? 0 : (2 * whole * pieces + quantity) / (2 * quantity);
}

/// @param figures how many figures of each piece were rounded: one price, or price and tax
bool isNear(Minor a, Minor b, std::int64_t pieces, int figures = 1)
{
    const Minor allowed = (pieces + 1) / 2 + (figures - 1) * pieces;
    return (a > b ? a - b : b - a) <= allowed;
}

Minor feesOf(const RmaUnit& unit)
{
    return unit.restockingFee + unit.returnFee + unit.shipmentFee;
}

TruthEntry entryOf(const char* type, const Rma& rma, const Order& order, Minor amount,
                   const char* kind)
{
    TruthEntry e;
    e.type = type;
    e.owner = "finance";
    e.rma = std::to_string(rma.id);
    e.order = rma.orderName;
    e.scenario = rma.scenario;
    e.amount = amount;
    e.currency = order.currency;
    e.riskKind = kind;
    return e;
}

bool isKept(const RmaUnit& unit)
{
    return unit.returnMethod == "No shipment required";
}

/// Part of an amount paid for these pieces that is for pieces nobody has looked at, by their value.
Minor earlyPart(const Rma& rma, Order& order, Minor amount, const std::set<Id>& unitIds)
{
    Minor all = 0;
    Minor early = 0;
    for (const RmaUnit& unit : rma.units) {
        const OrderLine* line = World::line(order, unit.lineId);
        if (!line || !unitIds.contains(unit.id))
            continue;
        const Minor value = World::grossOf(order, *line, 1);
        all += value;
        early += unit.validation || isKept(unit) ? 0 : value;
    }
    return all == 0 ? 0 : share(amount, early, all);
}

/// Pieces that a refund by hand is for; empty when it is for others as well.
std::set<Id> refundedUnits(const Rma& rma, const Refund& refund)
{
    std::set<Id> ids;
    for (const RefundLine& line : refund.lines) {
        std::int64_t pieces = 0;
        for (const RmaUnit& unit : rma.units)
            if (unit.lineId == line.lineId) {
                ++pieces;
                ids.insert(unit.id);
            }
        if (pieces != line.quantity)
            return {};
    }
    return ids;
}

void addEarly(World& world, const Rma& rma, std::vector<TruthEntry>& out)
{
    if (!world.policy.inspectionRequired)
        return;
    Order& order = world.orders[rma.order];
    Minor amount = 0;
    for (const RgTransaction& tx : rma.transactions)
        if (tx.status == "Success")
            amount += earlyPart(rma, order, tx.amount, {tx.unitIds.begin(), tx.unitIds.end()});
    for (const Refund& refund : order.refunds)
        if (refund.by == Actor::Person && refund.total > 0 && refund.createdAt >= rma.createdAt)
            amount += earlyPart(rma, order, refund.total, refundedUnits(rma, refund));
    if (amount > 0)
        out.push_back(entryOf("paid-before-inspection", rma, order, amount, "over"));
}

void addStuck(World& world, const Rma& rma, std::vector<TruthEntry>& out)
{
    const Order& order = world.orders[rma.order];
    std::set<Id> paid;
    for (const RgTransaction& tx : rma.transactions)
        if (tx.status == "Success")
            paid.insert(tx.unitIds.begin(), tx.unitIds.end());
    for (const Refund& refund : order.refunds)
        if (refund.by == Actor::Person && refund.total > 0 && refund.createdAt >= rma.createdAt)
            paid.merge(refundedUnits(rma, refund));
    Minor amount = 0;
    bool failed = false;
    bool late = false;
    for (const RgTransaction& tx : rma.transactions) {
        const bool made = std::all_of(tx.unitIds.begin(), tx.unitIds.end(),
                                      [&](Id id) { return paid.contains(id); });
        const bool isFailed = tx.status == "Failed" && !made;
        if (!isFailed && tx.status != "Requested")
            continue;
        amount += tx.amount;
        failed = failed || isFailed;
        late = late || (!isFailed && world.now() - tx.createdAt >= kRefundLimit);
    }
    if (failed || late)
        out.push_back(entryOf("refund-stuck", rma, order, amount, "under"));
}

} // namespace

bool isTaxMistake(const Rma& rma, const Order& order, const OrderLine& line, std::int64_t pieces,
                  Minor paid)
{
    const Minor gross = World::grossOf(order, line, pieces);
    const Minor tax = share(line.tax, pieces, line.quantity);
    const Minor net = gross - tax;
    Minor before = paid;
    Minor ownNet = 0;
    bool isTaxTold = true;
    for (const RmaUnit& unit : rma.units) {
        if (unit.lineId != line.id)
            continue;
        before += feesOf(unit);
        ownNet += unit.paidPrice - (unit.taxIncluded ? unit.paidTax : 0);
        isTaxTold = isTaxTold && unit.paidTax > 0 && rma.transactions.empty();
    }
    if (isNear(before, gross, pieces))
        return false;
    const bool isTwice = isNear(before, gross + tax, pieces, 2) ||
                         (net > 0 && isNear(before, gross + share(gross, tax, net), pieces, 2));
    if (tax > 0 && (isNear(before, net, pieces) || isTwice))
        return true;
    return isTaxTold && isNear(ownNet, net, pieces);
}

Minor aboveLine(const Rma& rma, const Order& order, const OrderLine& line)
{
    std::set<Id> units;
    for (const RmaUnit& unit : rma.units)
        if (unit.lineId == line.id)
            units.insert(unit.id);
    Minor given = 0;
    for (const RgTransaction& tx : rma.transactions)
        if (tx.status == "Success" && !tx.unitIds.empty() && units.contains(tx.unitIds.front()))
            given += tx.amount;
    const Minor above = given - World::grossOf(order, line, line.quantity);
    return above > (static_cast<Minor>(units.size()) + 1) / 2 ? above : 0;
}

void addMoneyTruth(World& world, const Rma& rma, const MoneyBooks& books,
                   std::vector<TruthEntry>& out)
{
    Order& order = world.orders[rma.order];
    Minor paid = 0;
    std::map<Id, Minor> above;
    for (const RgTransaction& tx : rma.transactions)
        paid += tx.status == "Success" ? tx.amount : 0;
    for (const RmaUnit& unit : rma.units)
        if (const OrderLine* line = World::line(order, unit.lineId))
            above[line->id] = aboveLine(rma, order, *line);
    const Minor twice = std::min({books.credited, paid, books.credited + paid - books.expected});
    if (twice > 0)
        out.push_back(entryOf("duplicate-credit", rma, order, twice, "over"));
    Minor most = 0;
    for (const auto& [line, excess] : above)
        most = std::max(most, excess);
    if (most > 0 && twice <= 0)
        out.push_back(entryOf("over-credit", rma, order, most, "over"));
    addEarly(world, rma, out);
    if (!books.isAccount)
        addStuck(world, rma, out);
}

} // namespace counterfoil::sandbox
