// Mutations on returns and orders. None of them moves money.

#include "app/sandbox/shopify/context.h"

namespace counterfoil::sandbox::shopify {
namespace {

std::string text(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

bool given(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && !found->is_null() && !(found->is_array() && found->empty());
}

DispositionType dispositionType(const std::string& name)
{
    if (name == "RESTOCKED")
        return DispositionType::Restocked;
    if (name == "NOT_RESTOCKED")
        return DispositionType::NotRestocked;
    if (name == "MISSING")
        return DispositionType::Missing;
    return DispositionType::ProcessingRequired;
}

RestockType restockType(const std::string& name)
{
    if (name == "RETURN")
        return RestockType::Return;
    if (name == "CANCEL")
        return RestockType::Cancel;
    if (name == "LEGACY_RESTOCK")
        return RestockType::LegacyRestock;
    return RestockType::NoRestock;
}

std::vector<DisposeInput> disposeInputs(const Json& list)
{
    std::vector<DisposeInput> inputs;
    for (const Json& one : list)
        inputs.push_back({idOf("ReverseFulfillmentOrderLineItem",
                               text(one, "reverseFulfillmentOrderLineItemId")),
                          number(one, "quantity"), dispositionType(text(one, "dispositionType")),
                          idOf("Location", text(one, "locationId"))});
    return inputs;
}

std::function<Resolved()> showReturn(World& world, Id id)
{
    return [&world, id]() -> Resolved {
        const auto ref = world.returnById(id);
        if (!ref)
            return Resolved::null();
        const Order& order = world.orders[ref->order];
        return returnNode(order, order.returns[ref->index]);
    };
}

std::function<Resolved()> showOrder(World& world, Id id)
{
    return [&world, id]() -> Resolved {
        const Order* order = world.orderById(id);
        return order == nullptr ? Resolved::null() : Resolved(orderNode(*order));
    };
}

/// Codes of the world that the API's enum of return errors lacks become its general one.
std::string returnCode(const std::string& code)
{
    return code == "NOT_FOUND" || code == "INVALID_STATE" ? code : "INVALID";
}

Payload disposeAll(World& world, const Json& arguments)
{
    const auto inputs = disposeInputs(arguments["dispositionInputs"]);
    const WriteResult done = world.dispose(inputs);
    if (!done.ok())
        return refused(returnCode(done.code), {"dispositionInputs", std::to_string(done.element)},
                       done.message);
    Payload payload;
    payload.fields.emplace_back("reverseFulfillmentOrderLineItems", [&world, inputs]() -> Resolved {
        std::vector<Node> nodes;
        for (const DisposeInput& input : inputs) {
            const auto ref = world.returnOfRfoLine(input.rfoLineId);
            if (!ref)
                continue;
            const Order& order = world.orders[ref->order];
            const ShopReturn& item = order.returns[ref->index];
            for (const ShopReturnLine& line : item.lines)
                if (line.rfoLineId == input.rfoLineId)
                    nodes.push_back(rfoLineNode(order, item, line));
        }
        return nodes;
    });
    return payload;
}

Payload process(World& world, const Json& input)
{
    if (given(input, "financialTransfer"))
        return refused("INVALID", {"input", "financialTransfer"},
                       "Parent transaction must be a capture or a sale of this order.");
    const Id id = idOf("Return", text(input, "returnId"));
    std::vector<ProcessLine> lines;
    if (given(input, "returnLineItems"))
        for (const Json& one : input["returnLineItems"])
            lines.push_back({idOf("ReturnLineItem", text(one, "id")), number(one, "quantity"),
                             given(one, "dispositions") ? disposeInputs(one["dispositions"])
                                                        : std::vector<DisposeInput>{}});
    const WriteResult done = world.processReturn(id, lines);
    if (!done.ok())
        return refused(returnCode(done.code),
                       {"input", "returnLineItems", std::to_string(done.element)}, done.message);
    return Payload{{{"return", showReturn(world, id)}}, {}};
}

Payload closeOrReopen(World& world, const Json& arguments, bool close)
{
    const Id id = idOf("Return", text(arguments, "id"));
    const WriteResult done = close ? world.closeReturn(id) : world.reopenReturn(id);
    if (!done.ok())
        return refused(returnCode(done.code), {"id"}, done.message);
    return Payload{{{"return", showReturn(world, id)}}, {}};
}

/// Scalars and lists that are given replace what was there, as a whole.
Payload updateOrder(World& world, const Json& input)
{
    const Id id = idOf("Order", text(input, "id"));
    Order* order = world.orderById(id);
    if (order == nullptr)
        return refused("", {"id"}, "Order does not exist");
    if (input.contains("tags") && input["tags"].is_array())
        order->tags = input["tags"].get<std::vector<std::string>>();
    if (input.contains("note"))
        order->note = text(input, "note");
    if (input.contains("customAttributes") && input["customAttributes"].is_array()) {
        order->attributes.clear();
        for (const Json& one : input["customAttributes"])
            order->attributes.push_back({text(one, "key"), text(one, "value")});
    }
    if (input.contains("poNumber"))
        world.setPo(id, text(input, "poNumber"));
    else
        world.touch(*order);
    return Payload{{{"order", showOrder(world, id)}}, {}};
}

Payload addTags(World& world, const Json& arguments)
{
    const Id id = idOf("Order", text(arguments, "id"));
    if (world.orderById(id) == nullptr)
        return refused("", {"id"}, "The resource does not exist or can't be tagged.");
    world.addTags(id, arguments["tags"].get<std::vector<std::string>>());
    return Payload{{{"node", showOrder(world, id)}}, {}};
}

Payload refundWithoutMoney(World& world, const Json& input)
{
    if (given(input, "transactions") || given(input, "refundMethods"))
        return refused("", {"transactions"}, "Refund amount exceeds what was paid.");
    const Id orderId = idOf("Order", text(input, "orderId"));
    if (world.orderById(orderId) == nullptr)
        return refused("", {"orderId"}, "Order does not exist");
    std::vector<RefundLineInput> lines;
    if (given(input, "refundLineItems"))
        for (const Json& one : input["refundLineItems"])
            lines.push_back({idOf("LineItem", text(one, "lineItemId")), number(one, "quantity"),
                             restockType(text(one, "restockType")),
                             idOf("Location", text(one, "locationId"))});
    const WriteResult done = world.refundWithoutMoney(orderId, text(input, "note"), lines);
    if (!done.ok())
        return refused("", {"refundLineItems", std::to_string(done.element)}, done.message);
    Payload payload;
    payload.fields.emplace_back("refund", [&world, orderId, id = done.id]() -> Resolved {
        const Order* order = world.orderById(orderId);
        for (const Refund& refund : order->refunds)
            if (refund.id == id)
                return refundNode(*order, refund);
        return Resolved::null();
    });
    payload.fields.emplace_back("order", showOrder(world, orderId));
    return payload;
}

} // namespace

void registerReturnMutations(Resolvers& r, Context& context)
{
    World& world = context.world;
    rootField(r, "Mutation", "reverseFulfillmentOrderDispose", [&world](const FieldCall& call) {
        return node("ReverseFulfillmentOrderDisposePayload", disposeAll(world, call.arguments));
    });
    rootField(r, "Mutation", "returnProcess", [&world](const FieldCall& call) {
        return node("ReturnProcessPayload", process(world, call.arguments["input"]));
    });
    rootField(r, "Mutation", "returnClose", [&world](const FieldCall& call) {
        return node("ReturnClosePayload", closeOrReopen(world, call.arguments, true));
    });
    rootField(r, "Mutation", "returnReopen", [&world](const FieldCall& call) {
        return node("ReturnReopenPayload", closeOrReopen(world, call.arguments, false));
    });
}

void registerOrderMutations(Resolvers& r, Context& context)
{
    World& world = context.world;
    rootField(r, "Mutation", "orderUpdate", [&world](const FieldCall& call) {
        return node("OrderUpdatePayload", updateOrder(world, call.arguments["input"]));
    });
    rootField(r, "Mutation", "tagsAdd", [&world](const FieldCall& call) {
        return node("TagsAddPayload", addTags(world, call.arguments));
    });
    rootField(r, "Mutation", "refundCreate", [&context, &world](const FieldCall& call) -> Resolved {
        const Json& input = call.arguments["input"];
        return idempotent(context, call, "refundCreate", "RefundCreatePayload",
                          [&] { return refundWithoutMoney(world, input); });
    });
}

} // namespace counterfoil::sandbox::shopify
