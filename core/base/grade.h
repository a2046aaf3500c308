#pragma once

#include <cstdint>
#include <optional>
#include <utility>

namespace counterfoil {

/// How well a value is known. A credit never rests on an assumed value; unread is never zero and
/// never equal.
enum class Grade : std::uint8_t {
    Unread,  ///< never read, or the platform did not answer
    Assumed, ///< a default of ours for something the platform does not say
    Derived, ///< computed from read values
    Read     ///< as the platform sent it
};

/// A fact of a site (law.md): stated in the config, learned in a proof run, or unknown. What
/// depends on an unknown fact is not judged.
enum class Fact : std::uint8_t { Unknown, Yes, No };

} // namespace counterfoil
