#include "core/rules/registry.h"
#include "core/rules/stock_facts.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

struct Sellable {
    std::int64_t quantity = 0;
    std::optional<Instant> at;
};

/// Pieces in places that sell: sellable ones, and the outlet unless damaged goods belong there.
std::map<LineId, Sellable> sellableOf(const Context& context, Report& report)
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
        if (row.location.value == context.policy.destinationDamaged)
            continue;
        Sellable& sum = out[row.line];
        sum.quantity += row.quantity;
        if (row.at && (!sum.at || *row.at < *sum.at))
            sum.at = row.at;
    }
    return out;
}

bool isRefused(const reconcile::JoinedUnit& unit)
{
    return unit.isInspected && unit.verdict &&
           (*unit.verdict == UnitVerdict::Damaged || *unit.verdict == UnitVerdict::WrongItem ||
            *unit.verdict == UnitVerdict::Missing);
}

struct Refused {
    std::vector<UnitId> units;
    std::int64_t count = 0;
    std::optional<Money> value;
    std::optional<Instant> at;
};

void addLine(const Context& context, const reconcile::JoinedLine& line, const Sellable& sellable,
             Refused& out)
{
    const OrderLine& order = (*context.facts.order->lines)[line.line];
    std::int64_t passed = 0;
    std::vector<UnitId> refused;
    for (const std::size_t i : line.units) {
        const reconcile::JoinedUnit& unit = context.joined.units[i];
        if (unit.isKeepItem)
            continue;
        if (unit.isPassed())
            ++passed;
        else if (isRefused(unit))
            refused.push_back(unit.id);
    }
    const std::int64_t beyond = sellable.quantity - movedBack(context, order.sku) - passed;
    const std::int64_t count =
        std::clamp<std::int64_t>(beyond, 0, static_cast<std::int64_t>(refused.size()));
    if (count == 0)
        return;
    out.count += count;
    out.units.insert(out.units.end(), refused.begin(), refused.end());
    if (sellable.at && (!out.at || *sellable.at < *out.at))
        out.at = sellable.at;
    addInvoiced(context, order, count, out.value);
}

} // namespace

// A unit that failed its inspection, or never came, counts as sellable (law.md 4). The moment of
// the inspection plays no part. Closes when the stock is corrected.
void rejectedUnitRestocked(const Context& context, Report& report)
{
    if (!areStockFactsRead(context, report))
        return;
    const std::map<LineId, Sellable> sellable = sellableOf(context, report);
    Refused found;
    for (const reconcile::JoinedLine& line : context.joined.lines) {
        const auto row = sellable.find((*context.facts.order->lines)[line.line].id);
        if (row != sellable.end())
            addLine(context, line, row->second, found);
    }
    if (found.count == 0) {
        if (report.open.empty())
            report.passes(Phrase("trace.rejected-restocked.none"));
        return;
    }
    const std::string count = std::to_string(found.count);
    Finding finding = startFinding(context, FindingType::RejectedUnitRestocked);
    setUnits(context, std::move(found.units), finding);
    if (found.value)
        setRisk(context, *found.value, RiskKind::Stock, finding);
    finding.riskKind = RiskKind::Stock;
    finding.finality = Finality::LeavesNow;
    finding.since = found.at;
    finding.expected = "0";
    finding.actual = count;
    finding.title = Phrase("rejected-restocked.title").with("count", count);
    finding.reason = Phrase("rejected-restocked.reason").with("count", count);
    finding.causeCode = "rejected-restocked";
    finding.evidence.push_back(evidence("restocked", count, context.facts.order->returnsRef));
    report.found(std::move(finding));
}

} // namespace counterfoil::rules
