#include "core/actions/approvals.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

namespace counterfoil::actions {

namespace {

using domain::ActionKind;
using domain::Person;
using domain::Phrase;
using domain::Role;

constexpr Millis kSumWindow = std::chrono::hours(24);
constexpr int kBusinessDays = 2;
constexpr int kDaysMax = 60; // a calendar without an open day must not loop

bool hasAny(const Person& person, std::initializer_list<Role> roles)
{
    return std::any_of(roles.begin(), roles.end(),
                       [&person](Role role) { return person.hasRole(role); });
}

bool mayApprove(ActionKind kind, const Person& person)
{
    switch (kind) {
    case ActionKind::Credit:
        return hasAny(person, {Role::FinanceApprover, Role::FinanceLead});
    case ActionKind::Release:
        return hasAny(person, {Role::WarehouseLead});
    case ActionKind::SetPo:
        return hasAny(
            person, {Role::CxAgent, Role::FinanceClerk, Role::FinanceApprover, Role::FinanceLead});
    }
    return false;
}

/// The role a person signs with: the strongest one that counts for this kind.
Role signingRole(ActionKind kind, const Person& person)
{
    if (kind == ActionKind::Release)
        return Role::WarehouseLead;
    if (person.hasRole(Role::FinanceLead))
        return Role::FinanceLead;
    if (person.hasRole(Role::FinanceApprover))
        return Role::FinanceApprover;
    return person.hasRole(Role::FinanceClerk) ? Role::FinanceClerk : Role::CxAgent;
}

bool isOpenDay(std::chrono::sys_days day, const domain::Calendar& calendar)
{
    const std::chrono::weekday weekday(day);
    const domain::WorkingDay& hours = calendar.days[weekday.c_encoding()];
    const bool isAllDefault =
        std::all_of(calendar.days.begin(), calendar.days.end(), [](const auto& row) {
            return row.openMinute == domain::WorkingDay().openMinute &&
                   row.closeMinute == domain::WorkingDay().closeMinute;
        });
    // A calendar that nobody set up has seven equal days: Monday to Friday then.
    if (isAllDefault ? weekday == std::chrono::Saturday || weekday == std::chrono::Sunday
                     : hours.openMinute >= hours.closeMinute)
        return false;
    const std::chrono::year_month_day date(day);
    const std::string text =
        fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return std::find(calendar.holidays.begin(), calendar.holidays.end(), text) ==
           calendar.holidays.end();
}

Requirement creditRequirement(const Plan& plan, const RecentSums& sums,
                              const domain::Policy& policy)
{
    Requirement need;
    const std::int64_t sum = plan.need.shopMinor + sums.largest();
    const auto because = [&need](const char* code) {
        if (need.why.code.empty())
            need.why = Phrase(code);
    };
    if (plan.need.isBelowZero || plan.need.isOtherAmount || sum > policy.approveLeadMinor) {
        need.needsSecondPerson = need.needsLead = need.needsWrittenReason = true;
        because(plan.need.isBelowZero     ? "approval.below-zero"
                : plan.need.isOtherAmount ? "approval.other-amount"
                                          : "approval.above-lead");
    }
    if (sum > policy.approveTwoMinor) {
        need.needsSecondPerson = need.needsLead = true;
        because("approval.above-two");
    }
    if (sum > policy.approveAloneMinor || !plan.need.isExactInTwo) {
        need.needsSecondPerson = true;
        because(plan.need.isExactInTwo ? "approval.above-alone" : "approval.not-exact");
    }
    if (plan.need.isRefundRequested) {
        need.needsSecondPerson = true;
        because("approval.refund-requested");
    }
    because("approval.alone");
    return need;
}

/// What is missing with these signatures; empty: nothing.
Phrase missing(const ActionRecord& record, const Requirement& need, bool isSingleSeat)
{
    const auto& list = record.approvals;
    if (list.empty())
        return Phrase("approval.unsigned");
    std::set<PersonId> others;
    bool hasLead = false;
    for (const Approval& row : list) {
        if (row.person != record.head.proposer)
            others.insert(row.person);
        hasLead = hasLead || row.role == Role::FinanceLead;
    }
    if (need.needsLead && !hasLead)
        return Phrase("approval.needs-lead");
    if (isSingleSeat)
        return {};
    if (need.needsSecondPerson && others.empty())
        return Phrase("approval.needs-second");
    // Up to 5,000: proposer, another approver, and the lead as a third signature.
    if (need.needsLead && others.size() < 2)
        return Phrase("approval.needs-third");
    return {};
}

} // namespace

std::int64_t RecentSums::largest() const
{
    return std::max({customer, proposer, order});
}

RecentSums recentSums(const std::vector<ActionRecord>& actions, const ActionRecord& record,
                      Instant now, const PlanOf& planOf)
{
    RecentSums sums;
    const std::shared_ptr<const Plan> own = planOf(record);
    for (const ActionRecord& row : actions) {
        if (row.head.id == record.head.id || row.head.kind != record.head.kind ||
            row.site != record.site || domain::isWithdrawn(row.head.state) ||
            row.head.createdAt + kSumWindow < now)
            continue;
        const std::shared_ptr<const Plan> plan = planOf(row);
        if (plan == nullptr)
            continue;
        const std::int64_t minor = plan->need.shopMinor;
        if (own && !own->customer.empty() && plan->customer == own->customer)
            sums.customer += minor;
        if (row.head.proposer == record.head.proposer)
            sums.proposer += minor;
        if (!record.head.order.empty() && row.head.order == record.head.order)
            sums.order += minor;
    }
    return sums;
}

Requirement requirementOf(const Plan& plan, const RecentSums& sums, const domain::Policy& policy)
{
    if (plan.kind == ActionKind::Credit)
        return creditRequirement(plan, sums, policy);
    Requirement need;
    need.why = Phrase("approval.alone");
    if (plan.kind == ActionKind::Release &&
        plan.need.shopMinor + sums.largest() > policy.releaseLimitMinor) {
        need.needsSecondPerson = true;
        need.why = Phrase("approval.above-release");
    }
    return need;
}

Phrase refusalToPropose(ActionKind kind, const Person& person)
{
    const bool mayCredit = hasAny(
        person, {Role::CxAgent, Role::FinanceClerk, Role::FinanceApprover, Role::FinanceLead});
    const bool mayRelease = hasAny(person, {Role::WarehouseOperative, Role::WarehouseLead});
    const bool isAllowed = kind == ActionKind::Release ? mayRelease : mayCredit;
    return isAllowed
               ? Phrase()
               : Phrase("refuse.role-propose").with("kind", std::string(actionKindWord(kind)));
}

Decision decide(const ActionRecord& record, const Plan& plan, const Requirement& requirement,
                const Person& person, const std::string& reason, const domain::Policy& policy,
                const std::vector<PersonId>& inspectors, Instant now)
{
    Decision decision;
    const auto refuse = [&decision](const char* code) {
        decision.reason = Phrase(code);
        return decision;
    };
    if (record.head.state != domain::ActionState::Proposed)
        return refuse("refuse.not-proposed");
    if (planHash(plan) != record.planHash)
        return refuse("refuse.hash-differs");
    if (!mayApprove(plan.kind, person))
        return refuse("refuse.role-approve");
    if (approvalEnds(record.head.createdAt, policy.calendar) <= now)
        return refuse("refuse.proposal-expired");
    const bool isTwice =
        std::any_of(record.approvals.begin(), record.approvals.end(),
                    [&person](const Approval& row) { return row.person == person.id; });
    if (isTwice)
        return refuse("refuse.signed-already");
    const bool isOwn = person.id == record.head.proposer;
    if (isOwn && requirement.needsSecondPerson && !policy.isSingleSeat)
        return refuse("refuse.own-proposal");
    const bool inspected =
        std::find(inspectors.begin(), inspectors.end(), person.id) != inspectors.end();
    if (plan.kind == ActionKind::Release && requirement.needsSecondPerson && inspected &&
        !policy.isSingleSeat)
        return refuse("refuse.own-inspection");
    if (requirement.needsWrittenReason && record.reasonText.empty() && reason.empty())
        return refuse("refuse.reason-needed");
    decision.approval.person = person.id;
    decision.approval.role = signingRole(plan.kind, person);
    decision.approval.planHash = record.planHash;
    decision.approval.at = now;
    decision.approval.isEnforced = !policy.isSingleSeat;
    decision.approval.reason = reason;
    ActionRecord after = record;
    after.approvals.push_back(decision.approval);
    decision.reason = missing(after, requirement, policy.isSingleSeat);
    decision.verdict = decision.reason.code.empty() ? Verdict::Approved : Verdict::NeedsMore;
    return decision;
}

Phrase refusalToSend(const ActionRecord& record, const Requirement& requirement,
                     const domain::Policy& policy, Instant now)
{
    const Result<std::string> hash = hashOfPlanJson(record.planJson);
    if (!hash || *hash != record.planHash)
        return Phrase("refuse.plan-changed");
    std::set<PersonId> people;
    for (const Approval& row : record.approvals) {
        if (row.planHash != record.planHash)
            return Phrase("refuse.hash-differs");
        if (approvalEnds(row.at, policy.calendar) <= now)
            return Phrase("refuse.approval-expired");
        if (!people.insert(row.person).second)
            return Phrase("refuse.signed-already");
        if (row.person == record.head.proposer && requirement.needsSecondPerson &&
            !policy.isSingleSeat)
            return Phrase("refuse.own-proposal");
    }
    return missing(record, requirement, policy.isSingleSeat);
}

Instant approvalEnds(Instant from, const domain::Calendar& calendar)
{
    using std::chrono::days;
    std::chrono::sys_days day = std::chrono::floor<days>(from);
    const Millis timeOfDay = from - day;
    int left = kBusinessDays;
    for (int step = 0; step < kDaysMax && left > 0; ++step) {
        day += days(1);
        left -= isOpenDay(day, calendar) ? 1 : 0;
    }
    return day + timeOfDay;
}

} // namespace counterfoil::actions
