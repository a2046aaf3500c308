#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::query {

/// One blank-separated piece of a filter, with its place in the text (bytes) for colouring.
struct Token {
    std::size_t begin = 0, end = 0;
    bool isNegated = false;
    std::string key;                 ///< lower case; empty for a free word
    std::size_t keyEnd = 0;          ///< place after the ':'
    std::vector<std::string> values; ///< comma list, quotes taken off; a free word has one
    bool isOpenQuote = false;        ///< a quote without its end
};

[[nodiscard]] std::vector<Token> tokens(std::string_view text);

} // namespace counterfoil::query
