#pragma once

#include "app/sandbox/graphql/schema.h"

#include <string>
#include <vector>

namespace counterfoil::sandbox::graphql {

/// Brings the given variables to their declared types, fills defaults, refuses what does not fit
/// (code INVALID_VARIABLE with `value` and `problems`, as Shopify answers). A variable that was not
/// given and has no default is absent from the result; one that was given as null is null.
[[nodiscard]] Outcome<Json> coerceVariables(const Schema& schema, const Operation& operation,
                                            const Json& given);

/// Brings the written arguments to the types in `definitions`. Absent stays absent, null stays
/// null: that difference decides compare-and-swap writes.
[[nodiscard]] Outcome<Json> coerceArguments(const Schema& schema,
                                            const std::vector<InputDefinition>& definitions,
                                            const std::vector<Argument>& written,
                                            const Json& variables, const std::string& fieldName);

} // namespace counterfoil::sandbox::graphql
