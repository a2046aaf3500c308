#pragma once

#include "core/base/result.h"
#include "core/decode/adapter.h"
#include "core/decode/replies.h"
#include "core/domain/account.h"
#include "core/domain/observation.h"
#include "core/domain/order.h"
#include "core/domain/stock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Shopify's words: pages and replies of the documents under resources/graphql, and the stored
/// documents cut from them. Pure, any thread.
///
/// Pages: Errors are Undecodable (not JSON, wrong top type, beyond the limits), RateLimited
/// (THROTTLED, with retryAfter from the cost), Unauthorised (ACCESS_DENIED without data), Invalid
/// (MAX_COST_EXCEEDED, a bad document), Server (INTERNAL_SERVER_ERROR), NotFound (the object asked
/// for is null). A record that does not decode is set aside and the page goes on; partial data
/// fills DocumentPage::errors, and a record with a hole in it is set aside as well: null there is
/// "not read", not "none" (shopify.md 3.1).
namespace counterfoil::decode::shopify {

using domain::DocumentPage;

/// Words and shapes not known to us, met while decoding; nullptr: not wanted.
using Unknowns = std::vector<domain::UnknownSeen>*;

[[nodiscard]] Result<DocumentPage> ordersChanged(std::string_view body,
                                                 const ShopifyAdapter& adapter);
/// One document each, external id = legacy order id, body = the exact `order` object. hasNextPage
/// and endCursor are those of the inner connection; join several pages with mergePages().
[[nodiscard]] Result<DocumentPage> orderLines(std::string_view body, const ShopifyAdapter& adapter);
[[nodiscard]] Result<DocumentPage> orderMoney(std::string_view body, const ShopifyAdapter& adapter);
[[nodiscard]] Result<DocumentPage> orderReturns(std::string_view body,
                                                const ShopifyAdapter& adapter);
[[nodiscard]] Result<DocumentPage> orderAgreements(std::string_view body,
                                                   const ShopifyAdapter& adapter);
[[nodiscard]] Result<DocumentPage> draftsChanged(std::string_view body,
                                                 const ShopifyAdapter& adapter);
[[nodiscard]] Result<DocumentPage> accountMetafield(std::string_view body,
                                                    const ShopifyAdapter& adapter);
[[nodiscard]] Result<DocumentPage> setup(std::string_view body, const ShopifyAdapter& adapter);
/// Each level becomes one document whose body is {"location":"<gid>","level":<exact node>}.
[[nodiscard]] Result<DocumentPage> locationStock(std::string_view body,
                                                 const ShopifyAdapter& adapter);
/// The file of a bulk operation: one object a line, children anywhere after or before their
/// parent. Gives Order documents in the shape of OrdersChanged's nodes, and OrderLines documents
/// where the rows carry tax lines; an order with returns has keys.hasReturn set and wants its
/// details read. Lines that do not parse are set aside.
[[nodiscard]] Result<DocumentPage> bulkOrders(std::string_view jsonl,
                                              const ShopifyAdapter& adapter);

/// Joins the pages of one order part (OrderLines, OrderReturns, OrderAgreements) into one document
/// body: the first page's object with the nodes of all pages and the last page's pageInfo. Errors:
/// Invalid for another kind or no page, Undecodable.
[[nodiscard]] Result<std::string> mergePages(domain::DocumentKind kind,
                                             const std::vector<std::string>& bodies);

struct LevelReading {
    bool isActive = false;
    std::optional<std::int64_t> available;
    std::optional<Instant> updatedAt;
};
/// `available` of one item at two places; nullopt: no level there.
struct TwoLevels {
    InventoryItemId item;
    std::string sku;
    bool isTracked = false;
    std::optional<LevelReading> from, to;
};
[[nodiscard]] Result<TwoLevels> itemAtTwoLocations(std::string_view body);

/// State of a bulk operation (shopify.md 6).
struct BulkState {
    std::string id;
    std::string status;    ///< CREATED, RUNNING, COMPLETED, FAILED, CANCELING, CANCELED, EXPIRED
    std::string errorCode; ///< empty: none
    std::int64_t objectCount = 0;
    std::string url; ///< pre-signed; empty with COMPLETED: no rows
    std::string partialDataUrl;
    std::optional<Instant> createdAt; ///< by the shop's clock
    [[nodiscard]] bool isFinished() const
    {
        return status != "CREATED" && status != "RUNNING" && status != "CANCELING";
    }
};
/// Errors besides those of pages: Rejected with the text of the user errors.
[[nodiscard]] Result<BulkState> bulkStart(std::string_view body);
[[nodiscard]] Result<BulkState> bulkPoll(std::string_view body);

/// Business refusal of a mutation. Some types have no code: show the message, match on nothing.
struct UserError {
    std::string code;
    std::string message;
    std::string field; ///< path joined by '.'
};

struct MetafieldWritten {
    std::string nameSpace;
    std::string key;
    std::string value; ///< exact text
    std::string digest;
};
/// A mutation succeeded only if there is no GraphQL error, no user error, and its payload is
/// there: isDone. An answer that is neither done nor refused is an Error.
struct MetafieldsSetReply {
    std::vector<UserError> userErrors;
    std::vector<MetafieldWritten> metafields;
    [[nodiscard]] bool isDone() const { return userErrors.empty(); }
    [[nodiscard]] bool hasCode(std::string_view code) const;
};
[[nodiscard]] Result<MetafieldsSetReply> metafieldsSet(std::string_view body);

struct InventoryChange {
    std::string name;
    std::int64_t delta = 0;
    std::optional<std::int64_t> quantityAfter; ///< nullopt: read again
    LocationId location;
    InventoryItemId item;
};
struct InventoryAdjustReply {
    std::vector<UserError> userErrors;
    std::string groupId;
    std::string reason;
    std::string referenceUri;
    std::optional<Instant> createdAt;
    std::vector<InventoryChange> changes;
    [[nodiscard]] bool isDone() const { return userErrors.empty(); }
    [[nodiscard]] bool hasCode(std::string_view code) const;
};
[[nodiscard]] Result<InventoryAdjustReply> inventoryAdjust(std::string_view body);

struct OrderUpdateReply {
    std::vector<UserError> userErrors;
    std::string orderGid;
    std::string poNumber;
    std::optional<Instant> updatedAt;
    [[nodiscard]] bool isDone() const { return userErrors.empty(); }
};
[[nodiscard]] Result<OrderUpdateReply> orderUpdate(std::string_view body);

/// Client-credentials token.
[[nodiscard]] Result<TokenReply> token(std::string_view body);

/// An error that leaves a field null which may well have a value: reading again may fill it. What
/// our key may not see (ACCESS_DENIED) is none, it is never there.
[[nodiscard]] bool isHole(const domain::GraphqlError& error);

/// `extensions.cost` of any answer, nullopt when it has none.
[[nodiscard]] std::optional<domain::QueryCost> costOf(std::string_view body);
/// The typed error of an answer that is not a 2xx. Never fails; the body may be anything.
[[nodiscard]] Error replyError(int httpStatus, std::string_view body);

// ---- stored documents -> domain ---------------------------------------------------------------

/// Fills what OrdersChanged knows. Errors of all of these: Undecodable, naming the field.
[[nodiscard]] Result<void> applyOrderHead(std::string_view doc, const ShopifyAdapter& adapter,
                                          domain::Order& order, Unknowns unknowns = nullptr);
/// The parts set their optional members; @p order may be blank or hold other parts already. The
/// currency of the amounts is the one that stands beside them.
[[nodiscard]] Result<void> applyOrderLines(std::string_view doc, domain::Order& order,
                                           Unknowns unknowns = nullptr);
[[nodiscard]] Result<void> applyOrderMoney(std::string_view doc, domain::Order& order,
                                           Unknowns unknowns = nullptr);
[[nodiscard]] Result<void> applyOrderReturns(std::string_view doc, domain::Order& order,
                                             Unknowns unknowns = nullptr);
[[nodiscard]] Result<void> applyOrderAgreements(std::string_view doc, domain::Order& order,
                                                Unknowns unknowns = nullptr);
[[nodiscard]] Result<domain::Draft> draft(std::string_view doc);
/// @param shopCurrency read the balance in this currency unless the balance names its own. A
/// balance that cannot be read leaves `balance` empty and says why in `balanceProblem`.
[[nodiscard]] Result<domain::Account> account(std::string_view doc, const ShopifyAdapter& adapter,
                                              money::Currency shopCurrency);
[[nodiscard]] Result<domain::StockLevel> stockLevel(std::string_view doc);

struct ShopLocation {
    LocationId id;
    std::string name;
    bool isActive = false;
    bool fulfillsOnlineOrders = false;
};
/// What Setup tells of a shop.
struct ShopSetup {
    std::string shopName;
    money::Currency currency;
    std::string timezone;
    bool taxesIncluded = false;
    std::string planName;
    bool isPlus = false;
    std::string appId, appTitle;
    std::vector<std::string> scopes;
    std::vector<std::string> supportedVersions;
    std::vector<std::string> quantityNames;
    std::vector<ShopLocation> locations;
};
[[nodiscard]] Result<ShopSetup> shopSetup(std::string_view doc);

/// Entries of a receipts metafield, newest first. Errors: Undecodable.
[[nodiscard]] Result<std::vector<domain::Receipt>> receipts(std::string_view receiptsText);

} // namespace counterfoil::decode::shopify
