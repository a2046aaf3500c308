#include "core/reconcile/joined.h"
#include "tests/unit/judge/case_builder.h"

#include <gtest/gtest.h>

#include <functional>

namespace counterfoil::judging {

struct CaseRow {
    const char* name;
    std::function<void(Builder&)> change;
    const char* expected; ///< summary()
};
class CaseRules : public testing::TestWithParam<CaseRow> {};

TEST_P(CaseRules, SayWhatTheLawSays)
{
    Builder builder;
    builder.line("1", 24, "54.00");
    builder.units("1", 4, "54.00");
    GetParam().change(builder);
    EXPECT_EQ(summary(builder.judge()), GetParam().expected);
}

namespace {

void restock(Builder& b, std::int64_t quantity, const char* place,
             const char* when = "2026-11-05T12:00:00Z")
{
    ShopifyReturn back;
    back.id = ShopifyReturnId("gid://r1");
    back.status = {ShopifyReturnStatus::Open, "OPEN"};
    ShopifyReturnLine line;
    line.line = LineId("1");
    line.quantity = 4;
    back.lines = {line};
    Disposition row;
    row.id = "d1";
    row.type = {DispositionType::Restocked, "RESTOCKED"};
    row.quantity = quantity;
    row.location = LocationId(place);
    row.line = LineId("1");
    row.createdAt = at(when);
    back.dispositions = {row};
    b.facts.order->returns->push_back(back);
}
Refund& refund(Builder& b, const char* id, const char* total, std::int64_t quantity,
               const char* when = "2026-11-08T09:00:00Z")
{
    Refund row;
    row.id = RefundId(id);
    row.createdAt = at(when);
    row.total = pair(gbp(total));
    RefundLine line;
    line.line = LineId("1");
    line.quantity = quantity;
    line.restockType = "NO_RESTOCK";
    row.lines = {line};
    b.facts.order->refunds->push_back(row);
    return b.facts.order->refunds->back();
}
void edit(Builder& b, const char* when, const char* action, const char* line, std::int64_t quantity,
          const char* total)
{
    Agreement row;
    row.id = "a";
    row.happenedAt = at(when);
    row.reason = "ORDER_EDIT";
    AgreementSale sale;
    sale.action = action;
    sale.line = LineId(line);
    sale.quantity = quantity;
    sale.total = gbp(total);
    row.sales = {sale};
    b.facts.order->agreements->push_back(row);
}
void refused(Builder& b)
{
    b.facts.rma->status = {RmaStatus::Pending, "Pending"};
    b.facts.rma->statusSince = at("2026-11-08T09:00:00Z");
    b.facts.rma->receivedAt.reset();
    b.facts.rma->comments = {{"error", "", "Return can't be approved: payment is pending", {}}};
}
void poOrders(Builder& b, std::size_t with, std::size_t all)
{
    b.policy.poRequired = PoRequired::Learned;
    for (std::size_t i = 0; i < all; ++i)
        b.facts.recentOrders.push_back({OrderId(std::to_string(i)), {}, i < with, {}});
}
/// The account route is not what these rows are about, nor when money may leave.
void onCard(Builder& b)
{
    b.policy.payAfterCard = PayAfter::Approval;
    b.facts.order->attributes[0].value = "upfrontPayment";
    b.paid("1296.00");
}

} // namespace

INSTANTIATE_TEST_SUITE_P(
    Restocked, CaseRules,
    testing::Values(CaseRow{"Sellable", [](Builder& b) { restock(b, 4, "gid://s"); },
                            "restocked-before-inspection 216.00"},
                    CaseRow{"IntoQuarantine", [](Builder& b) { restock(b, 4, "gid://q"); }, ""},
                    CaseRow{"SomePassed",
                            [](Builder& b) {
                                onCard(b);
                                restock(b, 4, "gid://s");
                                b.inspect("1", 3);
                            },
                            "restocked-before-inspection 54.00"},
                    CaseRow{"AllPassedLater",
                            [](Builder& b) {
                                onCard(b);
                                restock(b, 4, "gid://s");
                                b.inspect("1", 4);
                            },
                            ""},
                    CaseRow{"ValidatedInReturnGo",
                            [](Builder& b) {
                                onCard(b);
                                restock(b, 4, "gid://s");
                                for (RmaUnit& unit : b.facts.rma->units)
                                    unit.validation = {at("2026-11-05T11:00:00Z"), true, true, ""};
                            },
                            ""},
                    CaseRow{"FlagsWithoutDateProveNothing",
                            [](Builder& b) {
                                restock(b, 4, "gid://s");
                                for (RmaUnit& unit : b.facts.rma->units)
                                    unit.validation = {{}, true, true, ""};
                            },
                            "restocked-before-inspection 216.00"},
                    CaseRow{"InspectionNotRequired",
                            [](Builder& b) {
                                onCard(b);
                                restock(b, 4, "gid://s");
                                b.policy.inspectionRequired = false;
                            },
                            ""},
                    CaseRow{"ByRefundLine",
                            [](Builder& b) {
                                onCard(b);
                                RefundLine& line = refund(b, "r1", "0.00", 4).lines[0];
                                line.restockType = "RETURN";
                                line.restocked = true;
                                line.location = LocationId("gid://s");
                            },
                            "restocked-before-inspection 216.00"},
                    CaseRow{"CancelledBeforeShipping",
                            [](Builder& b) {
                                onCard(b);
                                RefundLine& line = refund(b, "r1", "0.00", 4).lines[0];
                                line.restockType = "CANCEL";
                                line.restocked = true;
                                line.location = LocationId("gid://s");
                            },
                            ""},
                    CaseRow{"PlaceInNoList", [](Builder& b) { restock(b, 4, "gid://x"); },
                            "unknown-value"},
                    CaseRow{"InspectionNotReadYet",
                            [](Builder& b) {
                                restock(b, 4, "gid://s", "2026-11-10T09:59:00Z");
                                b.facts.rma->document.observedAt = at("2026-11-10T09:30:00Z");
                            },
                            ""}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Blocked, CaseRules,
    testing::Values(CaseRow{"Refused", refused, "return-blocked-unpaid/payment-pending 216.00"},
                    CaseRow{"PendingWithoutRefusal",
                            [](Builder& b) {
                                refused(b);
                                b.facts.rma->comments.clear();
                            },
                            ""},
                    CaseRow{"RefusedButPaid",
                            [](Builder& b) {
                                refused(b);
                                b.facts.order->financialStatus = {FinancialStatus::Paid, "PAID"};
                            },
                            ""},
                    CaseRow{"NotRequiredAtThisSite",
                            [](Builder& b) {
                                refused(b);
                                b.policy.facts.returngoRequiresPaid = Fact::No;
                            },
                            ""},
                    CaseRow{"ApprovedSince",
                            [](Builder& b) {
                                refused(b);
                                b.facts.rma->status = {RmaStatus::Approved, "Approved"};
                            },
                            ""},
                    CaseRow{"StillADraft",
                            [](Builder& b) {
                                refused(b);
                                b.facts.order.reset();
                                b.facts.draft.emplace();
                                b.facts.draft->status = "OPEN";
                            },
                            "return-blocked-unpaid/draft 216.00"},
                    CaseRow{"ADraftOfPricesWithoutTax",
                            [](Builder& b) {
                                refused(b);
                                for (RmaUnit& unit : b.facts.rma->units) {
                                    unit.isTaxIncluded = false;
                                    unit.paidTax = pair(gbp("10.80"));
                                }
                                b.facts.order.reset();
                                b.facts.draft.emplace();
                                b.facts.draft->status = "OPEN";
                            },
                            "return-blocked-unpaid/draft 259.20"},
                    CaseRow{"ADraftWithAPriceUnread",
                            [](Builder& b) {
                                refused(b);
                                b.facts.rma->units.front().paidPrice.reset();
                                b.facts.order.reset();
                                b.facts.draft.emplace();
                                b.facts.draft->status = "OPEN";
                            },
                            "return-blocked-unpaid/draft"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Po, CaseRules,
    testing::Values(
        CaseRow{"Missing", [](Builder& b) { b.policy.poRequired = PoRequired::Yes; }, "po-missing"},
        CaseRow{"NotRequired", [](Builder&) {}, ""},
        CaseRow{"LearnedByEightOfTen", [](Builder& b) { poOrders(b, 8, 10); }, "po-missing"},
        CaseRow{"SevenOfTen", [](Builder& b) { poOrders(b, 7, 10); }, ""},
        CaseRow{"CardOrder",
                [](Builder& b) {
                    onCard(b);
                    b.policy.poRequired = PoRequired::Yes;
                },
                ""},
        CaseRow{"OnlyInSparkLayer",
                [](Builder& b) {
                    b.policy.poRequired = PoRequired::Yes;
                    b.facts.purchase.emplace();
                    b.facts.purchase->customerReference = "PO-1";
                },
                ""},
        CaseRow{"OnlyInTheNote",
                [](Builder& b) {
                    b.policy.poRequired = PoRequired::Yes;
                    b.facts.order->note = "PO-88172";
                },
                ""},
        CaseRow{"NoteIsProse",
                [](Builder& b) {
                    b.policy.poRequired = PoRequired::Yes;
                    b.facts.order->note = "deliver after 5";
                },
                "po-missing"},
        CaseRow{"Differ",
                [](Builder& b) {
                    b.policy.poRequired = PoRequired::Yes;
                    b.facts.order->poNumber = "PO-1";
                    b.facts.purchase.emplace();
                    b.facts.purchase->customerReference = "PO-2";
                },
                "po-conflict"},
        CaseRow{"DifferOnABuyersFirstOrder", // all of one order carry one
                [](Builder& b) {
                    b.policy.poRequired = PoRequired::Learned;
                    b.facts.order->poNumber = "PO-1";
                    b.facts.purchase.emplace();
                    b.facts.purchase->customerReference = "PO-2";
                },
                "po-conflict"},
        CaseRow{"MissingOnABuyersFirstOrder",
                [](Builder& b) { b.policy.poRequired = PoRequired::Learned; }, ""},
        CaseRow{"MissingOnASecondOrder", [](Builder& b) { poOrders(b, 1, 1); }, ""},
        CaseRow{"MissingOnAFifthOrder", [](Builder& b) { poOrders(b, 4, 4); }, "po-missing"},
        CaseRow{"DifferInCaseAndBlanksOnly",
                [](Builder& b) {
                    b.policy.poRequired = PoRequired::Yes;
                    b.facts.order->poNumber = " po-1 ";
                    b.facts.purchase.emplace();
                    b.facts.purchase->customerReference = "PO-1";
                },
                ""}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    ManualRefund, CaseRules,
    testing::Values(CaseRow{"Covers",
                            [](Builder& b) {
                                onCard(b);
                                refund(b, "r1", "216.00", 4);
                            },
                            "manual-refund-open-return 216.00"},
                    CaseRow{"ZeroMoney",
                            [](Builder& b) {
                                onCard(b);
                                refund(b, "r1", "0.00", 4);
                            },
                            ""},
                    CaseRow{"CoversAPart",
                            [](Builder& b) {
                                onCard(b);
                                refund(b, "r1", "162.00", 3);
                            },
                            ""},
                    CaseRow{"BeforeTheReturn",
                            [](Builder& b) {
                                onCard(b);
                                refund(b, "r1", "216.00", 4, "2026-10-20T09:00:00Z");
                            },
                            ""},
                    CaseRow{"ReturnGosOwn",
                            [](Builder& b) {
                                onCard(b);
                                refund(b, "r1", "216.00", 4);
                                b.transaction("1", RmaTransactionStatus::Success, "216.00")
                                    .externalReferenceId = "r1";
                            },
                            ""},
                    CaseRow{"SweepsNotPassed",
                            [](Builder& b) {
                                onCard(b);
                                refund(b, "r1", "216.00", 4, "2026-11-10T09:56:00Z");
                            },
                            ""},
                    CaseRow{"FirstReadOfAnOldRefund",
                            [](Builder& b) {
                                onCard(b);
                                b.facts.feeds[Platform::ReturnGo].previousSuccess.reset();
                                refund(b, "r1", "216.00", 4);
                            },
                            "manual-refund-open-return 216.00"},
                    CaseRow{"ReturnIsDone",
                            [](Builder& b) {
                                onCard(b);
                                b.facts.rma->status = {RmaStatus::Done, "Done"};
                                b.facts.rma->shipments.emplace_back().status = {
                                    ShipmentStatus::Received, "Received"};
                                refund(b, "r1", "216.00", 4);
                            },
                            ""}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Edited, CaseRules,
    testing::Values(
        CaseRow{"TookPiecesAway",
                [](Builder& b) { edit(b, "2026-11-04T09:00:00Z", "RETURN", "1", -22, "-1188.00"); },
                "order-edited-during-return/removed 216.00"},
        CaseRow{"EnoughPiecesLeft",
                [](Builder& b) { edit(b, "2026-11-04T09:00:00Z", "RETURN", "1", -20, "-1080.00"); },
                ""},
        CaseRow{"BeforeTheReturn",
                [](Builder& b) { edit(b, "2026-10-30T09:00:00Z", "RETURN", "1", -22, "-1188.00"); },
                ""},
        CaseRow{"AnotherLine",
                [](Builder& b) {
                    b.line("2", 5, "1.00");
                    edit(b, "2026-11-04T09:00:00Z", "RETURN", "2", -5, "-5.00");
                },
                ""},
        CaseRow{"Repriced",
                [](Builder& b) { edit(b, "2026-11-04T09:00:00Z", "UPDATE", "1", 24, "-24.00"); },
                "order-edited-during-return/repriced 220.00"},
        CaseRow{"RepricedAndBack",
                [](Builder& b) {
                    edit(b, "2026-11-04T09:00:00Z", "UPDATE", "1", 24, "-24.00");
                    edit(b, "2026-11-04T10:00:00Z", "UPDATE", "1", 24, "24.00");
                },
                ""}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(FeedRules, EachFeedSpeaksOfItsOwnPlatform)
{
    Builder b;
    b.facts.kind = CaseKind::Feed;
    b.facts.rma.reset();
    b.facts.order.reset();
    b.facts.feeds[Platform::Shopify].lastSuccess = at("2026-11-10T09:59:59Z");
    b.facts.feeds[Platform::SparkLayer].lastSuccess = at("2026-11-10T08:00:00Z");
    b.facts.feeds[Platform::ReturnGo].isAccessRefused = true;
    b.facts.id = CaseId("feed:shopify");
    EXPECT_EQ(summary(b.judge()), "");
    b.facts.id = CaseId("feed:sparklayer");
    EXPECT_EQ(summary(b.judge()), "feed-stale/lag");
    b.facts.id = CaseId("feed:returngo");
    EXPECT_EQ(summary(b.judge()), "access-refused");
}

TEST(FeedRules, LagReserveAndAccess)
{
    Builder b;
    b.facts.kind = CaseKind::Feed;
    b.facts.rma.reset();
    b.facts.order.reset();
    FeedState& feed = b.facts.feeds[Platform::ReturnGo];
    feed.lastSuccess = at("2026-11-10T09:45:00Z");
    EXPECT_EQ(summary(b.judge()), "");
    EXPECT_EQ(b.judge().judgeAgainAt, at("2026-11-10T10:00:00Z") + Millis(1));
    feed.lastSuccess = at("2026-11-10T09:44:59Z");
    EXPECT_EQ(summary(b.judge()), "feed-stale/lag");
    feed.isAccessRefused = true;
    EXPECT_EQ(summary(b.judge()), "access-refused");
    feed = FeedState{};
    EXPECT_TRUE(isNotJudged(b.judge(), FindingType::FeedStale, "not-judged.feed-unread"));
}

TEST(UnknownValues, AreOneFindingAFieldAndWord)
{
    Builder b;
    b.facts.unknowns = {{{}, "items[0].resolutionType", "LoyaltyPoints"},
                        {{}, "items[3].resolutionType", "LoyaltyPoints"},
                        {{}, "status", "OnHold"}};
    EXPECT_EQ(summary(b.judge()), "unknown-value; unknown-value");
}

TEST(OwnActions, UnknownWaitsForItsReadBack)
{
    Builder b;
    b.line("1", 4, "10.00");
    OwnAction& action = b.credit("20.00", ActionState::Unknown);
    action.changedAt = b.facts.now - std::chrono::minutes(9);
    EXPECT_EQ(summary(b.judge()), "");
    EXPECT_TRUE(find(b.judge(), FindingType::ActionUnproved)->graceUntil);
    action.changedAt = b.facts.now - std::chrono::minutes(10);
    EXPECT_EQ(summary(b.judge()), "action-unproved/unknown 20.00");
    action.state = ActionState::Stuck;
    EXPECT_EQ(summary(b.judge()), "action-unproved/stuck 20.00");
    action.state = ActionState::Settled;
    EXPECT_EQ(summary(b.judge()), "");
}

TEST(Severity, RisesOnceAndNeverBeyondCritical)
{
    Builder b;
    b.line("1", 24, "10.00");
    b.units("1", 1, "12.00");
    EXPECT_EQ(find(b.judge(), FindingType::CreditValueMismatch)->severity, Severity::High);
    b.policy.amountLimitMinor = 199;
    EXPECT_EQ(find(b.judge(), FindingType::CreditValueMismatch)->severity, Severity::Critical);
    b.policy.amountLimitMinor = 200;
    EXPECT_EQ(find(b.judge(), FindingType::CreditValueMismatch)->severity, Severity::High);
    b.facts.now = at("2026-11-26T10:00:00Z"); // Thursday; Friday and Monday 30 are left
    EXPECT_EQ(find(b.judge(), FindingType::CreditValueMismatch)->severity, Severity::Critical);
    b.facts.now = at("2026-11-25T10:00:00Z");
    EXPECT_EQ(find(b.judge(), FindingType::CreditValueMismatch)->severity, Severity::High);
}

TEST(DueSince, ASecondLookMakesNoCreditDueLater)
{
    Builder b;
    b.line("1", 24, "54.00");
    b.units("1", 4, "54.00");
    b.facts.rma->receivedAt = at("2026-11-04T11:00:00Z");
    for (RmaUnit& unit : b.facts.rma->units)
        unit.validation = {at("2026-11-05T11:00:00Z"), true, true, ""};
    const auto before = reconcile::join(b.facts, b.policy).units.at(0).dueSince;
    ASSERT_EQ(before, at("2026-11-05T11:00:00Z"));
    b.inspect("1", 4);
    for (Inspection& row : b.facts.inspections)
        row.at = at("2026-11-09T11:00:00Z");
    EXPECT_EQ(reconcile::join(b.facts, b.policy).units.at(0).dueSince, before);
}

TEST(History, FinishedBeforeGoLiveIsFiled)
{
    Builder b;
    b.policy.goLive = at("2026-11-06T00:00:00Z");
    EXPECT_FALSE(b.judge().isHistory);
    b.facts.rma->status = {RmaStatus::Done, "Done"};
    EXPECT_TRUE(b.judge().isHistory);
    b.facts.rma->statusSince = b.policy.goLive;
    EXPECT_FALSE(b.judge().isHistory);
}

} // namespace counterfoil::judging
