#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace counterfoil::workspace {

/// One line without control characters: a platform's text must not drive a terminal. Broken UTF-8
/// shows as U+FFFD.
[[nodiscard]] std::string plainLine(std::string_view text);

/// Exactly @p width columns, one a character: padded with blanks, or cut with an ellipsis. @pre
/// width > 0
[[nodiscard]] std::string fitted(std::string text, std::size_t width, bool isRight = false);

} // namespace counterfoil::workspace
