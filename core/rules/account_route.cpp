#include "core/rules/account_route.h"

#include "core/reconcile/payment.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

/// Money by this route, as far as it may still leave, has left, or tried to.
struct Flow {
    Money planned, requested, succeeded, failed;
    bool hasPlanned = false, hasRequested = false, hasSucceeded = false, hasFailed = false;
    bool isAmountKnown = true;
    std::set<UnitId> units;
    std::optional<Instant> since;
    std::vector<Evidence> evidence;
};

void add(Money& sum, const Money& part)
{
    sum = sum.plus(part).value_or(sum);
}

void addPlanned(const Context& context, const WrongRoute& route, const std::set<UnitId>& settled,
                Flow& flow)
{
    for (const reconcile::UnitMoney& unit : context.returngo.units) {
        const bool isSet = unit.basis == reconcile::MoneyBasis::PaidPrice &&
                           route.isWanted(unit.route) && settled.count(unit.unit) == 0;
        if (!isSet)
            continue;
        flow.hasPlanned = true;
        flow.units.insert(unit.unit);
        if (unit.problem.code.empty())
            add(flow.planned, unit.amount);
        else
            flow.isAmountKnown = false;
    }
}

bool areSettled(const std::vector<UnitId>& units, const std::set<UnitId>& settled)
{
    return !units.empty() && std::all_of(units.begin(), units.end(),
                                         [&](const UnitId& id) { return settled.count(id) > 0; });
}

void addTransactions(const Context& context, const WrongRoute& route,
                     const std::set<UnitId>& settled, Flow& flow)
{
    std::vector<const RmaTransaction*> rows;
    for (const RmaTransaction& row : context.facts.rma->transactions) {
        if (reconcile::isMoneyOut(row.type.value) &&
            route.isWanted(reconcile::routeOf(row.type.value)))
            rows.push_back(&row);
    }
    std::sort(rows.begin(), rows.end(),
              [](const RmaTransaction* a, const RmaTransaction* b) { return a->id < b->id; });
    for (const RmaTransaction* row : rows) {
        if (row->amount.presentment.currency() != context.expected.currency) {
            flow.isAmountKnown = false;
            continue;
        }
        const Money amount = row->amount.presentment.magnitude();
        switch (row->status.value) {
        case RmaTransactionStatus::Requested:
            flow.hasRequested = true;
            add(flow.requested, amount);
            break;
        case RmaTransactionStatus::Success:
            flow.hasSucceeded = true;
            add(flow.succeeded, amount);
            break;
        case RmaTransactionStatus::Failed:
            // A failure that the account credit has made good, or of a return that is off, is over.
            if (context.joined.isDead || areSettled(row->units, settled))
                continue;
            flow.hasFailed = true;
            add(flow.failed, amount);
            break;
        case RmaTransactionStatus::Unknown:
            continue;
        }
        flow.units.insert(row->units.begin(), row->units.end());
        if (row->createdAt && (!flow.since || *row->createdAt < *flow.since))
            flow.since = row->createdAt;
        Evidence seen =
            evidence("amount", amountText(amount) + " " + row->status.raw, row->document);
        flow.evidence.push_back(std::move(seen));
    }
}

/// A refund that one of ReturnGO's own transactions may be: it is counted there.
bool maybeReturngos(const Rma& rma, const reconcile::ShopRefund& refund)
{
    return refund.maker == reconcile::RefundMaker::Returngo ||
           std::any_of(rma.transactions.begin(), rma.transactions.end(),
                       [](const RmaTransaction& row) {
                           return row.externalReferenceId.empty() &&
                                  row.status.value == RmaTransactionStatus::Success;
                       });
}

/// Refunds that somebody made in Shopify itself, on a gateway, for units of this return.
void addShopifyRefunds(const Context& context, Flow& flow)
{
    for (const reconcile::ShopRefund& row : context.refunds) {
        const bool isCounted = context.facts.rma && !context.facts.rma->transactions.empty() &&
                               maybeReturngos(*context.facts.rma, row);
        if (isCounted || !row.out.isPositive())
            continue;
        flow.hasSucceeded = true;
        add(flow.succeeded, row.out);
        for (UnitId& unit : reconcile::unitsOf(context.facts, context.joined, row))
            flow.units.insert(std::move(unit));
        if (row.refund->createdAt && (!flow.since || *row.refund->createdAt < *flow.since))
            flow.since = row.refund->createdAt;
        flow.evidence.push_back(
            evidence("amount", amountText(row.out), context.facts.order->moneyRef));
    }
}

/// The part that the buyer's own payment does not cover may not leave this way (law.md 2, partly
/// paid); a later payment of the whole made it no account order at all.
Money beyondPaid(const Context& context, const Money& amount)
{
    const Money& captured = context.payment.captured;
    if (captured.currency() != amount.currency() || !captured.isPositive())
        return amount;
    const Money left = amount.minus(captured).value_or(amount);
    return left.isNegative() ? Money::zero(amount.currency()) : left;
}

std::string variantOf(const Flow& flow)
{
    if (flow.hasRequested)
        return "requested";
    if (flow.hasSucceeded)
        return "succeeded";
    return flow.hasPlanned ? "requested" : "failed";
}

Money amountOf(const Context& context, const Flow& flow)
{
    Money amount = flow.planned;
    add(amount, flow.requested);
    add(amount, flow.succeeded);
    // A failed attempt of units for which the refund is still set is that refund.
    if (!flow.hasPlanned && !flow.hasRequested && !flow.hasSucceeded)
        amount = flow.failed;
    return beyondPaid(context, amount);
}

} // namespace

static Flow flowOf(const Context& context, const WrongRoute& route)
{
    Flow flow;
    flow.planned = flow.requested = flow.succeeded = flow.failed =
        Money::zero(context.expected.currency);
    const std::set<UnitId> settled = context.settledUnits();
    if (context.facts.rma && context.facts.rma->hasDetail) {
        addPlanned(context, route, settled, flow);
        addTransactions(context, route, settled, flow);
    }
    if (route.isRefundInShopifyCounted)
        addShopifyRefunds(context, flow);
    return flow;
}

void judgeWrongRoute(const Context& context, const WrongRoute& route, Report& report)
{
    if (!context.isReturn()) {
        report.notApplicable(Phrase("trace.no-return"));
        return;
    }
    if (context.facts.rma && !context.facts.rma->hasDetail) {
        report.notJudged(Phrase("not-judged.return-unread"));
        return;
    }
    const Flow flow = flowOf(context, route);
    const bool isAny = flow.hasPlanned || flow.hasRequested || flow.hasSucceeded || flow.hasFailed;
    if (!isAny) {
        report.passes(Phrase("trace." + route.phrase + ".none"));
        return;
    }
    if (context.payment.kind == reconcile::OrderKind::NotJudged) {
        report.notJudged(context.payment.problem);
        return;
    }
    if (!context.payment.isAccount()) {
        report.passes(Phrase("trace." + route.phrase + ".not-account"));
        return;
    }
    const Money amount = amountOf(context, flow);
    if (flow.isAmountKnown && !amount.isPositive()) {
        report.passes(Phrase("trace." + route.phrase + ".covered"));
        return;
    }
    Finding finding = startFinding(context, route.type);
    finding.variant = variantOf(flow);
    if (finding.variant == "failed" && finding.severity == Severity::Critical)
        finding.severity = Severity::High;
    setUnits(context, {flow.units.begin(), flow.units.end()}, finding);
    if (amount.isPositive())
        setRisk(context, amount, RiskKind::Over, finding);
    finding.finality = flow.hasRequested   ? Finality::LeavesNow
                       : flow.hasSucceeded ? Finality::Final
                                           : Finality::Ordinary;
    finding.since = flow.since ? flow.since : context.joined.began;
    finding.expected = context.expected.total.gross.decimalText();
    finding.actual = amount.decimalText();
    finding.title =
        Phrase(route.phrase + "." + finding.variant + ".title").with("amount", amountText(amount));
    finding.reason = Phrase(route.phrase + "." + finding.variant + ".reason")
                         .with("amount", amountText(amount))
                         .with("expected", amountText(context.expected.total.gross));
    finding.cause = Phrase("cause." + route.phrase);
    finding.causeCode = route.phrase;
    finding.evidence = flow.evidence;
    finding.evidence.push_back(
        evidence("payment-method", context.payment.methodWord, context.payment.methodDocument));
    report.found(std::move(finding));
}

} // namespace counterfoil::rules
