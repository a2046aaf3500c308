#pragma once

#include "core/query/filter.h"
#include "core/workspace/view.h"

#include <string>
#include <vector>

namespace counterfoil::workspace {

/// The array of `queue --format json` (design.md 10): amounts are decimal texts, times RFC 3339
/// UTC.
[[nodiscard]] std::string queueJson(const std::vector<view::QueueRow>& rows);
/// The same as CSV, RFC 4180; a value that a spreadsheet would run as a formula is written with a
/// leading apostrophe.
[[nodiscard]] std::string queueCsv(const std::vector<view::QueueRow>& rows);
/// A table for a terminal of that width; the last column is cut, control characters are shown as
/// "?".
[[nodiscard]] std::string queueText(const std::vector<view::QueueRow>& rows, Instant now,
                                    std::size_t width);

/// Puts rows into the order that the filter asks for; risk, the default, is the order they came in.
void sortRows(std::vector<view::QueueRow>& rows, const query::Filter& filter);

} // namespace counterfoil::workspace
