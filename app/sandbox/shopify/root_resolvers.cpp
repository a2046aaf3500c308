// Root queries on orders, returns, refunds, locations and items.

#include "app/sandbox/shopify/context.h"

namespace counterfoil::sandbox::shopify {
namespace {

using OrderPtr = const Order*;

SearchValue texts(std::vector<std::string> list)
{
    return SearchValue{std::nullopt, std::move(list)};
}

std::string digitsOf(const std::string& name)
{
    return name.starts_with("#") ? name.substr(1) : name;
}

std::optional<SearchValue> statusValue(const Order& order, const std::string& name)
{
    if (name == "financial_status")
        return texts({World::totals(order).financialStatus, "any"});
    if (name == "fulfillment_status")
        return texts({World::totals(order).fulfillmentStatus, "any"});
    if (name == "return_status")
        return texts({World::totals(order).returnStatus, "any"});
    if (name == "status") {
        if (order.cancelledAt != 0)
            return texts({"cancelled", "any", "not_closed"});
        return order.closed ? texts({"closed", "any"}) : texts({"open", "not_closed", "any"});
    }
    return std::nullopt;
}

std::optional<SearchValue> lineOrGateway(const World& world, const Order& order,
                                         const std::string& name)
{
    std::vector<std::string> list;
    if (name == "gateway") {
        for (const OrderTransaction& transaction : order.transactions)
            list.push_back(transaction.gateway);
        return texts(std::move(list));
    }
    if (name == "sku") {
        for (const OrderLine& line : order.lines)
            list.push_back(world.products[line.product].sku);
        return texts(std::move(list));
    }
    return std::nullopt;
}

std::optional<SearchValue> orderValue(const World& world, const Order& order,
                                      const std::string& name)
{
    if (name == "updated_at")
        return SearchValue{order.updatedAt, {}};
    if (name == "created_at")
        return SearchValue{order.createdAt, {}};
    if (name == "processed_at")
        return SearchValue{order.processedAt, {}};
    if (name == "tag")
        return SearchValue{std::nullopt, order.tags};
    if (name == "po_number")
        return texts({order.poNumber});
    if (name == "name" || name == "default")
        return texts({order.name, digitsOf(order.name), "#" + digitsOf(order.name)});
    if (name == "id")
        return texts({std::to_string(order.id)});
    if (name == "customer_id")
        return texts({std::to_string(world.customers.at(order.customer).id)});
    if (auto status = statusValue(order, name))
        return status;
    return lineOrGateway(world, order, name);
}

CursorKey orderKey(const Order& order, const std::string& sortKey)
{
    if (sortKey == "UPDATED_AT")
        return {order.updatedAt, order.id};
    if (sortKey == "CREATED_AT")
        return {order.createdAt, order.id};
    if (sortKey == "ID" || sortKey == "ORDER_NUMBER")
        return {order.id, order.id};
    return {order.processedAt, order.id};
}

Connection ordersConnection(Context& context, const FieldCall& call)
{
    World& world = context.world;
    const SearchQuery query = SearchQuery::parse(textArgument(call, "query"));
    const auto sortKey = textArgument(call, "sortKey");
    std::vector<std::size_t> found;
    for (const std::size_t index : world.ordersByUpdate()) {
        const Order& order = world.orders[index];
        if (query.matches([&](const std::string& name) { return orderValue(world, order, name); },
                          context.wholeSeconds(), &context.searchWarnings))
            found.push_back(index);
    }
    const auto key = [&](std::size_t index) { return orderKey(world.orders[index], sortKey); };
    std::ranges::sort(found, {}, key);
    return connectionOf(
        std::move(found), [&world](std::size_t index) { return orderNode(world.orders[index]); },
        key, call.arguments);
}

Resolved refundById(World& world, Id id)
{
    for (const Order& order : world.orders)
        for (const Refund& refund : order.refunds)
            if (refund.id == id)
                return refundNode(order, refund);
    return Resolved::null();
}

} // namespace

void registerOrderQueries(Resolvers& r, Context& context)
{
    World& world = context.world;
    const auto argument = [](const FieldCall& call, const char* type) {
        return idOf(type, call.arguments["id"].get<std::string>());
    };
    rootField(r, "QueryRoot", "orders",
              [&context](const FieldCall& call) { return ordersConnection(context, call); });
    rootField(r, "QueryRoot", "order", [&world, argument](const FieldCall& call) -> Resolved {
        const Order* order = world.orderById(argument(call, "Order"));
        return order == nullptr ? Resolved::null() : Resolved(orderNode(*order));
    });
    rootField(r, "QueryRoot", "return", [&world, argument](const FieldCall& call) -> Resolved {
        const auto ref = world.returnById(argument(call, "Return"));
        if (!ref)
            return Resolved::null();
        const Order& order = world.orders[ref->order];
        return returnNode(order, order.returns[ref->index]);
    });
    rootField(r, "QueryRoot", "refund", [&world, argument](const FieldCall& call) {
        return refundById(world, argument(call, "Refund"));
    });
    rootField(r, "QueryRoot", "inventoryItem", [&world, argument](const FieldCall& call) {
        return itemOrNull(world, argument(call, "InventoryItem"));
    });
    rootField(r, "QueryRoot", "location", [&world, argument](const FieldCall& call) -> Resolved {
        const bool given = call.arguments.contains("id") && call.arguments["id"].is_string();
        return locationOrNull(world, given ? argument(call, "Location") : kSellable);
    });
    rootField(r, "QueryRoot", "locations", [&world](const FieldCall& call) {
        using Ptr = const Location*;
        const bool inactive = flagArgument(call, "includeInactive");
        std::vector<Ptr> list;
        for (const Location& location : world.locations)
            if (location.isActive || inactive)
                list.push_back(&location);
        std::ranges::sort(list, {}, [](Ptr one) { return one->id; });
        return connectionOf(
            list, [](Ptr one) { return node<Ptr>("Location", one); },
            [](Ptr one) {
                return CursorKey{one->id, one->id};
            },
            call.arguments);
    });
}

} // namespace counterfoil::sandbox::shopify
