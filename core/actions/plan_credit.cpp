#include "core/actions/plan_parts.h"
#include "core/actions/writes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace counterfoil::actions {

namespace {

using domain::Phrase;
using parts::amountText;
using parts::attention;
using parts::check;

/// Adds up units less fees. False when the amounts cannot be added (currencies differ, overflow).
bool fillAmounts(Plan& plan, money::Currency currency)
{
    plan.net = plan.tax = plan.gross = money::Money::zero(currency);
    const auto add = [](money::Money& total, const money::Money& part, bool isFee) {
        const Result<money::Money> next = isFee ? total.minus(part) : total.plus(part);
        if (next)
            total = *next;
        return next.has_value();
    };
    bool isWhole = true;
    for (const PlanUnit& unit : plan.units) {
        isWhole = add(plan.net, unit.net, false) && add(plan.tax, unit.tax, false) &&
                  add(plan.gross, unit.gross, false) && isWhole;
    }
    for (const PlanFee& fee : plan.fees) {
        isWhole = add(plan.net, fee.net, true) && add(plan.tax, fee.tax, true) &&
                  add(plan.gross, fee.gross, true) && isWhole;
    }
    return isWhole;
}

/// Partly paid orders: the credit may reach up to the unpaid part (law.md 2).
bool isWithinUnpaid(const Plan& plan, const CreditChoice& choice)
{
    if (!choice.captured || !choice.orderTotal)
        return false;
    return choice.captured->isZero() ||
           choice.captured->minor() + choice.creditedSoFar.minor() + plan.gross.minor() <=
               choice.orderTotal->minor();
}

void checkMethod(Plan& plan, const domain::Policy& policy, const CreditChoice& choice)
{
    const bool isCaptured = choice.captured && choice.captured->isPositive();
    Phrase refusal("refuse.method-unknown");
    if (isCaptured)
        refusal = Phrase("refuse.card-captured").with("amount", amountText(*choice.captured));
    else if (!choice.captured)
        refusal = Phrase("refuse.payments-unread");
    else if (choice.method == domain::PaymentMethod::Card)
        refusal = Phrase("refuse.card-order");
    check(plan, choice.isAccountOrder && isWithinUnpaid(plan, choice),
          Phrase("check.account-order"), std::move(refusal),
          choice.captured ? choice.captured->decimalText() : std::string());
    if (choice.method == domain::PaymentMethod::Invoice) {
        check(plan, policy.facts.invoiceRaisesBalance == Fact::Yes, Phrase("check.invoice-raised"),
              Phrase("refuse.invoice-not-raised"));
    }
    check(plan, policy.creditRoute == "metafield", Phrase("check.route-metafield"),
          Phrase(policy.creditRoute == "none" ? "refuse.route-none" : "refuse.route-unsupported")
              .with("route", policy.creditRoute));
}

void checkUnits(Plan& plan, const domain::CaseFacts& facts, const domain::Policy& policy,
                const CreditChoice& choice)
{
    check(plan, choice.notJudgeable.code.empty(), Phrase("check.amount-known"),
          Phrase(choice.notJudgeable));
    check(plan, !plan.units.empty(), Phrase("check.units-due"), Phrase("refuse.nothing-due"),
          std::to_string(plan.units.size()));
    const auto isWithoutVerdict = [](const PlanUnit& unit) { return unit.verdict.empty(); };
    const auto missing = std::count_if(plan.units.begin(), plan.units.end(), isWithoutVerdict);
    check(plan, !policy.inspectionRequired || missing == 0, Phrase("check.units-have-verdict"),
          Phrase("refuse.unit-without-verdict").with("units", std::to_string(missing)),
          fmt::format("{} of {}", plan.units.size() - static_cast<std::size_t>(missing),
                      plan.units.size()));
    const bool isEnded = facts.rma && (facts.rma->status.value == domain::RmaStatus::Rejected ||
                                       facts.rma->status.value == domain::RmaStatus::Canceled);
    check(plan, !isEnded, Phrase("check.rma-alive"),
          Phrase("refuse.rma-ended").with("status", facts.rma ? facts.rma->status.raw : ""));
}

/// Over-credit guards of sparklayer.md 8.3, exact: unit, line, order.
void checkRoom(Plan& plan, const CreditChoice& choice)
{
    const bool unitsFit =
        std::all_of(plan.units.begin(), plan.units.end(), [](const PlanUnit& unit) {
            return !unit.gross.isNegative() &&
                   unit.gross.currency() == unit.invoicedGross.currency() &&
                   unit.gross.minor() <= unit.invoicedGross.minor();
        });
    std::map<LineId, std::int64_t> perLine;
    for (const PlanUnit& unit : plan.units)
        perLine[unit.line] += unit.gross.minor();
    std::string over;
    std::int64_t room = 0;
    for (const auto& [line, minor] : perLine) {
        const auto found =
            std::find_if(choice.lines.begin(), choice.lines.end(),
                         [&line = line](const LineRoom& row) { return row.line == line; });
        if (found == choice.lines.end() ||
            found->creditedGross.minor() + minor > found->invoicedGross.minor())
            over = line.value;
        else
            room += found->invoicedGross.minor();
    }
    check(plan, unitsFit && over.empty(), Phrase("check.lines-not-over"),
          Phrase("refuse.over-line").with("line", over),
          fmt::format("{} of {}", plan.gross.decimalText(),
                      money::Money::fromMinor(room, plan.gross.currency()).decimalText()));
    const bool orderFits =
        choice.orderTotal && choice.orderTotal->currency() == plan.gross.currency() &&
        choice.creditedSoFar.minor() + plan.gross.minor() <= choice.orderTotal->minor();
    check(plan, orderFits, Phrase("check.order-not-over"),
          Phrase(choice.orderTotal ? "refuse.over-order" : "refuse.order-total-unread"),
          choice.orderTotal
              ? fmt::format("{} of {}", plan.gross.decimalText(), choice.orderTotal->decimalText())
              : std::string());
}

/// A receipt of an action that covered one of these units, although it counts as withdrawn here:
/// its write arrived late, or this store was rebuilt. The platform's receipt outranks our memory.
void checkReceipts(Plan& plan, const domain::CaseFacts& facts)
{
    std::string found;
    const std::set<UnitId> units = parts::unitSet(plan);
    for (const domain::Receipt& receipt : facts.account->receipts) {
        if (receipt.action == actionIdOf(plan))
            found = receipt.action.value;
        for (const domain::OwnAction& row : facts.actions) {
            const bool overlaps =
                row.kind == domain::ActionKind::Credit &&
                std::any_of(row.units.begin(), row.units.end(),
                            [&units](const UnitId& unit) { return units.contains(unit); });
            if (overlaps && row.id == receipt.action)
                found = receipt.action.value;
        }
    }
    check(plan, found.empty(), Phrase("check.no-receipt"),
          Phrase("refuse.receipt-found").with("action", found));
}

void checkAccount(Plan& plan, const domain::CaseFacts& facts, const domain::Policy& policy)
{
    const domain::Account* account = facts.account ? &*facts.account : nullptr;
    const bool isRead = account != nullptr && account->balance.has_value();
    check(plan, isRead, Phrase("check.balance-read"),
          Phrase("refuse.balance-unread")
              .with("why", account != nullptr ? account->balanceProblem : ""));
    if (!isRead)
        return;
    check(plan, !account->isForeignOwned, Phrase("check.balance-writable"),
          Phrase("refuse.balance-foreign"));
    const bool agrees = account->balance->currency() == plan.gross.currency() && facts.order &&
                        facts.order->currency == plan.gross.currency();
    check(plan, agrees, Phrase("check.currencies-agree"),
          Phrase("refuse.currency-differs")
              .with("credit", std::string(plan.gross.currency().code()))
              .with("balance", std::string(account->balance->currency().code())),
          std::string(plan.gross.currency().code()));
    if (!agrees)
        return;
    const Result<money::Money> after = account->balance->minus(plan.gross);
    const bool isBelow = after && after->isNegative();
    plan.need.isBelowZero = isBelow;
    check(plan, after && (!isBelow || policy.allowCreditBalance),
          Phrase("check.balance-not-below-zero"), Phrase("refuse.balance-below-zero"),
          after ? after->decimalText() : std::string());
    checkReceipts(plan, facts);
    if (!after)
        return;
    plan.predictions.push_back({Platform::SparkLayer, "balance", account->balance->decimalText(),
                                after->decimalText(), true});
    if (account->creditLimit) {
        const Result<money::Money> before = account->creditLimit->minus(*account->balance);
        const Result<money::Money> later = account->creditLimit->minus(*after);
        if (before && later) {
            plan.predictions.push_back({Platform::SparkLayer, "available", before->decimalText(),
                                        later->decimalText(), true});
        }
    }
}

void checkPayment(Plan& plan, const domain::CaseFacts& facts, const CreditChoice& choice)
{
    const std::string state = paymentState(facts, parts::unitSet(plan));
    check(plan, !state.starts_with("success"), Phrase("check.not-paid-otherwise"),
          Phrase("refuse.paid-otherwise").with("payment", state));
    check(plan, choice.creditedElsewhere.isZero(), Phrase("check.not-credited-elsewhere"),
          Phrase("refuse.credited-elsewhere").with("amount", amountText(choice.creditedElsewhere)),
          choice.creditedElsewhere.decimalText());
    plan.need.isRefundRequested = state == "requested";
    if (plan.need.isRefundRequested)
        attention(plan, Phrase("attention.refund-requested"));
    plan.bound["rma.payment"] = state;
}

void fillBound(Plan& plan, const domain::CaseFacts& facts, const CreditChoice& choice)
{
    plan.bound["route"] = plan.route;
    plan.bound["currency"] = std::string(plan.gross.currency().code());
    plan.bound["gross"] = plan.gross.decimalText();
    plan.bound["net"] = plan.net.decimalText();
    plan.bound["tax"] = plan.tax.decimalText();
    plan.bound["credited-so-far"] = choice.creditedSoFar.decimalText();
    plan.bound["captured"] = choice.captured ? choice.captured->decimalText() : "unread";
    plan.bound["rma.status"] = facts.rma ? facts.rma->status.raw : "";
    for (const PlanUnit& unit : plan.units) {
        plan.bound["unit." + unit.unit.value] =
            fmt::format("{} {} {}", unit.line.value, unit.verdict, unit.gross.decimalText());
    }
    plan.constraints = {"receipts-writable"};
    plan.constraints.emplace_back(plan.isBelowZeroAllowed ? "credit-balance-allowed"
                                                          : "balance-not-below-zero");
}

void fillCall(Plan& plan, const domain::CaseFacts& facts, const PlanContext& context)
{
    PlannedCall call;
    call.label = "shopify AccountCredit";
    call.platform = Platform::Shopify;
    call.readAtSend = {"balance", "balance digest", "receipts", "receipts digest", "time"};
    if (facts.account) {
        const Result<request::PreparedRequest> write =
            creditWrite(plan, actionIdOf(plan), *facts.account, context.now, context);
        if (write) {
            call.method = write->method;
            call.path = write->path;
            call.body = write->body;
        }
    }
    plan.calls.push_back(std::move(call));
}

} // namespace

Plan planCredit(const domain::CaseFacts& facts, const domain::Policy& policy,
                const CreditChoice& choice, const PlanContext& context)
{
    Plan plan;
    plan.kind = domain::ActionKind::Credit;
    plan.route = policy.creditRoute;
    plan.isBelowZeroAllowed = policy.allowCreditBalance;
    plan.units = choice.units;
    std::sort(plan.units.begin(), plan.units.end(),
              [](const PlanUnit& a, const PlanUnit& b) { return a.unit < b.unit; });
    plan.fees = choice.fees;
    plan.forecast = choice.forecast;
    plan.notDue = choice.notDue;
    const money::Currency currency = facts.order ? facts.order->currency : money::Currency();
    const bool isWhole = fillAmounts(plan, currency);
    parts::fillHead(plan, facts, "balance|principal");
    checkMethod(plan, policy, choice);
    parts::checkUnknownWords(plan, facts);
    checkUnits(plan, facts, policy, choice);
    check(plan, isWhole && (plan.units.empty() || plan.gross.isPositive()),
          Phrase("check.amount-positive"), Phrase("refuse.amount-not-positive"),
          plan.gross.decimalText());
    checkRoom(plan, choice);
    parts::checkUnitsFree(plan, facts);
    checkPayment(plan, facts, choice);
    fillBound(plan, facts, choice);
    checkAccount(plan, facts, policy);
    check(plan, context.isProved, Phrase("check.proved"), Phrase("refuse.proof-missing"));
    const std::optional<std::int64_t> inShop = parts::shopMinor(facts, plan.gross);
    check(plan, inShop.has_value(), Phrase("check.rate-known"), Phrase("refuse.rate-unread"));
    plan.need.shopMinor = inShop.value_or(0);
    plan.need.isExactInTwo = choice.isExactInTwo;
    plan.sideEffects = {Phrase("effect.headroom-rises"), Phrase("effect.no-mail")};
    plan.notSent = {Phrase("not-sent.refund"), Phrase("not-sent.order-edit"),
                    Phrase("not-sent.message")};
    fillCall(plan, facts, context);
    parts::fillSteps(plan, facts, policy, context, 2);
    return plan;
}

} // namespace counterfoil::actions
