#include "core/platform/shopify/larger_pages.h"

#include "core/decode/shopify.h"

#include <algorithm>
#include <cstdint>

namespace counterfoil::platform {

namespace {

namespace shop = decode::shopify;
using request::shopify::PageSize;
using Sizes = std::vector<PageSize>;

// Points of OrderMoney by the formula of shopify.md 3.2: a refund costs 21 and 6 for each of its
// lines; what stands beside the refunds costs 142 with its 25 payments.
constexpr std::int64_t kPoints = 930;
constexpr std::int64_t kBesideRefunds = 142;
constexpr std::int64_t kPerRefund = 21;
constexpr std::int64_t kPerRefundLine = 6;
constexpr std::int64_t kRefunds = 10, kRefundLines = 8; ///< of the document itself
constexpr std::int64_t kRefundLinesMax = 60;
constexpr std::int64_t kReturnLines = 50; ///< of one return at a time: 791 points
constexpr std::int64_t kSales = 50;       ///< of three agreements at a time: 767 points
constexpr std::int64_t kAgreements = 3;

/// Fewer refunds than the document asks for, each with more lines.
Sizes ofMoney(const domain::Order& order)
{
    const auto refunds = static_cast<std::int64_t>(order.refunds->size());
    const bool isCut = std::any_of(order.refunds->begin(), order.refunds->end(),
                                   [](const domain::Refund& row) { return !row.linesComplete; });
    if (!isCut || refunds >= kRefunds)
        return {};
    const std::int64_t asked = refunds + 1; // one more than there are: a new one is not cut unseen
    const std::int64_t lines = std::min(
        ((kPoints - kBesideRefunds) / asked - kPerRefund) / kPerRefundLine, kRefundLinesMax);
    if (lines <= kRefundLines)
        return {};
    return {PageSize("refunds", asked), PageSize("refundLineItems", lines)};
}

Sizes ofReturns(const std::vector<domain::UnknownSeen>& seen)
{
    const bool isCut = std::any_of(seen.begin(), seen.end(), [](const domain::UnknownSeen& row) {
        return row.field != "returns" && row.value.starts_with("cut");
    });
    if (!isCut)
        return {};
    return {PageSize("returns", 1), PageSize("returnLineItems", kReturnLines),
            PageSize("lineItems", kReturnLines)};
}

/// The agreement of the order itself lists every line; only what was edited is asked for.
Sizes ofAgreements(const domain::Order& order)
{
    const bool isCut = std::any_of(order.agreements->begin(), order.agreements->end(),
                                   [](const domain::Agreement& row) {
                                       return row.reason == "ORDER_EDIT" && !row.salesComplete;
                                   });
    if (!isCut)
        return {};
    return {PageSize("agreements", kAgreements), PageSize("sales", kSales)};
}

} // namespace

Sizes largerPages(domain::DocumentKind kind, std::string_view body)
{
    domain::Order order;
    std::vector<domain::UnknownSeen> seen;
    switch (kind) {
    case domain::DocumentKind::OrderMoney:
        return shop::applyOrderMoney(body, order, &seen) ? ofMoney(order) : Sizes();
    case domain::DocumentKind::OrderReturns:
        return shop::applyOrderReturns(body, order, &seen) ? ofReturns(seen) : Sizes();
    case domain::DocumentKind::OrderAgreements:
        return shop::applyOrderAgreements(body, order, &seen) ? ofAgreements(order) : Sizes();
    default:
        return {};
    }
}

} // namespace counterfoil::platform
