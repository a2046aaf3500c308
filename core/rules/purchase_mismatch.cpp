#include "core/base/text.h"
#include "core/reconcile/line_value.h"
#include "core/rules/case_drift.h"
#include "core/rules/registry.h"

#include <algorithm>
#include <map>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

using Pieces = std::map<std::string, std::int64_t>; ///< by SKU

/// Placed through SparkLayer (sparklayer.md 6.1).
bool isSparkOrder(const Order& order)
{
    return order.attribute("sparkCartId") || order.attribute("sparkPaymentType");
}

struct Mismatch {
    std::string variant, expected, actual;
    std::string sku;
    std::optional<Instant> since;
    DocumentRef document;
};

/// Pieces of a line that order edits added and took away.
void editsOf(const Order& order, const LineId& line, std::int64_t& added, std::int64_t& removed)
{
    for (const Agreement& row : *order.agreements) {
        if (row.reason != "ORDER_EDIT")
            continue;
        for (const AgreementSale& sale : row.sales) {
            if (sale.line != line || !sale.quantity)
                continue;
            if (sale.action == "ORDER")
                added += std::max(*sale.quantity, -*sale.quantity);
            else if (sale.action == "RETURN")
                removed += std::max(*sale.quantity, -*sale.quantity);
        }
    }
}

/// The order as placed, and as placed plus edits. Refunded and returned quantities play no part:
/// SparkLayer keeps the original figures (law.md 10). False: an edit is not known.
bool piecesOf(const Order& order, Pieces& placed, Pieces& edited)
{
    if (order.isEdited && !order.agreements)
        return false;
    for (const OrderLine& line : *order.lines) {
        std::int64_t added = 0, removed = 0;
        if (order.agreements)
            editsOf(order, line.id, added, removed);
        placed[line.sku] += line.quantity - added;
        edited[line.sku] += line.quantity - removed;
    }
    return true;
}

std::optional<Instant> lastEdit(const Order& order)
{
    std::optional<Instant> at = order.createdAt;
    if (order.agreements) {
        for (const Agreement& row : *order.agreements) {
            if (row.reason == "ORDER_EDIT" && (!at || *at < row.happenedAt))
                at = row.happenedAt;
        }
    }
    return at;
}

/// Whether the packages only tell what was ordered; a returned or cancelled one repeats lines.
bool isPlain(const Purchase& purchase)
{
    return std::all_of(purchase.lines->begin(), purchase.lines->end(), [](const PurchaseLine& row) {
        const std::string type = folded(trimmed(row.packageType));
        return type != "returned" && type != "cancelled" && type != "canceled" && !row.sku.empty();
    });
}

std::optional<Mismatch> quantityMismatch(const Context& context, Report& report)
{
    const Order& order = *context.facts.order;
    const Purchase& purchase = *context.facts.purchase;
    if (!purchase.lines || !order.lines) {
        report.notJudged(Phrase("not-judged.purchase-lines"));
        return std::nullopt;
    }
    const bool hasPlainLines = std::all_of(order.lines->begin(), order.lines->end(),
                                           [](const OrderLine& row) { return !row.sku.empty(); });
    Pieces placed, edited, theirs;
    if (!hasPlainLines || !isPlain(purchase) || !piecesOf(order, placed, edited)) {
        report.notJudged(Phrase("not-judged.purchase-lines"));
        return std::nullopt;
    }
    for (const PurchaseLine& row : *purchase.lines)
        theirs[row.sku] += row.quantity;
    Pieces all = placed;
    all.insert(theirs.begin(), theirs.end());
    for (const auto& [sku, unused] : all) {
        const std::int64_t has = theirs[sku];
        // Whether SparkLayer follows an edit is not known: both figures are right.
        if (has == placed[sku] || has == edited[sku])
            continue;
        return Mismatch{"quantity",          std::to_string(edited[sku]),
                        std::to_string(has), sku,
                        lastEdit(order),     purchase.document};
    }
    return std::nullopt;
}

/// The order's total still stands as placed: nothing was refunded, processed or edited.
bool isTotalAsPlaced(const Order& order)
{
    if (!order.currentTotal || order.isEdited || !order.refunds || !order.refunds->empty() ||
        !order.returns)
        return false;
    return std::all_of(order.returns->begin(), order.returns->end(), [](const ShopifyReturn& row) {
        return std::all_of(row.lines.begin(), row.lines.end(), [](const ShopifyReturnLine& line) {
            return line.processedQuantity == 0 && line.refundedQuantity == 0;
        });
    });
}

std::optional<Mismatch> totalMismatch(const Context& context)
{
    const Order& order = *context.facts.order;
    const Purchase& purchase = *context.facts.purchase;
    if (!purchase.total || !order.lines || !isTotalAsPlaced(order))
        return std::nullopt;
    const Money& ours = order.currentTotal->presentment;
    const Result<Money> apart = purchase.total->minus(ours);
    std::int64_t allowed = 0;
    for (const OrderLine& line : *order.lines)
        allowed += reconcile::toleranceMinor(line.quantity);
    if (!apart || apart->magnitude().minor() <= allowed)
        return std::nullopt;
    return Mismatch{"total", ours.decimalText(), purchase.total->decimalText(),
                    "",      order.createdAt,    purchase.document};
}

std::optional<Mismatch> mismatchOf(const Context& context, Report& report)
{
    const Order& order = *context.facts.order;
    const Purchase& purchase = *context.facts.purchase;
    const std::string type = folded(trimmed(purchase.type));
    const std::optional<Instant> placed = purchase.placedAt ? purchase.placedAt : order.createdAt;
    if (type == "order_unconfirmed" || type == "awaiting_approval")
        return Mismatch{"unconfirmed", "order", purchase.type, "", placed, purchase.document};
    if (!purchase.currency.empty() && purchase.currency != order.currency)
        return Mismatch{"currency",
                        std::string(order.currency.code()),
                        std::string(purchase.currency.code()),
                        "",
                        placed,
                        purchase.document};
    if (auto found = quantityMismatch(context, report))
        return found;
    return totalMismatch(context);
}

void emit(const Context& context, const Mismatch& found, Report& report)
{
    if (!found.since) {
        report.notJudged(Phrase("not-judged.order-since"));
        return;
    }
    Finding finding = startFinding(context, FindingType::PurchaseMismatch);
    finding.variant = found.variant;
    finding.expected = found.expected;
    finding.actual = found.actual;
    finding.sku = found.sku;
    const std::string code = "purchase-mismatch." + found.variant;
    finding.title = Phrase(code + ".title");
    finding.reason = Phrase(code + ".reason")
                         .with("expected", found.expected)
                         .with("actual", found.actual)
                         .with("sku", found.sku);
    finding.causeCode = "purchase-" + found.variant;
    finding.evidence.push_back(evidence("purchase", found.actual, found.document));
    applyGrace(context, *found.since, context.policy.grace.purchaseMissing, finding, report);
    report.found(std::move(finding));
}

/// SparkLayer was asked for this order's purchase after both the order and the case were there.
bool wasAsked(const Context& context)
{
    const auto feed = context.facts.feeds.find(Platform::SparkLayer);
    if (!context.facts.isPurchaseRead || feed == context.facts.feeds.end() ||
        !feed->second.lastSuccess)
        return false;
    const Instant asked = *feed->second.lastSuccess;
    const auto& rma = context.facts.rma;
    return (!context.facts.order->createdAt || asked >= *context.facts.order->createdAt) &&
           (!rma || !rma->createdAt || asked >= *rma->createdAt);
}

} // namespace

// SparkLayer's copy of the order is missing, stays unconfirmed, or is unlike the order as placed
// plus its edits (law.md 10). Closes when it agrees.
void purchaseMismatch(const Context& context, Report& report)
{
    if (!context.policy.isSparklayerConnected) {
        report.notApplicable(Phrase("trace.purchase-mismatch.not-connected"));
        return;
    }
    if (!context.facts.order || context.facts.order->cancelledAt ||
        (!context.facts.purchase && !isSparkOrder(*context.facts.order))) {
        report.notApplicable(Phrase("trace.purchase-mismatch.not-spark"));
        return;
    }
    if (!context.facts.purchase) {
        if (!wasAsked(context)) {
            report.notJudged(Phrase("not-judged.purchase-unread"));
            return;
        }
        emit(context,
             {"missing", "order", "none", "", context.facts.order->createdAt,
              context.facts.order->head},
             report);
        return;
    }
    const std::optional<Mismatch> found = mismatchOf(context, report);
    if (found)
        emit(context, *found, report);
    else if (report.open.empty())
        report.passes(Phrase("trace.purchase-mismatch.agrees"));
}

} // namespace counterfoil::rules
