#include "core/decode/json.h"
#include "core/store/bulk/bulk_load.h"
#include "core/store/store.h"
#include "tests/bench/bench.h"
#include "tests/bench/page.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <fmt/format.h>
#include <simdjson.h>
#include <sqlite3.h>

#include <array>
#include <filesystem>

namespace counterfoil::bench {
namespace {

constexpr std::size_t kRows = 40'000;
constexpr const char* kTable =
    "create table doc(id integer primary key, external_id text not null, customer text not null, "
    "name text not null, payload text not null);"
    "create unique index doc_external on doc(external_id);"
    "create index doc_customer on doc(customer);"
    "create index doc_name on doc(name);";

/// Order heads of about 2 KB, one a line.
std::string makeLines()
{
    std::string out;
    for (std::size_t i = 0; i < kRows; ++i)
        out += orderNode(i, 1, false) + "\n";
    return out;
}

std::string freshFolder(const char* name)
{
    const std::string folder = workFolder() + "/" + name;
    std::error_code error;
    std::filesystem::remove_all(folder, error);
    std::filesystem::create_directories(folder);
    return folder;
}

bool readLine(std::string_view line, domain::PageDocument& document)
{
    const auto json = decode::Json::parse(line);
    if (!json)
        return false;
    decode::Faults faults{decode::View()};
    decode::Fields fields(json->root());
    document = {};
    document.kind = domain::DocumentKind::Order;
    document.externalId = decode::readText(fields("legacyResourceId"), faults);
    document.keys.orderName = decode::readText(fields("name"), faults);
    document.sourceTime = decode::readInstant(fields("updatedAt"), faults);
    document.keys.customer =
        CustomerId(decode::readText(fields("customer")["legacyResourceId"], faults));
    document.body = line;
    return !faults.any();
}

/// The product's own path: documents with their keys, digests, versions and packed bodies.
double product(const std::string& lines)
{
    const std::string folder = freshFolder("p02-product");
    if (!store::Store::open("sqlite:" + folder, {}))
        giveUp("P2: the store does not open");
    auto facts = store::Connection::open(folder + "/facts.db", {.what = "facts"});
    if (!facts)
        giveUp("P2: the facts do not open");
    return timed([&] {
        const auto done = store::bulk::loadLines(**facts, "uk", lines, Instant{}, readLine);
        if (!done || done->stored != static_cast<std::int64_t>(kRows))
            giveUp("P2: the load failed");
    });
}

/// The peer: what comes to hand in Qt, all defaults, one transaction, row by row.
double qtRows(const std::string& lines)
{
    const std::string file = freshFolder("p02-peer") + "/peer.db";
    const QString name = QStringLiteral("p02");
    double took = 0;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(QString::fromStdString(file));
        database.open();
        QSqlQuery make(database);
        for (const QString& sql : QString::fromUtf8(kTable).split(u';', Qt::SkipEmptyParts))
            make.exec(sql);
        took = timed([&] {
            database.transaction();
            QSqlQuery insert(database);
            insert.prepare(QStringLiteral(
                "insert into doc(external_id, customer, name, payload) values(?, ?, ?, ?)"));
            std::string_view rest = lines;
            while (!rest.empty()) {
                const std::size_t end = rest.find('\n');
                const QByteArray line(rest.data(), static_cast<qsizetype>(end));
                rest.remove_prefix(end + 1);
                const QJsonObject order = QJsonDocument::fromJson(line).object();
                insert.addBindValue(order[u"legacyResourceId"].toString());
                insert.addBindValue(order[u"customer"][u"legacyResourceId"].toString());
                insert.addBindValue(order[u"name"].toString());
                insert.addBindValue(QString::fromUtf8(line));
                if (!insert.exec())
                    giveUp("P2: the peer's row");
            }
            database.commit();
        });
    }
    QSqlDatabase::removeDatabase(name);
    return took;
}

void run(sqlite3* handle, const char* sql)
{
    if (sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        giveUp(fmt::format("P2: {}", sqlite3_errmsg(handle)));
}

/// The limit: SQLite itself, tuned, bound without copies, three fields looked up on demand.
double rawRows(const std::string& lines)
{
    const std::string file = freshFolder("p02-limit") + "/limit.db";
    sqlite3* handle = nullptr;
    if (sqlite3_open(file.c_str(), &handle) != SQLITE_OK)
        giveUp("P2: the limit's file");
    run(handle, "pragma page_size=16384; pragma journal_mode=wal; pragma synchronous=normal; "
                "pragma wal_autocheckpoint=20000; pragma cache_size=-65536;");
    run(handle, kTable);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(handle,
                       "insert into doc(external_id, customer, name, payload) values(?, ?, ?, ?)",
                       -1, &insert, nullptr);
    const double took = timed([&] {
        simdjson::ondemand::parser parser;
        const simdjson::padded_string padded(lines);
        std::string_view rest(padded.data(), padded.size());
        std::size_t inBatch = 0;
        run(handle, "begin");
        while (!rest.empty()) {
            const std::size_t end = rest.find('\n');
            const std::string_view line = rest.substr(0, end);
            auto order = parser.iterate(line, rest.size() + simdjson::SIMDJSON_PADDING);
            rest.remove_prefix(end + 1);
            const std::string_view id = order["legacyResourceId"];
            const std::string_view orderName = order["name"];
            const std::string_view customer = order["customer"]["legacyResourceId"];
            const auto bind = [insert](int at, std::string_view text) {
                sqlite3_bind_text(insert, at, text.data(), static_cast<int>(text.size()),
                                  SQLITE_STATIC);
            };
            bind(1, id);
            bind(2, customer);
            bind(3, orderName);
            bind(4, line);
            if (sqlite3_step(insert) != SQLITE_DONE)
                giveUp("P2: the limit's row");
            sqlite3_reset(insert);
            if (++inBatch % store::bulk::kBulkRows == 0)
                run(handle, "commit; begin");
        }
        run(handle, "commit");
    });
    sqlite3_finalize(insert);
    sqlite3_close(handle);
    return took;
}

} // namespace

std::vector<Outcome> measureBulk(int rounds)
{
    const std::string lines = makeLines();
    const Rounds costs = interleaved(
        rounds, [&] { return product(lines); }, [&] { return qtRows(lines); },
        [&] { return rawRows(lines); });
    Outcome out;
    out.id = "P2";
    out.work = fmt::format("{} bulk lines of {:.1f} KB into the local store", kRows,
                           static_cast<double>(lines.size()) / kRows / 1e3);
    out.unit = "rows/s";
    out.peerName = "QtSql, defaults, row by row";
    out.limitName = "raw SQLite, tuned, one table";
    out.goal = "1.5x QtSql";
    fill(out, costs, [](double cost) { return kRows * 1e3 / cost; });
    out.isMet = out.vsPeer && *out.vsPeer >= 1.5;
    for (const char* folder : {"p02-product", "p02-peer", "p02-limit"})
        freshFolder(folder);
    return {out};
}

} // namespace counterfoil::bench
