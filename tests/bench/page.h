#pragma once

#include <cstddef>
#include <string>

namespace counterfoil::bench {

/// One order of a page as Shopify sends it to OrdersChanged, with its line items beside it; made-up
/// companies. @p number picks the order, @p revision the state of it: another one differs in its
/// times and its note.
[[nodiscard]] std::string orderNode(std::size_t number, int revision, bool withLines);

/// A whole answer with @p count orders: 250 of them with lines are 2.3 MB.
[[nodiscard]] std::string orderPage(std::size_t count, int revision);

/// Name of an order ("B2B-1042") and its id.
[[nodiscard]] std::string orderName(std::size_t number);
[[nodiscard]] std::string orderId(std::size_t number);

} // namespace counterfoil::bench
