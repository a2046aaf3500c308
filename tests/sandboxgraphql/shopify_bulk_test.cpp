#include "tests/sandboxgraphql/shop_fixture.h"

#include <chrono>
#include <map>
#include <set>

namespace counterfoil::sandbox {
namespace {

class Bulk : public ShopTest {
protected:
    Json start(const std::string& query)
    {
        return ask("BulkStart", Json{{"query", query}})["bulkOperationRunQuery"];
    }
    /// Polls until the operation ended; the limit is real time.
    Json wait(const Json& id)
    {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        Json job;
        do {
            job = ask("BulkPoll", Json{{"id", id}})["bulkOperation"];
        } while ((job["status"] == "RUNNING" || job["status"] == "CREATED") &&
                 std::chrono::steady_clock::now() < until);
        return job;
    }
    HttpResponse download(const std::string& url, bool withToken)
    {
        HttpRequest get;
        get.method = "GET";
        get.path = url.substr(url.find("/bulk/"));
        if (withToken)
            get.headers["x-shopify-access-token"] = "shpat_sandbox";
        return send(get);
    }
};

TEST_F(Bulk, ReadsEveryOrderLineAndReturnOnceWithChildrenOutOfOrder)
{
    std::string query = documentText("BulkOrders");
    query.replace(query.find("{since}"), 7, "2020-01-01T00:00:00Z");
    const Json started = start(query);
    ASSERT_EQ(started["userErrors"].size(), 0U) << started.dump();
    EXPECT_EQ(started["bulkOperation"]["status"], "CREATED");
    const Json job = wait(started["bulkOperation"]["id"]);
    ASSERT_EQ(job["status"], "COMPLETED");
    const auto url = job["url"].get<std::string>();
    EXPECT_THAT(url, testing::StartsWith("http://127.0.0.1:8080/shopify/bulk/"));
    EXPECT_EQ(download(url, true).status, 400) << "the address is signed";

    std::istringstream lines(download(url, false).body);
    std::map<std::string, std::set<std::string>> children;
    std::set<std::string> orders;
    bool apart = false;
    std::string previous;
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        const Json json = Json::parse(line);
        const auto id = json["id"].get<std::string>();
        if (json.contains("__parentId")) {
            const auto parent = json["__parentId"].get<std::string>();
            EXPECT_TRUE(orders.contains(parent)) << "behind its parent";
            apart = apart || (parent != previous);
            EXPECT_TRUE(children[parent].insert(id).second);
        } else {
            orders.insert(id);
            EXPECT_FALSE(json.contains("lineItems"));
        }
        previous = json.value("__parentId", id);
    }
    EXPECT_TRUE(apart);
    EXPECT_EQ(job["objectCount"], std::to_string(count));
    ASSERT_EQ(orders.size(), world.orders.size());
    for (const Order& order : world.orders)
        EXPECT_EQ(children[gid("Order", order.id)].size(),
                  order.lines.size() + order.returns.size());
}

TEST_F(Bulk, HasNoAddressWhenNothingWasFound)
{
    std::string query = documentText("BulkOrders");
    query.replace(query.find("{since}"), 7, "2099-01-01T00:00:00Z");
    const Json job = wait(start(query)["bulkOperation"]["id"]);
    EXPECT_EQ(job["status"], "COMPLETED");
    EXPECT_TRUE(job["url"].is_null());
}

TEST_F(Bulk, RefusesWhatBulkReadingCannotDo)
{
    const auto refusal = [&](const char* query) {
        const Json started = start(query);
        return started["userErrors"].empty()
                   ? std::string()
                   : started["userErrors"][0]["message"].get<std::string>();
    };
    using testing::HasSubstr;
    EXPECT_THAT(refusal("{ shop { name } }"), HasSubstr("at least one connection"));
    EXPECT_THAT(refusal("{ orders { edges { node { id refunds { refundLineItems { edges { node { "
                        "quantity } } } } } } } }"),
                HasSubstr("within a list field"));
    EXPECT_THAT(refusal("{ orders { edges { node { id returns { edges { node { id "
                        "returnLineItems { edges { node { id } } } } } } } } } }"),
                HasSubstr("nesting depth"));
    EXPECT_THAT(refusal("{ orders { edges { node { name } } } }"), HasSubstr("'id' field"));
    EXPECT_THAT(refusal("{ orders { edges { node { id nope } } } }"), HasSubstr("nope"));
}

TEST_F(Bulk, CanBeCanceled)
{
    std::string query = documentText("BulkOrders");
    query.replace(query.find("{since}"), 7, "2020-01-01T00:00:00Z");
    const Json id = start(query)["bulkOperation"]["id"];
    const Json canceled = ask("BulkCancel", Json{{"id", id}})["bulkOperationCancel"];
    EXPECT_EQ(canceled["bulkOperation"]["status"], "CANCELING");
    EXPECT_EQ(ask("BulkPoll", Json{{"id", id}})["bulkOperation"]["status"], "CANCELED");
}

} // namespace
} // namespace counterfoil::sandbox
