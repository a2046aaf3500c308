#pragma once

#include "core/base/result.h"
#include "core/store/connection.h"

#include <span>
#include <string>
#include <string_view>

namespace counterfoil::store {

/// A numbered step of the schema, compiled in from resources/sql.
struct Migration {
    int version = 0; ///< 1, 2, ...: the file's number
    std::string_view sql;
};
[[nodiscard]] std::span<const Migration> factsMigrations();
[[nodiscard]] std::span<const Migration> ledgerMigrations();

/// Brings the file to the newest version known here, each step in one transaction; a file that
/// already holds something is copied beside itself first when @p backupFolder is not empty.
///
/// Errors: Store; a file written by a newer program is refused by name and left untouched.
[[nodiscard]] Result<void> migrate(Connection& connection, std::span<const Migration> migrations,
                                   const std::string& backupFolder);
/// Checks only: for readers. Errors: Store when the file is newer, or was never set up.
[[nodiscard]] Result<void> checkVersion(Connection& connection,
                                        std::span<const Migration> migrations);

/// Value of a key in the file's meta table, or nullopt.
[[nodiscard]] Result<std::optional<std::string>> readMeta(Connection& connection,
                                                          const std::string& key);
[[nodiscard]] Result<void> writeMeta(Connection& connection, const std::string& key,
                                     const std::string& value);

} // namespace counterfoil::store
