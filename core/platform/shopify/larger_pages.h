#pragma once

#include "core/domain/document.h"
#include "core/request/page_sizes.h"

#include <string_view>
#include <vector>

namespace counterfoil::platform {

/// Page sizes with which a part of an order that came cut can be read whole: a wholesale return or
/// refund holds more lines than the document's own sizes allow for, but an order has few of them.
/// The sizes keep within the cost of one query (shopify.md 3.2).
/// @param body the part as read. @return empty: it is whole, or larger pages cannot help
[[nodiscard]] std::vector<request::shopify::PageSize> largerPages(domain::DocumentKind kind,
                                                                  std::string_view body);

} // namespace counterfoil::platform
