#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

struct sqlite3;

namespace counterfoil::store {

/// Bytes that are not text.
struct Blob {
    std::string bytes;
};

/// One bound or read value: NULL, a whole number, text (UTF-8) or bytes.
class Value {
public:
    Value() = default;
    Value(std::int64_t number) : m_value(number) {}
    Value(int number) : m_value(std::int64_t{number}) {}
    Value(bool flag) : m_value(std::int64_t{flag ? 1 : 0}) {}
    Value(std::string text) : m_value(std::move(text)) {}
    Value(std::string_view text) : m_value(std::string(text)) {}
    Value(const char* text) : m_value(std::string(text)) {}
    Value(Blob blob) : m_value(std::move(blob)) {}
    Value(Instant instant) : m_value(toMillis(instant)) {}
    Value(std::optional<Instant> instant)
    {
        if (instant)
            m_value = toMillis(*instant);
    }

    [[nodiscard]] bool isNull() const { return std::holds_alternative<std::monostate>(m_value); }
    /// 0 for what is not a number.
    [[nodiscard]] std::int64_t integer() const;
    /// Text or bytes; empty for what is neither.
    [[nodiscard]] const std::string& text() const;
    [[nodiscard]] bool isNumber() const { return std::holds_alternative<std::int64_t>(m_value); }
    [[nodiscard]] bool isBlob() const { return std::holds_alternative<Blob>(m_value); }

private:
    std::variant<std::monostate, std::int64_t, std::string, Blob> m_value;
};

/// One row of an answer, columns by position.
class Row {
public:
    explicit Row(std::vector<Value> values) : m_values(std::move(values)) {}
    [[nodiscard]] const std::string& text(std::size_t column) const { return at(column).text(); }
    [[nodiscard]] std::int64_t integer(std::size_t column) const { return at(column).integer(); }
    [[nodiscard]] bool flag(std::size_t column) const { return integer(column) != 0; }
    [[nodiscard]] bool isNull(std::size_t column) const { return at(column).isNull(); }
    [[nodiscard]] Instant instant(std::size_t column) const { return fromMillis(integer(column)); }
    [[nodiscard]] std::optional<Instant> maybeInstant(std::size_t column) const
    {
        return isNull(column) ? std::nullopt : std::optional<Instant>(instant(column));
    }

private:
    [[nodiscard]] const Value& at(std::size_t column) const;
    std::vector<Value> m_values;
};

using Rows = std::vector<Row>;
using Params = std::vector<Value>;

/// One connection to one file of the store, over QtSql; prepared statements are kept. One thread.
///
/// Errors of all: Store with a plain sentence of what, where and what to do; Conflict for a broken
/// uniqueness rule. After "damaged" every later write on this connection is refused.
class Connection {
public:
    struct Options {
        bool isReadOnly = false;
        bool isFullySynced = false; ///< FULL: a commit survives a power cut
        Millis busyTimeout{2000};
        std::string what; ///< "ledger" or "facts": for sentences
    };

    /// Opens or makes the file. Checks that the SQLite linked here is the one the Qt driver loaded.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const std::string& path,
                                                                  Options options);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] Result<Rows> rows(std::string_view sql, Params params = {});
    /// First row, or nullopt for none.
    [[nodiscard]] Result<std::optional<Row>> row(std::string_view sql, Params params = {});
    /// @return rows changed
    [[nodiscard]] Result<std::int64_t> run(std::string_view sql, Params params = {});
    /// Several statements without parameters, each ended by ";" at a line's end (migrations).
    [[nodiscard]] Result<void> runScript(std::string_view script);
    [[nodiscard]] std::int64_t lastInsertId() const;

    /// BEGIN IMMEDIATE: takes the write lock now, so that a later statement never finds it taken.
    [[nodiscard]] Result<void> begin();
    /// A read transaction: one snapshot for several statements.
    [[nodiscard]] Result<void> beginRead();
    [[nodiscard]] Result<void> commit();
    void rollback();
    [[nodiscard]] bool isInTransaction() const { return m_isInTransaction; }

    /// Reads the whole file (slow on a big one). Errors: Store naming the first fault.
    [[nodiscard]] Result<void> checkIntegrity();

    /// The driver's own handle, for core/store/bulk only.
    [[nodiscard]] sqlite3* handle() const;
    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] const std::string& what() const { return m_options.what; }
    /// The sentence for SQLite's result code @p code at this file.
    [[nodiscard]] Error errorFor(int code, std::string_view detail);

private:
    struct Qt;
    Connection(std::string path, Options options);
    [[nodiscard]] Result<void> prepareFile();

    std::string m_path;
    Options m_options;
    std::unique_ptr<Qt> m_qt;
    bool m_isInTransaction = false;
    std::optional<Error> m_damage;
};

/// Rolls back unless committed.
class Transaction {
public:
    [[nodiscard]] static Result<Transaction> begin(Connection& connection);
    Transaction(Transaction&& other) noexcept : m_connection(other.m_connection)
    {
        other.m_connection = nullptr;
    }
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    [[nodiscard]] Result<void> commit();

private:
    explicit Transaction(Connection& connection) : m_connection(&connection) {}
    Connection* m_connection;
};

} // namespace counterfoil::store

/// Returns the error of @p expression from the function around it, or goes on.
#define CF_TRY(expression)                                                                         \
    do {                                                                                           \
        if (auto&& cfTried = (expression); !cfTried)                                               \
            return ::counterfoil::fail(cfTried.error());                                           \
    } while (false)

/// Declares @p name as the value of @p expression, or returns its error.
#define CF_LET(name, expression)                                                                   \
    auto name##Result = (expression);                                                              \
    if (!name##Result)                                                                             \
        return ::counterfoil::fail(std::move(name##Result).error());                               \
    auto& name = *name##Result
