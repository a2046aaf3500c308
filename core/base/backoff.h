#pragma once

#include "core/base/seams.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace counterfoil {

/// Capped exponential wait with full jitter: uniform in [0, min(cap, first x factor^tries)].
/// @param tries how many were made before, 0 for the first wait
[[nodiscard]] inline Millis backoff(int tries, Millis first, int factor, Millis cap, Random& random)
{
    Millis top = first;
    for (int i = 0; i < tries && top < cap; ++i)
        top *= factor;
    top = std::min(top, cap);
    return Millis(random.below(static_cast<std::uint64_t>(top.count()) + 1));
}

/// Retry-After in whole seconds, at most @p cap; nullopt: not sent, or in another form.
[[nodiscard]] inline std::optional<Millis> retryAfter(const HttpReply& reply, Millis cap)
{
    constexpr std::int64_t kSecondsMax = 86'400;
    const std::string text = reply.header("Retry-After");
    std::int64_t seconds = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.empty() || problem != std::errc() || end != text.data() + text.size() || seconds < 0)
        return std::nullopt;
    return std::min<Millis>(std::chrono::seconds(std::min(seconds, kSecondsMax)), cap);
}

} // namespace counterfoil
