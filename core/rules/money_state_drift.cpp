#include "core/reconcile/case_states.h"
#include "core/rules/case_drift.h"
#include "core/rules/registry.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;
using reconcile::StateCell;
using reconcile::StateColumn;
using reconcile::StateTable;

namespace {

const StateCell& moneyCell(const Context& context, std::string_view state)
{
    return StateTable::get().cell(context.facts.rma->status.value, StateColumn::Money, state);
}

/// The book that shows the account credit of this order.
const reconcile::BookCredit& bookOf(const Context& context)
{
    return context.credited.balance.isApplicable ? context.credited.balance
                                                 : context.credited.shopifyOrder;
}

Finding start(const Context& context, const char* variant)
{
    Finding finding = startFinding(context, FindingType::MoneyStateDrift);
    finding.variant = variant;
    const std::string code = std::string("money-state.") + variant;
    finding.title = Phrase(code + ".title");
    finding.reason = Phrase(code + ".reason").with("status", context.facts.rma->status.raw);
    finding.causeCode = variant;
    finding.actual = context.facts.rma->status.raw;
    finding.evidence.push_back(
        evidence("status", context.facts.rma->status.raw, context.facts.rma->document));
    return finding;
}

// ---- Rejected or Canceled, and paid

/// Credits that name this return: ours, and SparkLayer's.
Money creditOf(const Context& context)
{
    return context.credited.balance.isApplicable ? context.credited.balance.amount
                                                 : Money::zero(context.expected.currency);
}

void judgeDead(const Context& context, Report& report)
{
    if (moneyCell(context, "any_paid").verdict != StateCell::Verdict::Wrong)
        return;
    const reconcile::PaidOut paid =
        reconcile::paidOutOf(context.facts, context.joined, context.expected);
    const Money credit = creditOf(context);
    if (!paid.hasAny && !credit.isPositive()) {
        if (paid.problem.code.empty())
            report.passes(Phrase("trace.money-state.nothing-paid"));
        else
            report.notJudged(paid.problem);
        return;
    }
    const Rma& rma = *context.facts.rma;
    const Instant at = paid.last.value_or(rma.statusSince.value_or(Instant{}));
    if (!wasReadSince(context, Platform::ReturnGo, at, report) ||
        !wasReadSince(context, Platform::Shopify, rma.statusSince.value_or(Instant{}), report))
        return;
    Finding finding = start(context, "rejected-paid");
    if (context.policy.owners.count(finding.type) == 0)
        finding.owner = Owner::Finance;
    if (context.policy.severities.count(finding.type) == 0)
        finding.severity = Severity::Critical;
    setUnits(context, paid.units.empty() ? allUnits(context) : paid.units, finding);
    const Money amount = paid.amount.plus(credit).value_or(paid.amount);
    setRisk(context, amount, RiskKind::Over, finding);
    finding.finality = Finality::Final;
    finding.expected = "0";
    finding.since = laterOf(paid.hasAny ? paid.last : rma.statusSince, rma.statusSince);
    finding.reason.with("amount", amountText(amount));
    report.found(std::move(finding));
}

// ---- Done, and nothing paid

/// Whether anything at all went to the buyer; nullopt: it cannot be said, the report says why.
std::optional<bool> isNothing(const Context& context, const reconcile::PaidOut& paid,
                              Report& report)
{
    if (paid.hasAny || paid.isRequested)
        return false;
    if (!paid.problem.code.empty()) {
        report.notJudged(paid.problem);
        return std::nullopt;
    }
    if (context.payment.kind == reconcile::OrderKind::NotJudged) {
        report.notJudged(context.payment.problem);
        return std::nullopt;
    }
    if (!context.payment.isAccount()) {
        // ReturnGO settles a bank payment outside: that none is seen says nothing.
        const bool isOutside = std::any_of(
            context.facts.rma->units.begin(), context.facts.rma->units.end(),
            [](const RmaUnit& row) { return row.resolution.value == Resolution::BankAccount; });
        if (isOutside) {
            report.notJudged(Phrase("not-judged.paid-outside"));
            return std::nullopt;
        }
        return true;
    }
    const reconcile::BookCredit& book = bookOf(context);
    if (!book.amount.isZero())
        return false;
    if (!book.isKnown()) {
        report.notJudged(book.problem);
        return std::nullopt;
    }
    return true;
}

void judgeDone(const Context& context, Report& report)
{
    const StateCell& cell = moneyCell(context, "nothing_though_expected");
    if (cell.verdict != StateCell::Verdict::Late)
        return;
    if (!context.expected.isJudgeable()) {
        report.notJudged(context.expected.problem);
        return;
    }
    if (!context.expected.due.gross.isPositive()) {
        report.passes(Phrase("trace.money-state.nothing-expected"));
        return;
    }
    const reconcile::PaidOut paid =
        reconcile::paidOutOf(context.facts, context.joined, context.expected);
    const std::optional<bool> nothing = isNothing(context, paid, report);
    if (!nothing)
        return;
    if (!*nothing) {
        report.passes(Phrase("trace.money-state.paid"));
        return;
    }
    const Rma& rma = *context.facts.rma;
    const std::optional<Instant> since = laterOf(rma.statusSince, context.expected.dueSince);
    if (!since || !context.expected.isDueSinceComplete) {
        report.notJudged(Phrase("not-judged.due-since"));
        return;
    }
    Finding finding = start(context, "done-unpaid");
    std::vector<UnitId> units;
    for (const reconcile::UnitCredit& unit : context.expected.units) {
        if (unit.state == reconcile::CreditState::Due)
            units.push_back(unit.unit);
    }
    setUnits(context, std::move(units), finding);
    setRisk(context, context.expected.due.gross, RiskKind::Under, finding);
    finding.expected = context.expected.due.gross.decimalText();
    finding.reason.with("amount", amountText(context.expected.due.gross));
    applyGrace(context, *since, cell.late, finding, report);
    report.found(std::move(finding));
}

// ---- Settled, and still open

/// When the last part of the money came; nullopt with @p isSettled: not known.
struct Settled {
    bool isSettled = false;
    std::optional<Instant> since;
};

Settled settledByReturnGo(const Context& context)
{
    Settled out;
    std::int64_t wanted = 0;
    for (const reconcile::UnitCredit& unit : context.expected.units) {
        if (unit.state == reconcile::CreditState::NotDue)
            continue;
        ++wanted;
        const reconcile::UnitMoney* money = context.returngo.unit(unit.unit);
        const bool isPaid = money && money->problem.code.empty() && money->succeeded.isPositive() &&
                            !money->requested.isPositive();
        if (!isPaid)
            return out;
    }
    out.isSettled = wanted > 0;
    const reconcile::PaidOut paid =
        reconcile::paidOutOf(context.facts, context.joined, context.expected);
    out.since = paid.last;
    return out;
}

/// SparkLayer's transactions carry no time: the purchase's last change is the latest that it was.
std::optional<Instant> creditedAt(const Context& context, const reconcile::BookCredit& book)
{
    if (book.source == "sparklayer")
        return context.facts.purchase ? context.facts.purchase->updatedAt : std::nullopt;
    return book.since;
}

Settled settledOnAccount(const Context& context)
{
    Settled out;
    const reconcile::BookCredit& book = context.credited.balance;
    if (!context.payment.isAccount() || !book.isApplicable || !book.isKnown())
        return out;
    const Money& total = context.expected.total.gross;
    const auto units = static_cast<std::int64_t>(context.expected.units.size());
    out.isSettled = total.isPositive() && (book.amount.minor() >= total.minor() ||
                                           reconcile::isRounding(book.amount, total, units));
    out.since = creditedAt(context, book);
    return out;
}

void judgeOpen(const Context& context, const StateCell& cell, Report& report)
{
    if (!context.expected.isJudgeable()) {
        report.notJudged(context.expected.problem);
        return;
    }
    const bool waitsForExchange =
        std::any_of(context.joined.units.begin(), context.joined.units.end(),
                    [](const reconcile::JoinedUnit& unit) { return unit.isExchange; });
    Settled settled = settledOnAccount(context);
    if (!settled.isSettled)
        settled = settledByReturnGo(context);
    if (!settled.isSettled || waitsForExchange) {
        report.passes(Phrase("trace.money-state.not-settled"));
        return;
    }
    const std::optional<Instant> since = laterOf(settled.since, context.facts.rma->statusSince);
    if (!since) {
        report.notJudged(Phrase("not-judged.settled-since"));
        return;
    }
    Finding finding = start(context, "paid-not-done");
    setUnits(context, allUnits(context), finding);
    finding.expected = "Done";
    applyGrace(context, *since, cell.late, finding, report);
    report.found(std::move(finding));
}

// ---- Credited, and the Shopify order still owes

/// What the order was worth before anything came back; nullopt: it cannot be said.
std::optional<Money> placedTotal(const Context& context)
{
    const auto& purchase = context.facts.purchase;
    const Order& order = *context.facts.order;
    if (!purchase || !purchase->total || purchase->total->currency() != order.currency)
        return std::nullopt;
    return purchase->total;
}

/// What is owed, as if nothing had been paid: outstanding and what came in, together.
std::optional<Money> grossOwed(const Order& order)
{
    if (!order.outstanding)
        return std::nullopt;
    const std::optional<MoneyPair>& in = order.netPayment ? order.netPayment : order.totalReceived;
    if (!in)
        return std::nullopt;
    const Result<Money> sum = order.outstanding->presentment.plus(in->presentment);
    return sum ? std::optional(*sum) : std::nullopt;
}

bool isBookedBack(const reconcile::ReturnState& state)
{
    return state.back &&
           (state.isAllProcessed || state.back->status.value == ShopifyReturnStatus::Closed);
}

void judgeOwes(const Context& context, Report& report)
{
    const reconcile::BookCredit& book = context.credited.balance;
    const bool isCredited = context.payment.isAccount() && book.isApplicable && book.isKnown() &&
                            book.amount.isPositive();
    if (!isCredited || !context.facts.order || context.joined.isDead)
        return;
    const reconcile::ReturnState state = reconcile::returnStateOf(context.facts);
    if (!isBookedBack(state))
        return;
    const Fact lowers = context.policy.facts.returnProcessLowersOutstanding;
    if (lowers == Fact::No)
        return; // at this shop the order's debt is no book that a return moves
    if (lowers == Fact::Unknown) {
        report.notJudged(
            Phrase("not-judged.fact").with("fact", "return_process_lowers_outstanding"));
        return;
    }
    const std::optional<Money> placed = placedTotal(context);
    const std::optional<Money> owed = grossOwed(*context.facts.order);
    if (!placed || !owed) {
        report.notJudged(Phrase("not-judged.order-debt"));
        return;
    }
    if (owed->currency() != placed->currency() || owed->minor() < placed->minor()) {
        report.passes(Phrase("trace.money-state.owes-less"));
        return;
    }
    const Instant at = std::max(state.since.value_or(Instant{}), book.since.value_or(Instant{}));
    if (!wasReadSince(context, Platform::Shopify, at, report))
        return;
    Finding finding = start(context, "order-still-owes");
    setUnits(context, allUnits(context), finding);
    finding.subject = "order";
    finding.since = state.since;
    finding.expected = placed->minus(book.amount).value_or(*placed).decimalText();
    finding.actual = owed->decimalText();
    finding.reason.with("amount", amountText(book.amount));
    finding.evidence.push_back(evidence("outstanding",
                                        amountText(context.facts.order->outstanding->presentment),
                                        context.facts.order->moneyRef));
    report.found(std::move(finding));
}

} // namespace

// Money and state tell different stories (law.md 5, column money): rejected and paid, done and
// nothing paid, paid and never done, credited while the Shopify order still owes. Closes when they
// agree.
void moneyStateDrift(const Context& context, Report& report)
{
    if (!hasKnownStatus(context, report))
        return;
    const RmaStatus status = context.facts.rma->status.value;
    if (context.joined.isDead) {
        judgeDead(context, report);
        return;
    }
    if (status == RmaStatus::Done)
        judgeDone(context, report);
    const StateCell& settled = moneyCell(context, "settled_not_done");
    if (settled.verdict == StateCell::Verdict::Late)
        judgeOpen(context, settled, report);
    judgeOwes(context, report);
    if (report.trace.empty())
        report.notApplicable(Phrase("trace.money-state.too-early"));
}

} // namespace counterfoil::rules
