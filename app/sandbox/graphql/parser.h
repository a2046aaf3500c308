#pragma once

#include "app/sandbox/graphql/problem.h"

#include <string_view>

namespace counterfoil::sandbox::graphql {

/// Parses an executable document: operations (also the short form `{ ... }`) and fragments.
/// Nesting beyond 120 levels is refused, so that no document can exhaust the stack.
[[nodiscard]] Outcome<Document> parseDocument(std::string_view source);

} // namespace counterfoil::sandbox::graphql
