#include "core/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace counterfoil {

void checkFailed(const char* condition, const char* file, int line)
{
    std::fprintf(stderr, "counterfoil: broken invariant at %s:%d: %s\n", file, line, condition);
    std::fflush(stderr);
    std::abort();
}

} // namespace counterfoil
