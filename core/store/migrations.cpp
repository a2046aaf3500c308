#include "core/store/migrations.h"

#include <fmt/format.h>

#include <filesystem>

namespace counterfoil::store {

namespace {

/// Who wrote a file, in its meta table: named when an older program refuses it.
constexpr const char* kWriterKey = "written_by";
constexpr const char* kWriter = "Counterfoil " COUNTERFOIL_VERSION;

Result<int> fileVersion(Connection& connection)
{
    CF_LET(row, connection.row("pragma user_version"));
    return row ? static_cast<int>(row->integer(0)) : 0;
}

Error newerError(Connection& connection, int version, int known)
{
    std::string writer = "a newer Counterfoil";
    if (const auto named = readMeta(connection, kWriterKey); named && *named)
        writer = **named;
    return Error(ErrorCode::Store,
                 fmt::format("The {} at {} was written by {} (store version {}; this program, {}, "
                             "knows versions up to {}). Update this program. Nothing was changed.",
                             connection.what(), connection.path(), writer, version, kWriter, known),
                 Platform::Console);
}

Result<void> copyBeside(Connection& connection, int version, const std::string& folder)
{
    const std::filesystem::path target =
        std::filesystem::path(folder) /
        fmt::format("{}-version-{}.copy.db", connection.what(), version);
    std::error_code error;
    std::filesystem::remove(target, error);
    CF_TRY(connection.run("vacuum into ?", {target.string()}));
    return {};
}

Result<void> apply(Connection& connection, const Migration& migration)
{
    CF_LET(transaction, Transaction::begin(connection));
    CF_TRY(connection.runScript(migration.sql));
    CF_TRY(connection.run(fmt::format("pragma user_version={}", migration.version)));
    CF_TRY(writeMeta(connection, kWriterKey, kWriter));
    return transaction.commit();
}

} // namespace

Result<void> migrate(Connection& connection, std::span<const Migration> migrations,
                     const std::string& backupFolder)
{
    CF_LET(version, fileVersion(connection));
    const int known = migrations.back().version;
    if (version > known)
        return fail(newerError(connection, version, known));
    if (version > 0 && version < known && !backupFolder.empty())
        CF_TRY(copyBeside(connection, version, backupFolder));
    for (const Migration& migration : migrations) {
        if (migration.version > version)
            CF_TRY(apply(connection, migration));
    }
    return {};
}

Result<void> checkVersion(Connection& connection, std::span<const Migration> migrations)
{
    CF_LET(version, fileVersion(connection));
    const int known = migrations.back().version;
    if (version > known)
        return fail(newerError(connection, version, known));
    if (version < known) {
        return fail(ErrorCode::Store,
                    fmt::format("The {} at {} is of version {}, older than this program's {}. "
                                "Start the engine once: it brings it up to date.",
                                connection.what(), connection.path(), version, known));
    }
    return {};
}

Result<std::optional<std::string>> readMeta(Connection& connection, const std::string& key)
{
    CF_LET(row, connection.row("select value from meta where key = ?", {key}));
    return row ? std::optional<std::string>(row->text(0)) : std::nullopt;
}

Result<void> writeMeta(Connection& connection, const std::string& key, const std::string& value)
{
    CF_TRY(connection.run("insert into meta(key, value) values(?, ?) "
                          "on conflict(key) do update set value = excluded.value",
                          {key, value}));
    return {};
}

} // namespace counterfoil::store
