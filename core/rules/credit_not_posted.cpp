#include "core/rules/registry.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

std::int64_t countUnits(const Context& context)
{
    return static_cast<std::int64_t>(context.expected.units.size());
}

/// Due units that the book does not name.
std::vector<UnitId> missingUnits(const Context& context, const reconcile::BookCredit& book)
{
    std::vector<UnitId> units;
    for (const reconcile::UnitCredit& unit : context.expected.units) {
        const bool isNamed =
            std::find(book.units.begin(), book.units.end(), unit.unit) != book.units.end();
        if (unit.state == reconcile::CreditState::Due && !isNamed)
            units.push_back(unit.unit);
    }
    return units;
}

/// The moment from which the credit of these units could be asked for: every one of them decided.
/// nullopt: not known for one.
std::optional<Instant> dueSince(const Context& context, const std::vector<UnitId>& units)
{
    std::optional<Instant> last;
    for (const reconcile::JoinedUnit& unit : context.joined.units) {
        if (std::find(units.begin(), units.end(), unit.id) == units.end())
            continue;
        if (!unit.dueSince)
            return std::nullopt;
        if (!last || *last < *unit.dueSince)
            last = unit.dueSince;
    }
    return last;
}

/// Money that went back to where it came from: at most what had come in that way (law.md 2, partly
/// paid, paid by bank).
Money paidBack(const Context& context)
{
    const money::Currency currency = context.expected.currency;
    Money card = Money::zero(currency);
    Money bank = Money::zero(currency);
    const auto add = [&](Money& sum, const Money& part) {
        if (part.currency() == currency)
            sum = sum.plus(part).value_or(sum);
    };
    if (context.facts.rma) {
        for (const RmaTransaction& row : context.facts.rma->transactions) {
            if (row.status.value != RmaTransactionStatus::Success)
                continue;
            if (row.type.value == RmaTransactionType::RefundToPaymentMethod)
                add(card, row.amount.presentment.magnitude());
            else if (row.type.value == RmaTransactionType::BankAccount)
                add(bank, row.amount.presentment.magnitude());
        }
    }
    for (const reconcile::ShopRefund& row : context.refunds) {
        if (row.maker != reconcile::RefundMaker::Returngo)
            add(card, row.out);
        add(bank, row.manual);
    }
    const auto atMost = [](const Money& a, const Money& b) {
        return a.minor() < b.minor() ? a : b;
    };
    const Money right = atMost(card, context.payment.captured);
    return right.plus(atMost(bank, context.payment.manual)).value_or(right);
}

/// What an account credit must bring: what is due, less what went back already, and no more than
/// the part of the order that no card paid.
Money toCredit(const Context& context)
{
    const Money& due = context.expected.due.gross;
    const Money rest = due.minus(paidBack(context)).value_or(due);
    const std::optional<Money>& unpaid = context.payment.unpaid;
    if (unpaid && context.payment.captured.isPositive() && unpaid->minor() < rest.minor())
        return *unpaid;
    return rest.isNegative() ? Money::zero(due.currency()) : rest;
}

/// The limit is exceeded only because this credit is missing.
bool isBuyerBlocked(const Context& context, const Money& missing)
{
    const auto& account = context.facts.account;
    if (!account || !account->balance || !account->creditLimit)
        return false;
    const Result<Money> after = account->balance->minus(missing);
    if (!after || account->creditLimit->currency() != after->currency())
        return false;
    return account->balance->minor() > account->creditLimit->minor() &&
           after->minor() <= account->creditLimit->minor();
}

void emit(const Context& context, const reconcile::BookCredit& book, const Money& missing,
          const OwnAction* undone, Report& report)
{
    Finding finding = startFinding(context, FindingType::CreditNotPosted);
    std::vector<UnitId> units = missingUnits(context, book);
    const std::optional<Instant> since =
        undone ? std::optional(undone->changedAt) : dueSince(context, units);
    if (!since) {
        report.notJudged(Phrase("not-judged.due-since"));
        return;
    }
    if (undone)
        units.insert(units.end(), undone->units.begin(), undone->units.end());
    setUnits(context, std::move(units), finding);
    const bool isBlocked =
        context.credited.balance.isApplicable && isBuyerBlocked(context, missing);
    finding.variant = undone ? "overwritten" : isBlocked ? "buyer-blocked" : "";
    setRisk(context, missing, isBlocked ? RiskKind::Blocked : RiskKind::Under, finding);
    if (isBlocked) {
        finding.severity = Severity::Critical;
        finding.finality = Finality::Soon;
    }
    finding.expected = context.expected.due.gross.decimalText();
    finding.actual = book.amount.decimalText();
    const std::string code = undone      ? "credit-not-posted.overwritten"
                             : isBlocked ? "credit-not-posted.blocked"
                             : context.credited.balance.isApplicable ? "credit-not-posted.balance"
                                                                     : "credit-not-posted.order";
    finding.title = Phrase(code + ".title").with("amount", amountText(missing));
    finding.reason = Phrase(code + ".reason")
                         .with("amount", amountText(missing))
                         .with("posted", amountText(book.amount));
    finding.causeCode = undone ? "overwritten" : "not-posted";
    if (context.facts.account)
        finding.evidence.push_back(evidence("balance", context.facts.account->balanceText,
                                            context.facts.account->document));
    finding.since = since;
    if (!undone)
        applyGrace(context, *since, context.policy.grace.creditDue, finding, report);
    report.found(std::move(finding));
}

/// False: nothing to look for; the report says why.
bool isApplicable(const Context& context, Report& report)
{
    if (!context.isReturn()) {
        report.notApplicable(Phrase("trace.no-return"));
        return false;
    }
    if (!context.expected.isJudgeable()) {
        // A unit without a line does not hold up the rest; anything else leaves the sum unknown.
        const bool isPart = context.expected.problem.code == "not-judged.unit-unmatched" &&
                            !context.expected.units.empty();
        report.notJudged(context.expected.problem);
        if (!isPart)
            return false;
    }
    if (context.expected.due.gross.isZero()) {
        report.passes(Phrase("trace.credit-not-posted.nothing-due"));
        return false;
    }
    if (context.payment.kind == reconcile::OrderKind::NotJudged) {
        report.notJudged(context.payment.problem);
        return false;
    }
    if (!context.payment.isAccount()) {
        report.notApplicable(Phrase("trace.credit-not-posted.not-account"));
        return false;
    }
    return true;
}

} // namespace

// A credit that is due and stands in no book yet (law.md 1, 3). The balance is the book of account
// orders; an invoice order has it only where invoices raise the balance, else Shopify's order.
// Closes when the book shows the credit.
void creditNotPosted(const Context& context, Report& report)
{
    if (!isApplicable(context, report))
        return;
    const reconcile::BookCredit& book = context.credited.balance.isApplicable
                                            ? context.credited.balance
                                            : context.credited.shopifyOrder;
    const OwnAction* undone = context.credited.balance.isApplicable
                                  ? reconcile::overwrittenCredit(context.facts)
                                  : nullptr;
    if (!book.isKnown() && !undone) {
        report.notJudged(book.problem);
        return;
    }
    const Money due = toCredit(context);
    const Money missing = due.minus(book.amount).value_or(due);
    const bool isPosted =
        missing.isNegative() || reconcile::isRounding(due, book.amount, countUnits(context));
    if (isPosted) {
        report.passes(
            Phrase("trace.credit-not-posted.posted").with("amount", amountText(book.amount)));
        return;
    }
    emit(context, book, missing, undone, report);
}

} // namespace counterfoil::rules
