// Mutations that move stock.

#include "app/sandbox/shopify/context.h"
#include "app/sandbox/shopify/stock_records.h"

#include <set>

namespace counterfoil::sandbox::shopify {
namespace {

const std::set<std::string>& reasons()
{
    static const std::set<std::string> known = {"correction",
                                                "cycle_count_available",
                                                "damaged",
                                                "movement_created",
                                                "movement_updated",
                                                "movement_received",
                                                "movement_canceled",
                                                "other",
                                                "promotion",
                                                "quality_control",
                                                "received",
                                                "reservation_created",
                                                "reservation_deleted",
                                                "reservation_updated",
                                                "restock",
                                                "safety_stock",
                                                "shrinkage"};
    return known;
}

std::string text(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::int64_t> number(const Json& object, const char* key)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer())
        return std::nullopt;
    return found->get<std::int64_t>();
}

/// The shop demands the key since 2026-04, as a number or as an explicit null.
std::optional<Problem> missingChangeFrom(const Json& object)
{
    if (object.contains("changeFromQuantity"))
        return std::nullopt;
    return Problem{"The changeFromQuantity field is required: give the expected quantity, or null "
                   "to skip the check.",
                   "INVALID_FIELD_ARGUMENTS",
                   nullptr,
                   nullptr,
                   {}};
}

/// Reference and ledger documents: own URIs, never Shopify's.
bool ownUri(const std::string& uri)
{
    const auto scheme = uri.find("://");
    return scheme != std::string::npos && scheme > 0 && scheme + 3 < uri.size() &&
           !uri.starts_with("gid://shopify/");
}

std::optional<UserError> inputProblem(const Json& input)
{
    if (!reasons().contains(text(input, "reason")))
        return UserError{"INVALID_REASON", {"input", "reason"}, "The specified reason is invalid."};
    const std::string reference = text(input, "referenceDocumentUri");
    if (!reference.empty() && !ownUri(reference))
        return UserError{"INVALID_REFERENCE_DOCUMENT",
                         {"input", "referenceDocumentUri"},
                         "The specified reference document is invalid."};
    return std::nullopt;
}

/// `available` must not have a ledger document, the other names must.
std::optional<UserError> ledgerProblem(const std::string& name, const std::string& ledger,
                                       std::vector<std::string> path)
{
    if (name == "available" && !ledger.empty())
        return UserError{"INVALID_AVAILABLE_DOCUMENT", std::move(path),
                         "A ledger document URI is not allowed when adjusting available."};
    if (name != "available" && !ownUri(ledger))
        return UserError{"INVALID_QUANTITY_DOCUMENT", std::move(path),
                         "A ledger document URI is required except when adjusting available."};
    return std::nullopt;
}

/// Quantity after the change; null for every third group, as the real shop leaves it out at times.
std::optional<std::int64_t> shownAfter(World& world, const AdjustmentChange& change, Id group)
{
    const InventoryLevel* level = world.level(change.inventoryItemId, change.locationId);
    return level == nullptr || group % 3 == 0 ? std::nullopt
                                              : sandbox::shopify::quantityOf(*level, change.name);
}

Payload groupPayload(World& world, AdjustmentGroup group)
{
    for (AdjustmentChange& change : group.changes)
        change.after = shownAfter(world, change, group.id);
    Payload payload;
    payload.fields.emplace_back("inventoryAdjustmentGroup", [group]() -> Resolved {
        return node("InventoryAdjustmentGroup", group);
    });
    return payload;
}

AdjustmentGroup newGroup(World& world, const Json& input)
{
    return {
        world.newId(), world.now(), text(input, "reason"), text(input, "referenceDocumentUri"), {}};
}

Payload adjust(World& world, const Json& input)
{
    if (auto problem = inputProblem(input))
        return Payload{{}, {*problem}};
    const std::string name = text(input, "name");
    AdjustmentGroup group = newGroup(world, input);
    std::vector<StockChange> changes;
    for (std::size_t i = 0; i < input["changes"].size(); ++i) {
        const Json& change = input["changes"][i];
        const std::vector<std::string> path = {"input", "changes", std::to_string(i),
                                               "ledgerDocumentUri"};
        if (auto problem = ledgerProblem(name, text(change, "ledgerDocumentUri"), path))
            return Payload{{}, {*problem}};
        StockChange one;
        one.inventoryItemId = idOf("InventoryItem", text(change, "inventoryItemId"));
        one.locationId = idOf("Location", text(change, "locationId"));
        one.delta = number(change, "delta").value_or(0);
        one.changeFrom = number(change, "changeFromQuantity");
        group.changes.push_back({name, one.delta, {}, one.inventoryItemId, one.locationId});
        changes.push_back(one);
    }
    const WriteResult done = world.adjustInventory(name, changes);
    if (!done.ok())
        return refused(done.code, {"input", "changes", std::to_string(done.element)}, done.message);
    return groupPayload(world, std::move(group));
}

struct Move {
    Id item = 0;
    Id location = 0;
    std::string from;
    std::string to;
    std::int64_t quantity = 0;
    std::optional<std::int64_t> changeFrom;
};

/// Why one change of a move cannot be; checked for all before any is made.
std::optional<UserError> moveProblem(World& world, const Json& change, const Move& move,
                                     const std::string& index)
{
    const Json& from = change["from"];
    const Json& to = change["to"];
    const std::vector<std::string> path = {"input", "changes", index};
    if (idOf("Location", text(to, "locationId")) != move.location)
        return UserError{"DIFFERENT_LOCATIONS", path,
                         "The quantities can't be moved between different locations."};
    if (move.from == move.to)
        return UserError{"SAME_QUANTITY_NAME", path, "The quantity names can't be the same."};
    if (move.quantity < 0)
        return UserError{"INVALID_QUANTITY_NEGATIVE", path, "The quantity can't be negative."};
    if (!world.productByItem(move.item))
        return UserError{"INVALID_INVENTORY_ITEM", path,
                         "The specified inventory item could not be found."};
    const InventoryLevel* level = world.level(move.item, move.location);
    if (level == nullptr || !level->isActive)
        return UserError{"ITEM_NOT_STOCKED_AT_LOCATION", path,
                         "The inventory item is not stocked at the location."};
    for (const Json* side : {&from, &to}) {
        const std::string name = text(*side, "name");
        const auto stored = sandbox::shopify::quantityOf(*level, name);
        if (!stored || name == "on_hand" || name == "committed" || name == "incoming")
            return UserError{"INVALID_QUANTITY_NAME", path, "The quantity name is not valid."};
        if (auto problem = ledgerProblem(name, text(*side, "ledgerDocumentUri"), path))
            return problem;
        const auto expected = number(*side, "changeFromQuantity");
        if (expected && *expected != *stored)
            return UserError{"CHANGE_FROM_QUANTITY_STALE", path,
                             "The changeFromQuantity argument no longer matches the persisted "
                             "quantity."};
    }
    return std::nullopt;
}

Payload move(World& world, const Json& input)
{
    if (auto problem = inputProblem(input))
        return Payload{{}, {*problem}};
    AdjustmentGroup group = newGroup(world, input);
    std::vector<Move> moves;
    for (std::size_t i = 0; i < input["changes"].size(); ++i) {
        const Json& change = input["changes"][i];
        Move one{idOf("InventoryItem", text(change, "inventoryItemId")),
                 idOf("Location", text(change["from"], "locationId")),
                 text(change["from"], "name"),
                 text(change["to"], "name"),
                 number(change, "quantity").value_or(0),
                 number(change["from"], "changeFromQuantity")};
        if (auto problem = moveProblem(world, change, one, std::to_string(i)))
            return Payload{{}, {*problem}};
        moves.push_back(one);
    }
    for (const Move& one : moves) {
        const WriteResult done = world.moveInventory(one.item, one.location, one.from, one.to,
                                                     one.quantity, std::nullopt);
        if (!done.ok())
            return refused(done.code, {"input", "changes"}, done.message);
        group.changes.push_back({one.from, -one.quantity, {}, one.item, one.location});
        group.changes.push_back({one.to, one.quantity, {}, one.item, one.location});
    }
    return groupPayload(world, std::move(group));
}

Payload activate(World& world, const Json& arguments)
{
    const Id item = idOf("InventoryItem", text(arguments, "inventoryItemId"));
    const Id location = idOf("Location", text(arguments, "locationId"));
    const WriteResult done = world.activate(item, location);
    if (!done.ok())
        return refused("", {"inventoryItemId"}, done.message);
    Payload payload;
    payload.fields.emplace_back("inventoryLevel", [&world, item, location]() -> Resolved {
        const InventoryLevel* level = world.level(item, location);
        return level == nullptr ? Resolved::null() : Resolved(levelNode(*level));
    });
    return payload;
}

} // namespace

void registerStockMutations(Resolvers& r, Context& context)
{
    World& world = context.world;
    rootField(r, "Mutation", "inventoryAdjustQuantities",
              [&context, &world](const FieldCall& call) -> Resolved {
                  const Json& input = call.arguments["input"];
                  for (const Json& change : input["changes"])
                      if (auto problem = missingChangeFrom(change))
                          return *problem;
                  return idempotent(context, call, "inventoryAdjustQuantities",
                                    "InventoryAdjustQuantitiesPayload",
                                    [&] { return adjust(world, input); });
              });
    rootField(r, "Mutation", "inventoryMoveQuantities",
              [&context, &world](const FieldCall& call) -> Resolved {
                  const Json& input = call.arguments["input"];
                  for (const Json& change : input["changes"])
                      for (const char* side : {"from", "to"})
                          if (auto problem = missingChangeFrom(change[side]))
                              return *problem;
                  return idempotent(context, call, "inventoryMoveQuantities",
                                    "InventoryMoveQuantitiesPayload",
                                    [&] { return move(world, input); });
              });
    rootField(r, "Mutation", "inventoryActivate",
              [&context, &world](const FieldCall& call) -> Resolved {
                  return idempotent(context, call, "inventoryActivate", "InventoryActivatePayload",
                                    [&] { return activate(world, call.arguments); });
              });
}

} // namespace counterfoil::sandbox::shopify
