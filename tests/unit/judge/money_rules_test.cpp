#include "tests/unit/judge/case_builder.h"

#include <gtest/gtest.h>

#include <functional>

namespace counterfoil::judging {

struct Row {
    const char* name;
    std::function<void(Builder&)> change;
    const char* expected; ///< summary()
    const char* currency = "GBP";
};
class MoneyRules : public testing::TestWithParam<Row> {};

TEST_P(MoneyRules, SayWhatTheLawSays)
{
    Builder builder(GetParam().currency);
    GetParam().change(builder);
    const Judgement judgement = builder.judge();
    EXPECT_EQ(summary(judgement), GetParam().expected);
}

namespace {

/// The figures of RMA 7000412: 8 beans at 12.50 without tax, 6 cups at 4.00 plus 20 %.
void beansAndCups(Builder& b)
{
    b.line("1", 24, "12.50").originalUnit = pair(gbp("18.50"));
    b.line("2", 48, "4.00", "38.40");
    b.units("1", 8, "18.50", Resolution::RefundToPaymentMethod);
    b.units("2", 6, "4.80", Resolution::RefundToPaymentMethod);
    b.inspect("1", 5).inspect("1", 1, UnitVerdict::BGrade);
    b.inspect("1", 1, UnitVerdict::Damaged, DamageCause::Transit);
    b.inspect("2", 2).inspect("2", 1, UnitVerdict::Damaged, DamageCause::Buyer);
    b.inspect("2", 1, UnitVerdict::WrongItem);
}
void settled(Builder& b, const char* line, int count, const char* price)
{
    b.units(line, count, price).inspect(line, count);
}
std::vector<UnitId> unitsOf(const Builder& b, const char* line)
{
    std::vector<UnitId> ids;
    for (const RmaUnit& unit : b.facts.rma->units) {
        if (unit.line.value == line)
            ids.push_back(unit.id);
    }
    return ids;
}

} // namespace

INSTANTIATE_TEST_SUITE_P(
    CreditValue, MoneyRules,
    testing::Values(
        Row{"PictureCase",
            [](Builder& b) {
                beansAndCups(b);
                b.transaction("9100001", RmaTransactionStatus::Requested, "176.80");
            },
            "credit-value-mismatch/over 57.60; account-order-gateway-refund/requested 176.80; "
            "received-quantity-mismatch/wrong-item"},
        Row{"ExactPrice",
            [](Builder& b) {
                b.line("1", 24, "12.50");
                b.units("1", 8, "12.50");
            },
            ""},
        Row{"RetailPriceUsed",
            [](Builder& b) {
                b.line("1", 24, "12.50").originalUnit = pair(gbp("18.50"));
                b.units("1", 8, "18.50");
            },
            "credit-value-mismatch/over 48.00"},
        Row{"BelowInvoice",
            [](Builder& b) {
                b.line("1", 24, "12.50");
                b.units("1", 8, "12.00");
            },
            "credit-value-mismatch/under 4.00"},
        Row{"RoundingOfFourUnits", // 10.00 / 3 = 3.333: 4 x 3.34 = 13.36 against 13.33; 3 > 2
            [](Builder& b) {
                b.line("1", 6, "3.333333");
                b.units("1", 4, "3.34");
            },
            "credit-value-mismatch/over 0.03"},
        Row{"RoundingInsideTolerance", // 4 x 3.33 = 13.32 against 13.33
            [](Builder& b) {
                b.line("1", 6, "3.333333");
                b.units("1", 4, "3.33");
            },
            ""},
        Row{"TwoMinorUnitsOffFourUnits",
            [](Builder& b) {
                b.line("1", 6, "10.00");
                b.units("1", 3, "10.00").units("1", 1, "10.02");
            },
            ""},
        Row{"ThreeMinorUnitsOffFourUnits",
            [](Builder& b) {
                b.line("1", 6, "10.00");
                b.units("1", 3, "10.00").units("1", 1, "10.03");
            },
            "credit-value-mismatch/over 0.03"},
        Row{"NetTakenForGross",
            [](Builder& b) {
                b.line("1", 10, "10.00", "20.00");
                b.units("1", 2, "10.00");
            },
            "tax-or-currency-mismatch/under 4.00"}, // before the value (law.md 6)
        Row{"NetPriceWithTaxBeside",
            [](Builder& b) {
                b.line("1", 10, "10.00", "20.00");
                b.units("1", 2, "10.00");
                for (RmaUnit& unit : b.facts.rma->units) {
                    unit.isTaxIncluded = false;
                    unit.paidTax = pair(gbp("2.00"));
                }
            },
            ""},
        Row{"TaxIncludedShop",
            [](Builder& b) {
                b.facts.order->taxesIncluded = true;
                b.line("1", 10, "12.00", "20.00");
                b.units("1", 2, "12.00");
            },
            ""},
        Row{"FeeAgreed",
            [](Builder& b) {
                b.line("1", 10, "10.00");
                b.units("1", 2, "10.00");
                b.facts.rma->units[0].restockingFee = gbp("1.50");
            },
            ""},
        Row{"FeeNotAgreed",
            [](Builder& b) {
                b.policy.agreesRestockingFee = false;
                b.line("1", 10, "10.00");
                b.units("1", 2, "10.00");
                b.facts.rma->units[0].restockingFee = gbp("1.50");
            },
            "credit-value-mismatch/under 1.50"},
        Row{"SplitTransactions",
            [](Builder& b) {
                b.paid("240.00");
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod).inspect("1", 2);
                b.transaction("1", RmaTransactionStatus::Success, "10.00", {unitsOf(b, "1")[0]});
                b.transaction("2", RmaTransactionStatus::Success, "10.00", {unitsOf(b, "1")[1]});
            },
            ""},
        Row{"OneTransactionOfTwoLines",
            [](Builder& b) {
                b.paid("500.00");
                b.line("1", 24, "10.00");
                b.line("2", 5, "7.00");
                b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod).inspect("1", 2);
                b.units("2", 1, "7.00", Resolution::RefundToPaymentMethod).inspect("2", 1);
                b.transaction("1", RmaTransactionStatus::Success, "27.00");
            },
            ""},
        Row{"YenHasNoMinorUnits",
            [](Builder& b) {
                b.line("1", 10, "1200");
                b.units("1", 2, "1250");
            },
            "credit-value-mismatch/over 100", "JPY"},
        Row{"DinarHasThree",
            [](Builder& b) {
                b.line("1", 10, "1.250");
                b.units("1", 2, "1.253");
            },
            "credit-value-mismatch/over 0.006", "KWD"},
        Row{"DinarInsideTolerance",
            [](Builder& b) {
                b.line("1", 10, "1.250");
                b.units("1", 1, "1.251");
            },
            "", "KWD"},
        Row{"RejectedReturnExpectsNothing",
            [](Builder& b) {
                b.line("1", 24, "12.50");
                b.units("1", 8, "18.50");
                b.facts.rma->status = {RmaStatus::Rejected, "Rejected"};
            },
            ""},
        Row{"FreeLine",
            [](Builder& b) {
                b.line("1", 24, "0");
                b.units("1", 3, "0");
            },
            ""},
        Row{"SameSkuOnTwoLines",
            [](Builder& b) {
                b.line("1", 10, "10.00");
                b.line("2", 10, "9.00").sku = "SKU-1";
                b.units("1", 1, "10.00").units("2", 1, "9.00");
            },
            ""}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    WrongRoute, MoneyRules,
    testing::Values(
        Row{"SetToCardWithoutTransaction",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod);
            },
            "account-order-gateway-refund/requested 20.00"},
        Row{"InvoiceOrderSetToCard",
            [](Builder& b) {
                b.facts.order->attributes[0].value = "paymentByInvoice";
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod);
            },
            "account-order-gateway-refund/requested 20.00"},
        Row{"LaterPaidByCard",
            [](Builder& b) {
                b.paid("240.00");
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod).inspect("1", 2);
                b.transaction("1", RmaTransactionStatus::Success, "20.00");
            },
            ""},
        Row{"PaidByBankTransfer",
            [](Builder& b) {
                b.paid("240.00", true);
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod);
            },
            "account-order-gateway-refund/requested 20.00"},
        Row{"PartlyPaidBeyondThePart",
            [](Builder& b) {
                b.paid("15.00");
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod);
            },
            "account-order-gateway-refund/requested 5.00"},
        Row{"CardOrder",
            [](Builder& b) {
                b.facts.order->attributes[0].value = "upfrontPayment";
                b.paid("240.00");
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod);
            },
            ""},
        Row{"FailedAttempt",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod);
                b.transaction("1", RmaTransactionStatus::Failed, "20.00");
            },
            "account-order-gateway-refund/failed 20.00"},
        Row{"SucceededAlthoughRejected",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod);
                b.facts.rma->status = {RmaStatus::Rejected, "Rejected"};
                b.transaction("1", RmaTransactionStatus::Success, "20.00");
            },
            "account-order-gateway-refund/succeeded 20.00"},
        Row{"OnlySetAndCreditedByUs",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod).inspect("1", 2);
                b.credit("20.00");
            },
            ""},
        Row{"StillRequestedThoughCredited",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod).inspect("1", 2);
                b.transaction("1", RmaTransactionStatus::Requested, "20.00");
                b.credit("20.00");
            },
            "account-order-gateway-refund/requested 20.00"},
        Row{"StoreCreditOnAccountOrder",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00", Resolution::RefundToStoreCredit).inspect("1", 2);
                b.transaction("1", RmaTransactionStatus::Success, "20.00", {},
                              RmaTransactionType::RefundToStoreCredit);
            },
            "account-order-store-credit/succeeded 20.00"},
        Row{"StoreCreditOnCardOrder",
            [](Builder& b) {
                b.facts.order->attributes[0].value = "upfrontPayment";
                b.paid("240.00");
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00", Resolution::RefundToStoreCredit);
            },
            ""}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    NotPosted, MoneyRules,
    testing::Values(
        Row{"DueForFiveDays",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                settled(b, "1", 2, "10.00");
            },
            "credit-not-posted 20.00"},
        Row{"DueForLessThanTwoDays",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00")
                    .inspect("1", 2, UnitVerdict::AGrade, DamageCause::None,
                             "2026-11-08T10:00:01Z");
            },
            ""},
        Row{"DueForTwoDaysToTheSecond",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00")
                    .inspect("1", 2, UnitVerdict::AGrade, DamageCause::None,
                             "2026-11-08T10:00:00Z");
            },
            "credit-not-posted 20.00"},
        Row{"NotInspected",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00");
            },
            ""},
        Row{"NotInspectedNorRequired",
            [](Builder& b) {
                b.policy.inspectionRequired = false;
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00");
            },
            "credit-not-posted 20.00"},
        Row{"PartInspected",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                b.units("1", 3, "10.00").inspect("1", 1);
            },
            "credit-not-posted 10.00"},
        Row{"OwnCredit",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                settled(b, "1", 2, "10.00");
                b.credit("20.00");
            },
            ""},
        Row{"OwnCreditOnlyProposed",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                settled(b, "1", 2, "10.00");
                b.credit("20.00", ActionState::Proposed);
            },
            "credit-not-posted 20.00"},
        Row{"SparkLayerCreditNamesTheReturn",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                settled(b, "1", 2, "10.00");
                b.facts.purchaseTransactions = {{"t1", gbp("20.00"), true, "RMA7000412"}};
            },
            ""},
        Row{"SparkLayerCreditOfAnotherReturn",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                settled(b, "1", 2, "10.00");
                b.facts.purchaseTransactions = {{"t1", gbp("20.00"), true, "7000999"}};
            },
            "credit-not-posted 20.00"},
        Row{"SparkLayerCreditOnlyForInformation",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                settled(b, "1", 2, "10.00");
                b.facts.purchaseTransactions = {{"t1", gbp("20.00"), false, "7000412"}};
            },
            "credit-not-posted 20.00"},
        Row{"PaymentLooksLikeACredit",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                settled(b, "1", 2, "10.00");
                b.paid("20.00", true);
                b.facts.purchaseTransactions = {{"t1", gbp("20.00"), true, ""}};
            },
            "credit-not-posted 20.00"},
        Row{"BuyerBlocked",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                settled(b, "1", 2, "10.00");
                b.facts.account->balance = gbp("5010.00");
            },
            "credit-not-posted/buyer-blocked 20.00"},
        Row{"BlockedForMoreThanThis",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                settled(b, "1", 2, "10.00");
                b.facts.account->balance = gbp("5020.01");
            },
            "credit-not-posted 20.00"},
        Row{"InvoiceOrderProcessed",
            [](Builder& b) {
                b.facts.order->attributes[0].value = "paymentByInvoice";
                b.line("1", 24, "10.00");
                settled(b, "1", 2, "10.00");
                ShopifyReturn back;
                back.id = ShopifyReturnId("gid://r1");
                ShopifyReturnLine line;
                line.line = LineId("1");
                line.quantity = line.processedQuantity = 2;
                back.lines = {line};
                b.facts.order->returns->push_back(back);
            },
            ""},
        Row{"InvoiceOrderNotProcessed",
            [](Builder& b) {
                b.facts.order->attributes[0].value = "paymentByInvoice";
                b.line("1", 24, "10.00");
                settled(b, "1", 2, "10.00");
            },
            "credit-not-posted 20.00"},
        Row{"KeepItemIsDueOnApproval",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00");
                b.facts.rma->status = {RmaStatus::Approved, "Approved"};
                b.facts.rma->approvedAt = at("2026-11-02T09:00:00Z");
                for (RmaUnit& unit : b.facts.rma->units)
                    unit.returnMethodType = "No shipment required";
            },
            "credit-not-posted 20.00"},
        Row{"ApprovedOnly",
            [](Builder& b) {
                b.policy.inspectionRequired = false;
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00");
                b.facts.rma->status = {RmaStatus::Approved, "Approved"};
            },
            ""},
        Row{"CardRefundHidesIt",
            [](Builder& b) {
                b.line("1", 24, "10.00");
                b.units("1", 2, "10.00", Resolution::RefundToPaymentMethod).inspect("1", 2);
            },
            "account-order-gateway-refund/requested 20.00"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(MoneyRules, CauseIsThePriceThatExplainsTheAmount)
{
    Builder b;
    b.line("1", 24, "12.50").originalUnit = pair(gbp("18.50"));
    b.units("1", 8, "18.50");
    EXPECT_EQ(find(b.judge(), FindingType::CreditValueMismatch)->causeCode, "retail-price");
    b.facts.priceHints["SKU-1"].singleUnitBreak = money::Fraction(1495);
    for (RmaUnit& unit : b.facts.rma->units)
        unit.paidPrice = pair(gbp("14.95"));
    EXPECT_EQ(find(b.judge(), FindingType::CreditValueMismatch)->causeCode, "missed-break");
    for (RmaUnit& unit : b.facts.rma->units)
        unit.paidPrice = pair(gbp("14.96"));
    EXPECT_EQ(find(b.judge(), FindingType::CreditValueMismatch)->causeCode, "unexplained");
}

TEST(MoneyRules, UnknownIsNotJudgedAndNeverClean)
{
    using T = FindingType;
    Builder b;
    b.line("1", 24, "10.00");
    settled(b, "1", 2, "10.00");
    Builder unread = b;
    unread.facts.order->lines.reset();
    EXPECT_TRUE(isNotJudged(unread.judge(), T::CreditValueMismatch, "not-judged.lines-unread"));
    Builder method = b;
    method.facts.order->attributes[0].value = "hokodoPayment";
    EXPECT_TRUE(isNotJudged(method.judge(), T::CreditNotPosted, "not-judged.method-unknown"));
    Builder purchase = b;
    purchase.facts.purchase.emplace();
    purchase.facts.purchase->paymentMethod = {PaymentMethod::Account, "on_account"};
    EXPECT_TRUE(
        isNotJudged(purchase.judge(), T::CreditNotPosted, "not-judged.transactions-unread"));
    Builder fee = b;
    fee.policy.facts.feeTax = FeeTax::Unknown;
    fee.facts.rma->units[0].restockingFee = gbp("1.00");
    EXPECT_TRUE(isNotJudged(fee.judge(), T::CreditValueMismatch, "not-judged.fee-tax"));
    Builder currencyApart = b;
    currencyApart.facts.rma->units[0].paidPrice = pair(amount("10.00", currency("EUR")));
    EXPECT_TRUE(
        isNotJudged(currencyApart.judge(), T::CreditValueMismatch, "not-judged.returngo-currency"));
}

TEST(MoneyRules, OverwrittenCreditIsFoundByTheBalancesPath)
{
    Builder b;
    b.line("1", 24, "10.00");
    settled(b, "1", 2, "10.00");
    OwnAction& action = b.credit("20.00");
    b.facts.account->receipts = {{action.id, 2, action.amount, action.changedAt}};
    const auto seen = [&](const char* when, const char* balance, bool hasReceipt) {
        AccountObservation row;
        row.observedAt = at(when);
        row.balance = gbp(balance);
        if (hasReceipt)
            row.receipts = {action.id};
        b.facts.accountHistory.push_back(row);
    };
    seen("2026-11-07T08:00:00Z", "1000.00", false);
    seen("2026-11-07T09:01:00Z", "980.00", true);
    EXPECT_EQ(summary(b.judge()), "");
    seen("2026-11-07T10:00:00Z", "1000.00", true);
    EXPECT_EQ(summary(b.judge()), "credit-not-posted/overwritten 20.00");
    // The same rise with an order of that amount placed meanwhile is explained.
    b.facts.recentOrders = {{OrderId("1"), at("2026-11-07T09:30:00Z"), false, gbp("20.00")}};
    EXPECT_EQ(summary(b.judge()), "");
}

/// A platform may name units that the return does not hold: nothing is shared among nobody.
TEST(Hostile, ATransactionOfUnitsThatAreNobodysIsNoEnd)
{
    Builder b;
    settled(b, b.line("1", 24, "12.50").id.value.c_str(), 8, "12.50");
    b.transaction("9100001", RmaTransactionStatus::Success, "100.00").units = {UnitId("nobody")};
    EXPECT_NO_FATAL_FAILURE(static_cast<void>(b.judge()));
}

} // namespace counterfoil::judging
