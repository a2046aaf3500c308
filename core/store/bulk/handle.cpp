#include "core/store/bulk/handle.h"

#include "core/base/check.h"

#include <sqlite3.h>

#include <utility>

namespace counterfoil::store::bulk {

std::string linkedSourceId()
{
    return sqlite3_sourceid();
}

std::int64_t changes(sqlite3* handle)
{
    return sqlite3_changes64(handle);
}

std::int64_t lastInsertId(sqlite3* handle)
{
    return sqlite3_last_insert_rowid(handle);
}

RawStatement::RawStatement(RawStatement&& other) noexcept
    : m_statement(std::exchange(other.m_statement, nullptr))
{
}

RawStatement& RawStatement::operator=(RawStatement&& other) noexcept
{
    std::swap(m_statement, other.m_statement);
    return *this;
}

RawStatement::~RawStatement()
{
    sqlite3_finalize(m_statement);
}

int RawStatement::prepare(sqlite3* handle, std::string_view sql)
{
    CF_CHECK(m_statement == nullptr);
    return sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()),
                              SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr);
}

void RawStatement::bindInteger(int index, std::int64_t number)
{
    CF_CHECK(sqlite3_bind_int64(m_statement, index, number) == SQLITE_OK);
}

void RawStatement::bindText(int index, std::string_view text)
{
    // An empty view may have no data; NULL would be bound then.
    const char* data = text.data() ? text.data() : "";
    CF_CHECK(sqlite3_bind_text(m_statement, index, data, static_cast<int>(text.size()), nullptr) ==
             SQLITE_OK);
}

void RawStatement::bindBlob(int index, std::string_view bytes)
{
    const char* data = bytes.data() ? bytes.data() : "";
    CF_CHECK(sqlite3_bind_blob(m_statement, index, data, static_cast<int>(bytes.size()), nullptr) ==
             SQLITE_OK);
}

void RawStatement::bindNull(int index)
{
    CF_CHECK(sqlite3_bind_null(m_statement, index) == SQLITE_OK);
}

bool RawStatement::step(int& code)
{
    const int result = sqlite3_step(m_statement);
    code = result == SQLITE_ROW || result == SQLITE_DONE ? 0 : result;
    return result == SQLITE_ROW;
}

int RawStatement::run()
{
    int code = 0;
    const bool hasRow = step(code);
    CF_CHECK(!hasRow);
    reset();
    return code;
}

void RawStatement::reset()
{
    sqlite3_reset(m_statement);
}

std::int64_t RawStatement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

std::string_view RawStatement::bytes(int column) const
{
    const void* data = sqlite3_column_blob(m_statement, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column));
    return data ? std::string_view(static_cast<const char*>(data), size) : std::string_view();
}

bool RawStatement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

} // namespace counterfoil::store::bulk
