#include "core/rules/case_drift.h"

#include "core/reconcile/case_states.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;

std::vector<UnitId> allUnits(const Context& context)
{
    std::vector<UnitId> units;
    for (const reconcile::JoinedUnit& unit : context.joined.units)
        units.push_back(unit.id);
    return units;
}

std::optional<Instant> laterOf(std::optional<Instant> a, std::optional<Instant> b)
{
    return a && b ? std::optional(std::max(*a, *b)) : std::nullopt;
}

bool wasReadSince(const Context& context, Platform platform, Instant at, Report& report)
{
    if (reconcile::isReadSince(context.facts, context.policy, platform, at))
        return true;
    const char* name = platform == Platform::Shopify ? "Shopify" : "ReturnGO";
    report.waits(Phrase("trace.waits-for-read").with("platform", name));
    return false;
}

bool hasKnownStatus(const Context& context, Report& report)
{
    if (!context.facts.rma) {
        report.notApplicable(Phrase("trace.no-rma"));
        return false;
    }
    const Coded<RmaStatus>& status = context.facts.rma->status;
    if (status.value == RmaStatus::Unknown) {
        report.notJudged(Phrase("not-judged.rma-status").with("word", status.raw));
        return false;
    }
    return true;
}

} // namespace counterfoil::rules
