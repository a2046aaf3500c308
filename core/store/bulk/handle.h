#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

/// The one folder that touches SQLite's own handle, for what must be fast. Everything here works on
/// the connection that QtSql opened, inside its transactions; the store checks at start that both
/// use the very same library.
namespace counterfoil::store::bulk {

/// sqlite3_sourceid() of the library linked here.
[[nodiscard]] std::string linkedSourceId();
[[nodiscard]] std::int64_t changes(sqlite3* handle);
[[nodiscard]] std::int64_t lastInsertId(sqlite3* handle);

/// A prepared statement of the driver; texts and blobs are bound without a copy and must outlive
/// the step. One thread.
class RawStatement {
public:
    RawStatement() = default;
    RawStatement(const RawStatement&) = delete;
    RawStatement& operator=(const RawStatement&) = delete;
    RawStatement(RawStatement&& other) noexcept;
    RawStatement& operator=(RawStatement&& other) noexcept;
    ~RawStatement();

    /// @return SQLite's result code, 0 when it went well
    [[nodiscard]] int prepare(sqlite3* handle, std::string_view sql);
    void bindInteger(int index, std::int64_t number);
    void bindText(int index, std::string_view text);
    void bindBlob(int index, std::string_view bytes);
    void bindNull(int index);
    /// One row when true; @p code is SQLite's result code of a failure, else 0.
    [[nodiscard]] bool step(int& code);
    /// Runs a statement without rows and resets it. @return result code, 0 when it went well
    [[nodiscard]] int run();
    void reset();

    [[nodiscard]] std::int64_t integer(int column) const;
    /// Valid until the next step or reset.
    [[nodiscard]] std::string_view bytes(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] bool isPrepared() const { return m_statement != nullptr; }

private:
    sqlite3_stmt* m_statement = nullptr;
};

} // namespace counterfoil::store::bulk
