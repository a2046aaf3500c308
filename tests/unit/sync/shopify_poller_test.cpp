#include "tests/unit/sync/poller_fixture.h"

#include <algorithm>

namespace counterfoil::sync {
namespace {

const char* const kOrder = "5820011223344";

/// One order with an open return, over a shop that answers as a test wants.
struct ShopifyPollerTest : PollerWorld {
    void SetUp() override { platforms.orders = {kOrder}; }
    /// What is asked for by @p part of a request is answered so from now on.
    void answer(std::string part, int status, std::string body)
    {
        transport.setScript([this, part = std::move(part), status,
                             body = std::move(body)](const HttpRequest& request) {
            return request.body.find(part) != std::string::npos ? reply(status, body)
                                                                : platforms.answer(request);
        });
    }
};

TEST_F(ShopifyPollerTest, AReturnThatMovedWhileItsOrderStoodStillIsSeen)
{
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    answer("query OrderReturns", 200,
           samples::with(samples::orderReturns(), R"("quantity":2,"createdAt")",
                         R"("quantity":3,"createdAt")"));
    pass(std::chrono::minutes(6));
    const SyncReport report = syncOnce(engine);
    EXPECT_FALSE(report.hasFailed());
    const std::string& body = sink.documents.at({DocumentKind::OrderReturns, kOrder}).body;
    EXPECT_NE(body.find(R"("quantity":3,"createdAt")"), std::string::npos);
}

TEST_F(ShopifyPollerTest, OpenReturnsAreNotReadOftenerThanTheirSweep)
{
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    const std::size_t before = transport.countOf("query OrderReturns");
    EXPECT_EQ(before, 1U);
    static_cast<void>(syncOnce(engine));
    EXPECT_EQ(transport.countOf("query OrderReturns"), before);
}

TEST_F(ShopifyPollerTest, AnOrderThatLeftTheOpenReturnsIsReadWhole)
{
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    const std::size_t before = transport.countOf("query OrderLines");
    answer("return_status:in_progress", 200,
           samples::answer(R"("orders":{)" + samples::pageInfo() + R"(,"nodes":[]})"));
    static_cast<void>(syncOnce(engine));
    EXPECT_EQ(transport.countOf("query OrderLines"), before + 1);
    static_cast<void>(syncOnce(engine));
    EXPECT_EQ(transport.countOf("query OrderLines"), before + 1) << "once";
}

TEST_F(ShopifyPollerTest, AWrongAddressIsNoAnswer)
{
    answer("query OrderMoney", 404, R"({"errors":"Not Found"})");
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    EXPECT_TRUE(syncOnce(engine).hasFailed());
    answer("query OrderMoney", 200, R"({"data":{"order":null}})");
    SiteEngine other(fakeSite(), sink, transport, clock, random);
    EXPECT_FALSE(syncOnce(other).hasFailed()) << "no such order is one";
}

TEST_F(ShopifyPollerTest, APartThatIsDeniedLeavesTheOthers)
{
    answer(
        "query OrderReturns", 200,
        R"({"data":{"order":null},"errors":[{"message":"no","extensions":{"code":"ACCESS_DENIED"},)"
        R"("path":["order","returns"]}]})");
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    EXPECT_TRUE(syncOnce(engine).hasFailed());
    EXPECT_EQ(sink.countOf(DocumentKind::OrderMoney), 1U);
    EXPECT_EQ(sink.countOf(DocumentKind::OrderAgreements), 1U);
}

TEST_F(ShopifyPollerTest, APlaceThatIsGoneDoesNotHideTheOthers)
{
    SiteSetup site = fakeSite();
    site.quarantineLocations = {LocationId("gid://shopify/Location/99"),
                                LocationId("gid://shopify/Location/11")};
    answer("Location/99", 200, R"({"data":{"location":null}})");
    SiteEngine engine(site, sink, transport, clock, random);
    EXPECT_TRUE(syncOnce(engine).hasFailed());
    EXPECT_EQ(sink.countOf(DocumentKind::StockLevel), 1U);
}

TEST_F(ShopifyPollerTest, WhatComesRoundInHoursIsReadSoonAfterItFailed)
{
    platforms.failures["shopify Setup"] = 4; // with its retries once
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    auto running = engine.run();
    running.start();
    pass(std::chrono::minutes(5));
    EXPECT_EQ(sink.countOf(DocumentKind::ShopSetup), 0U);
    pass(std::chrono::minutes(20));
    EXPECT_EQ(sink.countOf(DocumentKind::ShopSetup), 1U);
}

struct BulkLoadTest : ShopifyPollerTest {
    std::string state = samples::bulkPoll();
    SiteSetup site()
    {
        SiteSetup made = fakeSite();
        made.shopify.adapter.firstLoad = "bulk";
        transport.setScript([this](const HttpRequest& request) -> Result<HttpReply> {
            if (request.url.find("/file") != std::string::npos)
                return reply(200, samples::bulkFile());
            if (request.label.find("BulkStart") != std::string::npos)
                return reply(200, samples::bulkStart());
            if (request.label.find("BulkPoll") != std::string::npos)
                return reply(200, state);
            return platforms.answer(request);
        });
        return made;
    }
};

TEST_F(BulkLoadTest, TheNextDeltaStartsWhereTheFileWasBegunByTheShopsClock)
{
    SiteEngine engine(site(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    EXPECT_EQ(sink.marks["shopify/orders-changed"].mark, "2026-11-20T09:00:00Z")
        << "what changed while the file was made may stand in it as it was before";

    MemorySink fresh;
    state = samples::with(samples::bulkPoll(), "2026-11-20T09:00:00Z", "2026-11-24T09:00:00Z");
    SiteEngine other(site(), fresh, transport, clock, random);
    static_cast<void>(syncOnce(other));
    EXPECT_EQ(fresh.marks["shopify/orders-changed"].mark, "2026-11-20T09:12:44Z")
        << "where the orders' own times lag behind";
}

TEST_F(BulkLoadTest, ADeltaDoesNotWaitForTheDailySweepAndIsNotOverwrittenByIt)
{
    SiteEngine engine(site(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    pass(std::chrono::hours(25));
    platforms.ordersUpdatedAt = "2026-11-21T10:00:00Z";
    state = samples::with(samples::bulkPoll(), "COMPLETED", "RUNNING");
    scheduler.after(std::chrono::minutes(5), [this] { state = samples::bulkPoll(); });
    const std::size_t files = transport.countOf("/file");
    const std::size_t before = transport.countOf("OrdersChanged");
    static_cast<void>(syncOnce(engine));
    EXPECT_EQ(transport.countOf("/file"), files + 1);
    EXPECT_GT(transport.countOf("OrdersChanged"), before + 8) << "the delta went on";
    const std::string& body = sink.documents.at({DocumentKind::Order, kOrder}).body;
    EXPECT_NE(body.find("2026-11-21T10:00:00Z"), std::string::npos)
        << "the file was begun before that";
}

TEST_F(BulkLoadTest, AFileWithoutAnAddressIsNotAnEmptyShop)
{
    state =
        samples::with(samples::bulkPoll(), R"("url":"http://127.0.0.1:1/file")", R"("url":null)");
    SiteEngine engine(site(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    const bool isPaged =
        std::any_of(transport.asked().begin(), transport.asked().end(), [](const auto& request) {
            return request.label.find("OrdersChanged") != std::string::npos &&
                   request.body.find("updated_at:>=") != std::string::npos;
        });
    EXPECT_TRUE(isPaged) << "read by paging instead";
}

TEST_F(BulkLoadTest, AnOperationThatNeverEndsIsCancelledAndPagingDoesItsWork)
{
    state = samples::with(samples::bulkPoll(), "COMPLETED", "RUNNING");
    SiteEngine engine(site(), sink, transport, clock, random);
    const Instant before = clock.now();
    static_cast<void>(syncOnce(engine));
    EXPECT_LT(clock.now() - before, std::chrono::hours(1));
    EXPECT_EQ(transport.countOf("BulkCancel"), 1U);
    EXPECT_EQ(sink.countOf(DocumentKind::Order), 1U);
}

} // namespace
} // namespace counterfoil::sync
