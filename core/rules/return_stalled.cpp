#include "core/rules/case_drift.h"
#include "core/rules/registry.h"

#include <fmt/format.h>

namespace counterfoil::rules {

using namespace domain;

namespace {

std::optional<Millis> limitOf(const Grace& grace, RmaStatus status)
{
    switch (status) {
    case RmaStatus::Pending:
        return grace.stalledPending;
    case RmaStatus::Approved:
        return grace.stalledApproved;
    case RmaStatus::Received:
        return grace.stalledReceived;
    case RmaStatus::Validated:
        return grace.stalledValidated;
    case RmaStatus::Done:
    case RmaStatus::Rejected:
    case RmaStatus::Canceled:
    case RmaStatus::Unknown:
        break;
    }
    return std::nullopt;
}

} // namespace

// Too long in one open state (law.md 10, default ages). An age, not a grace window: nothing is
// shown before it. Closes when the RMA moved.
void returnStalled(const Context& context, Report& report)
{
    if (!hasKnownStatus(context, report))
        return;
    const Rma& rma = *context.facts.rma;
    const std::optional<Millis> limit = limitOf(context.policy.grace, rma.status.value);
    if (!limit) {
        report.notApplicable(Phrase("trace.return-stalled.finished"));
        return;
    }
    const bool isPending = rma.status.value == RmaStatus::Pending;
    const std::optional<Instant> since = rma.statusSince ? rma.statusSince
                                         : isPending     ? rma.createdAt
                                                         : std::nullopt;
    if (!since) {
        report.notJudged(Phrase("not-judged.state-since").with("state", rma.status.raw));
        return;
    }
    const Instant until = *since + *limit;
    if (context.now() < until) {
        report.judgeAgain(until);
        report.passes(Phrase("trace.return-stalled.moves").with("status", rma.status.raw));
        return;
    }
    const auto days = std::chrono::duration_cast<std::chrono::days>(context.now() - *since).count();
    Finding finding = startFinding(context, FindingType::ReturnStalled);
    setUnits(context, allUnits(context), finding);
    finding.since = since;
    finding.actual = rma.status.raw;
    finding.title = Phrase("return-stalled.title").with("status", rma.status.raw);
    finding.reason = Phrase("return-stalled.reason")
                         .with("status", rma.status.raw)
                         .with("days", std::to_string(days));
    finding.causeCode = "stalled-" + rma.status.raw;
    finding.evidence.push_back(evidence("status", rma.status.raw, rma.document));
    report.found(std::move(finding));
}

} // namespace counterfoil::rules
