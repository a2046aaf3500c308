#include "core/actions/plan_parts.h"

#include <fmt/format.h>

#include <algorithm>

namespace counterfoil::actions {

namespace {

bool touches(const domain::RmaTransaction& transaction, const std::set<UnitId>& units)
{
    // A transaction that names no unit may be about any of them.
    if (transaction.units.empty() || units.empty())
        return true;
    return std::any_of(transaction.units.begin(), transaction.units.end(),
                       [&units](const UnitId& unit) { return units.contains(unit); });
}

bool isPaymentOut(domain::RmaTransactionType type)
{
    using enum domain::RmaTransactionType;
    return type == RefundToPaymentMethod || type == RefundToStoreCredit || type == GiftCard ||
           type == BankAccount || type == Unknown;
}

domain::Phrase phrase(const char* code)
{
    return domain::Phrase(code);
}

} // namespace

std::string_view verdictWord(domain::UnitVerdict verdict)
{
    switch (verdict) {
    case domain::UnitVerdict::AGrade:
        return "a-grade";
    case domain::UnitVerdict::BGrade:
        return "b-grade";
    case domain::UnitVerdict::Damaged:
        return "damaged";
    case domain::UnitVerdict::WrongItem:
        return "wrong-item";
    case domain::UnitVerdict::Missing:
        return "missing";
    }
    return "";
}

std::string paymentState(const domain::CaseFacts& facts, const std::set<UnitId>& units)
{
    if (!facts.rma)
        return "none";
    std::string state = "none";
    for (const domain::RmaTransaction& row : facts.rma->transactions) {
        if (!isPaymentOut(row.type.value) || !touches(row, units))
            continue;
        if (row.status.value == domain::RmaTransactionStatus::Success)
            return "success " + parts::amountText(row.amount.presentment);
        if (row.status.value == domain::RmaTransactionStatus::Requested)
            state = "requested";
    }
    return state;
}

domain::CaseFacts withoutAction(const domain::CaseFacts& facts, const ActionId& id)
{
    domain::CaseFacts rest = facts;
    std::erase_if(rest.actions, [&id](const domain::OwnAction& row) { return row.id == id; });
    return rest;
}

CreditChoice narrowed(const CreditChoice& choice, const Plan& plan)
{
    CreditChoice rest = choice;
    const std::set<UnitId> wanted = parts::unitSet(plan);
    std::erase_if(rest.units,
                  [&wanted](const PlanUnit& unit) { return !wanted.contains(unit.unit); });
    return rest;
}

namespace parts {

void check(Plan& plan, bool isPassed, domain::Phrase passed, domain::Phrase refusal,
           std::string figure)
{
    Check row;
    row.level = isPassed ? CheckLevel::Passed : CheckLevel::Blocking;
    row.text = isPassed ? std::move(passed) : std::move(refusal);
    row.figure = std::move(figure);
    plan.checks.push_back(std::move(row));
}

void attention(Plan& plan, domain::Phrase text, std::string figure)
{
    plan.checks.push_back({CheckLevel::Attention, std::move(text), std::move(figure)});
}

std::set<UnitId> unitSet(const Plan& plan)
{
    std::set<UnitId> units;
    for (const PlanUnit& unit : plan.units)
        units.insert(unit.unit);
    return units;
}

std::string amountText(const money::Money& amount)
{
    return fmt::format("{} {}", amount.decimalText(), amount.currency().code());
}

std::optional<std::int64_t> shopMinor(const domain::CaseFacts& facts, const money::Money& amount)
{
    if (!facts.order)
        return std::nullopt;
    const domain::Order& order = *facts.order;
    if (order.shopCurrency.empty() || order.shopCurrency == amount.currency())
        return amount.minor();
    if (!order.currentTotal || order.currentTotal->presentment.isZero())
        return std::nullopt;
    const Result<money::Fraction> rate = money::Fraction::make(
        order.currentTotal->shop.minor(), order.currentTotal->presentment.minor());
    if (!rate)
        return std::nullopt;
    const Result<money::Money> inShop = amount.times(*rate);
    return inShop ? std::optional(inShop->minor()) : std::nullopt;
}

void fillHead(Plan& plan, const domain::CaseFacts& facts, const std::string& purpose)
{
    plan.site = facts.site;
    plan.caseId = facts.id;
    if (facts.rma)
        plan.rma = facts.rma->id;
    if (facts.order) {
        plan.order = facts.order->id;
        plan.orderName = facts.order->name;
        plan.orderGid = facts.order->gid;
        plan.customer = facts.order->customer;
        plan.customerGid = facts.order->customerGid;
    }
    const std::set<UnitId> units = unitSet(plan);
    std::string unitText;
    for (const UnitId& unit : units)
        unitText += (unitText.empty() ? "" : ",") + unit.value;
    // The same intent again after it was withdrawn unsent is another action, so its round counts.
    int round = 0;
    for (const domain::OwnAction& row : facts.actions) {
        const bool isSame = row.kind == plan.kind && domain::isWithdrawn(row.state) &&
                            std::set<UnitId>(row.units.begin(), row.units.end()) == units;
        round += isSame ? 1 : 0;
    }
    plan.naturalKey = fmt::format("{}|{}|{}|{}|{}|{}", domain::actionKindWord(plan.kind),
                                  plan.site.value, plan.order.value, purpose, unitText, round);
    plan.need.customer = plan.customer;
}

void checkUnknownWords(Plan& plan, const domain::CaseFacts& facts)
{
    std::string field, word;
    const auto look = [&](const auto& coded, const char* name) {
        if (coded.isUnknownWord() && field.empty()) {
            field = name;
            word = coded.raw;
        }
    };
    if (facts.rma) {
        look(facts.rma->status, "rma-status");
        for (const domain::RmaTransaction& row : facts.rma->transactions) {
            look(row.status, "transaction-status");
            look(row.type, "transaction-type");
        }
    }
    if (facts.order)
        look(facts.order->financialStatus, "financial-status");
    if (facts.purchase)
        look(facts.purchase->paymentMethod, "payment-method");
    check(plan, field.empty(), phrase("check.words-known"),
          phrase("refuse.unknown-value").with("field", field).with("value", word));
}

void checkUnitsFree(Plan& plan, const domain::CaseFacts& facts)
{
    const std::set<UnitId> units = unitSet(plan);
    const domain::OwnAction* other = nullptr;
    for (const domain::OwnAction& row : facts.actions) {
        if (row.kind != plan.kind || domain::isWithdrawn(row.state))
            continue;
        const bool overlaps =
            std::any_of(row.units.begin(), row.units.end(),
                        [&units](const UnitId& unit) { return units.contains(unit); });
        if (overlaps)
            other = &row;
    }
    domain::Phrase refusal("refuse.unit-taken");
    if (other != nullptr) {
        refusal.with("action", other->id.value)
            .with("state", std::string(domain::actionStateWord(other->state)));
    }
    check(plan, other == nullptr, phrase("check.units-free"), std::move(refusal),
          other == nullptr ? "0" : "1");
}

namespace {

Step stopPaymentStep(const domain::CaseFacts& facts, const Plan& plan)
{
    Step step;
    step.number = 0;
    step.title = phrase("step.stop-payment");
    const std::string state = paymentState(facts, unitSet(plan));
    const bool isClaimed =
        std::any_of(facts.claims.begin(), facts.claims.end(),
                    [](const domain::Claim& row) { return row.step == "stop-payment"; });
    const bool isCanceled = facts.rma && facts.rma->status.value == domain::RmaStatus::Canceled;
    if (!facts.rma) {
        step.state = StepState::NotPresent;
    } else if (state != "requested" || isCanceled) {
        step.state = StepState::Done;
        step.note = phrase("step.no-payment-requested");
    } else {
        step.state = isClaimed ? StepState::Claimed : StepState::ToDo;
        step.note = phrase(isClaimed ? "step.said-stopped" : "step.stop-first");
    }
    return step;
}

Step processReturnStep(const domain::CaseFacts& facts, const PlanContext& context)
{
    Step step;
    step.number = 1;
    step.title = phrase("step.process-return");
    const auto* const returns =
        facts.order && facts.order->returns ? &*facts.order->returns : nullptr;
    if (returns == nullptr || returns->empty()) {
        step.state = StepState::NotPresent;
        step.note = phrase(returns == nullptr ? "step.returns-unread" : "step.no-shopify-return");
        return step;
    }
    std::int64_t unprocessed = 0;
    for (const domain::ShopifyReturn& row : *returns) {
        if (row.status.value == domain::ShopifyReturnStatus::Closed)
            continue;
        for (const domain::ShopifyReturnLine& line : row.lines)
            unprocessed += line.unprocessedQuantity;
    }
    step.state = unprocessed == 0 ? StepState::Done : StepState::ToDo;
    if (unprocessed > 0) {
        step.note = phrase(context.isReturnProcessOffered ? "step.units-unprocessed"
                                                          : "step.process-in-shopify")
                        .with("units", std::to_string(unprocessed));
    }
    return step;
}

} // namespace

void fillSteps(Plan& plan, const domain::CaseFacts& facts, const domain::Policy& policy,
               const PlanContext& context, int thisStep)
{
    std::vector<Step> steps;
    steps.push_back(stopPaymentStep(facts, plan));
    steps.push_back(processReturnStep(facts, context));
    const auto add = [&steps](int number, const char* title, StepState state,
                              domain::Phrase note = {}) {
        Step step;
        step.number = number;
        step.title = domain::Phrase(title);
        step.state = state;
        step.note = std::move(note);
        steps.push_back(std::move(step));
    };
    const auto waitsFor = [](int number) {
        return domain::Phrase("step.waits-for").with("step", std::to_string(number));
    };
    const bool isCredited =
        std::any_of(facts.actions.begin(), facts.actions.end(), [](const domain::OwnAction& row) {
            return row.kind == domain::ActionKind::Credit &&
                   (row.state == domain::ActionState::Confirmed ||
                    row.state == domain::ActionState::Settled);
        });
    add(2, "step.account-credit", isCredited ? StepState::Done : StepState::Waits, waitsFor(1));
    add(3, "step.stock", StepState::Open, domain::Phrase("step.after-inspection"));
    add(4, "step.credit-note", policy.isErpConnected ? StepState::Waits : StepState::NotPresent,
        policy.isErpConnected ? waitsFor(2) : domain::Phrase("step.no-erp"));
    add(5, "step.status", context.isStatusOffered ? StepState::Waits : StepState::ToDo,
        domain::Phrase("step.waits-for-units"));
    add(6, "step.notes", StepState::Waits, waitsFor(5));
    for (Step& step : steps) {
        if (step.number != thisStep)
            continue;
        step.state = StepState::This;
        for (const PlannedCall& call : plan.calls)
            step.calls.push_back(call.label);
    }
    plan.steps = std::move(steps);
}

} // namespace parts
} // namespace counterfoil::actions
