#pragma once

namespace counterfoil {

/// Prints the broken condition with its place on stderr and stops the program.
[[noreturn]] void checkFailed(const char* condition, const char* file, int line);

} // namespace counterfoil

/// A broken invariant is a bug, not an error: stays on in release builds, logs, and stops.
#define CF_CHECK(condition)                                                                        \
    do {                                                                                           \
        if (!(condition)) [[unlikely]]                                                             \
            ::counterfoil::checkFailed(#condition, __FILE__, __LINE__);                            \
    } while (false)
