#pragma once

#include "core/base/result.h"
#include "core/domain/observation.h"
#include "core/store/connection.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace counterfoil::store::bulk {

/// Rows of one transaction of a bulk load: as measured, between 5 and 10 thousand.
inline constexpr std::size_t kBulkRows = 8000;

/// What a line of a bulk file is to be stored as; false leaves the line out.
using LineReader = std::function<bool(std::string_view line, domain::PageDocument& document)>;

struct BulkOutcome {
    std::int64_t lines = 0;     ///< read, blank ones not counted
    std::int64_t stored = 0;    ///< new documents or versions
    std::int64_t unchanged = 0; ///< already there with the same bytes
    std::int64_t refused = 0;   ///< left out by the reader
};

/// Loads a file of one JSON object a line into the facts: documents with their keys and versions,
/// in transactions of kBulkRows. Judges nothing: judge the whole store afterwards. May be repeated
/// after a crash, what is there already is left. The engine thread, no transaction open.
/// Errors: Store.
[[nodiscard]] Result<BulkOutcome> loadLines(Connection& facts, const std::string& site,
                                            std::string_view jsonl, Instant observedAt,
                                            const LineReader& read);

} // namespace counterfoil::store::bulk
