#pragma once

#include "core/base/call_lane.h"
#include "core/base/result.h"
#include "core/base/seams.h"
#include "core/decode/adapter.h"
#include "core/decode/sparklayer.h"
#include "core/domain/observation.h"
#include "core/request/prepared_request.h"
#include "core/request/sparklayer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::platform {

struct SparklayerOptions {
    SparklayerOptions() {}
    std::string baseUrl; ///< "https://app.sparklayer.io", no slash at its end
    std::string siteId;  ///< header Site-Id
    std::string clientId;
    Secret clientSecret;
    decode::SparklayerAdapter adapter;
};

/// How a purchase is named: "platform" (Shopify's order number), "sparklayer" (the cart's UUID) or
/// "visible" (the order's name), see sparklayer.md 3.1.
struct PurchaseKey {
    PurchaseKey() {}
    PurchaseKey(std::string by, std::string name)
        : lookupBy(std::move(by)), identifier(std::move(name))
    {
    }
    std::string lookupBy;
    std::string identifier;
};

/// SparkLayer over the Transport seam (sparklayer.md 2): token, rate, retries. Engine thread; must
/// outlive its tasks. Errors: those of the transport and of decode::sparklayer::replyError, after
/// at most 3 retries of reads; NotFound is an answer, not retried.
class SparklayerClient {
public:
    SparklayerClient(SparklayerOptions options, Transport& transport, Clock& clock, Random& random);

    using Page = Result<domain::DocumentPage>;
    using PurchaseList = decode::sparklayer::PurchaseList;
    using Prices = Result<std::vector<decode::sparklayer::PriceRow>>;

    /// One page of orders changed since @p since (nullopt: all), in the short form.
    [[nodiscard]] Task<Result<PurchaseList>> purchases(std::optional<Instant> since,
                                                       std::int64_t offset, Lane lane);
    [[nodiscard]] Task<Page> purchase(PurchaseKey key, Lane lane);
    /// Transactions of a purchase that was read by @p key; stored under @p order. Not found: none.
    [[nodiscard]] Task<Page> transactions(PurchaseKey key, OrderId order, Lane lane);
    [[nodiscard]] Task<Page> stock(std::vector<std::string> skus, Lane lane);
    /// The raw answer of fetch-customer-pricing (200 or 207) for a document of its own.
    [[nodiscard]] Task<Result<std::string>>
    customerPricing(CustomerId customer, std::vector<request::sparklayer::PricedLine> lines,
                    Lane lane);

private:
    /// The body of a 2xx answer.
    [[nodiscard]] Task<Result<std::string>> read(request::PreparedRequest prepared, Lane lane);
    [[nodiscard]] Task<Result<HttpReply>> sendOnce(request::PreparedRequest prepared);
    [[nodiscard]] Task<Result<Secret>> token();
    [[nodiscard]] Task<Result<void>> renew();
    /// Spaces the calls: ratePerSecond, slower for a while after a 429.
    [[nodiscard]] Task<void> takeTurn();

    SparklayerOptions m_options;
    Transport& m_transport;
    Clock& m_clock;
    Random& m_random;
    CallGate m_gate;
    Secret m_token;
    Instant m_renewAt{};
    bool m_isRenewing = false;
    Instant m_nextTurn{};
    int m_slowdown = 1; ///< factor on the spacing, 1..8
};

} // namespace counterfoil::platform
