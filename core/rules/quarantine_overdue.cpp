#include "core/rules/registry.h"
#include "core/rules/stock_facts.h"

#include <algorithm>
#include <set>

namespace counterfoil::rules {

using namespace domain;

namespace {

/// `available` of the line's item at the place; nullopt: not read.
std::optional<std::int64_t> levelAt(const Context& context, const OrderLine& line,
                                    const LocationId& place)
{
    for (const StockLevel& level : context.facts.stock) {
        const bool isItem =
            level.item == line.inventoryItem || (level.item.empty() && level.sku == line.sku);
        if (isItem && level.location == place)
            return level.available;
    }
    return std::nullopt;
}

std::set<UnitId> releasedUnits(const Context& context)
{
    std::set<UnitId> out;
    for (const OwnAction& row : context.facts.actions) {
        if (row.kind == ActionKind::Release && mayHaveTakenEffect(row.state))
            out.insert(row.units.begin(), row.units.end());
    }
    return out;
}

struct Overdue {
    Astray astray;
    std::optional<Instant> again; ///< when a younger lot will be over its age
};

void addLine(const Context& context, const reconcile::JoinedLine& line, const PutAway& lot,
             Overdue& out, Report& report)
{
    const OrderLine& order = (*context.facts.order->lines)[line.line];
    const std::set<UnitId> released = releasedUnits(context);
    std::vector<UnitId> units;
    for (const std::size_t i : line.units) {
        const reconcile::JoinedUnit& unit = context.joined.units[i];
        if (!unit.isKeepItem && !unit.isInspected && released.count(unit.id) == 0)
            units.push_back(unit.id);
    }
    if (units.empty())
        return;
    if (!lot.last) {
        report.notJudged(Phrase("not-judged.lot-since").with("sku", order.sku));
        return;
    }
    const Instant until = *lot.last + context.policy.grace.quarantine;
    if (context.now() < until) {
        if (!out.again || until < *out.again)
            out.again = until;
        return;
    }
    const std::optional<std::int64_t> level = levelAt(context, order, lot.location);
    if (!level) {
        report.notJudged(Phrase("not-judged.level-unread").with("sku", order.sku));
        return;
    }
    // Goods that the level no longer shows were taken out by hand.
    const std::int64_t count =
        std::min({lot.quantity, static_cast<std::int64_t>(units.size()), *level});
    if (count <= 0)
        return;
    out.astray.add(context, order, count, std::move(units), lot.last);
}

} // namespace

// Units that came back, lie in quarantine and that nobody has looked at, past the site's limit. A
// release by hand names no return, so what was inspected cannot be told from what was released and
// is not judged here. Closes when nothing is over the age.
void quarantineOverdue(const Context& context, Report& report)
{
    if (!areStockFactsRead(context, report))
        return;
    if (context.joined.isDead || !context.policy.inspectionRequired) {
        report.notApplicable(Phrase("trace.inspection-not-required"));
        return;
    }
    const std::map<LineId, PutAway> lots = quarantinedOf(context);
    Overdue found;
    for (const reconcile::JoinedLine& line : context.joined.lines) {
        const auto lot = lots.find((*context.facts.order->lines)[line.line].id);
        if (lot != lots.end())
            addLine(context, line, lot->second, found, report);
    }
    if (found.again)
        report.judgeAgain(*found.again);
    if (found.astray.count == 0) {
        if (report.open.empty())
            report.passes(Phrase("trace.quarantine.in-time"));
        return;
    }
    const auto days =
        std::chrono::duration_cast<std::chrono::days>(context.now() - *found.astray.since).count();
    Finding finding = findingOf(context, FindingType::QuarantineOverdue, "quarantine-overdue",
                                std::move(found.astray));
    finding.reason.with("days", std::to_string(days));
    finding.causeCode = "quarantine-overdue";
    report.found(std::move(finding));
}

} // namespace counterfoil::rules
