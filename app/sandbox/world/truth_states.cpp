// What the law asks of the states of a return, and of its goods.

#include "app/sandbox/world/truth_states.h"

#include <algorithm>
#include <set>

namespace counterfoil::sandbox {
namespace {

TruthEntry entry(const char* type, const char* owner, const Rma& rma, const char* variant = "")
{
    TruthEntry e;
    e.type = type;
    e.owner = owner;
    e.rma = std::to_string(rma.id);
    e.order = rma.orderName;
    e.scenario = rma.scenario;
    e.variant = variant;
    return e;
}

bool isOver(const Rma& rma)
{
    return rma.state == RmaState::Rejected || rma.state == RmaState::Canceled;
}

bool isReceived(const Rma& rma)
{
    return rma.state == RmaState::Received || rma.state == RmaState::Validated ||
           rma.state == RmaState::Done;
}

bool isKept(const RmaUnit& unit)
{
    return unit.returnMethod == "No shipment required";
}

/// When the RMA came into its present state.
Instant since(const Rma& rma)
{
    Instant validated = 0;
    for (const RmaUnit& unit : rma.units)
        if (unit.validation)
            validated = std::max(validated, unit.validation->at);
    switch (rma.state) {
    case RmaState::Pending:
        return rma.createdAt;
    case RmaState::Approved:
        return rma.approvedAt;
    case RmaState::Received:
        return rma.receivedAt;
    case RmaState::Validated:
        return validated;
    case RmaState::Done:
        return rma.doneAt;
    case RmaState::Rejected:
    case RmaState::Canceled:
        break;
    }
    return rma.lastUpdated;
}

const ShopReturn* shopReturn(World& world, const Rma& rma)
{
    const auto ref = world.returnById(rma.shopReturnId);
    return ref ? &world.orders[ref->order].returns[ref->index] : nullptr;
}

/// Whether state and Shopify return tell different stories, law.md 5.
bool returnDrifts(World& world, const Rma& rma)
{
    const ShopReturn* back = shopReturn(world, rma);
    const Instant now = world.now();
    const Instant from = since(rma);
    if (!back)
        return world.facts.returngoCreatesShopifyReturn && now - from >= kDay &&
               (rma.state == RmaState::Approved || rma.state == RmaState::Received ||
                rma.state == RmaState::Validated);
    const auto openFor = [&](Instant allowed) {
        return back->state == ReturnState::Open &&
               now - std::max(from, back->requestApprovedAt) >= allowed;
    };
    const bool isEnded =
        back->state == ReturnState::Canceled || back->state == ReturnState::Declined;
    std::int64_t left = 0;
    std::int64_t done = 0;
    for (const ShopReturnLine& line : back->lines) {
        left += line.quantity - line.processed;
        done += line.processed;
    }
    switch (rma.state) {
    case RmaState::Pending:
        return openFor(kDay) || back->state == ReturnState::Closed;
    case RmaState::Approved:
        return isEnded || back->state == ReturnState::Closed;
    case RmaState::Received:
    case RmaState::Validated:
        return back->state == ReturnState::Canceled ||
               (back->state == ReturnState::Closed && left > 0 &&
                now - std::max(from, back->closedAt) >= 2 * kDay);
    case RmaState::Done:
        return back->state == ReturnState::Canceled || openFor(3 * kDay);
    case RmaState::Rejected:
    case RmaState::Canceled:
        return openFor(kDay) || (back->state == ReturnState::Closed && done > 0);
    }
    return false;
}

bool shipmentDrifts(const World& world, const Rma& rma)
{
    static const std::set<std::string> kUnderWay{"Pending", "LabelCreated", "Shipped"};
    bool isHere = false;
    bool isUnderWay = false;
    for (const RgShipment& shipment : rma.shipments) {
        const bool arrived = shipment.status == "Received" || shipment.status == "Validated";
        if (!arrived && !kUnderWay.contains(shipment.status))
            return false; // a word nobody knows
        isHere = isHere || arrived;
        isUnderWay = isUnderWay || !arrived;
    }
    const Instant age = world.now() - since(rma);
    if (rma.state == RmaState::Received || rma.state == RmaState::Validated)
        return !rma.shipments.empty() && !isHere && age >= kDay && rma.state == RmaState::Received;
    if (rma.state == RmaState::Done)
        return rma.shipments.empty() ? !std::all_of(rma.units.begin(), rma.units.end(), isKept)
                                     : isUnderWay;
    const Instant both = std::min(age, world.now() - rma.receivedAt);
    if (!isHere || rma.receivedAt == 0)
        return false;
    return isOver(rma) ? both >= 2 * kDay : !isUnderWay && both >= kDay;
}

bool stalls(const World& world, const Rma& rma)
{
    const Instant age = world.now() - since(rma);
    switch (rma.state) {
    case RmaState::Pending:
        return age >= 3 * kDay;
    case RmaState::Approved:
        return age >= 21 * kDay;
    case RmaState::Received:
    case RmaState::Validated:
        return age >= 10 * kDay;
    case RmaState::Done:
    case RmaState::Rejected:
    case RmaState::Canceled:
        break;
    }
    return false;
}

/// Received, and where the site inspects, every piece of the credit was looked at; 0: not yet.
Instant dueSince(const World& world, const Rma& rma)
{
    if (std::all_of(rma.units.begin(), rma.units.end(), isKept))
        return rma.approvedAt;
    Instant due = rma.receivedAt;
    for (const RmaUnit& unit : rma.units) {
        if (!unit.exchange.empty() || !world.policy.inspectionRequired)
            continue;
        if (!unit.validation)
            return 0;
        due = std::max(due, unit.validation->at);
    }
    return due;
}

bool isAsked(const Rma& rma)
{
    return std::any_of(rma.transactions.begin(), rma.transactions.end(),
                       [](const RgTransaction& tx) { return tx.status == "Requested"; });
}

bool isSettledOutside(const Rma& rma)
{
    return std::any_of(rma.units.begin(), rma.units.end(), [](const RmaUnit& unit) {
        return unit.resolutionType == "RefundToBankAccount";
    });
}

void money(World& world, const Rma& rma, const StateBooks& books, std::vector<TruthEntry>& out)
{
    const Instant now = world.now();
    const std::string& currency = world.orders[rma.order].currency;
    if (isOver(rma)) {
        if (books.paidOut + books.credited <= 0)
            return;
        TruthEntry e = entry("money-state-drift", "finance", rma, "rejected but paid");
        e.amount = books.paidOut + books.credited;
        e.currency = currency;
        e.riskKind = "over";
        out.push_back(std::move(e));
        return;
    }
    const bool isInvoice =
        world.orders[rma.order].method == PayMethod::Invoice && !world.facts.invoiceRaisesBalance;
    if (rma.state == RmaState::Done) {
        const Instant due = dueSince(world, rma);
        const Minor seen = books.paidOut + (!books.isAccount ? 0
                                            : isInvoice      ? books.processed
                                                             : books.credited);
        if (seen != 0 || isAsked(rma) || books.expected <= 0 || due == 0 ||
            now - std::max(due, rma.doneAt) < kDay || (!books.isAccount && isSettledOutside(rma)))
            return;
        TruthEntry e = entry("money-state-drift", "cx", rma, "done but unpaid");
        e.amount = books.expected;
        e.currency = currency;
        e.riskKind = "under";
        out.push_back(std::move(e));
        return;
    }
    if (rma.state != RmaState::Received && rma.state != RmaState::Validated)
        return;
    const bool isExchange = std::any_of(rma.units.begin(), rma.units.end(),
                                        [](const RmaUnit& unit) { return !unit.exchange.empty(); });
    const bool isSettled =
        (books.isAccount && books.expected > 0 && books.credited >= books.expected) ||
        (books.expected > 0 && books.paidOut >= books.expected && !isAsked(rma));
    if (isSettled && !isExchange && now - std::max(books.lastMoney, since(rma)) >= 5 * kDay)
        out.push_back(entry("money-state-drift", "cx", rma, "paid but not done"));
}

struct Pieces {
    std::int64_t all = 0, kept = 0, passed = 0, refused = 0, uninspected = 0, exchange = 0,
                 absent = 0;
};

std::map<Id, Pieces> piecesOf(const Rma& rma)
{
    std::map<Id, Pieces> out;
    for (const RmaUnit& unit : rma.units) {
        Pieces& p = out[unit.lineId];
        ++p.all;
        p.kept += isKept(unit) ? 1 : 0;
        p.exchange += unit.exchange.empty() ? 0 : 1;
        if (!unit.validation)
            ++p.uninspected;
        else if (unit.validation->restockable && unit.validation->returned)
            ++p.passed;
        else
            ++p.refused;
        p.absent += unit.validation && !unit.validation->returned ? 1 : 0;
    }
    return out;
}

void addStock(const char* type, const Rma& rma, Minor amount, const std::string& currency,
              std::vector<TruthEntry>& out)
{
    if (amount == 0)
        return;
    TruthEntry e = entry(type, "warehouse", rma);
    e.amount = amount;
    e.currency = currency;
    e.riskKind = "stock";
    out.push_back(std::move(e));
}

void stock(World& world, const Rma& rma, const StateBooks& books, std::vector<TruthEntry>& out)
{
    Order& order = world.orders[rma.order];
    const auto at = [](const std::map<Id, std::int64_t>& of, Id line) {
        const auto found = of.find(line);
        return found == of.end() ? std::int64_t(0) : found->second;
    };
    Minor rejected = 0, unmoved = 0, overdue = 0;
    bool isShort = false;
    const Minor paid = books.credited + books.paidOut;
    for (const auto& [lineId, p] : piecesOf(rma)) {
        const OrderLine* line = World::line(order, lineId);
        isShort = isShort || p.absent > 0;
        if (!line || p.kept > 0)
            continue;
        const auto worth = [&](std::int64_t units) { return World::grossOf(order, *line, units); };
        const std::int64_t beyond =
            std::clamp<std::int64_t>(at(books.sellable, lineId) - p.passed, 0, p.refused);
        rejected += beyond > 0 ? worth(beyond) : 0;
        const bool isTracked = world.products[line->product].tracked;
        if (isReceived(rma) && isTracked && paid > 0 && at(books.moved, lineId) == 0 &&
            p.exchange == 0 && p.all > p.absent && world.now() - rma.receivedAt >= kDay)
            unmoved += worth(p.all - p.absent);
        const auto lot = books.quarantinedAt.find(lineId);
        if (lot != books.quarantinedAt.end() && p.uninspected > 0 && !isOver(rma) &&
            world.policy.inspectionRequired && world.now() - lot->second >= 7 * kDay)
            overdue += worth(
                std::min(p.uninspected, at(books.moved, lineId) - at(books.sellable, lineId)));
    }
    addStock("rejected-unit-restocked", rma, rejected, order.currency, out);
    addStock("stock-movement-missing", rma, unmoved, order.currency, out);
    addStock("quarantine-overdue", rma, overdue, order.currency, out);
    const bool isCounted =
        std::all_of(rma.shipments.begin(), rma.shipments.end(), [](const RgShipment& shipment) {
            return shipment.status == "Received" || shipment.status == "Validated";
        });
    const bool isSettled = paid == books.expected && (paid > 0 || rma.state == RmaState::Done);
    if (isShort && isCounted && !isOver(rma) && !isSettled)
        out.push_back(entry("received-quantity-mismatch", "warehouse", rma));
}

void unmatched(World& world, const Rma& rma, std::vector<TruthEntry>& out)
{
    Order& order = world.orders[rma.order];
    const bool isLost = std::any_of(rma.units.begin(), rma.units.end(), [&](const RmaUnit& unit) {
        return !World::line(order, unit.lineId);
    });
    if (isLost && !isOver(rma))
        out.push_back(entry("return-line-unmatched", "cx", rma));
}

/// SparkLayer's copy against the order as placed; an edit may be in it or not.
void purchase(World& world, const Rma& rma, std::vector<TruthEntry>& out)
{
    Order& order = world.orders[rma.order];
    if (world.now() - order.createdAt < kDay)
        return;
    const Purchase* copy = world.purchaseOfOrder(order.id);
    const auto add = [&](const char* variant) {
        out.push_back(entry("purchase-mismatch", "integration", rma, variant));
    };
    if (!copy)
        return add("missing");
    if (copy->type != "order")
        return add("unconfirmed");
    std::map<std::size_t, std::int64_t> placed, edited, theirs;
    for (const OrderLine& line : order.lines) {
        std::int64_t removed = 0;
        for (const Agreement& a : order.agreements)
            for (const Sale& sale : a.sales)
                if (a.kind == AgreementKind::OrderEdit && sale.lineId == line.id &&
                    sale.action == SaleAction::Return)
                    removed -= sale.quantity;
        placed[line.product] += line.quantity;
        edited[line.product] += line.quantity - removed;
    }
    for (const SparkLine& line : copy->lines)
        theirs[line.product] += line.quantity;
    for (const auto& [product, pieces] : placed)
        if (theirs[product] != pieces && theirs[product] != edited[product])
            return add("quantity");
}

} // namespace

void addStateTruth(World& world, const Rma& rma, const StateBooks& books,
                   std::vector<TruthEntry>& out)
{
    if (!rma.rawState.empty())
        return; // a state that nobody knows
    if (rma.draftId != 0) {
        if (stalls(world, rma))
            out.push_back(entry("return-stalled", "cx", rma));
        return;
    }
    std::vector<TruthEntry> own;
    unmatched(world, rma, own);
    const bool isManual = std::any_of(out.begin(), out.end(), [&](const TruthEntry& e) {
        return e.rma == std::to_string(rma.id) && e.type == "manual-refund-open-return";
    });
    const bool isWrongWay = std::any_of(out.begin(), out.end(), [&](const TruthEntry& e) {
        return e.rma == std::to_string(rma.id) &&
               (e.type == "account-order-gateway-refund" || e.type == "account-order-store-credit");
    });
    // law.md 6: each hides what stands to its right.
    std::vector<TruthEntry> drift;
    if (!isManual && !isWrongWay)
        money(world, rma, books, drift);
    if (drift.empty() && !isManual && (returnDrifts(world, rma) || shipmentDrifts(world, rma)))
        drift.push_back(entry("return-status-drift", "cx", rma));
    if (drift.empty() && !isManual && stalls(world, rma))
        drift.push_back(entry("return-stalled", "cx", rma));
    own.insert(own.end(), drift.begin(), drift.end());
    stock(world, rma, books, own);
    purchase(world, rma, own);
    out.insert(out.end(), own.begin(), own.end());
}

void addUnknownTruth(World& world, const Rma& rma, const std::set<Id>& strangeLocations,
                     std::vector<TruthEntry>& out)
{
    static const std::set<std::string> kResolutions{"RefundToPaymentMethod", "RefundToStoreCredit",
                                                    "RefundToBankAccount",
                                                    "InstantVariantExchange"};
    static const std::set<std::string> kMoney{"Requested", "Success", "Failed"};
    static const std::set<std::string> kShipments{"Pending",  "LabelCreated", "Shipped",
                                                  "Received", "Validated",    "Canceled"};
    static const std::set<std::string> kMethods{"on_account", "invoice", "platform_upfront"};
    std::set<std::string> found;
    if (!rma.rawState.empty())
        found.insert("returngo status " + rma.rawState);
    for (const RmaUnit& unit : rma.units)
        if (!kResolutions.contains(unit.resolutionType))
            found.insert("returngo resolutionType " + unit.resolutionType);
    for (const RgTransaction& tx : rma.transactions)
        if (!kMoney.contains(tx.status))
            found.insert("returngo transaction status " + tx.status);
    for (const RgShipment& s : rma.shipments)
        if (!kShipments.contains(s.status))
            found.insert("returngo shipment status " + s.status);
    if (rma.draftId == 0)
        if (const Purchase* p = world.purchaseOfOrder(world.orders[rma.order].id))
            if (!kMethods.contains(p->paymentMethod))
                found.insert("sparklayer payment_method " + p->paymentMethod);
    for (const Id location : strangeLocations)
        found.insert("shopify location " + std::to_string(location));
    if (found.empty())
        return;
    TruthEntry e = entry("unknown-value", "integration", rma);
    e.variant = *found.begin();
    out.push_back(std::move(e));
}

} // namespace counterfoil::sandbox
