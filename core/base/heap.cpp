#include "core/base/heap.h"

#include <cstdlib> // says whether this is glibc

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace counterfoil {

namespace {

/// More than a page of a platform and what is made of it take.
constexpr int kKeptBytes = 24 << 20;
/// Larger pieces come from the system and go back to it at once.
constexpr int kOwnPiecesBytes = 8 << 20;

} // namespace

void keepFreedMemory()
{
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, kKeptBytes);
    mallopt(M_MMAP_THRESHOLD, kOwnPiecesBytes);
#endif
}

void giveBackMemory()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

} // namespace counterfoil
