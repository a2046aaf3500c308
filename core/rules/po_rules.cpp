#include "core/reconcile/po.h"
#include "core/rules/registry.h"

namespace counterfoil::rules {

using namespace domain;

namespace {

/// Only account orders of a live return, and only where this buyer must give a PO (law.md 10).
bool isApplicable(const Context& context, Report& report)
{
    if (!context.isReturn() || context.joined.isDead) {
        report.notApplicable(Phrase("trace.no-return"));
        return false;
    }
    if (!context.facts.order) {
        report.notJudged(Phrase("not-judged.order-unread"));
        return false;
    }
    if (!reconcile::isPoRequired(context.facts, context.policy)) {
        report.notApplicable(Phrase("trace.po.not-required"));
        return false;
    }
    if (context.payment.kind == reconcile::OrderKind::NotJudged) {
        report.notJudged(context.payment.problem);
        return false;
    }
    if (!context.payment.isAccount()) {
        report.notApplicable(Phrase("trace.po.not-account"));
        return false;
    }
    return true;
}

/// Near a credit note it matters more (product.md 2).
void raiseNearCredit(const Context& context, Finding& finding)
{
    if (context.expected.due.gross.isPositive() && finding.severity == Severity::Low)
        finding.severity = Severity::Medium;
}

} // namespace

// No PO in any place. Closes when any place holds one.
void poMissing(const Context& context, Report& report)
{
    if (!isApplicable(context, report))
        return;
    const reconcile::PoNumber po = reconcile::poOf(context.facts, context.policy);
    if (!po.sources.empty()) {
        report.passes(Phrase(po.isInShopify() ? "trace.po.present" : "trace.po.not-in-shopify")
                          .with("po", po.value));
        return;
    }
    if (!po.isPurchaseRead) {
        report.notJudged(Phrase("not-judged.purchase-unread"));
        return;
    }
    Finding finding = startFinding(context, FindingType::PoMissing);
    raiseNearCredit(context, finding);
    finding.since = context.facts.order->createdAt;
    finding.expected = "a PO number";
    finding.title = Phrase("po-missing.title");
    finding.reason = Phrase("po-missing.reason");
    finding.causeCode = "po-missing";
    finding.evidence.push_back(evidence("po", "", context.facts.order->head));
    report.found(std::move(finding));
}

// Two places hold different PO numbers. Closes when they agree after trim and case fold.
void poConflict(const Context& context, Report& report)
{
    if (!isApplicable(context, report))
        return;
    const reconcile::PoNumber po = reconcile::poOf(context.facts, context.policy);
    if (!po.conflict) {
        if (!po.isPurchaseRead)
            report.notJudged(Phrase("not-judged.purchase-unread"));
        else
            report.passes(Phrase("trace.po.agree").with("po", po.value));
        return;
    }
    const reconcile::PoSource& first = po.sources.front();
    const reconcile::PoSource& other = po.sources[*po.conflict];
    Finding finding = startFinding(context, FindingType::PoConflict);
    raiseNearCredit(context, finding);
    finding.since = context.facts.order->createdAt;
    finding.expected = first.value;
    finding.actual = other.value;
    finding.title = Phrase("po-conflict.title");
    finding.reason = Phrase("po-conflict.reason")
                         .with("first", first.value)
                         .with("firstplace", std::string(platformName(first.platform)))
                         .with("other", other.value)
                         .with("otherplace", std::string(platformName(other.platform)));
    finding.causeCode = "po-conflict";
    finding.evidence.push_back(evidence("po", first.value, first.document));
    finding.evidence.push_back(evidence("po", other.value, other.document));
    report.found(std::move(finding));
}

} // namespace counterfoil::rules
