#include "core/rules/registry.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

bool covers(const RmaTransaction& row, const std::set<UnitId>& units)
{
    return !units.empty() && std::all_of(row.units.begin(), row.units.end(),
                                         [&](const UnitId& id) { return units.count(id) > 0; });
}

/// Units for which money has arrived after all: a later transaction, a refund by hand in Shopify,
/// or the account's credit.
std::set<UnitId> paidUnits(const Context& context)
{
    std::set<UnitId> units = context.settledUnits();
    for (const RmaTransaction& row : context.facts.rma->transactions) {
        if (row.status.value == RmaTransactionStatus::Success &&
            reconcile::isMoneyOut(row.type.value))
            units.insert(row.units.begin(), row.units.end());
    }
    for (const reconcile::ShopRefund& row : context.refunds) {
        if (!row.hasMoney())
            continue;
        for (UnitId& unit : reconcile::unitsOf(context.facts, context.joined, row))
            units.insert(std::move(unit));
    }
    return units;
}

struct Stuck {
    std::vector<const RmaTransaction*> rows;
    bool isFailed = false;
    std::optional<Instant> failedSince, askedSince; ///< the oldest of each
};

void earlier(std::optional<Instant>& at, const std::optional<Instant>& other)
{
    if (other && (!at || *other < *at))
        at = other;
}

/// Money that waits or failed and that nothing has made good since.
Stuck stuckOf(const Context& context, Report& report)
{
    Stuck out;
    const std::set<UnitId> paid = paidUnits(context);
    for (const RmaTransaction& row : context.facts.rma->transactions) {
        if (!reconcile::isMoneyOut(row.type.value))
            continue;
        const bool isFailed = row.status.value == RmaTransactionStatus::Failed;
        const bool isAsked = row.status.value == RmaTransactionStatus::Requested;
        // What failed for a return that is off, or was paid another way, is over.
        const bool isOver = isFailed && (context.joined.isDead || covers(row, paid));
        if ((!isFailed && !isAsked) || isOver)
            continue;
        const std::optional<Instant> since =
            isFailed && row.updatedAt ? row.updatedAt : row.createdAt;
        if (isAsked && !since) {
            report.notJudged(Phrase("not-judged.refund-since").with("transaction", row.id.value));
            continue;
        }
        out.rows.push_back(&row);
        out.isFailed = out.isFailed || isFailed;
        earlier(isFailed ? out.failedSince : out.askedSince, since);
    }
    std::sort(out.rows.begin(), out.rows.end(),
              [](const RmaTransaction* a, const RmaTransaction* b) { return a->id < b->id; });
    return out;
}

void emit(const Context& context, const Stuck& stuck, Report& report)
{
    Finding finding = startFinding(context, FindingType::RefundStuck);
    finding.variant = stuck.isFailed ? "failed" : "requested";
    const money::Currency currency =
        context.facts.order ? context.facts.order->currency : money::Currency();
    std::vector<UnitId> units;
    Money sum = Money::zero(currency);
    bool isSumKnown = !currency.empty();
    for (const RmaTransaction* row : stuck.rows) {
        units.insert(units.end(), row->units.begin(), row->units.end());
        const Result<Money> next = sum.plus(row->amount.presentment.magnitude());
        isSumKnown = isSumKnown && next;
        sum = next.value_or(sum);
        finding.evidence.push_back(evidence(
            "amount", amountText(row->amount.presentment) + " " + row->status.raw, row->document));
    }
    setUnits(context, std::move(units), finding);
    if (isSumKnown)
        setRisk(context, sum, RiskKind::Under, finding);
    finding.expected = "Success";
    finding.actual = stuck.isFailed ? "Failed" : "Requested";
    finding.title = Phrase("refund-stuck." + finding.variant + ".title");
    const std::optional<Instant>& since = stuck.isFailed ? stuck.failedSince : stuck.askedSince;
    finding.reason =
        Phrase("refund-stuck." + finding.variant + ".reason")
            .with("amount", amountText(isSumKnown ? sum : stuck.rows[0]->amount.presentment))
            .with("since", since ? formatInstant(*since).substr(0, 10) : "");
    finding.causeCode = "refund-" + finding.variant;
    finding.since = since;
    if (!stuck.isFailed)
        applyGrace(context, *since, context.policy.grace.refundRequested, finding, report);
    report.found(std::move(finding));
}

} // namespace

// Money that ReturnGO asked for and that has not moved: failed, or requested for too long. Closes
// when its final state is read.
void refundStuck(const Context& context, Report& report)
{
    if (!context.facts.rma) {
        report.notApplicable(Phrase("trace.no-rma"));
        return;
    }
    if (!context.facts.rma->hasDetail) {
        report.notJudged(Phrase("not-judged.return-unread"));
        return;
    }
    const Stuck stuck = stuckOf(context, report);
    if (stuck.rows.empty()) {
        if (report.open.empty())
            report.passes(Phrase("trace.refund-stuck.none"));
        return;
    }
    // "Still requested" is known only once ReturnGO's transactions were read after the limit.
    const auto feed = context.facts.feeds.find(Platform::ReturnGo);
    const Millis limit = context.policy.grace.refundRequested;
    const bool isOld = !stuck.isFailed && context.now() >= *stuck.askedSince + limit;
    const bool isReadSince =
        feed != context.facts.feeds.end() && feed->second.lastSuccess &&
        *feed->second.lastSuccess >= stuck.askedSince.value_or(Instant{}) + limit;
    if (isOld && !isReadSince) {
        report.waits(Phrase("trace.waits-for-read").with("platform", "ReturnGO"));
        return;
    }
    emit(context, stuck, report);
}

} // namespace counterfoil::rules
