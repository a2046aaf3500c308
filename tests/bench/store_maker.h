#pragma once

#include <cstddef>
#include <string>

namespace counterfoil::bench {

inline constexpr std::size_t kStoreRows = 1'000'000;

/// A store whose ledger holds kStoreRows findings in the product's own schema, of which every tenth
/// is live; and a config that names it. Made once and kept beside the build. Its facts are empty
/// and the journal's entries have no detail.
/// @return path of the config
[[nodiscard]] std::string millionRowStore();

} // namespace counterfoil::bench
