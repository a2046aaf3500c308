#pragma once

#include "app/sandbox/graphql/json.h"

#include <string>

/// Answers that are wrong in the ways real ones sometimes are.
namespace counterfoil::sandbox::shopify {

/// True for the kinds that `spoiled` knows: "partial", "null-quantity", "unknown-enum",
/// "wrong-types".
[[nodiscard]] bool spoils(const std::string& kind);

/// The answer with that fault in it.
[[nodiscard]] graphql::Json spoiled(const std::string& kind, graphql::Json body);

/// `data` of a refused mutation: each payload null but for one user error; null for a query.
[[nodiscard]] graphql::Json userErrorData(const std::string& query, const std::string& code);

} // namespace counterfoil::sandbox::shopify
