#pragma once

#include "core/base/result.h"
#include "core/decode/adapter.h"
#include "core/decode/replies.h"
#include "core/domain/observation.h"
#include "core/domain/purchase.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// SparkLayer's words (sparklayer.md). Pure, any thread. Errors of pages: Undecodable.
namespace counterfoil::decode::sparklayer {

using domain::DocumentPage;
using Unknowns = std::vector<domain::UnknownSeen>*;

[[nodiscard]] Result<TokenReply> token(std::string_view body);

/// One row of the purchase list, the short form: says which purchases want their detail read.
struct PurchaseRow {
    PurchaseId id;
    OrderId order; ///< `platform`, empty when SparkLayer names none
    std::string visibleName;
    std::string type;
    std::optional<Instant> updatedAt;
};
struct PurchaseList {
    std::vector<PurchaseRow> rows;
    std::vector<domain::SetAside> setAside;
    std::int64_t received = 0; ///< rows on the page, read or set aside: fewer than the limit ends
};
/// A bare array, or an object that holds one.
[[nodiscard]] Result<PurchaseList> purchaseList(std::string_view body,
                                                const SparklayerAdapter& adapter);
/// keys.status of a Purchase document that says: asked, and there is none. Its body is "null".
inline constexpr std::string_view kAbsentStatus = "absent";

/// One Purchase document; external id = Shopify's order id when it is named, else the purchase id.
[[nodiscard]] Result<DocumentPage> purchaseDetail(std::string_view body,
                                                  const SparklayerAdapter& adapter);
/// One PurchaseTransactions document under the purchase's external id.
[[nodiscard]] Result<DocumentPage> transactions(std::string_view body, std::string externalId,
                                                OrderId order, const SparklayerAdapter& adapter);
/// SparkStock documents, external id = SKU.
[[nodiscard]] Result<DocumentPage> stockRows(std::string_view body,
                                             const SparklayerAdapter& adapter);

/// A price as SparkLayer explains it today: net unit price in minor units, exact.
struct PriceRow {
    std::string sku;
    std::string priceList; ///< empty: not named
    std::int64_t fromQuantity = 1;
    std::optional<money::Fraction> netUnitMinor;
    money::Currency currency;
    std::string error; ///< of a line that was not priced (207)
};
[[nodiscard]] Result<std::vector<PriceRow>> calculatedPrices(std::string_view body);
/// 200 and 207 alike: priced lines, their quantity breaks, and lines with an error.
/// @param currency of prices that come as bare numbers
[[nodiscard]] Result<std::vector<PriceRow>> customerPrices(std::string_view body,
                                                           money::Currency currency);

/// The typed error of an answer that is not a 2xx: problem+json, a bare error list, or no body.
[[nodiscard]] Error replyError(int httpStatus, std::string_view body);

// ---- stored documents -> domain ---------------------------------------------------------------

[[nodiscard]] Result<domain::Purchase>
purchase(std::string_view doc, const SparklayerAdapter& adapter, Unknowns unknowns = nullptr);
/// @param currency of totals that come without one
[[nodiscard]] Result<std::vector<domain::PurchaseTransaction>>
purchaseTransactions(std::string_view doc, const SparklayerAdapter& adapter,
                     money::Currency currency);

struct SparkStockLevel {
    std::string location;
    std::optional<std::int64_t> level;
};
struct SparkStock {
    std::string sku;
    std::vector<SparkStockLevel> levels;
};
[[nodiscard]] Result<SparkStock> stock(std::string_view doc);

} // namespace counterfoil::decode::sparklayer
