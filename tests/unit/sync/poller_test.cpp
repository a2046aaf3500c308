#include "tests/unit/sync/poller_fixture.h"

namespace counterfoil::sync {
namespace {

struct PollerTest : PollerWorld {
    void SetUp() override
    {
        platforms.orders = {"5820011223344", "5820011223345", "5820011223346"};
        for (const char* id : {"7000411", "7000412", "7000413", "7000414", "7000415"})
            platforms.rmas[id] = {};
    }
    static std::string failuresOf(const SyncReport& report)
    {
        std::string text;
        for (const LoopReport& row : report.loops) {
            if (row.error)
                text += row.loop + ": " + row.error->detail + "\n";
        }
        return text;
    }
};

TEST_F(PollerTest, OneSynchronisationReadsEverythingThereIs)
{
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    const SyncReport report = syncOnce(engine);
    EXPECT_FALSE(report.hasFailed()) << failuresOf(report);
    EXPECT_EQ(sink.countOf(DocumentKind::RmaSummary), 5U);
    EXPECT_EQ(sink.countOf(DocumentKind::Rma), 5U);
    EXPECT_EQ(sink.countOf(DocumentKind::Order), 3U);
    EXPECT_EQ(sink.countOf(DocumentKind::OrderLines), 3U);
    EXPECT_EQ(sink.countOf(DocumentKind::OrderAgreements), 3U);
    EXPECT_EQ(sink.countOf(DocumentKind::Draft), 1U);
    EXPECT_EQ(sink.countOf(DocumentKind::StockLevel), 1U);
    EXPECT_EQ(sink.countOf(DocumentKind::ShopSetup), 1U);
    EXPECT_EQ(sink.countOf(DocumentKind::Purchase), 1U) << "of the order that the RMAs name";
    EXPECT_LE(transport.inFlightMax(), 3) << "one for each platform";
    EXPECT_EQ(engine.budget()->state().used,
              static_cast<std::int64_t>(transport.countOf("https://returns.example")));
}

TEST_F(PollerTest, PagesFollowTheCursorAndTheMarkMovesAfterTheLastOnly)
{
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    std::size_t orderPages = 0;
    for (const store::PageWrite& page : sink.pages) {
        if (page.loop != "shopify/orders-changed")
            continue;
        ++orderPages;
        EXPECT_EQ(page.newMark.has_value(), orderPages == 2);
        EXPECT_EQ(page.isSweepEnd, orderPages == 2);
    }
    EXPECT_EQ(orderPages, 2U);
    EXPECT_EQ(sink.marks["shopify/orders-changed"].mark, "2026-11-20T09:12:44Z")
        << "the shop's own newest time, not our clock's";
}

TEST_F(PollerTest, ADeltaStartsFiveMinutesBeforeTheMark)
{
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    const std::size_t before = transport.asked().size();
    static_cast<void>(syncOnce(engine));
    bool isSeen = false;
    for (std::size_t i = before; i < transport.asked().size(); ++i) {
        const std::string& body = transport.asked()[i].body;
        isSeen = isSeen || body.find("updated_at:>='2026-11-20T09:07:44Z'") != std::string::npos;
    }
    EXPECT_TRUE(isSeen);
    std::size_t details = 0;
    for (std::size_t i = before; i < transport.asked().size(); ++i)
        details += transport.asked()[i].url.find("/rma/") != std::string::npos ? 1U : 0U;
    EXPECT_EQ(details, 1U) << "nothing moved: the rolling re-read takes its one and no more";
}

TEST_F(PollerTest, AReturngoMarkOverlapsByThirtyFiveMinutes)
{
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    const Instant mark = *parseInstant(sink.marks["returngo/transactions"].mark);
    const std::size_t before = transport.asked().size();
    static_cast<void>(syncOnce(engine));
    const std::string wanted =
        formatInstant(std::chrono::floor<std::chrono::seconds>(mark - std::chrono::minutes(35)));
    bool isSeen = false;
    for (std::size_t i = before; i < transport.asked().size(); ++i) {
        std::string url = transport.asked()[i].url;
        for (std::size_t at = url.find("%3A"); at != std::string::npos; at = url.find("%3A"))
            url.replace(at, 3, ":");
        isSeen = isSeen || (url.find("/transactions") != std::string::npos &&
                            url.find(wanted.substr(0, 19)) != std::string::npos);
    }
    EXPECT_TRUE(isSeen) << wanted;
}

TEST_F(PollerTest, AnRmaThatLeftTheOpenSweepCostsOneDetail)
{
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    platforms.rmas["7000413"].status = "Done";
    const std::size_t before = transport.countOf("/rma/7000413");
    const std::size_t others = transport.countOf("/rma/7000412");
    static_cast<void>(syncOnce(engine));
    EXPECT_EQ(transport.countOf("/rma/7000413"), before + 1);
    EXPECT_EQ(transport.countOf("/rma/7000412"), others);
    bool isTold = false;
    for (const store::PageWrite& page : sink.pages)
        isTold = isTold || page.vanishedRmas == std::vector<std::string>{"7000413"};
    EXPECT_TRUE(isTold);
}

TEST_F(PollerTest, ASweepThatFailsMovesNoMarkAndHidesNobody)
{
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    const std::string mark = sink.marks["returngo/transactions"].mark;
    platforms.failures["/transactions?"] = 1000;
    pass(std::chrono::minutes(1));
    const std::size_t orders = transport.countOf("OrdersChanged");
    const SyncReport report = syncOnce(engine);
    EXPECT_TRUE(report.hasFailed());
    EXPECT_EQ(sink.marks["returngo/transactions"].mark, mark);
    ASSERT_FALSE(sink.failures.empty());
    EXPECT_EQ(sink.failures.back().first, "returngo/transactions");
    EXPECT_GT(transport.countOf("OrdersChanged"), orders) << "the other platforms go on";
}

TEST_F(PollerTest, ADetailThatFailsComesBack)
{
    platforms.failures["/rma/7000412"] = 6; // beyond one call's retries
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    const SyncReport report = syncOnce(engine);
    EXPECT_EQ(sink.countOf(DocumentKind::Rma), 5U) << failuresOf(report);
}

TEST_F(PollerTest, APurchaseThatIsNotThereIsAskedForOnceADay)
{
    transport.setScript([this](const HttpRequest& request) {
        if (request.url.find("/purchases/platform/") != std::string::npos)
            return reply(404, "");
        return *platforms.answer(request);
    });
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    EXPECT_FALSE(syncOnce(engine).hasFailed());
    EXPECT_FALSE(syncOnce(engine).hasFailed());
    EXPECT_EQ(transport.countOf("/purchases/platform/"), 1U);
    pass(std::chrono::hours(25));
    EXPECT_FALSE(syncOnce(engine).hasFailed());
    EXPECT_EQ(transport.countOf("/purchases/platform/"), 2U);
}

TEST_F(PollerTest, ASweepOfPurchasesEndsAfterTheirDetails)
{
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    std::size_t detailAt = 0, endAt = 0;
    for (std::size_t i = 0; i < sink.pages.size(); ++i) {
        if (sink.pages[i].loop == "sparklayer/purchase-details")
            detailAt = i;
        if (sink.pages[i].loop == "sparklayer/purchases" && sink.pages[i].isSweepEnd)
            endAt = i;
    }
    EXPECT_GT(detailAt, 0U);
    EXPECT_GT(endAt, detailAt) << "absent would be judged before anybody asked";
}

TEST_F(PollerTest, ThatThereIsNoPurchaseIsAnAnswerOfItsOwn)
{
    transport.setScript([this](const HttpRequest& request) {
        if (request.url.find("/purchases/") != std::string::npos)
            return reply(404, "");
        return *platforms.answer(request);
    });
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    EXPECT_FALSE(syncOnce(engine).hasFailed());
    ASSERT_EQ(sink.countOf(DocumentKind::Purchase), 1U);
    const domain::PageDocument& row = sink.documents.at({DocumentKind::Purchase, "5820011223344"});
    EXPECT_EQ(row.keys.status, "absent");
    EXPECT_EQ(row.keys.order.value, "5820011223344");
}

TEST_F(PollerTest, APurchaseIsFoundByItsCartOrByItsNameToo)
{
    for (const char* way : {"/purchases/sparklayer/0b8f2a5e-cart", "/purchases/visible/%231001",
                            "/purchases/visible/1001"}) {
        MemorySink fresh;
        domain::CaseFacts& facts = fresh.cases["order:5820011223344"];
        facts.order.emplace();
        facts.order->id = OrderId("5820011223344");
        facts.order->name = "#1001";
        facts.order->attributes.push_back({"sparkCartId", "0b8f2a5e-cart"});
        transport.setScript([this, way](const HttpRequest& request) -> Result<HttpReply> {
            const std::string& url = request.url;
            if (url.find("/purchases/") == std::string::npos)
                return platforms.answer(request);
            if (url.find(way) == std::string::npos)
                return reply(404, "");
            if (url.find("/transactions") != std::string::npos)
                return reply(200, "[]");
            return reply(200, samples::with(samples::purchase(), R"("platform":"5820011223344")",
                                            R"("platform":null)"));
        });
        SiteEngine engine(fakeSite(), fresh, transport, clock, random);
        EXPECT_FALSE(syncOnce(engine).hasFailed());
        ASSERT_EQ(fresh.documents.count({DocumentKind::Purchase, "5820011223344"}), 1U) << way;
        const domain::PageDocument& row =
            fresh.documents.at({DocumentKind::Purchase, "5820011223344"});
        EXPECT_EQ(row.keys.status, "order") << way;
        EXPECT_EQ(row.keys.order.value, "5820011223344") << way;
        EXPECT_EQ(fresh.documents.count({DocumentKind::PurchaseTransactions, "5820011223344"}), 1U)
            << way;
    }
}

TEST_F(PollerTest, APurchaseOfTheSameNameThatNamesAnotherOrderIsNotTaken)
{
    domain::CaseFacts& facts = sink.cases["order:5820011223344"];
    facts.order.emplace();
    facts.order->id = OrderId("5820011223344");
    facts.order->name = "#1001";
    facts.order->attributes.push_back({"sparkPaymentType", "paymentOnAccount"});
    transport.setScript([this](const HttpRequest& request) -> Result<HttpReply> {
        if (request.url.find("/purchases/platform") != std::string::npos)
            return reply(404, "");
        if (request.url.find("/purchases/visible") != std::string::npos)
            return reply(200, samples::with(samples::purchase(), "5820011223344", "99"));
        return platforms.answer(request);
    });
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    EXPECT_FALSE(syncOnce(engine).hasFailed());
    EXPECT_EQ(sink.documents.at({DocumentKind::Purchase, "5820011223344"}).keys.status, "absent");
}

TEST_F(PollerTest, AnOrderWithoutSparklayersMarksIsAskedForByItsNumberOnly)
{
    domain::CaseFacts& facts = sink.cases["order:5820011223344"];
    facts.order.emplace();
    facts.order->id = OrderId("5820011223344");
    facts.order->name = "#1001";
    transport.setScript([this](const HttpRequest& request) -> Result<HttpReply> {
        if (request.url.find("/purchases/") != std::string::npos)
            return reply(404, "");
        return platforms.answer(request);
    });
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    EXPECT_FALSE(syncOnce(engine).hasFailed());
    EXPECT_EQ(transport.countOf("/purchases/platform/"), 1U);
    EXPECT_EQ(transport.countOf("/purchases/visible/"), 0U);
}

TEST_F(PollerTest, ASparklayerThatIsDownSaysNothing)
{
    platforms.failures["https://spark.example"] = 1'000'000;
    SiteSetup setup = fakeSite();
    setup.quarantineLocations.clear(); // no stock to ask for: that is no answer either
    SiteEngine engine(setup, sink, transport, clock, random);
    const SyncReport report = syncOnce(engine);
    EXPECT_TRUE(report.hasFailed());
    EXPECT_EQ(sink.countOf(DocumentKind::Purchase), 0U);
    for (const store::PageWrite& page : sink.pages) {
        if (page.platform == Platform::SparkLayer) {
            EXPECT_FALSE(page.isSweepEnd) << page.loop << ": nothing was asked and answered";
        }
    }
}

TEST_F(PollerTest, ARefusedKeyIsNotTriedForEveryCase)
{
    for (int i = 0; i < 40; ++i)
        platforms.rmas[std::to_string(7000500 + i)] = {"Received",
                                                       std::to_string(5820011224000 + i)};
    transport.setScript([this](const HttpRequest& request) -> Result<HttpReply> {
        if (request.url.find("https://spark.example") != std::string::npos)
            return reply(401, "");
        return platforms.answer(request);
    });
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    const SyncReport report = syncOnce(engine);
    EXPECT_TRUE(report.hasFailed());
    EXPECT_EQ(sink.countOf(DocumentKind::Rma), 45U) << "the other platforms go on";
    EXPECT_LE(transport.countOf("https://spark.example"), 24U);
}

TEST_F(PollerTest, APlatformThatAnswersWithAWebPageIsNotAskedForEverything)
{
    transport.setScript([this](const HttpRequest& request) -> Result<HttpReply> {
        if (request.url.find("/graphql.json") != std::string::npos)
            return reply(200, "<!doctype html><title>Log in</title>");
        return platforms.answer(request);
    });
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    const SyncReport report = syncOnce(engine);
    EXPECT_TRUE(report.hasFailed());
    EXPECT_EQ(sink.countOf(DocumentKind::Rma), 5U) << "the other platforms go on";
    EXPECT_LE(transport.countOf("/graphql.json"), 30U);
}

TEST_F(PollerTest, AStoreThatTakesNoMoreEndsTheDetails)
{
    /// A disk that fills up with the first detail.
    class FullDisk : public MemorySink {
    public:
        Result<store::PageOutcome> applyPage(const store::PageWrite& page) override
        {
            isFull = isFull || page.loop.find("details") != std::string::npos;
            if (isFull)
                return fail(ErrorCode::Store, "the disk is full");
            return MemorySink::applyPage(page);
        }
        bool isFull = false;
    };
    for (int i = 0; i < 40; ++i)
        platforms.rmas[std::to_string(7000500 + i)] = {};
    FullDisk full;
    SiteEngine engine(fakeSite(), full, transport, clock, random);
    const SyncReport report = syncOnce(engine);
    EXPECT_TRUE(report.hasFailed());
    EXPECT_TRUE(full.isFull);
    EXPECT_LE(transport.countOf("/rma/"), 6U) << "what cannot be kept is not asked for";
}

TEST_F(PollerTest, ADetailThatIsNeverReadHoldsTheMarks)
{
    platforms.failures["/rma/7000412"] = 1000;
    platforms.failures["/purchases/platform/"] = 1000;
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    EXPECT_TRUE(syncOnce(engine).hasFailed());
    EXPECT_EQ(sink.countOf(DocumentKind::Rma), 4U);
    EXPECT_EQ(sink.marks["returngo/changed-rmas"].mark, "");
    EXPECT_EQ(sink.marks["sparklayer/purchases"].mark, "");
    platforms.failures.clear();
    const SyncReport report = syncOnce(engine);
    EXPECT_FALSE(report.hasFailed()) << failuresOf(report);
    EXPECT_EQ(sink.countOf(DocumentKind::Purchase), 1U);
    EXPECT_NE(sink.marks["returngo/changed-rmas"].mark, "");
    EXPECT_NE(sink.marks["sparklayer/purchases"].mark, "");
}

TEST_F(PollerTest, ADayLaterOneSynchronisationReadsOpenDetailsAgain)
{
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    const auto details = [&] { return transport.countOf("/rma/"); };
    const std::size_t first = details();
    pass(std::chrono::hours(25));
    static_cast<void>(syncOnce(engine));
    EXPECT_EQ(details(), first + 5) << "a validation or a note shows nowhere else";
}

TEST_F(PollerTest, PricesThatThisPlanDoesNotOfferAreNoFailure)
{
    transport.setScript([this](const HttpRequest& request) -> Result<HttpReply> {
        if (request.url.find("fetch-customer-pricing") != std::string::npos)
            return reply(404, "");
        return platforms.answer(request);
    });
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    domain::CaseFacts& facts = sink.cases.at("rma:7000412");
    facts.order.emplace();
    facts.order->id = OrderId("5820011223344");
    facts.order->customer = CustomerId("77");
    facts.order->lines.emplace();
    facts.order->lines->emplace_back();
    facts.order->lines->back().sku = "BEAN-1KG";
    facts.rma->units.emplace_back();
    facts.rma->units.back().sku = "BEAN-1KG";
    domain::Finding finding;
    finding.type = domain::FindingType::CreditValueMismatch;
    sink.judgements["rma:7000412"].findings.push_back(finding);
    EXPECT_FALSE(syncOnce(engine).hasFailed());
    EXPECT_EQ(transport.countOf("fetch-customer-pricing"), 1U);
}

TEST_F(PollerTest, RunningPollsEachLoopByItsInterval)
{
    Engine engine(sink, transport, clock, random);
    engine.addSite(fakeSite());
    engine.start();
    pass(std::chrono::minutes(30));
    const std::size_t open = transport.countOf("status=");
    EXPECT_GE(open, 3U * 9U); // pages of two: 3 calls a sweep, every 180 s
    EXPECT_LE(open, 3U * 11U);
    const std::size_t stock = transport.countOf("LocationStock");
    EXPECT_GE(stock, 14U); // every 120 s
    EXPECT_LE(stock, 16U);
    engine.stop();
    EXPECT_EQ(transport.inFlight(), 0) << "dropping the pollers aborts their requests";
    const std::size_t asked = transport.asked().size();
    pass(std::chrono::minutes(5));
    EXPECT_EQ(transport.asked().size(), asked);
}

TEST_F(PollerTest, ADayOfPollingStaysWithinTheCallBudget)
{
    platforms.rmaPageSize = 500;
    Engine engine(sink, transport, clock, random);
    engine.addSite(fakeSite());
    engine.start();
    pass(std::chrono::hours(24));
    const BudgetState state = engine.site("uk")->budget()->state();
    EXPECT_LE(state.used, 1900);
    EXPECT_GE(state.used, 700) << "A alone makes 480, B 288";
    engine.stop();
}

TEST_F(PollerTest, FocusReadsAtMostOnceAMinute)
{
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    const std::size_t before = transport.countOf("/rma/7000412");
    for (int i = 0; i < 3; ++i) {
        auto focus = engine.refreshFocus(CaseId("rma:7000412"));
        ASSERT_TRUE(runToEnd(scheduler, focus, kStepsMax));
        EXPECT_TRUE(focus.take());
    }
    EXPECT_EQ(transport.countOf("/rma/7000412"), before + 1);
}

TEST_F(PollerTest, ARereadReadsWhatItsScopeNamesInThePersonsLane)
{
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    RereadScope scope;
    scope.rma = RmaId("7000412");
    scope.order = OrderId("5820011223344");
    scope.customer = CustomerId("77");
    scope.item = InventoryItemId("gid://shopify/InventoryItem/1");
    scope.locations.emplace_back("gid://shopify/Location/11");
    auto task = engine.reread(scope);
    ASSERT_TRUE(runToEnd(scheduler, task, kStepsMax));
    const Result<void> done = task.take();
    ASSERT_TRUE(done) << done.error().detail;
    for (const DocumentKind kind :
         {DocumentKind::Rma, DocumentKind::Order, DocumentKind::OrderLines,
          DocumentKind::OrderMoney, DocumentKind::OrderReturns, DocumentKind::OrderAgreements,
          DocumentKind::Account, DocumentKind::StockLevel})
        EXPECT_EQ(sink.countOf(kind), 1U) << domain::documentKindWord(kind);
    ASSERT_FALSE(sink.calls.empty());
    EXPECT_EQ(sink.calls.front().callClass, "resolution");
}

TEST_F(PollerTest, PricesAreAskedForOnlyWhereACreditIsUnexplained)
{
    SiteEngine engine(fakeSite(), sink, transport, clock, random);
    static_cast<void>(syncOnce(engine));
    EXPECT_EQ(transport.countOf("fetch-customer-pricing"), 0U);
    domain::CaseFacts& facts = sink.cases.at("rma:7000412");
    facts.order.emplace();
    facts.order->id = OrderId("5820011223344");
    facts.order->customer = CustomerId("77");
    facts.order->lines.emplace();
    facts.order->lines->emplace_back();
    facts.order->lines->back().sku = "BEAN-1KG";
    facts.order->lines->back().quantity = 4;
    facts.rma->units.emplace_back();
    facts.rma->units.back().sku = "BEAN-1KG";
    domain::Finding finding;
    finding.type = domain::FindingType::CreditValueMismatch;
    sink.judgements["rma:7000412"].findings.push_back(finding);
    static_cast<void>(syncOnce(engine));
    EXPECT_EQ(transport.countOf("fetch-customer-pricing"), 1U);
    EXPECT_EQ(sink.documents.count({DocumentKind::PriceExplanation, "77|BEAN-1KG"}), 1U);
}

} // namespace
} // namespace counterfoil::sync
