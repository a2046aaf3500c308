#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/coded.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::domain {

enum class ShopifyReturnStatus : std::uint8_t {
    Unknown,
    Requested,
    Open,
    Closed,
    Declined,
    Canceled
};
enum class DispositionType : std::uint8_t {
    Unknown,
    Restocked,
    NotRestocked,
    ProcessingRequired,
    Missing
};

/// What became of returned pieces, and where: the evidence of a restock (shopify.md 4.2).
struct Disposition {
    std::string id;
    Coded<DispositionType> type;
    std::int64_t quantity = 0;
    std::optional<Instant> createdAt;
    LocationId location;       ///< empty: none
    LineId line;               ///< resolved through the reverse line's fulfillment line
    std::string reverseLineId; ///< gid of the ReverseFulfillmentOrderLineItem
};

struct ShopifyReturnLine {
    std::string id; ///< gid
    LineId line;    ///< through fulfillmentLineItem.lineItem; empty for unverified lines
    std::string fulfillmentLineId;
    std::int64_t quantity = 0;
    std::int64_t processedQuantity = 0;
    std::int64_t unprocessedQuantity = 0;
    std::int64_t refundedQuantity = 0;
};

struct ReverseLine {
    std::string id; ///< gid of the ReverseFulfillmentOrderLineItem
    std::string fulfillmentLineId;
    LineId line;
    std::int64_t totalQuantity = 0;
};

struct ShopifyReturn {
    ShopifyReturnId id;
    std::string name; ///< "B2B-1042-R1"
    Coded<ShopifyReturnStatus> status;
    std::optional<Instant> createdAt, approvedAt, closedAt;
    std::int64_t totalQuantity = 0;
    std::vector<ShopifyReturnLine> lines;
    std::vector<ReverseLine> reverseLines;
    std::vector<Disposition> dispositions;
    std::vector<RefundId> refunds;
};

} // namespace counterfoil::domain
