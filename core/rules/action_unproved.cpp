#include "core/rules/registry.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;

namespace {

/// An unknown outcome is being read back; only when that took this long a person is called.
constexpr Millis kReadBack = std::chrono::minutes(10);

Owner ownerOf(ActionKind kind)
{
    switch (kind) {
    case ActionKind::Credit:
        return Owner::Finance;
    case ActionKind::Release:
        return Owner::Warehouse;
    case ActionKind::SetPo:
        return Owner::CustomerService;
    }
    return Owner::Finance;
}

void emit(const Context& context, const OwnAction& action, Report& report)
{
    Finding finding = startFinding(context, FindingType::ActionUnproved);
    if (context.policy.owners.count(FindingType::ActionUnproved) == 0)
        finding.owner = ownerOf(action.kind);
    finding.subject = action.id.value;
    finding.variant = std::string(actionStateWord(action.state));
    finding.sku = action.sku;
    finding.units = action.units;
    std::sort(finding.units.begin(), finding.units.end());
    const std::string kind(actionKindWord(action.kind));
    finding.title = Phrase("action-unproved." + kind + ".title");
    finding.reason = Phrase("action-unproved." + finding.variant + ".reason");
    finding.causeCode = "unproved-" + finding.variant;
    finding.since = action.changedAt;
    if (action.kind == ActionKind::Credit && !action.amount.currency().empty())
        setRisk(context, action.amount, RiskKind::Under, finding);
    if (action.state == ActionState::Unknown)
        applyGrace(context, action.changedAt, kReadBack, finding, report);
    report.found(std::move(finding));
}

} // namespace

// A write of ours was sent and its result is not proved. Closes when its outcome is recorded. A
// credit that SparkLayer wrote over is told by credit-not-posted, with what to do.
void actionUnproved(const Context& context, Report& report)
{
    const OwnAction* undone = reconcile::overwrittenCredit(context.facts);
    for (const OwnAction& action : context.facts.actions) {
        const bool isOpen = action.state == ActionState::Unknown ||
                            action.state == ActionState::Stuck ||
                            action.state == ActionState::Drift;
        if (isOpen && &action != undone)
            emit(context, action, report);
    }
    if (report.findings.empty())
        report.passes(Phrase("trace.actions.proved"));
}

} // namespace counterfoil::rules
