#include "core/reconcile/bulk_compare.h"
#include "tests/bench/bench.h"
#include "tests/bench/node_peer.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <bit>
#include <cstdlib>

namespace counterfoil::bench {
namespace {

using reconcile::BulkOrderLine;
using reconcile::BulkReturnedLine;

constexpr std::size_t kReturns = 1'000'000;
constexpr std::size_t kLines = kReturns * 3;
constexpr std::uint32_t kPounds = 826;

struct Rows {
    std::vector<BulkOrderLine> orders;
    std::vector<BulkReturnedLine> returned;
};

/// The same rows as tests/bench/node/p09.js makes.
Rows makeRows()
{
    std::uint64_t state = 20261124;
    const auto next = [&state] {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::int64_t>(state >> 33U);
    };
    Rows rows;
    rows.orders.resize(kLines);
    rows.returned.resize(kLines);
    for (std::size_t i = 0; i < kLines; ++i) {
        BulkOrderLine& line = rows.orders[i];
        line.quantity = static_cast<std::int32_t>(1 + next() % 60);
        line.grossMinor = line.quantity * (200 + next() % 5000);
        line.grossMinor += next() % 7;
        line.key = 9'000'000'000 + i * 3;
        line.currency = kPounds;
    }
    for (BulkReturnedLine& row : rows.returned) {
        const BulkOrderLine& line =
            rows.orders[static_cast<std::size_t>(next()) % rows.orders.size()];
        row.key = line.key;
        row.units = static_cast<std::int32_t>(1 + next() % line.quantity);
        const std::int64_t kind = next() % 10;
        const std::int64_t due =
            (line.grossMinor * row.units * 2 + line.quantity) / (line.quantity * 2);
        row.amountMinor = kind == 0 ? due + 500 : kind == 1 ? due + 1 : due;
        row.currency = kPounds;
    }
    return rows;
}

/// The limit: a flat table of 16-byte slots, prefetched, and no check but the key.
class FlatTable {
public:
    struct Slot {
        std::uint64_t key = 0;
        std::int32_t gross = 0, quantity = 0;
    };
    explicit FlatTable(const std::vector<BulkOrderLine>& lines)
        : m_slots(std::bit_ceil(lines.size() * 2)),
          m_shift(64U - static_cast<unsigned>(std::countr_zero(m_slots.size())))
    {
        for (const BulkOrderLine& line : lines) {
            std::size_t at = place(line.key);
            while (m_slots[at].key != 0)
                at = (at + 1) & (m_slots.size() - 1);
            m_slots[at] = {line.key, static_cast<std::int32_t>(line.grossMinor), line.quantity};
        }
    }
    [[nodiscard]] std::uint64_t compare(const std::vector<BulkReturnedLine>& rows) const
    {
        constexpr std::size_t kAhead = 16;
        std::uint64_t wrong = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            __builtin_prefetch(&m_slots[place(rows[std::min(i + kAhead, rows.size() - 1)].key)]);
            std::size_t at = place(rows[i].key);
            while (m_slots[at].key != rows[i].key)
                at = (at + 1) & (m_slots.size() - 1);
            const Slot& slot = m_slots[at];
            const auto top = static_cast<std::uint64_t>(slot.gross) *
                             static_cast<std::uint64_t>(rows[i].units) * 2;
            const auto quantity = static_cast<std::uint64_t>(slot.quantity);
            const auto due = static_cast<std::int64_t>((top + quantity) / (quantity * 2));
            wrong += std::abs(rows[i].amountMinor - due) > (rows[i].units + 1) / 2;
        }
        return wrong;
    }

private:
    [[nodiscard]] std::size_t place(std::uint64_t key) const
    {
        return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> m_shift);
    }
    std::vector<Slot> m_slots;
    unsigned m_shift;
};

/// The second peer: two tables in memory and one join.
class SqlitePeer {
public:
    explicit SqlitePeer(const Rows& rows)
    {
        if (sqlite3_open(":memory:", &m_handle) != SQLITE_OK)
            giveUp("P9: SQLite");
        run("create table o(key integer primary key, gross integer, quantity integer, currency "
            "integer)");
        run("create table r(key integer, units integer, amount integer, currency integer)");
        run("begin");
        sqlite3_stmt* order = prepare("insert into o values(?, ?, ?, ?)");
        for (const BulkOrderLine& line : rows.orders)
            insert(order, {static_cast<std::int64_t>(line.key), line.grossMinor, line.quantity,
                           line.currency});
        sqlite3_finalize(order);
        sqlite3_stmt* row = prepare("insert into r values(?, ?, ?, ?)");
        for (const BulkReturnedLine& line : rows.returned)
            insert(row, {static_cast<std::int64_t>(line.key), line.units, line.amountMinor,
                         line.currency});
        sqlite3_finalize(row);
        run("commit");
    }
    ~SqlitePeer() { sqlite3_close(m_handle); }
    SqlitePeer(const SqlitePeer&) = delete;
    SqlitePeer& operator=(const SqlitePeer&) = delete;

    [[nodiscard]] std::int64_t wrong()
    {
        sqlite3_stmt* query =
            prepare("select count(*) from r join o on o.key = r.key where r.currency = o.currency "
                    "and r.units between 1 and o.quantity and abs(r.amount - (o.gross * r.units * "
                    "2 + o.quantity) / (o.quantity * 2)) > (r.units + 1) / 2");
        if (sqlite3_step(query) != SQLITE_ROW)
            giveUp("P9: SQLite's query");
        const std::int64_t count = sqlite3_column_int64(query, 0);
        sqlite3_finalize(query);
        return count;
    }

private:
    void run(const char* sql)
    {
        if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            giveUp("P9: SQLite's rows");
    }
    sqlite3_stmt* prepare(const char* sql)
    {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(m_handle, sql, -1, &statement, nullptr) != SQLITE_OK)
            giveUp("P9: SQLite's statement");
        return statement;
    }
    static void insert(sqlite3_stmt* statement, std::initializer_list<std::int64_t> values)
    {
        int at = 0;
        for (const std::int64_t value : values)
            sqlite3_bind_int64(statement, ++at, value);
        sqlite3_step(statement);
        sqlite3_reset(statement);
    }
    sqlite3* m_handle = nullptr;
};

} // namespace

std::vector<Outcome> measureCompare(int rounds)
{
    const auto node = NodePeer::start(QStringLiteral("p09.js"), QString::number(kLines));
    const Rows rows = makeRows();
    const reconcile::BulkOrderTable table(rows.orders);
    const FlatTable flat(rows.orders);
    SqlitePeer sqlite(rows);
    const reconcile::BulkVerdicts verdicts = reconcile::compareCredits(table, rows.returned);
    if (flat.compare(rows.returned) != verdicts.over + verdicts.under ||
        static_cast<std::uint64_t>(sqlite.wrong()) != verdicts.over + verdicts.under)
        giveUp("P9: the contenders disagree");

    std::uint64_t kept = 0;
    const Contender product = [&] {
        return cpuTimed([&] { kept += reconcile::compareCredits(table, rows.returned).over; });
    };
    const Contender limit = [&] { return cpuTimed([&] { kept += flat.compare(rows.returned); }); };
    const auto figure = [](double cost) { return static_cast<double>(kLines) / cost / 1e3; };
    std::vector<Outcome> out(2);
    out[0].id = out[1].id = "P9";
    out[0].work =
        fmt::format("compare {} M returned lines in memory, 1 thread", kLines / 1'000'000);
    out[1].work = "the same, beside SQLite's join";
    out[0].unit = out[1].unit = "M lines/s";
    out[0].peerName = node ? node->name().toStdString() + ", Map" : "node: not installed";
    out[1].peerName = "SQLite " SQLITE_VERSION ", one join in memory (DuckDB: not installed)";
    out[0].limitName = out[1].limitName = "flat map + prefetch, no checks";
    out[0].goal = "8x node";
    out[1].goal = "3x DuckDB (absent; SQLite is shown)";
    fill(out[0],
         interleaved(rounds, product, node ? Contender([&] { return node->round(); }) : Contender(),
                     limit),
         figure);
    fill(out[1],
         interleaved(
             rounds, product,
             [&] { return cpuTimed([&] { kept += static_cast<std::uint64_t>(sqlite.wrong()); }); },
             limit),
         figure);
    if (kept == 0)
        giveUp("P9: nothing was compared");
    out[0].isMet = out[0].vsPeer && *out[0].vsPeer >= 8;
    out[1].isJudged = false; // SQLite stands in; it is no measure of DuckDB
    return out;
}

} // namespace counterfoil::bench
