#include "core/rules/registry.h"

#include <algorithm>
#include <map>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

bool contains(const std::vector<std::string>& list, const std::string& value)
{
    return !value.empty() && std::find(list.begin(), list.end(), value) != list.end();
}

/// Made by ReturnGO (its transactions or its app say so) or by this console.
bool isOurs(const Context& context, const Refund& refund)
{
    const Rma& rma = *context.facts.rma;
    const bool isNamed = std::any_of(
        rma.transactions.begin(), rma.transactions.end(),
        [&](const RmaTransaction& row) { return row.externalReferenceId == refund.id.value; });
    if (isNamed || !context.facts.order->agreements)
        return isNamed;
    return std::any_of(context.facts.order->agreements->begin(),
                       context.facts.order->agreements->end(), [&](const Agreement& row) {
                           return row.refund == refund.id &&
                                  (contains(context.policy.returngoAppIds, row.appId) ||
                                   contains(context.policy.consoleAppIds, row.appId));
                       });
}

bool hasMoney(const Refund& refund)
{
    if (!refund.total.presentment.isPositive())
        return false;
    // A refund whose only money movements failed paid nothing.
    return refund.transactions.empty() ||
           std::any_of(refund.transactions.begin(), refund.transactions.end(),
                       [](const PaymentTransaction& row) {
                           return row.status.value == TransactionStatus::Success ||
                                  row.status.value == TransactionStatus::Pending;
                       });
}

struct Manual {
    std::vector<const Refund*> refunds;
    std::map<LineId, std::int64_t> covered; ///< refunded pieces by line, by hand
    Money amount;
    std::optional<Instant> newest, oldest;
};

bool touchesReturn(const Context& context, const Refund& refund)
{
    return std::any_of(refund.lines.begin(), refund.lines.end(), [&](const RefundLine& row) {
        return context.expected.line(row.line) != nullptr;
    });
}

Manual manualRefunds(const Context& context)
{
    Manual out;
    out.amount = Money::zero(context.facts.order->currency);
    for (const Refund& refund : *context.facts.order->refunds) {
        const bool isEarlier =
            context.joined.began && refund.createdAt && *refund.createdAt < *context.joined.began;
        if (isEarlier || !hasMoney(refund) || !touchesReturn(context, refund) ||
            isOurs(context, refund))
            continue;
        out.refunds.push_back(&refund);
        out.amount = out.amount.plus(refund.total.presentment).value_or(out.amount);
        for (const RefundLine& row : refund.lines)
            out.covered[row.line] += row.quantity;
        if (refund.createdAt && (!out.newest || *refund.createdAt > *out.newest))
            out.newest = refund.createdAt;
        if (refund.createdAt && (!out.oldest || *refund.createdAt < *out.oldest))
            out.oldest = refund.createdAt;
    }
    std::sort(out.refunds.begin(), out.refunds.end(),
              [](const Refund* a, const Refund* b) { return a->id < b->id; });
    return out;
}

/// Every unit that would be credited is covered by the refunds, or settled by ReturnGO itself.
bool coversUnits(const Context& context, const Manual& manual)
{
    std::map<LineId, std::int64_t> wanted;
    for (const reconcile::UnitCredit& unit : context.expected.units) {
        const reconcile::UnitMoney* money = context.returngo.unit(unit.unit);
        const bool isPaid = money && money->succeeded.isPositive();
        if (!unit.isExchange && unit.share > 0 && !isPaid)
            ++wanted[unit.line];
    }
    return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), [&](const auto& row) {
        const auto found = manual.covered.find(row.first);
        return found != manual.covered.end() && found->second >= row.second;
    });
}

/// Two complete reads of ReturnGO's transactions have passed since, so that its own refund would be
/// known by now (law.md 10). A store's very first read holds the whole past: there the refund must
/// be older than two reads would have taken.
bool areSweepsPassed(const Context& context, const Manual& manual)
{
    const auto feed = context.facts.feeds.find(Platform::ReturnGo);
    if (!manual.newest || feed == context.facts.feeds.end() || !feed->second.lastSuccess)
        return false;
    if (feed->second.previousSuccess && *feed->second.previousSuccess > *manual.newest)
        return true;
    return *feed->second.lastSuccess - *manual.newest > 2 * context.policy.grace.feedReturngo;
}

void emit(const Context& context, const Manual& manual, Report& report)
{
    Finding finding = startFinding(context, FindingType::ManualRefundOpenReturn);
    std::vector<UnitId> units;
    for (const reconcile::JoinedUnit& unit : context.joined.units) {
        if (unit.hasLine() && manual.covered.count((*context.facts.order->lines)[unit.line].id) > 0)
            units.push_back(unit.id);
    }
    setUnits(context, std::move(units), finding);
    setRisk(context, manual.amount, RiskKind::Over, finding);
    finding.since = manual.oldest;
    finding.expected = "Done";
    finding.actual = context.facts.rma->status.raw;
    finding.title = Phrase("manual-refund.title");
    finding.reason = Phrase("manual-refund.reason")
                         .with("amount", amountText(manual.amount))
                         .with("status", context.facts.rma->status.raw);
    finding.causeCode = "manual-refund";
    for (const Refund* refund : manual.refunds)
        finding.evidence.push_back(evidence("amount", amountText(refund->total.presentment),
                                            context.facts.order->moneyRef));
    finding.evidence.push_back(
        evidence("status", context.facts.rma->status.raw, context.facts.rma->document));
    report.found(std::move(finding));
}

} // namespace

// Somebody refunded the returned units in Shopify, and ReturnGO still waits. Closes when the RMA is
// done, or ReturnGO names the refund.
void manualRefundOpenReturn(const Context& context, Report& report)
{
    if (!context.facts.rma || !context.joined.isOpen) {
        report.notApplicable(Phrase("trace.manual-refund.closed"));
        return;
    }
    if (!context.facts.order || !context.facts.order->refunds || !context.facts.order->lines ||
        !context.facts.rma->hasDetail) {
        report.notJudged(Phrase("not-judged.refunds-unread"));
        return;
    }
    const Manual manual = manualRefunds(context);
    if (manual.refunds.empty()) {
        report.passes(Phrase("trace.manual-refund.none"));
        return;
    }
    const bool isCut = std::any_of(manual.refunds.begin(), manual.refunds.end(),
                                   [](const Refund* row) { return !row->linesComplete; });
    if (!coversUnits(context, manual)) {
        if (isCut)
            report.notJudged(Phrase("not-judged.refund-cut"));
        else
            report.passes(Phrase("trace.manual-refund.part"));
        return;
    }
    if (!areSweepsPassed(context, manual)) {
        report.waits(Phrase("trace.waits-for-read").with("platform", "ReturnGO"));
        return;
    }
    emit(context, manual, report);
}

} // namespace counterfoil::rules
