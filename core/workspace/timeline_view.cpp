#include "core/workspace/timeline_view.h"

#include "core/base/text.h"
#include "core/reconcile/joined.h"

#include <fmt/format.h>

#include <algorithm>

namespace counterfoil::workspace {

namespace {

using view::System;

void add(view::TimelineView& timeline, System lane, const std::optional<Instant>& at,
         std::string text, bool isPhysical = false)
{
    if (at)
        timeline.events.push_back({lane, *at, std::move(text), isPhysical, false});
}

void addShopify(const domain::CaseFacts& facts, view::TimelineView& out)
{
    if (!facts.order)
        return;
    const domain::Order& order = *facts.order;
    add(out, System::Shopify, order.createdAt, "ordered");
    for (const domain::ShopifyReturn* row : reconcile::returnsOf(facts)) {
        add(out, System::Shopify, row->createdAt, "return opened");
        add(out, System::Shopify, row->closedAt, "return closed");
        for (const domain::Disposition& one : row->dispositions)
            add(out, System::Shopify, one.createdAt,
                fmt::format("{} {}", one.quantity, folded(one.type.raw)), true);
    }
    if (order.refunds) {
        for (const domain::Refund& refund : *order.refunds)
            add(out, System::Shopify, refund.createdAt,
                refund.total.presentment.isZero()
                    ? "refund without money"
                    : "refund " + refund.total.presentment.groupedText());
    }
    if (order.agreements) {
        for (const domain::Agreement& row : *order.agreements) {
            if (row.reason == "ORDER_EDIT")
                add(out, System::Shopify, row.happenedAt, "order edited");
        }
    }
}

void addReturnGo(const domain::CaseFacts& facts, view::TimelineView& out)
{
    if (!facts.rma)
        return;
    const domain::Rma& rma = *facts.rma;
    add(out, System::ReturnGo, rma.createdAt, "requested");
    add(out, System::ReturnGo, rma.approvedAt, "approved");
    add(out, System::ReturnGo, rma.receivedAt, "received", true);
    for (const domain::RmaUnit& unit : rma.units)
        add(out, System::ReturnGo, unit.validation.at, unit.sku + " validated", true);
    for (const domain::RmaTransaction& row : rma.transactions)
        add(out, System::ReturnGo, row.createdAt,
            fmt::format("{} {} {}", row.type.raw, row.amount.presentment.groupedText(),
                        folded(row.status.raw)));
}

void addSparkLayer(const domain::CaseFacts& facts, view::TimelineView& out)
{
    if (facts.purchase)
        add(out, System::SparkLayer,
            facts.purchase->placedAt ? facts.purchase->placedAt : facts.purchase->createdAt,
            "purchase placed");
    const domain::AccountObservation* before = nullptr;
    bool hasMoved = false;
    for (const domain::AccountObservation& now : facts.accountHistory) {
        if (before && before->balance && now.balance && *before->balance != *now.balance) {
            hasMoved = true;
            add(out, System::SparkLayer, now.observedAt,
                fmt::format("owed {}, was {}", now.balance->groupedText(),
                            before->balance->groupedText()));
        }
        before = &now;
    }
    if (facts.account && facts.account->balance && !hasMoved)
        out.laneNotes[System::SparkLayer] =
            "no change, balance owed " + facts.account->balance->groupedText();
}

void addOwn(const domain::CaseFacts& facts, view::TimelineView& out)
{
    for (const domain::OwnAction& action : facts.actions) {
        if (!domain::mayHaveTakenEffect(action.state))
            continue;
        const bool isCredit = action.kind == domain::ActionKind::Credit;
        const std::string what = isCredit ? "credit " + action.amount.groupedText()
                                 : action.kind == domain::ActionKind::Release ? "release"
                                                                              : "PO written";
        add(out, isCredit ? System::SparkLayer : System::Shopify, action.sentAt,
            fmt::format("our {}, {}", what, domain::actionStateWord(action.state)),
            action.kind == domain::ActionKind::Release);
    }
}

/// The drift began with the newest thing that happened at or before it.
void markDrift(const domain::Judgement& judgement, view::TimelineView& out)
{
    for (const domain::Finding& finding : judgement.findings) {
        if (finding.since && (!out.driftSince || *finding.since < *out.driftSince))
            out.driftSince = finding.since;
    }
    if (!out.driftSince)
        return;
    for (auto event = out.events.rbegin(); event != out.events.rend(); ++event) {
        if (event->at <= *out.driftSince) {
            event->isDriftStart = true;
            return;
        }
    }
}

} // namespace

view::TimelineView timelineOf(const domain::CaseFacts& facts, const domain::Judgement& judgement)
{
    view::TimelineView out;
    addShopify(facts, out);
    addReturnGo(facts, out);
    addSparkLayer(facts, out);
    addOwn(facts, out);
    std::stable_sort(
        out.events.begin(), out.events.end(),
        [](const view::TimelineEvent& a, const view::TimelineEvent& b) { return a.at < b.at; });
    markDrift(judgement, out);
    return out;
}

} // namespace counterfoil::workspace
