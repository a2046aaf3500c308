#include "tests/unit/judge/state_cases.h"

namespace counterfoil::judging {

class StateRules : public testing::TestWithParam<StateRow> {};

TEST_P(StateRules, SayWhatTheLawSays)
{
    Builder builder;
    builder.policy.facts.returngoCreatesShopifyReturn = Fact::Yes;
    builder.line("1", 24, "54.00").isTracked = true;
    builder.units("1", 4, "54.00");
    GetParam().change(builder);
    EXPECT_EQ(summary(builder.judge()), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Healthy, StateRules,
    testing::Values(
        StateRow{"Pending",
                 [](Builder& b) {
                     onCard(b);
                     status(b, RmaStatus::Pending, "Pending", "2026-11-08T10:00:00Z");
                 },
                 ""},
        StateRow{"PendingAsksShopify",
                 [](Builder& b) {
                     onCard(b);
                     status(b, RmaStatus::Pending, "Pending", "2026-11-08T10:00:00Z");
                     shopReturn(b, ShopifyReturnStatus::Requested, "REQUESTED");
                 },
                 ""},
        StateRow{"Approved", [](Builder& b) { healthyApproved(b); }, ""},
        StateRow{"Received", healthyReceived, ""},
        StateRow{"Validated",
                 [](Builder& b) {
                     healthyReceived(b);
                     b.inspect("1", 4);
                     status(b, RmaStatus::Validated, "Validated", "2026-11-09T10:00:00Z");
                 },
                 ""},
        StateRow{"Done", healthyDone, ""},
        StateRow{
            "DoneOnAccount",
            [](Builder& b) {
                creditedOnAccount(b, "2026-11-06T09:00:00Z");
                status(b, RmaStatus::Done, "Done", "2026-11-06T10:00:00Z");
                b.facts.order->returns->back().status = {ShopifyReturnStatus::Closed, "CLOSED"};
            },
            ""},
        StateRow{"Rejected", [](Builder& b) { healthyDead(b, RmaStatus::Rejected, "Rejected"); },
                 ""},
        StateRow{"Canceled", [](Builder& b) { healthyDead(b, RmaStatus::Canceled, "Canceled"); },
                 ""},
        StateRow{"KeptByTheBuyer",
                 [](Builder& b) {
                     healthyDone(b);
                     keepItem(b);
                     b.facts.rma->shipments.clear();
                 },
                 ""},
        StateRow{"NoShopifyReturnsAtThisSite",
                 [](Builder& b) {
                     healthyDone(b);
                     b.facts.order->returns->clear();
                     b.policy.facts.returngoCreatesShopifyReturn = Fact::No;
                     b.policy.isReturnsByDisposition = false;
                 },
                 ""}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    ReturnStatus, StateRules,
    testing::Values(
        StateRow{
            "ApprovedAndCanceledInShopify",
            [](Builder& b) {
                healthyApproved(b);
                b.facts.order->returns->back().status = {ShopifyReturnStatus::Canceled, "CANCELED"};
            },
            "return-status-drift/shopify-return"},
        StateRow{
            "ReopenedWithANewReturn",
            [](Builder& b) {
                healthyApproved(b);
                b.facts.order->returns->back().status = {ShopifyReturnStatus::Canceled, "CANCELED"};
                shopReturn(b, ShopifyReturnStatus::Open, "OPEN");
            },
            ""},
        StateRow{"ApprovedNoReturnYet",
                 [](Builder& b) {
                     healthyApproved(b, "2026-11-09T11:00:00Z");
                     b.facts.order->returns->clear();
                 },
                 ""},
        StateRow{"ApprovedNoReturnForADay",
                 [](Builder& b) {
                     healthyApproved(b, "2026-11-09T09:00:00Z");
                     b.facts.order->returns->clear();
                 },
                 "return-status-drift/shopify-return"},
        StateRow{"NoReturnsMadeHere",
                 [](Builder& b) {
                     healthyApproved(b);
                     b.facts.order->returns->clear();
                     b.policy.facts.returngoCreatesShopifyReturn = Fact::No;
                 },
                 ""},
        StateRow{"ReceivedAndClosedUnprocessed",
                 [](Builder& b) {
                     healthyReceived(b);
                     ShopifyReturn& back = b.facts.order->returns->back();
                     back.status = {ShopifyReturnStatus::Closed, "CLOSED"};
                     back.closedAt = at("2026-11-08T09:00:00Z");
                 },
                 "return-status-drift/shopify-return"},
        StateRow{"ReceivedAndClosedUnprocessedToday",
                 [](Builder& b) {
                     healthyReceived(b);
                     ShopifyReturn& back = b.facts.order->returns->back();
                     back.status = {ShopifyReturnStatus::Closed, "CLOSED"};
                     back.closedAt = at("2026-11-08T11:00:00Z");
                 },
                 ""},
        StateRow{"ReceivedAndClosedProcessed",
                 [](Builder& b) {
                     healthyReceived(b);
                     ShopifyReturn& back = b.facts.order->returns->back();
                     back.status = {ShopifyReturnStatus::Closed, "CLOSED"};
                     back.closedAt = at("2026-11-06T09:00:00Z");
                     back.lines[0].processedQuantity = 4;
                     back.lines[0].unprocessedQuantity = 0;
                 },
                 ""},
        StateRow{"DoneAndOpenForThreeDays",
                 [](Builder& b) {
                     healthyDone(b);
                     b.facts.order->returns->back().status = {ShopifyReturnStatus::Open, "OPEN"};
                 },
                 "return-status-drift/shopify-return"},
        StateRow{"DoneAndOpenForTwoDays",
                 [](Builder& b) {
                     healthyDone(b);
                     b.facts.rma->statusSince = at("2026-11-08T10:00:00Z");
                     b.facts.order->returns->back().status = {ShopifyReturnStatus::Open, "OPEN"};
                 },
                 ""},
        StateRow{"CanceledAndOpenInShopify",
                 [](Builder& b) {
                     healthyDead(b, RmaStatus::Canceled, "Canceled");
                     b.facts.order->returns->back().status = {ShopifyReturnStatus::Open, "OPEN"};
                 },
                 "return-status-drift/shopify-return"},
        StateRow{"CanceledAndProcessed",
                 [](Builder& b) {
                     healthyDead(b, RmaStatus::Canceled, "Canceled");
                     ShopifyReturn& back = b.facts.order->returns->back();
                     back.status = {ShopifyReturnStatus::Closed, "CLOSED"};
                     back.lines[0].processedQuantity = 4;
                 },
                 "return-status-drift/shopify-return"},
        StateRow{
            "CanceledAndClosedUnprocessed",
            [](Builder& b) {
                healthyDead(b, RmaStatus::Canceled, "Canceled");
                b.facts.order->returns->back().status = {ShopifyReturnStatus::Closed, "CLOSED"};
            },
            ""},
        StateRow{"AnotherRmasReturn",
                 [](Builder& b) {
                     onCard(b);
                     status(b, RmaStatus::Pending, "Pending", "2026-11-08T10:00:00Z");
                     shopReturn(b, ShopifyReturnStatus::Closed, "CLOSED", 4);
                     b.facts.rma->comments.clear();
                     b.facts.siblings.push_back(
                         {RmaId("7000400"), {RmaStatus::Done, "Done"}, UnitId("o1"), LineId("1")});
                 },
                 ""},
        StateRow{
            "AnOlderReturnOfNobody",
            [](Builder& b) {
                healthyApproved(b);
                b.facts.rma->comments.clear();
                b.facts.order->returns->back().createdAt = at("2026-10-20T09:00:00Z");
                b.facts.order->returns->back().status = {ShopifyReturnStatus::Closed, "CLOSED"};
            },
            ""},
        StateRow{"PendingAndClosed",
                 [](Builder& b) {
                     onCard(b);
                     status(b, RmaStatus::Pending, "Pending", "2026-11-08T10:00:00Z");
                     shopReturn(b, ShopifyReturnStatus::Closed, "CLOSED");
                 },
                 "return-status-drift/shopify-return"},
        StateRow{
            "NotReadSince",
            [](Builder& b) {
                healthyDone(b);
                b.facts.order->returns->back().status = {ShopifyReturnStatus::Canceled, "CANCELED"};
                b.facts.order->returnsRef.observedAt = at("2026-11-06T09:00:00Z");
            },
            ""}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Shipments, StateRules,
    testing::Values(
        StateRow{"ReceivedAndStillShipped",
                 [](Builder& b) {
                     healthyReceived(b);
                     b.facts.rma->shipments[0].status = {ShipmentStatus::Shipped, "Shipped"};
                 },
                 "return-status-drift/shipment"},
        StateRow{"ReceivedAndStillShippedToday",
                 [](Builder& b) {
                     healthyReceived(b);
                     b.facts.rma->statusSince = at("2026-11-09T11:00:00Z");
                     b.facts.rma->shipments[0].status = {ShipmentStatus::Shipped, "Shipped"};
                 },
                 ""},
        StateRow{"OneOfTwoParcelsIsHere",
                 [](Builder& b) {
                     healthyReceived(b);
                     shipment(b, ShipmentStatus::Shipped, "Shipped");
                 },
                 ""},
        StateRow{"ApprovedAndReceived",
                 [](Builder& b) {
                     healthyApproved(b);
                     b.facts.rma->shipments[0].status = {ShipmentStatus::Received, "Received"};
                     b.facts.rma->receivedAt = at("2026-11-09T09:00:00Z");
                 },
                 "return-status-drift/shipment"},
        StateRow{"ApprovedAndReceivedAnHourAgo",
                 [](Builder& b) {
                     healthyApproved(b);
                     b.facts.rma->shipments[0].status = {ShipmentStatus::Received, "Received"};
                     b.facts.rma->receivedAt = at("2026-11-10T09:00:00Z");
                 },
                 ""},
        StateRow{
            "DoneAndLabelOnly",
            [](Builder& b) {
                healthyDone(b);
                b.facts.rma->shipments[0].status = {ShipmentStatus::LabelCreated, "LabelCreated"};
            },
            "return-status-drift/shipment"},
        StateRow{"DoneAndOutboundShipped",
                 [](Builder& b) {
                     healthyDone(b);
                     shipment(b, ShipmentStatus::Shipped, "Shipped").isOutbound = true;
                 },
                 ""},
        StateRow{"DoneByTheListOnly",
                 [](Builder& b) {
                     healthyDone(b);
                     b.facts.rma->shipments[0].status = {ShipmentStatus::Shipped, "Shipped"};
                     b.facts.rma->document.observedAt = at("2026-11-06T09:00:00Z");
                 },
                 ""},
        StateRow{"GoodsOfACanceledReturn",
                 [](Builder& b) {
                     healthyDead(b, RmaStatus::Canceled, "Canceled");
                     b.facts.rma->shipments[0].status = {ShipmentStatus::Received, "Received"};
                     b.facts.rma->receivedAt = at("2026-11-08T09:00:00Z");
                 },
                 "return-status-drift/shipment"},
        StateRow{"GoodsOfACanceledReturnCameToday",
                 [](Builder& b) {
                     healthyDead(b, RmaStatus::Canceled, "Canceled");
                     b.facts.rma->shipments[0].status = {ShipmentStatus::Received, "Received"};
                     b.facts.rma->receivedAt = at("2026-11-08T11:00:00Z");
                 },
                 ""}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Stalled, StateRules,
    testing::Values(StateRow{"PendingThreeDays",
                             [](Builder& b) {
                                 onCard(b);
                                 status(b, RmaStatus::Pending, "Pending", "2026-11-07T10:00:00Z");
                             },
                             "return-stalled"},
                    StateRow{"PendingAMinuteLess",
                             [](Builder& b) {
                                 onCard(b);
                                 status(b, RmaStatus::Pending, "Pending", "2026-11-07T10:01:00Z");
                             },
                             ""},
                    StateRow{"ApprovedTwentyOneDays",
                             [](Builder& b) { healthyApproved(b, "2026-10-20T10:00:00Z"); },
                             "return-stalled"},
                    StateRow{"ApprovedTwentyDays",
                             [](Builder& b) { healthyApproved(b, "2026-10-20T11:00:00Z"); }, ""},
                    StateRow{"ReceivedTenDays",
                             [](Builder& b) {
                                 healthyReceived(b);
                                 b.facts.rma->statusSince = at("2026-10-31T10:00:00Z");
                             },
                             "return-stalled"},
                    StateRow{"DoneLongAgo",
                             [](Builder& b) {
                                 healthyDone(b);
                                 b.facts.rma->statusSince = at("2026-09-01T10:00:00Z");
                             },
                             ""},
                    StateRow{"OtherLimitAtThisSite",
                             [](Builder& b) {
                                 onCard(b);
                                 status(b, RmaStatus::Pending, "Pending", "2026-11-07T10:00:00Z");
                                 b.policy.grace.stalledPending = std::chrono::hours(24 * 4);
                             },
                             ""}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Money, StateRules,
    testing::Values(
        StateRow{"CanceledAndRefunded",
                 [](Builder& b) {
                     healthyDead(b, RmaStatus::Canceled, "Canceled");
                     b.transaction("1", RmaTransactionStatus::Success, "216.00");
                 },
                 "money-state-drift/rejected-paid 216.00"},
        StateRow{"CanceledAndRefundedByHand",
                 [](Builder& b) {
                     healthyDead(b, RmaStatus::Canceled, "Canceled");
                     refund(b, "100.00");
                 },
                 "money-state-drift/rejected-paid 100.00"},
        StateRow{
            "CanceledOneRefundInBothBooks",
            [](Builder& b) {
                healthyDead(b, RmaStatus::Canceled, "Canceled");
                b.transaction("1", RmaTransactionStatus::Success, "216.00").externalReferenceId =
                    "77";
                refund(b, "216.00");
            },
            "money-state-drift/rejected-paid 216.00"},
        StateRow{"CanceledAndOnlyAsked",
                 [](Builder& b) {
                     healthyDead(b, RmaStatus::Canceled, "Canceled");
                     b.transaction("1", RmaTransactionStatus::Failed, "216.00");
                 },
                 ""},
        StateRow{"RefundBeforeTheReturn",
                 [](Builder& b) {
                     healthyDead(b, RmaStatus::Canceled, "Canceled");
                     refund(b, "100.00", "2026-10-20T09:00:00Z");
                 },
                 ""},
        StateRow{"RefundOfAnotherReturn",
                 [](Builder& b) {
                     healthyDead(b, RmaStatus::Canceled, "Canceled");
                     refund(b, "100.00");
                     b.facts.siblings.push_back(
                         {RmaId("7000500"), {RmaStatus::Done, "Done"}, UnitId("o1"), LineId("1")});
                 },
                 ""},
        StateRow{"OrderCalledOff",
                 [](Builder& b) {
                     healthyDead(b, RmaStatus::Canceled, "Canceled");
                     refund(b, "216.00").lines[0].restockType = "CANCEL";
                 },
                 ""},
        StateRow{"DoneAndNothingPaid",
                 [](Builder& b) {
                     healthyDone(b);
                     b.facts.rma->transactions.clear();
                 },
                 "money-state-drift/done-unpaid 216.00"},
        StateRow{"DoneAndNothingPaidForHalfADay",
                 [](Builder& b) {
                     healthyDone(b);
                     b.facts.rma->transactions.clear();
                     b.facts.rma->statusSince = at("2026-11-09T22:00:00Z");
                 },
                 ""},
        StateRow{"DoneNotInspectedYet",
                 [](Builder& b) {
                     healthyDone(b);
                     b.facts.rma->transactions.clear();
                     b.facts.inspections.clear();
                 },
                 ""},
        StateRow{"DoneNothingExpected",
                 [](Builder& b) {
                     healthyDone(b);
                     b.facts.rma->transactions.clear();
                     b.facts.inspections.clear();
                     b.inspect("1", 4, UnitVerdict::Damaged, DamageCause::Buyer);
                 },
                 ""},
        StateRow{"DoneAndPaidOutside",
                 [](Builder& b) {
                     healthyDone(b);
                     b.facts.rma->transactions.clear();
                     for (RmaUnit& unit : b.facts.rma->units)
                         unit.resolution = {Resolution::BankAccount, "x"};
                 },
                 ""},
        StateRow{
            "DoneUncreditedOnAccount",
            [](Builder& b) {
                creditedOnAccount(b, "2026-11-06T09:00:00Z");
                b.facts.actions.clear();
                status(b, RmaStatus::Done, "Done", "2026-11-06T10:00:00Z");
                b.facts.order->returns->back().status = {ShopifyReturnStatus::Closed, "CLOSED"};
            },
            "credit-not-posted 216.00; money-state-drift/done-unpaid 216.00"},
        StateRow{"SettledFiveDays",
                 [](Builder& b) { creditedOnAccount(b, "2026-11-05T10:00:00Z"); },
                 "money-state-drift/paid-not-done"},
        StateRow{"SettledFourDays",
                 [](Builder& b) { creditedOnAccount(b, "2026-11-05T11:00:00Z"); }, ""},
        StateRow{"RefundedFiveDays",
                 [](Builder& b) {
                     healthyReceived(b);
                     b.inspect("1", 4);
                     b.transaction("1", RmaTransactionStatus::Success, "216.00").createdAt =
                         at("2026-11-05T10:00:00Z");
                 },
                 "money-state-drift/paid-not-done"},
        StateRow{"PartRefunded",
                 [](Builder& b) {
                     healthyReceived(b);
                     b.inspect("1", 4);
                     b.transaction("1", RmaTransactionStatus::Success, "54.00",
                                   {b.facts.rma->units[0].id})
                         .createdAt = at("2026-11-05T10:00:00Z");
                 },
                 ""}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    OrderDebt, StateRules,
    testing::Values(StateRow{"StillOwesAll",
                             [](Builder& b) {
                                 creditedOnAccount(b, "2026-11-09T09:00:00Z");
                                 purchase(b);
                                 b.facts.order->returns->back().lines[0].unprocessedQuantity = 0;
                                 b.facts.order->outstanding = pair(gbp("1296.00"));
                                 b.facts.order->netPayment = pair(gbp("0.00"));
                             },
                             "money-state-drift/order-still-owes"},
                    StateRow{"OwesLess",
                             [](Builder& b) {
                                 creditedOnAccount(b, "2026-11-09T09:00:00Z");
                                 purchase(b);
                                 b.facts.order->returns->back().lines[0].unprocessedQuantity = 0;
                                 b.facts.order->outstanding = pair(gbp("1080.00"));
                                 b.facts.order->netPayment = pair(gbp("0.00"));
                             },
                             ""},
                    StateRow{"NotProcessedYet",
                             [](Builder& b) {
                                 creditedOnAccount(b, "2026-11-09T09:00:00Z");
                                 purchase(b);
                                 b.facts.order->outstanding = pair(gbp("1296.00"));
                                 b.facts.order->netPayment = pair(gbp("0.00"));
                             },
                             ""},
                    StateRow{"ThisSiteDoesNotLowerIt",
                             [](Builder& b) {
                                 creditedOnAccount(b, "2026-11-09T09:00:00Z");
                                 purchase(b);
                                 b.facts.order->returns->back().lines[0].unprocessedQuantity = 0;
                                 b.facts.order->outstanding = pair(gbp("1296.00"));
                                 b.facts.order->netPayment = pair(gbp("0.00"));
                                 b.policy.facts.returnProcessLowersOutstanding = Fact::No;
                             },
                             ""}),
    nameOf);

TEST(StateFindings, SayWhatTheyCouldNotJudge)
{
    Builder unread;
    unread.line("1", 24, "54.00").isTracked = true;
    unread.units("1", 4, "54.00");
    unread.facts.order->returns.reset();
    const Judgement judgement = unread.judge();
    for (const FindingType type :
         {FindingType::ReturnStatusDrift, FindingType::StockMovementMissing,
          FindingType::RejectedUnitRestocked, FindingType::QuarantineOverdue})
        EXPECT_TRUE(isNotJudged(judgement, type, "not-judged.returns-unread"))
            << findingTypeId(type);
    Builder fact;
    fact.line("1", 24, "54.00");
    fact.units("1", 4, "54.00");
    status(fact, RmaStatus::Approved, "Approved", "2026-11-02T10:00:00Z");
    EXPECT_TRUE(isNotJudged(fact.judge(), FindingType::ReturnStatusDrift, "not-judged.fact"));
    fact.facts.rma->status = {RmaStatus::Unknown, "OnHold"};
    EXPECT_TRUE(isNotJudged(fact.judge(), FindingType::ReturnStalled, "not-judged.rma-status"));
}

TEST(StateFindings, PaidWronglyIsForFinanceAtOnce)
{
    Builder b;
    b.line("1", 24, "54.00");
    b.units("1", 4, "54.00");
    healthyDead(b, RmaStatus::Rejected, "Rejected");
    b.transaction("1", RmaTransactionStatus::Success, "216.00");
    const Judgement judgement = b.judge();
    const Finding* found = find(judgement, FindingType::MoneyStateDrift);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->owner, Owner::Finance);
    EXPECT_EQ(found->severity, Severity::Critical);
    EXPECT_EQ(found->riskKind, RiskKind::Over);
}

TEST(StateFindings, AManualRefundHidesWhatFollowsFromIt)
{
    Builder b;
    b.line("1", 24, "54.00").isTracked = true;
    b.units("1", 4, "54.00");
    healthyReceived(b);
    b.facts.rma->statusSince = at("2026-10-30T10:00:00Z");
    b.policy.payAfterCard = b.policy.payAfterAccount = PayAfter::Approval; // not what this is about
    refund(b, "216.00");
    EXPECT_EQ(summary(b.judge()), "manual-refund-open-return 216.00");
}

} // namespace counterfoil::judging
