#include "app/sandbox/sparklayer/sparklayer_handler.h"

#include "app/sandbox/http/json_text.h"
#include "app/sandbox/sparklayer/spark_text.h"

#include <algorithm>
#include <cstdlib>

#include <nlohmann/json.hpp>

namespace counterfoil::sandbox {

SparkHandler::SparkHandler(World& world, SparkOptions options)
    : m_world(world), m_options(std::move(options))
{
    for (const Product& p : m_world.products) {
        const InventoryLevel* l = m_world.level(p.inventoryItemId, kSellable);
        m_stock.push_back(l ? l->available : 0);
    }
}

std::string SparkHandler::operationOf(const HttpRequest& request) const
{
    std::string path = request.path;
    if (path.compare(0, 18, "/api/v1/purchases/") == 0) {
        const bool tx = path.ends_with("/transactions");
        path = std::string("/api/v1/purchases/{id}") + (tx ? "/transactions" : "");
    }
    return request.method + " " + path;
}

HttpResponse SparkHandler::faultReply(const std::string& kind, const HttpRequest& request) const
{
    HttpResponse out;
    if (kind == "429" || kind == "throttled") {
        out = sparkProblem(429, "Too many requests", "Slow down");
        if (request.path.size() % 2 == 0)
            out.headers.emplace_back("Retry-After", "1");
        return out;
    }
    if (kind == "500") {
        out.status = 500;
        return out;
    }
    out.status = 0;
    return out;
}

void SparkHandler::handle(const HttpRequest& request, Reply reply)
{
    HttpResponse answer;
    try {
        answer = route(request);
    } catch (const nlohmann::json::exception& wrong) {
        answer = sparkProblem(400, "Bad Request", wrong.what());
    }
    reply(std::move(answer));
}

bool SparkHandler::authorized(const HttpRequest& request)
{
    const std::string bearer = request.header("authorization");
    if (request.header("site-id") != m_options.siteId || bearer.compare(0, 7, "Bearer ") != 0)
        return false;
    const auto found = m_tokens.find(bearer.substr(7));
    if (found == m_tokens.end())
        return false;
    if (std::chrono::steady_clock::now() < found->second)
        return true;
    m_tokens.erase(found);
    return false;
}

HttpResponse SparkHandler::token(const HttpRequest& request)
{
    const auto json = nlohmann::json::parse(request.body, nullptr, false);
    if (!json.is_object() ||
        request.header("content-type").find("application/json") == std::string::npos)
        return sparkProblem(400, "Bad Request", "The body must be JSON");
    if (request.header("site-id") != m_options.siteId ||
        json.value("grant_type", "") != "client_credentials" ||
        json.value("client_id", "") != m_options.clientId ||
        json.value("client_secret", "") != m_options.clientSecret)
        return sparkProblem(401, "Unauthorized", "Unknown client");
    ++m_number;
    const std::string made = "spark-" + std::to_string(m_number) + "-" +
                             std::to_string(m_options.clientSecret.size() * 7919 + m_number);
    m_tokens[made] =
        std::chrono::steady_clock::now() + std::chrono::seconds(m_options.tokenSeconds);
    HttpResponse out;
    out.body =
        nlohmann::json{{"access_token", made}, {"expires_in", m_options.tokenSeconds}}.dump();
    return out;
}

HttpResponse SparkHandler::route(const HttpRequest& request)
{
    const std::string& path = request.path;
    if (path == "/api/auth/token")
        return request.method == "POST" ? token(request)
                                        : sparkProblem(405, "Method Not Allowed", "");
    if (!authorized(request))
        return sparkProblem(401, "Unauthorized", "Token missing or expired");
    const auto under = [&path](const std::string& prefix) {
        return path.compare(0, prefix.size(), prefix) == 0 ? path.substr(prefix.size())
                                                           : std::string();
    };
    const bool get = request.method == "GET";
    if (get && path == "/api/v1/purchases")
        return listPurchases(request);
    if (const std::string rest = under("/api/v1/purchases/"); !rest.empty())
        return purchaseRoute(request, rest);
    if (const std::string rest = under("/api/v1/customers/"); get && !rest.empty())
        return customerRoute(rest);
    if (get && path == "/api/v2/price-lists")
        return priceLists(request);
    if (const std::string rest = under("/api/v1/price-lists/"); get && !rest.empty())
        return priceListRoute(rest);
    if (const std::string rest = under("/api/v1/pricing/"); get && !rest.empty())
        return skuPricing(percentDecoded(rest));
    if (const std::string rest = under("/api/v1/sync-log/"); get && !rest.empty())
        return syncLog(rest);
    if (request.method == "POST" && path == "/api/v1/calculate-pricing")
        return calculatePricing(request.body);
    if (request.method == "POST" && path == "/api/v1/fetch-customer-pricing")
        return customerPricing(request.body);
    if (request.method == "POST" && path == "/api/v1/batch-fetch-stock")
        return fetchStock(request.body);
    return sparkProblem(404, "Not Found", "No such resource");
}

// ---- purchases

HttpResponse SparkHandler::listPurchases(const HttpRequest& request) const
{
    const std::string type = request.parameter("type");
    const std::string buyer = request.parameter("customer_identifiers[sparklayer]");
    const auto bound = [&request](const char* name) {
        return parseInstant(request.parameter(name));
    };
    const auto from = bound("dates[last_updated][gte]");
    const auto to = bound("dates[last_updated][lte]");
    const auto placedFrom = bound("dates[placed][gte]");
    const auto placedTo = bound("dates[placed][lte]");
    const std::string limitText = request.parameter("limit");
    const std::int64_t limit =
        limitText.empty() ? 500 : std::strtoll(limitText.c_str(), nullptr, 10);
    if (limit < 1 || limit > 500)
        return sparkProblem(400, "Bad Request", "limit must be 1 to 500");
    std::int64_t skip = std::strtoll(request.parameter("offset").c_str(), nullptr, 10);
    std::int64_t rows = 0;
    JsonText out;
    out.open('[');
    for (const Purchase& p : m_world.purchases) {
        const bool fits = (type.empty() || p.type == type) &&
                          (buyer.empty() || m_world.customers[p.customer].sparkId == buyer) &&
                          (!from || p.updatedAt >= *from) && (!to || p.updatedAt <= *to) &&
                          (!placedFrom || p.placedAt >= *placedFrom) &&
                          (!placedTo || p.placedAt <= *placedTo);
        if (!fits || skip-- > 0)
            continue;
        if (rows++ == limit)
            break;
        out.open('{');
        writeShort(out, p);
        out.close('}');
    }
    out.close(']');
    return sparkJson(out);
}

Purchase* SparkHandler::lookUp(const std::string& by, const std::string& identifier)
{
    if (by == "platform")
        return m_world.purchaseOfOrder(std::strtoll(identifier.c_str(), nullptr, 10));
    const std::string bare =
        !identifier.empty() && identifier.front() == '#' ? identifier.substr(1) : identifier;
    for (Purchase& p : m_world.purchases)
        if ((by == "sparklayer" && p.uuid == identifier) ||
            (by == "visible" && p.orderName == bare))
            return &p;
    return nullptr;
}

HttpResponse SparkHandler::purchaseRoute(const HttpRequest& request, const std::string& rest)
{
    const std::size_t slash = rest.find('/');
    if (slash == std::string::npos)
        return sparkProblem(404, "Not Found", "No such resource");
    const std::string by = rest.substr(0, slash);
    std::string identifier = rest.substr(slash + 1);
    const std::string tail = "/transactions";
    const bool transactions = identifier.ends_with(tail);
    if (transactions)
        identifier.resize(identifier.size() - tail.size());
    identifier = percentDecoded(identifier);
    if (by == "sparklayer" && (identifier.size() != 36 || identifier[8] != '-'))
        return sparkProblem(
            400, "Bad Request", "The identifier is no UUID",
            R"([{"code":"resource-id-invalid","message":"not a UUID","property":"identifier"}])");
    Purchase* p = lookUp(by, identifier);
    if (!p)
        return sparkProblem(404, "Not Found", "No purchase matches");
    if (request.method == "PUT" && transactions)
        return putTransaction(*p, request.body);
    if (request.method != "GET")
        return sparkProblem(405, "Method Not Allowed", "");
    JsonText out;
    if (!transactions) {
        writeFull(out, *p);
        return sparkJson(out);
    }
    out.open('[');
    for (const SparkTransaction& tx : p->transactions)
        writeSparkTransaction(out, tx);
    out.close(']');
    return sparkJson(out);
}

HttpResponse SparkHandler::putTransaction(Purchase& purchase, const std::string& body)
{
    const auto json = nlohmann::json::parse(body, nullptr, false);
    if (!json.is_object() || !json.contains("platform_id") || !json["platform_id"].is_string())
        return sparkProblem(
            400, "Bad Request", "platform_id is required",
            R"([{"code":"required","message":"missing","property":"platform_id"}])");
    const Order& order = *m_world.orderById(purchase.orderId);
    const auto total =
        json.contains("total") ? sparkAmount(json["total"], order.currency) : std::nullopt;
    if (!total)
        return sparkProblem(400, "Bad Request", "total is not an amount",
                            R"([{"code":"invalid","message":"not an amount","property":"total"}])");
    SparkTransaction tx;
    tx.platformId = json["platform_id"];
    tx.total = *total;
    tx.currency = order.currency;
    tx.applyToBalance = json.value("apply_to_balance", false);
    tx.at = m_world.now();
    Id rma = 0;
    if (json.contains("full_transaction")) {
        tx.fullTransaction = json["full_transaction"].dump();
        if (json["full_transaction"].is_object())
            rma = std::strtoll(json["full_transaction"].value("rma", "0").c_str(), nullptr, 10);
    }
    const auto known =
        std::find_if(purchase.transactions.begin(), purchase.transactions.end(),
                     [&](const SparkTransaction& old) { return old.platformId == tx.platformId; });
    // A payment lowers what is owed; the same id again replaces what it did before.
    Minor effect = tx.applyToBalance ? -tx.total : 0;
    if (known != purchase.transactions.end()) {
        effect += known->applyToBalance ? known->total : 0;
        *known = tx;
    } else {
        purchase.transactions.push_back(tx);
    }
    purchase.updatedAt = m_world.now();
    if (effect != 0)
        m_world.moveBalance(purchase.customer, effect, purchase.orderId, rma,
                            "SparkLayer transaction");
    JsonText out;
    writeSparkTransaction(out, tx);
    return sparkJson(out);
}

HttpResponse SparkHandler::customerRoute(const std::string& rest) const
{
    const std::size_t slash = rest.find('/');
    const std::string by = rest.substr(0, slash);
    const std::string id = slash == std::string::npos ? "" : percentDecoded(rest.substr(slash + 1));
    for (const Customer& c : m_world.customers) {
        if (!((by == "sparklayer" && c.sparkId == id) ||
              (by == "platform" && std::to_string(c.id) == id) || (by == "email" && c.email == id)))
            continue;
        JsonText out;
        out.open('{').pair("id", c.sparkId).pair("external_id", std::to_string(c.id));
        out.pair("email", c.email).pair("company_name", c.company).pair("status", "active");
        out.pair("group", c.group).pair("role", "main").key("price_lists").open('[');
        out.text(c.currency == "EUR" ? "eu-trade" : "uk-trade").close(']').close('}');
        return sparkJson(out);
    }
    return sparkProblem(404, "Not Found", "No customer matches");
}

HttpResponse SparkHandler::syncLog(const std::string& rest) const
{
    if (rest != "shopify/products" && rest != "shopify/customers")
        return sparkProblem(404, "Not Found", "No full sync yet");
    const Instant at = m_world.now() - m_world.now() % (10 * kMinute);
    JsonText out;
    out.open('{').pair("started_full_sync", offsetText(at - kMinute));
    out.pair("last_full_sync", offsetText(at)).key("last_full_sync_succeeded").boolean(true);
    out.key("errors").open('[').close(']').close('}');
    return sparkJson(out);
}

// ---- stock

void SparkHandler::refreshStock()
{
    for (std::size_t i = 0; i < m_stock.size(); ++i) {
        const InventoryLevel* l = m_world.level(m_world.products[i].inventoryItemId, kSellable);
        if (l && m_world.now() - l->availableUpdatedAt >= m_options.stockDelay)
            m_stock[i] = l->available;
    }
}

HttpResponse SparkHandler::fetchStock(const std::string& body)
{
    refreshStock();
    const auto json = nlohmann::json::parse(body, nullptr, false);
    const auto skus = json.is_array()                             ? json
                      : json.is_object() && json.contains("skus") ? json["skus"]
                                                                  : nlohmann::json();
    if (!skus.is_array())
        return sparkProblem(400, "Bad Request", "skus is required");
    JsonText out;
    out.open('[');
    for (const auto& sku : skus) {
        const auto product =
            sku.is_string() ? m_world.productBySku(sku.get<std::string>()) : std::nullopt;
        if (!product)
            continue;
        out.open('{').pair("sku", m_world.products[*product].sku).key("stock_levels").open('[');
        out.open('{').pair("stock_location_id", "sl_hull_main");
        out.key("stock_level").number(m_stock[*product]).key("restock_date").null();
        out.key("min_stock_level").number(0).close('}').close(']').close('}');
    }
    out.close(']');
    return sparkJson(out);
}

} // namespace counterfoil::sandbox
