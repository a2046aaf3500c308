#pragma once

#include <string>
#include <string_view>

namespace counterfoil {

/// SHA-256 of @p bytes, 64 lower-case hex digits.
[[nodiscard]] std::string sha256Hex(std::string_view bytes);

/// UUID version 5 (RFC 4122) of @p name in Counterfoil's own namespace, lower case with dashes. The
/// same name gives the same id in a rebuilt store (law.md 9).
[[nodiscard]] std::string uuidV5(std::string_view name);

} // namespace counterfoil
