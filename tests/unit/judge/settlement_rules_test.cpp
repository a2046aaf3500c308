#include "core/reconcile/risk.h"
#include "tests/unit/judge/case_builder.h"

#include <gtest/gtest.h>

#include <functional>

/// What settles a return, and what only looks like it: part payments, refunds made in Shopify,
/// returns processed in part (law.md 1 to 3, 10).
namespace counterfoil::judging {

struct SettlementRow {
    const char* name;
    std::function<void(Builder&)> change;
    const char* expected;    ///< summary()
    const char* reason = ""; ///< a reason that must stand among the not judged ones
};
class Settlement : public testing::TestWithParam<SettlementRow> {};

TEST_P(Settlement, IsJudgedByTheLaw)
{
    Builder b;
    b.line("1", 24, "10.00"); // 240.00
    GetParam().change(b);
    const Judgement judgement = b.judge();
    EXPECT_EQ(moneySummary(judgement), GetParam().expected);
    const std::string reason = GetParam().reason;
    const bool isSaid =
        std::any_of(judgement.notJudged.begin(), judgement.notJudged.end(),
                    [&](const NotJudged& row) { return row.reason.code == reason; });
    EXPECT_EQ(isSaid, !reason.empty()) << reason;
}

namespace {

/// @p count units of line 1, all inspected, to be settled outside ReturnGO.
void inspected(Builder& b, int count)
{
    b.units("1", count, "10.00").inspect("1", count);
}
void done(Builder& b)
{
    b.facts.rma->status = {RmaStatus::Done, "Done"};
}
Refund& refunded(Builder& b, const char* total, std::int64_t pieces, const char* gateway)
{
    Refund row;
    row.id = RefundId("r" + std::to_string(b.facts.order->refunds->size()));
    row.createdAt = at("2026-11-06T09:00:00Z");
    row.total = pair(gbp(total));
    if (pieces > 0) {
        RefundLine line;
        line.line = LineId("1");
        line.quantity = pieces;
        line.restockType = "NO_RESTOCK";
        row.lines = {line};
    }
    if (!row.total.presentment.isZero()) {
        PaymentTransaction out;
        out.id = "out" + row.id.value;
        out.kind = {TransactionKind::Refund, "REFUND"};
        out.status = {TransactionStatus::Success, "SUCCESS"};
        out.gateway = gateway;
        out.amount = row.total;
        row.transactions = {out};
    }
    b.facts.order->refunds->push_back(row);
    return b.facts.order->refunds->back();
}
ShopifyReturn& processed(Builder& b, std::int64_t pieces, std::int64_t of)
{
    ShopifyReturn back;
    back.id = ShopifyReturnId("gid://r1");
    back.name = "B2B-1042-R1";
    back.status = {ShopifyReturnStatus::Open, "OPEN"};
    ShopifyReturnLine line;
    line.line = LineId("1");
    line.quantity = of;
    line.processedQuantity = pieces;
    back.lines = {line};
    b.facts.order->returns->push_back(back);
    return b.facts.order->returns->back();
}
void byInvoice(Builder& b)
{
    b.facts.order->attributes[0].value = "paymentByInvoice";
}
void by(Builder& b, const Refund& refund, const char* id, const char* title)
{
    Agreement row;
    row.id = "a1";
    row.happenedAt = *refund.createdAt;
    row.reason = "REFUND";
    row.appId = id;
    row.appTitle = title;
    row.refund = refund.id;
    b.facts.order->agreements->push_back(row);
}
void onCard(Builder& b)
{
    b.facts.order->attributes[0].value = "upfrontPayment";
    b.paid("240.00");
}
void refusedBy(Builder& b, const char* type, const char* text)
{
    b.units("1", 2, "10.00");
    b.facts.rma->status = {RmaStatus::Pending, "Pending"};
    b.facts.rma->receivedAt.reset();
    b.facts.rma->comments = {{type, "", text, {}}};
}

} // namespace

INSTANTIATE_TEST_SUITE_P(
    PartlyPaid, Settlement,
    testing::Values(
        // 230 of 240 were captured, everything comes back: 10 by credit, 230 to the card.
        SettlementRow{"OnlyTheUnpaidPartIsCredited",
                      [](Builder& b) {
                          b.paid("230.00");
                          inspected(b, 24);
                      },
                      "credit-not-posted 10.00"},
        SettlementRow{"BothPartsSettled",
                      [](Builder& b) {
                          b.paid("230.00");
                          inspected(b, 24);
                          done(b);
                          refunded(b, "230.00", 24, "shopify_payments");
                          b.credit("10.00");
                      },
                      ""},
        SettlementRow{"CreditOfAllIsRightWhileItFitsTheUnpaidPart",
                      [](Builder& b) {
                          b.paid("15.00");
                          inspected(b, 2);
                          b.credit("20.00");
                      },
                      ""},
        SettlementRow{"RefundOfThePaidPartLeavesTheRest",
                      [](Builder& b) {
                          b.paid("15.00");
                          inspected(b, 2);
                          done(b);
                          refunded(b, "15.00", 2, "shopify_payments");
                      },
                      "credit-not-posted 5.00"},
        SettlementRow{"PaidByBankAndRefundedThere",
                      [](Builder& b) {
                          b.paid("240.00", true);
                          inspected(b, 2);
                          done(b);
                          refunded(b, "20.00", 2, "manual");
                      },
                      ""},
        SettlementRow{"PaidByBankAndNothingDone",
                      [](Builder& b) {
                          b.paid("240.00", true);
                          inspected(b, 2);
                      },
                      "credit-not-posted 20.00"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    ShopifyBook, Settlement,
    testing::Values(SettlementRow{"PartProcessed",
                                  [](Builder& b) {
                                      byInvoice(b);
                                      inspected(b, 3);
                                      processed(b, 1, 3);
                                  },
                                  "credit-not-posted 20.00"},
                    SettlementRow{"PartProcessedOfUnequalShares",
                                  [](Builder& b) {
                                      byInvoice(b);
                                      b.policy.shares.bGrade = 50;
                                      b.units("1", 2, "10.00").inspect("1", 1);
                                      b.inspect("1", 1, UnitVerdict::BGrade);
                                      b.facts.rma->units[1].resolution.value = Resolution::None;
                                      b.facts.rma->units[0].resolution.value = Resolution::None;
                                      processed(b, 1, 2);
                                  },
                                  "", "not-judged.part-processed"},
                    SettlementRow{"ProcessingLowersNothingHere",
                                  [](Builder& b) {
                                      byInvoice(b);
                                      b.policy.facts.returnProcessLowersOutstanding = Fact::No;
                                      inspected(b, 2);
                                      processed(b, 2, 2);
                                  },
                                  "credit-not-posted 20.00"},
                    SettlementRow{"ButARefundWithoutMoneyDoes",
                                  [](Builder& b) {
                                      byInvoice(b);
                                      b.policy.facts.returnProcessLowersOutstanding = Fact::No;
                                      inspected(b, 2);
                                      processed(b, 2, 2);
                                      refunded(b, "0.00", 2, "");
                                  },
                                  ""},
                    SettlementRow{"WhateverTheFactSays",
                                  [](Builder& b) {
                                      byInvoice(b);
                                      b.policy.facts.returnProcessLowersOutstanding = Fact::Unknown;
                                      inspected(b, 2);
                                      refunded(b, "0.00", 2, "");
                                  },
                                  ""},
                    SettlementRow{"UnknownFactOfAProcessedReturn",
                                  [](Builder& b) {
                                      byInvoice(b);
                                      b.policy.facts.returnProcessLowersOutstanding = Fact::Unknown;
                                      inspected(b, 2);
                                      processed(b, 2, 2);
                                  },
                                  "", "not-judged.fact"},
                    SettlementRow{"BalanceFallsByItselfForAPart",
                                  [](Builder& b) {
                                      b.policy.facts.returnLowersBalance = Fact::Yes;
                                      inspected(b, 3);
                                      processed(b, 1, 3);
                                  },
                                  "credit-not-posted 20.00"},
                    SettlementRow{"BalanceFallsByItselfForAll",
                                  [](Builder& b) {
                                      b.policy.facts.returnLowersBalance = Fact::Yes;
                                      inspected(b, 3);
                                      processed(b, 3, 3);
                                  },
                                  ""}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    ByHand, Settlement,
    testing::Values(
        SettlementRow{"ReturnGosAppMadeIt",
                      [](Builder& b) {
                          onCard(b);
                          inspected(b, 2);
                          by(b, refunded(b, "20.00", 2, "shopify_payments"), "gid://shopify/App/9",
                             "ReturnGO: Returns & Exchanges");
                      },
                      ""},
        SettlementRow{"AnotherAppMadeIt",
                      [](Builder& b) {
                          onCard(b);
                          inspected(b, 2);
                          by(b, refunded(b, "20.00", 2, "shopify_payments"), "gid://shopify/App/8",
                             "Order Printer");
                      },
                      "manual-refund-open-return 20.00"},
        SettlementRow{
            "NamedByItsGid",
            [](Builder& b) {
                onCard(b);
                inspected(b, 2);
                refunded(b, "20.00", 2, "shopify_payments").id = RefundId("881");
                b.transaction("1", RmaTransactionStatus::Success, "20.00").externalReferenceId =
                    "gid://shopify/Refund/881";
            },
            ""},
        SettlementRow{"WithoutLinesToThePenny",
                      [](Builder& b) {
                          onCard(b);
                          inspected(b, 2);
                          refunded(b, "20.00", 0, "shopify_payments");
                      },
                      "manual-refund-open-return 20.00"},
        SettlementRow{"WithoutLinesOfAnotherSum",
                      [](Builder& b) {
                          onCard(b);
                          inspected(b, 2);
                          refunded(b, "6.50", 0, "shopify_payments");
                      },
                      ""},
        SettlementRow{"OfAnotherShopifyReturn",
                      [](Builder& b) {
                          onCard(b);
                          inspected(b, 2);
                          processed(b, 0, 2);
                          b.facts.rma->comments = {
                              {"system", "", "Created & approved Shopify return B2B-1042-R1", {}}};
                          refunded(b, "20.00", 2, "shopify_payments").shopifyReturn =
                              ShopifyReturnId("gid://r2");
                      },
                      ""},
        SettlementRow{"MayBeOfAnotherOpenReturn",
                      [](Builder& b) {
                          onCard(b);
                          inspected(b, 2);
                          b.facts.siblings = {{RmaId("7000413"),
                                               {RmaStatus::Received, "Received"},
                                               UnitId("s1"),
                                               LineId("1")}};
                          refunded(b, "20.00", 2, "shopify_payments");
                      },
                      "", "not-judged.refund-shared"},
        SettlementRow{
            "AnotherReturnIsDoneSince",
            [](Builder& b) {
                onCard(b);
                inspected(b, 2);
                b.facts.siblings = {
                    {RmaId("7000413"), {RmaStatus::Done, "Done"}, UnitId("s1"), LineId("1")}};
                refunded(b, "20.00", 2, "shopify_payments");
            },
            "manual-refund-open-return 20.00"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Refusal, Settlement,
    testing::Values(
        SettlementRow{"PaymentPending",
                      [](Builder& b) {
                          refusedBy(b, "error", "Auto-approval failed: order payment is pending");
                      },
                      "return-blocked-unpaid/payment-pending 20.00"},
        SettlementRow{"SaidByTheSystem",
                      [](Builder& b) {
                          refusedBy(b, "system", "Return request refused, the order is not paid");
                      },
                      "return-blocked-unpaid/payment-pending 20.00"},
        SettlementRow{
            "TheLabelFailed",
            [](Builder& b) { refusedBy(b, "error", "Shipping label could not be created"); }, ""},
        SettlementRow{
            "TheMailFailed",
            [](Builder& b) { refusedBy(b, "error", "Customer notification e-mail bounced"); }, ""}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(Due, Settlement,
                         testing::Values(
                             // An inspection proves receipt: that ReturnGO's Received was first
                             // seen today changes nothing.
                             SettlementRow{"FromTheInspectionOn",
                                           [](Builder& b) {
                                               inspected(b, 2);
                                               b.facts.rma->receivedAt = b.facts.rma->statusSince =
                                                   at("2026-11-10T09:00:00Z");
                                           },
                                           "credit-not-posted 20.00"},
                             SettlementRow{"AnEditNobodyRead",
                                           [](Builder& b) {
                                               b.facts.order->isEdited = true;
                                               b.facts.order->agreements.reset();
                                               inspected(b, 2);
                                           },
                                           "", "not-judged.agreements-unread"}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(RiskOfACase, NeverExceedsWhatWouldLeave)
{
    Builder b;
    b.line("1", 24, "10.00");
    b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod).inspect("1", 2);
    b.transaction("1", RmaTransactionStatus::Success, "20.00");
    b.credit("20.00");
    const Judgement judgement = b.judge();
    ASSERT_TRUE(find(judgement, FindingType::AccountOrderGatewayRefund));
    EXPECT_EQ(reconcile::caseAtRisk(judgement.findings)[RiskKind::Over].decimalText(), "20.00");
}

} // namespace counterfoil::judging
