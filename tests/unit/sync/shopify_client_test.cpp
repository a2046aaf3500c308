#include "core/platform/shopify/client.h"
#include "core/request/shopify.h"
#include "tests/unit/decode/samples.h"
#include "tests/unit/sync/client_fixture.h"

#include <gtest/gtest.h>

namespace counterfoil::platform {
namespace {

/// Shopify's client where the shop answers otherwise than on a good day.
struct ShopifyAnswersTest : ClientTest {
    static ShopifyOptions options()
    {
        ShopifyOptions made;
        made.baseUrl = "https://shop.example";
        made.credentials.token = Secret("shpat_made_up");
        made.adapter = decode::defaultAdapters().shopify;
        return made;
    }
};

TEST_F(ShopifyAnswersTest, AQueryThatIsTooDearIsAskedWithHalfThePage)
{
    const char* const dear = R"({"errors":[{"message":"Query cost is 1284, over 1000",)"
                             R"("extensions":{"code":"MAX_COST_EXCEEDED"}}]})";
    transport.setScript([&](const HttpRequest& request) {
        return request.body.find("orders(first: 40") != std::string::npos ||
                       request.body.find("orders(first: 20") != std::string::npos
                   ? reply(200, dear)
                   : reply(200, samples::ordersChanged());
    });
    ShopifyClient client(options(), transport, clock, random);
    const auto page = finish(client.ordersChanged("q", "", Lane::Polling));
    ASSERT_TRUE(page) << page.error().detail;
    EXPECT_EQ(transport.asked().size(), 3U) << "40, 20, 10";
    EXPECT_TRUE(finish(client.ordersChanged("q", "", Lane::Polling)));
    EXPECT_EQ(transport.asked().size(), 4U) << "what was learned is kept";
}

TEST_F(ShopifyAnswersTest, AQueryThatIsTooDearWhateverItsPagesFails)
{
    transport.setScript([](const HttpRequest&) {
        return reply(200,
                     R"({"errors":[{"message":"x","extensions":{"code":"MAX_COST_EXCEEDED"}}]})");
    });
    ShopifyClient client(options(), transport, clock, random);
    const auto page = finish(client.ordersChanged("q", "", Lane::Polling));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::Invalid);
    EXPECT_EQ(transport.asked().size(), 6U) << "40, 20, 10, 5, 2, 1";
}

TEST_F(ShopifyAnswersTest, ThePageSizesOfTheSettingAreAskedFor)
{
    transport.setScript([](const HttpRequest&) { return reply(200, samples::ordersChanged()); });
    ShopifyOptions made = options();
    made.adapter.pageSizes["OrdersChanged"] = 15;
    ShopifyClient client(made, transport, clock, random);
    EXPECT_TRUE(finish(client.ordersChanged("q", "", Lane::Polling)));
    EXPECT_NE(transport.asked()[0].body.find("orders(first: 15,"), std::string::npos);
}

TEST_F(ShopifyAnswersTest, APageWithAHoleIsReadAgain)
{
    const std::string holed =
        R"({"errors":[{"message":"x","extensions":{"code":)"
        R"("INTERNAL_SERVER_ERROR"},"path":["orders","nodes",0,"customer"]}],)" +
        samples::ordersChanged().substr(1);
    int calls = 0;
    transport.setScript([&](const HttpRequest&) {
        return reply(200, ++calls == 1 ? holed : samples::ordersChanged());
    });
    ShopifyClient client(options(), transport, clock, random);
    const auto page = finish(client.ordersChanged("q", "", Lane::Polling));
    ASSERT_TRUE(page);
    EXPECT_EQ(calls, 2);
    EXPECT_EQ(page->documents.size(), 1U);

    transport.setScript([&](const HttpRequest&) { return reply(200, holed); });
    const auto still = finish(client.ordersChanged("q", "", Lane::Polling));
    ASSERT_TRUE(still) << "the rest of the page goes on";
    EXPECT_TRUE(still->documents.empty());
    EXPECT_EQ(still->setAside.size(), 1U);
}

TEST_F(ShopifyAnswersTest, ARefundOfManyLinesIsReadWhole)
{
    const std::string cut = samples::with(samples::orderMoney(),
                                          R"("refundLineItems":{"pageInfo":{"hasNextPage":false})",
                                          R"("refundLineItems":{"pageInfo":{"hasNextPage":true})");
    transport.setScript([&](const HttpRequest& request) {
        const bool isLarge = request.body.find("refunds(first: 2)") != std::string::npos &&
                             request.body.find("refundLineItems(first: 60)") != std::string::npos;
        return reply(200, isLarge ? samples::orderMoney() : cut);
    });
    ShopifyClient client(options(), transport, clock, random);
    const auto page = finish(client.orderPart(domain::DocumentKind::OrderMoney,
                                              OrderId("5820011223344"), Lane::Polling));
    ASSERT_TRUE(page) << page.error().detail;
    domain::Order order;
    ASSERT_TRUE(decode::shopify::applyOrderMoney(page->documents.at(0).body, order));
    EXPECT_TRUE(order.refunds->at(0).linesComplete);
    EXPECT_EQ(transport.asked().size(), 2U);
}

TEST_F(ShopifyAnswersTest, AReturnOfManyLinesIsReadWhole)
{
    const std::string cut = samples::with(samples::orderReturns(),
                                          R"("returnLineItems":{"pageInfo":{"hasNextPage":false,)",
                                          R"("returnLineItems":{"pageInfo":{"hasNextPage":true,)");
    transport.setScript([&](const HttpRequest& request) {
        return reply(200, request.body.find("returnLineItems(first: 50)") != std::string::npos
                              ? samples::orderReturns()
                              : cut);
    });
    ShopifyClient client(options(), transport, clock, random);
    const auto page = finish(client.orderPart(domain::DocumentKind::OrderReturns,
                                              OrderId("5820011223344"), Lane::Polling));
    ASSERT_TRUE(page) << page.error().detail;
    EXPECT_TRUE(page->documents.at(0).unknowns.empty());
    EXPECT_NE(transport.asked().at(1).body.find("returns(first: 1,"), std::string::npos);
}

TEST_F(ShopifyAnswersTest, AnEditOfManyLinesIsReadWhole)
{
    const std::string cut =
        samples::with(samples::orderAgreements(), R"("sales":{"pageInfo":{"hasNextPage":false})",
                      R"("sales":{"pageInfo":{"hasNextPage":true})");
    transport.setScript([&](const HttpRequest& request) {
        return reply(200, request.body.find("sales(first: 50)") != std::string::npos
                              ? samples::orderAgreements()
                              : cut);
    });
    ShopifyClient client(options(), transport, clock, random);
    const auto page = finish(client.orderPart(domain::DocumentKind::OrderAgreements,
                                              OrderId("5820011223344"), Lane::Polling));
    ASSERT_TRUE(page) << page.error().detail;
    domain::Order order;
    ASSERT_TRUE(decode::shopify::applyOrderAgreements(page->documents.at(0).body, order));
    EXPECT_TRUE(order.agreements->at(0).salesComplete);
}

TEST_F(ShopifyAnswersTest, ABalanceIsReadWhereCompaniesMayNotBe)
{
    const char* const denied =
        R"({"data":{"customer":null},"errors":[{"message":"Access denied","extensions":{"code":"ACCESS_DENIED"},)"
        R"("path":["customer","companyContactProfiles"]}]})";
    transport.setScript([&](const HttpRequest& request) {
        return reply(200, request.body.find("companyContactProfiles") != std::string::npos
                              ? denied
                              : samples::accountMetafield());
    });
    ShopifyClient client(options(), transport, clock, random);
    for (int i = 0; i < 2; ++i) {
        const auto page = finish(client.account(CustomerId("77"), Lane::Polling));
        ASSERT_TRUE(page) << page.error().detail;
        EXPECT_EQ(page->documents.size(), 1U);
    }
    EXPECT_EQ(transport.asked().size(), 3U) << "asked for once only";
}

TEST_F(ShopifyAnswersTest, RetryAfterIsKept)
{
    int calls = 0;
    transport.setScript([&](const HttpRequest&) {
        HttpReply made = ++calls == 1 ? reply(429, "") : reply(200, samples::ordersChanged());
        made.headers.emplace_back("Retry-After", "7.0");
        return made;
    });
    ShopifyClient client(options(), transport, clock, random);
    EXPECT_TRUE(finish(client.ordersChanged("q", "", Lane::Polling)));
    EXPECT_GE(between(0, 1), std::chrono::seconds(7));
}

TEST_F(ShopifyAnswersTest, AWriteThatATokenKeptOutIsSentWithANewOne)
{
    ShopifyOptions made = options();
    made.credentials.token = Secret();
    made.credentials.clientId = "id";
    made.credentials.clientSecret = Secret("secret");
    int tokens = 0;
    transport.setScript([&](const HttpRequest& request) -> Result<HttpReply> {
        if (request.url.find("access_token") != std::string::npos)
            return reply(200, R"({"access_token":"t)" + std::to_string(++tokens) +
                                  R"(","scope":"x","expires_in":86399})");
        return reply(request.headers.at(0).value == "t1" ? 401 : 200, "{}");
    });
    ShopifyClient client(made, transport, clock, random);
    const auto answer =
        finish(client.sendWrite(request::shopify::setPo("2026-07", "gid://shopify/Order/1", "P")));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(tokens, 2);
}

} // namespace
} // namespace counterfoil::platform
