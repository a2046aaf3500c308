#pragma once

#include "app/sandbox/graphql/execute.h"
#include "app/sandbox/shopify/bulk.h"
#include "app/sandbox/shopify/idempotency.h"
#include "app/sandbox/shopify/search.h"
#include "app/sandbox/world/world.h"

#include <algorithm>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// What the resolvers of the simulated shop share: the world, the memory of keys and bulk
/// operations, and the small records that nodes carry. Pointers in nodes live for one request.
namespace counterfoil::sandbox::shopify {

using graphql::Connection;
using graphql::CursorKey;
using graphql::FieldCall;
using graphql::Json;
using graphql::Node;
using graphql::Problem;
using graphql::Resolved;
using graphql::Resolvers;

/// State behind one shop's API.
struct Context {
    explicit Context(World& theWorld) : world(theWorld) {}
    World& world;
    IdempotencyStore keys;
    BulkStore bulk;
    /// Set for each request.
    std::string version;
    std::string baseUrl; ///< "http://127.0.0.1:8080/shopify"
    std::vector<SearchWarning> searchWarnings;
    /// Bulk reading, provided by the handler: why a query is refused (empty: taken), and running
    /// one.
    std::function<std::string(const std::string& query)> bulkCheck;
    std::function<void(BulkJob& job)> bulkRun;
    /// Since 2026-10 '>' on times excludes the whole second.
    [[nodiscard]] bool wholeSeconds() const { return version >= "2026-10"; }
};

struct LineRef {
    const Order* order = nullptr;
    const OrderLine* line = nullptr;
};
struct TransactionRef {
    const Order* order = nullptr;
    const OrderTransaction* transaction = nullptr;
};
struct RefundRef {
    const Order* order = nullptr;
    const Refund* refund = nullptr;
};
struct RefundLineRef {
    const Order* order = nullptr;
    const RefundLine* line = nullptr;
};
struct ReturnNode {
    const Order* order = nullptr;
    const ShopReturn* item = nullptr;
};
struct ReturnLineRef {
    const Order* order = nullptr;
    const ShopReturn* item = nullptr;
    const ShopReturnLine* line = nullptr;
};
struct AgreementRef {
    const Order* order = nullptr;
    const Agreement* agreement = nullptr;
};
struct SaleRef {
    const Order* order = nullptr;
    const Sale* sale = nullptr;
};

struct AppRecord {
    Id id = 0;
    const char* title = "";
};

/// A user error of any mutation; `code` empty: null, or a type without codes.
struct UserError {
    std::string code;
    std::vector<std::string> field;
    std::string message;
};

/// Answer of a mutation: its user errors, and fields that are looked up when they are shown, so
/// that the same answer can be given again later for the same idempotency key.
struct Payload {
    std::vector<std::pair<std::string, std::function<Resolved()>>> fields;
    std::vector<UserError> errors;
};

template <class T> Resolved resolved(T&& value)
{
    using Plain = std::remove_cvref_t<T>;
    if constexpr (std::is_same_v<Plain, Resolved>)
        return std::forward<T>(value);
    else if constexpr (std::is_same_v<Plain, Node> || std::is_same_v<Plain, std::vector<Node>> ||
                       std::is_same_v<Plain, Connection> || std::is_same_v<Plain, Problem>)
        return Resolved(std::forward<T>(value));
    else
        return Resolved(Json(std::forward<T>(value)));
}

/// Registers a field whose nodes carry a T. `resolve` takes (const T&) or (const T&, const
/// FieldCall&) and gives anything `resolved` takes.
template <class T, class F>
void field(Resolvers& resolvers, const char* type, const char* name, F resolve)
{
    resolvers.add(type, name, [resolve](const Node& node, const FieldCall& call) -> Resolved {
        if constexpr (std::is_invocable_v<F, const T&, const FieldCall&>) {
            return resolved(resolve(node.as<T>(), call));
        } else {
            static_cast<void>(call);
            return resolved(resolve(node.as<T>()));
        }
    });
}

/// Registers a field of a root type.
template <class F>
void rootField(Resolvers& resolvers, const char* type, const char* name, F resolve)
{
    resolvers.add(type, name, [resolve](const Node&, const FieldCall& call) -> Resolved {
        return resolved(resolve(call));
    });
}

template <class T> Node node(const char* type, T data)
{
    return Node{type, std::any(std::move(data))};
}

/// A text or flag argument; empty or false when absent or null.
[[nodiscard]] std::string textArgument(const FieldCall& call, const char* name);
[[nodiscard]] bool flagArgument(const FieldCall& call, const char* name);

/// Runs a mutation that demands @idempotent: refuses a missing key, replays the first answer for
/// the same key and arguments, refuses the same key with others.
[[nodiscard]] Resolved idempotent(Context& context, const FieldCall& call, const char* mutation,
                                  const char* payloadType, const std::function<Payload()>& run);

/// A payload that only says why not.
[[nodiscard]] Payload refused(std::string code, std::vector<std::string> path, std::string message);

/// Null for an empty text or for time 0.
[[nodiscard]] Json textOrNull(const std::string& text);
[[nodiscard]] Json timeOrNull(Instant at);

/// Connection over `items`; `toNode` makes a node of one, `keyOf` its place.
template <class Item, class ToNode, class KeyOf>
Connection connectionOf(std::vector<Item> items, ToNode toNode, KeyOf keyOf,
                        const Json& arguments = Json::object())
{
    Connection connection;
    connection.descending = arguments.contains("reverse") && arguments["reverse"] == true;
    if (connection.descending)
        std::reverse(items.begin(), items.end());
    connection.keys.reserve(items.size());
    for (const Item& item : items)
        connection.keys.push_back(keyOf(item));
    connection.at = [items = std::move(items), toNode](std::size_t index) {
        return toNode(items[index]);
    };
    return connection;
}

[[nodiscard]] Node bagNode(const World& world, const Order& order, Minor minor);
[[nodiscard]] Node moneyNode(const Money& money);
[[nodiscard]] Node orderNode(const Order& order);
[[nodiscard]] Node customerNode(const Customer& customer);
[[nodiscard]] Node lineNode(const Order& order, const OrderLine& line);
[[nodiscard]] Node refundNode(const Order& order, const Refund& refund);
[[nodiscard]] Node returnNode(const Order& order, const ShopReturn& item);
/// Location or null.
[[nodiscard]] Resolved locationOrNull(World& world, Id locationId);
[[nodiscard]] Resolved itemOrNull(World& world, Id inventoryItemId);
[[nodiscard]] Node levelNode(const InventoryLevel& level);
[[nodiscard]] Node rfoLineNode(const Order& order, const ShopReturn& item,
                               const ShopReturnLine& line);
[[nodiscard]] Node metafieldNode(const Metafield& metafield);
[[nodiscard]] Resolved metafieldOrNull(World& world, const std::string& owner,
                                       const FieldCall& call);
/// Our own namespace as the shop stores it: "$app:counterfoil" for "app--<app id>--counterfoil".
[[nodiscard]] std::string storedNamespace(const std::string& given);
[[nodiscard]] std::vector<Node> attributeNodes(const std::vector<Attribute>& attributes);
/// Figure of a quantity name; nullopt for an unknown name.
[[nodiscard]] std::optional<std::int64_t> quantityOf(const InventoryLevel& level,
                                                     const std::string& name);

/// Share of `total` for `part` of `whole` pieces, rounded half up (away from zero).
[[nodiscard]] Minor shareOf(Minor total, std::int64_t part, std::int64_t whole);

void registerShop(Resolvers& resolvers, Context& context);
void registerCustomers(Resolvers& resolvers, Context& context);
void registerOrderQueries(Resolvers& resolvers, Context& context);
void registerOrders(Resolvers& resolvers, Context& context);
void registerMoney(Resolvers& resolvers, Context& context);
void registerReturns(Resolvers& resolvers, Context& context);
void registerAgreements(Resolvers& resolvers, Context& context);
void registerStock(Resolvers& resolvers, Context& context);
void registerPayloads(Resolvers& resolvers);
void registerStockMutations(Resolvers& resolvers, Context& context);
void registerReturnMutations(Resolvers& resolvers, Context& context);
void registerOrderMutations(Resolvers& resolvers, Context& context);
void registerMetafieldMutations(Resolvers& resolvers, Context& context);
void registerBulk(Resolvers& resolvers, Context& context);

/// Numeric ids of the apps that act on the shop, as agreements show them.
constexpr Id kAppConsole = 4711;
constexpr Id kAppReturnGo = 2101;
constexpr Id kAppSparkLayer = 3301;

} // namespace counterfoil::sandbox::shopify
