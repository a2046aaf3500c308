#include "core/rules/registry.h"

#include <algorithm>
#include <map>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

struct Manual {
    std::vector<const reconcile::ShopRefund*> refunds;
    std::map<LineId, std::int64_t> covered; ///< refunded pieces by line, by hand
    bool isOfAll = false;                   ///< one names no line and is the whole credit
    Money amount;
    std::optional<Instant> newest, oldest;
};

Manual manualRefunds(const Context& context)
{
    Manual out;
    out.amount = Money::zero(context.facts.order->currency);
    for (const reconcile::ShopRefund& row : context.refunds) {
        if (!row.hasMoney() || row.maker != reconcile::RefundMaker::Person)
            continue;
        const Refund& refund = *row.refund;
        out.refunds.push_back(&row);
        out.amount = out.amount.plus(refund.total.presentment).value_or(out.amount);
        out.isOfAll = out.isOfAll || row.isByAmount;
        for (const auto& [line, pieces] : row.pieces)
            out.covered[line] += pieces;
        if (refund.createdAt && (!out.newest || *refund.createdAt > *out.newest))
            out.newest = refund.createdAt;
        if (refund.createdAt && (!out.oldest || *refund.createdAt < *out.oldest))
            out.oldest = refund.createdAt;
    }
    return out;
}

/// Every unit that would be credited is covered by the refunds, or settled by ReturnGO itself.
bool coversUnits(const Context& context, const Manual& manual)
{
    if (manual.isOfAll)
        return true;
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

/// Another open return wants pieces of the same line, the refund names neither, and it is too small
/// for both.
bool maybeOfAnother(const Context& context, const Manual& manual)
{
    const bool isLinked =
        std::all_of(manual.refunds.begin(), manual.refunds.end(),
                    [](const reconcile::ShopRefund* row) { return row->isLinked; });
    if (isLinked || manual.isOfAll)
        return false;
    std::map<LineId, std::int64_t> wanted;
    for (const SiblingUnit& unit : context.facts.siblings) {
        const RmaStatus status = unit.rmaStatus.value;
        const bool isOpen = status != RmaStatus::Done && status != RmaStatus::Rejected &&
                            status != RmaStatus::Canceled;
        if (isOpen && manual.covered.count(unit.line) > 0)
            ++wanted[unit.line];
    }
    return std::any_of(wanted.begin(), wanted.end(), [&](const auto& row) {
        const reconcile::ExpectedLine* line = context.expected.line(row.first);
        const auto own = static_cast<std::int64_t>(line ? line->units.size() : 0);
        return manual.covered.at(row.first) < own + row.second;
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
    for (const reconcile::ShopRefund* row : manual.refunds) {
        const std::vector<UnitId> covered = reconcile::unitsOf(context.facts, context.joined, *row);
        units.insert(units.end(), covered.begin(), covered.end());
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
    for (const reconcile::ShopRefund* row : manual.refunds)
        finding.evidence.push_back(evidence("amount", amountText(row->refund->total.presentment),
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
    const bool isCut =
        std::any_of(manual.refunds.begin(), manual.refunds.end(),
                    [](const reconcile::ShopRefund* row) { return !row->refund->linesComplete; });
    if (!coversUnits(context, manual)) {
        if (isCut)
            report.notJudged(Phrase("not-judged.refund-cut"));
        else
            report.passes(Phrase("trace.manual-refund.part"));
        return;
    }
    if (maybeOfAnother(context, manual)) {
        report.notJudged(Phrase("not-judged.refund-shared"));
        return;
    }
    if (!areSweepsPassed(context, manual)) {
        report.waits(Phrase("trace.waits-for-read").with("platform", "ReturnGO"));
        return;
    }
    emit(context, manual, report);
}

} // namespace counterfoil::rules
