#pragma once

#include "app/sandbox/graphql/problem.h"

#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::sandbox::graphql {

struct Token {
    enum class Kind { End, Punctuator, Name, Int, Float, String };
    Kind kind = Kind::End;
    std::string text; ///< the content of a string, escapes resolved; otherwise as written
    SourcePlace at;
};

/// Splits a document into tokens; the last one is `End`. Block strings come with their common
/// indentation removed, as the specification says.
[[nodiscard]] Outcome<std::vector<Token>> tokenize(std::string_view source);

} // namespace counterfoil::sandbox::graphql
