#include "tests/sandboxgraphql/shop_fixture.h"

namespace counterfoil::sandbox {
namespace {

/// Quarantine and sellable levels of one product, set to 10 and 40.
class StockWrite : public ShopTest {
protected:
    StockWrite() : m_item(world.products.front().inventoryItemId)
    {
        level(kQuarantine).available = 10;
        level(kSellable).available = 40;
    }
    InventoryLevel& level(Id location)
    {
        if (world.level(m_item, location) == nullptr) {
            EXPECT_TRUE(world.activate(m_item, location).ok());
        }
        return *world.level(m_item, location);
    }
    Json change(Id location, int delta, const Json& from) const
    {
        return Json{{"inventoryItemId", gid("InventoryItem", m_item)},
                    {"locationId", gid("Location", location)},
                    {"delta", delta},
                    {"changeFromQuantity", from}};
    }
    Json release(int units, const Json& expected, const std::string& key) const
    {
        return Json{{"key", key},
                    {"input",
                     {{"name", "available"},
                      {"reason", "restock"},
                      {"referenceDocumentUri", "gid://counterfoil/Release/0192f0c4a1b2"},
                      {"changes", Json::array({change(kQuarantine, -units, expected),
                                               change(kSellable, units, nullptr)})}}}};
    }
    Json payload(const Json& variables)
    {
        return ask("ReleaseStock", variables)["inventoryAdjustQuantities"];
    }
    std::string code(const Json& variables)
    {
        const Json errors = payload(variables)["userErrors"];
        return errors.empty() ? "" : errors[0]["code"].get<std::string>();
    }
    void expectLevels(std::int64_t quarantine, std::int64_t sellable)
    {
        EXPECT_EQ(level(kQuarantine).available, quarantine);
        EXPECT_EQ(level(kSellable).available, sellable);
    }
    Id m_item;
};

TEST_F(StockWrite, ReleaseMovesBothLevelsInOneCall)
{
    const Json group = payload(release(3, 10, "k1"))["inventoryAdjustmentGroup"];
    EXPECT_EQ(group["referenceDocumentUri"], "gid://counterfoil/Release/0192f0c4a1b2");
    EXPECT_EQ(group["changes"].size(), 2U);
    EXPECT_EQ(group["changes"][0]["delta"], -3);
    expectLevels(7, 43);
}

TEST_F(StockWrite, TheSameKeyAnswersAgainWithoutMovingAgain)
{
    const Json first = payload(release(3, 10, "k1"));
    level(kSellable).available -= 5;
    EXPECT_EQ(payload(release(3, 10, "k1")).dump(), first.dump());
    expectLevels(7, 38);
    world.advance(kDay - kMinute);
    EXPECT_EQ(payload(release(3, 10, "k1")).dump(), first.dump());
    world.advance(2 * kMinute);
    EXPECT_EQ(code(release(3, 10, "k1")), "CHANGE_FROM_QUANTITY_STALE")
        << "after 24 hours the key is new; only the guard is left";
    expectLevels(7, 38);
}

TEST_F(StockWrite, RefusesOtherParametersUnderAUsedKey)
{
    EXPECT_EQ(code(release(3, 10, "k1")), "");
    EXPECT_EQ(code(release(4, 7, "k1")), "IDEMPOTENCY_KEY_PARAMETER_MISMATCH");
    expectLevels(7, 43);
}

TEST_F(StockWrite, IsAllOrNothing)
{
    EXPECT_EQ(code(release(3, 9, "k1")), "CHANGE_FROM_QUANTITY_STALE");
    expectLevels(10, 40);
    level(kSellable).isActive = false;
    EXPECT_EQ(code(release(3, 10, "k2")), "ITEM_NOT_STOCKED_AT_LOCATION");
    EXPECT_EQ(level(kQuarantine).available, 10);
}

TEST_F(StockWrite, DoesNotStopALevelFromGoingNegative)
{
    EXPECT_EQ(code(release(12, 10, "k1")), "");
    expectLevels(-2, 52);
}

TEST_F(StockWrite, DemandsTheKeyAndTheExpectedQuantityAtRunTime)
{
    std::string bare = documentText("ReleaseStock");
    bare.replace(bare.find(" @idempotent(key: $key)"),
                 std::string(" @idempotent(key: $key)").size(), "");
    bare.replace(bare.find(", $key: String!"), std::string(", $key: String!").size(), "");
    Json variables = release(3, 10, "k1");
    const Json withoutKey = body(bare, variables);
    EXPECT_THAT(withoutKey["errors"][0]["message"].get<std::string>(),
                testing::HasSubstr("@idempotent directive is required"));
    variables["input"]["changes"][1].erase("changeFromQuantity");
    const Json without = body(documentText("ReleaseStock"), variables);
    EXPECT_THAT(without["errors"][0]["message"].get<std::string>(),
                testing::HasSubstr("changeFromQuantity"));
    expectLevels(10, 40);
}

TEST_F(StockWrite, RefusesUnknownReasonsNamesAndForeignDocuments)
{
    Json variables = release(1, 10, "a");
    variables["input"]["reason"] = "because";
    EXPECT_EQ(code(variables), "INVALID_REASON");
    variables = release(1, 10, "b");
    variables["input"]["name"] = "on_hand";
    EXPECT_EQ(code(variables), "INVALID_QUANTITY_DOCUMENT");
    variables = release(1, 10, "c");
    variables["input"]["referenceDocumentUri"] = "gid://shopify/Order/1";
    EXPECT_EQ(code(variables), "INVALID_REFERENCE_DOCUMENT");
    variables = release(1, 10, "d");
    variables["input"]["changes"][0]["ledgerDocumentUri"] = "gid://counterfoil/Hold/1";
    EXPECT_EQ(code(variables), "INVALID_AVAILABLE_DOCUMENT");
    expectLevels(10, 40);
}

TEST_F(StockWrite, LeavesTheQuantityAfterwardsOutAtTimes)
{
    std::size_t nulls = 0;
    std::size_t figures = 0;
    for (int i = 0; i < 9; ++i) {
        const Json done = payload(release(0, nullptr, "k" + std::to_string(i)));
        const Json after = done["inventoryAdjustmentGroup"]["changes"][0]["quantityAfterChange"];
        (after.is_null() ? nulls : figures) += 1;
    }
    EXPECT_GT(nulls, 0U);
    EXPECT_GT(figures, 0U);
}

TEST_F(StockWrite, MovesStatesOnlyWithinOneLocation)
{
    const auto terminal = [&](Id location, const char* name, const Json& from) {
        Json side{{"locationId", gid("Location", location)},
                  {"name", name},
                  {"changeFromQuantity", from}};
        if (std::string(name) != "available")
            side["ledgerDocumentUri"] = "gid://counterfoil/Hold/0192f0c4a1b2";
        return side;
    };
    const auto move = [&](Id to, const char* key) {
        return Json{
            {"key", key},
            {"input",
             {{"reason", "quality_control"},
              {"referenceDocumentUri", "gid://counterfoil/Hold/0192f0c4a1b2"},
              {"changes", Json::array({Json{{"inventoryItemId", gid("InventoryItem", m_item)},
                                            {"quantity", 4},
                                            {"from", terminal(kQuarantine, "available", 10)},
                                            {"to", terminal(to, "quality_control", nullptr)}}})}}}};
    };
    const Json refused = ask("MoveState", move(kSellable, "k1"))["inventoryMoveQuantities"];
    EXPECT_EQ(refused["userErrors"][0]["code"], "DIFFERENT_LOCATIONS");
    const Json done = ask("MoveState", move(kQuarantine, "k2"))["inventoryMoveQuantities"];
    EXPECT_EQ(done["userErrors"].size(), 0U);
    EXPECT_EQ(level(kQuarantine).available, 6);
    EXPECT_EQ(level(kQuarantine).qualityControl, 4);
}

TEST_F(StockWrite, ActivatesALocationForAnItem)
{
    level(kOutlet).isActive = false;
    const Json done = ask("ActivateAtLocation", Json{{"item", gid("InventoryItem", m_item)},
                                                     {"loc", gid("Location", kOutlet)},
                                                     {"key", "k"}})["inventoryActivate"];
    EXPECT_EQ(done["inventoryLevel"]["isActive"], true);
    EXPECT_TRUE(level(kOutlet).isActive);
}

} // namespace
} // namespace counterfoil::sandbox
