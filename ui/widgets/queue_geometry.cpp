#include "ui/widgets/queue_geometry.h"

#include "core/base/check.h"

#include <algorithm>
#include <bit>

namespace counterfoil::widgets {

namespace {

constexpr int kBlockBits = 6;
constexpr int kBlock = 1 << kBlockBits;

std::size_t blockOf(int index)
{
    return static_cast<std::size_t>(index) >> kBlockBits;
}

} // namespace

void QueueGeometry::rebuild(int count, int rowPx, int groupPx,
                            const std::function<bool(int)>& isGroup)
{
    CF_CHECK(count >= 0 && rowPx > 0 && groupPx > 0);
    m_count = count;
    m_rowPx = rowPx;
    m_groupPx = groupPx;
    const std::size_t blocks = blockOf(count) + 1;
    m_groupBits.assign(blocks, 0);
    m_groupsBefore.assign(blocks, 0);
    std::int32_t groups = 0;
    for (std::size_t block = 0; block < blocks; ++block) {
        m_groupsBefore[block] = groups;
        const int first = static_cast<int>(block) << kBlockBits;
        const int last = std::min(first + kBlock, count);
        std::uint64_t bits = 0;
        for (int i = first; i < last; ++i)
            if (isGroup(i))
                bits |= std::uint64_t{1} << (i - first);
        m_groupBits[block] = bits;
        groups += std::popcount(bits);
    }
}

bool QueueGeometry::isGroup(int index) const
{
    return (m_groupBits[blockOf(index)] >> (index & (kBlock - 1))) & 1U;
}

int QueueGeometry::height(int index) const
{
    return isGroup(index) ? m_groupPx : m_rowPx;
}

std::int64_t QueueGeometry::y(int index) const
{
    CF_CHECK(index >= 0 && index <= m_count);
    if (m_groupBits.empty())
        return 0;
    const std::size_t block = blockOf(index);
    const std::uint64_t below = (std::uint64_t{1} << (index & (kBlock - 1))) - 1;
    const std::int64_t groups = m_groupsBefore[block] + std::popcount(m_groupBits[block] & below);
    return static_cast<std::int64_t>(index - groups) * m_rowPx + groups * m_groupPx;
}

std::int64_t QueueGeometry::totalHeight() const
{
    return y(m_count);
}

int QueueGeometry::rowAt(std::int64_t at) const
{
    if (m_count == 0)
        return -1;
    int low = 0;
    int high = m_count - 1;
    // The answer lies between these two quotients, so the search starts narrow.
    const int smallest = std::min(m_rowPx, m_groupPx);
    const int largest = std::max(m_rowPx, m_groupPx);
    if (at <= 0)
        return 0;
    low = static_cast<int>(std::min<std::int64_t>(at / largest, high));
    high = static_cast<int>(std::min<std::int64_t>(at / smallest, high));
    while (low < high) {
        const int middle = low + (high - low + 1) / 2;
        if (y(middle) <= at)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

} // namespace counterfoil::widgets
