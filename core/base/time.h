#pragma once

#include "core/base/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace counterfoil {

using Millis = std::chrono::milliseconds;
/// A moment in UTC, milliseconds. The pure layers never ask for "now": it is handed in.
using Instant = std::chrono::sys_time<Millis>;

/// Reads RFC 3339 / ISO 8601 with `Z` or a numeric offset ("2026-03-02T09:14:05+00:00"); fractions
/// are cut to milliseconds; a date alone is its midnight UTC. Errors: Invalid.
[[nodiscard]] Result<Instant> parseInstant(std::string_view text);

/// "2026-11-24T10:42:00Z"; milliseconds only when they are not zero ("...:00.250Z").
[[nodiscard]] std::string formatInstant(Instant instant);

/// Milliseconds since 1970-01-01T00:00:00Z, the form stores keep.
[[nodiscard]] constexpr std::int64_t toMillis(Instant instant)
{
    return instant.time_since_epoch().count();
}
[[nodiscard]] constexpr Instant fromMillis(std::int64_t millis)
{
    return Instant(Millis(millis));
}

} // namespace counterfoil
