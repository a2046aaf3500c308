#include "tests/sandboxgraphql/shop_fixture.h"

namespace counterfoil::sandbox {
namespace {

/// An open return of which nothing is processed, by its first line.
class ReturnWrite : public ShopTest {
protected:
    ReturnWrite()
    {
        for (Order& order : world.orders)
            for (ShopReturn& item : order.returns)
                if (m_return == nullptr && item.state == ReturnState::Open && !item.lines.empty() &&
                    item.lines[0].processed == 0 && item.lines[0].dispositions.empty()) {
                    m_order = &order;
                    m_return = &item;
                }
        EXPECT_NE(m_return, nullptr);
    }
    Json process(std::int64_t quantity)
    {
        const ShopReturnLine& line = m_return->lines[0];
        const Json disposition{{"reverseFulfillmentOrderLineItemId",
                                gid("ReverseFulfillmentOrderLineItem", line.rfoLineId)},
                               {"quantity", quantity},
                               {"dispositionType", "RESTOCKED"},
                               {"locationId", gid("Location", kQuarantine)}};
        return ask("ProcessReturnNoMoney",
                   Json{{"input",
                         {{"returnId", gid("Return", m_return->id)},
                          {"notifyCustomer", false},
                          {"returnLineItems",
                           Json::array({Json{{"id", gid("ReturnLineItem", line.id)},
                                             {"quantity", quantity},
                                             {"dispositions",
                                              Json::array({disposition})}}})}}}})["returnProcess"];
    }
    std::string closing(const char* document, const char* mutation)
    {
        const Json payload = ask(document, Json{{"id", gid("Return", m_return->id)}})[mutation];
        return payload["userErrors"].empty() ? ""
                                             : payload["userErrors"][0]["code"].get<std::string>();
    }
    Order* m_order = nullptr;
    ShopReturn* m_return = nullptr;
};

TEST_F(ReturnWrite, ProcessingWithoutMoneyLowersWhatTheOrderOwes)
{
    const Minor before = World::totals(*m_order).outstanding;
    const Json payload = process(1);
    EXPECT_EQ(payload["userErrors"].size(), 0U) << payload.dump();
    EXPECT_EQ(m_return->lines[0].processed, 1);
    EXPECT_LT(World::totals(*m_order).outstanding, before);
    EXPECT_EQ(m_return->lines[0].dispositions.at(0).locationId, kQuarantine);
}

TEST_F(ReturnWrite, ProcessingIsNotIdempotentAndStopsAtTheQuantity)
{
    const std::int64_t all = m_return->lines[0].quantity;
    EXPECT_EQ(process(all)["userErrors"].size(), 0U);
    EXPECT_EQ(process(1)["userErrors"].size(), 1U);
    EXPECT_EQ(m_return->lines[0].processed, all);
}

TEST_F(ReturnWrite, ByFactTheOutstandingMayStay)
{
    world.facts.returnProcessLowersOutstanding = false;
    const Minor before = World::totals(*m_order).outstanding;
    EXPECT_EQ(process(1)["userErrors"].size(), 0U);
    EXPECT_EQ(World::totals(*m_order).outstanding, before);
}

TEST_F(ReturnWrite, DisposesIntoQuarantine)
{
    const ShopReturnLine& line = m_return->lines[0];
    const Json disposition{{"reverseFulfillmentOrderLineItemId",
                            gid("ReverseFulfillmentOrderLineItem", line.rfoLineId)},
                           {"quantity", 1},
                           {"dispositionType", "RESTOCKED"},
                           {"locationId", gid("Location", kQuarantine)}};
    const Json done = ask("DisposeToQuarantine", Json{{"d", Json::array({disposition})}});
    const Json& payload = done["reverseFulfillmentOrderDispose"];
    EXPECT_EQ(payload["userErrors"].size(), 0U);
    EXPECT_EQ(payload["reverseFulfillmentOrderLineItems"][0]["dispositions"][0]["type"],
              "RESTOCKED");
    Json without = disposition;
    without.erase("locationId");
    const Json refused = ask("DisposeToQuarantine", Json{{"d", Json::array({without})}});
    EXPECT_EQ(refused["reverseFulfillmentOrderDispose"]["userErrors"].size(), 1U);
}

TEST_F(ReturnWrite, ClosesAndReopensInTheirStatesOnly)
{
    EXPECT_EQ(closing("ReopenReturn", "returnReopen"), "INVALID_STATE");
    EXPECT_EQ(closing("CloseReturn", "returnClose"), "");
    EXPECT_EQ(closing("CloseReturn", "returnClose"), "INVALID_STATE");
    EXPECT_EQ(closing("ReopenReturn", "returnReopen"), "");
    EXPECT_EQ(m_return->state, ReturnState::Open);
}

TEST_F(ReturnWrite, SetsThePoAndAddsTagsWithoutTouchingTheRest)
{
    const auto attributes = m_order->attributes.size();
    const auto tags = m_order->tags.size();
    const std::string id = gid("Order", m_order->id);
    const Json po = ask("SetPo", Json{{"input", {{"id", id}, {"poNumber", "PO-77"}}}});
    EXPECT_EQ(po["orderUpdate"]["order"]["poNumber"], "PO-77");
    ask("TagOrder", Json{{"id", id}, {"tags", Json::array({"handled", "handled"})}});
    EXPECT_EQ(m_order->tags.size(), tags + 1);
    EXPECT_EQ(m_order->attributes.size(), attributes);
}

TEST_F(ReturnWrite, AnUpdateReplacesTagsAsAWhole)
{
    m_order->tags = {"b2b", "vip"};
    ask("SetPo",
        Json{{"input", {{"id", gid("Order", m_order->id)}, {"tags", Json::array({"only"})}}}});
    EXPECT_THAT(m_order->tags, testing::ElementsAre("only"));
}

TEST_F(ReturnWrite, RefundsWithoutMoneyOncePerKey)
{
    Order* order = nullptr;
    for (Order& one : world.orders)
        if (order == nullptr && one.returns.empty() && one.lines[0].refundable > 1)
            order = &one;
    ASSERT_NE(order, nullptr);
    const Json variables{
        {"key", "r1"},
        {"input",
         {{"orderId", gid("Order", order->id)},
          {"note", "account credit"},
          {"notify", false},
          {"refundLineItems", Json::array({Json{{"lineItemId", gid("LineItem", order->lines[0].id)},
                                                {"quantity", 1},
                                                {"restockType", "NO_RESTOCK"}}})}}}};
    const Minor before = World::totals(*order).outstanding;
    const Json first = ask("RefundNoMoney", variables)["refundCreate"];
    EXPECT_EQ(first["refund"]["id"],
              ask("RefundNoMoney", variables)["refundCreate"]["refund"]["id"]);
    EXPECT_EQ(order->refunds.size(), 1U);
    EXPECT_EQ(order->refunds[0].total, 0);
    EXPECT_LT(World::totals(*order).outstanding, before);
}

} // namespace
} // namespace counterfoil::sandbox
