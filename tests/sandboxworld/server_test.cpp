// The sandbox over real loopback HTTP: paging, oddities, faults, and what its control port does.

#include <QCoreApplication>
#include <QEventLoop>
#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include "app/sandbox/server/sandbox_server.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace counterfoil::sandbox {
namespace {

using Json = nlohmann::json;

struct Answer {
    int status = 0; ///< 0: the connection broke
    std::string body;
    [[nodiscard]] Json json() const { return Json::parse(body, nullptr, false); }
};

class Sandbox : public testing::Test {
protected:
    void boot(SandboxServer::Options options = {})
    {
        options.startMs = 1'795'500'000'000;
        options.speed = 0.0;
        m_server = std::make_unique<SandboxServer>(options);
        ASSERT_TRUE(m_server->start());
    }
    Answer send(const char* verb, const std::string& path, const std::string& body = {},
                const std::vector<std::pair<QByteArray, QByteArray>>& headers = {})
    {
        // A bare socket: QNetworkAccessManager of Qt 6.4 sends a request again by itself, writes
        // too, when the connection closes without an answer, and would hide what is tested here.
        QByteArray text = QByteArray(verb) + ' ' + QByteArray::fromStdString(path) +
                          " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
        for (const auto& [name, value] : headers)
            text += name + ": " + value + "\r\n";
        text += "Content-Length: " + QByteArray::number(qsizetype(body.size())) + "\r\n\r\n" +
                QByteArray::fromStdString(body);
        QTcpSocket socket;
        QEventLoop loop;
        QByteArray inbox;
        QObject::connect(&socket, &QTcpSocket::connected, &socket,
                         [&socket, &text] { socket.write(text); });
        QObject::connect(&socket, &QTcpSocket::readyRead, &loop, [&socket, &inbox, &loop] {
            inbox += socket.readAll();
            if (isWhole(inbox))
                loop.quit();
        });
        QObject::connect(&socket, &QTcpSocket::disconnected, &loop, &QEventLoop::quit);
        QTimer::singleShot(10'000, &loop, &QEventLoop::quit);
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_server->port());
        loop.exec();
        const qsizetype head = inbox.indexOf("\r\n\r\n");
        if (head < 0)
            return {};
        return {inbox.mid(9, 3).toInt(), inbox.mid(head + 4).toStdString()};
    }
    static bool isWhole(const QByteArray& inbox)
    {
        const qsizetype head = inbox.indexOf("\r\n\r\n");
        const qsizetype length = inbox.indexOf("Content-Length: ");
        if (head < 0 || length < 0)
            return false;
        const qsizetype end = inbox.indexOf("\r\n", length);
        return inbox.size() >= head + 4 + inbox.mid(length + 16, end - length - 16).toLongLong();
    }
    Answer returngo(const char* verb, const std::string& path, const std::string& body = {})
    {
        return send(
            verb, "/returngo" + path, body,
            {{"x-api-key", "rg-sandbox-key"}, {"x-shop-name", "larkfield-uk.myshopify.com"}});
    }
    Answer spark(const char* verb, const std::string& path, const std::string& body = {})
    {
        if (m_token.isEmpty())
            m_token = QByteArray::fromStdString(
                send("POST", "/sparklayer/api/auth/token",
                     R"({"grant_type":"client_credentials","client_id":"console",)"
                     R"("client_secret":"spark-sandbox-secret"})",
                     {{"Site-Id", "larkfield"}})
                    .json()["access_token"]
                    .get<std::string>());
        return send(verb, "/sparklayer" + path, body,
                    {{"Site-Id", "larkfield"}, {"Authorization", "Bearer " + m_token}});
    }
    Rma& firstRma(RmaState state)
    {
        for (Rma& rma : m_server->world().rmas)
            if (rma.state == state && rma.rawState.empty() && rma.draftId == 0 &&
                !rma.shipments.empty())
                return rma;
        throw std::runtime_error("the world holds no such RMA");
    }

    std::unique_ptr<SandboxServer> m_server;
    QByteArray m_token;
};

TEST_F(Sandbox, CursorsWalkEveryRmaOnceNewestFirst)
{
    boot();
    std::set<std::string> seen;
    std::string cursor;
    std::string last = "z";
    for (int page = 0; page < 20; ++page) {
        const Json json =
            returngo("GET", "/rmas?pagesize=50" + (cursor.empty() ? "" : "&cursor=" + cursor))
                .json();
        ASSERT_TRUE(json.is_object());
        for (const Json& row : json["rmas"]) {
            const std::string id = row["rmaId"];
            EXPECT_TRUE(seen.insert(id).second) << id << " twice";
            EXPECT_LT(id, last);
            last = id;
        }
        if (!json.contains("next_cursor"))
            break;
        cursor =
            QUrl::toPercentEncoding(QString::fromStdString(json["next_cursor"].get<std::string>()))
                .toStdString();
    }
    EXPECT_EQ(seen.size(), m_server->world().rmas.size());
    EXPECT_EQ(returngo("GET", "/rmas").status, 400);
    EXPECT_EQ(returngo("GET", "/rmas?pagesize=501").status, 400);
}

TEST_F(Sandbox, ReceiptMovesTheStateButNotLastUpdated)
{
    SandboxServer::Options options;
    options.autoRefund = "received";
    boot(options);
    Rma* rma = nullptr;
    for (Rma& candidate : m_server->world().rmas)
        if (candidate.scenario == "gateway-set")
            rma = &candidate;
    ASSERT_NE(rma, nullptr);
    const std::string id = std::to_string(rma->id);
    const Json before = returngo("GET", "/rma/" + id).json();
    const std::string shipment = before["shipments"][0]["shipmentId"];

    const Answer done = returngo("PUT", "/shipment/" + shipment, R"({"status":"Received"})");

    EXPECT_EQ(done.status, 200);
    const Json after = returngo("GET", "/rma/" + id).json();
    EXPECT_EQ(after["rmaSummary"]["status"], "Received");
    EXPECT_EQ(after["lastUpdated"], before["lastUpdated"]);
    ASSERT_FALSE(after["transactions"].empty()) << "auto-refund fires on receipt";
    EXPECT_EQ(after["transactions"][0]["status"], "Requested");
    EXPECT_TRUE(after["transactions"][0]["id"].is_number_integer());
    EXPECT_EQ(returngo("PUT", "/shipment/" + shipment, R"({"status":"Shipped"})").status, 400);
}

TEST_F(Sandbox, RefusesKeysShopsAndCallsBeyondTheQuota)
{
    SandboxServer::Options options;
    options.returngoCap = 3;
    boot(options);
    EXPECT_EQ(send("GET", "/returngo/rmas?pagesize=1").status, 401);
    EXPECT_EQ(send("GET", "/returngo/rmas?pagesize=1", "", {{"x-api-key", "other"}}).status, 403);
    EXPECT_EQ(send("GET", "/returngo/rmas?pagesize=1", "",
                   {{"x-api-key", "rg-sandbox-key"}, {"x-shop-name", "else.myshopify.com"}})
                  .status,
              403);
    for (int call = 0; call < 3; ++call)
        EXPECT_EQ(returngo("GET", "/rmas?pagesize=1").status, 200);
    const Answer spent = returngo("GET", "/rmas?pagesize=1");
    EXPECT_EQ(spent.status, 429);
    EXPECT_NE(spent.body.find("Limit Exceeded"), std::string::npos);
}

TEST_F(Sandbox, ADroppedReplyHasDoneItsWork)
{
    boot();
    const std::string path = "/rma/" + std::to_string(firstRma(RmaState::Received).id) + "/comment";
    const std::size_t before = firstRma(RmaState::Received).comments.size();
    m_server->addFault({"returngo", "comment", "drop-reply", 1, 1.0, 0});

    EXPECT_EQ(returngo("POST", path, R"({"htmlText":"hello"})").status, 0);

    EXPECT_EQ(firstRma(RmaState::Received).comments.size(), before + 1);
    m_server->addFault({"returngo", "comment", "drop-before", 1, 1.0, 0});
    EXPECT_EQ(returngo("POST", path, R"({"htmlText":"hello"})").status, 0);
    EXPECT_EQ(firstRma(RmaState::Received).comments.size(), before + 1);
    EXPECT_EQ(returngo("POST", path, R"({"htmlText":"hello"})").status, 201);
}

TEST_F(Sandbox, FaultsSpoilTheAnswerInTheirOwnWay)
{
    boot();
    const auto spoilt = [this](const char* kind) {
        m_server->addFault({"returngo", "", kind, 1, 1.0, 0});
        return returngo("GET", "/rmas?pagesize=5");
    };
    EXPECT_EQ(spoilt("429").status, 429);
    EXPECT_EQ(spoilt("500").status, 500);
    EXPECT_NE(spoilt("html").body.find("<html>"), std::string::npos);
    EXPECT_TRUE(spoilt("half-json").json().is_discarded());
    EXPECT_TRUE(spoilt("empty").body.empty());
    EXPECT_TRUE(spoilt("invalid-utf8").json().is_discarded());
    EXPECT_EQ(spoilt("deep-nesting").body.size(), 20'000U);
    EXPECT_FALSE(spoilt("wrong-types").json()["rmas"][0]["status"].is_string());
    EXPECT_TRUE(returngo("GET", "/rmas?pagesize=5").json().is_object());
}

TEST_F(Sandbox, TheSameTransactionIdMovesTheBalanceOnce)
{
    boot();
    World& w = m_server->world();
    const Purchase& purchase = w.purchases.front();
    const std::string path =
        "/api/v1/purchases/platform/" + std::to_string(purchase.orderId) + "/transactions";
    const Minor before = w.account(purchase.customer)->balance;
    const std::string body =
        R"({"platform_id":"counterfoil:uk:1","total":{"number":"5.00","currency":"GBP"},)"
        R"("apply_to_balance":true,"full_transaction":{"source":"test"}})";
    EXPECT_EQ(spark("PUT", path, body).status, 200);
    EXPECT_EQ(spark("PUT", path, body).status, 200);
    EXPECT_EQ(w.account(purchase.customer)->balance, before - 500);
    EXPECT_EQ(spark("GET", path).json().size(), purchase.transactions.size());
    std::string undone = body;
    undone.replace(undone.find("true"), 4, "false");
    EXPECT_EQ(spark("PUT", path, undone).status, 200);
    EXPECT_EQ(w.account(purchase.customer)->balance, before);
}

TEST_F(Sandbox, PurchasesPageByOffsetAndExpiredTokensAreRefused)
{
    boot();
    std::set<std::string> seen;
    for (int offset = 0;; offset += 200) {
        const Json page =
            spark("GET", "/api/v1/purchases?type=order&limit=200&offset=" + std::to_string(offset))
                .json();
        ASSERT_TRUE(page.is_array());
        for (const Json& row : page)
            seen.insert((row.contains("purchase_identifiers")
                             ? row["purchase_identifiers"]
                             : row["order_identifiers"])["platform"]
                            .get<std::string>());
        if (page.size() < 200)
            break;
    }
    const auto& all = m_server->world().purchases;
    const auto placed = std::count_if(all.begin(), all.end(),
                                      [](const Purchase& row) { return row.type == "order"; });
    EXPECT_LT(static_cast<std::size_t>(placed), all.size()) << "one was never confirmed";
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(placed));
    m_token = "expired";
    EXPECT_EQ(spark("GET", "/api/v1/purchases").status, 401);
}

TEST_F(Sandbox, StockAtSparkLayerFollowsShopifyAfterItsDelay)
{
    boot();
    World& w = m_server->world();
    const auto level = [this] {
        return spark("POST", "/api/v1/batch-fetch-stock", R"({"skus":["KETTLE-1L"]})")
            .json()[0]["stock_levels"][0]["stock_level"]
            .get<std::int64_t>();
    };
    const std::int64_t before = level();
    w.adjustInventory("available", {{w.products[0].inventoryItemId, kSellable, 7, std::nullopt}});
    EXPECT_EQ(level(), before);
    w.advance(kMinute);
    EXPECT_EQ(level(), before + 7);
}

TEST_F(Sandbox, AnArmedStepHappensJustBeforeTheRequest)
{
    boot();
    World& w = m_server->world();
    const Rma& rma = firstRma(RmaState::Validated);
    const std::string id = std::to_string(rma.id);
    const std::size_t orders = w.orders.size();
    EXPECT_EQ(send("POST", "/control/arm",
                   R"({"endpoint":"returngo","match":"GET /rma/","step":"order-placed","about":")" +
                       id + "\"}")
                  .status,
              200);
    EXPECT_EQ(w.orders.size(), orders);
    EXPECT_EQ(returngo("GET", "/rma/" + id).status, 200);
    EXPECT_EQ(w.orders.size(), orders + 1);
    EXPECT_EQ(returngo("GET", "/rma/" + id).status, 200);
    EXPECT_EQ(w.orders.size(), orders + 1);
}

TEST_F(Sandbox, EveryStoryStepDoesWhatItsNameSays)
{
    boot();
    const QByteArray before = m_server->truthJson();
    for (const char* step : {"new-wrong-return", "new-return", "rma-received", "refund-requested",
                             "fixed-elsewhere", "po-set", "stock-restocked", "inspected",
                             "order-placed", "payment-arrives", "return-processed"})
        EXPECT_FALSE(m_server->playStep(QString::fromLatin1(step)).isEmpty()) << step;
    EXPECT_TRUE(m_server->playStep(QStringLiteral("no-such-step")).isEmpty());
    EXPECT_NE(m_server->truthJson(), before);
    const Json log = send("GET", "/control/log").json();
    EXPECT_TRUE(log.contains("total"));
    const Json state = send("GET", "/control/state").json();
    EXPECT_EQ(state["rmas"].size(), m_server->world().rmas.size());
}

TEST_F(Sandbox, TheConfigNamesThisServerAndKeepsSecretsOut)
{
    boot();
    const QByteArray text = m_server->configJson(QStringLiteral("/tmp/x"));
    const Json config = Json::parse(text.toStdString());
    const Json& site = config["sites"][0];
    EXPECT_EQ(site["shopify"]["url"],
              "http://127.0.0.1:" + std::to_string(m_server->port()) + "/shopify");
    EXPECT_FALSE(text.contains("shpat_sandbox"));
    EXPECT_FALSE(text.contains("rg-sandbox-key"));
    EXPECT_TRUE(site.contains("proof"));
}

} // namespace
} // namespace counterfoil::sandbox

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
