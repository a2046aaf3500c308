#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::casefile {

/// A JSON document laid out one value a line, with the JSON pointer of each line.
struct JsonText {
    std::string text;
    std::vector<std::string> pointers; ///< one a line; a closing bracket has its container's

    /// The line of @p pointer, or of its nearest ancestor that is there; -1: not even the root.
    [[nodiscard]] int lineOf(std::string_view pointer) const;
    /// The first line that holds @p value as a whole value; -1: none.
    [[nodiscard]] int lineHolding(std::string_view value) const;
};

/// Lays out @p body without touching a value: numbers and strings stay letter for letter as the
/// platform sent them. What is not JSON comes back as it is, one pointer "" a line.
[[nodiscard]] JsonText layOutJson(std::string_view body);

} // namespace counterfoil::casefile
