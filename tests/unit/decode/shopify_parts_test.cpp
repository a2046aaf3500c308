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

money::Currency gbp()
{
    return money::Currency::fromCode("GBP").value();
}

TEST(ShopifyLines, UnitPriceStaysExactAndTaxIsOfTheLine)
{
    const Result<DocumentPage> page = shopify::orderLines(samples::orderLines(), adapter());
    ASSERT_TRUE(page) << page.error().detail;
    ASSERT_EQ(page->documents.size(), 1U);
    EXPECT_EQ(page->documents[0].body, samples::orderLinesObject());
    domain::Order order;
    ASSERT_TRUE(shopify::applyOrderLines(page->documents[0].body, order));
    ASSERT_EQ(order.lines->size(), 1U);
    const domain::OrderLine& line = order.lines->front();
    EXPECT_EQ(line.id.value, "91");
    EXPECT_EQ(line.discountedUnitMinor, money::Fraction::make(149'991, 100).value());
    EXPECT_EQ(line.discountedUnit.presentment.minor(), 15'00);
    EXPECT_EQ(line.netWithoutRefunded->presentment.minor(), 330'00);
    EXPECT_EQ(line.taxLines[0].rate, "0.2");
    EXPECT_EQ(line.taxLines[0].presentment.minor(), 72'00);
    EXPECT_EQ(line.inventoryItem.value, "gid://shopify/InventoryItem/1");
    EXPECT_EQ(line.currentQuantity, 22);
}

TEST(ShopifyLines, ACustomLineHasNoVariant)
{
    const std::string body = with(
        samples::orderLinesObject(),
        R"({"id":"gid://shopify/ProductVariant/48","legacyResourceId":"48","inventoryItem":{"id":"gid://shopify/InventoryItem/1","tracked":true}})",
        "null");
    domain::Order order;
    ASSERT_TRUE(shopify::applyOrderLines(body, order));
    EXPECT_FALSE(order.lines->front().hasVariant);
}

TEST(ShopifyLines, MissingTaxOrQuantityIsAFaultNotAZero)
{
    for (const char* field : {R"("quantity":24,)", R"("refundableQuantity":22,)"}) {
        domain::Order order;
        const Result<void> read =
            shopify::applyOrderLines(with(samples::orderLinesObject(), field, ""), order);
        ASSERT_FALSE(read) << field;
        EXPECT_THAT(read.error().detail, testing::HasSubstr("lineItems.nodes[0]"));
        EXPECT_FALSE(order.lines) << "nothing half is applied";
    }
    domain::Order order;
    EXPECT_FALSE(shopify::applyOrderLines(
        with(samples::orderLinesObject(), "\"taxLines\":[", "\"tax\":["), order));
}

TEST(ShopifyLines, PagesAreJoinedByteForByte)
{
    const std::string first =
        R"({"id":"gid://shopify/Order/1","lineItems":{"pageInfo":{"hasNextPage":true,"endCursor":"a"},"nodes":[{"id":1}, {"id":2}]},"edited":false})";
    const std::string second =
        R"({"id":"gid://shopify/Order/1","lineItems":{"nodes":[ {"id":3} ],"pageInfo":{"hasNextPage":false,"endCursor":null}}})";
    const std::string empty =
        R"({"id":"gid://shopify/Order/1","lineItems":{"nodes":[],"pageInfo":{"hasNextPage":false,"endCursor":null}}})";
    EXPECT_EQ(
        shopify::mergePages(domain::DocumentKind::OrderLines, {first, second, empty}).value(),
        R"({"id":"gid://shopify/Order/1","lineItems":{"pageInfo":{"hasNextPage":false,"endCursor":null},"nodes":[{"id":1}, {"id":2},{"id":3}]},"edited":false})");
    EXPECT_FALSE(shopify::mergePages(domain::DocumentKind::Order, {first}));
    EXPECT_FALSE(shopify::mergePages(domain::DocumentKind::OrderReturns, {first}));
}

TEST(ShopifyMoney, PaymentsAndRefunds)
{
    domain::Order order;
    ASSERT_TRUE(shopify::applyOrderMoney(samples::orderMoneyObject(), order));
    ASSERT_EQ(order.transactions->size(), 1U);
    EXPECT_EQ(order.transactions->front().kind.value, domain::TransactionKind::Sale);
    EXPECT_TRUE(order.transactions->front().isManualGateway);
    EXPECT_EQ(order.totalReceived->presentment.minor(), 60'00);
    const domain::Refund& refund = order.refunds->front();
    EXPECT_EQ(refund.id.value, "8");
    EXPECT_EQ(refund.total.presentment.minor(), 12'00);
    EXPECT_EQ(refund.shopifyReturn->value, "gid://shopify/Return/31");
    EXPECT_EQ(refund.lines[0].line.value, "91");
    EXPECT_EQ(refund.lines[0].location.value, "gid://shopify/Location/22");
    EXPECT_TRUE(refund.linesComplete);
    EXPECT_EQ(refund.transactions[0].amount.presentment.minor(), 12'00);
}

TEST(ShopifyMoney, ARefundWithoutATimeOfItsMakingHasThatOfItsProcessing)
{
    domain::Order order;
    ASSERT_TRUE(
        shopify::applyOrderMoney(with(samples::orderMoneyObject(),
                                      R"("createdAt":"2026-11-20T08:00:00Z","processedAt":null)",
                                      R"("createdAt":null,"processedAt":"2026-11-20T08:30:00Z")"),
                                 order));
    EXPECT_EQ(order.refunds->front().createdAt, parseInstant("2026-11-20T08:30:00Z").value());
}

TEST(ShopifyMoney, AFullListIsReportedAsPerhapsCut)
{
    const std::string one =
        R"({"id":"gid://shopify/OrderTransaction/1","kind":"SALE","status":"SUCCESS","amountSet":)" +
        samples::bag("1.0") + "}";
    std::string many = one;
    for (int i = 1; i < 25; ++i)
        many += "," + one;
    const std::string doc =
        R"({"id":"gid://shopify/Order/1","transactions":[)" + many + R"(],"refunds":[]})";
    domain::Order order;
    std::vector<domain::UnknownSeen> unknowns;
    ASSERT_TRUE(shopify::applyOrderMoney(doc, order, &unknowns));
    ASSERT_EQ(unknowns.size(), 1U);
    EXPECT_EQ(unknowns[0].field, "transactions");
}

TEST(ShopifyReturns, DispositionsFindTheirOrderLine)
{
    const Result<DocumentPage> page = shopify::orderReturns(samples::orderReturns(), adapter());
    ASSERT_TRUE(page);
    domain::Order order;
    ASSERT_TRUE(shopify::applyOrderReturns(page->documents.at(0).body, order));
    const domain::ShopifyReturn& found = order.returns->front();
    EXPECT_EQ(found.status.value, domain::ShopifyReturnStatus::Open);
    EXPECT_EQ(found.lines[0].processedQuantity, 2);
    EXPECT_EQ(found.dispositions[0].type.value, domain::DispositionType::Restocked);
    EXPECT_EQ(found.dispositions[0].line.value, "91");
    EXPECT_EQ(found.dispositions[0].location.value, "gid://shopify/Location/11");
    EXPECT_EQ(found.refunds[0].value, "8");
}

TEST(ShopifyReturns, ReverseLinesThatWereCutAreReported)
{
    const std::string cut =
        with(samples::orderReturnsObject(), R"("status":"OPEN","lineItems":{"nodes")",
             R"("status":"OPEN","lineItems":{"pageInfo":{"hasNextPage":true},"nodes")");
    domain::Order order;
    std::vector<domain::UnknownSeen> unknowns;
    ASSERT_TRUE(shopify::applyOrderReturns(cut, order, &unknowns));
    ASSERT_EQ(unknowns.size(), 1U);
    EXPECT_EQ(unknowns[0].field, "returns.nodes[0].reverseFulfillmentOrders.nodes[0].lineItems");
}

TEST(ShopifyReturns, APartOfAnotherOrderIsNotApplied)
{
    domain::Order order;
    order.id = OrderId("1");
    EXPECT_FALSE(shopify::applyOrderReturns(samples::orderReturnsObject(), order));
}

TEST(ShopifyAgreements, EditsNameTheirLineAndApp)
{
    domain::Order order;
    ASSERT_TRUE(shopify::applyOrderAgreements(samples::orderAgreementsObject(), order));
    const domain::Agreement& edit = order.agreements->front();
    EXPECT_EQ(edit.reason, "ORDER_EDIT");
    EXPECT_EQ(edit.appId, "gid://shopify/App/9");
    EXPECT_EQ(edit.sales[0].line->value, "91");
    EXPECT_EQ(edit.sales[0].total->minor(), -12'00);
    EXPECT_TRUE(edit.salesComplete);
}

TEST(ShopifyAccount, BalanceLimitAndReceipts)
{
    const Result<DocumentPage> page =
        shopify::accountMetafield(samples::accountMetafield(), adapter());
    ASSERT_TRUE(page);
    EXPECT_EQ(page->documents.at(0).externalId, "77");
    const Result<domain::Account> account =
        shopify::account(page->documents[0].body, adapter(), gbp());
    ASSERT_TRUE(account);
    EXPECT_EQ(account->balance->minor(), 250'50);
    EXPECT_EQ(account->creditLimit->minor(), 1000'00);
    EXPECT_EQ(account->netTerms, "30");
    EXPECT_EQ(account->balanceDigest, "d1");
    EXPECT_FALSE(account->isForeignOwned);
    ASSERT_EQ(account->receipts.size(), 1U);
    EXPECT_EQ(account->receipts[0].action.value, "a1");
    EXPECT_EQ(account->receipts[0].amount.minor(), 36'00);
}

TEST(ShopifyAccount, AnUnreadableBalanceIsUnreadAndSaysWhy)
{
    const auto read = [](const std::string& from, const std::string& to) {
        return shopify::account(with(samples::accountObject(), from, to), adapter(), gbp()).value();
    };
    const domain::Account word = read("\\\"balance\\\":250.50", "\\\"balance\\\":\\\"much\\\"");
    EXPECT_FALSE(word.balance);
    EXPECT_THAT(word.balanceProblem, testing::HasSubstr("balance: not an amount"));
    const domain::Account none = read("\\\"balance\\\":250.50", "\\\"saldo\\\":250.50");
    EXPECT_FALSE(none.balance);
    EXPECT_EQ(none.balanceProblem, "balance: missing");
    const domain::Account fine = read("250.50", "250.505");
    EXPECT_FALSE(fine.balance);
    const domain::Account foreign =
        read("\"definition\":null", R"("definition":{"id":"x","access":{"admin":"PUBLIC_READ"}})");
    EXPECT_TRUE(foreign.isForeignOwned);
    EXPECT_TRUE(foreign.balance);
}

TEST(ShopifyAccount, WithoutAShopifyCompanyTheNameIsSparkLayers)
{
    const std::string bare = with(
        with(samples::accountObject(),
             R"([{"company":{"id":"gid://shopify/Company/5","name":"Northwind Cafes Ltd"}}])",
             "[]"),
        R"("taxExempt":false,)", R"("taxExempt":false,"companyName":{"value":"Larch and Loom"},)");
    EXPECT_EQ(shopify::account(bare, adapter(), gbp())->companyName, "Larch and Loom");
    EXPECT_EQ(shopify::account(samples::accountObject(), adapter(), gbp())->companyName,
              "Northwind Cafes Ltd");
}

TEST(ShopifyAccount, ABalanceThatIsCreditIsNotTakenForDebt)
{
    const Result<Adapters> other =
        withOverrides(R"({"shopify":{"balance":{"balance_is_owed":false}}})");
    ASSERT_TRUE(other);
    const Result<domain::Account> account =
        shopify::account(samples::accountObject(), other->shopify, gbp());
    ASSERT_TRUE(account);
    EXPECT_FALSE(account->balance);
    EXPECT_FALSE(account->balanceProblem.empty());
}

TEST(ShopifyStock, LevelsCarryTheirLocation)
{
    const Result<DocumentPage> page = shopify::locationStock(samples::locationStock(), adapter());
    ASSERT_TRUE(page);
    ASSERT_EQ(page->documents.size(), 1U);
    EXPECT_EQ(page->documents[0].externalId,
              "gid://shopify/Location/11|gid://shopify/InventoryItem/1");
    const Result<domain::StockLevel> level = shopify::stockLevel(page->documents[0].body);
    ASSERT_TRUE(level);
    EXPECT_EQ(level->available, -3);
    EXPECT_EQ(level->location.value, "gid://shopify/Location/11");
    EXPECT_EQ(level->sku, "KETTLE-1L");
}

TEST(ShopifySetup, TellsScopesAndPlaces)
{
    const Result<DocumentPage> page = shopify::setup(samples::setup(), adapter());
    ASSERT_TRUE(page) << page.error().detail;
    const Result<shopify::ShopSetup> setup = shopify::shopSetup(page->documents.at(0).body);
    ASSERT_TRUE(setup);
    EXPECT_EQ(setup->currency.code(), "GBP");
    EXPECT_THAT(setup->scopes, testing::ElementsAre("read_orders", "write_inventory"));
    EXPECT_THAT(setup->supportedVersions, testing::ElementsAre("2026-07"));
    EXPECT_EQ(setup->locations.at(0).name, "Quarantine");
}

TEST(ShopifyDrafts, ADraftHasNoOrderYet)
{
    const Result<DocumentPage> page = shopify::draftsChanged(samples::draftsChanged(), adapter());
    ASSERT_TRUE(page);
    EXPECT_TRUE(page->documents.at(0).keys.hasPo);
    const Result<domain::Draft> draft = shopify::draft(page->documents[0].body);
    ASSERT_TRUE(draft);
    EXPECT_TRUE(draft->order.empty());
    EXPECT_EQ(draft->total->presentment.minor(), 99'50);
}

} // namespace
