#pragma once

#include "app/sandbox/graphql/schema.h"

#include <string>
#include <vector>

namespace counterfoil::sandbox::graphql {

/// The operation to run: by name, or the only one.
[[nodiscard]] Outcome<const Operation*> selectOperation(const Document& document,
                                                        const std::string& name);

/// Checks one operation and the fragments it reaches against the schema, before anything runs:
/// fields, leaves, arguments, input types, fragments (unknown, cyclic, impossible, unused),
/// variables (undeclared, unused, not an input type), aliases that clash, directives.
/// Messages and codes read like Shopify's.
[[nodiscard]] std::vector<Problem> validate(const Schema& schema, const Document& document,
                                            const Operation& operation);

} // namespace counterfoil::sandbox::graphql
