#pragma once

#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/time.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace counterfoil::domain {

/// What a stored document describes. The word (documentKindWord) is stored: append only, never
/// rename.
enum class DocumentKind : std::uint8_t {
    Order,           ///< Shopify, one node of OrdersChanged; external id = legacy order id
    OrderLines,      ///< Shopify, the order object of OrderLines, pages merged
    OrderMoney,      ///< Shopify, the order object of OrderMoney
    OrderReturns,    ///< Shopify, the order object of OrderReturns, pages merged
    OrderAgreements, ///< Shopify, the order object of OrderAgreements, pages merged
    Draft,           ///< Shopify, one node of DraftsChanged; external id = legacy draft id
    Account, ///< Shopify, the customer object of AccountMetafield; external id = legacy customer id
    StockLevel, ///< Shopify, one node of LocationStock; external id = "<location gid>|<inventory
                ///< item gid>"
    ShopSetup,  ///< Shopify, data of Setup; external id = "setup"
    Purchase,   ///< SparkLayer, one full purchase; external id = Shopify's legacy order id when
                ///< known, else the purchase id
    PurchaseTransactions, ///< SparkLayer, reply of GET .../transactions; external id as Purchase
    Rma,                  ///< ReturnGO, reply of GET /rma/{id}; external id = RMA id
    RmaSummary,           ///< ReturnGO, one row of GET /rmas; external id = RMA id
    RmaTransaction,       ///< ReturnGO, one row of GET /transactions; external id = transaction id
    PriceExplanation,     ///< SparkLayer, today's price of a SKU for a customer; external id =
                          ///< "<customer>|<sku>"
    SparkStock            ///< SparkLayer, one row of batch-fetch-stock; external id = SKU
};
[[nodiscard]] std::string_view documentKindWord(DocumentKind kind);

/// Which version of which document a value was read from.
struct DocumentRef {
    Platform platform = Platform::None;
    DocumentKind kind = DocumentKind::Order;
    std::string externalId;
    std::int64_t version = 0; ///< 1 for the first one seen; 0 = not from a stored document
    Instant observedAt{};     ///< when this version was last seen unchanged
    bool operator==(const DocumentRef&) const = default;
};

} // namespace counterfoil::domain
