#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QVariant>

#include "core/store/connection.h"

#include "core/base/check.h"
#include "core/store/bulk/handle.h"
#include "core/store/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <unordered_map>

namespace counterfoil::store {

namespace {

const std::string kNoText;
const Value kNull;

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QVariant toVariant(const Value& value)
{
    if (value.isNull())
        return QVariant(QMetaType(QMetaType::QString));
    if (value.isBlob()) {
        return QByteArray(value.text().data(), static_cast<qsizetype>(value.text().size()));
    }
    if (value.isNumber())
        return QVariant::fromValue<qlonglong>(value.integer());
    return toQt(value.text());
}

Value fromVariant(const QVariant& variant)
{
    if (variant.isNull())
        return {};
    switch (variant.typeId()) {
    case QMetaType::QByteArray: {
        const QByteArray bytes = variant.toByteArray();
        return Blob{std::string(bytes.constData(), static_cast<std::size_t>(bytes.size()))};
    }
    case QMetaType::QString:
        return variant.toString().toStdString();
    default:
        return std::int64_t{variant.toLongLong()};
    }
}

} // namespace

std::int64_t Value::integer() const
{
    const auto* number = std::get_if<std::int64_t>(&m_value);
    return number ? *number : 0;
}

const std::string& Value::text() const
{
    if (const auto* text = std::get_if<std::string>(&m_value))
        return *text;
    if (const auto* blob = std::get_if<Blob>(&m_value))
        return blob->bytes;
    return kNoText;
}

const Value& Row::at(std::size_t column) const
{
    CF_CHECK(column < m_values.size());
    return m_values[column];
}

struct Connection::Qt {
    QString name;
    QSqlDatabase database;
    struct Kept {
        std::unique_ptr<QSqlQuery> query;
        std::vector<std::size_t> order; ///< see PlainStatement
    };
    std::unordered_map<std::string, Kept> statements;
};

Connection::Connection(std::string path, Options options)
    : m_path(std::move(path)), m_options(std::move(options)), m_qt(std::make_unique<Qt>())
{
}

Connection::~Connection()
{
    if (m_isInTransaction)
        rollback();
    const QString name = m_qt->name;
    m_qt->statements.clear();
    m_qt->database.close();
    m_qt.reset();
    QSqlDatabase::removeDatabase(name);
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, Options options)
{
    static std::atomic<std::uint64_t> counter{0};
    std::unique_ptr<Connection> connection(new Connection(path, std::move(options)));
    Qt& qt = *connection->m_qt;
    qt.name = toQt(fmt::format("counterfoil-{}", counter.fetch_add(1)));
    qt.database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), qt.name);
    if (!qt.database.isValid()) {
        return fail(ErrorCode::Store, "Qt's SQLite driver is not installed (package "
                                      "libqt6sql6-sqlite). Install it and start again.");
    }
    qt.database.setDatabaseName(toQt(path));
    QString connectOptions =
        toQt(fmt::format("QSQLITE_BUSY_TIMEOUT={}", connection->m_options.busyTimeout.count()));
    if (connection->m_options.isReadOnly)
        connectOptions += QStringLiteral(";QSQLITE_OPEN_READONLY");
    qt.database.setConnectOptions(connectOptions);
    if (!qt.database.open()) {
        const QSqlError error = qt.database.lastError();
        return fail(connection->errorFor(error.nativeErrorCode().toInt(),
                                         error.databaseText().toStdString()));
    }
    CF_TRY(connection->prepareFile());
    return connection;
}

Result<void> Connection::prepareFile()
{
    CF_LET(source, row("select sqlite_source_id()"));
    if (!source || source->text(0) != bulk::linkedSourceId()) {
        return fail(ErrorCode::Store,
                    fmt::format("The SQLite library of this program ({}) is not the one that Qt "
                                "loaded ({}). Install matching packages.",
                                bulk::linkedSourceId(), source ? source->text(0) : "none"));
    }
    if (!m_options.isReadOnly) {
        // The page size counts only before the first table is made.
        CF_TRY(run("pragma page_size=16384"));
        CF_LET(mode, row("pragma journal_mode=wal"));
        if (!mode || mode->text(0) != "wal")
            return fail(errorFor(8, "the journal mode could not be set"));
        CF_TRY(run("pragma wal_autocheckpoint=20000"));
        CF_TRY(
            run(m_options.isFullySynced ? "pragma synchronous=full" : "pragma synchronous=normal"));
    }
    CF_TRY(run("pragma cache_size=-16384"));
    CF_TRY(run("pragma foreign_keys=on"));
    // The first read of the file itself: a file that is no database shows here.
    CF_TRY(row("select count(*) from sqlite_master"));
    return {};
}

Error Connection::errorFor(int code, std::string_view detail)
{
    const auto sentence = [&](ErrorCode errorCode, std::string text) {
        return Error(errorCode, fmt::format("{} ({})", text, detail), Platform::Console);
    };
    const bool isLedger = m_options.what == "ledger";
    switch (code & 0xff) {
    case 5:
    case 6:
        return sentence(
            ErrorCode::Store,
            fmt::format("The {} at {} has been locked by another program for longer than {} s. "
                        "Close that program or wait for it, then try again. Nothing was written.",
                        m_options.what, m_path, m_options.busyTimeout.count() / 1000));
    case 7:
        return sentence(ErrorCode::Store, "There is not enough memory to use the store.");
    case 8:
        return sentence(ErrorCode::Store,
                        fmt::format("The {} at {} is read-only. Give this user the right to write "
                                    "there, or choose another folder. Nothing was written.",
                                    m_options.what, m_path));
    case 11:
    case 26:
        m_damage = sentence(
            ErrorCode::Store,
            isLedger ? fmt::format("The ledger at {} is damaged. Restore it from the newest backup "
                                   "before anything else; nothing is written until then.",
                                   m_path)
                     : fmt::format("The facts file at {} is damaged. Move it away: it is read "
                                   "again from the platforms. Nothing is written until then.",
                                   m_path));
        return *m_damage;
    case 10:
    case 13:
        return sentence(ErrorCode::Store,
                        fmt::format("The disk that holds the {} at {} is full or failing. Free "
                                    "some space, then try again. Nothing was written.",
                                    m_options.what, m_path));
    case 14:
        return sentence(ErrorCode::Store,
                        fmt::format("The {} at {} cannot be opened. Check that the folder exists "
                                    "and that this user may use it.",
                                    m_options.what, m_path));
    case 19:
        return sentence(ErrorCode::Conflict,
                        fmt::format("A rule of the {} refuses this row", m_options.what));
    default:
        return sentence(ErrorCode::Store,
                        fmt::format("The {} at {} could not be used (SQLite result {}).",
                                    m_options.what, m_path, code));
    }
}

namespace {

/// What the database says. Where it says nothing the fault is the driver's own (a wrong number of
/// parameters, for example): then its words, and which statement.
std::string wordsOf(const QSqlError& error, std::string_view sql)
{
    const std::string said = error.databaseText().toStdString();
    if (!said.empty())
        return said;
    return fmt::format("{} in: {}", error.driverText().toStdString(), sql.substr(0, 120));
}

/// Runs a kept statement; the answer is in @p query afterwards. @pre every number in @p order has
/// its parameter
bool execute(QSqlQuery& query, const Params& params, const std::vector<std::size_t>& order)
{
    const std::size_t count = order.empty() ? params.size() : order.size();
    for (std::size_t i = 0; i < count; ++i)
        query.bindValue(static_cast<int>(i), toVariant(params[order.empty() ? i : order[i]]));
    return query.exec();
}

} // namespace

Result<Rows> Connection::rows(std::string_view sql, Params params)
{
    Qt::Kept& kept = m_qt->statements[std::string(sql)];
    std::unique_ptr<QSqlQuery>& query = kept.query;
    if (!query) {
        PlainStatement plain = writtenOut(sql);
        kept.order = std::move(plain.order);
        query = std::make_unique<QSqlQuery>(m_qt->database);
        query->setForwardOnly(true);
        if (!query->prepare(toQt(plain.sql))) {
            const QSqlError error = query->lastError();
            query.reset();
            return fail(errorFor(error.nativeErrorCode().toInt(), wordsOf(error, sql)));
        }
    }
    const auto lacks = [&params](std::size_t number) { return number >= params.size(); };
    if (std::any_of(kept.order.begin(), kept.order.end(), lacks))
        return fail(errorFor(0, fmt::format("a parameter is missing in: {}", sql.substr(0, 120))));
    if (!execute(*query, params, kept.order)) {
        const QSqlError error = query->lastError();
        query->finish();
        return fail(errorFor(error.nativeErrorCode().toInt(), wordsOf(error, sql)));
    }
    Rows found;
    const int columns = query->isSelect() ? query->record().count() : 0;
    while (query->isSelect() && query->next()) {
        std::vector<Value> values;
        values.reserve(static_cast<std::size_t>(columns));
        for (int i = 0; i < columns; ++i)
            values.push_back(fromVariant(query->value(i)));
        found.emplace_back(std::move(values));
    }
    const QSqlError error = query->lastError();
    query->finish();
    if (error.isValid()) {
        return fail(errorFor(error.nativeErrorCode().toInt(), wordsOf(error, sql)));
    }
    return found;
}

Result<std::optional<Row>> Connection::row(std::string_view sql, Params params)
{
    CF_LET(found, rows(sql, std::move(params)));
    if (found.empty())
        return std::optional<Row>();
    return std::optional<Row>(std::move(found.front()));
}

Result<std::int64_t> Connection::run(std::string_view sql, Params params)
{
    if (m_damage && m_isInTransaction)
        return fail(*m_damage);
    CF_TRY(rows(sql, std::move(params)));
    return bulk::changes(handle());
}

Result<void> Connection::runScript(std::string_view script)
{
    std::string statement;
    std::size_t start = 0;
    while (start < script.size()) {
        std::size_t end = script.find('\n', start);
        end = end == std::string_view::npos ? script.size() : end;
        const std::string_view line = script.substr(start, end - start);
        start = end + 1;
        if (line.substr(0, 2) == "--")
            continue;
        statement.append(line).push_back('\n');
        if (line.empty() || line.back() != ';')
            continue;
        CF_TRY(run(statement));
        statement.clear();
    }
    return {};
}

std::int64_t Connection::lastInsertId() const
{
    return bulk::lastInsertId(handle());
}

Result<void> Connection::begin()
{
    CF_CHECK(!m_isInTransaction);
    if (m_damage)
        return fail(*m_damage);
    if (m_options.isReadOnly)
        return fail(errorFor(8, "opened for reading only"));
    CF_TRY(run("begin immediate"));
    m_isInTransaction = true;
    return {};
}

Result<void> Connection::beginRead()
{
    CF_CHECK(!m_isInTransaction);
    CF_TRY(run("begin"));
    m_isInTransaction = true;
    return {};
}

Result<void> Connection::commit()
{
    CF_CHECK(m_isInTransaction);
    if (auto done = run("commit"); !done) {
        Error error = done.error();
        rollback();
        return fail(std::move(error));
    }
    m_isInTransaction = false;
    return {};
}

void Connection::rollback()
{
    m_isInTransaction = false;
    // A full disk makes SQLite roll back by itself; then this finds nothing to do.
    QSqlQuery query(m_qt->database);
    query.exec(QStringLiteral("rollback"));
}

Result<void> Connection::checkIntegrity()
{
    CF_LET(found, rows("pragma quick_check(1)"));
    if (found.empty() || found.front().text(0) != "ok")
        return fail(errorFor(11, found.empty() ? "no answer" : found.front().text(0)));
    return {};
}

sqlite3* Connection::handle() const
{
    const QVariant handle = m_qt->database.driver()->handle();
    CF_CHECK(handle.isValid());
    return *static_cast<sqlite3* const*>(handle.constData());
}

Result<Transaction> Transaction::begin(Connection& connection)
{
    CF_TRY(connection.begin());
    return Transaction(connection);
}

Transaction::~Transaction()
{
    if (m_connection && m_connection->isInTransaction())
        m_connection->rollback();
}

Result<void> Transaction::commit()
{
    return m_connection->commit();
}

} // namespace counterfoil::store
