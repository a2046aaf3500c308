#pragma once

#include "core/base/time.h"
#include "core/domain/observation.h"

#include <string>

/// What Shopify's loops share: names, and the mark that a delta starts from.
namespace counterfoil::sync {

inline constexpr const char* kOrders = "shopify/orders-changed";
inline constexpr const char* kFull = "shopify/full-sweep";

/// Newest time of change on a page: the mark the next delta starts from, by the shop's clock.
/// @p mark stays where nothing on the page is newer.
[[nodiscard]] inline std::string newestOf(const domain::DocumentPage& page, std::string mark)
{
    for (const domain::PageDocument& row : page.documents) {
        if (!row.sourceTime)
            continue;
        const auto at = parseInstant(mark);
        if (mark.empty() || !at || *row.sourceTime > *at)
            mark = formatInstant(*row.sourceTime);
    }
    return mark;
}

} // namespace counterfoil::sync
