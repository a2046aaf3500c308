#include "core/rules/given.h"
#include "core/rules/registry.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

/// When money of this order may leave (law.md 10).
PayAfter payAfter(const Context& context)
{
    const std::optional<PayAfter>& set =
        context.payment.isAccount() ? context.policy.payAfterAccount : context.policy.payAfterCard;
    return set.value_or(context.policy.inspectionRequired ? PayAfter::Inspection
                                                          : PayAfter::Receipt);
}

/// What the site waits for is there now. That it came after the money is over once it is there.
bool isReady(const reconcile::JoinedUnit& unit, PayAfter after)
{
    switch (after) {
    case PayAfter::Approval:
        return true;
    case PayAfter::Receipt:
        return unit.isReceived || unit.isInspected || unit.isKeepItem;
    case PayAfter::Inspection:
        return unit.isInspected || unit.isKeepItem;
    }
    return true;
}

struct Early {
    std::vector<UnitId> units;
    Money amount;
    std::optional<Instant> first, last;
    std::vector<Evidence> evidence;
};

Early earlyOf(const Context& context, PayAfter after)
{
    std::set<UnitId> waiting;
    for (const reconcile::JoinedUnit& unit : context.joined.units) {
        if (!unit.isExchange && !isReady(unit, after))
            waiting.insert(unit.id);
    }
    Early out;
    out.amount = Money::zero(context.expected.currency);
    for (const Given& given : context.given) {
        if (given.means == Given::Means::Balance)
            continue;
        Money part = Money::zero(context.expected.currency);
        for (const auto& [unit, share] : given.shares) {
            if (waiting.count(unit) == 0 || !share.isPositive())
                continue;
            part = part.plus(share).value_or(part);
            out.units.push_back(unit);
        }
        if (!part.isPositive())
            continue;
        out.amount = out.amount.plus(part).value_or(out.amount);
        if (given.at && (!out.first || *given.at < *out.first))
            out.first = given.at;
        if (given.at && (!out.last || *given.at > *out.last))
            out.last = given.at;
        out.evidence.push_back(evidence("amount", amountText(given.amount), given.document));
    }
    return out;
}

void emit(const Context& context, Early early, PayAfter after, Report& report)
{
    Finding finding = startFinding(context, FindingType::PaidBeforeInspection);
    finding.variant = after == PayAfter::Receipt ? "receipt" : "inspection";
    setUnits(context, std::move(early.units), finding);
    setRisk(context, early.amount, RiskKind::Over, finding);
    // Claimed back or accepted by a person: what left is no longer to be stopped, and a raise by
    // "cash left" would be one for every such row.
    finding.since = early.first;
    finding.expected = finding.variant;
    finding.actual = early.amount.decimalText();
    const std::string count = std::to_string(finding.units.size());
    finding.title = Phrase("paid-before." + finding.variant + ".title");
    finding.reason = Phrase("paid-before." + finding.variant + ".reason")
                         .with("amount", amountText(early.amount))
                         .with("count", count)
                         .with("status", context.facts.rma ? context.facts.rma->status.raw : "");
    finding.causeCode = "paid-before-" + finding.variant;
    finding.evidence = std::move(early.evidence);
    report.found(std::move(finding));
}

} // namespace

// Money or a code left for units that the site had wanted to receive or inspect first. Closes when
// that is recorded.
void paidBeforeInspection(const Context& context, Report& report)
{
    if (!context.isReturn()) {
        report.notApplicable(Phrase("trace.no-return"));
        return;
    }
    if (!context.joined.hasUnits || !context.facts.order || !context.facts.order->lines) {
        report.notJudged(Phrase("not-judged.return-unread"));
        return;
    }
    // A return that is off waits for no inspection: what it paid is told by its state.
    if (context.joined.isDead) {
        report.notApplicable(Phrase("trace.return-dead"));
        return;
    }
    const PayAfter after = payAfter(context);
    if (after == PayAfter::Approval) {
        report.notApplicable(Phrase("trace.paid-before.approval"));
        return;
    }
    if (context.payment.kind == reconcile::OrderKind::NotJudged &&
        context.policy.payAfterCard != context.policy.payAfterAccount) {
        report.notJudged(context.payment.problem);
        return;
    }
    Early early = earlyOf(context, after);
    if (early.units.empty()) {
        report.passes(Phrase("trace.paid-before.none"));
        return;
    }
    // An inspection may be noted in ReturnGO that was not read since the money left.
    const bool isReadSince = !context.facts.rma || !early.last ||
                             context.facts.rma->document.observedAt == Instant{} ||
                             context.facts.rma->document.observedAt >= *early.last;
    if (!isReadSince) {
        report.waits(Phrase("trace.waits-for-read").with("platform", "ReturnGO"));
        return;
    }
    emit(context, std::move(early), after, report);
}

} // namespace counterfoil::rules
