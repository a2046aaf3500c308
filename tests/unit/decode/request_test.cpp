#include "core/base/digest.h"
#include "core/decode/adapter.h"
#include "core/decode/shopify.h"
#include "core/request/allow_list.h"
#include "core/request/page_sizes.h"
#include "core/request/returngo.h"
#include "core/request/shopify.h"
#include "core/request/sparklayer.h"

#include <nlohmann/json.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace counterfoil;
using namespace counterfoil::request;
using Json = nlohmann::ordered_json;

namespace {

money::Money gbp(std::int64_t minor)
{
    return money::Money::fromMinor(minor, money::Currency::fromCode("GBP").value());
}

shopify::CreditWrite creditWrite()
{
    shopify::CreditWrite write;
    write.ownerGid = "gid://shopify/Customer/77";
    write.balanceType = "json";
    write.newBalanceText = R"({"balance":130})";
    write.balanceDigest = "d1";
    write.receiptsText = "[]";
    return write;
}

shopify::ReleaseWrite releaseWrite()
{
    shopify::ReleaseWrite write;
    write.item = InventoryItemId("gid://shopify/InventoryItem/1");
    write.from = LocationId("gid://shopify/Location/11");
    write.to = LocationId("gid://shopify/Location/22");
    write.quantity = 3;
    write.fromQuantity = 5;
    write.key = "0192f0c4-a1b2-5000-8000-000000000001";
    write.referenceUri = "gid://counterfoil/Release/a1";
    write.reason = "restock";
    return write;
}

TEST(ShopifyRequest, BodyIsCanonical)
{
    const PreparedRequest request = shopify::orderMoney("2026-07", OrderId("12"));
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, "/admin/api/2026-07/graphql.json");
    EXPECT_FALSE(request.isWrite);
    EXPECT_EQ(request.hash(), sha256Hex("POST\n" + request.path + "\n" + request.body));
    EXPECT_TRUE(
        request.body.starts_with(R"({"query":"query OrderMoney($id: ID!) { order(id: $id) {)"))
        << request.body;
    EXPECT_TRUE(request.body.ends_with(
        R"("variables":{"id":"gid://shopify/Order/12"},"operationName":"OrderMoney"})"))
        << request.body;
    EXPECT_EQ(request.body, shopify::orderMoney("2026-07", OrderId("12")).body);
}

TEST(ShopifyRequest, TheFirstPageSendsNoCursor)
{
    const auto variables = [](const PreparedRequest& request) {
        return Json::parse(request.body)["variables"];
    };
    EXPECT_FALSE(variables(shopify::orderLines("2026-07", OrderId("1"), "")).contains("after"));
    EXPECT_EQ(variables(shopify::orderLines("2026-07", OrderId("1"), "c=="))["after"], "c==");
    const Instant since = parseInstant("2026-11-24T05:00:00.750Z").value();
    EXPECT_EQ(shopify::updatedSince(since), "updated_at:>='2026-11-24T05:00:00Z'");
    EXPECT_EQ(variables(shopify::orderAgreements("2026-07", OrderId("1"), since, ""))["q"],
              "happened_at:>='2026-11-24T05:00:00Z'");
    const std::string inner = variables(shopify::bulkStart("2026-07", since))["query"];
    EXPECT_THAT(inner, testing::HasSubstr("updated_at:>='2026-11-24T05:00:00Z'"));
    EXPECT_THAT(inner, testing::Not(testing::HasSubstr("{since}")));
}

TEST(ShopifyRequest, CreditIsOneCallWithBothDigests)
{
    const PreparedRequest fresh = shopify::accountCredit("2026-07", creditWrite());
    EXPECT_TRUE(fresh.isWrite);
    const Json list = Json::parse(fresh.body)["variables"]["metafields"];
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0]["compareDigest"], "d1");
    EXPECT_EQ(list[0]["key"], "payment_on_account");
    ASSERT_TRUE(list[1].contains("compareDigest"));
    EXPECT_TRUE(list[1]["compareDigest"].is_null()) << "null: must not exist yet";
    EXPECT_EQ(list[1]["namespace"], "$app:counterfoil");
    shopify::CreditWrite later = creditWrite();
    later.receiptsDigest = "d2";
    EXPECT_EQ(Json::parse(shopify::accountCredit("2026-07", later)
                              .body)["variables"]["metafields"][1]["compareDigest"],
              "d2");
}

TEST(ShopifyRequest, ReleaseIsTwoChangesThatEachNameTheirComparison)
{
    const PreparedRequest request = shopify::releaseStock("2026-07", releaseWrite());
    const Json variables = Json::parse(request.body)["variables"];
    EXPECT_EQ(request.idempotencyKey, variables["key"]);
    const Json changes = variables["input"]["changes"];
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(
        changes[0].dump(),
        R"({"inventoryItemId":"gid://shopify/InventoryItem/1","locationId":"gid://shopify/Location/11","delta":-3,"changeFromQuantity":5})");
    EXPECT_EQ(
        changes[1].dump(),
        R"({"inventoryItemId":"gid://shopify/InventoryItem/1","locationId":"gid://shopify/Location/22","delta":3,"changeFromQuantity":null})");
    EXPECT_FALSE(variables["input"].contains("ledgerDocumentUri"));
    EXPECT_THAT(request.body, testing::HasSubstr("@idempotent(key: $key)"));
}

TEST(ShopifyRequest, SetPoTouchesNothingElse)
{
    const Json variables = Json::parse(
        shopify::setPo("2026-07", "gid://shopify/Order/1", "PO \"7\"").body)["variables"];
    EXPECT_EQ(variables.dump(),
              R"({"input":{"id":"gid://shopify/Order/1","poNumber":"PO \"7\""}})");
}

TEST(ShopifyRequest, EveryDocumentIsCompiledIn)
{
    EXPECT_EQ(shopify::documentNames().size(), 27U);
    for (const std::string_view name : shopify::documentNames()) {
        const std::string_view text = shopify::document(name);
        EXPECT_EQ(text.find("  "), std::string_view::npos) << name;
        EXPECT_EQ(text.find('\n'), std::string_view::npos) << name;
    }
    EXPECT_EQ(shopify::document("NoSuch"), "");
}

TEST(ShopifyRequest, PagesAreHalvedFromTheOutsideAndNothingIsCutUnseen)
{
    const auto firsts = [](const request::PreparedRequest& call) {
        std::string out;
        for (std::size_t at = call.body.find("(first: "); at != std::string::npos;
             at = call.body.find("(first: ", at + 1))
            out += call.body.substr(at + 8, call.body.find_first_of(",)", at) - at - 8) + " ";
        return out;
    };
    auto lines = shopify::orderLines("2026-07", OrderId("1"), "");
    EXPECT_EQ(firsts(lines), "40 ");
    EXPECT_TRUE(shopify::halvePages(lines));
    EXPECT_EQ(firsts(lines), "20 ");
    // Plain lists and lists without pageInfo would be cut without a word: they keep their size.
    auto money = shopify::orderMoney("2026-07", OrderId("1"));
    EXPECT_EQ(firsts(money), "25 2 10 8 3 ");
    EXPECT_TRUE(shopify::halvePages(money));
    EXPECT_EQ(firsts(money), "25 2 10 4 3 ");
    EXPECT_TRUE(shopify::halvePages(money));
    EXPECT_TRUE(shopify::halvePages(money));
    EXPECT_FALSE(shopify::halvePages(money));
    // A search text is not a document.
    auto search = shopify::ordersChanged("2026-07", "tag:'x(first: 40) { pageInfo {'", "");
    shopify::setPageSizes(search, {shopify::PageSize("nobody", 3), shopify::PageSize("orders", 7)});
    EXPECT_EQ(firsts(search), "7 40 ");
    for (int i = 0; i < 3; ++i)
        static_cast<void>(shopify::halvePages(search));
    EXPECT_EQ(firsts(search), "1 40 ");
}

struct BalanceCase {
    const char* name;
    const char* text;
    std::int64_t minor;
    const char* expected; ///< empty: refused
};
class BalanceText : public testing::TestWithParam<BalanceCase> {};

TEST_P(BalanceText, IsEditedInPlace)
{
    const Result<std::string> text = shopify::withBalance(GetParam().text, gbp(GetParam().minor));
    if (*GetParam().expected == '\0') {
        EXPECT_FALSE(text);
        return;
    }
    ASSERT_TRUE(text) << text.error().detail;
    EXPECT_EQ(*text, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BalanceText,
    testing::Values(
        BalanceCase{"Whole", R"({"credit_limit":1000,"balance":250,"net_terms":30})", 130'00,
                    R"({"credit_limit":1000,"balance":130,"net_terms":30})"},
        BalanceCase{"NeedsDecimals", R"({"balance":250})", 130'50, R"({"balance":130.5})"},
        BalanceCase{"KeepsTwo", R"({"balance":250.00})", 130'50, R"({"balance":130.50})"},
        BalanceCase{"KeepsOne", R"({"balance":250.5})", 130'00, R"({"balance":130.0})"},
        BalanceCase{"KeepsThree", R"({"balance":250.500})", 130'25, R"({"balance":130.250})"},
        BalanceCase{"Exponent", R"({"balance":2.5e2})", 130'00, R"({"balance":130})"},
        BalanceCase{"Quoted", R"({"balance":"250.00"})", 0, R"({"balance":"0.00"})"},
        BalanceCase{"Negative", R"({"balance":10})", -5'05, R"({"balance":-5.05})"},
        BalanceCase{"BlanksAndUnknownKeysStay",
                    " { \"x\" : {\"balance\":1} , \"balance\" : 250 ,\"y\":[1.50, \"}\"]}\n", 1'00,
                    " { \"x\" : {\"balance\":1} , \"balance\" : 1 ,\"y\":[1.50, \"}\"]}\n"},
        BalanceCase{"EscapedKey", R"({"b\u0061lance":5})", 4'00, R"({"b\u0061lance":4})"},
        BalanceCase{"Twice", R"({"balance":5,"balance":6})", 4'00, ""},
        BalanceCase{"Missing", R"({"saldo":5})", 4'00, ""},
        BalanceCase{"Word", R"({"balance":"much"})", 4'00, ""},
        BalanceCase{"Null", R"({"balance":null})", 4'00, ""}, BalanceCase{"List", "[1]", 4'00, ""},
        BalanceCase{"Half", R"({"balance":)", 4'00, ""}, BalanceCase{"Empty", "", 4'00, ""}),
    [](const auto& row) { return std::string(row.param.name); });

shopify::ReceiptEntry entry(const std::string& action, std::int64_t minor)
{
    shopify::ReceiptEntry out;
    out.action = ActionId(action);
    out.units = 2;
    out.amount = gbp(minor);
    out.at = parseInstant("2026-11-24T10:00:00Z").value();
    return out;
}

TEST(Receipts, AreReadBackByTheDecoder)
{
    const std::string one = shopify::receiptsWith("", entry("a1", 36'00)).value();
    EXPECT_EQ(
        one,
        R"([{"action":"a1","units":2,"amount":"36.00","currency":"GBP","at":"2026-11-24T10:00:00Z"}])");
    const std::string two = shopify::receiptsWith(one, entry("a2", 1'05)).value();
    const Result<std::vector<domain::Receipt>> read = decode::shopify::receipts(two);
    ASSERT_TRUE(read) << read.error().detail;
    ASSERT_EQ(read->size(), 2U);
    EXPECT_EQ(read->at(0).action.value, "a2") << "newest first";
    EXPECT_EQ(read->at(0).amount, gbp(1'05));
    EXPECT_EQ(shopify::receiptsWith(two, entry("a2", 1'05)).value(), two)
        << "an action stands once";
}

TEST(Receipts, KeepTheNewestFiftyAndOverwriteNothingStrange)
{
    std::string text;
    for (int i = 0; i < 60; ++i)
        text = shopify::receiptsWith(text, entry("a" + std::to_string(i), 100)).value();
    const Json list = Json::parse(text);
    ASSERT_EQ(list.size(), 50U);
    EXPECT_EQ(list[0]["action"], "a59");
    EXPECT_EQ(list[49]["action"], "a10");
    for (const char* strange : {"{}", "[1]", "not json", "\"x\""})
        EXPECT_FALSE(shopify::receiptsWith(strange, entry("a1", 1))) << strange;
}

TEST(ReturngoRequest, FiltersAreEncoded)
{
    returngo::RmaFilter filter;
    filter.statuses = {"Pending", "Approved"};
    filter.updatedSince = parseInstant("2026-03-02T09:14:05Z").value();
    const PreparedRequest request = returngo::rmas(filter, 900, "OTEw==", "%Y-%m-%dT%H:%M:%S");
    EXPECT_EQ(request.path, "/rmas?pagesize=500&cursor=OTEw%3D%3D&status=Pending,Approved&rma_"
                            "updated_at=gte:2026-03-02T09%3A14%3A05");
    filter = {};
    filter.orderNames = {"#1001"};
    EXPECT_EQ(returngo::rmas(filter, 1, "", "%Y").path, "/rmas?pagesize=1&order_name=%231001");
    returngo::TransactionFilter transactions;
    transactions.rmas = {RmaId("1"), RmaId("2")};
    EXPECT_EQ(returngo::transactions(transactions, 500, "", "%Y").path,
              "/transactions?pagesize=500&rma_ids=1,2");
    EXPECT_EQ(returngo::rma(RmaId("7000412")).path, "/rma/7000412");
}

TEST(ReturngoRequest, WritesComeFromTheAdaptersTemplates)
{
    const decode::ReturngoAdapter& adapter = decode::defaultAdapters().returngo;
    const PreparedRequest status =
        returngo::setStatus(RmaId("1"), "Done", adapter.setStatusTemplate);
    EXPECT_EQ(status.method, "PUT");
    EXPECT_EQ(status.path, "/rma/1/status");
    EXPECT_EQ(status.body, R"({"status":"Done"})");
    EXPECT_EQ(returngo::setStatus(RmaId("1"), "a\"b", adapter.setStatusTemplate).body,
              R"({"status":"a\"b"})");
    const PreparedRequest comment =
        returngo::comment(RmaId("1"), "3 < 4 & \"x\" [cf:0192f0c4a1b2]", adapter.commentBodyKey);
    EXPECT_EQ(comment.body, R"({"htmlText":"3 &lt; 4 &amp; &quot;x&quot; [cf:0192f0c4a1b2]"})");
}

TEST(SparklayerRequest, PathsAreEncoded)
{
    EXPECT_EQ(sparklayer::purchases(parseInstant("2026-03-02T09:14:05Z").value(), 9000, 500).path,
              "/api/v1/"
              "purchases?type=order&dates%5Blast_updated%5D%5Bgte%5D=2026-03-02T09%3A14%3A05Z&"
              "limit=500&offset=500");
    EXPECT_EQ(sparklayer::purchase("visible", "#B2B/1042").path,
              "/api/v1/purchases/visible/%23B2B%2F1042");
    EXPECT_EQ(sparklayer::purchaseTransactions("platform", "5").path,
              "/api/v1/purchases/platform/5/transactions");
    EXPECT_EQ(sparklayer::token("i", "s").body,
              R"({"grant_type":"client_credentials","client_id":"i","client_secret":"s"})");
    EXPECT_EQ(
        sparklayer::customerPricing("77", {{"A", 24}}).body,
        R"({"customer_id":"77","customer_lookup_by":"platform","line_items":[{"sku":"A","quantity":24}]})");
}

TEST(AllowList, LetsOurOwnRequestsThrough)
{
    const Instant since{};
    EXPECT_TRUE(isAllowedCall(Platform::Shopify, shopify::ordersChanged("2026-07", "x", "")));
    EXPECT_TRUE(isAllowedCall(Platform::Shopify, shopify::bulkStart("2026-07", since)));
    EXPECT_TRUE(isAllowedCall(Platform::Shopify, shopify::token("a", "b")));
    EXPECT_TRUE(isAllowedCall(Platform::Shopify, shopify::accountCredit("2026-07", creditWrite())));
    EXPECT_TRUE(isAllowedCall(Platform::Shopify, shopify::releaseStock("2026-07", releaseWrite())));
    EXPECT_TRUE(isAllowedCall(Platform::Shopify, shopify::setPo("2026-07", "g", "p")));
    EXPECT_TRUE(isAllowedCall(Platform::SparkLayer, sparklayer::purchase("platform", "1")));
    EXPECT_TRUE(isAllowedCall(Platform::SparkLayer, sparklayer::batchStock({"A"})));
    EXPECT_TRUE(isAllowedCall(Platform::ReturnGo, returngo::rma(RmaId("1"))));
    EXPECT_TRUE(isAllowedCall(Platform::ReturnGo, returngo::comment(RmaId("1"), "x", "k")));
}

PreparedRequest changed(PreparedRequest request, const std::string& from, const std::string& to)
{
    const std::size_t at = request.body.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    request.body.replace(at, from.size(), to);
    return request;
}

TEST(AllowList, RefusesEverythingElse)
{
    const PreparedRequest credit = shopify::accountCredit("2026-07", creditWrite());
    EXPECT_FALSE(isAllowedCall(Platform::Shopify, changed(credit, "\"compareDigest\":\"d1\",", "")))
        << "would be unconditional";
    EXPECT_FALSE(
        isAllowedCall(Platform::Shopify, changed(credit, "metafieldsSet(", "metafieldsDelete(")))
        << "another document";
    const PreparedRequest release = shopify::releaseStock("2026-07", releaseWrite());
    EXPECT_FALSE(
        isAllowedCall(Platform::Shopify, changed(release, ",\"changeFromQuantity\":null", "")));
    EXPECT_FALSE(isAllowedCall(Platform::Shopify, changed(release, "\"changeFromQuantity\":5",
                                                          "\"changeFromQuantity\":null")));
    const PreparedRequest po = shopify::setPo("2026-07", "g", "p");
    EXPECT_FALSE(isAllowedCall(
        Platform::Shopify, changed(po, "\"poNumber\":\"p\"", "\"poNumber\":\"p\",\"tags\":[]")));
    PreparedRequest sly = credit;
    sly.isWrite = false;
    EXPECT_FALSE(isAllowedCall(Platform::Shopify, sly)) << "a write that says it reads";
    PreparedRequest wrongPath = credit;
    wrongPath.path = "/admin/api/2026-07/orders.json";
    EXPECT_FALSE(isAllowedCall(Platform::Shopify, wrongPath));
    PreparedRequest other = po;
    other.body = R"({"query":"mutation { orderCancel }","variables":{},"operationName":"SetPo"})";
    EXPECT_FALSE(isAllowedCall(Platform::Shopify, other));
    PreparedRequest purchase = sparklayer::purchase("platform", "1");
    purchase.method = "DELETE";
    EXPECT_FALSE(isAllowedCall(Platform::SparkLayer, purchase));
    purchase.method = "PUT";
    purchase.isWrite = true;
    EXPECT_FALSE(isAllowedCall(Platform::SparkLayer, purchase));
    PreparedRequest shipment = returngo::setStatus(RmaId("1"), "Done", "{}");
    shipment.path = "/shipment/1";
    EXPECT_FALSE(isAllowedCall(Platform::ReturnGo, shipment));
    EXPECT_FALSE(isAllowedCall(Platform::Erp, returngo::rma(RmaId("1"))));
}

} // namespace
