#include "core/request/shopify.h"

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/request/documents.h"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace counterfoil::request::shopify {

namespace {

using Json = nlohmann::ordered_json;

std::string textOf(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

PreparedRequest call(std::string_view version, std::string_view operation, Json variables,
                     bool isWrite = false)
{
    const std::string_view text = document(operation);
    CF_CHECK(!text.empty());
    Json body;
    body["query"] = text;
    body["variables"] = std::move(variables);
    body["operationName"] = operation;
    PreparedRequest request;
    request.method = "POST";
    request.path = fmt::format("/admin/api/{}/graphql.json", version);
    request.body = textOf(body);
    request.contentType = "application/json";
    request.label = fmt::format("shopify {}", operation);
    request.isWrite = isWrite;
    return request;
}

std::string gid(std::string_view type, std::string_view id)
{
    return fmt::format("gid://shopify/{}/{}", type, id);
}

/// The cursor of the first page is left out, not sent empty.
void putAfter(Json& variables, std::string_view after)
{
    if (!after.empty())
        variables["after"] = after;
}

Json metafield(const CreditWrite& write, std::string_view nameSpace, std::string_view key,
               std::string_view type, Json digest, std::string_view value)
{
    Json out;
    out["ownerId"] = write.ownerGid;
    out["namespace"] = nameSpace;
    out["key"] = key;
    out["type"] = type;
    out["compareDigest"] = std::move(digest);
    out["value"] = value;
    return out;
}

Json inventoryChange(const ReleaseWrite& write, const LocationId& location, std::int64_t delta,
                     Json changeFrom)
{
    Json out;
    out["inventoryItemId"] = write.item.value;
    out["locationId"] = location.value;
    out["delta"] = delta;
    out["changeFromQuantity"] = std::move(changeFrom);
    return out;
}

} // namespace

std::string_view document(std::string_view operation)
{
    for (const Document& row : documents()) {
        if (row.name == operation)
            return row.text;
    }
    return {};
}

std::vector<std::string_view> documentNames()
{
    std::vector<std::string_view> names;
    for (const Document& row : documents())
        names.push_back(row.name);
    return names;
}

std::string updatedSince(Instant since)
{
    // Whole seconds: Shopify compares whole seconds though it stores finer (shopify.md 9).
    const Instant second = std::chrono::floor<std::chrono::seconds>(since);
    return fmt::format("updated_at:>='{}'", formatInstant(second));
}

std::string openReturns()
{
    return "return_status:return_requested OR return_status:in_progress OR "
           "return_status:inspection_complete OR return_status:return_failed";
}

std::string openAccountOrders(std::string_view tag)
{
    std::string search = "financial_status:pending OR financial_status:partially_paid";
    if (tag.empty())
        return search;
    std::string quoted;
    for (const char c : tag) {
        if (c == '\'' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return fmt::format("({}) AND tag:'{}'", search, quoted);
}

PreparedRequest ordersChanged(std::string_view version, std::string_view search,
                              std::string_view after)
{
    Json variables;
    variables["q"] = search;
    putAfter(variables, after);
    return call(version, "OrdersChanged", std::move(variables));
}

PreparedRequest orderLines(std::string_view version, const OrderId& order, std::string_view after)
{
    Json variables;
    variables["id"] = gid("Order", order.value);
    putAfter(variables, after);
    return call(version, "OrderLines", std::move(variables));
}

PreparedRequest orderMoney(std::string_view version, const OrderId& order)
{
    Json variables;
    variables["id"] = gid("Order", order.value);
    return call(version, "OrderMoney", std::move(variables));
}

PreparedRequest orderReturns(std::string_view version, const OrderId& order, std::string_view after)
{
    Json variables;
    variables["id"] = gid("Order", order.value);
    putAfter(variables, after);
    return call(version, "OrderReturns", std::move(variables));
}

PreparedRequest orderAgreements(std::string_view version, const OrderId& order,
                                std::optional<Instant> since, std::string_view after)
{
    Json variables;
    variables["id"] = gid("Order", order.value);
    if (since) {
        const Instant second = std::chrono::floor<std::chrono::seconds>(*since);
        variables["q"] = fmt::format("happened_at:>='{}'", formatInstant(second));
    }
    putAfter(variables, after);
    return call(version, "OrderAgreements", std::move(variables));
}

PreparedRequest draftsChanged(std::string_view version, std::string_view search,
                              std::string_view after)
{
    Json variables;
    variables["q"] = search;
    putAfter(variables, after);
    return call(version, "DraftsChanged", std::move(variables));
}

PreparedRequest accountMetafield(std::string_view version, const CustomerId& customer,
                                 bool withCompanies)
{
    Json variables;
    variables["id"] = gid("Customer", customer.value);
    return call(version, withCompanies ? "AccountMetafield" : "AccountMetafieldAlone",
                std::move(variables));
}

PreparedRequest setup(std::string_view version)
{
    return call(version, "Setup", Json::object());
}

PreparedRequest locationStock(std::string_view version, const LocationId& location,
                              std::string_view after)
{
    Json variables;
    variables["loc"] = location.value;
    putAfter(variables, after);
    variables["names"] = Json::array({"available"});
    return call(version, "LocationStock", std::move(variables));
}

PreparedRequest itemAtTwoLocations(std::string_view version, const InventoryItemId& item,
                                   const LocationId& from, const LocationId& to)
{
    Json variables;
    variables["item"] = item.value;
    variables["from"] = from.value;
    variables["to"] = to.value;
    variables["names"] = Json::array({"available"});
    return call(version, "ItemAtTwoLocations", std::move(variables));
}

PreparedRequest bulkStart(std::string_view version, Instant since)
{
    std::string query(document("BulkOrders"));
    const std::string_view slot = "{since}";
    const std::size_t at = query.find(slot);
    CF_CHECK(at != std::string::npos);
    const Instant second = std::chrono::floor<std::chrono::seconds>(since);
    query.replace(at, slot.size(), formatInstant(second));
    Json variables;
    variables["query"] = query;
    return call(version, "BulkStart", std::move(variables));
}

PreparedRequest bulkPoll(std::string_view version, std::string_view operationId)
{
    Json variables;
    variables["id"] = operationId;
    return call(version, "BulkPoll", std::move(variables));
}

PreparedRequest bulkCancel(std::string_view version, std::string_view operationId)
{
    Json variables;
    variables["id"] = operationId;
    return call(version, "BulkCancel", std::move(variables));
}

PreparedRequest token(std::string_view clientId, std::string_view clientSecret)
{
    PreparedRequest request;
    request.method = "POST";
    request.path = "/admin/oauth/access_token";
    request.body = fmt::format("grant_type=client_credentials&client_id={}&client_secret={}",
                               percentEncoded(clientId), percentEncoded(clientSecret));
    request.contentType = "application/x-www-form-urlencoded";
    request.label = "shopify token";
    return request;
}

PreparedRequest accountCredit(std::string_view version, const CreditWrite& write)
{
    CF_CHECK(!write.balanceDigest.empty()); // without it the write would be unconditional
    CF_CHECK(!write.receiptsDigest || !write.receiptsDigest->empty());
    // null says "must not exist yet"; leaving the key out would say "do not check".
    Json receiptsDigest = nullptr;
    if (write.receiptsDigest)
        receiptsDigest = *write.receiptsDigest;
    Json list = Json::array();
    list.push_back(metafield(write, "sparklayer", "payment_on_account", write.balanceType,
                             write.balanceDigest, write.newBalanceText));
    list.push_back(metafield(write, "$app:counterfoil", "receipts", "json",
                             std::move(receiptsDigest), write.receiptsText));
    Json variables;
    variables["metafields"] = std::move(list);
    return call(version, "AccountCredit", std::move(variables), true);
}

PreparedRequest releaseStock(std::string_view version, const ReleaseWrite& write)
{
    CF_CHECK(write.quantity > 0 && !write.key.empty());
    Json changes = Json::array();
    // The quarantine side is compared and swapped; sales move the other side all day, and adding
    // there commutes: an explicit null (shopify.md 5.3).
    changes.push_back(inventoryChange(write, write.from, -write.quantity, write.fromQuantity));
    changes.push_back(inventoryChange(write, write.to, write.quantity, nullptr));
    Json input;
    input["name"] = "available";
    input["reason"] = write.reason;
    input["referenceDocumentUri"] = write.referenceUri;
    input["changes"] = std::move(changes);
    Json variables;
    variables["input"] = std::move(input);
    variables["key"] = write.key;
    PreparedRequest request = call(version, "ReleaseStock", std::move(variables), true);
    request.idempotencyKey = write.key;
    return request;
}

PreparedRequest setPo(std::string_view version, std::string_view orderGid,
                      std::string_view poNumber)
{
    Json variables;
    variables["input"]["id"] = orderGid;
    variables["input"]["poNumber"] = poNumber;
    return call(version, "SetPo", std::move(variables), true);
}

} // namespace counterfoil::request::shopify
