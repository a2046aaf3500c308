#pragma once

#include "ui/widgets/queue_row.h"

#include <vector>

namespace counterfoil::widgets::testing {

/// The rows of the design's queue picture, over and over up to any length.
class FixtureSource final : public QueueRowSource {
public:
    explicit FixtureSource(int count, bool withGroups = true);
    [[nodiscard]] int count() const override { return m_count; }
    [[nodiscard]] bool isGroup(int index) const override;
    [[nodiscard]] QueueRow row(int index) const override;
    [[nodiscard]] quint64 idAt(int index) const override
    {
        return static_cast<quint64>(index + m_shift + 1);
    }
    [[nodiscard]] int indexOf(quint64 id) const override;

    /// Rows that came in above: every known row moves down by that many.
    void insertAbove(int rows);

private:
    int m_count;
    int m_shift = 0;
    std::vector<QueueRow> m_pattern;
};

} // namespace counterfoil::widgets::testing
