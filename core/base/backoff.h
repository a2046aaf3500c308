#pragma once

#include "core/base/seams.h"

#include <algorithm>

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

} // namespace counterfoil
