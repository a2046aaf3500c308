#pragma once

#include "core/base/call_lane.h"
#include "core/base/result.h"
#include "core/base/seams.h"
#include "core/decode/adapter.h"
#include "core/decode/shopify.h"
#include "core/domain/observation.h"
#include "core/platform/shopify/cost_gate.h"
#include "core/platform/shopify/token.h"
#include "core/request/page_sizes.h"
#include "core/request/prepared_request.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::platform {

struct ShopifyOptions {
    ShopifyOptions() {}
    std::string baseUrl; ///< "https://larkfield-uk.myshopify.com", no slash at its end
    ShopifyCredentials credentials;
    decode::ShopifyAdapter adapter;
    /// Told once for each other version that the shop serves instead of ours; may be empty.
    std::function<void(std::string)> versionWarning;
};

/// Shopify's Admin API over the Transport seam: cost gate, throttling, retries of reads, token.
/// Engine thread; must outlive its tasks. Errors of all reads: those of the transport and of
/// decode::shopify, after at most 3 retries (1, 2, 4 s, full jitter) of what may be tried again; a
/// page with holes is tried again as well, and what still has one is set aside. A query that costs
/// more than one may is asked again with smaller pages, now and later.
class ShopifyClient {
public:
    ShopifyClient(ShopifyOptions options, Transport& transport, Clock& clock, Random& random);

    using Page = Result<domain::DocumentPage>;

    [[nodiscard]] Task<Page> setup(Lane lane);
    /// @param search query text of request::shopify (updatedSince, openReturns ...)
    [[nodiscard]] Task<Page> ordersChanged(std::string search, std::string after, Lane lane);
    [[nodiscard]] Task<Page> draftsChanged(std::string search, std::string after, Lane lane);
    /// The heads of some orders, by id.
    [[nodiscard]] Task<Page> orderHead(OrderId order, Lane lane);
    /// One part of an order, whole: its inner pages are joined into one document, and where a list
    /// inside a page came cut, it is read again with larger ones.
    /// @pre kind is OrderLines, OrderMoney, OrderReturns or OrderAgreements
    [[nodiscard]] Task<Page> orderPart(domain::DocumentKind kind, OrderId order, Lane lane);
    [[nodiscard]] Task<Page> account(CustomerId customer, Lane lane);
    [[nodiscard]] Task<Page> locationStock(LocationId location, std::string after, Lane lane);
    [[nodiscard]] Task<Result<decode::shopify::BulkState>> bulkStart(Instant since);
    [[nodiscard]] Task<Result<decode::shopify::BulkState>> bulkPoll(std::string operation);
    /// Ends an operation that takes too long; whether the shop heard it does not matter.
    [[nodiscard]] Task<void> bulkCancel(std::string operation);
    /// The finished file; its address is signed, so no token goes with it.
    [[nodiscard]] Task<Page> bulkFile(std::string url, std::int64_t objects);

    /// Sends ONE write once: no retry, no wait for the bucket. The reply whatever its status. Only
    /// a token that was turned away at the door (401) is renewed and the write sent with the new
    /// one.
    [[nodiscard]] Task<Result<HttpReply>> sendWrite(request::PreparedRequest write);

private:
    using PageSizes = std::vector<request::shopify::PageSize>;
    template <class T>
    using Decoder = Result<T> (*)(std::string_view, const decode::ShopifyAdapter&);
    template <class T>
    [[nodiscard]] Task<Result<T>> read(request::PreparedRequest prepared, Decoder<T> decoder,
                                       Lane lane, PageSizes sizes = PageSizes());
    [[nodiscard]] Task<Result<HttpReply>> sendOnce(request::PreparedRequest prepared);
    /// Every page of a part, joined.
    [[nodiscard]] Task<Page> pagedPart(domain::DocumentKind kind, OrderId order, Lane lane,
                                       PageSizes sizes);
    /// @p prepared with the pages of the adapter, then @p sizes, then what was learned.
    [[nodiscard]] request::PreparedRequest sized(request::PreparedRequest prepared,
                                                 const PageSizes& sizes) const;
    void noteVersion(const HttpReply& reply);
    void noteCost(const std::string& label, const HttpReply& reply);

    ShopifyOptions m_options;
    Transport& m_transport;
    Clock& m_clock;
    Random& m_random;
    ShopifyToken m_token;
    CostGate m_cost;
    CallGate m_gate;
    std::string m_warnedVersion;
    bool m_isCompanyDenied = false;
    std::map<std::string, int> m_halvings; ///< by label: how often its pages were too dear
};

} // namespace counterfoil::platform
