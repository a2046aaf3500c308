#include "tests/sandboxgraphql/shop_fixture.h"

namespace counterfoil::sandbox {
namespace {

/// One account customer, read and written the way the console does it.
class AccountWrite : public ShopTest {
protected:
    AccountWrite()
    {
        for (Customer& one : world.customers)
            if (m_customer == nullptr && world.metafield(gid("Customer", one.id), "sparklayer",
                                                         "payment_on_account") != nullptr)
                m_customer = &one;
    }
    std::string owner() const { return gid("Customer", m_customer->id); }
    Json read() { return ask("AccountMetafield", Json{{"id", owner()}})["customer"]; }
    Json entry(const char* ns, const char* key, const std::string& value) const
    {
        return Json{{"ownerId", owner()},
                    {"namespace", ns},
                    {"key", key},
                    {"type", "json"},
                    {"value", value}};
    }
    Json balance(const std::string& value) const
    {
        return entry("sparklayer", "payment_on_account", value);
    }
    Json receipts(const std::string& value) const
    {
        return entry("$app:counterfoil", "receipts", value);
    }
    Json write(Json list)
    {
        return ask("AccountCredit", Json{{"metafields", std::move(list)}})["metafieldsSet"];
    }
    std::string code(const Json& payload) const
    {
        if (payload["userErrors"].empty())
            return "";
        EXPECT_TRUE(payload["metafields"].is_null());
        return payload["userErrors"][0]["code"].get<std::string>();
    }
    Customer* m_customer = nullptr;
};

TEST_F(AccountWrite, LowersTheBalanceAndFilesTheReceiptInOne)
{
    const Json before = read();
    EXPECT_TRUE(before["receipts"].is_null());
    Json first = balance(R"({"credit_limit":1000,"balance":1})");
    first["compareDigest"] = before["metafield"]["compareDigest"];
    Json second = receipts("[]");
    second["compareDigest"] = nullptr;
    const Json done = write(Json::array({first, second}));
    EXPECT_EQ(code(done), "");
    EXPECT_EQ(done["metafields"].size(), 2U);
    const Json after = read();
    EXPECT_EQ(after["metafield"]["value"], R"({"credit_limit":1000,"balance":1})");
    EXPECT_EQ(after["receipts"]["value"], "[]");
    EXPECT_NE(after["metafield"]["compareDigest"], before["metafield"]["compareDigest"]);
}

TEST_F(AccountWrite, WritesNothingWhenOneDigestIsStale)
{
    const Json before = read();
    Json first = balance(R"({"balance":1})");
    first["compareDigest"] = before["metafield"]["compareDigest"];
    Json second = receipts("[]");
    second["compareDigest"] = std::string(32, 'a');
    EXPECT_EQ(code(write(Json::array({first, second}))), "STALE_OBJECT");
    EXPECT_EQ(read().dump(), before.dump());
}

TEST_F(AccountWrite, TellsAbsentNullAndDigestApart)
{
    Json one = balance(R"({"balance":2})");
    one["compareDigest"] = nullptr;
    EXPECT_EQ(code(write(Json::array({one}))), "STALE_OBJECT") << "null: must not exist";
    one.erase("compareDigest");
    EXPECT_EQ(code(write(Json::array({one}))), "") << "absent: unconditional";
    const Json digest = read()["metafield"]["compareDigest"];
    one["compareDigest"] = digest;
    EXPECT_EQ(code(write(Json::array({one}))), "");
    one["value"] = R"({"balance":4})";
    EXPECT_EQ(code(write(Json::array({one}))), "") << "the digest stands for the stored data";
    EXPECT_EQ(code(write(Json::array({one}))), "STALE_OBJECT") << "which is another now";
    one["compareDigest"] = "not a digest";
    EXPECT_EQ(code(write(Json::array({one}))), "INVALID_COMPARE_DIGEST");
}

TEST_F(AccountWrite, RefusesBrokenJsonOtherTypesStrangersAndMoreThan25)
{
    EXPECT_EQ(code(write(Json::array({balance("{")}))), "INVALID_VALUE");
    Json other = balance("x");
    other["type"] = "single_line_text_field";
    EXPECT_EQ(code(write(Json::array({other}))), "INVALID_TYPE");
    Json stranger = balance("{}");
    stranger["ownerId"] = "gid://shopify/Customer/1";
    EXPECT_EQ(code(write(Json::array({stranger}))), "INVALID");
    Json many = Json::array();
    for (int i = 0; i < 26; ++i)
        many.push_back(receipts("[]"));
    EXPECT_EQ(code(write(many)), "LESS_THAN_OR_EQUAL_TO");
}

TEST_F(AccountWrite, ShowsOurReservedNamespaceByItsFullName)
{
    const Json done = write(Json::array({receipts("[]")}));
    EXPECT_EQ(done["metafields"][0]["namespace"], "app--4711--counterfoil");
    EXPECT_FALSE(read()["receipts"].is_null());
}

TEST_F(AccountWrite, LetsTheWorldMoveBetweenPreflightAndWrite)
{
    Json one = balance(R"({"balance":3})");
    one["compareDigest"] = read()["metafield"]["compareDigest"];
    std::string seen;
    handler->beforeMutation = [&](const std::string& operation) {
        seen = operation;
        MetafieldWrite other;
        other.owner = owner();
        other.ns = "sparklayer";
        other.key = "payment_on_account";
        other.value = R"({"balance":900})";
        EXPECT_TRUE(world.setMetafields({other}, Actor::SparkLayer).ok());
    };
    EXPECT_EQ(code(write(Json::array({one}))), "STALE_OBJECT");
    EXPECT_EQ(seen, "AccountCredit");
    EXPECT_EQ(read()["metafield"]["value"], R"({"balance":900})");
}

} // namespace
} // namespace counterfoil::sandbox
