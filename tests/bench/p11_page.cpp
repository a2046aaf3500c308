#include "core/decode/returngo.h"
#include "core/decode/shopify.h"
#include "core/platform/http/qt_transport.h"
#include "core/rules/judge.h"
#include "core/store/store.h"
#include "tests/bench/bench.h"
#include "tests/bench/loopback.h"
#include "tests/bench/page.h"
#include "tests/unit/decode/samples.h"

#include <QEventLoop>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <simdjson.h>
#include <sqlite3.h>

#include <filesystem>
#include <map>

namespace counterfoil::bench {
namespace {

constexpr std::size_t kOrders = 250;
/// Every tenth order of the page has a return, so its case is judged.
constexpr std::size_t kReturnEvery = 10;
constexpr const char* kTable =
    "create table if not exists doc(id integer primary key, external_id text not null, customer "
    "text not null, name text not null, payload text not null);"
    "create unique index if not exists doc_external on doc(external_id);"
    "create index if not exists doc_customer on doc(customer);"
    "create index if not exists doc_name on doc(name);";
constexpr const char* kUpsert =
    "insert into doc(external_id, customer, name, payload) values(?, ?, ?, ?) on "
    "conflict(external_id) do update set customer = excluded.customer, name = excluded.name, "
    "payload = excluded.payload";

std::string freshFolder(const char* name)
{
    const std::string folder = workFolder() + "/" + name;
    std::error_code error;
    std::filesystem::remove_all(folder, error);
    std::filesystem::create_directories(folder);
    return folder;
}

std::string get(http::QtTransport& transport, const Loopback& server)
{
    HttpRequest request;
    request.url = server.url();
    request.label = "bench page";
    Task<Result<HttpReply>> task = transport.send(request);
    task.start();
    QEventLoop loop;
    while (!task.done())
        loop.processEvents(QEventLoop::WaitForMoreEvents);
    Result<HttpReply> reply = task.take();
    if (!reply || reply->status != 200)
        giveUp("P11: the page cannot be read");
    return std::move(reply->body);
}

/// The product: transport, decode, store, judge, as one poll does it.
class Product {
public:
    Product()
        : m_transport({}),
          m_judge([this](const domain::CaseFacts& facts) { return rules::judge(facts, m_policy); })
    {
        auto opened = store::Store::open("sqlite:" + freshFolder("p11-product"), {});
        if (!opened)
            giveUp("P11: the store does not open");
        m_store = std::move(*opened);
        store::SiteSettings settings;
        settings.currency = money::Currency::fromCode("GBP").value();
        settings.policy = m_policy;
        m_store->configureSite("uk", settings);
        addReturns();
    }
    double round(const Loopback& server)
    {
        const double start = threadMillis();
        const std::string body = get(m_transport, server);
        auto page = decode::shopify::ordersChanged(body, m_adapters.shopify);
        if (!page || page->documents.size() != kOrders)
            giveUp("P11: the page does not decode");
        const store::PageOutcome outcome = apply(std::move(*page), "shopify/orders-changed");
        const double took = threadMillis() - start;
        if (outcome.newVersions != kOrders || outcome.casesJudged < kOrders / kReturnEvery)
            giveUp("P11: the page was not stored and judged");
        return took;
    }

private:
    store::PageOutcome apply(domain::DocumentPage page, const char* loop)
    {
        store::PageWrite write;
        write.site = "uk";
        write.loop = loop;
        write.platform = Platform::Shopify;
        write.observedAt = std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now());
        write.documents = std::move(page.documents);
        const auto outcome = m_store->applyPage(write, m_judge);
        if (!outcome)
            giveUp("P11: " + outcome.error().detail);
        return *outcome;
    }
    void addReturns()
    {
        using samples::with;
        for (std::size_t i = 0; i < kOrders; i += kReturnEvery) {
            std::string detail =
                with(samples::rmaDetail(), "7000412", std::to_string(7'000'000 + i));
            detail = with(detail, "B2B-1042", orderName(i));
            detail = with(detail, "B2B-1042", orderName(i));
            detail = with(detail, "5550001112223", orderId(i));
            detail = with(detail, "14000000000001", std::to_string(9'000'000'000'000 + i * 100));
            detail = with(detail, "3300017", std::to_string(3'300'000 + i));
            auto rma = decode::returngo::rmaDetail(detail, m_adapters.returngo);
            auto lines = decode::shopify::orderLines(
                samples::answer("\"order\":" + orderNode(i, 0, true)), m_adapters.shopify);
            if (!rma || !lines || rma->documents.empty() || lines->documents.empty())
                giveUp("P11: a return does not decode");
            apply(std::move(*rma), "returngo/details");
            apply(std::move(*lines), "shopify/order-details");
        }
    }

    decode::Adapters m_adapters = decode::defaultAdapters();
    domain::Policy m_policy;
    http::QtTransport m_transport;
    store::Judge m_judge;
    std::unique_ptr<store::Store> m_store;
};

/// The peer: the same transport, a DOM, QtSql row by row, one look-up an order for the judgement.
class Peer {
public:
    Peer() : m_transport({})
    {
        m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("p11"));
        m_database.setDatabaseName(QString::fromStdString(freshFolder("p11-peer") + "/peer.db"));
        m_database.open();
        QSqlQuery make(m_database);
        for (const QString& sql : QString::fromUtf8(kTable).split(u';', Qt::SkipEmptyParts))
            make.exec(sql);
    }
    double round(const Loopback& server)
    {
        const double start = threadMillis();
        const auto page = nlohmann::json::parse(get(m_transport, server));
        m_database.transaction();
        QSqlQuery upsert(m_database);
        upsert.prepare(QString::fromUtf8(kUpsert));
        std::map<std::string, std::string> totals;
        for (const nlohmann::json& node : page["data"]["orders"]["nodes"]) {
            const auto text = [](const nlohmann::json& value) {
                return QString::fromStdString(value.get<std::string>());
            };
            upsert.addBindValue(text(node["legacyResourceId"]));
            upsert.addBindValue(text(node["customer"]["legacyResourceId"]));
            upsert.addBindValue(text(node["name"]));
            upsert.addBindValue(QString::fromStdString(node.dump()));
            if (!upsert.exec())
                giveUp("P11: the peer's row");
            totals[node["name"]] = node["currentTotalPriceSet"]["presentmentMoney"]["amount"];
        }
        m_database.commit();
        const double took = threadMillis() - start;
        if (totals.size() != kOrders)
            giveUp("P11: the peer lost an order");
        return took;
    }

private:
    http::QtTransport m_transport;
    QSqlDatabase m_database;
};

/// The limit: a bare socket, three fields on demand, a prepared statement of a tuned SQLite.
class Limit {
public:
    Limit()
    {
        if (sqlite3_open((freshFolder("p11-limit") + "/limit.db").c_str(), &m_handle) != SQLITE_OK)
            giveUp("P11: the limit's file");
        run("pragma page_size=16384; pragma journal_mode=wal; pragma synchronous=normal; "
            "pragma wal_autocheckpoint=20000;");
        run(kTable);
        sqlite3_prepare_v2(m_handle, kUpsert, -1, &m_upsert, nullptr);
    }
    ~Limit()
    {
        sqlite3_finalize(m_upsert);
        sqlite3_close(m_handle);
    }
    Limit(const Limit&) = delete;
    Limit& operator=(const Limit&) = delete;
    double round(const Loopback& server)
    {
        const double start = threadMillis();
        const simdjson::padded_string page(rawGet(server.port()));
        run("begin");
        std::size_t orders = 0;
        simdjson::ondemand::document document = m_parser.iterate(page);
        for (simdjson::ondemand::object node : document["data"]["orders"]["nodes"]) {
            const std::string_view id = node.find_field("legacyResourceId");
            const std::string_view name = node.find_field("name");
            const std::string_view customer = node.find_field("customer")["legacyResourceId"];
            node.reset();
            bind(1, id);
            bind(2, customer);
            bind(3, name);
            bind(4, node.raw_json());
            if (sqlite3_step(m_upsert) != SQLITE_DONE)
                giveUp("P11: the limit's row");
            sqlite3_reset(m_upsert);
            ++orders;
        }
        run("commit");
        const double took = threadMillis() - start;
        if (orders != kOrders)
            giveUp("P11: the limit lost an order");
        return took;
    }

private:
    void run(const char* sql)
    {
        if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            giveUp(fmt::format("P11: {}", sqlite3_errmsg(m_handle)));
    }
    void bind(int at, std::string_view text)
    {
        sqlite3_bind_text(m_upsert, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    }

    sqlite3* m_handle = nullptr;
    sqlite3_stmt* m_upsert = nullptr;
    simdjson::ondemand::parser m_parser;
};

} // namespace

std::vector<Outcome> measurePage(int rounds)
{
    Loopback server;
    Product product;
    Peer peer;
    Limit limit;
    int revision = 0;
    const auto fresh = [&] { server.setBody(orderPage(kOrders, ++revision)); };
    const Rounds costs = interleaved(
        rounds,
        [&] {
            fresh();
            return product.round(server);
        },
        [&] { return peer.round(server); }, [&] { return limit.round(server); });
    Outcome out;
    out.id = "P11";
    out.work = fmt::format("processor time of one synced page of {} orders, {} with a return",
                           kOrders, kOrders / kReturnEvery);
    out.unit = "ms";
    out.peerName = "same HTTP, nlohmann DOM, QtSql row by row";
    out.limitName = "bare socket, simdjson on demand, raw SQLite, no judge";
    fill(out, costs, [](double cost) { return cost; });
    judgeAbsolute(out, 15, 9);
    return {out};
}

} // namespace counterfoil::bench
