// Orders and their lines.

#include "app/sandbox/shopify/context.h"

#include <set>

namespace counterfoil::sandbox::shopify {
namespace {

using OrderPtr = const Order*;

void registerHead(Resolvers& r)
{
    const char* type = "Order";
    field<OrderPtr>(r, type, "id", [](const OrderPtr& o) { return gid("Order", o->id); });
    field<OrderPtr>(r, type, "legacyResourceId",
                    [](const OrderPtr& o) { return std::to_string(o->id); });
    field<OrderPtr>(r, type, "name", [](const OrderPtr& o) { return o->name; });
    field<OrderPtr>(r, type, "createdAt", [](const OrderPtr& o) { return zuluText(o->createdAt); });
    field<OrderPtr>(r, type, "updatedAt", [](const OrderPtr& o) { return zuluText(o->updatedAt); });
    field<OrderPtr>(r, type, "processedAt",
                    [](const OrderPtr& o) { return zuluText(o->processedAt); });
    field<OrderPtr>(r, type, "cancelledAt",
                    [](const OrderPtr& o) { return timeOrNull(o->cancelledAt); });
    field<OrderPtr>(r, type, "closed", [](const OrderPtr& o) { return o->closed; });
    field<OrderPtr>(r, type, "edited", [](const OrderPtr& o) { return o->edited; });
    field<OrderPtr>(r, type, "test", [](const OrderPtr&) { return false; });
    field<OrderPtr>(r, type, "confirmed", [](const OrderPtr&) { return true; });
    field<OrderPtr>(r, type, "poNumber", [](const OrderPtr& o) { return textOrNull(o->poNumber); });
    field<OrderPtr>(r, type, "note", [](const OrderPtr& o) { return textOrNull(o->note); });
    field<OrderPtr>(r, type, "tags", [](const OrderPtr& o) { return o->tags; });
    field<OrderPtr>(r, type, "sourceName",
                    [](const OrderPtr& o) { return textOrNull(o->sourceName); });
    field<OrderPtr>(r, type, "taxesIncluded", [](const OrderPtr& o) { return o->taxesIncluded; });
    field<OrderPtr>(r, type, "presentmentCurrencyCode",
                    [](const OrderPtr& o) { return o->currency; });
    field<OrderPtr>(r, type, "customAttributes",
                    [](const OrderPtr& o) { return attributeNodes(o->attributes); });
    field<OrderPtr>(r, type, "paymentGatewayNames", [](const OrderPtr& o) {
        std::set<std::string> seen;
        Json names = Json::array();
        for (const OrderTransaction& transaction : o->transactions)
            if (!transaction.gateway.empty() && seen.insert(transaction.gateway).second)
                names.push_back(transaction.gateway);
        return names;
    });
}

void registerStatus(Resolvers& r)
{
    const char* type = "Order";
    field<OrderPtr>(r, type, "displayFinancialStatus", [](const OrderPtr& o) {
        return textOrNull(World::totals(*o).financialStatus);
    });
    field<OrderPtr>(r, type, "displayFulfillmentStatus",
                    [](const OrderPtr& o) { return World::totals(*o).fulfillmentStatus; });
    field<OrderPtr>(r, type, "returnStatus",
                    [](const OrderPtr& o) { return World::totals(*o).returnStatus; });
    field<OrderPtr>(r, type, "unpaid",
                    [](const OrderPtr& o) { return World::totals(*o).received == 0; });
    field<OrderPtr>(r, type, "fullyPaid", [](const OrderPtr& o) {
        const OrderTotals totals = World::totals(*o);
        return totals.outstanding <= 0 && totals.received > 0;
    });
    field<OrderPtr>(r, type, "refundable", [](const OrderPtr& o) {
        return std::ranges::any_of(o->lines, [](const OrderLine& l) { return l.refundable > 0; });
    });
}

void registerTotals(Resolvers& r, World& world)
{
    const auto total = [&](const char* name, Minor (*figure)(const OrderTotals&)) {
        field<OrderPtr>(r, "Order", name, [&world, figure](const OrderPtr& o) {
            return bagNode(world, *o, figure(World::totals(*o)));
        });
    };
    total("totalOutstandingSet", [](const OrderTotals& t) { return t.outstanding; });
    total("currentTotalPriceSet", [](const OrderTotals& t) { return t.current; });
    total("totalPriceSet", [](const OrderTotals& t) { return t.original; });
    total("totalRefundedSet", [](const OrderTotals& t) { return t.refunded; });
    total("totalReceivedSet", [](const OrderTotals& t) { return t.received; });
    total("netPaymentSet", [](const OrderTotals& t) { return t.received - t.refunded; });
}

void registerParties(Resolvers& r, World& world)
{
    field<OrderPtr>(r, "Order", "currencyCode",
                    [&world](const OrderPtr&) { return world.currency; });
    field<OrderPtr>(r, "Order", "customer", [&world](const OrderPtr& o) {
        return customerNode(world.customers.at(o->customer));
    });
    field<OrderPtr>(r, "Order", "purchasingEntity", [&world](const OrderPtr& o) {
        const Customer& customer = world.customers.at(o->customer);
        return customer.companyId == 0 ? customerNode(customer)
                                       : node<const Customer*>("PurchasingCompany", &customer);
    });
    field<OrderPtr>(r, "Order", "metafield", [&world](const OrderPtr& o, const FieldCall& call) {
        return metafieldOrNull(world, gid("Order", o->id), call);
    });
}

void registerLines(Resolvers& r, World& world)
{
    using Ref = LineRef;
    const char* type = "LineItem";
    field<OrderPtr>(r, "Order", "lineItems", [](const OrderPtr& o, const FieldCall& call) {
        std::vector<LineRef> lines;
        for (const OrderLine& line : o->lines)
            lines.push_back({o, &line});
        return connectionOf(
            lines, [](const LineRef& one) { return lineNode(*one.order, *one.line); },
            [](const LineRef& one) {
                return CursorKey{one.line->id, one.line->id};
            },
            call.arguments);
    });
    field<Ref>(r, type, "id", [](const Ref& l) { return gid("LineItem", l.line->id); });
    field<Ref>(r, type, "quantity", [](const Ref& l) { return l.line->quantity; });
    field<Ref>(r, type, "currentQuantity", [](const Ref& l) { return l.line->currentQuantity; });
    field<Ref>(r, type, "refundableQuantity", [](const Ref& l) { return l.line->refundable; });
    field<Ref>(r, type, "unfulfilledQuantity", [](const Ref& l) { return l.line->unfulfilled; });
    field<Ref>(r, type, "restockable", [](const Ref&) { return true; });
    field<Ref>(r, type, "sku",
               [&world](const Ref& l) { return textOrNull(world.products[l.line->product].sku); });
    field<Ref>(r, type, "name", [&world](const Ref& l) {
        const Product& product = world.products[l.line->product];
        return product.variantTitle.empty() ? product.title
                                            : product.title + " - " + product.variantTitle;
    });
    field<Ref>(r, type, "customAttributes",
               [](const Ref& l) { return attributeNodes(l.line->attributes); });
    field<Ref>(r, type, "variant", [&world](const Ref& l) {
        return node<const Product*>("ProductVariant", &world.products[l.line->product]);
    });
}

/// Prices as the shop shows them: the unit price after discounts is rounded per piece, the line's
/// net price shrinks with every piece that is refunded or removed.
void registerLinePrices(Resolvers& r, World& world)
{
    using Ref = LineRef;
    const char* type = "LineItem";
    field<Ref>(r, type, "originalUnitPriceSet",
               [&world](const Ref& l) { return bagNode(world, *l.order, l.line->unit); });
    field<Ref>(r, type, "discountedUnitPriceAfterAllDiscountsSet", [&world](const Ref& l) {
        return bagNode(world, *l.order, shareOf(l.line->discountedTotal(), 1, l.line->quantity));
    });
    field<Ref>(r, type, "priceAfterAllDiscountsBeforeTaxesSet", [&world](const Ref& l) {
        const Minor net = l.line->discountedTotal() - (l.order->taxesIncluded ? l.line->tax : 0);
        return bagNode(world, *l.order, shareOf(net, l.line->currentQuantity, l.line->quantity));
    });
    field<Ref>(r, type, "taxLines", [](const Ref& l) {
        std::vector<Node> nodes;
        if (!l.line->taxRate.empty())
            nodes.push_back(node("TaxLine", l));
        return nodes;
    });
    field<Ref>(r, "TaxLine", "rate", [](const Ref& l) {
        Json rate = Json::parse(l.line->taxRate, nullptr, false);
        return rate.is_number() ? rate : Json(nullptr);
    });
    field<Ref>(r, "TaxLine", "priceSet",
               [&world](const Ref& l) { return bagNode(world, *l.order, l.line->tax); });
}

void registerVariants(Resolvers& r)
{
    using Ptr = const Product*;
    field<Ptr>(r, "ProductVariant", "id",
               [](const Ptr& p) { return gid("ProductVariant", p->variantId); });
    field<Ptr>(r, "ProductVariant", "legacyResourceId",
               [](const Ptr& p) { return std::to_string(p->variantId); });
    field<Ptr>(r, "ProductVariant", "inventoryItem",
               [](const Ptr& p) { return node<Ptr>("InventoryItem", p); });
    field<Attribute>(r, "Attribute", "key", [](const Attribute& a) { return a.key; });
    field<Attribute>(r, "Attribute", "value", [](const Attribute& a) { return a.value; });
}

void registerFulfillment(Resolvers& r, World& world)
{
    // One fulfillment order an order, at the main location; it is open while anything is unshipped.
    const char* type = "FulfillmentOrder";
    const auto open = [](const Order& o) {
        return std::ranges::any_of(o.lines, [](const OrderLine& l) { return l.unfulfilled > 0; });
    };
    field<OrderPtr>(r, "Order", "fulfillmentOrders", [](const OrderPtr& o, const FieldCall& call) {
        return connectionOf(
            std::vector<OrderPtr>{o},
            [](OrderPtr one) { return node<OrderPtr>("FulfillmentOrder", one); },
            [](OrderPtr one) {
                return CursorKey{one->id, one->id};
            },
            call.arguments);
    });
    field<OrderPtr>(r, type, "id",
                    [](const OrderPtr& o) { return gid("FulfillmentOrder", o->id); });
    field<OrderPtr>(r, type, "status",
                    [open](const OrderPtr& o) { return open(*o) ? "OPEN" : "CLOSED"; });
    field<OrderPtr>(r, type, "requestStatus", [](const OrderPtr&) { return "UNSUBMITTED"; });
    field<OrderPtr>(r, type, "assignedLocation", [](const OrderPtr& o) {
        return node<OrderPtr>("FulfillmentOrderAssignedLocation", o);
    });
    field<OrderPtr>(r, "FulfillmentOrderAssignedLocation", "location",
                    [&world](const OrderPtr&) { return locationOrNull(world, kSellable); });
    field<OrderPtr>(r, "FulfillmentOrderAssignedLocation", "name", [&world](const OrderPtr&) {
        for (const Location& location : world.locations)
            if (location.id == kSellable)
                return location.name;
        return std::string();
    });
    field<OrderPtr>(r, type, "lineItems", [](const OrderPtr& o, const FieldCall& call) {
        std::vector<LineRef> lines;
        for (const OrderLine& line : o->lines)
            lines.push_back({o, &line});
        return connectionOf(
            lines, [](const LineRef& one) { return node("FulfillmentOrderLineItem", one); },
            [](const LineRef& one) {
                return CursorKey{one.line->id, one.line->id};
            },
            call.arguments);
    });
    using Ref = LineRef;
    const char* line = "FulfillmentOrderLineItem";
    field<Ref>(r, line, "id",
               [](const Ref& l) { return gid("FulfillmentOrderLineItem", l.line->id); });
    field<Ref>(r, line, "totalQuantity", [](const Ref& l) { return l.line->quantity; });
    field<Ref>(r, line, "remainingQuantity", [](const Ref& l) { return l.line->unfulfilled; });
    field<Ref>(r, line, "lineItem", [](const Ref& l) { return lineNode(*l.order, *l.line); });
}

} // namespace

void registerOrders(Resolvers& resolvers, Context& context)
{
    registerHead(resolvers);
    registerStatus(resolvers);
    registerTotals(resolvers, context.world);
    registerParties(resolvers, context.world);
    registerLines(resolvers, context.world);
    registerLinePrices(resolvers, context.world);
    registerVariants(resolvers);
    registerFulfillment(resolvers, context.world);
}

} // namespace counterfoil::sandbox::shopify
