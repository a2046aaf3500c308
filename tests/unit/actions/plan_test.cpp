#include "core/actions/writes.h"
#include "tests/unit/actions/sample.h"

#include <gtest/gtest.h>

#include <functional>

namespace counterfoil::actions {

using namespace sample;

TEST(CreditPlan, CreditsTheInspectedUnitsAtTheInvoicedPriceWithTax)
{
    const Plan plan = creditPlan();
    EXPECT_EQ(refusal(plan), "");
    EXPECT_EQ(plan.units.size(), 3U);
    EXPECT_EQ(plan.net, gbp(37'50));
    EXPECT_EQ(plan.tax, gbp(7'50));
    EXPECT_EQ(plan.gross, gbp(45'00));
    EXPECT_EQ(plan.forecast, gbp(15'00));
    ASSERT_FALSE(plan.predictions.empty());
    EXPECT_EQ(plan.predictions.front().before, "812.40");
    EXPECT_EQ(plan.predictions.front().after, "767.40");
}

TEST(CreditPlan, IsOneCallOfTwoMetafieldsEachUnderItsDigest)
{
    const Plan plan = creditPlan();
    ASSERT_EQ(plan.calls.size(), 1U);
    const std::string& body = plan.calls.front().body;
    EXPECT_NE(body.find("payment_on_account"), std::string::npos);
    EXPECT_NE(body.find("receipts"), std::string::npos);
    EXPECT_NE(body.find(R"("compareDigest":"digest-1")"), std::string::npos);
    EXPECT_NE(body.find(R"("compareDigest":null)"), std::string::npos);
    EXPECT_NE(body.find("767.40"), std::string::npos);
    EXPECT_NE(body.find(actionIdOf(plan).value), std::string::npos);
}

TEST(CreditPlan, ShowsTheSevenStepsOfASettlement)
{
    domain::CaseFacts with = facts();
    const Plan plan = creditPlan(with);
    ASSERT_EQ(plan.steps.size(), 7U);
    for (int number = 0; number < 7; ++number)
        EXPECT_EQ(plan.steps[static_cast<std::size_t>(number)].number, number);
    EXPECT_EQ(plan.steps[0].state, StepState::Done);
    EXPECT_EQ(plan.steps[2].state, StepState::This);
    EXPECT_EQ(plan.steps[4].state, StepState::NotPresent);
}

TEST(CreditPlan, KeptTextGivesTheSamePlanAndHash)
{
    const Plan plan = creditPlan();
    const std::string text = planJson(plan);
    const Result<Plan> back = planFromJson(text);
    ASSERT_TRUE(back);
    EXPECT_EQ(planJson(*back), text);
    EXPECT_EQ(hashOfPlanJson(text).value(), planHash(plan));
    EXPECT_EQ(actionIdOf(*back), actionIdOf(plan));
}

TEST(CreditPlan, ABusyAccountDoesNotChangeTheHash)
{
    domain::CaseFacts later = facts();
    later.account = account(R"({"credit_limit":5000,"balance":999.00})", 999'00);
    later.account->balanceDigest = "digest-2";
    EXPECT_EQ(planHash(creditPlan()), planHash(creditPlan(later)));
}

TEST(CreditPlan, AnotherAmountIsAnotherHash)
{
    domain::CaseFacts other = facts();
    other.order->lines->front().discountedUnitMinor = money::Fraction(12'49);
    other.order->lines->front().discountedUnit = pair(12'49);
    EXPECT_NE(planHash(creditPlan()), planHash(creditPlan(other)));
}

TEST(CreditPlan, TheSameIntentAfterARejectionIsAnotherAction)
{
    const Plan first = creditPlan();
    domain::CaseFacts again = facts();
    domain::OwnAction rejected = filed(first).head;
    rejected.state = domain::ActionState::Rejected;
    again.actions = {rejected};
    const Plan second = creditPlan(again);
    EXPECT_EQ(refusal(second), "");
    EXPECT_NE(actionIdOf(first), actionIdOf(second));
}

struct Refusal {
    const char* name;
    const char* code; ///< "" for a near miss that must pass
    std::function<void(domain::CaseFacts&, domain::Policy&, PlanContext&)> change;
};

class CreditRefusal : public testing::TestWithParam<Refusal> {};

TEST_P(CreditRefusal, NamesItsReason)
{
    domain::CaseFacts with = facts();
    domain::Policy by = policy();
    PlanContext context = proved();
    GetParam().change(with, by, context);
    EXPECT_EQ(refusal(creditPlan(with, by, context)), GetParam().code);
}

namespace {

domain::PaymentTransaction capture(std::int64_t minor)
{
    domain::PaymentTransaction row;
    row.id = "t1";
    row.kind = {domain::TransactionKind::Capture, "CAPTURE"};
    row.status = {domain::TransactionStatus::Success, "SUCCESS"};
    row.gateway = "shopify_payments";
    row.amount = pair(minor);
    return row;
}

domain::RmaTransaction payment(domain::RmaTransactionStatus status, const char* word)
{
    domain::RmaTransaction row;
    row.id = TransactionId("9100001");
    row.type = {domain::RmaTransactionType::RefundToPaymentMethod, "RefundToPaymentMethod"};
    row.status = {status, word};
    row.amount = pair(74'00);
    row.units = {UnitId("u1")};
    return row;
}

domain::OwnAction ownCredit(domain::ActionState state, const char* unit)
{
    domain::OwnAction row;
    row.id = ActionId("11111111-0000-5000-8000-000000000000");
    row.state = state;
    row.units = {UnitId(unit)};
    row.amount = gbp(15'00);
    return row;
}

using Facts = domain::CaseFacts;
using Policy = domain::Policy;
using Context = PlanContext;

const std::vector<Refusal> kRefusals{
    {"Nothing", "", [](Facts&, Policy&, Context&) {}},
    {"NoProof", "refuse.proof-missing", [](Facts&, Policy&, Context& c) { c.isProved = false; }},
    {"RouteNone", "refuse.route-none", [](Facts&, Policy& p, Context&) { p.creditRoute = "none"; }},
    {"RouteTransaction", "refuse.route-unsupported",
     [](Facts&, Policy& p, Context&) { p.creditRoute = "transaction"; }},
    {"InvoiceOrder", "refuse.invoice-not-raised",
     [](Facts& f, Policy&, Context&) {
         f.order->attributes = {{"sparkPaymentType", "payment_by_invoice"}};
         f.purchase->paymentMethod = {domain::PaymentMethod::Invoice, "by_invoice"};
     }},
    {"InvoiceOrderThatRaises", "",
     [](Facts& f, Policy& p, Context&) {
         f.order->attributes = {{"sparkPaymentType", "payment_by_invoice"}};
         f.purchase->paymentMethod = {domain::PaymentMethod::Invoice, "by_invoice"};
         p.facts.invoiceRaisesBalance = Fact::Yes;
     }},
    {"CardCaptured", "refuse.card-captured",
     [](Facts& f, Policy&, Context&) { f.order->transactions = {{capture(90'00)}}; }},
    {"PaymentsUnread", "refuse.payments-unread",
     [](Facts& f, Policy&, Context&) { f.order->transactions.reset(); }},
    {"CurrencyDiffers", "refuse.currency-differs",
     [](Facts& f, Policy&, Context&) {
         f.account->balance =
             money::Money::fromMinor(812'40, money::Currency::fromCode("EUR").value());
     }},
    {"BalanceUnread", "refuse.balance-unread",
     [](Facts& f, Policy&, Context&) { f.account->balance.reset(); }},
    {"BalanceForeign", "refuse.balance-foreign",
     [](Facts& f, Policy&, Context&) { f.account->isForeignOwned = true; }},
    {"BalanceBelowZero", "refuse.balance-below-zero",
     [](Facts& f, Policy&, Context&) { f.account = account(R"({"balance":44.99})", 44'99); }},
    {"BalanceExactlyZero", "",
     [](Facts& f, Policy&, Context&) { f.account = account(R"({"balance":45.00})", 45'00); }},
    {"BalanceBelowZeroAllowed", "",
     [](Facts& f, Policy& p, Context&) {
         f.account = account(R"({"balance":44.99})", 44'99);
         p.allowCreditBalance = true;
     }},
    {"NoVerdictAtAll", "refuse.nothing-due",
     [](Facts& f, Policy&, Context&) { f.inspections.clear(); }},
    {"UnitTaken", "",
     [](Facts& f, Policy&, Context&) {
         f.actions = {ownCredit(domain::ActionState::Approved, "u1")};
     }},
    {"AllTaken", "refuse.nothing-due",
     [](Facts& f, Policy&, Context&) {
         f.actions = {ownCredit(domain::ActionState::Approved, "u1")};
         f.actions.front().units = {UnitId("u1"), UnitId("u2"), UnitId("u3")};
     }},
    {"ReceiptOfAStaleAction", "refuse.receipt-found",
     [](Facts& f, Policy&, Context&) {
         f.actions = {ownCredit(domain::ActionState::Stale, "u1")};
         f.account->receipts = {{f.actions.front().id, 1, gbp(15'00), kNow}};
     }},
    {"PaidOtherwise", "refuse.paid-otherwise",
     [](Facts& f, Policy&, Context&) {
         f.rma->transactions = {payment(domain::RmaTransactionStatus::Success, "Success")};
     }},
    {"RefundRequestedIsNoRefusal", "",
     [](Facts& f, Policy&, Context&) {
         f.rma->transactions = {payment(domain::RmaTransactionStatus::Requested, "Requested")};
     }},
    {"UnknownWord", "refuse.unknown-value",
     [](Facts& f, Policy&, Context&) {
         f.rma->transactions = {payment(domain::RmaTransactionStatus::Unknown, "OnHold")};
     }},
    {"RmaRejected", "refuse.nothing-due",
     [](Facts& f, Policy&, Context&) {
         f.rma->status = {domain::RmaStatus::Rejected, "Rejected"};
     }},
};

} // namespace

INSTANTIATE_TEST_SUITE_P(Table, CreditRefusal, testing::ValuesIn(kRefusals),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(CreditPlan, LeavesOutUnitsOfAnotherAction)
{
    domain::CaseFacts with = facts();
    with.actions = {ownCredit(domain::ActionState::Confirmed, "u1")};
    const Plan plan = creditPlan(with);
    EXPECT_EQ(plan.units.size(), 2U);
    EXPECT_EQ(plan.gross, gbp(30'00));
    EXPECT_EQ(plan.bound.at("credited-so-far"), "15.00");
}

TEST(CreditPlan, ANamedUnitThatIsTakenIsRefusedByTheOthersName)
{
    domain::CaseFacts with = facts();
    CreditChoice choice = creditChoice(with, policy());
    with.actions = {ownCredit(domain::ActionState::Sending, "u1")};
    const Plan plan = planCredit(with, policy(), choice, proved());
    ASSERT_NE(plan.firstBlocking(), nullptr);
    EXPECT_EQ(plan.firstBlocking()->text.code, "refuse.unit-taken");
    EXPECT_EQ(plan.firstBlocking()->text.value("action"), with.actions.front().id.value);
}

TEST(CreditPlan, GuardsAgainstMoreThanTheLine)
{
    CreditChoice choice = creditChoice(facts(), policy());
    choice.lines.front().creditedGross = gbp(45'01); // 90.00 invoiced, 45.00 more does not fit
    EXPECT_EQ(refusal(planCredit(facts(), policy(), choice, proved())), "refuse.over-line");
    choice.lines.front().creditedGross = gbp(45'00);
    EXPECT_EQ(refusal(planCredit(facts(), policy(), choice, proved())), "");
    choice.units.front().gross = gbp(15'01);
    EXPECT_EQ(refusal(planCredit(facts(), policy(), choice, proved())), "refuse.over-line");
}

TEST(CreditPlan, IsExactInTwoSystemsOnlyWhenSparkLayerHoldsTheVeryLine)
{
    EXPECT_TRUE(creditPlan().need.isExactInTwo);
    domain::CaseFacts other = facts();
    other.purchase->lines->front().totalNet = gbp(75'01);
    EXPECT_FALSE(creditPlan(other).need.isExactInTwo);
    other.purchase->lines.reset();
    EXPECT_FALSE(creditPlan(other).need.isExactInTwo);
}

TEST(CreditPlan, GuardsAgainstMoreThanTheOrder)
{
    CreditChoice choice = creditChoice(facts(), policy());
    choice.creditedSoFar = gbp(45'01);
    EXPECT_EQ(refusal(planCredit(facts(), policy(), choice, proved())), "refuse.over-order");
}

TEST(CreditPlan, ARequestedRefundNeedsASecondPerson)
{
    domain::CaseFacts with = facts();
    with.rma->transactions = {payment(domain::RmaTransactionStatus::Requested, "Requested")};
    const Plan plan = creditPlan(with);
    EXPECT_TRUE(plan.need.isRefundRequested);
    EXPECT_EQ(plan.steps[0].state, StepState::ToDo);
    with.claims = {{FindingId("f"), "stop-payment", PersonId("jo"), kNow, "called them"}};
    EXPECT_EQ(creditPlan(with).steps[0].state, StepState::Claimed);
}

TEST(CreditWrite, TheSignGuardHoldsForWhateverIsAsked)
{
    Plan plan = creditPlan();
    plan.gross = gbp(-45'00);
    EXPECT_FALSE(creditWrite(plan, actionIdOf(plan), account(), kNow, proved()));
    plan.gross = gbp(0);
    EXPECT_FALSE(creditWrite(plan, actionIdOf(plan), account(), kNow, proved()));
}

TEST(CreditWrite, ReceiptsThatAreNoListAreNotOverwritten)
{
    domain::Account odd = account();
    odd.hasReceipts = true;
    odd.receiptsText = R"({"not":"a list"})";
    const Plan plan = creditPlan();
    EXPECT_FALSE(creditWrite(plan, actionIdOf(plan), odd, kNow, proved()));
}

TEST(ReleasePlan, OffersInspectedUnitsByDestination)
{
    const auto choices = releaseChoices(facts(), policy());
    ASSERT_EQ(choices.size(), 2U);
    EXPECT_EQ(choices[0].to, LocationId(kSellable));
    EXPECT_EQ(choices[0].units.size(), 2U);
    EXPECT_EQ(choices[1].to, LocationId(kOutlet));
    EXPECT_EQ(choices[1].units.size(), 1U);
}

TEST(ReleasePlan, DamagedWrongAndMissingPiecesStay)
{
    domain::CaseFacts with = facts();
    with.inspections = {look("u1", domain::UnitVerdict::Damaged),
                        look("u2", domain::UnitVerdict::WrongItem),
                        look("u3", domain::UnitVerdict::Missing)};
    EXPECT_TRUE(releaseChoices(with, policy()).empty());
}

TEST(ReleasePlan, IsOneCallOfTwoChanges)
{
    const Plan plan =
        planRelease(facts(), policy(), releaseChoices(facts(), policy()).front(), proved());
    EXPECT_EQ(refusal(plan), "");
    EXPECT_EQ(plan.quantity, 2);
    ASSERT_EQ(plan.calls.size(), 1U);
    const std::string& body = plan.calls.front().body;
    EXPECT_NE(body.find(R"("delta":-2)"), std::string::npos);
    EXPECT_NE(body.find(R"("delta":2)"), std::string::npos);
    EXPECT_NE(body.find(R"("changeFromQuantity":9)"), std::string::npos);
    EXPECT_NE(body.find(R"("changeFromQuantity":null)"), std::string::npos);
    EXPECT_NE(body.find("gid://counterfoil/Release/" + actionIdOf(plan).value), std::string::npos);
}

TEST(ReleasePlan, RefusesWhatIsNotThere)
{
    domain::CaseFacts with = facts();
    with.stock.front().available = 1;
    const ReleaseChoice choice = releaseChoices(facts(), policy()).front();
    EXPECT_EQ(refusal(planRelease(with, policy(), choice, proved())),
              "refuse.too-few-in-quarantine");
    with.stock[1].isActive = false;
    with.stock.front().available = 9;
    EXPECT_EQ(refusal(planRelease(with, policy(), choice, proved())), "refuse.target-inactive");
    with = facts();
    with.inspections.clear();
    EXPECT_EQ(refusal(planRelease(with, policy(), choice, proved())),
              "refuse.unit-without-verdict");
}

TEST(ReleasePlan, ARestockSomewhereElseIsNotInQuarantine)
{
    domain::CaseFacts with = facts();
    domain::ShopifyReturn row;
    domain::Disposition disposition;
    disposition.type = {domain::DispositionType::Restocked, "RESTOCKED"};
    disposition.quantity = 3;
    disposition.line = LineId("91");
    disposition.location = LocationId(kSellable);
    row.dispositions = {disposition};
    with.order->returns = {{row}};
    const ReleaseChoice choice = releaseChoices(facts(), policy()).front();
    EXPECT_EQ(refusal(planRelease(with, policy(), choice, proved())), "refuse.not-in-quarantine");
    with.order->returns->front().dispositions.front().location = LocationId(kQuarantine);
    EXPECT_EQ(refusal(planRelease(with, policy(), choice, proved())), "");
}

TEST(PoPlan, RefusesTheSameAndTheEmpty)
{
    domain::CaseFacts with = facts();
    with.order->poNumber = "PO-1";
    EXPECT_EQ(refusal(planSetPo(with, policy(), "PO-1", proved())), "refuse.po-same");
    EXPECT_EQ(refusal(planSetPo(with, policy(), "", proved())), "refuse.po-empty");
    EXPECT_EQ(refusal(planSetPo(with, policy(), "PO-2", proved())), "");
}

} // namespace counterfoil::actions
