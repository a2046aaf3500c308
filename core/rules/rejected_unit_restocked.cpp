#include "core/rules/registry.h"
#include "core/rules/stock_facts.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;

namespace {

bool isRefused(const reconcile::JoinedUnit& unit)
{
    return unit.isInspected && unit.verdict &&
           (*unit.verdict == UnitVerdict::Damaged || *unit.verdict == UnitVerdict::WrongItem ||
            *unit.verdict == UnitVerdict::Missing);
}

void addLine(const Context& context, const reconcile::JoinedLine& line, const Sellable& sellable,
             Astray& out)
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
    // Pieces of a line are alike: which of the refused ones were put away nobody can tell.
    out.add(context, order, count, std::move(refused), sellable.at);
}

} // namespace

// A unit that failed its inspection, or never came, counts as sellable (law.md 4). The moment of
// the inspection plays no part. Closes when the stock is corrected.
void rejectedUnitRestocked(const Context& context, Report& report)
{
    if (!areStockFactsRead(context, report))
        return;
    // The outlet sells too, unless damaged goods belong there.
    const std::map<LineId, Sellable> sellable =
        sellableOf(context, report, context.policy.destinationDamaged);
    Astray found;
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
    Finding finding = findingOf(context, FindingType::RejectedUnitRestocked, "rejected-restocked",
                                std::move(found));
    finding.finality = Finality::LeavesNow;
    finding.causeCode = "rejected-restocked";
    report.found(std::move(finding));
}

} // namespace counterfoil::rules
