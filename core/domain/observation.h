#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/case_facts.h"
#include "core/domain/document.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::domain {

/// What a document can be found and joined by. Empty: it does not say.
struct JoinKeys {
    OrderId order;
    CustomerId customer;
    RmaId rma;
    std::string orderName;    ///< ReturnGO's order name or Shopify's order name
    std::string status;       ///< the record's own status word as sent
    std::string sku;
    std::vector<UnitId> units; ///< units an RMA or a transaction names
    bool hasPo = false;        ///< order heads: any PO source of the head is filled
    bool hasReturn = false;    ///< order heads: return status other than none, or a refund
};

/// One record of a page, cut out of it: the exact bytes that will be stored and decoded again whenever its case is judged.
struct PageDocument {
    DocumentKind kind = DocumentKind::Order;
    std::string externalId;
    std::string body;
    std::optional<Instant> sourceTime; ///< the platform's own time of change
    JoinKeys keys;
    std::vector<UnknownSeen> unknowns;  ///< document refs without version
};

/// A record that would not decode: kept with its reason, while the page goes on.
struct SetAside {
    DocumentKind kind = DocumentKind::Order;
    std::string externalId; ///< empty when not even that could be read
    std::string reason;     ///< names the field: "items[3].paidPrice.amount: not a decimal"
    std::string body;       ///< clipped to 64 KB
};

/// GraphQL cost of one answer (shopify.md 3.2), whole points.
struct QueryCost {
    std::int64_t requested = 0;
    std::optional<std::int64_t> actual;
    std::optional<std::int64_t> available, maximum, restorePerSecond;
};

/// An entry of a GraphQL answer's `errors`.
struct GraphqlError {
    std::string message; ///< clipped, plain
    std::string code;    ///< extensions.code, empty: none
    std::string path;
};

/// A page read from a platform, cut into documents.
struct DocumentPage {
    std::vector<PageDocument> documents;
    std::vector<SetAside> setAside;
    bool hasNextPage = false;
    std::string endCursor;
    std::optional<QueryCost> cost;
    std::vector<GraphqlError> errors; ///< partial data: what is complete was applied
};

} // namespace counterfoil::domain
