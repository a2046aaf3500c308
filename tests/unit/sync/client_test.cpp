#include "core/platform/returngo/client.h"
#include "core/platform/shopify/client.h"
#include "core/platform/sparklayer/client.h"
#include "core/request/shopify.h"
#include "tests/unit/decode/samples.h"
#include "tests/unit/sync/client_fixture.h"

#include <gtest/gtest.h>

namespace counterfoil::platform {
namespace {

// ---- Shopify

struct ShopifyClientTest : ClientTest {
    ShopifyOptions options()
    {
        ShopifyOptions made;
        made.baseUrl = "https://shop.example";
        made.credentials.token = Secret("shpat_made_up");
        made.adapter = decode::defaultAdapters().shopify;
        made.versionWarning = [this](std::string served) { warned.push_back(std::move(served)); };
        return made;
    }
    std::vector<std::string> warned;
};

const char* const kThrottled =
    R"({"data":null,"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}],)"
    R"("extensions":{"cost":{"requestedQueryCost":642,"actualQueryCost":null,"throttleStatus":)"
    R"({"maximumAvailable":2000.0,"currentlyAvailable":42,"restoreRate":100.0}}}})";

TEST_F(ShopifyClientTest, AsksWithTheTokenAtTheRightAddress)
{
    transport.setScript([](const HttpRequest&) { return reply(200, samples::ordersChanged()); });
    ShopifyClient client(options(), transport, clock, random);
    const auto page = finish(client.ordersChanged("q", "", Lane::Polling));
    ASSERT_TRUE(page) << page.error().detail;
    EXPECT_EQ(page->documents.size(), 1U);
    const HttpRequest& sent = transport.asked().at(0);
    EXPECT_EQ(sent.url, "https://shop.example/admin/api/2026-07/graphql.json");
    EXPECT_EQ(sent.method, "POST");
    EXPECT_FALSE(sent.isWrite);
    EXPECT_EQ(sent.headers.at(0).value, "shpat_made_up");
}

TEST_F(ShopifyClientTest, ThrottledAs200AndAs429IsWaitedForByTheBucket)
{
    for (const int status : {200, 429}) {
        int calls = 0;
        transport.setScript([&](const HttpRequest&) {
            return ++calls == 1 ? reply(status, kThrottled) : reply(200, samples::ordersChanged());
        });
        const std::size_t before = transport.asked().size();
        ShopifyClient client(options(), transport, clock, random);
        const auto page = finish(client.ordersChanged("q", "", Lane::Polling));
        ASSERT_TRUE(page) << status << page.error().detail;
        // (642 requested + 200 kept for people - 42 there) / 100 a second = 8 s
        EXPECT_GE(between(before, before + 1), std::chrono::seconds(8));
        EXPECT_LE(between(before, before + 1), std::chrono::seconds(10));
    }
}

TEST_F(ShopifyClientTest, ThePersonsLaneDoesNotKeepTheReserve)
{
    CostGate gate(200);
    domain::QueryCost cost;
    cost.requested = 642;
    cost.available = 700;
    cost.maximum = 2000;
    cost.restorePerSecond = 100;
    gate.saw("x", cost, scheduler.now());
    EXPECT_EQ(gate.waitBefore("x", Lane::Operator, scheduler.now()), Millis(0));
    EXPECT_GT(gate.waitBefore("x", Lane::Polling, scheduler.now()), Millis(1400));
    EXPECT_EQ(gate.waitBefore("x", Lane::Polling, scheduler.now() + std::chrono::seconds(2)),
              Millis(0));
}

TEST_F(ShopifyClientTest, ReadsAreTriedAgainThreeTimesAndNoMore)
{
    ShopifyClient client(options(), transport, clock, random);
    const auto page = finish(client.setup(Lane::Polling));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::Server);
    EXPECT_EQ(page.error().httpStatus, 500);
    EXPECT_EQ(page.error().source, Platform::Shopify);
    EXPECT_EQ(transport.asked().size(), 4U);
}

TEST_F(ShopifyClientTest, AnAnswerThatIsNoJsonIsTriedAgain)
{
    int calls = 0;
    transport.setScript([&](const HttpRequest&) {
        return ++calls < 3 ? reply(200, "<html>sorry</html>")
                           : reply(200, samples::ordersChanged());
    });
    ShopifyClient client(options(), transport, clock, random);
    EXPECT_TRUE(finish(client.ordersChanged("q", "", Lane::Polling)));
    EXPECT_EQ(calls, 3);
}

TEST_F(ShopifyClientTest, ARefusedTokenIsNotTriedAgain)
{
    transport.setScript([](const HttpRequest&) { return reply(401, R"({"errors":"no"})"); });
    ShopifyClient client(options(), transport, clock, random);
    const auto page = finish(client.setup(Lane::Polling));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::Unauthorised);
    EXPECT_EQ(transport.asked().size(), 1U);
}

TEST_F(ShopifyClientTest, ClientCredentialsRenewOnceAfterA401)
{
    ShopifyOptions made = options();
    made.credentials.token = Secret();
    made.credentials.clientId = "id";
    made.credentials.clientSecret = Secret("secret");
    int tokens = 0;
    transport.setScript([&](const HttpRequest& request) -> Result<HttpReply> {
        if (request.url.find("access_token") != std::string::npos) {
            ++tokens;
            return reply(200, R"({"access_token":"t)" + std::to_string(tokens) +
                                  R"(","scope":"read_orders","expires_in":86399})");
        }
        return request.headers.at(0).value == "t1" ? reply(401, "")
                                                   : reply(200, samples::ordersChanged());
    });
    ShopifyClient client(made, transport, clock, random);
    EXPECT_TRUE(finish(client.ordersChanged("q", "", Lane::Polling)));
    EXPECT_TRUE(finish(client.ordersChanged("q", "", Lane::Polling)));
    EXPECT_EQ(tokens, 2) << "one for the start, one after the 401, none for the second call";
}

TEST_F(ShopifyClientTest, PagesOfAnOrderPartBecomeOneDocument)
{
    const std::string more =
        samples::with(samples::orderLines(), R"("hasNextPage":false,"endCursor":null)",
                      R"("hasNextPage":true,"endCursor":"c1")");
    const std::string last = samples::with(samples::orderLines(), "LineItem/91", "LineItem/92");
    transport.setScript([&](const HttpRequest& request) {
        return reply(200, request.body.find("\"c1\"") == std::string::npos ? more : last);
    });
    ShopifyClient client(options(), transport, clock, random);
    const auto page = finish(client.orderPart(domain::DocumentKind::OrderLines,
                                              OrderId("5820011223344"), Lane::Polling));
    ASSERT_TRUE(page) << page.error().detail;
    ASSERT_EQ(page->documents.size(), 1U);
    domain::Order order;
    ASSERT_TRUE(decode::shopify::applyOrderLines(page->documents[0].body, order));
    EXPECT_EQ(order.lines->size(), 2U);
}

TEST_F(ShopifyClientTest, AnotherServedVersionIsToldOnce)
{
    transport.setScript([](const HttpRequest&) {
        HttpReply made = reply(200, samples::ordersChanged());
        made.headers.emplace_back("x-shopify-api-version", "2026-10");
        return made;
    });
    ShopifyClient client(options(), transport, clock, random);
    EXPECT_TRUE(finish(client.ordersChanged("q", "", Lane::Polling)));
    EXPECT_TRUE(finish(client.ordersChanged("q", "", Lane::Polling)));
    EXPECT_EQ(warned, std::vector<std::string>{"2026-10"});
}

TEST_F(ShopifyClientTest, AWriteLeavesOnceWhateverComesBack)
{
    ShopifyClient client(options(), transport, clock, random);
    auto write = request::shopify::setPo("2026-07", "gid://shopify/Order/1", "PO-1");
    const auto answer = finish(client.sendWrite(write));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 500);
    EXPECT_EQ(transport.asked().size(), 1U);
    EXPECT_TRUE(transport.asked()[0].isWrite);

    write.body = samples::with(write.body, "orderUpdate", "orderDelete");
    const auto foreign = finish(client.sendWrite(write));
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().code, ErrorCode::Forbidden);
    EXPECT_EQ(transport.asked().size(), 1U) << "what is not ours never leaves";
}

TEST_F(ShopifyClientTest, OneRequestForPollingAndOneForThePersonAtOnce)
{
    transport.setScript([](const HttpRequest&) { return reply(200, samples::ordersChanged()); });
    ShopifyClient client(options(), transport, clock, random);
    auto first = client.ordersChanged("a", "", Lane::Polling);
    auto second = client.ordersChanged("b", "", Lane::Polling);
    auto person = client.ordersChanged("c", "", Lane::Operator);
    first.start();
    second.start();
    person.start();
    EXPECT_EQ(transport.inFlight(), 2);
    while (!first.done() || !second.done() || !person.done())
        ASSERT_TRUE(scheduler.step());
    EXPECT_EQ(transport.inFlightMax(), 2);
    EXPECT_EQ(transport.asked().size(), 3U);
}

// ---- SparkLayer

struct SparklayerClientTest : ClientTest {
    SparklayerOptions options()
    {
        SparklayerOptions made;
        made.baseUrl = "https://spark.example";
        made.siteId = "larkfield";
        made.clientId = "console";
        made.clientSecret = Secret("made-up");
        made.adapter = decode::defaultAdapters().sparklayer;
        return made;
    }
    static bool isToken(const HttpRequest& request)
    {
        return request.url.find("/api/auth/token") != std::string::npos;
    }
};

TEST_F(SparklayerClientTest, OneTokenServesManyAndIsRenewedAtNineTenths)
{
    transport.setScript([](const HttpRequest& request) {
        return isToken(request) ? reply(200, R"({"access_token":"t","expires_in":3600})")
                                : reply(200, "[]");
    });
    SparklayerClient client(options(), transport, clock, random);
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(finish(client.purchases(std::nullopt, 0, Lane::Polling)));
    EXPECT_EQ(transport.countOf("/api/auth/token"), 1U);
    bool passed = false;
    scheduler.after(std::chrono::seconds(3240), [&] { passed = true; });
    while (!passed)
        scheduler.step();
    EXPECT_TRUE(finish(client.purchases(std::nullopt, 0, Lane::Polling)));
    EXPECT_EQ(transport.countOf("/api/auth/token"), 2U);
}

TEST_F(SparklayerClientTest, TwoLanesShareOneRenewal)
{
    transport.setScript([](const HttpRequest& request) {
        return isToken(request) ? reply(200, R"({"access_token":"t","expires_in":3600})")
                                : reply(200, "[]");
    });
    SparklayerClient client(options(), transport, clock, random);
    auto polling = client.purchases(std::nullopt, 0, Lane::Polling);
    auto person = client.purchases(std::nullopt, 0, Lane::Operator);
    polling.start();
    person.start();
    while (!polling.done() || !person.done())
        ASSERT_TRUE(scheduler.step());
    EXPECT_TRUE(polling.take());
    EXPECT_TRUE(person.take());
    EXPECT_EQ(transport.countOf("/api/auth/token"), 1U);
}

TEST_F(SparklayerClientTest, A401CostsOneTokenAndOneTry)
{
    int calls = 0;
    transport.setScript([&](const HttpRequest& request) {
        if (isToken(request))
            return reply(200, R"({"access_token":"t","expires_in":3600})");
        ++calls;
        return reply(401, "");
    });
    SparklayerClient client(options(), transport, clock, random);
    const auto list = finish(client.purchases(std::nullopt, 0, Lane::Polling));
    ASSERT_FALSE(list);
    EXPECT_EQ(list.error().code, ErrorCode::Unauthorised);
    EXPECT_EQ(calls, 2);
    EXPECT_EQ(transport.countOf("/api/auth/token"), 2U);
}

TEST_F(SparklayerClientTest, RetryAfterIsHonoured)
{
    int calls = 0;
    transport.setScript([&](const HttpRequest& request) {
        if (isToken(request))
            return reply(200, R"({"access_token":"t","expires_in":3600})");
        if (++calls > 1)
            return reply(200, "[]");
        HttpReply slow = reply(429, "");
        slow.headers.emplace_back("Retry-After", "17");
        return slow;
    });
    SparklayerClient client(options(), transport, clock, random);
    EXPECT_TRUE(finish(client.purchases(std::nullopt, 0, Lane::Polling)));
    EXPECT_GE(between(1, 2), std::chrono::seconds(17));
}

TEST_F(SparklayerClientTest, APurchaseWithoutTransactionsHasNone)
{
    transport.setScript([](const HttpRequest& request) {
        return isToken(request) ? reply(200, R"({"access_token":"t","expires_in":3600})")
                                : reply(404, "");
    });
    SparklayerClient client(options(), transport, clock, random);
    const auto page = finish(
        client.transactions(PurchaseKey("visible", "#B2B1042"), OrderId("77"), Lane::Polling));
    ASSERT_TRUE(page) << page.error().detail;
    ASSERT_EQ(page->documents.size(), 1U);
    EXPECT_EQ(page->documents[0].externalId, "77");
    EXPECT_EQ(page->documents[0].body, "[]");
    EXPECT_EQ(transport.asked().back().url,
              "https://spark.example/api/v1/purchases/visible/%23B2B1042/transactions");
}

TEST_F(SparklayerClientTest, CallsAreSpacedByTheRate)
{
    transport.setScript([](const HttpRequest& request) {
        return isToken(request) ? reply(200, R"({"access_token":"t","expires_in":3600})")
                                : reply(200, "[]");
    });
    SparklayerClient client(options(), transport, clock, random);
    const Instant began = scheduler.now();
    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(finish(client.purchases(std::nullopt, 0, Lane::Polling)));
    EXPECT_GE(scheduler.now() - began, Millis(2000)) << "2 a second";
}

// ---- ReturnGO

struct CountingBudget : CallBudget {
    bool mayCall(CallClass) override { return isOpen; }
    void charge(CallClass, const std::string&, int) override { ++charged; }
    void refused() override { ++refusals; }
    bool isOpen = true;
    int charged = 0, refusals = 0;
};

struct ReturngoClientTest : ClientTest {
    ReturngoOptions options()
    {
        ReturngoOptions made;
        made.baseUrl = "https://returns.example";
        made.shopName = "larkfield.example";
        made.apiKey = Secret("made-up");
        made.adapter = decode::defaultAdapters().returngo;
        return made;
    }
    CountingBudget budget;
};

TEST_F(ReturngoClientTest, EveryTryIsChargedBeforeItLeaves)
{
    ReturngoClient client(options(), transport, clock, random, budget);
    const auto page = finish(client.rma(RmaId("7000412"), CallClass::DetailD));
    ASSERT_FALSE(page);
    EXPECT_EQ(budget.charged, 4);
    EXPECT_EQ(transport.asked().size(), 4U);
    EXPECT_EQ(transport.asked()[0].url, "https://returns.example/rma/7000412");
}

TEST_F(ReturngoClientTest, ABudgetThatSaysNoSendsNothing)
{
    budget.isOpen = false;
    ReturngoClient client(options(), transport, clock, random, budget);
    const auto page = finish(client.rma(RmaId("7000412"), CallClass::DetailD));
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::QuotaSpent);
    EXPECT_TRUE(transport.asked().empty());
}

TEST_F(ReturngoClientTest, ADailyLimitStopsAtOnceARateLimitAfterThreeInARow)
{
    transport.setScript(
        [](const HttpRequest&) { return reply(429, R"({"message":"Limit Exceeded"})"); });
    ReturngoClient client(options(), transport, clock, random, budget);
    auto page = finish(client.rma(RmaId("1"), CallClass::DetailD));
    EXPECT_EQ(page.error().code, ErrorCode::QuotaSpent);
    EXPECT_EQ(transport.asked().size(), 1U);
    EXPECT_EQ(budget.refusals, 1);

    transport.setScript(
        [](const HttpRequest&) { return reply(429, R"({"message":"Too Many Requests"})"); });
    ReturngoClient patient(options(), transport, clock, random, budget);
    page = finish(patient.rma(RmaId("1"), CallClass::DetailD));
    EXPECT_EQ(page.error().code, ErrorCode::QuotaSpent);
    EXPECT_EQ(transport.asked().size(), 4U);
    EXPECT_EQ(budget.refusals, 2);
    EXPECT_GE(between(1, 2), std::chrono::seconds(2));
}

TEST_F(ReturngoClientTest, RetryAfterIsHonouredWhereItIsSent)
{
    int calls = 0;
    transport.setScript([&](const HttpRequest&) {
        if (++calls > 1)
            return reply(404, "{}");
        HttpReply slow = reply(429, R"({"message":"Too Many Requests"})");
        slow.headers.emplace_back("Retry-After", "90");
        return slow;
    });
    ReturngoClient client(options(), transport, clock, random, budget);
    static_cast<void>(finish(client.rma(RmaId("1"), CallClass::DetailD)));
    ASSERT_EQ(transport.asked().size(), 2U);
    EXPECT_GE(between(0, 1), std::chrono::seconds(90));
    EXPECT_EQ(budget.refusals, 0);
}

TEST_F(ReturngoClientTest, NotFoundIsAnAnswer)
{
    transport.setScript([](const HttpRequest&) { return reply(404, "{}"); });
    ReturngoClient client(options(), transport, clock, random, budget);
    EXPECT_EQ(finish(client.rma(RmaId("1"), CallClass::DetailD)).error().code, ErrorCode::NotFound);
    EXPECT_EQ(transport.asked().size(), 1U);
}

} // namespace
} // namespace counterfoil::platform
