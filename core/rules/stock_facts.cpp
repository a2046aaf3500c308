#include "core/rules/stock_facts.h"

#include "core/reconcile/line_value.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

LocationKind kindOf(const Context& context, const LocationId& location)
{
    const auto found = context.policy.locations.find(location.value);
    return found == context.policy.locations.end() ? LocationKind::Unlisted : found->second;
}

void add(PutAway& sum, std::int64_t quantity, const std::optional<Instant>& at,
         const LocationId& location)
{
    const bool isFirst = sum.quantity == 0;
    sum.quantity += quantity;
    if (isFirst) {
        sum.first = sum.last = at;
        sum.location = location;
        return;
    }
    if (!at || !sum.last)
        sum.first = sum.last = std::nullopt;
    else if (*sum.last < *at) {
        sum.last = at;
        sum.location = location;
    } else if (*at < *sum.first) {
        sum.first = at;
    }
}

bool isOfCase(const Context& context, const Refund& refund)
{
    if (refund.shopifyReturn) {
        const auto returns = reconcile::returnsOf(context.facts);
        return std::any_of(returns.begin(), returns.end(), [&](const ShopifyReturn* back) {
            return back->id == *refund.shopifyReturn;
        });
    }
    return !context.joined.began || !refund.createdAt || *refund.createdAt >= *context.joined.began;
}

bool isRestock(const RefundLine& row)
{
    return (row.restockType == "RETURN" || row.restockType == "LEGACY_RESTOCK") &&
           row.restocked.value_or(true) && row.quantity > 0;
}

} // namespace

std::map<LineId, PutAway> quarantinedOf(const Context& context)
{
    std::map<LineId, PutAway> out, byRefund;
    for (const ShopifyReturn* back : reconcile::returnsOf(context.facts)) {
        for (const Disposition& row : back->dispositions) {
            if (row.type.value == DispositionType::Restocked && row.quantity > 0 &&
                kindOf(context, row.location) == LocationKind::Quarantine)
                add(out[row.line], row.quantity, row.createdAt, row.location);
        }
    }
    for (const Refund& refund : *context.facts.order->refunds) {
        if (!isOfCase(context, refund))
            continue;
        for (const RefundLine& row : refund.lines) {
            if (isRestock(row) && kindOf(context, row.location) == LocationKind::Quarantine)
                add(byRefund[row.line], row.quantity, refund.createdAt, row.location);
        }
    }
    for (const auto& [line, row] : byRefund) {
        const auto found = out.find(line);
        if (found == out.end() || found->second.quantity < row.quantity)
            out[line] = row;
    }
    return out;
}

std::map<LineId, Sellable> sellableOf(const Context& context, Report& report,
                                      const std::string& except)
{
    std::map<LineId, Sellable> out;
    for (const reconcile::Restock& row : context.restocks.rows) {
        if (row.location.empty()) {
            report.notJudged(Phrase("not-judged.restock-place"));
            continue;
        }
        if (row.kind == LocationKind::Unlisted) {
            report.notJudged(
                Phrase("not-judged.location-unlisted").with("location", row.location.value));
            continue;
        }
        if (row.location.value == except)
            continue;
        Sellable& sum = out[row.line];
        sum.quantity += row.quantity;
        if (row.at && (!sum.at || *row.at < *sum.at))
            sum.at = row.at;
    }
    return out;
}

void Astray::add(const Context& context, const OrderLine& line, std::int64_t pieces,
                 std::vector<UnitId> of, const std::optional<Instant>& at)
{
    count += pieces;
    units.insert(units.end(), of.begin(), of.end());
    if (at && (!since || *at < *since))
        since = at;
    addInvoiced(context, line, pieces, value);
}

Finding findingOf(const Context& context, FindingType type, const std::string& words, Astray found)
{
    const std::string count = std::to_string(found.count);
    Finding finding = startFinding(context, type);
    setUnits(context, std::move(found.units), finding);
    if (found.value)
        setRisk(context, *found.value, RiskKind::Stock, finding);
    finding.riskKind = RiskKind::Stock;
    finding.since = found.since;
    finding.expected = "0";
    finding.actual = count;
    finding.title = Phrase(words + ".title").with("count", count);
    finding.reason = Phrase(words + ".reason").with("count", count);
    finding.evidence.push_back(evidence("restocked", count, context.facts.order->returnsRef));
    return finding;
}

bool hasMovement(const Context& context, const OrderLine& line)
{
    for (const ShopifyReturn* back : reconcile::returnsOf(context.facts)) {
        const bool isMoved = std::any_of(
            back->dispositions.begin(), back->dispositions.end(),
            [&](const Disposition& row) { return row.line == line.id || row.line.empty(); });
        if (isMoved)
            return true;
    }
    for (const Refund& refund : *context.facts.order->refunds) {
        const bool isMoved =
            isOfCase(context, refund) &&
            std::any_of(refund.lines.begin(), refund.lines.end(), [&](const RefundLine& row) {
                return row.line == line.id && isRestock(row);
            });
        if (isMoved)
            return true;
    }
    return std::any_of(context.facts.actions.begin(), context.facts.actions.end(),
                       [&](const OwnAction& row) {
                           return row.kind == ActionKind::Release && row.sku == line.sku &&
                                  mayHaveTakenEffect(row.state);
                       });
}

std::int64_t movedBack(const Context& context, const std::string& sku)
{
    std::int64_t moved = 0;
    for (const OwnAction& action : context.facts.actions) {
        const bool isBack = kindOf(context, action.to) == LocationKind::Quarantine;
        if (action.kind == ActionKind::Release && action.sku == sku && isBack &&
            (action.state == ActionState::Confirmed || action.state == ActionState::Settled))
            moved += action.quantity;
    }
    return moved;
}

void addInvoiced(const Context& context, const OrderLine& line, std::int64_t units,
                 std::optional<Money>& sum)
{
    const std::optional<reconcile::LineValue> value = reconcile::LineValue::of(
        line, context.facts.order->taxesIncluded, context.facts.order->currency);
    if (!value)
        return;
    const Money gross = value->valueOf(std::min(units, value->quantity()) * 100).gross;
    sum = sum ? sum->plus(gross).value_or(*sum) : gross;
}

bool areStockFactsRead(const Context& context, Report& report)
{
    if (!context.isReturn()) {
        report.notApplicable(Phrase("trace.no-return"));
        return false;
    }
    if (!context.restocks.isRead || !context.facts.order->lines || !context.joined.hasUnits) {
        report.notJudged(Phrase("not-judged.returns-unread"));
        return false;
    }
    if (!context.restocks.isComplete) {
        report.notJudged(Phrase("not-judged.refund-cut"));
        return false;
    }
    return true;
}

} // namespace counterfoil::rules
