#pragma once

#include "app/sandbox/http/handler.h"
#include "app/sandbox/world/world.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace counterfoil::sandbox {

struct ShopifyOptions {
    std::string accessToken = "shpat_sandbox"; ///< expected in X-Shopify-Access-Token
    std::string clientId = "sandbox-client";   ///< for the client credentials grant
    std::string clientSecret = "sandbox-secret";
    std::string routePrefix = "/shopify"; ///< under which this handler is reached
    double bucketMaximum = 2000;          ///< cost points; enlarge for tests
    double restoreRate = 100;             ///< points a second of real time
};

/// The Admin GraphQL API of the simulated shop: `POST /admin/api/{version}/graphql.json`, results
/// of bulk operations under `/bulk/`, and `POST /admin/oauth/access_token`.
///
/// Documents are parsed, validated against the shop's schema and executed field by field on the
/// world. Cost is counted and throttled for real.
///
/// Fault kinds with a form of their own (`faultReply`): "throttled" (200), "429", "401", "partial",
/// "user-error" (without code), "user-error:CODE", "null-quantity", "unknown-enum", "wrong-types".
/// "user-error" kinds do not execute the mutation; the last four execute the request and then spoil
/// the answer.
class ShopifyHandler : public Handler {
public:
    /// @param world outlives the handler
    ShopifyHandler(World& world, ShopifyOptions options);
    ~ShopifyHandler() override;
    void handle(const HttpRequest& request, Reply reply) override;
    /// Name of the GraphQL operation, else method and path.
    [[nodiscard]] std::string operationOf(const HttpRequest& request) const override;
    [[nodiscard]] HttpResponse faultReply(const std::string& kind,
                                          const HttpRequest& request) const override;

    /// Every field of the shop's schema that has no resolver; empty in a sound build.
    [[nodiscard]] std::vector<std::string> unresolvedFields() const;

    /// Called before a request that is a mutation executes, with the operation's name: lets a test
    /// or the story change the world between a client's preflight and its write.
    std::function<void(const std::string& operation)> beforeMutation;

private:
    struct Api;
    std::unique_ptr<Api> m_api;
};

} // namespace counterfoil::sandbox
