#include "core/actions/approvals.h"
#include "tests/unit/actions/sample.h"

#include <gtest/gtest.h>

namespace counterfoil::actions {

using namespace sample;
using domain::Role;

namespace {

domain::Person person(const char* id, std::vector<Role> roles)
{
    return {PersonId(id), id, std::move(roles)};
}

const domain::Person kPriya = person("priya", {Role::FinanceClerk, Role::FinanceApprover});
const domain::Person kTom = person("tom", {Role::FinanceApprover});
const domain::Person kLea = person("lea", {Role::FinanceLead});
const domain::Person kJo = person("jo", {Role::CxAgent});
const domain::Person kNora = person("nora", {Role::WarehouseLead});

Plan planOf(std::int64_t shopMinor, bool isExact = true)
{
    Plan plan = creditPlan();
    plan.need.shopMinor = shopMinor;
    plan.need.isExactInTwo = isExact;
    return plan;
}

Requirement need(const Plan& plan, RecentSums sums = {})
{
    return requirementOf(plan, sums, policy());
}

Decision sign(ActionRecord& record, const Plan& plan, const domain::Person& by,
              const domain::Policy& rules = policy(), Instant now = kNow)
{
    Decision decision =
        decide(record, plan, requirementOf(plan, {}, rules), by, "", rules, {}, now);
    if (decision.verdict != Verdict::Refused)
        record.approvals.push_back(decision.approval);
    return decision;
}

struct Limit {
    const char* name;
    std::int64_t minor;
    bool isExact, second, lead, reason;
};
class CreditLimit : public testing::TestWithParam<Limit> {};

} // namespace

TEST_P(CreditLimit, AsInTheTable)
{
    const Limit& row = GetParam();
    const Requirement wants = need(planOf(row.minor, row.isExact));
    EXPECT_EQ(wants.needsSecondPerson, row.second);
    EXPECT_EQ(wants.needsLead, row.lead);
    EXPECT_EQ(wants.needsWrittenReason, row.reason);
}

INSTANTIATE_TEST_SUITE_P(Table, CreditLimit,
                         testing::Values(Limit{"FiftyExact", 50'00, true, false, false, false},
                                         Limit{"FiftyNotExact", 50'00, false, true, false, false},
                                         Limit{"AboveFifty", 50'01, true, true, false, false},
                                         Limit{"FiveHundred", 500'00, true, true, false, false},
                                         Limit{"AboveFiveHundred", 500'01, true, true, true, false},
                                         Limit{"FiveThousand", 5000'00, true, true, true, false},
                                         Limit{"Above", 5000'01, true, true, true, true}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Approvals, SplittingDoesNotHelp)
{
    EXPECT_FALSE(need(planOf(30'00)).needsSecondPerson);
    EXPECT_TRUE(need(planOf(30'00), {20'01, 0, 0}).needsSecondPerson);
    EXPECT_TRUE(need(planOf(30'00), {0, 20'01, 0}).needsSecondPerson);
    EXPECT_TRUE(need(planOf(30'00), {0, 0, 20'01}).needsSecondPerson);
    EXPECT_FALSE(need(planOf(30'00), {20'00, 20'00, 20'00}).needsSecondPerson);
}

TEST(Approvals, SumsCountADayAndLeaveOutWhatWasWithdrawn)
{
    ActionRecord old = filed(planOf(40'00));
    old.head.id = ActionId("other");
    const ActionRecord record = filed(planOf(30'00));
    const PlanOf planOf = [](const ActionRecord& row) {
        return std::make_shared<const Plan>(planFromJson(row.planJson).value());
    };
    EXPECT_EQ(recentSums({old}, record, kNow, planOf).customer, 40'00);
    EXPECT_EQ(recentSums({old}, record, kNow, planOf).proposer, 40'00);
    EXPECT_EQ(recentSums({old}, record, kNow + std::chrono::hours(25), planOf).largest(), 0);
    old.head.state = domain::ActionState::Rejected;
    EXPECT_EQ(recentSums({old}, record, kNow, planOf).largest(), 0);
}

TEST(Approvals, SmallAndExactMayBeSignedByItsProposer)
{
    const Plan plan = planOf(45'00);
    ActionRecord record = filed(plan);
    EXPECT_EQ(sign(record, plan, kPriya).verdict, Verdict::Approved);
    EXPECT_TRUE(record.approvals.front().isEnforced);
}

TEST(Approvals, LargerNeedsAnother)
{
    const Plan plan = planOf(97'10);
    ActionRecord record = filed(plan);
    EXPECT_EQ(sign(record, plan, kPriya).reason.code, "refuse.own-proposal");
    EXPECT_EQ(sign(record, plan, kTom).verdict, Verdict::Approved);
}

TEST(Approvals, AboveFiveHundredNeedsTheLeadAsThird)
{
    const Plan plan = planOf(600'00);
    ActionRecord record = filed(plan);
    EXPECT_EQ(sign(record, plan, kTom).reason.code, "approval.needs-lead");
    EXPECT_EQ(sign(record, plan, kTom).reason.code, "refuse.signed-already");
    EXPECT_EQ(sign(record, plan, kLea).verdict, Verdict::Approved);
}

TEST(Approvals, TheLeadAloneIsNotEnough)
{
    const Plan plan = planOf(600'00);
    ActionRecord record = filed(plan);
    EXPECT_EQ(sign(record, plan, kLea).reason.code, "approval.needs-third");
}

TEST(Approvals, RolesCount)
{
    const Plan plan = planOf(45'00);
    ActionRecord record = filed(plan);
    EXPECT_EQ(sign(record, plan, kJo).reason.code, "refuse.role-approve");
    EXPECT_EQ(sign(record, plan, kNora).reason.code, "refuse.role-approve");
    EXPECT_EQ(refusalToPropose(domain::ActionKind::Credit, kJo).code, "");
    EXPECT_EQ(refusalToPropose(domain::ActionKind::Credit, kNora).code, "refuse.role-propose");
    EXPECT_EQ(refusalToPropose(domain::ActionKind::Release, kJo).code, "refuse.role-propose");
}

TEST(Approvals, ASignatureBindsToTheHash)
{
    const Plan plan = planOf(45'00);
    ActionRecord record = filed(plan);
    Plan other = plan;
    other.gross = gbp(46'00);
    EXPECT_EQ(sign(record, other, kTom).reason.code, "refuse.hash-differs");
    EXPECT_EQ(sign(record, plan, kTom).verdict, Verdict::Approved);
    EXPECT_EQ(refusalToSend(record, need(plan), policy(), kNow).code, "");
    record.approvals.front().planHash = "another";
    EXPECT_EQ(refusalToSend(record, need(plan), policy(), kNow).code, "refuse.hash-differs");
    record.planHash = "another";
    EXPECT_EQ(refusalToSend(record, need(plan), policy(), kNow).code, "refuse.plan-changed");
}

TEST(Approvals, EndAfterTwoBusinessDays)
{
    const Instant friday = kNow + std::chrono::hours(24 * 3);
    EXPECT_EQ(approvalEnds(kNow, domain::Calendar()), kNow + std::chrono::hours(48));
    EXPECT_EQ(approvalEnds(friday, domain::Calendar()), friday + std::chrono::hours(24 * 4));
    domain::Calendar holiday;
    holiday.holidays = {"2026-11-25"};
    EXPECT_EQ(approvalEnds(kNow, holiday), kNow + std::chrono::hours(72));
    const Plan plan = planOf(45'00);
    ActionRecord record = filed(plan);
    sign(record, plan, kTom);
    const Instant late = kNow + std::chrono::hours(48);
    EXPECT_EQ(refusalToSend(record, need(plan), policy(), late - Millis(1)).code, "");
    EXPECT_EQ(refusalToSend(record, need(plan), policy(), late).code, "refuse.approval-expired");
    ActionRecord unsignedYet = filed(plan);
    EXPECT_EQ(sign(unsignedYet, plan, kTom, policy(), late).reason.code, "refuse.proposal-expired");
}

TEST(Approvals, OneSeatIsMarkedNotEnforced)
{
    domain::Policy single = policy();
    single.isSingleSeat = true;
    const Plan plan = planOf(97'10);
    ActionRecord record = filed(plan);
    EXPECT_EQ(sign(record, plan, kPriya, single).verdict, Verdict::Approved);
    EXPECT_FALSE(record.approvals.front().isEnforced);
    const Plan large = planOf(600'00);
    ActionRecord above = filed(large);
    EXPECT_EQ(sign(above, large, kPriya, single).reason.code, "approval.needs-lead");
}

TEST(Approvals, AReleaseAboveTheLimitIsNotSignedByItsInspector)
{
    Plan plan = planRelease(facts(), policy(), releaseChoices(facts(), policy()).front(), proved());
    plan.need.shopMinor = 500'01;
    const ActionRecord record = filed(plan, "rhys");
    const Requirement wants = requirementOf(plan, {}, policy());
    EXPECT_TRUE(wants.needsSecondPerson);
    EXPECT_EQ(
        decide(record, plan, wants, kNora, "", policy(), {PersonId("nora")}, kNow).reason.code,
        "refuse.own-inspection");
    EXPECT_EQ(decide(record, plan, wants, kNora, "", policy(), {PersonId("rhys")}, kNow).verdict,
              Verdict::Approved);
}

TEST(Approvals, AWrittenReasonIsAskedFor)
{
    const Plan plan = planOf(5000'01);
    ActionRecord record = filed(plan);
    EXPECT_EQ(sign(record, plan, kTom).reason.code, "refuse.reason-needed");
    record.reasonText = "agreed by phone";
    EXPECT_NE(sign(record, plan, kTom).verdict, Verdict::Refused);
}

} // namespace counterfoil::actions
