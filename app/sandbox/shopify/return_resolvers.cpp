// Returns, their lines, reverse fulfillment, dispositions, and an order's agreements.

#include "app/sandbox/shopify/context.h"

namespace counterfoil::sandbox::shopify {
namespace {

const char* stateText(ReturnState state)
{
    switch (state) {
    case ReturnState::Requested:
        return "REQUESTED";
    case ReturnState::Open:
        return "OPEN";
    case ReturnState::Closed:
        return "CLOSED";
    case ReturnState::Declined:
        return "DECLINED";
    case ReturnState::Canceled:
        return "CANCELED";
    }
    return "";
}

const char* dispositionText(DispositionType type)
{
    switch (type) {
    case DispositionType::Restocked:
        return "RESTOCKED";
    case DispositionType::NotRestocked:
        return "NOT_RESTOCKED";
    case DispositionType::ProcessingRequired:
        return "PROCESSING_REQUIRED";
    case DispositionType::Missing:
        return "MISSING";
    }
    return "";
}

const OrderLine* orderLine(const ReturnLineRef& ref)
{
    for (const OrderLine& line : ref.order->lines)
        if (line.id == ref.line->lineId)
            return &line;
    return nullptr;
}

/// Lines of a return as nodes of `type`.
Connection lineConnection(const ReturnNode& n, const char* type, const FieldCall& call)
{
    std::vector<ReturnLineRef> lines;
    for (const ShopReturnLine& line : n.item->lines)
        lines.push_back({n.order, n.item, &line});
    return connectionOf(
        lines, [type](const ReturnLineRef& one) { return node(type, one); },
        [](const ReturnLineRef& one) {
            return CursorKey{one.line->id, one.line->id};
        },
        call.arguments);
}

void registerReturn(Resolvers& r, Context& context)
{
    using Ref = ReturnNode;
    const char* type = "Return";
    field<const Order*>(
        r, "Order", "returns", [&context](const Order* const& o, const FieldCall& call) {
            const SearchQuery query = SearchQuery::parse(textArgument(call, "query"));
            std::vector<ReturnNode> items;
            for (const ShopReturn& item : o->returns) {
                const SearchReader reader =
                    [&](const std::string& name) -> std::optional<SearchValue> {
                    if (name == "status")
                        return SearchValue{std::nullopt, {stateText(item.state)}};
                    if (name == "name" || name == "default")
                        return SearchValue{std::nullopt, {item.name}};
                    return std::nullopt;
                };
                if (query.matches(reader, context.wholeSeconds(), &context.searchWarnings))
                    items.push_back({o, &item});
            }
            return connectionOf(
                items, [](const ReturnNode& one) { return returnNode(*one.order, *one.item); },
                [](const ReturnNode& one) {
                    return CursorKey{one.item->createdAt, one.item->id};
                },
                call.arguments);
        });
    field<Ref>(r, type, "id", [](const Ref& n) { return gid("Return", n.item->id); });
    field<Ref>(r, type, "name", [](const Ref& n) { return n.item->name; });
    field<Ref>(r, type, "status", [](const Ref& n) { return stateText(n.item->state); });
    field<Ref>(r, type, "createdAt", [](const Ref& n) { return zuluText(n.item->createdAt); });
    field<Ref>(r, type, "requestApprovedAt",
               [](const Ref& n) { return timeOrNull(n.item->requestApprovedAt); });
    field<Ref>(r, type, "closedAt", [](const Ref& n) { return timeOrNull(n.item->closedAt); });
    field<Ref>(r, type, "order", [](const Ref& n) { return orderNode(*n.order); });
    field<Ref>(r, type, "totalQuantity", [](const Ref& n) {
        std::int64_t sum = 0;
        for (const ShopReturnLine& line : n.item->lines)
            sum += line.quantity;
        return sum;
    });
    field<Ref>(r, type, "returnLineItems", [](const Ref& n, const FieldCall& call) {
        return lineConnection(n, "ReturnLineItem", call);
    });
    field<Ref>(r, type, "refunds", [](const Ref& n, const FieldCall& call) {
        std::vector<RefundRef> refunds;
        for (const Refund& refund : n.order->refunds)
            if (refund.returnId == n.item->id)
                refunds.push_back({n.order, &refund});
        return connectionOf(
            refunds, [](const RefundRef& one) { return refundNode(*one.order, *one.refund); },
            [](const RefundRef& one) {
                return CursorKey{one.refund->createdAt, one.refund->id};
            },
            call.arguments);
    });
}

void registerReturnLines(Resolvers& r, World& world)
{
    using Ref = ReturnLineRef;
    const char* type = "ReturnLineItem";
    field<Ref>(r, type, "id", [](const Ref& l) { return gid("ReturnLineItem", l.line->id); });
    field<Ref>(r, type, "quantity", [](const Ref& l) { return l.line->quantity; });
    field<Ref>(r, type, "processedQuantity", [](const Ref& l) { return l.line->processed; });
    field<Ref>(r, type, "unprocessedQuantity",
               [](const Ref& l) { return l.line->quantity - l.line->processed; });
    field<Ref>(r, type, "processableQuantity", [](const Ref& l) {
        const bool open = l.item->state == ReturnState::Open;
        return open ? l.line->quantity - l.line->processed : 0;
    });
    field<Ref>(r, type, "refundedQuantity", [](const Ref& l) { return l.line->refunded; });
    field<Ref>(r, type, "refundableQuantity",
               [](const Ref& l) { return l.line->quantity - l.line->refunded; });
    field<Ref>(r, type, "returnReasonNote", [](const Ref&) { return ""; });
    field<Ref>(r, type, "customerNote",
               [](const Ref& l) { return textOrNull(l.line->customerNote); });
    field<Ref>(r, type, "returnReasonDefinition", [](const Ref& l) -> Resolved {
        return l.line->reason.empty() ? Resolved::null()
                                      : Resolved(node("ReturnReasonDefinition", l));
    });
    field<Ref>(r, "ReturnReasonDefinition", "handle", [](const Ref& l) { return l.line->reason; });
    field<Ref>(r, "ReturnReasonDefinition", "id", [](const Ref& l) {
        std::int64_t number = 0;
        for (const char c : l.line->reason)
            number = (number * 31 + static_cast<unsigned char>(c)) % 1'000'000'007;
        return gid("ReturnReasonDefinition", number);
    });
    field<Ref>(r, type, "fulfillmentLineItem",
               [](const Ref& l) { return node("FulfillmentLineItem", l); });
    field<Ref>(r, type, "withCodeDiscountedTotalPriceSet", [&world](const Ref& l) {
        const OrderLine* sold = orderLine(l);
        const Minor total = sold != nullptr
                                ? shareOf(sold->discountedTotal(), l.line->quantity, sold->quantity)
                                : 0;
        return bagNode(world, *l.order, total);
    });
    field<Ref>(r, "FulfillmentLineItem", "id", [](const Ref& l) {
        const OrderLine* sold = orderLine(l);
        return gid("FulfillmentLineItem", sold != nullptr ? sold->fulfillmentLineItemId : 0);
    });
    field<Ref>(r, "FulfillmentLineItem", "lineItem", [](const Ref& l) -> Resolved {
        const OrderLine* sold = orderLine(l);
        return sold == nullptr ? Resolved::null() : Resolved(lineNode(*l.order, *sold));
    });
}

void registerReverse(Resolvers& r)
{
    using Ref = ReturnNode;
    const char* type = "ReverseFulfillmentOrder";
    field<Ref>(r, "Return", "reverseFulfillmentOrders", [](const Ref& n, const FieldCall& call) {
        std::vector<ReturnNode> list;
        const bool approved =
            n.item->state != ReturnState::Requested && n.item->state != ReturnState::Declined;
        if (n.item->rfoId != 0 && approved)
            list.push_back(n);
        return connectionOf(
            list, [](const Ref& one) { return node("ReverseFulfillmentOrder", one); },
            [](const Ref& one) {
                return CursorKey{one.item->rfoId, one.item->rfoId};
            },
            call.arguments);
    });
    field<Ref>(r, type, "id",
               [](const Ref& n) { return gid("ReverseFulfillmentOrder", n.item->rfoId); });
    field<Ref>(r, type, "status", [](const Ref& n) {
        if (n.item->state == ReturnState::Canceled)
            return "CANCELED";
        return n.item->state == ReturnState::Closed ? "CLOSED" : "OPEN";
    });
    field<Ref>(r, type, "lineItems", [](const Ref& n, const FieldCall& call) {
        return lineConnection(n, "ReverseFulfillmentOrderLineItem", call);
    });
    field<Ref>(r, type, "reverseDeliveries", [](const Ref& n, const FieldCall& call) {
        std::vector<ReturnNode> list;
        if (n.item->reverseDeliveryId != 0)
            list.push_back(n);
        return connectionOf(
            list, [](const Ref& one) { return node("ReverseDelivery", one); },
            [](const Ref& one) {
                return CursorKey{one.item->reverseDeliveryId, one.item->reverseDeliveryId};
            },
            call.arguments);
    });
    field<Ref>(r, "ReverseDelivery", "id",
               [](const Ref& n) { return gid("ReverseDelivery", n.item->reverseDeliveryId); });
    field<Ref>(r, "ReverseDelivery", "deliverable",
               [](const Ref& n) { return node("ReverseDeliveryShippingDeliverable", n); });
    field<Ref>(r, "ReverseDeliveryShippingDeliverable", "tracking", [](const Ref& n) -> Resolved {
        return n.item->tracking.empty() ? Resolved::null()
                                        : Resolved(node("ReverseDeliveryTrackingV2", n));
    });
    field<Ref>(r, "ReverseDeliveryTrackingV2", "number",
               [](const Ref& n) { return n.item->tracking; });
    field<Ref>(r, "ReverseDeliveryTrackingV2", "url", [](const Ref&) { return Json(nullptr); });
}

void registerDispositions(Resolvers& r, World& world)
{
    using Ref = ReturnLineRef;
    const char* type = "ReverseFulfillmentOrderLineItem";
    field<Ref>(r, type, "id", [](const Ref& l) {
        return gid("ReverseFulfillmentOrderLineItem", l.line->rfoLineId);
    });
    field<Ref>(r, type, "totalQuantity", [](const Ref& l) { return l.line->quantity; });
    field<Ref>(r, type, "fulfillmentLineItem",
               [](const Ref& l) { return node("FulfillmentLineItem", l); });
    field<Ref>(r, type, "dispositions", [](const Ref& l) {
        std::vector<Node> nodes;
        for (const Disposition& disposition : l.line->dispositions)
            nodes.push_back(
                node<const Disposition*>("ReverseFulfillmentOrderDisposition", &disposition));
        return nodes;
    });
    using Ptr = const Disposition*;
    const char* disposition = "ReverseFulfillmentOrderDisposition";
    field<Ptr>(r, disposition, "id",
               [](const Ptr& d) { return gid("ReverseFulfillmentOrderDisposition", d->id); });
    field<Ptr>(r, disposition, "type", [](const Ptr& d) { return dispositionText(d->type); });
    field<Ptr>(r, disposition, "quantity", [](const Ptr& d) { return d->quantity; });
    field<Ptr>(r, disposition, "createdAt", [](const Ptr& d) { return zuluText(d->createdAt); });
    field<Ptr>(r, disposition, "location",
               [&world](const Ptr& d) { return locationOrNull(world, d->locationId); });
}

} // namespace

void registerReturns(Resolvers& resolvers, Context& context)
{
    registerReturn(resolvers, context);
    registerReturnLines(resolvers, context.world);
    registerReverse(resolvers);
    registerDispositions(resolvers, context.world);
}

} // namespace counterfoil::sandbox::shopify
