#include "core/rules/case_drift.h"
#include "core/rules/registry.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;

// A returned unit that maps to no order line: ReturnGO names a line that the order does not have,
// or names none and the SKU decides nothing. Closes when it maps, or a person accepts it.
void returnLineUnmatched(const Context& context, Report& report)
{
    if (!hasKnownStatus(context, report))
        return;
    if (context.joined.isDead) {
        report.notApplicable(Phrase("trace.unmatched.ended"));
        return;
    }
    std::vector<UnitId> units;
    std::string sku;
    bool isUnread = !context.joined.hasUnits;
    for (const reconcile::JoinedUnit& unit : context.joined.units) {
        isUnread = isUnread || unit.match == reconcile::Match::Unread;
        if (unit.match != reconcile::Match::Unmatched && unit.match != reconcile::Match::Ambiguous)
            continue;
        if (units.empty())
            sku = unit.sku;
        units.push_back(unit.id);
    }
    if (isUnread) {
        report.notJudged(Phrase("not-judged.lines-unread"));
        return;
    }
    if (units.empty()) {
        report.passes(Phrase("trace.unmatched.none"));
        return;
    }
    const std::string count = std::to_string(units.size());
    Finding finding = startFinding(context, FindingType::ReturnLineUnmatched);
    setUnits(context, std::move(units), finding);
    finding.since = context.facts.rma->createdAt;
    finding.expected = "0";
    finding.actual = count;
    finding.title = Phrase("unmatched.title").with("count", count);
    finding.reason = Phrase("unmatched.reason").with("count", count).with("sku", sku);
    finding.causeCode = "line-unmatched";
    finding.evidence.push_back(evidence("units", count, context.facts.rma->document));
    report.found(std::move(finding));
}

} // namespace counterfoil::rules
