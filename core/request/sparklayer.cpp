#include "core/request/sparklayer.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace counterfoil::request::sparklayer {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kLimitMax = 500;

PreparedRequest get(std::string path, std::string_view label)
{
    PreparedRequest request;
    request.method = "GET";
    request.path = std::move(path);
    request.label = fmt::format("sparklayer {}", label);
    return request;
}

PreparedRequest post(std::string path, const Json& body, std::string_view label)
{
    PreparedRequest request = get(std::move(path), label);
    request.method = "POST";
    request.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    request.contentType = "application/json";
    return request;
}

} // namespace

PreparedRequest token(std::string_view clientId, std::string_view clientSecret)
{
    Json body;
    body["grant_type"] = "client_credentials";
    body["client_id"] = clientId;
    body["client_secret"] = clientSecret;
    return post("/api/auth/token", body, "token");
}

PreparedRequest purchases(std::optional<Instant> since, std::int64_t limit, std::int64_t offset)
{
    std::string path = "/api/v1/purchases?type=order";
    if (since)
        path += fmt::format("&{}={}", percentEncoded("dates[last_updated][gte]"),
                            percentEncoded(formatInstant(*since)));
    path += fmt::format("&limit={}&offset={}", std::clamp<std::int64_t>(limit, 1, kLimitMax),
                        std::max<std::int64_t>(offset, 0));
    return get(std::move(path), "purchases");
}

PreparedRequest purchase(std::string_view lookupBy, std::string_view identifier)
{
    return get(fmt::format("/api/v1/purchases/{}/{}", percentEncoded(lookupBy),
                           percentEncoded(identifier)),
               "purchase");
}

PreparedRequest purchaseTransactions(std::string_view lookupBy, std::string_view identifier)
{
    return get(fmt::format("/api/v1/purchases/{}/{}/transactions", percentEncoded(lookupBy),
                           percentEncoded(identifier)),
               "transactions");
}

PreparedRequest calculatePricing(const std::vector<std::string>& skus,
                                 const std::vector<std::string>& priceLists)
{
    Json body;
    body["skus"] = skus;
    body["price_list_slugs"] = priceLists;
    return post("/api/v1/calculate-pricing", body, "calculate-pricing");
}

PreparedRequest customerPricing(std::string_view customerId, const std::vector<PricedLine>& lines)
{
    Json body;
    body["customer_id"] = customerId;
    body["customer_lookup_by"] = "platform";
    body["line_items"] = Json::array();
    for (const PricedLine& line : lines) {
        Json row;
        row["sku"] = line.sku;
        row["quantity"] = line.quantity;
        body["line_items"].push_back(std::move(row));
    }
    return post("/api/v1/fetch-customer-pricing", body, "customer-pricing");
}

PreparedRequest batchStock(const std::vector<std::string>& skus)
{
    Json body;
    body["skus"] = skus;
    return post("/api/v1/batch-fetch-stock", body, "stock");
}

} // namespace counterfoil::request::sparklayer
