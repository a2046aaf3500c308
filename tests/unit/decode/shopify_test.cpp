#include "core/decode/shopify.h"
#include "tests/unit/decode/samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace counterfoil;
using namespace counterfoil::decode;
using domain::DocumentPage;
using samples::with;

namespace {

const ShopifyAdapter& adapter()
{
    return defaultAdapters().shopify;
}

TEST(ShopifyOrders, PageIsCutIntoDocumentsWithTheirKeys)
{
    const Result<DocumentPage> page = shopify::ordersChanged(samples::ordersChanged(), adapter());
    ASSERT_TRUE(page) << page.error().detail;
    ASSERT_EQ(page->documents.size(), 1U);
    const domain::PageDocument& document = page->documents[0];
    EXPECT_EQ(document.externalId, "5820011223344");
    EXPECT_EQ(document.body, samples::orderNode()) << "the record's bytes are kept as they are";
    EXPECT_EQ(document.keys.customer.value, "77");
    EXPECT_TRUE(document.keys.hasPo) << "a note of one token counts";
    EXPECT_TRUE(document.keys.hasReturn);
    EXPECT_TRUE(page->hasNextPage);
    EXPECT_EQ(page->endCursor, "abc==");
    ASSERT_TRUE(page->cost);
    EXPECT_EQ(page->cost->requested, 642);
    EXPECT_EQ(page->cost->restorePerSecond, 100);
    EXPECT_THAT(document.unknowns, testing::IsEmpty());
}

TEST(ShopifyOrders, HeadHoldsWhatTheOrderSays)
{
    domain::Order order;
    ASSERT_TRUE(shopify::applyOrderHead(samples::orderNode(), adapter(), order));
    EXPECT_EQ(order.name, "#1001");
    EXPECT_EQ(order.financialStatus.value, domain::FinancialStatus::Pending);
    EXPECT_EQ(order.outstanding->presentment.minor(), 480'00);
    EXPECT_EQ(order.paymentMethod.value, domain::PaymentMethod::Account);
    EXPECT_EQ(order.termsType, "NET");
    EXPECT_EQ(order.companyName, "Northwind Cafes Ltd");
    EXPECT_EQ(order.isUnpaid, true);
    EXPECT_FALSE(order.lines) << "an unread part is not an empty one";
}

TEST(ShopifyOrders, UnknownWordsPassThroughAndAreReported)
{
    const std::string body = with(samples::ordersChanged(), "\"PENDING\"", "\"HALF_PAID\"");
    const Result<DocumentPage> page = shopify::ordersChanged(body, adapter());
    ASSERT_TRUE(page);
    ASSERT_EQ(page->documents.size(), 1U);
    ASSERT_EQ(page->documents[0].unknowns.size(), 1U);
    EXPECT_EQ(page->documents[0].unknowns[0].field, "displayFinancialStatus");
    EXPECT_EQ(page->documents[0].unknowns[0].value, "HALF_PAID");
    domain::Order order;
    ASSERT_TRUE(shopify::applyOrderHead(page->documents[0].body, adapter(), order));
    EXPECT_TRUE(order.financialStatus.isUnknownWord());
}

struct BadField {
    const char* name;
    const char* from;
    const char* to;
    const char* reason;
};
class BadOrder : public testing::TestWithParam<BadField> {};

TEST_P(BadOrder, IsSetAsideAndThePageGoesOn)
{
    const std::string bad = with(samples::orderNode(), GetParam().from, GetParam().to);
    const std::string body =
        samples::answer(R"("orders":{)" + samples::pageInfo() + R"(,"nodes":[)" + bad + "," +
                        samples::orderNode() + "]}");
    const Result<DocumentPage> page = shopify::ordersChanged(body, adapter());
    ASSERT_TRUE(page) << page.error().detail;
    ASSERT_EQ(page->setAside.size(), 1U);
    EXPECT_EQ(page->setAside[0].reason, GetParam().reason);
    EXPECT_EQ(page->setAside[0].body, bad);
    EXPECT_EQ(page->documents.size(), 1U) << "the good one is kept";
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadOrder,
    testing::Values(
        BadField{
            "AmountIsAWord", "\"480.0\"", "\"lots\"",
            "totalOutstandingSet.shopMoney.amount: not an amount: not a decimal number: 'lots'"},
        BadField{"AmountIsAList", "\"480.0\"", "[480]",
                 "totalOutstandingSet.shopMoney.amount: not a number"},
        BadField{"CurrencyIsMadeUp", "\"currencyCode\":\"GBP\"", "\"currencyCode\":\"ZZZ\"",
                 "currencyCode: not a currency"},
        BadField{"NoId", "\"gid://shopify/Order/5820011223344\"", "null", "id: missing"},
        BadField{"TimeIsANumber", "\"2026-11-20T09:12:44Z\"", "1732093964",
                 "updatedAt: not a time"},
        BadField{"TagsAreAText", "[\"b2b\"]", "\"b2b\"", "tags: not a list"},
        BadField{"FlagIsAText", "\"edited\":false", "\"edited\":\"no\"",
                 "edited: not true or false"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ShopifyOrders, AnAmountFinerThanItsCurrencyIsNeverRounded)
{
    std::string node = with(samples::orderNode(), samples::bag("480.0"), samples::bag("480.005"));
    domain::Order order;
    const Result<void> read = shopify::applyOrderHead(node, adapter(), order);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().detail, "totalOutstandingSet.presentmentMoney.amount: not an amount: "
                                   "finer than the minor unit of GBP");
}

struct AnswerCase {
    const char* name;
    std::string body;
    ErrorCode code;
};
class Envelope : public testing::TestWithParam<AnswerCase> {};

TEST_P(Envelope, MapsToATypedError)
{
    const Result<DocumentPage> page = shopify::ordersChanged(GetParam().body, adapter());
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, GetParam().code) << page.error().detail;
    EXPECT_EQ(page.error().source, Platform::Shopify);
}

std::string failedWith(const std::string& code)
{
    return R"({"errors":[{"message":"no","extensions":{"code":")" + code +
           R"("},"path":["orders"]}],"data":null,)" + samples::cost() + "}";
}

INSTANTIATE_TEST_SUITE_P(
    Table, Envelope,
    testing::Values(
        AnswerCase{"Throttled", failedWith("THROTTLED"), ErrorCode::RateLimited},
        AnswerCase{"CostExceeded", failedWith("MAX_COST_EXCEEDED"), ErrorCode::Invalid},
        AnswerCase{"Denied", failedWith("ACCESS_DENIED"), ErrorCode::Unauthorised},
        AnswerCase{"ServerError", failedWith("INTERNAL_SERVER_ERROR"), ErrorCode::Server},
        AnswerCase{"Html", "<html>", ErrorCode::Undecodable},
        AnswerCase{"WrongTop", "[1]", ErrorCode::Undecodable},
        AnswerCase{"NoData", R"({"hello":1})", ErrorCode::Undecodable},
        AnswerCase{"NullOrders", R"({"data":{"orders":null}})", ErrorCode::NotFound},
        AnswerCase{"NodesAreNoList", R"({"data":{"orders":{"nodes":{}}}})", ErrorCode::Undecodable},
        AnswerCase{
            "MoreWithoutCursor",
            R"({"data":{"orders":{"pageInfo":{"hasNextPage":true,"endCursor":null},"nodes":[]}}})",
            ErrorCode::Undecodable}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ShopifyAnswer, ThrottleSaysHowLongTheBucketTakes)
{
    const std::string body =
        R"({"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],"data":null,"extensions":{"cost":{)"
        R"("requestedQueryCost":642,"actualQueryCost":null,"throttleStatus":{"maximumAvailable":2000,"currentlyAvailable":42,"restoreRate":100}}}})";
    const Result<DocumentPage> page = shopify::ordersChanged(body, adapter());
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().retryAfter, std::chrono::milliseconds(6000));
    const Error as429 = shopify::replyError(429, body);
    EXPECT_EQ(as429.code, ErrorCode::RateLimited);
    EXPECT_EQ(as429.retryAfter, std::chrono::milliseconds(6000));
    EXPECT_EQ(shopify::replyError(404, R"({"errors":"Not Found"})").code, ErrorCode::NotFound);
    EXPECT_EQ(shopify::replyError(502, "<html>").code, ErrorCode::Server);
    EXPECT_EQ(shopify::replyError(430, "").retryAfter, std::chrono::minutes(5));
}

TEST(ShopifyAnswer, PartialDataIsAppliedAndItsErrorsKept)
{
    const std::string body =
        R"({"errors":[{"message":"no companies","extensions":{"code":"ACCESS_DENIED"},"path":["orders","nodes",0]}],"data":{"orders":{)" +
        samples::pageInfo() + R"(,"nodes":[)" + samples::orderNode() + "]}}}";
    const Result<DocumentPage> page = shopify::ordersChanged(body, adapter());
    ASSERT_TRUE(page);
    EXPECT_EQ(page->documents.size(), 1U);
    ASSERT_EQ(page->errors.size(), 1U);
    EXPECT_EQ(page->errors[0].code, "ACCESS_DENIED");
    EXPECT_EQ(page->errors[0].path, "orders.nodes.0");
}

std::string withError(const std::string& body, const std::string& code, const std::string& path)
{
    return R"({"errors":[{"message":"no","extensions":{"code":")" + code + R"("},"path":)" + path +
           "}]," + body.substr(1);
}

TEST(ShopifyAnswer, ARecordWithAHoleIsSetAsideNotStoredAsIfItWereWhole)
{
    // The order's customer could not be read just now: null is "not read", not "none".
    const std::string holed = with(samples::ordersChanged(), R"("customer":{"id":"gid)",
                                   R"("customer":null,"other":{"id":"gid)");
    const Result<DocumentPage> page = shopify::ordersChanged(
        withError(holed, "INTERNAL_SERVER_ERROR", R"(["orders","nodes",0,"customer"])"), adapter());
    ASSERT_TRUE(page) << page.error().detail;
    EXPECT_TRUE(page->documents.empty());
    ASSERT_EQ(page->setAside.size(), 1U);
    EXPECT_EQ(page->setAside[0].externalId, "5820011223344");
    EXPECT_THAT(page->setAside[0].reason, testing::HasSubstr("orders.nodes.0.customer"));

    const Result<DocumentPage> money =
        shopify::orderMoney(withError(samples::orderMoney(), "INTERNAL_SERVER_ERROR",
                                      R"(["order","refunds",0,"return"])"),
                            adapter());
    ASSERT_TRUE(money);
    EXPECT_TRUE(money->documents.empty());
    EXPECT_EQ(money->setAside.size(), 1U);
}

TEST(ShopifyAnswer, AHoleInOneRecordLeavesTheOthers)
{
    const std::string second = with(samples::orderNode(), "Order/5820011223344", "Order/9");
    const std::string two =
        samples::answer(R"("orders":{)" + samples::pageInfo() + R"(,"nodes":[)" +
                        samples::orderNode() + "," + second + "]}");
    const Result<DocumentPage> page = shopify::ordersChanged(
        withError(two, "INTERNAL_SERVER_ERROR", R"(["orders","nodes",1,"paymentTerms"])"),
        adapter());
    ASSERT_TRUE(page) << page.error().detail;
    ASSERT_EQ(page->documents.size(), 1U);
    EXPECT_EQ(page->documents[0].externalId, "5820011223344");
}

TEST(ShopifyAnswer, ABalanceThatMayNotBeReadIsNotNone)
{
    const std::string holed =
        with(samples::accountMetafield(), R"("metafield":{)", R"("metafield":null,"was":{)");
    const Result<DocumentPage> page = shopify::accountMetafield(
        withError(holed, "ACCESS_DENIED", R"(["customer","metafield"])"), adapter());
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->documents.empty());
    EXPECT_EQ(page->setAside.size(), 1U);
}

TEST(ShopifyAnswer, ASetupWithAHoleIsNoSetup)
{
    const std::string holed = with(samples::setup(), R"("currentAppInstallation":{)",
                                   R"("currentAppInstallation":null,"was":{)");
    const Result<DocumentPage> page = shopify::setup(
        withError(holed, "INTERNAL_SERVER_ERROR", R"(["currentAppInstallation"])"), adapter());
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::Server);
}

TEST(ShopifyIds, AQueryPartDoesNotMakeAnotherObject)
{
    domain::Order order;
    ASSERT_TRUE(shopify::applyOrderReturns(
        with(with(samples::orderReturnsObject(), "gid://shopify/Location/11",
                  "gid://shopify/Location/11?shop=1"),
             R"("fulfillmentLineItem":{"id":"gid://shopify/FulfillmentLineItem/61","lineItem")",
             R"("fulfillmentLineItem":{"id":"gid://shopify/FulfillmentLineItem/61?x","lineItem")"),
        order));
    ASSERT_EQ(order.returns->front().dispositions.size(), 1U);
    EXPECT_EQ(order.returns->front().dispositions[0].location.value, "gid://shopify/Location/11");
    EXPECT_EQ(order.returns->front().dispositions[0].line.value, "91");

    const Result<DocumentPage> stock = shopify::locationStock(
        with(with(samples::locationStock(), "Location/11\"", "Location/11?a=1\""),
             "InventoryItem/1\"", "InventoryItem/1?b=2\""),
        adapter());
    ASSERT_TRUE(stock);
    ASSERT_EQ(stock->documents.size(), 1U);
    EXPECT_EQ(stock->documents[0].externalId,
              "gid://shopify/Location/11|gid://shopify/InventoryItem/1");
    EXPECT_EQ(shopify::stockLevel(stock->documents[0].body)->item.value,
              "gid://shopify/InventoryItem/1");
}

TEST(ShopifyBulk, ChildrenFindTheirOrderWhereverTheyStand)
{
    const Result<DocumentPage> page = shopify::bulkOrders(samples::bulkFile(), adapter());
    ASSERT_TRUE(page);
    EXPECT_THAT(page->setAside, testing::IsEmpty());
    ASSERT_EQ(page->documents.size(), 2U);
    EXPECT_EQ(page->documents[0].kind, domain::DocumentKind::Order);
    EXPECT_TRUE(page->documents[0].keys.hasReturn) << "a return row beside it";
    EXPECT_EQ(page->documents[1].kind, domain::DocumentKind::OrderLines);
    domain::Order order;
    ASSERT_TRUE(shopify::applyOrderHead(page->documents[0].body, adapter(), order));
    ASSERT_TRUE(shopify::applyOrderLines(page->documents[1].body, order));
    EXPECT_EQ(order.currency.code(), "GBP");
    EXPECT_EQ(order.lines->at(0).sku, "A-1");
}

TEST(ShopifyBulk, LinesWithoutTaxesAreNoLinesDocument)
{
    const std::string file = with(samples::bulkFile(), "\"taxLines\":[],", "");
    const Result<DocumentPage> page = shopify::bulkOrders(file, adapter());
    ASSERT_TRUE(page);
    ASSERT_EQ(page->documents.size(), 1U) << "no tax read is not no tax";
}

TEST(ShopifyBulk, BrokenLinesAndOrphansAreSetAside)
{
    const std::string file =
        samples::bulkFile() + "{\"id\":\n" +
        R"({"id":"gid://shopify/LineItem/1","__parentId":"gid://shopify/Order/9"})" + "\n";
    const Result<DocumentPage> page = shopify::bulkOrders(file, adapter());
    ASSERT_TRUE(page);
    EXPECT_EQ(page->documents.size(), 2U);
    ASSERT_EQ(page->setAside.size(), 2U);
    EXPECT_EQ(page->setAside[1].reason, "__parentId: no order gid://shopify/Order/9 in the file");
    EXPECT_FALSE(shopify::bulkOrders("<html>", adapter()));
    EXPECT_TRUE(shopify::bulkOrders("", adapter())->documents.empty()) << "no rows is a result";
}

TEST(ShopifyBulk, StateOfTheOperation)
{
    const Result<shopify::BulkState> state = shopify::bulkPoll(samples::bulkPoll());
    ASSERT_TRUE(state);
    EXPECT_TRUE(state->isFinished());
    EXPECT_EQ(state->objectCount, 3);
    const Result<shopify::BulkState> started = shopify::bulkStart(samples::bulkStart());
    ASSERT_TRUE(started);
    EXPECT_FALSE(started->isFinished());
    const Result<shopify::BulkState> refused = shopify::bulkStart(
        with(samples::bulkStart(), "\"userErrors\":[]",
             R"("userErrors":[{"code":"X","field":null,"message":"one runs already"}])"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Rejected);
    EXPECT_EQ(refused.error().detail, "one runs already");
}

TEST(ShopifyReplies, WriteIsDoneOnlyWithPayloadAndWithoutErrors)
{
    const Result<shopify::MetafieldsSetReply> done =
        shopify::metafieldsSet(samples::metafieldsSet());
    ASSERT_TRUE(done);
    EXPECT_TRUE(done->isDone());
    EXPECT_EQ(done->metafields[0].digest, "d3");
    const std::string refusedBody = samples::answer(
        R"("metafieldsSet":{"metafields":[],"userErrors":[{"code":"STALE_OBJECT","field":["metafields","0","value"],"message":"changed meanwhile"}]})");
    const Result<shopify::MetafieldsSetReply> refused = shopify::metafieldsSet(refusedBody);
    ASSERT_TRUE(refused);
    EXPECT_FALSE(refused->isDone());
    EXPECT_TRUE(refused->hasCode("STALE_OBJECT"));
    EXPECT_EQ(refused->userErrors[0].field, "metafields.0.value");
    EXPECT_FALSE(shopify::metafieldsSet(
        samples::answer(R"("metafieldsSet":{"metafields":null,"userErrors":[]})")))
        << "neither written nor refused";
    EXPECT_FALSE(shopify::metafieldsSet(samples::answer(R"("metafieldsSet":null)")));
}

TEST(ShopifyReplies, QuantityAfterMayBeNullAndCodeMayBeMissing)
{
    const Result<shopify::InventoryAdjustReply> moved =
        shopify::inventoryAdjust(samples::inventoryAdjust());
    ASSERT_TRUE(moved);
    EXPECT_EQ(moved->changes[0].delta, -3);
    EXPECT_EQ(moved->changes[0].quantityAfter, std::nullopt) << "null says: read again";
    const Result<shopify::OrderUpdateReply> plain = shopify::orderUpdate(samples::answer(
        R"("orderUpdate":{"order":null,"userErrors":[{"field":["input"],"message":"locked"}]})"));
    ASSERT_TRUE(plain);
    EXPECT_FALSE(plain->isDone());
    EXPECT_EQ(plain->userErrors[0].code, "");
    EXPECT_TRUE(shopify::orderUpdate(samples::orderUpdate())->isDone());
}

TEST(ShopifyReplies, AnErrorThatCameWhileItRanLeavesTheOutcomeOpen)
{
    const std::string error = R"("errors":[{"message":"went wrong","path":["metafieldsSet"]}])";
    for (const char* data : {R"("data":null,)", R"("data":{"metafieldsSet":null},)"}) {
        const auto reply = shopify::metafieldsSet("{" + std::string(data) + error + "}");
        ASSERT_FALSE(reply);
        EXPECT_EQ(reply.error().code, ErrorCode::Server) << data;
    }
    // Refused before it ran: no data at all.
    EXPECT_EQ(shopify::metafieldsSet("{" + error + "}").error().code, ErrorCode::Invalid);
}

TEST(ShopifyReplies, TwoLevelsTellMissingFromZero)
{
    const Result<shopify::TwoLevels> levels = shopify::itemAtTwoLocations(samples::twoLevels());
    ASSERT_TRUE(levels);
    EXPECT_EQ(levels->from->available, 3);
    EXPECT_FALSE(levels->to);
}

} // namespace
