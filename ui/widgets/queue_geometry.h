#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace counterfoil::widgets {

/// Vertical geometry of rows of two heights. One bit a row and one sum every 64 rows: y() is O(1),
/// rowAt() a binary search over the sums. A million rows take 190 KB. Heights and offsets in
/// logical px.
class QueueGeometry {
public:
    /// @param isGroup asked once for each of @p count rows, in order.
    void rebuild(int count, int rowPx, int groupPx, const std::function<bool(int)>& isGroup);

    [[nodiscard]] int count() const { return m_count; }
    [[nodiscard]] std::int64_t totalHeight() const;
    /// Top of row @p index, 0..count (count gives the total height).
    [[nodiscard]] std::int64_t y(int index) const;
    [[nodiscard]] int height(int index) const;
    [[nodiscard]] bool isGroup(int index) const;
    /// The row at @p y, clamped into the list; -1 when it is empty.
    [[nodiscard]] int rowAt(std::int64_t y) const;

private:
    int m_count = 0;
    int m_rowPx = 44;
    int m_groupPx = 30;
    std::vector<std::uint64_t> m_groupBits;
    std::vector<std::int32_t> m_groupsBefore; ///< group rows before each block of 64
};

} // namespace counterfoil::widgets
