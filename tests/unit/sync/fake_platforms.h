#pragma once

#include "core/sync/site_setup.h"
#include "tests/support/scripted_transport.h"
#include "tests/unit/decode/samples.h"

#include <map>
#include <string>
#include <vector>

namespace counterfoil::testing {

/// Three platforms with a handful of records, answered from samples: enough to page, to vanish and
/// to fail.
class FakePlatforms {
public:
    struct Rma {
        std::string status = "Received";
        std::string order = "5820011223344";
    };
    std::map<std::string, Rma> rmas; ///< by id
    std::vector<std::string> orders; ///< ids, in pages of two
    std::string ordersUpdatedAt = "2026-11-20T09:12:44Z";
    std::map<std::string, int> failures; ///< part of url or label -> how often it answers 500 still
    std::size_t rmaPageSize = 2;

    [[nodiscard]] Result<HttpReply> answer(const HttpRequest& request)
    {
        for (auto& [part, times] : failures) {
            if (times > 0 && (request.url.find(part) != std::string::npos ||
                              request.label.find(part) != std::string::npos)) {
                --times;
                return reply(500, "");
            }
        }
        if (request.url.rfind("https://shop.example", 0) == 0)
            return shopify(request);
        if (request.url.rfind("https://spark.example", 0) == 0)
            return spark(request);
        return returngo(request.url.substr(request.url.find('/', 8)));
    }

private:
    static std::string between(const std::string& text, const std::string& left,
                               const std::string& right)
    {
        const std::size_t from = text.find(left);
        if (from == std::string::npos)
            return {};
        const std::size_t begin = from + left.size();
        return text.substr(begin, text.find(right, begin) - begin);
    }
    static std::string replaced(std::string text, const std::string& from, const std::string& to)
    {
        for (std::size_t at = text.find(from); at != std::string::npos;
             at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
        return text;
    }

    Result<HttpReply> returngo(const std::string& path)
    {
        if (path.rfind("/rma/", 0) == 0) {
            const auto found = rmas.find(path.substr(5));
            if (found == rmas.end())
                return reply(404, R"({"message":"no such RMA"})");
            std::string text = replaced(samples::rmaDetail(), "7000412", found->first);
            text = replaced(text, "5550001112223", found->second.order);
            return reply(200,
                         replaced(text, R"("status":"Received","order_name")",
                                  "\"status\":\"" + found->second.status + "\",\"order_name\""));
        }
        if (path.rfind("/transactions", 0) == 0)
            return reply(200, R"({"transactions":[]})");
        return reply(200, rmaList(path));
    }
    std::string rmaList(const std::string& path)
    {
        const std::string wanted = between(path + "&", "status=", "&");
        const std::string cursor = between(path + "&", "cursor=", "&");
        std::string rows, next;
        std::size_t count = 0;
        for (const auto& [id, rma] : rmas) {
            if (!wanted.empty() && wanted.find(rma.status) == std::string::npos)
                continue;
            if (!cursor.empty() && id <= cursor)
                continue;
            if (count == rmaPageSize) {
                next = between(rows.substr(rows.rfind("rmaId")), "\":\"", "\"");
                break;
            }
            ++count;
            rows += (rows.empty() ? "" : ",") + std::string(R"({"rmaId":")") + id +
                    R"(","status":")" + rma.status + R"(","order_name":"B2B-1042","events":[]})";
        }
        return R"({"rmas":[)" + rows + "]" +
               (next.empty() ? "" : R"(,"next_cursor":")" + next + "\"") + "}";
    }

    Result<HttpReply> spark(const HttpRequest& request)
    {
        const std::string& url = request.url;
        if (url.find("/api/auth/token") != std::string::npos)
            return reply(200, R"({"access_token":"t","expires_in":3600})");
        if (url.find("/transactions") != std::string::npos)
            return reply(200, "[]");
        if (url.find("/purchases/platform/") != std::string::npos) {
            const std::string id = url.substr(url.rfind('/') + 1);
            return reply(200, replaced(samples::purchase(), "5820011223344", id));
        }
        return reply(200, "[]");
    }

    Result<HttpReply> shopify(const HttpRequest& request)
    {
        const std::string& body = request.body;
        const auto is = [&](const char* operation) {
            return body.find("query " + std::string(operation)) != std::string::npos;
        };
        const std::string order = between(body, "gid://shopify/Order/", "\"");
        if (is("OrdersChanged"))
            return reply(200, ordersPage(body));
        if (is("OrderLines"))
            return reply(200, replaced(samples::orderLines(), "5820011223344", order));
        if (is("OrderMoney"))
            return reply(200, replaced(samples::orderMoney(), "5820011223344", order));
        if (is("OrderReturns"))
            return reply(200, replaced(samples::orderReturns(), "5820011223344", order));
        if (is("OrderAgreements"))
            return reply(200, replaced(samples::orderAgreements(), "5820011223344", order));
        if (is("DraftsChanged"))
            return reply(200, samples::draftsChanged());
        if (is("AccountMetafield"))
            return reply(200, samples::accountMetafield());
        if (is("LocationStock"))
            return reply(200, samples::locationStock());
        if (is("Setup"))
            return reply(200, samples::setup());
        return reply(400, "{}");
    }
    std::string ordersPage(const std::string& body)
    {
        const std::string only = between(body, "\"q\":\"id:", "\"");
        const std::string after = between(body, "\"after\":\"", "\"");
        std::size_t from = after.empty() ? 0 : std::stoul(after);
        std::string rows;
        std::size_t count = 0;
        for (std::size_t i = from; i < orders.size() && count < 2; ++i) {
            if (!only.empty() && orders[i] != only)
                continue;
            ++count;
            std::string node = replaced(samples::orderNode(), "5820011223344", orders[i]);
            node = replaced(node, "2026-11-20T09:12:44Z", ordersUpdatedAt);
            rows += (rows.empty() ? "" : ",") + node;
            from = i + 1;
        }
        const bool hasNext = only.empty() && from < orders.size();
        return samples::answer(std::string(R"("orders":{"pageInfo":{"hasNextPage":)") +
                               (hasNext ? "true" : "false") + R"(,"endCursor":")" +
                               std::to_string(from) + R"("},"nodes":[)" + rows + "]}");
    }
};

/// A site over FakePlatforms, first load by paging.
[[nodiscard]] inline sync::SiteSetup fakeSite()
{
    const decode::Adapters& adapters = decode::defaultAdapters();
    sync::SiteSetup setup;
    setup.site = "uk";
    setup.shopify.baseUrl = "https://shop.example";
    setup.shopify.credentials.token = Secret("made-up");
    setup.shopify.adapter = adapters.shopify;
    setup.shopify.adapter.firstLoad = "paging";
    setup.sparklayer.emplace();
    setup.sparklayer->baseUrl = "https://spark.example";
    setup.sparklayer->siteId = "larkfield";
    setup.sparklayer->clientId = "console";
    setup.sparklayer->clientSecret = Secret("made-up");
    setup.sparklayer->adapter = adapters.sparklayer;
    setup.returngo.emplace();
    setup.returngo->baseUrl = "https://returns.example";
    setup.returngo->shopName = "larkfield.example";
    setup.returngo->apiKey = Secret("made-up");
    setup.returngo->adapter = adapters.returngo;
    setup.quarantineLocations.emplace_back("gid://shopify/Location/11");
    return setup;
}

} // namespace counterfoil::testing
