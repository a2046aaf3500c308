#pragma once

#include <span>
#include <string_view>

namespace counterfoil::phrases {

struct Entry {
    std::string_view code;
    std::string_view words; ///< {name} stands for a value
};

/// Every phrase in English, any order, codes unique.
[[nodiscard]] std::span<const Entry> english();

} // namespace counterfoil::phrases
