#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace counterfoil {

/// Without the white space (ASCII) at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// ASCII letters in lower case; bytes above 127 are kept as they are.
[[nodiscard]] std::string folded(std::string_view text);
/// Equal after trim and ASCII case fold: the comparison of PO numbers (law.md 10).
[[nodiscard]] bool sameText(std::string_view a, std::string_view b);
/// Parts between separators; empty parts are kept; an empty text has no part.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
/// The number at the end of a gid: after the last '/', before '?'. "gid://shopify/Order/12?x" ->
/// "12". A text without '/' is returned as it is. (shopify.md 9)
[[nodiscard]] std::string_view gidNumber(std::string_view gid);
/// Valid UTF-8: every broken sequence becomes U+FFFD; NUL becomes U+FFFD too.
[[nodiscard]] std::string sanitised(std::string_view text);
/// Cut to at most @p bytes on a character boundary.
[[nodiscard]] std::string_view clipped(std::string_view text, std::size_t bytes);
/// Percent-encodes everything but unreserved characters (RFC 3986).
[[nodiscard]] std::string percentEncoded(std::string_view text);

} // namespace counterfoil
