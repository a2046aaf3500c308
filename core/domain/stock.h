#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/document.h"

#include <cstdint>
#include <optional>
#include <string>

namespace counterfoil::domain {

/// `available` of one item at one location.
struct StockLevel {
    LocationId location;
    InventoryItemId item;
    std::string sku;
    bool isTracked = true;
    bool isActive = true;
    std::optional<std::int64_t> available; ///< nullopt: not read
    std::optional<Instant> updatedAt;
    DocumentRef document;
};

/// What kind of place a location is, by the site's config. In neither list: Unlisted, stock rules
/// are not judged there.
enum class LocationKind : std::uint8_t { Unlisted, Quarantine, Sellable, Outlet };

} // namespace counterfoil::domain
