#include "core/workspace/sheet_view.h"

#include "core/base/text.h"
#include "core/phrases/phrases.h"
#include "core/reconcile/expected_credit.h"
#include "core/reconcile/returngo_money.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace counterfoil::workspace {

namespace {

using actions::Plan;
using money::Money;

view::SheetCheck checkView(const actions::Check& check)
{
    view::SheetCheck out;
    out.state = check.level == actions::CheckLevel::Passed      ? view::CheckState::Passed
                : check.level == actions::CheckLevel::Attention ? view::CheckState::Attention
                                                                : view::CheckState::Blocking;
    out.text = phrases::text(check.text);
    out.value = check.figure;
    return out;
}

std::string stepStateText(const actions::Step& step)
{
    const std::string note = phrases::text(step.note);
    switch (step.state) {
    case actions::StepState::Done:
        return note.empty() ? "done" : note;
    case actions::StepState::Claimed:
        return "said done, not seen";
    case actions::StepState::This:
        return "this action";
    case actions::StepState::ToDo:
    case actions::StepState::Waits:
    case actions::StepState::NotPresent:
    case actions::StepState::Open:
        return note;
    }
    return note;
}

constexpr std::array<const char*, 7> kStepSystems{
    "ReturnGO", "Shopify",  "Shopify, SparkLayer balance", "Quarantine page",
    "ERP",      "ReturnGO", "ReturnGO, Shopify order"};

std::vector<view::SheetStep> stepViews(const Plan& plan)
{
    std::vector<view::SheetStep> out;
    for (const actions::Step& step : plan.steps) {
        view::SheetStep row;
        row.number = step.number;
        row.title = phrases::text(step.title);
        row.system = step.number >= 0 && step.number < 7
                         ? kStepSystems[static_cast<std::size_t>(step.number)]
                         : "";
        row.state = stepStateText(step);
        row.calls = step.calls;
        row.isAttention = step.state == actions::StepState::ToDo && step.number == 0;
        row.hasDeepLink =
            step.number == 0 && step.state != actions::StepState::Done && !plan.rma.empty();
        row.url = row.hasDeepLink ? returngoUrl(plan.rma.value) : std::string();
        row.canTick = row.isAttention;
        if (step.state == actions::StepState::This) {
            for (const actions::PlannedCall& call : plan.calls) {
                row.calls.push_back(std::string(clipped(call.body, 2000)));
                if (!call.readAtSend.empty())
                    row.calls.push_back(
                        fmt::format("read again at send: {}", fmt::join(call.readAtSend, ", ")));
            }
        }
        out.push_back(std::move(row));
    }
    return out;
}

std::string prediction(const Plan& plan, std::string_view field, bool isAfter)
{
    for (const actions::Prediction& row : plan.predictions) {
        if (row.field == field)
            return isAfter ? row.after : row.before;
    }
    return {};
}

std::optional<Money> amountOf(const std::string& text, money::Currency currency)
{
    const auto parsed = Money::parse(text, currency);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

std::string groupedOf(const std::string& text, money::Currency currency)
{
    const auto amount = amountOf(text, currency);
    return amount ? amount->groupedText() : text;
}

/// "Owed 66.3 % of the limit, was 68.3 %": tenths of a percent, whole numbers only.
std::string shareText(const std::optional<Money>& before, const std::optional<Money>& after,
                      const std::optional<Money>& limit)
{
    if (!before || !after || !limit || !limit->isPositive())
        return {};
    const auto permille = [&](const Money& owed) {
        const auto share = money::Fraction::make(owed.minor(), limit->minor())
                               .and_then([](const money::Fraction& part) {
                                   return part.times(money::Fraction(1000));
                               });
        const std::int64_t value = share ? share->roundHalfUp() : 0;
        return fmt::format("{}.{}", value / 10, std::abs(value % 10));
    };
    return fmt::format("Owed {} % of the limit, was {} %", permille(*after), permille(*before));
}

/// ReturnGO's amount for the units of one line, or nullopt when it is not known.
std::optional<Money> returngoOfLine(const reconcile::ReturngoMoney& money,
                                    const reconcile::ExpectedLine& line, money::Currency currency)
{
    Money total = Money::zero(currency);
    for (const reconcile::UnitMoney& unit : money.units) {
        if (unit.line != line.line)
            continue;
        const auto next = total.plus(unit.amount);
        if (!unit.problem.code.empty() || !next)
            return std::nullopt;
        total = *next;
    }
    return total;
}

/// Off the line's expected credit by more than per-unit rounding explains (law.md 3).
bool isBeyondRounding(const std::optional<Money>& amount, const reconcile::ExpectedLine& line)
{
    const Money expected = line.total().gross;
    return amount && (amount->currency() != expected.currency() ||
                      std::abs(amount->minor() - expected.minor()) >
                          reconcile::toleranceMinor(static_cast<std::int64_t>(line.units.size())));
}

struct LineSums {
    int units = 0;
    Money net, tax, gross;
};

LineSums sumsOf(const Plan& plan, const LineId& line, money::Currency currency)
{
    LineSums out;
    out.net = out.tax = out.gross = Money::zero(currency);
    for (const actions::PlanUnit& unit : plan.units) {
        if (unit.line != line)
            continue;
        ++out.units;
        out.net = out.net.plus(unit.net).value_or(out.net);
        out.tax = out.tax.plus(unit.tax).value_or(out.tax);
        out.gross = out.gross.plus(unit.gross).value_or(out.gross);
    }
    return out;
}

void fillLines(const Plan& plan, const domain::CaseFacts& facts, const domain::Policy& policy,
               view::CreditPreview& out)
{
    const reconcile::Joined joined = reconcile::join(facts, policy);
    const reconcile::ExpectedCredit expected = reconcile::expectedCredit(facts, policy, joined);
    const reconcile::ReturngoMoney returngo = reconcile::returngoMoney(facts, joined, expected);
    Money returngoTotal = Money::zero(expected.currency);
    for (const reconcile::ExpectedLine& line : expected.lines) {
        const LineSums sums = sumsOf(plan, line.line, expected.currency);
        view::SheetLine row;
        row.sku = line.sku;
        row.title = fmt::format("{} of {} at {}", line.units.size(), line.quantityOrdered,
                                money::rounded(line.unitNet, expected.currency).groupedText());
        if (line.unitTax.numerator() != 0)
            row.title += " + VAT";
        row.verdicts = verdictSummary(facts, line.units);
        row.unitsNow = sums.units;
        row.net = sums.net.groupedText();
        row.tax = sums.tax.groupedText();
        row.creditNow = sums.gross.groupedText();
        row.forecast = line.forecast.gross.groupedText();
        row.notDue = line.notDue.gross.groupedText();
        const auto paid = returngoOfLine(returngo, line, expected.currency);
        row.returngo = paid ? paid->groupedText() : std::string();
        row.isReturngoOff = isBeyondRounding(paid, line);
        if (paid)
            returngoTotal = returngoTotal.plus(*paid).value_or(returngoTotal);
        out.total.isReturngoOff = out.total.isReturngoOff || row.isReturngoOff;
        out.lines.push_back(std::move(row));
    }
    out.total.sku = "Credit, gross";
    out.total.unitsNow = static_cast<int>(plan.units.size());
    out.total.net = plan.net.groupedText();
    out.total.tax = plan.tax.groupedText();
    out.total.creditNow = plan.gross.displayText();
    out.total.forecast = plan.forecast.groupedText();
    out.total.notDue = plan.notDue.groupedText();
    out.total.returngo = returngoTotal.groupedText();
    std::string fees;
    for (const actions::PlanFee& fee : plan.fees)
        fees += fmt::format("{}{} {}", fees.empty() ? "" : ", ", fee.kind, fee.gross.groupedText());
    out.feesText = fees.empty() ? "Agreed fees, none" : "Agreed fees: " + fees;
}

void fillBalance(const Plan& plan, const domain::CaseFacts& facts, view::CreditPreview& out)
{
    const money::Currency currency = plan.gross.currency();
    out.owedNow = groupedOf(prediction(plan, "balance", false), currency);
    out.owedAfter = groupedOf(prediction(plan, "balance", true), currency);
    out.availableNow = groupedOf(prediction(plan, "available", false), currency);
    out.availableAfter = groupedOf(prediction(plan, "available", true), currency);
    const std::optional<Money> limit = facts.account ? facts.account->creditLimit : std::nullopt;
    out.limitText = limit ? "limit " + limit->groupedText() : "no limit";
    out.shareText = shareText(amountOf(prediction(plan, "balance", false), currency),
                              amountOf(prediction(plan, "balance", true), currency), limit);
    if (facts.account)
        out.readText = fmt::format("Read {}, read again at send",
                                   formatInstant(facts.account->document.observedAt).substr(11, 8));
}

const actions::Check* firstOf(const Plan& plan, actions::CheckLevel level)
{
    for (const actions::Check& check : plan.checks) {
        if (check.level == level)
            return &check;
    }
    return nullptr;
}

std::vector<std::string> signersOf(const actions::Requirement& requirement,
                                   const SiteContext& sites, const std::string& site,
                                   const std::string& person)
{
    std::vector<std::string> out{sites.personName(person) + (requirement.needsSecondPerson
                                                                 ? " prepares"
                                                                 : " prepares and approves")};
    const SiteConfig* config = sites.site(site);
    if (!requirement.needsSecondPerson || !config)
        return out;
    const auto add = [&](domain::Role role, const char* what) {
        for (const domain::Person& row : config->site.people) {
            if (row.id.value != person && row.hasRole(role)) {
                out.push_back(row.name + what);
                return;
            }
        }
    };
    add(domain::Role::FinanceApprover, " approves");
    if (requirement.needsLead)
        add(domain::Role::FinanceLead, " signs as finance lead");
    return out;
}

view::Allowed allowedBy(const Plan& plan)
{
    const actions::Check* blocking = plan.firstBlocking();
    return {blocking == nullptr, blocking ? phrases::text(blocking->text) : std::string()};
}

std::string limitsText(const domain::Policy& policy, money::Currency currency)
{
    const auto amount = [&](std::int64_t minor) {
        return Money::fromMinor(minor, currency).displayText();
    };
    return fmt::format(
        "To {}, exact in two systems: one person. To {}: two. To {}: and the finance lead.",
        amount(policy.approveAloneMinor), amount(policy.approveTwoMinor),
        amount(policy.approveLeadMinor));
}

} // namespace

std::string personNote(const SiteConfig& site, std::string_view person)
{
    const domain::Policy& policy = site.site.policy;
    const auto amount = [&](std::int64_t minor) {
        return Money::fromMinor(minor, site.site.currency).displayText();
    };
    for (const domain::Person& row : site.site.people) {
        if (row.id.value != person)
            continue;
        if (row.hasRole(domain::Role::FinanceApprover) || row.hasRole(domain::Role::FinanceLead))
            return "Approves to " + amount(policy.approveAloneMinor);
        if (row.hasRole(domain::Role::WarehouseLead))
            return "Releases to " + amount(policy.releaseLimitMinor);
        return row.hasRole(domain::Role::Auditor) ? "Reads everything"
                                                  : "Proposes, approves nothing";
    }
    return site.site.people.empty() ? "Single seat, every role" : "Not in the config of this site";
}

std::string returngoUrl(const std::string& rma)
{
    return rma.empty() ? std::string()
                       : "https://app.returngo.ai/dashboard/returns?filter_status=open&rmaid=" +
                             percentEncoded(rma);
}

std::string customerName(const domain::CaseFacts& facts)
{
    if (facts.order && !facts.order->companyName.empty())
        return facts.order->companyName;
    return facts.account ? facts.account->companyName : std::string();
}

std::string verdictSummary(const domain::CaseFacts& facts, const std::vector<UnitId>& units)
{
    std::array<int, 6> counts{}; // A, B, damaged in transit, damaged by buyer, wrong, missing
    int toDo = 0;
    for (const UnitId& unit : units) {
        const auto found =
            std::find_if(facts.inspections.begin(), facts.inspections.end(),
                         [&](const domain::Inspection& row) { return row.unit == unit; });
        if (found == facts.inspections.end()) {
            ++toDo;
            continue;
        }
        switch (found->verdict) {
        case domain::UnitVerdict::AGrade:
            ++counts[0];
            break;
        case domain::UnitVerdict::BGrade:
            ++counts[1];
            break;
        case domain::UnitVerdict::Damaged:
            ++counts[found->cause == domain::DamageCause::Buyer ? 3 : 2];
            break;
        case domain::UnitVerdict::WrongItem:
            ++counts[4];
            break;
        case domain::UnitVerdict::Missing:
            ++counts[5];
            break;
        }
    }
    constexpr std::array<const char*, 6> kNames{
        "A", "B", "damaged in transit", "damaged by buyer", "wrong", "missing"};
    std::string out;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0)
            out += fmt::format("{}{} {}", out.empty() ? "" : ", ", counts[i], kNames[i]);
    }
    if (toDo > 0)
        out += fmt::format("{}{} to do", out.empty() ? "" : ", ", toDo);
    return out;
}

view::CreditPreview creditPreview(const Plan& plan, const actions::Requirement& requirement,
                                  const domain::CaseFacts& facts, const SiteContext& sites,
                                  const std::string& person, bool wholeForecast)
{
    const SiteConfig* site = sites.site(facts.site.value);
    view::CreditPreview out;
    out.site = facts.site.value;
    out.caseId = facts.id;
    out.rma = plan.rma.value;
    out.order = plan.orderName;
    out.customer = customerName(facts);
    out.headline =
        fmt::format("{} will owe {} less.", out.customer.empty() ? "The buyer" : out.customer,
                    plan.gross.displayText());
    if (!site)
        return out;
    const domain::Policy& policy = site->site.policy;
    fillLines(plan, facts, policy, out);
    fillBalance(plan, facts, out);
    const auto whole = plan.gross.plus(plan.forecast);
    out.dueText = fmt::format("Part credit now, {}", plan.gross.groupedText());
    out.forecastText = fmt::format("Wait for the rest, forecast {}",
                                   whole ? whole->groupedText() : plan.forecast.groupedText());
    out.steps = stepViews(plan);
    for (const actions::Check& check : plan.checks)
        out.checks.push_back(checkView(check));
    if (const actions::Check* attention = firstOf(plan, actions::CheckLevel::Attention))
        out.attentionText = phrases::text(attention->text);
    out.approvalRule = limitsText(policy, site->site.currency);
    out.approvalHere = phrases::text(requirement.why);
    out.signers = signersOf(requirement, sites, out.site, person);
    out.reasonChoices = {"Wrong price basis in ReturnGO", "Wrong refund method",
                         "Credit not posted", "Part credit after inspection", "Other, see text"};
    out.planHash = actions::planHash(plan);
    out.planJson = actions::planJson(plan);
    out.propose = allowedBy(plan);
    if (wholeForecast)
        out.propose = {false,
                       "Waits for the inspection of the remaining units; nothing is sent now"};
    out.issue = out.propose;
    if (out.issue.isAllowed && requirement.needsSecondPerson && !policy.isSingleSeat)
        out.issue = {false, "Needs a second person: request approval"};
    out.issueLabel = fmt::format("Issue {}", plan.gross.displayText());
    out.proposeLabel = "Request approval";
    std::string notSent;
    for (const domain::Phrase& phrase : plan.notSent)
        notSent += (notSent.empty() ? "" : ", ") + phrases::text(phrase);
    out.notSent = notSent.empty() ? std::string() : "Not sent: " + notSent + ".";
    return out;
}

namespace {

view::ReleaseLine releaseLine(const Plan& plan, const domain::CaseFacts& facts,
                              const SiteContext& sites)
{
    view::ReleaseLine line;
    line.caseId = facts.id;
    line.rma = plan.rma.value;
    line.sku = plan.sku;
    line.location = sites.locationName(plan.to.value);
    line.units = static_cast<int>(plan.quantity);
    const auto whole = [](const std::string& text) {
        return text.empty() ? 0 : std::strtoll(text.c_str(), nullptr, 10);
    };
    line.availableBefore = whole(prediction(plan, "sellable-level", false));
    line.availableAfter = whole(prediction(plan, "sellable-level", true));
    std::vector<UnitId> ids;
    for (const actions::PlanUnit& unit : plan.units)
        ids.push_back(unit.unit);
    line.note = verdictSummary(facts, ids);
    line.isOn = plan.isSendable();
    return line;
}

} // namespace

view::ReleasePreview releasePreview(const std::vector<Plan>& plans,
                                    const std::vector<actions::Requirement>& requirements,
                                    const domain::CaseFacts& facts, const SiteContext& sites,
                                    const std::string& person)
{
    const SiteConfig* site = sites.site(facts.site.value);
    view::ReleasePreview out;
    out.site = facts.site.value;
    const bool isAnySendable =
        std::any_of(plans.begin(), plans.end(), [](const Plan& plan) { return plan.isSendable(); });
    int units = 0;
    std::map<std::string, int> byLocation;
    std::string blocked;
    bool needsSecond = false;
    std::int64_t value = 0;
    std::string hashes;
    const Plan* first = nullptr;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const Plan& plan = plans[i];
        view::ReleaseLine line = releaseLine(plan, facts, sites);
        if (const actions::Check* check = plan.firstBlocking(); check && isAnySendable) {
            // It holds up no other: shown with what stands against it, and left out.
            line.note = "stays: " + phrases::text(check->text);
            view::SheetCheck stays = checkView(*check);
            stays.state = view::CheckState::Attention;
            stays.text = fmt::format("{} stays: {}", plan.sku, stays.text);
            out.checks.push_back(std::move(stays));
            out.lines.push_back(std::move(line));
            continue;
        } else if (check && blocked.empty()) {
            blocked = phrases::text(check->text);
        }
        first = first ? first : &plan;
        units += line.units;
        byLocation[line.location] += line.units;
        value += plan.need.shopMinor;
        needsSecond = needsSecond || (i < requirements.size() && requirements[i].needsSecondPerson);
        for (const actions::Check& check : plan.checks)
            out.checks.push_back(checkView(check));
        hashes += (hashes.empty() ? "" : ",") + actions::planHash(plan);
        out.lines.push_back(std::move(line));
    }
    out.unitsByLocation.assign(byLocation.begin(), byLocation.end());
    if (site)
        out.valueText = Money::fromMinor(value, site->site.currency).displayText();
    if (first)
        out.steps = stepViews(*first);
    out.planHash = hashes;
    if (plans.empty())
        out.release = {false, "No inspected unit is waiting in quarantine"};
    else
        out.release = {blocked.empty(), blocked};
    const bool isRequest = needsSecond && site && !site->site.policy.isSingleSeat;
    out.isRequest = isRequest;
    out.releaseLabel = fmt::format("{} {} unit{}", isRequest ? "Request release of" : "Release",
                                   units, units == 1 ? "" : "s");
    out.approvalText = needsSecond
                           ? fmt::format("{} needs a second person of the team.", out.valueText)
                           : fmt::format("{} may release this alone.", sites.personName(person));
    return out;
}

view::ActionView actionView(const actions::ActionRecord& record, const SiteContext& sites,
                            const std::string& person, Instant now)
{
    view::ActionView out;
    out.id = record.head.id;
    out.site = record.site;
    out.caseId = record.caseId;
    out.rma = record.head.rma.value;
    out.kind = record.head.kind;
    out.state = record.head.state;
    const std::string where =
        out.rma.empty() ? "order " + record.head.order.value : "RMA" + out.rma;
    switch (record.head.kind) {
    case domain::ActionKind::Credit:
        out.title = fmt::format("Account credit {}, {}", record.head.amount.displayText(), where);
        break;
    case domain::ActionKind::Release:
        out.title =
            fmt::format("Release {} × {}, {}", record.head.quantity, record.head.sku, where);
        break;
    case domain::ActionKind::SetPo:
        out.title = fmt::format("PO number, {}", where);
        break;
    }
    out.goesTo = "Shopify";
    out.by = sites.personName(record.head.proposer.value);
    out.at = record.head.changedAt;
    out.heldUntil =
        record.head.state == domain::ActionState::Approved ? record.heldUntil : std::nullopt;
    out.stateText = phrases::text(
        domain::Phrase(fmt::format("action-state.{}", domain::actionStateWord(record.head.state))));
    if (out.heldUntil && *out.heldUntil > now)
        out.stateText = fmt::format("held {} s", (*out.heldUntil - now).count() / 1000 + 1);
    out.problem = phrases::text(record.problem);
    const bool isProposed = record.head.state == domain::ActionState::Proposed;
    const bool isHeld = record.head.state == domain::ActionState::Approved;
    out.approve = {isProposed, isProposed ? "" : "It is not waiting for approval"};
    out.reject = {isProposed, isProposed ? "" : "It is not waiting for approval"};
    out.undo = {isProposed || isHeld,
                isProposed || isHeld ? ""
                                     : "It has left; only a reverse entry by two people undoes it"};
    for (const actions::Approval& approval : record.approvals)
        out.signatures.emplace_back(sites.personName(approval.person.value), true);
    if (isProposed && record.needsSecondPerson)
        out.signatures.emplace_back(
            record.head.proposer.value == person ? "another person" : "not signed", false);
    return out;
}

} // namespace counterfoil::workspace
