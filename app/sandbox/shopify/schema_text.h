#pragma once

namespace counterfoil::sandbox::shopify {

/// The content of schema.graphql, built in.
[[nodiscard]] const char* schemaText();

} // namespace counterfoil::sandbox::shopify
