#include "core/rules/registry.h"
#include "core/rules/stock_facts.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;

namespace {

void addLine(const Context& context, const reconcile::JoinedLine& line, const Sellable& sellable,
             Astray& out)
{
    const OrderLine& order = (*context.facts.order->lines)[line.line];
    std::int64_t passed = 0;
    std::int64_t judgedBad = 0;
    std::vector<UnitId> open;
    for (const std::size_t i : line.units) {
        const reconcile::JoinedUnit& unit = context.joined.units[i];
        if (unit.isKeepItem)
            continue;
        if (unit.isPassed()) {
            ++passed;
            continue;
        }
        // Found bad first and sold all the same is another finding (rejected-unit-restocked).
        if (unit.isInspected && sellable.at && unit.inspectedAt &&
            *unit.inspectedAt <= *sellable.at) {
            ++judgedBad;
            continue;
        }
        open.push_back(unit.id);
    }
    const std::int64_t all =
        std::max<std::int64_t>(0, sellable.quantity - movedBack(context, order.sku));
    const std::int64_t count =
        std::min<std::int64_t>(std::max<std::int64_t>(0, all - passed - judgedBad),
                               static_cast<std::int64_t>(open.size()));
    if (count == 0)
        return;
    out.add(context, order, count, std::move(open), sellable.at);
}

} // namespace

// Returned pieces that count as sellable although nobody looked at them (law.md 4). The moment of
// an inspection plays no part once it passed. Closes when they are in quarantine or passed.
void restockedBeforeInspection(const Context& context, Report& report)
{
    if (!context.isReturn()) {
        report.notApplicable(Phrase("trace.no-return"));
        return;
    }
    if (!context.policy.inspectionRequired) {
        report.notApplicable(Phrase("trace.inspection-not-required"));
        return;
    }
    if (!context.restocks.isRead || !context.facts.order->lines || !context.joined.hasUnits) {
        report.notJudged(Phrase("not-judged.returns-unread"));
        return;
    }
    if (!context.restocks.isComplete)
        report.notJudged(Phrase("not-judged.refund-cut"));
    const std::map<LineId, Sellable> sellable = sellableOf(context, report);
    Astray found;
    for (const reconcile::JoinedLine& line : context.joined.lines) {
        const auto row = sellable.find((*context.facts.order->lines)[line.line].id);
        if (row != sellable.end())
            addLine(context, line, row->second, found);
    }
    if (found.count == 0) {
        if (report.open.empty())
            report.passes(Phrase("trace.restocked.none"));
        return;
    }
    // Wrong at once, but after the next read of every platform involved (law.md 5): an inspection
    // noted in ReturnGO a minute earlier may not have been read yet.
    const bool isReadSince = !context.facts.rma || !found.since ||
                             context.facts.rma->document.observedAt == Instant{} ||
                             context.facts.rma->document.observedAt >= *found.since;
    if (!isReadSince) {
        report.waits(Phrase("trace.waits-for-read").with("platform", "ReturnGO"));
        return;
    }
    Finding finding =
        findingOf(context, FindingType::RestockedBeforeInspection, "restocked", std::move(found));
    finding.finality = Finality::LeavesNow;
    finding.causeCode = "restocked-uninspected";
    report.found(std::move(finding));
}

} // namespace counterfoil::rules
