#pragma once

#include "core/request/prepared_request.h"

#include <cstdint>
#include <string_view>
#include <vector>

/// How many rows a Shopify document asks for. The documents hold literals (their cost is known
/// beforehand); these functions put other literals into a request that is about to leave.
namespace counterfoil::request::shopify {

struct PageSize {
    PageSize(std::string_view name, std::int64_t rows) : connection(name), first(rows) {}
    std::string_view connection; ///< "refundLineItems"
    std::int64_t first;          ///< 1..250, the platform's own limit
};

/// The connection that a document pages by: "orders" of OrdersChanged. Empty: it is not paged.
[[nodiscard]] std::string_view pagedConnection(std::string_view operation);

/// Puts each size into the first `connection(first: N` of the request's document. A connection
/// that the document does not have is passed over.
void setPageSizes(PreparedRequest& request, const std::vector<PageSize>& sizes);

/// Halves the outermost page that can still be halved: for a query that costs more than one may
/// (shopify.md 3.1). Only lists that say whether they go on are made smaller, so that nothing is
/// cut unseen. @return false when no page is left to halve
[[nodiscard]] bool halvePages(PreparedRequest& request);

} // namespace counterfoil::request::shopify
