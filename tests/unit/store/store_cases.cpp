#include "tests/unit/decode/samples.h"
#include "tests/unit/store/store_fixture.h"

#include <gmock/gmock.h>

namespace counterfoil::store {

using domain::DocumentKind;
using domain::PageDocument;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

constexpr const char* kOrder = "5820011223344";

PageDocument made(DocumentKind kind, std::string id, std::string body)
{
    PageDocument document;
    document.kind = kind;
    document.externalId = std::move(id);
    document.body = std::move(body);
    return document;
}

PageDocument head()
{
    PageDocument document = made(DocumentKind::Order, kOrder, samples::orderNode());
    document.keys.customer = CustomerId("77");
    document.keys.orderName = "#1001";
    document.keys.hasReturn = true;
    return document;
}

PageDocument detail(const std::string& id = "7000412", const std::string& unit = "3300017",
                    const std::string& status = "Received")
{
    std::string body = samples::with(samples::rmaDetail(), "5550001112223", kOrder);
    body = samples::with(body, R"("rmaId":"7000412")", R"("rmaId":")" + id + R"(")");
    body = samples::with(body, R"("returnedItemId":"3300017")",
                         R"("returnedItemId":")" + unit + R"(")");
    body = samples::with(body, R"("status":"Received","order_name")",
                         R"("status":")" + status + R"(","order_name")");
    body = samples::with(body, "14000000000001", "91");
    body = samples::with(body, samples::rmaTransactionRow(), "");
    PageDocument document = made(DocumentKind::Rma, id, body);
    document.keys.order = OrderId(kOrder);
    document.keys.orderName = "1001";
    document.keys.status = status;
    document.keys.units = {UnitId(unit)};
    return document;
}

PageDocument transaction(const std::string& status = "Success")
{
    PageDocument document =
        made(DocumentKind::RmaTransaction, "9100001",
             samples::with(samples::rmaTransactionRow(), R"("status":"Success")",
                           R"("status":")" + status + R"(")"));
    document.keys.units = {UnitId("3300017")};
    return document;
}

PageDocument ofOrder(DocumentKind kind, std::string body)
{
    PageDocument document = made(kind, kOrder, std::move(body));
    document.keys.order = OrderId(kOrder);
    return document;
}

PageDocument level(const std::string& location, const std::string& available)
{
    return made(DocumentKind::StockLevel,
                "gid://shopify/Location/" + location + "|gid://shopify/InventoryItem/1",
                R"({"location":"gid://shopify/Location/)" + location +
                    R"(","level":{"id":"l","isActive":true,"updatedAt":"2026-11-20T09:00:00Z",
 "quantities":[{"name":"available","quantity":)" +
                    available +
                    R"(,"updatedAt":null}],"item":{"id":"gid://shopify/InventoryItem/1",
 "legacyResourceId":"1","sku":"KETTLE-1L","tracked":true}}})");
}

PageDocument account(const std::string& balance)
{
    return made(DocumentKind::Account, "77",
                samples::with(samples::accountObject(), "250.50", balance));
}

} // namespace

/// Cases put together from documents in the platforms' shapes.
class StoreCases : public StoreTest {
protected:
    void SetUp() override
    {
        StoreTest::SetUp();
        SiteSettings settings;
        settings.currency = currency("GBP");
        settings.policy.hash = "policy-1";
        settings.policy.locations = {
            {"gid://shopify/Location/11", domain::LocationKind::Quarantine},
            {"gid://shopify/Location/22", domain::LocationKind::Sellable}};
        store->configureSite("uk", settings);
    }
    PageOutcome put(std::vector<PageDocument> documents, int minute)
    {
        return apply(page(std::move(documents), minutes(minute)), silentJudge);
    }
    domain::CaseFacts load(const std::string& id = "rma:7000412")
    {
        auto facts = NEED(store->loadCase("uk", CaseId(id), minutes(100)));
        EXPECT_TRUE(facts.has_value()) << id;
        return facts.value_or(domain::CaseFacts());
    }
    std::vector<std::string> judgedAt(const PageWrite& write)
    {
        std::vector<std::string> cases;
        apply(write, [&](const domain::CaseFacts& facts) {
            cases.push_back(facts.id.value);
            return domain::Judgement();
        });
        return cases;
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, StoreCases, testing::Values(Backend{"sqlite", &sqliteUrl}),
                         &backendName);

TEST_P(StoreCases, ACaseJoinsEverythingTheThreePlatformsSay)
{
    PageDocument purchase = ofOrder(DocumentKind::Purchase, samples::purchase());
    put({head(), ofOrder(DocumentKind::OrderLines, samples::orderLinesObject()),
         ofOrder(DocumentKind::OrderMoney, samples::orderMoneyObject()),
         ofOrder(DocumentKind::OrderReturns, samples::orderReturnsObject()),
         ofOrder(DocumentKind::OrderAgreements, samples::orderAgreementsObject()),
         account("250.50"), purchase,
         ofOrder(DocumentKind::PurchaseTransactions, samples::sparkTransactions()),
         level("11", "3"), level("22", "40"), level("33", "9")},
        0);
    put({summary("7000412", "Received", "1001"), detail(), transaction()}, 1);
    put({detail("7000413", "3300018", "Approved")}, 2);

    const domain::CaseFacts facts = load();
    EXPECT_THAT(facts.unknowns, IsEmpty());
    ASSERT_TRUE(facts.rma.has_value());
    EXPECT_TRUE(facts.rma->hasDetail);
    ASSERT_THAT(facts.rma->units, SizeIs(1));
    ASSERT_THAT(facts.rma->transactions, SizeIs(1));
    EXPECT_EQ(facts.rma->transactions[0].document.kind, DocumentKind::RmaTransaction);
    ASSERT_TRUE(facts.order.has_value());
    EXPECT_EQ(facts.order->name, "#1001");
    EXPECT_EQ(facts.order->companyName, "Northwind Cafes Ltd");
    ASSERT_TRUE(facts.order->lines && facts.order->refunds && facts.order->returns &&
                facts.order->agreements);
    EXPECT_EQ(facts.order->moneyRef.version, 1);
    ASSERT_TRUE(facts.account.has_value());
    EXPECT_EQ(facts.account->balance, gbp(25050));
    EXPECT_THAT(facts.accountHistory, SizeIs(1));
    ASSERT_TRUE(facts.purchase.has_value());
    EXPECT_TRUE(facts.isPurchaseRead);
    ASSERT_TRUE(facts.purchaseTransactions.has_value());
    EXPECT_THAT(*facts.purchaseTransactions, SizeIs(2));
    ASSERT_THAT(facts.stock, SizeIs(2)) << "only listed locations";
    EXPECT_EQ(facts.stock[0].available, 3);
    ASSERT_THAT(facts.siblings, SizeIs(1));
    EXPECT_EQ(facts.siblings[0].unit, UnitId("3300018"));
    EXPECT_EQ(facts.siblings[0].rmaStatus.value, domain::RmaStatus::Approved);
}

/// Only an answer about this order says that it has no purchase: neither a sweep that ended nor a
/// purchase that could not be decoded does.
TEST_P(StoreCases, ThatThereIsNoPurchaseIsKnownFromItsAnswerOnly)
{
    put({head(), detail()}, 0);
    PageWrite end = page({}, *parseInstant("2026-12-01T00:00:00Z")); // after the order
    end.platform = Platform::SparkLayer;
    end.isSweepEnd = true;
    for (const char* loop : {"sparklayer/stock", "sparklayer/purchases"}) {
        end.loop = loop;
        apply(end);
        EXPECT_FALSE(load().isPurchaseRead) << loop;
    }
    PageDocument absent = ofOrder(DocumentKind::Purchase, "null");
    absent.keys.status = "absent";
    put({absent}, 2);
    const domain::CaseFacts facts = load();
    EXPECT_TRUE(facts.isPurchaseRead);
    EXPECT_FALSE(facts.purchase.has_value());
    EXPECT_THAT(facts.unknowns, IsEmpty());
    put({ofOrder(DocumentKind::Purchase, samples::purchase())}, 3);
    EXPECT_TRUE(load().purchase.has_value());
}

TEST_P(StoreCases, AnUnreadPartStaysUnread)
{
    put({detail()}, 0);
    EXPECT_FALSE(load().order.has_value());
    put({head()}, 1);
    const domain::CaseFacts facts = load();
    ASSERT_TRUE(facts.order.has_value());
    EXPECT_FALSE(facts.order->lines.has_value());
    EXPECT_FALSE(facts.order->refunds.has_value());
    EXPECT_FALSE(facts.account.has_value());
    EXPECT_FALSE(facts.isPurchaseRead);
}

TEST_P(StoreCases, ADocumentThatDoesNotDecodeLeavesItsPartUnreadAndIsNamed)
{
    put({head(), ofOrder(DocumentKind::OrderLines, samples::orderLinesObject()), detail()}, 0);
    ASSERT_TRUE(load().order->lines.has_value());
    put({ofOrder(DocumentKind::OrderLines, R"({"lineItems":17})")}, 1);
    const domain::CaseFacts facts = load();
    ASSERT_TRUE(facts.order.has_value());
    EXPECT_FALSE(facts.order->lines.has_value());
    ASSERT_THAT(facts.unknowns, SizeIs(1));
    EXPECT_EQ(facts.unknowns[0].document.kind, DocumentKind::OrderLines);
    EXPECT_FALSE(facts.unknowns[0].value.empty());
}

TEST_P(StoreCases, TheAccountsPathIsItsVersionsInOrder)
{
    put({head(), detail(), account("250.50")}, 0);
    put({account("200.00")}, 1);
    put({account("250.50")}, 2);
    const auto history = load().accountHistory;
    ASSERT_THAT(history, SizeIs(3));
    EXPECT_EQ(history[0].balance, gbp(25050));
    EXPECT_EQ(history[1].balance, gbp(20000));
    EXPECT_EQ(history[2].balance, gbp(25050));
    EXPECT_EQ(history[1].observedAt, minutes(1));
    EXPECT_EQ(history[1].version, 2);
    EXPECT_THAT(history[0].receipts, ElementsAre(ActionId("a1")));
}

TEST_P(StoreCases, TheListRowOutranksAnOlderDetail)
{
    put({summary("7000412", "Received", "1001"), detail()}, 0);
    put({summary("7000412", "Done", "1001")}, 5);
    EXPECT_EQ(load().rma->status.raw, "Done");
    EXPECT_EQ(load().rma->statusSince, minutes(5));
    EXPECT_TRUE(load().rma->hasDetail);
    EXPECT_THAT(NEED(store->rmasInStates("uk", {"Done"})), ElementsAre(RmaId("7000412")));
    put({detail("7000412", "3300017", "Canceled")}, 6);
    EXPECT_EQ(load().rma->status.raw, "Canceled");
    EXPECT_THAT(NEED(store->rmasInStates("uk", {"Received", "Done"})), IsEmpty());
    EXPECT_THAT(NEED(store->oldestDetails("uk", 5)), IsEmpty());
}

TEST_P(StoreCases, APageJudgesTheCasesItsDocumentsBelongTo)
{
    put({head(), ofOrder(DocumentKind::OrderLines, samples::orderLinesObject()), account("250.50"),
         level("11", "3")},
        0);
    put({detail()}, 1);
    put({summary("9", "Pending", "other")}, 1);
    const std::string own = "rma:7000412";
    const auto touched = [&](PageDocument document, int minute) {
        PageWrite write = page({std::move(document)}, minutes(minute));
        write.loop = "x/y";
        return judgedAt(write);
    };
    EXPECT_THAT(touched(account("1.00"), 2), ElementsAre(own));
    EXPECT_THAT(touched(level("11", "4"), 3), ElementsAre(own));
    EXPECT_THAT(touched(level("11", "4"), 4), IsEmpty()) << "nothing moved";
    EXPECT_THAT(touched(transaction("Requested"), 5), ElementsAre(own));
    EXPECT_THAT(touched(ofOrder(DocumentKind::OrderMoney, samples::orderMoneyObject()), 6),
                ElementsAre(own));
    PageDocument purchase = ofOrder(DocumentKind::Purchase, samples::purchase());
    EXPECT_THAT(touched(purchase, 7), ElementsAre(own));
    PageDocument stranger = level("11", "4");
    stranger.externalId = "gid://shopify/Location/11|gid://shopify/InventoryItem/2";
    EXPECT_THAT(touched(stranger, 8), IsEmpty());
}

TEST_P(StoreCases, AReturnSeenOnlyInShopifyIsACaseUntilReturngoKnowsIt)
{
    const std::string id = "return:gid://shopify/Return/31";
    const Judge finding = [](const domain::CaseFacts& facts) {
        domain::Judgement judgement;
        if (facts.kind == domain::CaseKind::ShopifyReturn) {
            domain::Finding found;
            found.type = domain::FindingType::ReturnStatusDrift;
            judgement.findings.push_back(found);
        }
        return judgement;
    };
    apply(page({head(), ofOrder(DocumentKind::OrderReturns, samples::orderReturnsObject())},
               minutes(0)),
          finding);
    EXPECT_THAT(NEED(store->allCases("uk")), ElementsAre(CaseId(id)));
    EXPECT_EQ(onlyFinding().state, "open");
    EXPECT_TRUE(load(id).order->returns.has_value());
    apply(page({detail()}, minutes(1)), finding);
    EXPECT_THAT(NEED(store->allCases("uk")), ElementsAre(CaseId("rma:7000412")));
    EXPECT_EQ(onlyFinding().state, "closed");
    EXPECT_EQ(onlyFinding().closedBy, "moot");
}

TEST_P(StoreCases, AnOrderFiledAsBlockedIsACase)
{
    put({head()}, 0);
    EXPECT_THAT(NEED(store->allCases("uk")), IsEmpty());
    EXPECT_EQ(NEED(store->findCase("uk", "#1001")), CaseId(std::string("order:") + kOrder));
    EXPECT_FALSE(load(std::string("order:") + kOrder).isFiledBlocked);
    domain::Claim claim;
    claim.step = "filed-blocked";
    claim.person = PersonId("mara");
    claim.at = minutes(1);
    bool isFiled = false;
    NEED(store->addClaim("uk", CaseId(std::string("order:") + kOrder), claim,
                         [&](const domain::CaseFacts& facts) {
                             isFiled = facts.isFiledBlocked;
                             return domain::Judgement();
                         }));
    EXPECT_TRUE(isFiled);
    EXPECT_THAT(NEED(store->allCases("uk")), ElementsAre(CaseId(std::string("order:") + kOrder)));
}

TEST_P(StoreCases, AReturnThatNamesADraftIsJoinedToItAndFollowsItsOrder)
{
    const auto draft = [](const std::string& order) {
        PageDocument document =
            made(DocumentKind::Draft, kOrder,
                 std::string(R"({"id":"gid://shopify/DraftOrder/)") + kOrder +
                     R"(","legacyResourceId":")" + kOrder +
                     R"(","name":"#D1","status":"OPEN","createdAt":"2026-11-20T09:00:00Z",
 "updatedAt":"2026-11-20T09:00:00Z","completedAt":null,"poNumber":null,"tags":[],
 "customAttributes":[],"order":)" +
                     (order.empty() ? "null" : R"({"id":"gid://shopify/Order/)" + order + "\"}") +
                     R"(,"customer":null,"totalPriceSet":null})");
        document.keys.orderName = "#D1";
        document.keys.order = OrderId(order);
        return document;
    };
    put({detail("7000412", "3300017", "Pending")}, 0);
    EXPECT_FALSE(load().draft.has_value());
    EXPECT_THAT(judgedAt(page({draft("")}, minutes(1))), ElementsAre("rma:7000412"));
    ASSERT_TRUE(load().draft.has_value());
    EXPECT_EQ(load().draft->status, "OPEN");
    EXPECT_FALSE(load().order.has_value());

    // Completed: the order it became is the return's order, read or not.
    put({draft("9001")}, 2);
    PageDocument order =
        made(DocumentKind::Order, "9001",
             samples::with(samples::with(samples::orderNode(), kOrder, "9001"), kOrder, "9001"));
    order.keys.orderName = "#1009";
    EXPECT_THAT(judgedAt(page({order}, minutes(3))), ElementsAre("rma:7000412"));
    ASSERT_TRUE(load().order.has_value());
    EXPECT_EQ(load().order->id, OrderId("9001"));
}

TEST_P(StoreCases, AnOrderWinsOverADraftOfTheSameNumber)
{
    PageDocument draft =
        made(DocumentKind::Draft, kOrder, R"({"id":"gid://shopify/DraftOrder/1"})");
    put({draft, head(), detail()}, 0);
    EXPECT_FALSE(load().draft.has_value());
    ASSERT_TRUE(load().order.has_value());
}

TEST_P(StoreCases, ACaseIsFoundByRmaOrderAndName)
{
    put({head(), detail()}, 0);
    const CaseId own("rma:7000412");
    EXPECT_EQ(NEED(store->findCase("uk", "7000412")), own);
    EXPECT_EQ(NEED(store->findCase("uk", " RMA7000412 ")), own);
    EXPECT_EQ(NEED(store->findCase("uk", "rma:7000412")), own);
    EXPECT_EQ(NEED(store->findCase("uk", kOrder)), own);
    EXPECT_EQ(NEED(store->findCase("uk", "#1001")), own);
    EXPECT_EQ(NEED(store->findCase("uk", "1001")), own);
    EXPECT_FALSE(NEED(store->findCase("uk", "1002")).has_value());
    EXPECT_FALSE(NEED(store->findCase("us", "7000412")).has_value());
}

TEST_P(StoreCases, WhatMovedWantsItsDetailsReadUntilTheyWere)
{
    PageOutcome outcome = put({summary("7000412", "Received", "1001")}, 0);
    EXPECT_THAT(outcome.rmasToDetail, ElementsAre(RmaId("7000412")));
    // Also after a restart, and though the row itself did not move again.
    outcome = put({summary("7000412", "Received", "1001")}, 1);
    EXPECT_THAT(outcome.rmasToDetail, ElementsAre(RmaId("7000412")));
    outcome = put({detail()}, 2);
    EXPECT_THAT(outcome.ordersToDetail, ElementsAre(OrderId(kOrder)));
    outcome = put({summary("7000412", "Received", "1001")}, 3);
    EXPECT_THAT(outcome.rmasToDetail, IsEmpty());
    outcome = put({transaction("Requested")}, 4);
    EXPECT_THAT(outcome.rmasToDetail, ElementsAre(RmaId("7000412")));
    EXPECT_EQ(NEED(store->rmasOfUnits("uk", {UnitId("3300017"), UnitId("x")})),
              (std::map<UnitId, RmaId>{{UnitId("3300017"), RmaId("7000412")}}));

    outcome = put({head()}, 5);
    EXPECT_THAT(outcome.ordersToDetail, ElementsAre(OrderId(kOrder)));
    outcome = put({ofOrder(DocumentKind::OrderLines, samples::orderLinesObject()),
                   ofOrder(DocumentKind::OrderMoney, samples::orderMoneyObject()),
                   ofOrder(DocumentKind::OrderReturns, samples::orderReturnsObject()),
                   ofOrder(DocumentKind::OrderAgreements, samples::orderAgreementsObject())},
                  6);
    EXPECT_THAT(outcome.ordersToDetail, IsEmpty());
    outcome = put({head()}, 7);
    EXPECT_THAT(outcome.ordersToDetail, IsEmpty());
    PageDocument moved = head();
    moved.body = samples::with(moved.body, "PENDING", "PAID");
    outcome = put({moved}, 8);
    EXPECT_THAT(outcome.ordersToDetail, ElementsAre(OrderId(kOrder)));

    PageWrite sweep = page({}, minutes(9));
    sweep.vanishedRmas = {"7000412"};
    outcome = apply(sweep, silentJudge);
    EXPECT_THAT(outcome.rmasToDetail, ElementsAre(RmaId("7000412")));
}

TEST_P(StoreCases, TheBuyersNewestOrdersTellOfTheirPoNumbers)
{
    std::vector<PageDocument> heads{head(), detail()};
    for (int i = 0; i < 12; ++i) {
        PageDocument order = head();
        order.externalId = "58200112" + std::to_string(10000 + i);
        order.keys.hasPo = i % 2 == 0;
        heads.push_back(order);
    }
    put(heads, 0);
    const auto hints = load().recentOrders;
    ASSERT_THAT(hints, SizeIs(10));
    EXPECT_TRUE(hints[1].id < hints[0].id) << "newest first";
    EXPECT_NE(hints[0].hasPo, hints[1].hasPo);
    EXPECT_EQ(hints[0].total, gbp(48000));
    for (const domain::OrderHint& hint : hints)
        EXPECT_NE(hint.id, OrderId(kOrder));
}

TEST_P(StoreCases, TheSameFactsInAnotherOrderHaveTheSameForm)
{
    const std::vector<PageDocument> documents{
        head(),
        detail(),
        transaction(),
        summary("7000412", "Received", "1001"),
        account("250.50"),
        ofOrder(DocumentKind::OrderMoney, samples::orderMoneyObject()),
        ofOrder(DocumentKind::OrderReturns, samples::orderReturnsObject())};
    TempFolder second;
    OpenOptions options;
    const auto other = NEED(Store::open(GetParam().url(second.path()), options));
    configure(*other);
    int minute = 0;
    for (const PageDocument& document : documents)
        apply(page({document}, minutes(minute++)));
    for (auto document = documents.rbegin(); document != documents.rend(); ++document)
        NEED(other->applyPage(page({*document}, minutes(minute++)), unpaidJudge));
    const std::string form = NEED(store->normalForm());
    EXPECT_EQ(form, NEED(other->normalForm()));
    EXPECT_THAT(form, HasSubstr("finding uk rma:7000412 credit-not-posted"));
}

TEST_P(StoreCases, JudgingEverythingGivesWhatJudgingStepByStepGave)
{
    put({head(), detail()}, 0);
    apply(page({transaction("Requested"), account("9.00")}, minutes(1), true));
    apply(page({summary("1", "Received"), summary("2", "Received"), summary("3", "Done")},
               minutes(2), true));
    const std::string before = NEED(store->normalForm());
    NEED(store->judgeAll(minutes(2), unpaidJudge));
    EXPECT_EQ(NEED(store->normalForm()), before);
}

} // namespace counterfoil::store
