#include "core/decode/sparklayer.h"
#include "tests/unit/decode/samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace counterfoil;
using namespace counterfoil::decode;
using domain::DocumentPage;
using samples::with;

namespace {

const SparklayerAdapter& adapter()
{
    return defaultAdapters().sparklayer;
}

money::Currency gbp()
{
    return money::Currency::fromCode("GBP").value();
}

TEST(Sparklayer, PurchaseHoldsLinesAndPo)
{
    const Result<DocumentPage> page = sparklayer::purchaseDetail(samples::purchase(), adapter());
    ASSERT_TRUE(page);
    ASSERT_EQ(page->documents.size(), 1U) << page->setAside.at(0).reason;
    EXPECT_EQ(page->documents[0].externalId, "5820011223344");
    EXPECT_EQ(page->documents[0].keys.orderName, "#B2B1042");
    const Result<domain::Purchase> purchase =
        sparklayer::purchase(page->documents[0].body, adapter());
    ASSERT_TRUE(purchase);
    EXPECT_EQ(purchase->customerReference, "PO-55810");
    EXPECT_EQ(purchase->paymentMethod.value, domain::PaymentMethod::Account);
    EXPECT_EQ(purchase->currency.code(), "GBP") << "codes come in both cases";
    EXPECT_EQ(purchase->total->minor(), 432'00);
    ASSERT_EQ(purchase->lines->size(), 1U);
    EXPECT_EQ(purchase->lines->front().sku, "KETTLE-1L");
    EXPECT_EQ(purchase->lines->front().totalNet->minor(), 360'00);
    EXPECT_EQ(purchase->lines->front().packageType, "shipped");
}

struct Shape {
    const char* name;
    const char* from;
    const char* to;
};
class PurchaseShape : public testing::TestWithParam<Shape> {};

TEST_P(PurchaseShape, IsReadAlike)
{
    std::string body = with(samples::purchase(), GetParam().from, GetParam().to);
    if (std::string(GetParam().name) == "PackageObject") {
        const std::size_t close = body.find("\"accounting_files\"");
        body.replace(body.rfind(']', close), 1, "");
    }
    const Result<domain::Purchase> purchase = sparklayer::purchase(body, adapter());
    ASSERT_TRUE(purchase) << purchase.error().detail;
    EXPECT_EQ(purchase->total->minor(), 432'00);
    EXPECT_EQ(purchase->order.value, "5820011223344");
    EXPECT_EQ(purchase->lines->size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Table, PurchaseShape,
    testing::Values(
        Shape{"OldIdentifiers", "\"purchase_identifiers\"", "\"order_identifiers\""},
        Shape{"BothIdentifiers", "\"purchase_identifiers\":{",
              "\"purchase_identifiers\":{},\"order_identifiers\":{"},
        Shape{"AmountInMoney", "{\"number\":\"432.00\",\"currency\":\"GBP\"},\"total_paid\"",
              "{\"amount\":\"432.00\",\"currency\":\"GBP\"},\"total_paid\""},
        Shape{"PlatformGid", "\"platform\":\"5820011223344\"",
              "\"platform\":\"gid://shopify/Order/5820011223344\""},
        Shape{"PlatformNumber", "\"platform\":\"5820011223344\"", "\"platform\":5820011223344"},
        Shape{"TotalAsText", "{\"number\":\"432.00\",\"currency\":\"GBP\"},\"total_paid\"",
              "\"432\",\"total_paid\""},
        Shape{"TotalAsNumber", "{\"number\":\"432.00\",\"currency\":\"GBP\"},\"total_paid\"",
              "432.0,\"total_paid\""},
        Shape{"NumberInMoney", "{\"number\":\"432.00\",\"currency\":\"GBP\"},\"total_paid\"",
              "{\"number\":432,\"currency\":\"gbp\"},\"total_paid\""},
        Shape{"PackageObject", "\"packages\":[", "\"packages\":"},
        Shape{"NoTax", "\"total_tax\":{\"number\":\"72.00\",\"currency\":\"GBP\"},", ""},
        Shape{"EmptyMethod", "\"payment_method\":\"on_account\"", "\"payment_method\":\"\""},
        Shape{"NoReference", "\"customer_reference\":\"PO-55810\"", "\"customer_reference\":null"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Sparklayer, UnknownMethodNeedsAPersonAndIsNeverCard)
{
    std::vector<domain::UnknownSeen> unknowns;
    const Result<domain::Purchase> purchase = sparklayer::purchase(
        with(samples::purchase(), "on_account", "barter"), adapter(), &unknowns);
    ASSERT_TRUE(purchase);
    EXPECT_EQ(purchase->paymentMethod.value, domain::PaymentMethod::Unknown);
    EXPECT_EQ(purchase->paymentMethod.raw, "barter");
    EXPECT_EQ(unknowns.at(0).field, "payment_method");
}

TEST(Sparklayer, EverySpellingOfAMethodIsTheSameMethod)
{
    const std::pair<const char*, domain::PaymentMethod> rows[]{
        {"Pay on Account", domain::PaymentMethod::Account},
        {"pay_on_account", domain::PaymentMethod::Account},
        {"PAYMENTONACCOUNT", domain::PaymentMethod::Account},
        {"account", domain::PaymentMethod::Account},
        {"Pay by Invoice", domain::PaymentMethod::Invoice},
        {"paymentByInvoice", domain::PaymentMethod::Invoice},
        {"Pay Online by Card", domain::PaymentMethod::Card},
        {"upfrontPayment", domain::PaymentMethod::Card},
        {"Request for Quote", domain::PaymentMethod::Quote},
        {"hokodoPayment", domain::PaymentMethod::Other},
    };
    for (const auto& [word, method] : rows) {
        const Result<domain::Purchase> purchase =
            sparklayer::purchase(with(samples::purchase(), "on_account", word), adapter());
        ASSERT_TRUE(purchase);
        EXPECT_EQ(purchase->paymentMethod.value, method) << word;
    }
}

TEST(Sparklayer, NothingInTheBodyIsAnEmptyList)
{
    const Result<DocumentPage> page =
        sparklayer::transactions("", "5820011223344", OrderId("5820011223344"), adapter());
    ASSERT_TRUE(page) << page.error().detail;
    const Result<std::vector<domain::PurchaseTransaction>> rows =
        sparklayer::purchaseTransactions(page->documents.at(0).body, adapter(), gbp());
    ASSERT_TRUE(rows);
    EXPECT_TRUE(rows->empty());
    EXPECT_EQ(sparklayer::purchaseList(" ", adapter())->received, 0);
}

TEST(Sparklayer, ListIsABareArrayOrAnObjectThatHoldsOne)
{
    for (const std::string& body : {"[" + samples::purchase() + ",7]",
                                    R"({"meta":1,"data":[)" + samples::purchase() + ",7]}"}) {
        const Result<sparklayer::PurchaseList> list = sparklayer::purchaseList(body, adapter());
        ASSERT_TRUE(list);
        EXPECT_EQ(list->received, 2);
        ASSERT_EQ(list->rows.size(), 1U);
        EXPECT_EQ(list->rows[0].order.value, "5820011223344");
        EXPECT_EQ(list->setAside.at(0).reason, "not an object");
    }
    EXPECT_FALSE(sparklayer::purchaseList("{}", adapter()));
    EXPECT_FALSE(sparklayer::purchaseList("7", adapter()));
}

TEST(Sparklayer, OnlyEntriesThatApplyMoveTheBalance)
{
    const Result<DocumentPage> page = sparklayer::transactions(
        samples::sparkTransactions(), "5820011223344", OrderId("5820011223344"), adapter());
    ASSERT_TRUE(page);
    const Result<std::vector<domain::PurchaseTransaction>> rows =
        sparklayer::purchaseTransactions(page->documents.at(0).body, adapter(), gbp());
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->at(0).total.minor(), 36'00);
    EXPECT_TRUE(rows->at(0).appliesToBalance);
    EXPECT_EQ(rows->at(1).total.minor(), -4'50);
    EXPECT_FALSE(rows->at(1).appliesToBalance);
    EXPECT_FALSE(sparklayer::purchaseTransactions(R"([{"platform_id":"x","total":"1.00"}])",
                                                  adapter(), gbp()))
        << "whether it applies is not guessed";
}

TEST(Sparklayer, PricesWithBreaksAndLinesThatFailed)
{
    const Result<std::vector<sparklayer::PriceRow>> rows =
        sparklayer::calculatedPrices(samples::sparkPrices());
    ASSERT_TRUE(rows) << rows.error().detail;
    ASSERT_EQ(rows->size(), 2U);
    EXPECT_EQ(rows->at(1).fromQuantity, 24);
    EXPECT_EQ(*rows->at(1).netUnitMinor, money::Fraction(1500));
    const Result<std::vector<sparklayer::PriceRow>> partial = sparklayer::customerPrices(
        R"({"line_items":[{"sku":"A","quantity":24,"unit_price":{"number":"1.255","currency":"GBP"}},{"sku":"B","error":"no price"}]})",
        gbp());
    ASSERT_TRUE(partial);
    EXPECT_EQ(*partial->at(0).netUnitMinor, money::Fraction::make(1255, 10).value());
    EXPECT_EQ(partial->at(1).error, "no price");
    EXPECT_FALSE(partial->at(1).netUnitMinor);
}

TEST(Sparklayer, StockAndToken)
{
    const Result<DocumentPage> page = sparklayer::stockRows(samples::sparkStock(), adapter());
    ASSERT_TRUE(page);
    EXPECT_EQ(sparklayer::stock(page->documents.at(0).body)->levels.at(0).level, 7);
    const Result<TokenReply> token = sparklayer::token(samples::sparkToken());
    ASSERT_TRUE(token);
    EXPECT_EQ(token->lifetime, std::chrono::hours(1));
    EXPECT_FALSE(sparklayer::token(R"({"expires_in":1})"));
    for (const char* seconds : {"9223372036854775807", "-1", "31622401"})
        EXPECT_FALSE(sparklayer::token(with(samples::sparkToken(), "3600", seconds))) << seconds;
}

TEST(Sparklayer, ProblemsInBothShapesOrNone)
{
    const Error problem = sparklayer::replyError(
        400,
        R"({"title":"Bad Request","status":400,"detail":"check","errors":[{"code":"resource-id-invalid","message":"not a UUID","property":"identifier"}]})");
    EXPECT_EQ(problem.code, ErrorCode::Rejected);
    EXPECT_EQ(problem.detail,
              "HTTP 400: Bad Request; check; resource-id-invalid; identifier; not a UUID");
    EXPECT_EQ(
        sparklayer::replyError(422, R"([{"line":1,"field":"price","message":"too low"}])").detail,
        "HTTP 422: price; too low");
    EXPECT_EQ(sparklayer::replyError(500, "").detail, "HTTP 500");
    EXPECT_EQ(sparklayer::replyError(409, "").code, ErrorCode::Conflict);
}

} // namespace
