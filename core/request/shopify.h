#pragma once

#include "core/base/id.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/money/money.h"
#include "core/request/prepared_request.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Requests to Shopify's Admin API. The path is "/admin/api/<version>/graphql.json"; bodies are
/// {"query":..,"variables":..,"operationName":..} with fixed key order and no blanks.
namespace counterfoil::request::shopify {

/// The text of a document under resources/graphql by its operation name ("OrderLines"), canonical:
/// comments and surplus blanks stripped. Empty for an unknown name.
[[nodiscard]] std::string_view document(std::string_view operation);
[[nodiscard]] std::vector<std::string_view> documentNames();

/// Search text of loop A: updated_at:>='<UTC Z>' (shopify.md 1.6: quoted, with >=).
[[nodiscard]] std::string updatedSince(Instant since);
/// Search text of loop B, the four open return states.
[[nodiscard]] std::string openReturns();
/// Search text of loop C.
[[nodiscard]] std::string openAccountOrders(std::string_view tag);

// @param version "2026-07"; @param after cursor of the page before, empty for the first page
[[nodiscard]] PreparedRequest ordersChanged(std::string_view version, std::string_view search,
                                            std::string_view after);
[[nodiscard]] PreparedRequest orderLines(std::string_view version, const OrderId& order,
                                         std::string_view after);
[[nodiscard]] PreparedRequest orderMoney(std::string_view version, const OrderId& order);
[[nodiscard]] PreparedRequest orderReturns(std::string_view version, const OrderId& order,
                                           std::string_view after);
/// @param since only agreements from then on; nullopt: all
[[nodiscard]] PreparedRequest orderAgreements(std::string_view version, const OrderId& order,
                                              std::optional<Instant> since, std::string_view after);
[[nodiscard]] PreparedRequest draftsChanged(std::string_view version, std::string_view search,
                                            std::string_view after);
/// @param withCompanies false: without the companies of the customer, which need a scope of their
/// own
[[nodiscard]] PreparedRequest accountMetafield(std::string_view version, const CustomerId& customer,
                                               bool withCompanies = true);
[[nodiscard]] PreparedRequest setup(std::string_view version);
[[nodiscard]] PreparedRequest locationStock(std::string_view version, const LocationId& location,
                                            std::string_view after);
[[nodiscard]] PreparedRequest itemAtTwoLocations(std::string_view version,
                                                 const InventoryItemId& item,
                                                 const LocationId& from, const LocationId& to);
/// Starts the first load: BulkOrders with its `{since}` filled in.
[[nodiscard]] PreparedRequest bulkStart(std::string_view version, Instant since);
[[nodiscard]] PreparedRequest bulkPoll(std::string_view version, std::string_view operationId);
[[nodiscard]] PreparedRequest bulkCancel(std::string_view version, std::string_view operationId);
/// Form body with the client's credentials: never log it. (shopify.md 2.2)
[[nodiscard]] PreparedRequest token(std::string_view clientId, std::string_view clientSecret);

// ---- writes -----------------------------------------------------------------------------------

/// One account credit: the lower balance and the longer list of receipts, each under its digest.
struct CreditWrite {
    std::string ownerGid;                      ///< "gid://shopify/Customer/77"
    std::string balanceType;                   ///< metafield type as read
    std::string newBalanceText;                ///< from withBalance()
    std::string balanceDigest;                 ///< compareDigest as read
    std::string receiptsText;                  ///< from receiptsWith()
    std::optional<std::string> receiptsDigest; ///< nullopt: must not exist yet (sent as null)
};
/// ONE metafieldsSet of two metafields (design.md 7).
[[nodiscard]] PreparedRequest accountCredit(std::string_view version, const CreditWrite& write);

/// Release of quarantined pieces: two changes in one call.
struct ReleaseWrite {
    InventoryItemId item;
    LocationId from, to;
    std::int64_t quantity = 0;     ///< > 0
    std::int64_t fromQuantity = 0; ///< `available` at the quarantine as read: compare and swap
    std::string key;               ///< idempotency key, a UUID
    std::string referenceUri;      ///< "gid://counterfoil/Release/<action id>"
    std::string reason;            ///< "restock"
};
/// @pre quantity > 0
[[nodiscard]] PreparedRequest releaseStock(std::string_view version, const ReleaseWrite& write);

/// Only id and poNumber: orderUpdate replaces whole values (shopify.md 1.8).
[[nodiscard]] PreparedRequest setPo(std::string_view version, std::string_view orderGid,
                                    std::string_view poNumber);

/// The balance metafield's text with another balance, edited in place: unknown keys, their order
/// and every other byte stay; the number keeps its count of decimals (more only where the amount
/// needs them), a number in quotes stays in quotes.
/// @param balanceKey "balance". Errors: Undecodable (not a JSON object, no such number), naming
/// the cause.
[[nodiscard]] Result<std::string> withBalance(std::string_view balanceText, money::Money newBalance,
                                              std::string_view balanceKey = "balance");

/// One line of our receipts list beside the balance (law.md 11).
struct ReceiptEntry {
    ActionId action;
    std::int64_t units = 0;
    money::Money amount;
    Instant at{};
};
/// The receipts list with @p entry in front, the newest 50 kept; an entry of the same action is
/// replaced. @p receiptsText empty: a new list. Errors: Undecodable when the text is no such list
/// (it is not overwritten).
[[nodiscard]] Result<std::string> receiptsWith(std::string_view receiptsText,
                                               const ReceiptEntry& entry);

} // namespace counterfoil::request::shopify
