#include "tests/sandboxgraphql/shop_fixture.h"

#include <set>

namespace counterfoil::sandbox {
namespace {

using testing::Each;
using testing::HasSubstr;

std::set<std::string> names(const Json& connection)
{
    std::set<std::string> out;
    for (const Json& node : connection["nodes"])
        out.insert(node["name"].get<std::string>());
    return out;
}

class OrderSearch : public ShopTest {
protected:
    Json find(const std::string& text, const std::string& version = "2026-07")
    {
        HttpRequest one = request("query Q($q: String!) { orders(first: 250, query: $q, sortKey: "
                                  "UPDATED_AT) { nodes { name updatedAt } } }",
                                  Json{{"q", text}});
        one.path = "/admin/api/" + version + "/graphql.json";
        return Json::parse(send(one).body);
    }
    std::set<std::string> found(const std::string& text)
    {
        return names(find(text)["data"]["orders"]);
    }
    std::set<std::string> where(const std::function<bool(const Order&)>& holds)
    {
        std::set<std::string> out;
        for (const Order& order : world.orders)
            if (holds(order))
                out.insert(order.name);
        return out;
    }
};

TEST_F(OrderSearch, FindsByQuotedTime)
{
    const Instant mark = kStart - 20 * kDay;
    const auto expected = where([&](const Order& o) { return o.updatedAt >= mark; });
    ASSERT_GT(expected.size(), 0U);
    ASSERT_LT(expected.size(), 250U);
    EXPECT_EQ(found("updated_at:>='" + zuluText(mark) + "'"), expected);
}

TEST_F(OrderSearch, CutsAnUnquotedTimeToItsDate)
{
    Order& order = world.orders.front();
    order.updatedAt = kStart - kStart % kDay + kHour;
    const std::string late = zuluText(kStart - kStart % kDay + 5 * kHour);
    EXPECT_FALSE(found("updated_at:>='" + late + "'").contains(order.name));
    EXPECT_TRUE(found("updated_at:>=" + late).contains(order.name));
}

TEST_F(OrderSearch, ExcludesTheNamedSecondSince202610)
{
    Order& order = world.orders.front();
    order.updatedAt = kStart + 500;
    const std::string text = "updated_at:>'" + zuluText(kStart) + "'";
    EXPECT_TRUE(names(find(text, "2026-07")["data"]["orders"]).contains(order.name));
    EXPECT_FALSE(names(find(text, "2026-10")["data"]["orders"]).contains(order.name));
}

TEST_F(OrderSearch, JoinsByOrAndByDefault)
{
    const auto status = [](const Order& o, const char* wanted) {
        return World::totals(o).returnStatus == wanted;
    };
    EXPECT_EQ(found("return_status:return_requested OR return_status:in_progress"),
              where([&](const Order& o) {
                  return status(o, "RETURN_REQUESTED") || status(o, "IN_PROGRESS");
              }));
    EXPECT_EQ(found("return_status:in_progress financial_status:pending"),
              where([&](const Order& o) {
                  return status(o, "IN_PROGRESS") && World::totals(o).financialStatus == "PENDING";
              }));
    EXPECT_EQ(found("-return_status:no_return (financial_status:paid OR financial_status:pending)"),
              where([&](const Order& o) {
                  const auto totals = World::totals(o);
                  return totals.returnStatus != "NO_RETURN" &&
                         (totals.financialStatus == "PAID" || totals.financialStatus == "PENDING");
              }));
    const Order& one = world.orders.at(3);
    EXPECT_EQ(found("id:" + std::to_string(one.id)), std::set<std::string>{one.name});
    EXPECT_EQ(found("name:" + one.name), std::set<std::string>{one.name});
}

TEST_F(OrderSearch, IgnoresAnUnknownFilterAndWarns)
{
    const Json answer = find("colour:red id:" + std::to_string(world.orders[0].id));
    EXPECT_EQ(answer["data"]["orders"]["nodes"].size(), 1U);
    EXPECT_EQ(answer["extensions"]["search"][0]["warnings"][0]["field"], "colour");
}

TEST_F(ShopTest, PagesThroughAllOrdersOnce)
{
    std::set<std::string> seen;
    std::size_t pages = 0;
    Json after;
    do {
        const Json orders = ask("OrdersChanged", Json{{"q", ""}, {"after", after}})["orders"];
        for (const Json& node : orders["nodes"])
            EXPECT_TRUE(seen.insert(node["id"].get<std::string>()).second) << node["id"];
        after =
            orders["pageInfo"]["hasNextPage"] == true ? orders["pageInfo"]["endCursor"] : Json();
    } while (!after.is_null() && ++pages < 1000);
    EXPECT_EQ(seen.size(), world.orders.size());
}

TEST_F(ShopTest, AnOrderThatMovesWhilePagingComesAgainAtTheEnd)
{
    const Json first = ask("OrdersChanged", Json{{"q", ""}})["orders"];
    const std::string moved = first["nodes"][0]["id"].get<std::string>();
    world.setPo(idOf("Order", moved), "PO-MOVED");
    std::size_t again = 0;
    Json after = first["pageInfo"]["endCursor"];
    while (!after.is_null()) {
        const Json orders = ask("OrdersChanged", Json{{"q", ""}, {"after", after}})["orders"];
        for (const Json& node : orders["nodes"])
            again += node["id"] == moved ? 1U : 0U;
        after =
            orders["pageInfo"]["hasNextPage"] == true ? orders["pageInfo"]["endCursor"] : Json();
    }
    EXPECT_EQ(again, 1U);
}

TEST_F(ShopTest, ReadsAnOrderWithItsReturnInFull)
{
    const auto [order, item] = returnIn(ReturnState::Open);
    const Json id{{"id", gid("Order", order->id)}};
    const Json lines = ask("OrderLines", id)["order"]["lineItems"]["nodes"];
    ASSERT_EQ(lines.size(), order->lines.size());
    EXPECT_EQ(lines[0]["quantity"], order->lines[0].quantity);
    EXPECT_EQ(lines[0]["sku"], world.products[order->lines[0].product].sku);
    const Json returns = ask("OrderReturns", id)["order"]["returns"]["nodes"];
    ASSERT_EQ(returns.size(), order->returns.size());
    EXPECT_EQ(returns[0]["name"], order->returns[0].name);
    EXPECT_EQ(returns[0]["returnLineItems"]["nodes"].size(), order->returns[0].lines.size());
    const Json money = ask("OrderMoney", id)["order"];
    EXPECT_EQ(money["transactions"].size(), order->transactions.size());
    EXPECT_EQ(money["refunds"].size(), order->refunds.size());
    EXPECT_TRUE(money["totalOutstandingSet"]["presentmentMoney"]["amount"].is_string());
    EXPECT_EQ(money["totalOutstandingSet"]["presentmentMoney"]["currencyCode"], order->currency);
    const Json agreements = ask("OrderAgreements", id)["order"]["agreements"]["nodes"];
    EXPECT_EQ(agreements.size(), std::min<std::size_t>(12, order->agreements.size()));
}

TEST_F(ShopTest, FiltersAgreementsByTheTimeTheReturnBegan)
{
    const auto [order, item] = returnIn(ReturnState::Open);
    world.setPo(order->id, "PO-1");
    Agreement edit;
    edit.id = world.newId();
    edit.kind = AgreementKind::OrderEdit;
    edit.happenedAt = item->createdAt + kHour;
    order->agreements.push_back(edit);
    const Json nodes =
        ask("OrderAgreements", Json{{"id", gid("Order", order->id)},
                                    {"q", "happened_at:>='" + zuluText(item->createdAt) +
                                              "'"}})["order"]["agreements"]["nodes"];
    std::size_t edits = 0;
    for (const Json& node : nodes) {
        EXPECT_GE(node["happenedAt"].get<std::string>(), zuluText(item->createdAt));
        edits += node["__typename"] == "OrderEditAgreement" ? 1U : 0U;
    }
    EXPECT_EQ(edits, 1U);
}

TEST_F(ShopTest, WritesAmountsInVaryingScale)
{
    std::set<std::size_t> places;
    const Json nodes = ask("OrdersChanged", Json{{"q", ""}})["orders"]["nodes"];
    for (const Json& node : nodes) {
        const auto text =
            node["currentTotalPriceSet"]["presentmentMoney"]["amount"].get<std::string>();
        places.insert(text.size() - text.find('.') - 1);
    }
    EXPECT_THAT(places, testing::IsSupersetOf({1U, 2U}));
}

TEST_F(ShopTest, ShowsLevelIdsWithAQueryPartAndInactiveLevelsOnlyOnRequest)
{
    const Json stock = ask("LocationStock", Json{{"loc", gid("Location", kQuarantine)},
                                                 {"names", Json::array({"available", "on_hand"})}});
    const Json& levels = stock["location"]["inventoryLevels"]["nodes"];
    ASSERT_GT(levels.size(), 0U);
    EXPECT_THAT(levels[0]["id"].get<std::string>(), HasSubstr("?inventory_item_id="));
    InventoryLevel* level = world.level(world.products[0].inventoryItemId, kSellable);
    ASSERT_NE(level, nullptr);
    level->isActive = false;
    const Json variables{{"item", gid("InventoryItem", world.products[0].inventoryItemId)},
                         {"from", gid("Location", kSellable)},
                         {"to", gid("Location", kSellable)},
                         {"names", Json::array({"available"})}};
    const Json item = ask("ItemAtTwoLocations", variables)["inventoryItem"];
    EXPECT_TRUE(item["from"].is_null());
    EXPECT_EQ(item["to"]["isActive"], false);
}

TEST_F(ShopTest, AnswersSetUpDraftsAndUnknownIds)
{
    const Json setup = ask("Setup");
    EXPECT_EQ(setup["shop"]["currencyCode"], "GBP");
    EXPECT_EQ(setup["locations"]["nodes"].size(), world.locations.size());
    EXPECT_EQ(ask("DraftsChanged", Json{{"q", "status:open"}})["draftOrders"]["nodes"].size(),
              static_cast<std::size_t>(std::ranges::count_if(
                  world.drafts, [](const DraftOrder& d) { return d.status == "OPEN"; })));
    EXPECT_TRUE(ask("OrderMoney", Json{{"id", "gid://shopify/Order/1"}})["order"].is_null());
    EXPECT_TRUE(
        ask("BulkPoll", Json{{"id", "gid://shopify/BulkOperation/1"}})["bulkOperation"].is_null());
}

} // namespace
} // namespace counterfoil::sandbox
