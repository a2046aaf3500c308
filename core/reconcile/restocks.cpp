#include "core/reconcile/restocks.h"

#include <algorithm>
#include <map>

namespace counterfoil::reconcile {

using namespace domain;

namespace {

using Key = std::pair<LineId, LocationId>;
using Rows = std::map<Key, Restock>;

void add(Rows& rows, const LineId& line, const LocationId& location, std::int64_t quantity,
         std::optional<Instant> at, std::string evidence, std::string id)
{
    Restock& row = rows[{line, location}];
    row.line = line;
    row.location = location;
    row.quantity += quantity;
    if (at && (!row.at || *at < *row.at))
        row.at = at;
    if (row.evidence.empty() || id < row.evidenceId) {
        row.evidence = std::move(evidence);
        row.evidenceId = std::move(id);
    }
}

Rows fromDispositions(const CaseFacts& facts)
{
    Rows rows;
    for (const ShopifyReturn* back : returnsOf(facts)) {
        for (const Disposition& row : back->dispositions) {
            if (row.type.value == DispositionType::Restocked && row.quantity > 0)
                add(rows, row.line, row.location, row.quantity, row.createdAt, "disposition",
                    row.id);
        }
    }
    return rows;
}

/// A refund belongs to this case when it hangs on one of its Shopify returns, or touches a
/// returned line after the return began.
bool isOfCase(const CaseFacts& facts, const Refund& refund, std::optional<Instant> began)
{
    const std::vector<const ShopifyReturn*> returns = returnsOf(facts);
    if (refund.shopifyReturn) {
        return std::any_of(returns.begin(), returns.end(), [&](const ShopifyReturn* back) {
            return back->id == *refund.shopifyReturn;
        });
    }
    return !began || !refund.createdAt || *refund.createdAt >= *began;
}

Rows fromRefunds(const CaseFacts& facts, Restocks& out)
{
    Rows rows;
    const std::optional<Instant> began = facts.rma ? facts.rma->createdAt : std::nullopt;
    for (const Refund& refund : *facts.order->refunds) {
        if (!isOfCase(facts, refund, began))
            continue;
        out.isComplete = out.isComplete && refund.linesComplete;
        for (const RefundLine& row : refund.lines) {
            // CANCEL books back what never left; NO_RESTOCK books nothing.
            const bool isReturn =
                row.restockType == "RETURN" || row.restockType == "LEGACY_RESTOCK";
            if (isReturn && row.restocked.value_or(true) && row.quantity > 0)
                add(rows, row.line, row.location, row.quantity, refund.createdAt, "refund",
                    refund.id.value);
        }
    }
    return rows;
}

LocationKind kindOf(const Policy& policy, const LocationId& location)
{
    const auto found = policy.locations.find(location.value);
    return found == policy.locations.end() ? LocationKind::Unlisted : found->second;
}

} // namespace

Restocks restocksOf(const CaseFacts& facts, const Policy& policy)
{
    Restocks out;
    if (!facts.order || !facts.order->returns || !facts.order->refunds)
        return out;
    out.isRead = true;
    Rows rows = fromDispositions(facts);
    for (auto& [key, row] : fromRefunds(facts, out)) {
        const auto found = rows.find(key);
        if (found == rows.end() || found->second.quantity < row.quantity)
            rows[key] = std::move(row);
    }
    for (auto& [key, row] : rows) {
        row.kind = kindOf(policy, row.location);
        if (row.kind != LocationKind::Quarantine)
            out.rows.push_back(std::move(row));
    }
    return out;
}

} // namespace counterfoil::reconcile
