#include "tests/sandboxgraphql/shop_fixture.h"

namespace counterfoil::sandbox {
namespace {

using testing::HasSubstr;

TEST_F(ShopTest, EveryFieldOfTheSchemaHasItsResolver)
{
    EXPECT_THAT(handler->unresolvedFields(), testing::IsEmpty());
}

TEST_F(ShopTest, RefusesAWrongTokenPathAndBody)
{
    HttpRequest wrong = request("{ shop { name } }", Json::object());
    wrong.headers["x-shopify-access-token"] = "other";
    EXPECT_EQ(send(wrong).status, 401);
    wrong = request("{ shop { name } }", Json::object());
    wrong.path = "/admin/api/2031-01/graphql.json";
    EXPECT_EQ(send(wrong).status, 404);
    wrong = request("{ shop { name } }", Json::object());
    wrong.body = "{\"query\": 5}";
    EXPECT_EQ(send(wrong).status, 400);
    wrong.body = std::string(100'000, '[');
    EXPECT_EQ(send(wrong).status, 400);
}

TEST_F(ShopTest, FallsForwardFromAnExpiredVersionAndSaysSo)
{
    HttpRequest old = request("{ shop { name } }", Json::object());
    old.path = "/admin/api/2025-01/graphql.json";
    const HttpResponse answer = send(old);
    EXPECT_THAT(answer.headers,
                testing::Contains(testing::Pair("X-Shopify-API-Version", "2026-01")));
}

TEST_F(ShopTest, CountsWhatWasRequestedAndWhatCameOut)
{
    const Json answer = body("{ orders(first: 40, sortKey: UPDATED_AT) { nodes { id } } }");
    EXPECT_EQ(answer["extensions"]["cost"]["requestedQueryCost"], 42);
    EXPECT_EQ(answer["extensions"]["cost"]["actualQueryCost"], 42);
    const Json few = body("query Q($q: String) { orders(first: 40, query: $q) { nodes { id } } }",
                          Json{{"q", "name:" + world.orders.front().name}});
    EXPECT_EQ(few["extensions"]["cost"]["actualQueryCost"], 3);
}

TEST_F(ShopTest, RefusesAQueryDearerThanAThousand)
{
    const Json answer =
        body("{ orders(first: 250) { nodes { lineItems(first: 10) { nodes { id } } } } }");
    EXPECT_EQ(answer["errors"][0]["extensions"]["code"], "MAX_COST_EXCEEDED");
    EXPECT_FALSE(answer.contains("data"));
}

TEST_F(ShopTest, ThrottlesWithStatus200And429AndRecoversWithTime)
{
    ShopifyOptions small;
    small.bucketMaximum = 50;
    small.restoreRate = 1e-6;
    handler = std::make_unique<ShopifyHandler>(world, small);
    const HttpRequest dear = request("{ orders(first: 47) { nodes { id } } }", Json::object());
    EXPECT_TRUE(Json::parse(send(dear).body).contains("data"));
    int as200 = 0;
    int as429 = 0;
    for (int i = 0; i < 6; ++i) {
        const HttpResponse answer = send(dear);
        const Json json = Json::parse(answer.body);
        EXPECT_EQ(json["errors"][0]["extensions"]["code"], "THROTTLED");
        EXPECT_TRUE(json["extensions"]["cost"]["actualQueryCost"].is_null());
        EXPECT_EQ(json["extensions"]["cost"]["throttleStatus"]["maximumAvailable"], 50.0);
        (answer.status == 429 ? as429 : as200) += 1;
    }
    EXPECT_EQ(as200, 4);
    EXPECT_EQ(as429, 2);
    small.restoreRate = 1e9;
    handler = std::make_unique<ShopifyHandler>(world, small);
    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(Json::parse(send(dear).body).contains("data")) << "refilled at once";
}

TEST_F(ShopTest, NamesAnUnknownFieldAsTheRealOneDoes)
{
    const Json answer = body("query Q { orders(first: 1) { nodes { nope } } }");
    EXPECT_EQ(answer["errors"][0]["message"], "Field 'nope' doesn't exist on type 'Order'");
    EXPECT_EQ(answer["errors"][0]["path"], Json::array({"query Q", "orders", "nodes", "nope"}));
    EXPECT_EQ(answer["errors"][0]["extensions"]["code"], "undefinedField");
    EXPECT_FALSE(answer.contains("data"));
}

TEST_F(ShopTest, GivesATokenForClientCredentials)
{
    HttpRequest grant;
    grant.method = "POST";
    grant.path = "/admin/oauth/access_token";
    grant.body =
        "grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret";
    EXPECT_EQ(Json::parse(send(grant).body)["access_token"], "shpat_sandbox");
    grant.body = "grant_type=client_credentials&client_id=sandbox-client&client_secret=wrong";
    EXPECT_EQ(send(grant).status, 400);
}

TEST_F(ShopTest, SpoilsAnswersInItsOwnForm)
{
    const HttpRequest read = request(documentText("OrdersChanged"), Json{{"q", ""}});
    EXPECT_EQ(handler->operationOf(read), "OrdersChanged");
    EXPECT_EQ(handler->faultReply("429", read).status, 429);
    EXPECT_THAT(handler->faultReply("throttled", read).body, HasSubstr("THROTTLED"));
    EXPECT_THAT(handler->faultReply("unknown-enum", read).body, HasSubstr("SOMETHING_NEW"));
    const Json partial = Json::parse(handler->faultReply("partial", read).body);
    EXPECT_TRUE(partial["data"]["orders"].contains("nodes"));
    EXPECT_TRUE(partial["data"]["orders"]["nodes"].is_null());
    EXPECT_EQ(partial["errors"][0]["path"], Json::array({"orders", "nodes"}));
    EXPECT_EQ(handler->faultReply("half-json", read).status, 0) << "the server's own kind";
    const HttpRequest write =
        request(documentText("TagOrder"),
                Json{{"id", gid("Order", world.orders[0].id)}, {"tags", Json::array({"seen"})}});
    const Json refused = Json::parse(handler->faultReply("user-error", write).body);
    EXPECT_TRUE(refused["data"]["tagsAdd"]["node"].is_null());
    EXPECT_EQ(refused["data"]["tagsAdd"]["userErrors"].size(), 1U);
    EXPECT_THAT(world.orders[0].tags, testing::Not(testing::Contains("seen")));
}

} // namespace
} // namespace counterfoil::sandbox
