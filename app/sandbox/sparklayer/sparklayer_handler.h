#pragma once

#include "app/sandbox/http/handler.h"
#include "app/sandbox/world/world.h"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace counterfoil::sandbox {

class JsonText;

struct SparkOptions {
    std::string siteId = "larkfield";
    std::string clientId = "console";
    std::string clientSecret = "spark-sandbox-secret";
    int tokenSeconds = 3600;           ///< real seconds a token lives
    Instant stockDelay = 45 * kSecond; ///< world time until a Shopify level shows here
};

/// SparkLayer's API (sparklayer.md) over the world: bare-array short forms, packages as array or
/// object, mixed-case currencies, problem+json errors, prices that are always net.
class SparkHandler : public Handler {
public:
    SparkHandler(World& world, SparkOptions options);
    void handle(const HttpRequest& request, Reply reply) override;
    [[nodiscard]] std::string operationOf(const HttpRequest& request) const override;
    [[nodiscard]] HttpResponse faultReply(const std::string& kind,
                                          const HttpRequest& request) const override;

private:
    HttpResponse route(const HttpRequest& request);
    HttpResponse token(const HttpRequest& request);
    bool authorized(const HttpRequest& request);
    HttpResponse listPurchases(const HttpRequest& request) const;
    HttpResponse purchaseRoute(const HttpRequest& request, const std::string& rest);
    HttpResponse putTransaction(Purchase& purchase, const std::string& body);
    HttpResponse customerRoute(const std::string& rest) const;
    HttpResponse priceLists(const HttpRequest& request) const;
    HttpResponse priceListRoute(const std::string& rest) const;
    HttpResponse skuPricing(const std::string& sku) const;
    HttpResponse calculatePricing(const std::string& body) const;
    HttpResponse customerPricing(const std::string& body) const;
    HttpResponse fetchStock(const std::string& body);
    HttpResponse syncLog(const std::string& rest) const;
    Purchase* lookUp(const std::string& by, const std::string& identifier);
    void writeShort(JsonText& out, const Purchase& purchase) const;
    void writeFull(JsonText& out, const Purchase& purchase) const;
    void writePackage(JsonText& out, const Purchase& purchase) const;
    void refreshStock();

    World& m_world;
    SparkOptions m_options;
    std::map<std::string, std::chrono::steady_clock::time_point> m_tokens;
    std::vector<std::int64_t> m_stock; ///< reported level by product
    std::uint64_t m_number = 0;
};

} // namespace counterfoil::sandbox
