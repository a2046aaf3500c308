// Builder: what happens to a return, on every platform it touches.

#include "app/sandbox/world/builder.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace counterfoil::sandbox {
namespace {

Minor halfUp(Minor numerator, Minor denominator)
{
    return (2 * numerator + denominator) / (2 * denominator);
}

bool wantsMoney(const RmaUnit& unit)
{
    return unit.resolutionType != kExchange;
}

const char* nameOf(const std::string& resolution)
{
    if (resolution == kToCard)
        return "Refund to payment method";
    if (resolution == kToCode)
        return "Store credit";
    if (resolution == kExchange)
        return "Exchange";
    return "Trade account (booked outside)";
}

/// Pieces of each order line in this RMA.
std::map<Id, std::int64_t> piecesByLine(const Rma& rma)
{
    std::map<Id, std::int64_t> out;
    for (const RmaUnit& unit : rma.units)
        ++out[unit.lineId];
    return out;
}

constexpr const char* kReasons[] = {"Damaged", "Overstock", "Wrong item sent", "Quality",
                                    "Ordered by mistake"};

} // namespace

ShopReturn* Builder::shopReturn(std::size_t index)
{
    const auto ref = m_world.returnById(rma(index).shopReturnId);
    return ref ? &m_world.orders[ref->order].returns[ref->index] : nullptr;
}

void Builder::note(std::size_t index, Instant at, const char* type, std::string by,
                   std::string html)
{
    rma(index).comments.push_back({type, std::move(by), std::move(html), at});
}

std::size_t Builder::request(std::size_t orderIndex, const ReturnSpec& pieces,
                             const char* resolution, Instant at)
{
    World& w = m_world;
    w.holdClock(at);
    Rma r;
    r.id = m_rmaNumber += w.rng.between(1, 9);
    r.order = orderIndex;
    const Order& o = w.orders[orderIndex];
    r.orderName = o.name;
    r.createdAt = r.lastUpdated = at;
    const char* reason = kReasons[w.rng.below(5)];
    for (const auto& [lineIndex, count] : pieces) {
        const OrderLine& l = o.lines[lineIndex];
        const Minor gross = l.discountedTotal() + (o.taxesIncluded ? 0 : l.tax);
        for (std::int64_t i = 0; i < count; ++i) {
            RmaUnit unit;
            unit.id = 3300000 + w.newId() % 100000000;
            unit.lineId = l.id;
            unit.reason = reason;
            unit.resolutionType = resolution;
            unit.resolutionName = nameOf(resolution);
            unit.policyRule = o.method == PayMethod::Card ? "Trade | Card" : "Trade | Account";
            unit.taxIncluded = o.taxesIncluded;
            unit.paidPrice = halfUp(l.discountedTotal(), l.quantity);
            unit.paidTax = o.taxesIncluded ? halfUp(l.tax, l.quantity)
                                           : halfUp(gross, l.quantity) - unit.paidPrice;
            if (unit.resolutionType == kExchange)
                unit.exchange.push_back({l.product, 1, unit.paidPrice});
            r.units.push_back(std::move(unit));
        }
    }
    r.events.push_back({"RMA_CREATED", at, "Return Portal"});
    r.comments.push_back({"system", "", "Request <strong>SUBMITTED</strong>", at});
    return w.addRma(std::move(r));
}

std::size_t Builder::requestForDraft(Id draftId, Instant at)
{
    World& w = m_world;
    w.holdClock(at);
    const DraftOrder& d = *w.draftById(draftId);
    Rma r;
    r.id = m_rmaNumber += w.rng.between(1, 9);
    r.draftId = draftId;
    r.orderName = d.name;
    r.createdAt = r.lastUpdated = at;
    const DraftLine& line = d.lines.front();
    for (int i = 0; i < 2; ++i) {
        RmaUnit unit;
        unit.id = 3300000 + w.newId() % 100000000;
        unit.lineId = line.id;
        unit.reason = "Damaged";
        unit.resolutionType = kToBank;
        unit.resolutionName = nameOf(kToBank);
        unit.policyRule = "Trade | Account";
        unit.taxIncluded = true;
        unit.paidPrice = line.gross;
        unit.paidTax = halfUp(line.gross, 6);
        r.units.push_back(std::move(unit));
    }
    r.events.push_back({"RMA_CREATED", at, "Return Portal"});
    r.comments.push_back({"system", "", "Request <strong>SUBMITTED</strong>", at});
    return w.addRma(std::move(r));
}

void Builder::refuse(std::size_t index, Instant at, const char* reason)
{
    rma(index).refused = true;
    note(index, at, "error", "", reason);
}

void Builder::openShopReturn(std::size_t index, Instant at)
{
    World& w = m_world;
    Rma& r = rma(index);
    Order& o = w.orders[r.order];
    ShopReturn s;
    s.id = w.newId();
    s.rfoId = w.newId();
    s.reverseDeliveryId = w.newId();
    s.name = o.name + "-R" + std::to_string(o.returns.size() + 1);
    s.createdAt = s.requestApprovedAt = at;
    for (const auto& [lineId, count] : piecesByLine(r)) {
        ShopReturnLine l;
        l.id = w.newId();
        l.rfoLineId = w.newId();
        l.lineId = lineId;
        l.quantity = count;
        l.reason = "other";
        s.lines.push_back(std::move(l));
    }
    r.shopReturnId = s.id;
    note(index, at, "system", "Nora Field",
         "Created &amp; approved Shopify return " + s.name + " for order " + o.name);
    w.linkReturn(s.id, r.id);
    Agreement a;
    a.id = w.newId();
    a.happenedAt = at;
    a.kind = AgreementKind::Return;
    a.by = Actor::ReturnGo;
    a.returnId = s.id;
    o.agreements.push_back(std::move(a));
    o.returns.push_back(std::move(s));
    w.indexReturn(r.order, o.returns.size() - 1);
    w.touch(o);
}

void Builder::approve(std::size_t index, Instant at)
{
    m_world.holdClock(at);
    Rma& r = rma(index);
    r.state = RmaState::Approved;
    r.approvedAt = r.lastUpdated = at;
    r.events.push_back({"RMA_APPROVED", at, "Dashboard"});
    note(index, at, "system", "Jo Okafor", "Request <strong>APPROVED</strong>");
    if (m_world.facts.returngoCreatesShopifyReturn)
        openShopReturn(index, at);
    if (r.units.front().returnMethod == "No shipment required")
        return;
    RgShipment s;
    s.id = 880000 + m_world.newId() % 10000000;
    s.status = "LabelCreated";
    s.carrier = "Sample Freight";
    s.tracking = "SF-" + std::to_string(s.id);
    s.trackingUrl = "https://track.example/" + s.tracking;
    if (ShopReturn* shop = shopReturn(index))
        shop->tracking = s.tracking;
    r.shipments.push_back(std::move(s));
}

void Builder::receive(std::size_t index, Instant at)
{
    m_world.holdClock(at);
    Rma& r = rma(index);
    r.state = RmaState::Received;
    r.receivedAt = at;
    for (RgShipment& s : r.shipments)
        s.status = "Received";
    note(index, at, "system", "Automation", "Shipment <strong>RECEIVED</strong>");
}

void Builder::putAway(std::size_t index, Instant at, Id location, std::int64_t pieces)
{
    m_world.holdClock(at);
    const ShopReturn* s = shopReturn(index);
    if (!s)
        return;
    std::vector<DisposeInput> inputs;
    for (const ShopReturnLine& l : s->lines) {
        std::int64_t left = l.quantity;
        for (const Disposition& d : l.dispositions)
            left -= d.quantity;
        const std::int64_t take = pieces < 0 ? left : std::min(left, pieces);
        if (take <= 0)
            continue;
        inputs.push_back({l.rfoLineId, take, DispositionType::Restocked, location});
        if (pieces >= 0)
            pieces -= take;
    }
    if (!inputs.empty())
        m_world.dispose(inputs, Actor::ReturnGo);
}

void Builder::inspect(std::size_t index, Instant at, std::int64_t pieces)
{
    m_world.holdClock(at);
    Rma& r = rma(index);
    bool all = true;
    for (RmaUnit& unit : r.units) {
        if (!unit.validation && pieces != 0) {
            unit.validation = Validation{at, "Rhys Bowen", true, true, ""};
            if (pieces > 0)
                --pieces;
        }
        all = all && unit.validation.has_value();
    }
    if (all && r.state == RmaState::Received) {
        r.state = RmaState::Validated;
        for (RgShipment& s : r.shipments)
            s.status = "Validated";
    }
    note(index, at, "system", "Rhys Bowen", "Items validated");
}

void Builder::process(std::size_t index, Instant at)
{
    m_world.holdClock(at);
    const ShopReturn* s = shopReturn(index);
    if (!s)
        return;
    std::vector<ProcessLine> lines;
    for (const ShopReturnLine& l : s->lines)
        if (l.quantity > l.processed)
            lines.push_back({l.id, l.quantity - l.processed, {}});
    if (!lines.empty())
        m_world.processReturn(s->id, lines, Actor::ReturnGo);
}

void Builder::creditAccount(std::size_t index, Instant at, Minor amount)
{
    m_world.holdClock(at);
    const Rma& r = rma(index);
    const Order& o = m_world.orders[r.order];
    if (Purchase* p = m_world.purchaseOfOrder(o.id)) {
        SparkTransaction tx;
        tx.platformId = "accounts-desk:" + std::to_string(r.id);
        tx.total = amount;
        tx.currency = o.currency;
        tx.applyToBalance = true;
        tx.fullTransaction = R"({"source":"accounts desk","reason":"return credit","rma":")" +
                             std::to_string(r.id) + "\"}";
        tx.at = at;
        p->transactions.push_back(std::move(tx));
        p->updatedAt = at;
    }
    m_world.moveBalance(o.customer, -amount, o.id, r.id, "account credit");
}

void Builder::askRefund(std::size_t index, Instant at, Minor amount, const char* type)
{
    m_world.holdClock(at);
    Rma& r = rma(index);
    std::vector<std::vector<Id>> groups;
    if (r.units.size() <= 6) {
        for (const RmaUnit& unit : r.units)
            if (wantsMoney(unit))
                groups.push_back({unit.id});
    } else {
        std::map<Id, std::vector<Id>> byLine;
        for (const RmaUnit& unit : r.units)
            if (wantsMoney(unit))
                byLine[unit.lineId].push_back(unit.id);
        for (auto& [line, ids] : byLine)
            groups.push_back(std::move(ids));
    }
    // Each piece gets its part of the line as invoiced; an amount typed in by hand is spread
    // likewise.
    Order& o = m_world.orders[r.order];
    std::map<Id, std::int64_t> counted;
    const auto worth = [&](const std::vector<Id>& ids) {
        Minor sum = 0;
        for (const RmaUnit& unit : r.units) {
            const OrderLine* l = World::line(o, unit.lineId);
            if (!l || std::find(ids.begin(), ids.end(), unit.id) == ids.end())
                continue;
            const std::int64_t before = counted[l->id]++;
            sum += World::grossOf(o, *l, before + 1) - World::grossOf(o, *l, before);
        }
        return sum;
    };
    std::vector<Minor> parts;
    for (const auto& group : groups)
        parts.push_back(worth(group));
    const Minor whole = std::accumulate(parts.begin(), parts.end(), Minor(0));
    Minor upTo = 0;
    Minor given = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        upTo += parts[g];
        const Minor next = whole > 0 ? halfUp(amount * upTo, whole) : 0;
        RgTransaction tx;
        tx.id = 9100000 + m_world.newId() % 100000000;
        tx.type = type;
        tx.amount = next - given;
        given = next;
        tx.unitIds = std::move(groups[g]);
        tx.createdAt = tx.updatedAt = at;
        r.transactions.push_back(std::move(tx));
    }
}

void Builder::refundSucceeds(std::size_t index, Instant at, Id restockAt)
{
    World& w = m_world;
    w.holdClock(at);
    Rma& r = rma(index);
    Order& o = w.orders[r.order];
    Minor amount = 0;
    const bool code = !r.transactions.empty() && r.transactions.front().type == kToCode;
    const Id refundId = w.newId();
    for (RgTransaction& tx : r.transactions) {
        if (tx.status != "Requested")
            continue;
        tx.status = "Success";
        tx.updatedAt = at;
        tx.referenceType = code ? "StoreCreditCode" : "PlatformRefundId";
        tx.referenceId =
            code ? "RG-" + std::to_string(refundId % 1000000) : std::to_string(refundId);
        amount += tx.amount;
    }
    Posting money;
    money.at = at;
    money.from = code ? Account::Sales : Account::Cash;
    money.to = code ? Account::StoreCode : Account::CashBack;
    money.minor = amount;
    money.currency = o.currency;
    money.customer = o.customer;
    money.order = o.id;
    money.rma = r.id;
    money.what = code ? "store credit code" : "refund";
    w.post(std::move(money));
    if (code) {
        note(index, at, "system", "Jo Okafor",
             "Credited " + fixedText(amount, o.currency) +
                 " Transaction ID(s): " + std::to_string(r.transactions.front().id));
        return;
    }
    Refund refund;
    refund.id = refundId;
    refund.createdAt = at;
    refund.total = amount;
    refund.returnId = r.shopReturnId;
    refund.by = Actor::ReturnGo;
    const Id parent = o.transactions.empty() ? 0 : o.transactions.front().id;
    addTransaction(o, TxKind::Refund, TxStatus::Success, amount, at, "shopify_payments", false);
    if (parent)
        o.transactions.back().parentId = parent;
    refund.transactionIds = {o.transactions.back().id};
    for (const auto& [lineId, count] : piecesByLine(r)) {
        OrderLine* l = World::line(o, lineId);
        l->currentQuantity -= count;
        l->refundable -= count;
        refund.lines.push_back({lineId, count,
                                restockAt ? RestockType::Return : RestockType::NoRestock,
                                restockAt != 0, restockAt, World::grossOf(o, *l, count)});
        if (restockAt)
            w.putAway(o, *l, count, restockAt, r.id, "refund line");
    }
    if (ShopReturn* s = shopReturn(index)) {
        s->refundIds.push_back(refund.id);
        for (ShopReturnLine& l : s->lines)
            l.processed = l.refunded = l.quantity;
    }
    Agreement a;
    a.id = w.newId();
    a.happenedAt = at;
    a.kind = AgreementKind::Refund;
    a.by = Actor::ReturnGo;
    a.refundId = refund.id;
    o.agreements.push_back(std::move(a));
    o.refunds.push_back(std::move(refund));
    w.touch(o);
}

void Builder::refundFails(std::size_t index, Instant at)
{
    m_world.holdClock(at);
    Rma& r = rma(index);
    for (RgTransaction& tx : r.transactions)
        if (tx.status == "Requested") {
            tx.status = "Failed";
            tx.updatedAt = at;
        }
    note(index, at, "error", "", "Refund failed: no transaction to refund on this order");
}

void Builder::refundByHand(std::size_t index, Instant at, Minor amount)
{
    World& w = m_world;
    w.holdClock(at);
    const Rma& r = rma(index);
    Order& o = w.orders[r.order];
    Refund refund;
    refund.id = w.newId();
    refund.createdAt = at;
    refund.total = amount;
    refund.note = "Refunded at the desk";
    if (amount > 0) {
        const Id parent = o.transactions.empty() ? 0 : o.transactions.front().id;
        addTransaction(o, TxKind::Refund, TxStatus::Success, amount, at, "shopify_payments", false);
        if (parent)
            o.transactions.back().parentId = parent;
        refund.transactionIds = {o.transactions.back().id};
    }
    for (const auto& [lineId, count] : piecesByLine(r)) {
        OrderLine* l = World::line(o, lineId);
        l->currentQuantity -= count;
        l->refundable -= count;
        refund.lines.push_back(
            {lineId, count, RestockType::NoRestock, false, 0, World::grossOf(o, *l, count)});
    }
    Posting money;
    money.at = at;
    money.from = Account::Cash;
    money.to = Account::CashBack;
    money.minor = amount;
    money.currency = o.currency;
    money.customer = o.customer;
    money.order = o.id;
    money.rma = r.id;
    money.what = "refund by hand";
    w.post(std::move(money));
    Agreement a;
    a.id = w.newId();
    a.happenedAt = at;
    a.kind = AgreementKind::Refund;
    a.refundId = refund.id;
    o.agreements.push_back(std::move(a));
    o.refunds.push_back(std::move(refund));
    w.touch(o);
}

void Builder::release(std::size_t index, Instant at, Id to)
{
    World& w = m_world;
    w.holdClock(at);
    const Order& o = orderOf(index);
    for (const auto& [lineId, count] : piecesByLine(rma(index))) {
        const OrderLine* l = nullptr;
        for (const OrderLine& candidate : o.lines)
            if (candidate.id == lineId)
                l = &candidate;
        const Id item = w.products[l->product].inventoryItemId;
        w.adjustInventory(
            "available",
            {{item, kQuarantine, -count, std::nullopt}, {item, to, count, std::nullopt}},
            Actor::Person);
    }
}

void Builder::finish(std::size_t index, Instant at)
{
    m_world.holdClock(at);
    Rma& r = rma(index);
    if (ShopReturn* s = shopReturn(index); s && s->state == ReturnState::Open)
        m_world.closeReturn(s->id);
    r.state = RmaState::Done;
    r.doneAt = r.lastUpdated = at;
    note(index, at, "system", "Jo Okafor", "RMA status changed to done");
}

void Builder::reject(std::size_t index, Instant at)
{
    Rma& r = rma(index);
    r.state = RmaState::Rejected;
    r.lastUpdated = at;
    note(index, at, "system", "Jo Okafor", "Request REJECTED (reason: outside the window)");
}

void Builder::cancel(std::size_t index, Instant at)
{
    m_world.holdClock(at);
    Rma& r = rma(index);
    r.state = RmaState::Canceled;
    r.lastUpdated = at;
    note(index, at, "system", "Jo Okafor", "Request CANCELED (reason: buyer keeps the goods)");
    if (ShopReturn* s = shopReturn(index)) {
        s->state = ReturnState::Canceled;
        note(index, at, "system", "Jo Okafor",
             "Canceled Shopify return " + s->name + " for order " + r.orderName);
        m_world.touch(orderOf(index));
    }
}

void Builder::arrive(std::size_t index, Instant receivedAt)
{
    approve(index, rma(index).createdAt + 3 * kHour);
    receive(index, receivedAt);
    putAway(index, receivedAt + 2 * kHour, kQuarantine);
}

Minor Builder::invoicedValue(std::size_t index) const
{
    const Rma& r = m_world.rmas[index];
    const Order& o = m_world.orders[r.order];
    std::map<Id, std::int64_t> pieces;
    for (const RmaUnit& unit : r.units)
        if (wantsMoney(unit))
            ++pieces[unit.lineId];
    Minor sum = 0;
    for (const OrderLine& l : o.lines)
        if (const auto found = pieces.find(l.id); found != pieces.end())
            sum += World::grossOf(o, l, found->second);
    return sum;
}

} // namespace counterfoil::sandbox
