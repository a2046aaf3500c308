#pragma once

#include "app/sandbox/graphql/schema.h"

#include <cstdint>

namespace counterfoil::sandbox::graphql {

/// Points that an operation requests before it runs: scalar 0, object 1, mutation 10, connection
/// 2 + first x (1 + children), list with `first` the same without the 2, other lists one object,
/// interface or union the dearest branch. Page information is free.
///
/// @param variables coerced; a page size may be a variable
/// @note only for operations that passed `validate`
[[nodiscard]] std::int64_t requestedCost(const Schema& schema, const Document& document,
                                         const Operation& operation, const Json& variables);

} // namespace counterfoil::sandbox::graphql
