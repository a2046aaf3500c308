#pragma once

#include "app/sandbox/graphql/json.h"
#include "app/sandbox/shopify/shopify_handler.h"
#include "app/sandbox/world/generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>

namespace counterfoil::sandbox {

using graphql::Json;

inline std::string documentText(const std::string& name)
{
    std::ifstream in(std::string(COUNTERFOIL_SOURCE_DIR) + "/resources/graphql/" + name +
                     ".graphql");
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// A populated shop with its clock held, and the API in front of it.
class ShopTest : public testing::Test {
protected:
    static constexpr Instant kStart = 1'795'500'000'000; // 2026-11-24T06:40:00Z
    ShopTest() : m_populated(populate(worldOptions())), world(*m_populated.world)
    {
        world.holdClock(kStart);
        ShopifyOptions options;
        options.bucketMaximum = 1'000'000;
        options.restoreRate = 100'000;
        handler = std::make_unique<ShopifyHandler>(world, options);
    }

    static World::Options worldOptions()
    {
        World::Options options;
        options.seed = 7;
        options.returns = 60;
        options.start = kStart;
        return options;
    }

    static HttpRequest request(const std::string& query, const Json& variables)
    {
        HttpRequest out;
        out.method = "POST";
        out.path = "/admin/api/2026-07/graphql.json";
        out.headers = {{"x-shopify-access-token", "shpat_sandbox"}, {"host", "127.0.0.1:8080"}};
        out.body = Json{{"query", query}, {"variables", variables}}.dump();
        return out;
    }

    HttpResponse send(const HttpRequest& what)
    {
        HttpResponse answer;
        handler->handle(what, [&answer](HttpResponse response) { answer = std::move(response); });
        return answer;
    }

    /// The whole body as JSON.
    Json body(const std::string& query, const Json& variables = Json::object())
    {
        return Json::parse(send(request(query, variables)).body);
    }

    /// `data` of one of the console's documents; an error fails the test.
    Json ask(const std::string& document, const Json& variables = Json::object())
    {
        Json answer = body(documentText(document), variables);
        EXPECT_FALSE(answer.contains("errors")) << document << ": " << answer["errors"].dump();
        return answer.value("data", Json());
    }

    /// First order that has a Shopify return in that state.
    std::pair<Order*, ShopReturn*> returnIn(ReturnState state)
    {
        for (Order& order : world.orders)
            for (ShopReturn& item : order.returns)
                if (item.state == state && !item.lines.empty())
                    return {&order, &item};
        ADD_FAILURE() << "no return in that state";
        return {};
    }

    Populated m_populated;
    World& world;
    std::unique_ptr<ShopifyHandler> handler;
};

} // namespace counterfoil::sandbox
