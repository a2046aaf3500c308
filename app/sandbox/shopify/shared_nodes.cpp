#include "app/sandbox/shopify/context.h"

#include <algorithm>

namespace counterfoil::sandbox::shopify {
namespace {

constexpr const char* kOwnNamespacePrefix = "$app";

std::string reservedPrefix()
{
    return "app--" + std::to_string(kAppConsole);
}

} // namespace

std::string textArgument(const FieldCall& call, const char* name)
{
    const auto found = call.arguments.find(name);
    return found != call.arguments.end() && found->is_string() ? found->get<std::string>()
                                                               : std::string();
}

bool flagArgument(const FieldCall& call, const char* name)
{
    const auto found = call.arguments.find(name);
    return found != call.arguments.end() && *found == true;
}

Json textOrNull(const std::string& text)
{
    return text.empty() ? Json(nullptr) : Json(text);
}

Json timeOrNull(Instant at)
{
    return at == 0 ? Json(nullptr) : Json(zuluText(at));
}

Node bagNode(const World& world, const Order& order, Minor minor)
{
    return node("MoneyBag", world.bag(order, minor));
}

Node moneyNode(const Money& money)
{
    return node("MoneyV2", money);
}

Node orderNode(const Order& order)
{
    return node<const Order*>("Order", &order);
}

Node customerNode(const Customer& customer)
{
    return node<const Customer*>("Customer", &customer);
}

Node lineNode(const Order& order, const OrderLine& line)
{
    return node("LineItem", LineRef{&order, &line});
}

Node refundNode(const Order& order, const Refund& refund)
{
    return node("Refund", RefundRef{&order, &refund});
}

Node returnNode(const Order& order, const ShopReturn& item)
{
    return node("Return", ReturnNode{&order, &item});
}

Node levelNode(const InventoryLevel& level)
{
    return node<const InventoryLevel*>("InventoryLevel", &level);
}

Node rfoLineNode(const Order& order, const ShopReturn& item, const ShopReturnLine& line)
{
    return node("ReverseFulfillmentOrderLineItem", ReturnLineRef{&order, &item, &line});
}

Node metafieldNode(const Metafield& metafield)
{
    return node("Metafield", metafield);
}

Resolved locationOrNull(World& world, Id locationId)
{
    const auto found = std::ranges::find_if(
        world.locations, [&](const Location& one) { return one.id == locationId; });
    if (found == world.locations.end())
        return Resolved::null();
    return node<const Location*>("Location", &*found);
}

Resolved itemOrNull(World& world, Id inventoryItemId)
{
    const auto index = world.productByItem(inventoryItemId);
    if (!index)
        return Resolved::null();
    return node<const Product*>("InventoryItem", &world.products[*index]);
}

std::string storedNamespace(const std::string& given)
{
    const std::string reserved = reservedPrefix();
    if (given.empty())
        return kOwnNamespacePrefix;
    if (!given.starts_with(reserved))
        return given;
    const std::string rest = given.substr(reserved.size());
    return std::string(kOwnNamespacePrefix) + (rest.starts_with("--") ? ":" + rest.substr(2) : "");
}

Resolved metafieldOrNull(World& world, const std::string& owner, const FieldCall& call)
{
    const std::string ns = storedNamespace(textArgument(call, "namespace"));
    const Metafield* found = world.metafield(owner, ns, call.arguments["key"].get<std::string>());
    return found == nullptr ? Resolved::null() : Resolved(metafieldNode(*found));
}

std::vector<Node> attributeNodes(const std::vector<Attribute>& attributes)
{
    std::vector<Node> nodes;
    for (const Attribute& attribute : attributes)
        nodes.push_back(node("Attribute", attribute));
    return nodes;
}

std::optional<std::int64_t> quantityOf(const InventoryLevel& level, const std::string& name)
{
    if (name == "available")
        return level.available;
    if (name == "committed")
        return level.committed;
    if (name == "quality_control")
        return level.qualityControl;
    if (name == "damaged")
        return level.damaged;
    if (name == "safety_stock")
        return level.safetyStock;
    if (name == "reserved")
        return level.reserved;
    if (name == "incoming")
        return level.incoming;
    if (name == "on_hand")
        return level.onHand();
    return std::nullopt;
}

Minor shareOf(Minor total, std::int64_t part, std::int64_t whole)
{
    if (whole == 0)
        return 0;
    const Minor product = total * part;
    const Minor half = whole / 2;
    return product >= 0 ? (product + half) / whole : -((-product + half) / whole);
}

} // namespace counterfoil::sandbox::shopify
