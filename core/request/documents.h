#pragma once

#include <span>
#include <string_view>

namespace counterfoil::request {

/// A GraphQL document of ours, in canonical form.
struct Document {
    std::string_view name;
    std::string_view text;
};
/// All of resources/graphql, compiled in.
[[nodiscard]] std::span<const Document> documents();

} // namespace counterfoil::request
