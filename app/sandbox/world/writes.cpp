// The writes that clients may make on the simulated Shopify shop.

#include "app/sandbox/world/world.h"

#include <algorithm>

namespace counterfoil::sandbox {
namespace {

WriteResult refuse(std::string code, std::string message, std::size_t element = 0)
{
    WriteResult out;
    out.code = std::move(code);
    out.message = std::move(message);
    out.element = element;
    return out;
}

/// The figure behind a quantity name; nullptr for a name that clients may not adjust.
std::int64_t* quantityOf(InventoryLevel& level, const std::string& name)
{
    if (name == "available")
        return &level.available;
    if (name == "quality_control")
        return &level.qualityControl;
    if (name == "damaged")
        return &level.damaged;
    if (name == "safety_stock")
        return &level.safetyStock;
    if (name == "reserved")
        return &level.reserved;
    return nullptr;
}

ShopReturnLine* rfoLine(ShopReturn& item, Id rfoLineId)
{
    for (ShopReturnLine& l : item.lines)
        if (l.rfoLineId == rfoLineId)
            return &l;
    return nullptr;
}

std::int64_t disposed(const ShopReturnLine& line)
{
    std::int64_t sum = 0;
    for (const Disposition& d : line.dispositions)
        if (d.type != DispositionType::ProcessingRequired)
            sum += d.quantity;
    return sum;
}

} // namespace

WriteResult World::setMetafields(const std::vector<MetafieldWrite>& writes, Actor by)
{
    if (writes.empty() || writes.size() > 25)
        return refuse("LESS_THAN_OR_EQUAL_TO", "The input must hold 1 to 25 metafields");
    for (std::size_t i = 0; i < writes.size(); ++i) {
        const MetafieldWrite& w = writes[i];
        if (!metafieldsOf(w.owner))
            return refuse("INVALID", "Owner does not exist.", i);
        const Metafield* stored = metafield(w.owner, w.ns, w.key);
        if (w.guard == Guard::MustNotExist && stored)
            return refuse("STALE_OBJECT", "The resource has been updated since it was loaded.", i);
        if (w.guard == Guard::Digest) {
            if (w.digest.size() != 32)
                return refuse("INVALID_COMPARE_DIGEST", "The compareDigest is invalid.", i);
            if (!stored || compareDigest(*stored) != w.digest)
                return refuse("STALE_OBJECT", "The resource has been updated since it was loaded.",
                              i);
        }
        if (stored && !w.type.empty() && w.type != stored->type)
            return refuse("INVALID_TYPE", "Type does not match the stored metafield.", i);
        if (!stored && w.type.empty())
            return refuse("INVALID_TYPE", "Type can't be blank.", i);
    }
    WriteResult out;
    for (const MetafieldWrite& w : writes) {
        const Id customerId = idOf("Customer", w.owner);
        const bool isAccount =
            customerId != 0 && w.ns == "sparklayer" && w.key == "payment_on_account";
        const std::size_t customer =
            customerId ? static_cast<std::size_t>(customerById(customerId) - customers.data()) : 0;
        const auto before = isAccount ? account(customer) : std::nullopt;
        if (Metafield* stored = metafield(w.owner, w.ns, w.key)) {
            stored->value = w.value;
            stored->updatedAt = now();
            ++stored->version;
            out.id = stored->id;
        } else {
            Metafield made;
            made.id = newId();
            made.ns = w.ns;
            made.key = w.key;
            made.type = w.type;
            made.value = w.value;
            made.updatedAt = now();
            out.id = made.id;
            metafieldsOf(w.owner)->push_back(std::move(made));
        }
        if (before)
            if (const auto after = account(customer))
                if (after->balance < before->balance && by == Actor::Console)
                    explainDrop(customer, before->balance - after->balance);
    }
    changed("metafield");
    return out;
}

WriteResult World::adjustInventory(const std::string& name, const std::vector<StockChange>& changes,
                                   Actor by)
{
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const StockChange& c = changes[i];
        if (!productByItem(c.inventoryItemId))
            return refuse("INVALID_INVENTORY_ITEM",
                          "The specified inventory item could not be found.", i);
        if (std::none_of(locations.begin(), locations.end(),
                         [&](const Location& l) { return l.id == c.locationId; }))
            return refuse("INVALID_LOCATION", "The specified location could not be found.", i);
        InventoryLevel* found = level(c.inventoryItemId, c.locationId);
        if (!found || !found->isActive)
            return refuse("ITEM_NOT_STOCKED_AT_LOCATION",
                          "The inventory item is not stocked at the location.", i);
        const std::int64_t* quantity = quantityOf(*found, name);
        if (!quantity)
            return refuse("INVALID_QUANTITY_NAME", "The quantity name is not valid.", i);
        if (c.changeFrom && *c.changeFrom != *quantity)
            return refuse("CHANGE_FROM_QUANTITY_STALE",
                          "The changeFromQuantity argument no longer matches the persisted "
                          "quantity.",
                          i);
        if (*quantity + c.delta < -2'000'000'000)
            return refuse("INVALID_QUANTITY_TOO_LOW", "The quantity is too low.", i);
    }
    for (const StockChange& c : changes) {
        InventoryLevel* found = level(c.inventoryItemId, c.locationId);
        *quantityOf(*found, name) += c.delta;
        found->updatedAt = found->availableUpdatedAt = now();
        Posting p;
        p.at = now();
        p.from = c.delta < 0 ? Account::Stock : Account::Adjustment;
        p.to = c.delta < 0 ? Account::Adjustment : Account::Stock;
        p.units = c.delta < 0 ? -c.delta : c.delta;
        p.product = *productByItem(c.inventoryItemId);
        (c.delta < 0 ? p.fromLocation : p.toLocation) = c.locationId;
        p.what = by == Actor::Console ? "adjusted by console" : "adjusted";
        post(std::move(p));
    }
    changed("inventory");
    return {};
}

WriteResult World::moveInventory(Id inventoryItemId, Id locationId, const std::string& fromName,
                                 const std::string& toName, std::int64_t quantity,
                                 std::optional<std::int64_t> changeFrom)
{
    InventoryLevel* found = level(inventoryItemId, locationId);
    if (!found || !found->isActive)
        return refuse("ITEM_NOT_STOCKED_AT_LOCATION",
                      "The inventory item is not stocked at the location.");
    if (fromName == toName)
        return refuse("SAME_QUANTITY_NAME", "The quantity names can't be the same.");
    std::int64_t* from = quantityOf(*found, fromName);
    std::int64_t* to = quantityOf(*found, toName);
    if (!from || !to)
        return refuse("INVALID_QUANTITY_NAME", "The quantity name is not valid.");
    if (changeFrom && *changeFrom != *from)
        return refuse("CHANGE_FROM_QUANTITY_STALE",
                      "The changeFromQuantity argument no longer matches the persisted quantity.");
    *from -= quantity;
    *to += quantity;
    found->updatedAt = found->availableUpdatedAt = now();
    changed("inventory");
    return {};
}

WriteResult World::activate(Id inventoryItemId, Id locationId)
{
    if (!productByItem(inventoryItemId))
        return refuse("NOT_FOUND", "The inventory item could not be found.");
    if (InventoryLevel* found = level(inventoryItemId, locationId)) {
        found->isActive = true;
        found->updatedAt = now();
    } else {
        InventoryLevel made;
        made.id = newId();
        made.inventoryItemId = inventoryItemId;
        made.locationId = locationId;
        made.updatedAt = made.availableUpdatedAt = now();
        levels.push_back(made);
    }
    changed("inventory");
    return {};
}

void World::putAway(const Order& order, const OrderLine& line, std::int64_t quantity, Id locationId,
                    Id rma, const char* what)
{
    if (InventoryLevel* found = level(products[line.product].inventoryItemId, locationId)) {
        found->available += quantity;
        found->updatedAt = found->availableUpdatedAt = now();
    }
    Posting p;
    p.at = now();
    p.from = Account::Buyer;
    p.to = Account::Stock;
    p.units = quantity;
    p.product = line.product;
    p.toLocation = locationId;
    p.customer = order.customer;
    p.order = order.id;
    p.rma = rma;
    p.line = line.id;
    p.what = what;
    post(std::move(p));
}

Id World::rmaOfReturn(Id returnId) const
{
    const auto found = m_rmaOfReturn.find(returnId);
    return found == m_rmaOfReturn.end() ? 0 : found->second;
}

WriteResult World::dispose(const std::vector<DisposeInput>& inputs, Actor by)
{
    static_cast<void>(by);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const DisposeInput& in = inputs[i];
        const auto ref = returnOfRfoLine(in.rfoLineId);
        if (!ref)
            return refuse("NOT_FOUND", "Reverse fulfillment order line item not found.", i);
        ShopReturn& item = orders[ref->order].returns[ref->index];
        const ShopReturnLine* l = rfoLine(item, in.rfoLineId);
        if (in.quantity <= 0 || disposed(*l) + in.quantity > l->quantity)
            return refuse("INVALID", "Quantity exceeds what remains to be disposed.", i);
        if (in.type == DispositionType::Restocked && in.locationId == 0)
            return refuse("REQUIRED", "Location is required when restocking.", i);
    }
    for (const DisposeInput& in : inputs) {
        const auto ref = returnOfRfoLine(in.rfoLineId);
        Order& order = orders[ref->order];
        ShopReturn& item = order.returns[ref->index];
        ShopReturnLine* l = rfoLine(item, in.rfoLineId);
        l->dispositions.push_back({newId(), in.type, in.quantity, now(), in.locationId});
        if (in.type == DispositionType::Restocked)
            putAway(order, *line(order, l->lineId), in.quantity, in.locationId,
                    rmaOfReturn(item.id), "disposition");
        touch(order);
    }
    return {};
}

WriteResult World::processReturn(Id returnId, const std::vector<ProcessLine>& lines, Actor by)
{
    const auto ref = returnById(returnId);
    if (!ref)
        return refuse("NOT_FOUND", "Return not found.");
    Order& order = orders[ref->order];
    if (order.returns[ref->index].state != ReturnState::Open)
        return refuse("INVALID_STATE", "Return is not open.");
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& all = order.returns[ref->index].lines;
        const auto found = std::find_if(all.begin(), all.end(), [&](const ShopReturnLine& l) {
            return l.id == lines[i].returnLineId;
        });
        if (found == all.end())
            return refuse("NOT_FOUND", "Return line item not found.", i);
        if (lines[i].quantity <= 0 || found->processed + lines[i].quantity > found->quantity)
            return refuse("INVALID", "Quantity exceeds the unprocessed quantity.", i);
    }
    Agreement agreement;
    agreement.id = newId();
    agreement.happenedAt = now();
    agreement.kind = AgreementKind::Return;
    agreement.by = by;
    agreement.returnId = returnId;
    Minor gross = 0;
    for (const ProcessLine& in : lines) {
        if (!in.dispositions.empty())
            if (const WriteResult done = dispose(in.dispositions, by); !done.ok())
                return done;
        for (ShopReturnLine& l : order.returns[ref->index].lines) {
            if (l.id != in.returnLineId)
                continue;
            l.processed += in.quantity;
            OrderLine* sold = line(order, l.lineId);
            const Minor value = grossOf(order, *sold, in.quantity);
            gross += value;
            if (facts.returnProcessLowersOutstanding)
                sold->currentQuantity -= in.quantity;
            agreement.sales.push_back(
                {newId(), SaleAction::Return, l.lineId, -in.quantity, -value});
        }
    }
    order.agreements.push_back(std::move(agreement));
    Posting p;
    p.at = now();
    p.from = Account::OrderDebt;
    p.to = Account::Sales;
    p.minor = gross;
    p.currency = order.currency;
    p.customer = order.customer;
    p.order = order.id;
    p.rma = rmaOfReturn(returnId);
    p.what = "return processed";
    post(std::move(p));
    if (facts.returnLowersBalance && order.method == PayMethod::Account)
        moveBalance(order.customer, -gross, order.id, rmaOfReturn(returnId), "return processed");
    touch(order);
    return {};
}

WriteResult World::closeReturn(Id returnId)
{
    const auto ref = returnById(returnId);
    if (!ref)
        return refuse("NOT_FOUND", "Return not found.");
    ShopReturn& item = orders[ref->order].returns[ref->index];
    if (item.state != ReturnState::Open)
        return refuse("INVALID_STATE", "Return is not open.");
    item.state = ReturnState::Closed;
    item.closedAt = now();
    touch(orders[ref->order]);
    return {};
}

WriteResult World::reopenReturn(Id returnId)
{
    const auto ref = returnById(returnId);
    if (!ref)
        return refuse("NOT_FOUND", "Return not found.");
    ShopReturn& item = orders[ref->order].returns[ref->index];
    if (item.state != ReturnState::Closed)
        return refuse("INVALID_STATE", "Return is not closed.");
    item.state = ReturnState::Open;
    item.closedAt = 0;
    touch(orders[ref->order]);
    return {};
}

WriteResult World::refundWithoutMoney(Id orderId, const std::string& note,
                                      const std::vector<RefundLineInput>& lines, Actor by)
{
    Order* order = orderById(orderId);
    if (!order)
        return refuse("", "Order does not exist");
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const OrderLine* l = line(*order, lines[i].lineId);
        if (!l || lines[i].quantity > l->refundable)
            return refuse("INVALID", "Quantity cannot refund more items than were purchased", i);
    }
    Refund refund;
    refund.id = newId();
    refund.createdAt = now();
    refund.note = note;
    refund.by = by;
    for (const RefundLineInput& in : lines) {
        OrderLine* l = line(*order, in.lineId);
        l->refundable -= in.quantity;
        l->currentQuantity -= in.quantity;
        const bool restocked = in.locationId != 0 && in.restockType != RestockType::NoRestock;
        refund.lines.push_back({in.lineId, in.quantity, in.restockType, restocked, in.locationId,
                                grossOf(*order, *l, in.quantity)});
        if (restocked)
            putAway(*order, *l, in.quantity, in.locationId, 0, "refund line");
    }
    WriteResult out;
    out.id = refund.id;
    Agreement agreement;
    agreement.id = newId();
    agreement.happenedAt = now();
    agreement.kind = AgreementKind::Refund;
    agreement.by = by;
    agreement.refundId = refund.id;
    order->agreements.push_back(std::move(agreement));
    order->refunds.push_back(std::move(refund));
    touch(*order);
    return out;
}

WriteResult World::setPo(Id orderId, const std::string& po)
{
    Order* order = orderById(orderId);
    if (!order)
        return refuse("NOT_FOUND", "Order does not exist");
    order->poNumber = po;
    touch(*order);
    return {};
}

WriteResult World::addTags(Id orderId, const std::vector<std::string>& tags)
{
    Order* order = orderById(orderId);
    if (!order)
        return refuse("NOT_FOUND", "Order does not exist");
    for (const std::string& tag : tags)
        if (std::find(order->tags.begin(), order->tags.end(), tag) == order->tags.end())
            order->tags.push_back(tag);
    touch(*order);
    return {};
}

} // namespace counterfoil::sandbox
