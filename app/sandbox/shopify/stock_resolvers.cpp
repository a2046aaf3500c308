// Locations, inventory levels and items, adjustment groups.

#include "app/sandbox/shopify/context.h"
#include "app/sandbox/shopify/stock_records.h"

namespace counterfoil::sandbox::shopify {
namespace {

using LocationPtr = const Location*;
using LevelPtr = const InventoryLevel*;
using ItemPtr = const Product*;

void registerLocations(Resolvers& r, Context& context)
{
    World& world = context.world;
    const char* type = "Location";
    field<LocationPtr>(r, type, "id", [](const LocationPtr& l) { return gid("Location", l->id); });
    field<LocationPtr>(r, type, "legacyResourceId",
                       [](const LocationPtr& l) { return std::to_string(l->id); });
    field<LocationPtr>(r, type, "name", [](const LocationPtr& l) { return l->name; });
    field<LocationPtr>(r, type, "isActive", [](const LocationPtr& l) { return l->isActive; });
    field<LocationPtr>(r, type, "fulfillsOnlineOrders",
                       [](const LocationPtr& l) { return l->fulfillsOnlineOrders; });
    field<LocationPtr>(r, type, "isFulfillmentService", [](const LocationPtr&) { return false; });
    field<LocationPtr>(
        r, type, "inventoryLevels",
        [&context, &world](const LocationPtr& l, const FieldCall& call) {
            const SearchQuery query = SearchQuery::parse(textArgument(call, "query"));
            const bool inactive = flagArgument(call, "includeInactive");
            std::vector<LevelPtr> levels;
            for (const InventoryLevel& level : world.levels) {
                if (level.locationId != l->id || (!level.isActive && !inactive))
                    continue;
                const SearchReader reader =
                    [&](const std::string& name) -> std::optional<SearchValue> {
                    if (name == "updated_at")
                        return SearchValue{level.updatedAt, {}};
                    if (name == "inventory_item_id")
                        return SearchValue{std::nullopt, {std::to_string(level.inventoryItemId)}};
                    return std::nullopt;
                };
                if (query.matches(reader, context.wholeSeconds(), &context.searchWarnings))
                    levels.push_back(&level);
            }
            std::ranges::sort(levels, {}, [](LevelPtr one) { return one->id; });
            return connectionOf(
                levels, [](LevelPtr one) { return levelNode(*one); },
                [](LevelPtr one) {
                    return CursorKey{one->id, one->id};
                },
                call.arguments);
        });
}

/// Level ids carry a query part, as the real ones do.
std::string levelId(const InventoryLevel& level)
{
    return gid("InventoryLevel", level.id) +
           "?inventory_item_id=" + std::to_string(level.inventoryItemId);
}

void registerLevels(Resolvers& r, World& world)
{
    const char* type = "InventoryLevel";
    field<LevelPtr>(r, type, "id", [](const LevelPtr& l) { return levelId(*l); });
    field<LevelPtr>(r, type, "isActive", [](const LevelPtr& l) { return l->isActive; });
    field<LevelPtr>(r, type, "updatedAt", [](const LevelPtr& l) { return zuluText(l->updatedAt); });
    field<LevelPtr>(r, type, "item",
                    [&world](const LevelPtr& l) { return itemOrNull(world, l->inventoryItemId); });
    field<LevelPtr>(
        r, type, "quantities", [](const LevelPtr& l, const FieldCall& call) -> Resolved {
            std::vector<Node> nodes;
            for (const Json& name : call.arguments["names"]) {
                const auto text = name.get<std::string>();
                if (!sandbox::shopify::quantityOf(*l, text))
                    return Problem{"The specified quantity name '" + text + "' is invalid.",
                                   "BAD_USER_INPUT",
                                   nullptr,
                                   nullptr,
                                   {}};
                nodes.push_back(node("InventoryQuantity", QuantityRef{l, text}));
            }
            return nodes;
        });
    using Ref = QuantityRef;
    const char* quantity = "InventoryQuantity";
    field<Ref>(r, quantity, "id", [](const Ref& q) {
        return gid("InventoryQuantity", q.level->id) + "?name=" + q.name;
    });
    field<Ref>(r, quantity, "name", [](const Ref& q) { return q.name; });
    field<Ref>(r, quantity, "quantity", [](const Ref& q) {
        return sandbox::shopify::quantityOf(*q.level, q.name).value_or(0);
    });
    field<Ref>(r, quantity, "updatedAt", [](const Ref& q) {
        return timeOrNull(q.name == "available" ? q.level->availableUpdatedAt : q.level->updatedAt);
    });
}

void registerItems(Resolvers& r, World& world)
{
    const char* type = "InventoryItem";
    field<ItemPtr>(r, type, "id",
                   [](const ItemPtr& p) { return gid("InventoryItem", p->inventoryItemId); });
    field<ItemPtr>(r, type, "legacyResourceId",
                   [](const ItemPtr& p) { return std::to_string(p->inventoryItemId); });
    field<ItemPtr>(r, type, "sku", [](const ItemPtr& p) { return textOrNull(p->sku); });
    field<ItemPtr>(r, type, "tracked", [](const ItemPtr& p) { return p->tracked; });
    field<ItemPtr>(
        r, type, "inventoryLevel", [&world](const ItemPtr& p, const FieldCall& call) -> Resolved {
            const Id location = idOf("Location", call.arguments["locationId"].get<std::string>());
            const InventoryLevel* level = world.level(p->inventoryItemId, location);
            const bool inactive = flagArgument(call, "includeInactive");
            if (level == nullptr || (!level->isActive && !inactive))
                return Resolved::null();
            return levelNode(*level);
        });
}

void registerGroups(Resolvers& r, World& world)
{
    using Group = AdjustmentGroup;
    const char* type = "InventoryAdjustmentGroup";
    field<Group>(r, type, "id",
                 [](const Group& g) { return gid("InventoryAdjustmentGroup", g.id); });
    field<Group>(r, type, "createdAt", [](const Group& g) { return zuluText(g.createdAt); });
    field<Group>(r, type, "reason", [](const Group& g) { return g.reason; });
    field<Group>(r, type, "referenceDocumentUri",
                 [](const Group& g) { return textOrNull(g.referenceDocumentUri); });
    field<Group>(r, type, "changes", [](const Group& g, const FieldCall& call) {
        const auto wanted = [&](const char* argument, const std::string& value) {
            const auto found = call.arguments.find(argument);
            return found == call.arguments.end() || !found->is_array() ||
                   std::ranges::find(*found, Json(value)) != found->end();
        };
        std::vector<Node> nodes;
        for (const AdjustmentChange& change : g.changes)
            if (wanted("quantityNames", change.name) &&
                wanted("locationIds", gid("Location", change.locationId)) &&
                wanted("inventoryItemIds", gid("InventoryItem", change.inventoryItemId)))
                nodes.push_back(node("InventoryChange", change));
        return nodes;
    });
    using Change = AdjustmentChange;
    const char* change = "InventoryChange";
    field<Change>(r, change, "name", [](const Change& c) { return c.name; });
    field<Change>(r, change, "delta", [](const Change& c) { return c.delta; });
    field<Change>(r, change, "quantityAfterChange",
                  [](const Change& c) { return c.after ? Json(*c.after) : Json(nullptr); });
    field<Change>(r, change, "location",
                  [&world](const Change& c) { return locationOrNull(world, c.locationId); });
    field<Change>(r, change, "item",
                  [&world](const Change& c) { return itemOrNull(world, c.inventoryItemId); });
}

} // namespace

void registerStock(Resolvers& resolvers, Context& context)
{
    registerLocations(resolvers, context);
    registerLevels(resolvers, context.world);
    registerItems(resolvers, context.world);
    registerGroups(resolvers, context.world);
}

} // namespace counterfoil::sandbox::shopify
