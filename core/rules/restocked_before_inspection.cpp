#include "core/rules/registry.h"

#include <algorithm>
#include <map>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

struct Sellable {
    std::int64_t quantity = 0;
    std::optional<Instant> at;
    std::string evidenceId;
    LocationId location;
};

/// Goods of ours that a person already moved back into quarantine.
std::int64_t movedBack(const Context& context, const std::string& sku)
{
    std::int64_t moved = 0;
    for (const OwnAction& action : context.facts.actions) {
        const auto kind = context.policy.locations.find(action.to.value);
        const bool isBack =
            kind != context.policy.locations.end() && kind->second == LocationKind::Quarantine;
        if (action.kind == ActionKind::Release && action.sku == sku && isBack &&
            (action.state == ActionState::Confirmed || action.state == ActionState::Settled))
            moved += action.quantity;
    }
    return moved;
}

/// Sellable pieces by line; places that say nothing are reported.
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
        Sellable& sum = out[row.line];
        sum.quantity += row.quantity;
        if (row.at && (!sum.at || *row.at < *sum.at))
            sum.at = row.at;
        sum.evidenceId = row.evidenceId;
        sum.location = row.location;
    }
    return out;
}

struct Uninspected {
    std::vector<UnitId> units;
    std::int64_t count = 0;
    std::optional<Money> value;
    std::optional<Instant> at;
};

void addLine(const Context& context, const reconcile::JoinedLine& line, const Sellable& sellable,
             Uninspected& out)
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
    out.count += count;
    out.units.insert(out.units.end(), open.begin(), open.end());
    if (sellable.at && (!out.at || *sellable.at < *out.at))
        out.at = sellable.at;
    const std::optional<reconcile::LineValue> value = reconcile::LineValue::of(
        order, context.facts.order->taxesIncluded, context.facts.order->currency);
    if (!value)
        return;
    const Money gross = value->valueOf(count * 100).gross;
    out.value = out.value ? out.value->plus(gross).value_or(gross) : gross;
}

void emit(const Context& context, Uninspected found, Report& report)
{
    Finding finding = startFinding(context, FindingType::RestockedBeforeInspection);
    setUnits(context, std::move(found.units), finding);
    if (found.value)
        setRisk(context, *found.value, RiskKind::Stock, finding);
    finding.riskKind = RiskKind::Stock;
    finding.finality = Finality::LeavesNow;
    finding.since = found.at;
    finding.expected = "0";
    finding.actual = std::to_string(found.count);
    const std::string count = std::to_string(found.count);
    finding.title = Phrase("restocked.title").with("count", count);
    finding.reason = Phrase("restocked.reason").with("count", count);
    finding.causeCode = "restocked-uninspected";
    finding.evidence.push_back(evidence("restocked", count, context.facts.order->returnsRef));
    report.found(std::move(finding));
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
    Uninspected found;
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
    const bool isReadSince = !context.facts.rma || !found.at ||
                             context.facts.rma->document.observedAt == Instant{} ||
                             context.facts.rma->document.observedAt >= *found.at;
    if (!isReadSince) {
        report.waits(Phrase("trace.waits-for-read").with("platform", "ReturnGO"));
        return;
    }
    emit(context, std::move(found), report);
}

} // namespace counterfoil::rules
