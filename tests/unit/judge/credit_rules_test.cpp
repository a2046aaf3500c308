#include "tests/unit/judge/case_builder.h"

#include <gtest/gtest.h>

#include <functional>

/// Credits given twice, too high, too early, in the wrong tax or currency, and refunds that got
/// stuck (product.md 2, law.md 1 to 3, 6, 10). Every hit has near misses beside it.
namespace counterfoil::judging {

struct CreditRow {
    const char* name;
    std::function<void(Builder&)> change;
    const char* expected; ///< summary() of the findings named in kTypes
};
class CreditRules : public testing::TestWithParam<CreditRow> {};

namespace {

using T = FindingType;

/// Only these are what the rows are about.
std::string told(const Judgement& judgement)
{
    Judgement part;
    for (const Finding& row : judgement.findings) {
        const bool isOne =
            row.type == T::DuplicateCredit || row.type == T::OverCredit ||
            row.type == T::RefundStuck || row.type == T::PaidBeforeInspection ||
            row.type == T::TaxOrCurrencyMismatch || row.type == T::CreditValueMismatch ||
            row.type == T::AccountOrderGatewayRefund || row.type == T::AccountOrderStoreCredit;
        if (isOne)
            part.findings.push_back(row);
    }
    return summary(part);
}

constexpr auto kSuccess = RmaTransactionStatus::Success;
constexpr auto kRequested = RmaTransactionStatus::Requested;
constexpr auto kFailed = RmaTransactionStatus::Failed;
constexpr auto kCode = RmaTransactionType::RefundToStoreCredit;

/// A card order of 24 pieces at 10.00, @p count of them inspected and back.
void card(Builder& b, int count)
{
    b.facts.order->attributes[0].value = "upfrontPayment";
    b.paid("240.00");
    b.line("1", 24, "10.00");
    b.units("1", count, "10.00", Resolution::RefundToPaymentMethod).inspect("1", count);
}
/// An account order of 24 pieces at 10.00, @p count of them inspected and back, settled outside.
void account(Builder& b, int count)
{
    b.line("1", 24, "10.00");
    b.units("1", count, "10.00").inspect("1", count);
}
UnitId unit(const Builder& b, std::size_t i)
{
    return b.facts.rma->units[i].id;
}
Refund& byHand(Builder& b, const char* total, std::int64_t pieces)
{
    Refund row;
    row.id = RefundId("r" + std::to_string(b.facts.order->refunds->size()));
    row.createdAt = at("2026-11-06T12:00:00Z");
    row.total = pair(gbp(total));
    RefundLine line;
    line.line = LineId("1");
    line.quantity = pieces;
    row.lines = {line};
    PaymentTransaction out;
    out.id = "out" + row.id.value;
    out.kind = {TransactionKind::Refund, "REFUND"};
    out.status = {TransactionStatus::Success, "SUCCESS"};
    out.gateway = "shopify_payments";
    out.amount = row.total;
    row.transactions = {out};
    b.facts.order->refunds->push_back(row);
    return b.facts.order->refunds->back();
}
void spark(Builder& b, const char* value, bool applies, const char* rma)
{
    if (!b.facts.purchaseTransactions)
        b.facts.purchaseTransactions.emplace();
    const std::string id = "t" + std::to_string(b.facts.purchaseTransactions->size());
    b.facts.purchaseTransactions->push_back({id, gbp(value), applies, rma});
}
void processed(Builder& b, std::int64_t pieces)
{
    ShopifyReturn back;
    back.id = ShopifyReturnId("gid://r1");
    back.status = {ShopifyReturnStatus::Open, "OPEN"};
    ShopifyReturnLine line;
    line.line = LineId("1");
    line.quantity = line.processedQuantity = pieces;
    back.lines = {line};
    b.facts.order->returns->push_back(back);
}

} // namespace

TEST_P(CreditRules, SayWhatTheLawSays)
{
    Builder b;
    GetParam().change(b);
    EXPECT_EQ(told(b.judge()), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Duplicate, CreditRules,
    testing::Values(
        CreditRow{"UnitInTwoTransactions",
                  [](Builder& b) {
                      card(b, 2);
                      b.transaction("1", kSuccess, "10.00", {unit(b, 0)});
                      b.transaction("2", kSuccess, "10.00", {unit(b, 1)});
                      b.transaction("3", kSuccess, "10.00", {unit(b, 1)});
                  },
                  "duplicate-credit/same-book 10.00"},
        CreditRow{"OneTransactionAPiece",
                  [](Builder& b) {
                      card(b, 2);
                      b.transaction("1", kSuccess, "10.00", {unit(b, 0)});
                      b.transaction("2", kSuccess, "10.00", {unit(b, 1)});
                  },
                  ""},
        CreditRow{"OnePaymentInTwoParts",
                  [](Builder& b) {
                      card(b, 1);
                      b.transaction("1", kSuccess, "6.00");
                      b.transaction("2", kSuccess, "4.00");
                  },
                  ""},
        CreditRow{"TheSecondFailed",
                  [](Builder& b) {
                      card(b, 1);
                      b.transaction("1", kSuccess, "10.00");
                      b.transaction("2", kFailed, "10.00");
                  },
                  ""},
        CreditRow{"TheSecondIsOnlyAsked", // until it succeeds it can be stopped (law.md 8)
                  [](Builder& b) {
                      card(b, 1);
                      b.transaction("1", kSuccess, "10.00");
                      b.transaction("2", kRequested, "10.00").createdAt =
                          at("2026-11-10T09:00:00Z");
                  },
                  "credit-value-mismatch/over 10.00"},
        CreditRow{"CreditBesideTheCard",
                  [](Builder& b) {
                      b.paid("240.00"); // an account order that was paid by card later
                      account(b, 2);
                      b.transaction("1", kSuccess, "20.00");
                      b.credit("20.00");
                  },
                  "duplicate-credit/two-means 20.00"},
        CreditRow{"CreditBesideACode",
                  [](Builder& b) {
                      account(b, 2);
                      b.transaction("1", kSuccess, "20.00", {}, kCode);
                      b.credit("20.00");
                  },
                  "account-order-store-credit/succeeded 20.00; duplicate-credit/two-means 20.00"},
        CreditRow{"CreditWrittenDownAsPaidOutside", // ReturnGO knows no account (returngo.md 7.1)
                  [](Builder& b) {
                      account(b, 2);
                      b.transaction("1", kSuccess, "20.00", {}, RmaTransactionType::BankAccount);
                      b.credit("20.00");
                  },
                  ""},
        CreditRow{"BankAndCardOnACardOrder",
                  [](Builder& b) {
                      card(b, 2);
                      b.transaction("1", kSuccess, "20.00", {}, RmaTransactionType::BankAccount);
                      b.transaction("2", kSuccess, "20.00");
                  },
                  "duplicate-credit/same-book 20.00"},
        CreditRow{"CreditWhileTheRefundIsOnlyAsked",
                  [](Builder& b) {
                      account(b, 2);
                      b.transaction("1", kRequested, "20.00");
                      b.credit("20.00");
                  },
                  "account-order-gateway-refund/requested 20.00"},
        CreditRow{"PaidAndUnpaidPartEachItsWay",
                  [](Builder& b) {
                      b.paid("15.00");
                      account(b, 2);
                      b.transaction("1", kSuccess, "15.00");
                      b.credit("5.00");
                  },
                  "credit-value-mismatch/under 5.00"},
        CreditRow{"OursAndSparkLayersOwn",
                  [](Builder& b) {
                      account(b, 2);
                      b.credit("20.00");
                      spark(b, "20.00", true, "RMA7000412");
                  },
                  "duplicate-credit/same-book 20.00"},
        CreditRow{"SparkLayersIsForInformation", // apply_to_balance:false never counts
                  [](Builder& b) {
                      account(b, 2);
                      b.credit("20.00");
                      spark(b, "20.00", false, "RMA7000412");
                  },
                  ""},
        CreditRow{"SparkLayersIsAPayment",
                  [](Builder& b) {
                      account(b, 2);
                      b.credit("20.00");
                      spark(b, "20.00", true, "");
                  },
                  ""},
        CreditRow{"SparkLayersIsOfAnotherReturn",
                  [](Builder& b) {
                      account(b, 2);
                      b.credit("20.00");
                      spark(b, "20.00", true, "RMA7000999");
                  },
                  ""},
        CreditRow{"TheSiteLowersTheBalanceItself",
                  [](Builder& b) {
                      b.policy.facts.returnLowersBalance = Fact::Yes;
                      account(b, 2);
                      processed(b, 2);
                      b.credit("20.00");
                  },
                  "duplicate-credit/same-book 20.00"},
        CreditRow{"TheSiteDoesNot",
                  [](Builder& b) {
                      account(b, 2);
                      processed(b, 2);
                      b.credit("20.00");
                  },
                  ""},
        CreditRow{"WhetherItDoesIsNotKnown",
                  [](Builder& b) {
                      b.policy.facts.returnLowersBalance = Fact::Unknown;
                      account(b, 2);
                      processed(b, 2);
                      b.credit("20.00");
                  },
                  ""},
        CreditRow{"ByReturnGoAndByHand",
                  [](Builder& b) {
                      card(b, 2);
                      b.transaction("1", kSuccess, "20.00").externalReferenceId = "900";
                      byHand(b, "20.00", 2).id = RefundId("900");
                      byHand(b, "20.00", 2);
                  },
                  "duplicate-credit/same-book 20.00"},
        CreditRow{"ReturnGoNamesItsRefundOtherwise", // one refund of that sum: it is ReturnGO's
                  [](Builder& b) {
                      card(b, 2);
                      b.transaction("1", kSuccess, "10.00", {unit(b, 0)}).externalReferenceId =
                          "pay-77";
                      b.transaction("2", kSuccess, "10.00", {unit(b, 1)}).externalReferenceId =
                          "pay-78";
                      byHand(b, "20.00", 2);
                  },
                  ""},
        CreditRow{"AndAnotherSumIsByHand",
                  [](Builder& b) {
                      card(b, 2);
                      b.transaction("1", kSuccess, "20.00").externalReferenceId = "pay-77";
                      byHand(b, "19.00", 2);
                  },
                  "duplicate-credit/same-book 19.00"},
        CreditRow{"ByHandIsReturnGosOwn",
                  [](Builder& b) {
                      card(b, 2);
                      byHand(b, "20.00", 2).id = RefundId("900");
                      b.transaction("1", kSuccess, "20.00").externalReferenceId = "900";
                  },
                  ""},
        CreditRow{"ByHandIsForAPieceMore",
                  [](Builder& b) {
                      card(b, 2);
                      b.transaction("1", kSuccess, "20.00").externalReferenceId = "900";
                      byHand(b, "10.00", 1);
                  },
                  ""},
        CreditRow{"ByHandMovedNoMoney",
                  [](Builder& b) {
                      card(b, 2);
                      b.transaction("1", kSuccess, "20.00").externalReferenceId = "900";
                      byHand(b, "0.00", 2);
                  },
                  ""},
        CreditRow{"TheOtherCreditWasRefused",
                  [](Builder& b) {
                      account(b, 2);
                      b.credit("20.00", ActionState::Refused);
                      spark(b, "20.00", true, "RMA7000412");
                  },
                  ""}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Over, CreditRules,
    testing::Values(
        CreditRow{"MoreThanTheWholeLine",
                  [](Builder& b) {
                      b.facts.order->attributes[0].value = "upfrontPayment";
                      b.paid("50.00");
                      b.line("1", 2, "10.00");
                      b.line("2", 3, "10.00");
                      b.units("1", 2, "12.50", Resolution::RefundToPaymentMethod).inspect("1", 2);
                      b.transaction("1", kSuccess, "25.00");
                  },
                  "over-credit/line 5.00"},
        CreditRow{"TooMuchForAPartOfTheLine", // a wrong value, and within the line
                  [](Builder& b) {
                      card(b, 2);
                      b.transaction("1", kSuccess, "25.00");
                  },
                  "credit-value-mismatch/over 5.00"},
        CreditRow{"OnlyAskedFor",
                  [](Builder& b) {
                      b.facts.order->attributes[0].value = "upfrontPayment";
                      b.paid("20.00");
                      b.line("1", 2, "10.00");
                      b.units("1", 2, "12.50", Resolution::RefundToPaymentMethod).inspect("1", 2);
                      b.transaction("1", kRequested, "25.00").createdAt =
                          at("2026-11-10T09:00:00Z");
                  },
                  "credit-value-mismatch/over 5.00"},
        CreditRow{"ExactlyTheLine",
                  [](Builder& b) {
                      b.facts.order->attributes[0].value = "upfrontPayment";
                      b.paid("20.00");
                      b.line("1", 2, "10.00");
                      b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod).inspect("1", 2);
                      b.transaction("1", kSuccess, "20.00");
                  },
                  ""},
        CreditRow{"RoundingAboveTheLine",
                  [](Builder& b) {
                      b.facts.order->attributes[0].value = "upfrontPayment";
                      b.paid("20.00");
                      b.line("1", 2, "10.00");
                      b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod).inspect("1", 2);
                      b.transaction("1", kSuccess, "20.01");
                  },
                  ""},
        CreditRow{"CreditAboveTheOrder",
                  [](Builder& b) {
                      b.line("1", 2, "10.00");
                      b.units("1", 2, "10.00").inspect("1", 2);
                      spark(b, "23.00", true, "RMA7000412");
                  },
                  "over-credit/order 3.00"},
        CreditRow{"CreditWithCarriage",
                  [](Builder& b) {
                      b.line("1", 2, "10.00");
                      b.facts.order->currentTotal = pair(gbp("23.00"));
                      b.units("1", 2, "10.00").inspect("1", 2);
                      spark(b, "23.00", true, "RMA7000412");
                  },
                  ""},
        CreditRow{"CodeAboveTheCap",
                  [](Builder& b) {
                      card(b, 2);
                      b.transaction("1", kSuccess, "30.02", {}, kCode);
                  },
                  "over-credit/code 0.02"},
        CreditRow{"CodeAtTheCap",
                  [](Builder& b) {
                      card(b, 2);
                      b.transaction("1", kSuccess, "30.00", {}, kCode);
                  },
                  "credit-value-mismatch/over 10.00"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Stuck, CreditRules,
    testing::Values(CreditRow{"Failed",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.transaction("1", kFailed, "20.00");
                              },
                              "refund-stuck/failed 20.00"},
                    CreditRow{"AskedForADay",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.transaction("1", kRequested, "20.00").createdAt =
                                      at("2026-11-09T10:00:00Z");
                              },
                              "refund-stuck/requested 20.00"},
                    CreditRow{"AskedForLessThanADay",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.transaction("1", kRequested, "20.00").createdAt =
                                      at("2026-11-09T10:00:01Z");
                              },
                              ""},
                    CreditRow{"NotReadSinceTheLimit",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.transaction("1", kRequested, "20.00").createdAt =
                                      at("2026-11-09T10:00:00Z");
                                  b.facts.feeds[Platform::ReturnGo].lastSuccess =
                                      at("2026-11-10T09:59:59Z");
                              },
                              ""},
                    CreditRow{"FailedAndThenPaid",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.transaction("1", kFailed, "20.00");
                                  b.transaction("2", kSuccess, "20.00");
                              },
                              ""},
                    CreditRow{"FailedAndPaidByHand",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.transaction("1", kFailed, "20.00");
                                  byHand(b, "20.00", 2);
                              },
                              ""},
                    CreditRow{"FailedForACanceledReturn",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.transaction("1", kFailed, "20.00");
                                  b.facts.rma->status = {RmaStatus::Canceled, "Canceled"};
                              },
                              ""},
                    CreditRow{"AnInvoicePaymentIsNoRefund",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.transaction("1", kSuccess, "20.00");
                                  b.transaction("2", kFailed, "20.00", {},
                                                RmaTransactionType::InvoicePayment);
                              },
                              ""},
                    CreditRow{"AccountOrderSaysItBetter",
                              [](Builder& b) {
                                  account(b, 2);
                                  b.transaction("1", kFailed, "20.00");
                              },
                              "account-order-gateway-refund/failed 20.00"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Early, CreditRules,
    testing::Values(CreditRow{"PaidAndNotInspected",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.facts.inspections.clear();
                                  b.transaction("1", kSuccess, "20.00");
                              },
                              "paid-before-inspection/inspection 20.00"},
                    CreditRow{"CreditWrittenDownBeforeInspection",
                              [](Builder& b) {
                                  account(b, 2);
                                  b.facts.inspections.clear();
                                  b.transaction("1", kSuccess, "20.00", {},
                                                RmaTransactionType::BankAccount);
                              },
                              ""},
                    CreditRow{"OneOfTwoInspected",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.facts.inspections.pop_back();
                                  b.transaction("1", kSuccess, "20.00");
                              },
                              "paid-before-inspection/inspection 10.00"},
                    CreditRow{"InspectedSince",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.transaction("1", kSuccess, "20.00");
                                  for (Inspection& row : b.facts.inspections)
                                      row.at = at("2026-11-09T10:00:00Z");
                              },
                              ""},
                    CreditRow{"OnlyAskedFor",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.facts.inspections.clear();
                                  b.transaction("1", kRequested, "20.00").createdAt =
                                      at("2026-11-10T09:00:00Z");
                              },
                              ""},
                    CreditRow{"TheSiteNeedsNoInspection",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.policy.inspectionRequired = false;
                                  b.facts.inspections.clear();
                                  b.transaction("1", kSuccess, "20.00");
                              },
                              ""},
                    CreditRow{"NorTheGoods",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.policy.payAfterCard = PayAfter::Approval;
                                  b.facts.inspections.clear();
                                  b.facts.rma->status = {RmaStatus::Approved, "Approved"};
                                  b.transaction("1", kSuccess, "20.00");
                              },
                              ""},
                    CreditRow{"PaidBeforeReceipt",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.policy.inspectionRequired = false;
                                  b.facts.inspections.clear();
                                  b.facts.rma->status = {RmaStatus::Approved, "Approved"};
                                  b.facts.rma->receivedAt.reset();
                                  b.transaction("1", kSuccess, "20.00");
                              },
                              "paid-before-inspection/receipt 20.00"},
                    CreditRow{"TheBuyerKeepsThem",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.facts.inspections.clear();
                                  for (RmaUnit& row : b.facts.rma->units)
                                      row.returnMethodType = "No shipment required";
                                  b.transaction("1", kSuccess, "20.00");
                              },
                              ""},
                    CreditRow{"NotReadSinceTheMoneyLeft",
                              [](Builder& b) {
                                  card(b, 2);
                                  b.facts.inspections.clear();
                                  b.transaction("1", kSuccess, "20.00").createdAt =
                                      at("2026-11-10T09:58:00Z");
                                  b.facts.rma->document.observedAt = at("2026-11-10T09:50:00Z");
                              },
                              ""}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Tax, CreditRules,
    testing::Values(
        CreditRow{"NetTakenForGross",
                  [](Builder& b) {
                      b.line("1", 10, "10.00", "20.00");
                      b.units("1", 2, "10.00");
                  },
                  "tax-or-currency-mismatch/under 4.00"},
        CreditRow{"TaxCountedTwice",
                  [](Builder& b) {
                      b.line("1", 10, "10.00", "20.00");
                      b.units("1", 2, "14.00");
                  },
                  "tax-or-currency-mismatch/over 4.00"},
        CreditRow{"TheRateOnTopOfTheGross",
                  [](Builder& b) {
                      b.line("1", 10, "10.00", "20.00");
                      b.units("1", 2, "12.00");
                      for (RmaUnit& row : b.facts.rma->units) {
                          row.isTaxIncluded = false;
                          row.paidTax = pair(gbp("2.40"));
                      }
                  },
                  "tax-or-currency-mismatch/over 4.80"},
        CreditRow{"NetPricesRoundedOneByOne", // 4 x 3.33 against 13.33 net, 16.00 gross
                  [](Builder& b) {
                      b.line("1", 6, "3.333333", "4.00");
                      b.units("1", 4, "3.33");
                  },
                  "tax-or-currency-mismatch/under 2.68"},
        CreditRow{"TheRateOnTopRoundedTwiceAPiece", // 5 x (4.01 + 0.80), 24.00 without rounding
                  [](Builder& b) {
                      b.line("1", 6, "3.336666", "4.00"); // 24.02 gross, 4.0033 each
                      b.units("1", 5, "4.01");
                      for (RmaUnit& row : b.facts.rma->units) {
                          row.isTaxIncluded = false;
                          row.paidTax = pair(gbp("0.80"));
                      }
                  },
                  "tax-or-currency-mismatch/over 4.03"},
        CreditRow{"NearlyTheNetPriceIsNotIt", // 3 minor units off, 2 is rounding
                  [](Builder& b) {
                      b.line("1", 6, "3.333333", "4.00");
                      b.units("1", 3, "3.33").units("1", 1, "3.31");
                  },
                  "credit-value-mismatch/under 2.70"},
        CreditRow{"AnotherTaxOnTheRightPrice",
                  [](Builder& b) {
                      b.line("1", 10, "10.00", "20.00");
                      b.units("1", 2, "10.00");
                      for (RmaUnit& row : b.facts.rma->units) {
                          row.isTaxIncluded = false;
                          row.paidTax = pair(gbp("0.50"));
                      }
                  },
                  "tax-or-currency-mismatch/under 3.00"},
        CreditRow{"AMinorUnitAUnitOff", // 2 units: 1 is rounding, 2 is not, and no tax explains it
                  [](Builder& b) {
                      b.line("1", 10, "10.00", "20.00");
                      b.units("1", 2, "12.01");
                  },
                  "credit-value-mismatch/over 0.02"},
        CreditRow{"AnotherPriceWithItsTax",
                  [](Builder& b) {
                      b.line("1", 10, "10.00", "20.00");
                      b.units("1", 2, "13.20");
                      for (RmaUnit& row : b.facts.rma->units)
                          row.paidTax = pair(gbp("2.20"));
                  },
                  "credit-value-mismatch/over 2.40"},
        CreditRow{"LowerTaxInsideTheRightSum", // seen with healthy returns (returngo.md 5.2)
                  [](Builder& b) {
                      b.line("1", 10, "10.00", "20.00");
                      b.units("1", 2, "12.00");
                      for (RmaUnit& row : b.facts.rma->units)
                          row.paidTax = pair(gbp("1.60"));
                  },
                  ""},
        CreditRow{"AFeeIsNoTax",
                  [](Builder& b) {
                      b.policy.agreesRestockingFee = false;
                      b.line("1", 10, "10.00", "20.00");
                      b.units("1", 2, "12.00");
                      for (RmaUnit& row : b.facts.rma->units)
                          row.paidTax = pair(gbp("2.00"));
                      b.facts.rma->units[0].restockingFee = gbp("3.00");
                  },
                  "credit-value-mismatch/under 3.00"},
        CreditRow{"OneLineByTaxAnotherByPrice",
                  [](Builder& b) {
                      b.line("1", 10, "10.00", "20.00");
                      b.line("2", 10, "10.00");
                      b.units("1", 2, "14.00").units("2", 1, "11.00");
                  },
                  "credit-value-mismatch/over 1.00; tax-or-currency-mismatch/over 4.00"},
        CreditRow{"AskedForInTheShopsCurrency",
                  [](Builder& b) {
                      card(b, 1);
                      RmaTransaction& row = b.transaction("1", kSuccess, "10.00");
                      row.amount = pair(amount("10.00", currency("EUR")));
                  },
                  "tax-or-currency-mismatch/currency"},
        CreditRow{"AmountsTheOtherWayRound",
                  [](Builder& b) {
                      card(b, 1);
                      b.facts.rma->units[0].paidPrice =
                          MoneyPair{amount("11.70", currency("EUR")), gbp("10.00")};
                  },
                  ""},
        CreditRow{"FailedInAnotherCurrency",
                  [](Builder& b) {
                      card(b, 1);
                      b.transaction("1", kFailed, "10.00").amount =
                          pair(amount("10.00", currency("EUR")));
                      b.transaction("2", kSuccess, "10.00");
                  },
                  ""}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(CreditRules, WhatIsNotReadIsNotJudged)
{
    Builder b;
    card(b, 2);
    b.transaction("1", kSuccess, "20.00");
    Builder lines = b;
    lines.facts.order->lines.reset();
    for (const FindingType type :
         {T::DuplicateCredit, T::OverCredit, T::PaidBeforeInspection, T::TaxOrCurrencyMismatch})
        EXPECT_TRUE(isNotJudged(lines.judge(), type)) << findingTypeId(type);
    Builder detail = b;
    detail.facts.rma->hasDetail = false;
    EXPECT_TRUE(isNotJudged(detail.judge(), T::RefundStuck, "not-judged.return-unread"));
    Builder time = b;
    time.transaction("2", kRequested, "20.00").createdAt.reset();
    EXPECT_TRUE(isNotJudged(time.judge(), T::RefundStuck, "not-judged.refund-since"));
}

TEST(CreditRules, AStuckRefundIsExpectedInsideItsDay)
{
    Builder b;
    card(b, 2);
    b.transaction("1", kRequested, "20.00").createdAt = at("2026-11-09T12:00:00Z");
    const Judgement judgement = b.judge();
    ASSERT_TRUE(find(judgement, T::RefundStuck));
    EXPECT_EQ(find(judgement, T::RefundStuck)->graceUntil, at("2026-11-10T12:00:00Z"));
}

TEST(CreditRules, TheTaxFindingHoldsTheValueInside)
{
    Builder b;
    b.line("1", 10, "10.00", "20.00");
    b.units("1", 2, "10.00");
    const Judgement judgement = b.judge();
    ASSERT_TRUE(find(judgement, T::TaxOrCurrencyMismatch));
    const auto& hidden = find(judgement, T::TaxOrCurrencyMismatch)->hiddenTypes;
    EXPECT_EQ(hidden, std::vector{T::CreditValueMismatch});
}

} // namespace counterfoil::judging
