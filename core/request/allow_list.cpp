#include "core/request/allow_list.h"

#include "core/request/shopify.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace counterfoil::request {

namespace {

using Json = nlohmann::json;

/// Documents that read, or that start and stop the first load.
constexpr std::array<std::string_view, 14> kShopifyReads{
    "OrdersChanged",   "OrderLines",    "OrderMoney",       "OrderReturns",
    "OrderAgreements", "DraftsChanged", "AccountMetafield", "AccountMetafieldAlone",
    "Setup",           "LocationStock", "BulkStart",        "ItemAtTwoLocations",
    "BulkPoll",        "BulkCancel"};
/// Documents that write, of those this version of the program can send.
constexpr std::array<std::string_view, 3> kShopifyWrites{"AccountCredit", "ReleaseStock", "SetPo"};

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& list, std::string_view word)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool isKeySet(const Json& object, std::initializer_list<std::string_view> keys)
{
    return object.is_object() && object.size() == keys.size() &&
           std::all_of(keys.begin(), keys.end(),
                       [&](std::string_view key) { return object.contains(key); });
}

bool isCreditShape(const Json& variables)
{
    const Json& list = variables.value("metafields", Json());
    if (!list.is_array() || list.size() != 2)
        return false;
    return std::all_of(list.begin(), list.end(), [](const Json& row) {
        // compareDigest must be there, null or text: without the key the write is unconditional.
        return isKeySet(row, {"ownerId", "namespace", "key", "type", "compareDigest", "value"});
    });
}

bool isReleaseShape(const Json& variables)
{
    const Json& input = variables.value("input", Json());
    if (!isKeySet(input, {"name", "reason", "referenceDocumentUri", "changes"}))
        return false;
    const Json& changes = input["changes"];
    return changes.is_array() && changes.size() == 2 && changes[0].is_object() &&
           changes[0].value("changeFromQuantity", Json()).is_number_integer() &&
           changes[1].is_object() && changes[1].contains("changeFromQuantity");
}

bool isWriteShape(std::string_view operation, const Json& variables)
{
    if (!variables.is_object())
        return false;
    if (operation == "AccountCredit")
        return isCreditShape(variables);
    if (operation == "ReleaseStock")
        return isReleaseShape(variables);
    return isKeySet(variables.value("input", Json()), {"id", "poNumber"});
}

bool isShopifyCall(const PreparedRequest& request)
{
    const std::string_view path = request.path;
    if (request.method != "POST")
        return false;
    if (path == "/admin/oauth/access_token")
        return !request.isWrite;
    if (!path.starts_with("/admin/api/") || !path.ends_with("/graphql.json"))
        return false;
    const Json body = Json::parse(request.body, nullptr, false);
    if (!body.is_object() || !body.contains("query") || !body.contains("operationName") ||
        !body["query"].is_string() || !body["operationName"].is_string())
        return false;
    const auto operation = body["operationName"].get<std::string>();
    if (body["query"].get<std::string>() != shopify::document(operation))
        return false;
    if (holds(kShopifyWrites, operation))
        return request.isWrite && isWriteShape(operation, body.value("variables", Json()));
    return holds(kShopifyReads, operation) && !request.isWrite;
}

bool isSparklayerCall(const PreparedRequest& request)
{
    const std::string_view path = request.path;
    if (request.isWrite)
        return false;
    if (request.method == "GET")
        return path.starts_with("/api/v1/purchases") || path.starts_with("/api/v1/customers/") ||
               path.starts_with("/api/v1/price-lists") || path.starts_with("/api/v2/price-lists") ||
               path.starts_with("/api/v1/pricing/") || path.starts_with("/api/v1/sync-log/") ||
               path.starts_with("/api/v1/stock-locations");
    return request.method == "POST" &&
           (path == "/api/auth/token" || path == "/api/v1/calculate-pricing" ||
            path == "/api/v1/fetch-customer-pricing" || path == "/api/v1/batch-fetch-stock");
}

bool isReturngoCall(const PreparedRequest& request)
{
    const std::string_view path = request.path;
    if (request.method == "GET")
        return !request.isWrite && (path.starts_with("/rmas?") || path.starts_with("/rma/") ||
                                    path.starts_with("/transactions?"));
    const bool isRma = path.starts_with("/rma/");
    const bool isStatus = request.method == "PUT" && path.ends_with("/status");
    const bool isComment = request.method == "POST" && path.ends_with("/comment");
    return request.isWrite && isRma && (isStatus || isComment);
}

} // namespace

bool isAllowedCall(Platform platform, const PreparedRequest& request)
{
    switch (platform) {
    case Platform::Shopify:
        return isShopifyCall(request);
    case Platform::SparkLayer:
        return isSparklayerCall(request);
    case Platform::ReturnGo:
        return isReturngoCall(request);
    case Platform::None:
    case Platform::Erp:
    case Platform::Ipaas:
    case Platform::Console:
        break;
    }
    return false;
}

} // namespace counterfoil::request
