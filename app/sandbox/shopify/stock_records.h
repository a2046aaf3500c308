#pragma once

#include "app/sandbox/world/shop_types.h"

#include <optional>
#include <string>
#include <vector>

namespace counterfoil::sandbox::shopify {

/// One named figure of a level.
struct QuantityRef {
    const InventoryLevel* level = nullptr;
    std::string name;
};

struct AdjustmentChange {
    std::string name;
    std::int64_t delta = 0;
    std::optional<std::int64_t> after; ///< null where the shop does not tell
    Id inventoryItemId = 0;
    Id locationId = 0;
};

/// What one stock mutation changed; kept by value for replay under its idempotency key.
struct AdjustmentGroup {
    Id id = 0;
    Instant createdAt = 0;
    std::string reason;
    std::string referenceDocumentUri;
    std::vector<AdjustmentChange> changes;
};

} // namespace counterfoil::sandbox::shopify
