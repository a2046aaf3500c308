#pragma once

#include "ui/widgets/accessible_list.h"
#include "ui/widgets/widget_base.h"

#include <vector>

namespace counterfoil::widgets {

/// The five verdicts of an inspection, and none yet.
enum class UnitVerdict : std::uint8_t { ToDo, AGrade, BGrade, Damaged, WrongItem, Missing };

/// Units by verdict of one lot. Up to 12 units are painted singly in the order given, more as
/// shares with words.
struct UnitCounts {
    std::vector<UnitVerdict> units; ///< in order; used when there are at most kUnitSquaresMax
    int aGrade = 0, bGrade = 0, damaged = 0, wrongItem = 0, missing = 0,
        toDo = 0; ///< used above that
    [[nodiscard]] int total() const;
    /// Counts a list of single units.
    [[nodiscard]] static UnitCounts of(std::vector<UnitVerdict> units);
};
inline constexpr int kUnitSquaresMax = 12;

/// "A", "B", "D", "W", "M" or empty.
[[nodiscard]] QString verdictLetter(UnitVerdict verdict);
/// "A-grade", "damaged", "not inspected", translated.
[[nodiscard]] QString verdictText(UnitVerdict verdict);
/// "22 A, 1 B, 1 D", "35 to do" with the empty ones left out.
[[nodiscard]] QString unitCountText(const UnitCounts& counts);

/// Paints a strip of 15 px squares, or a share bar with its count below, into @p box.
void paintUnits(QPainter& painter, const QRectF& box, const UnitCounts& counts);
[[nodiscard]] QColor verdictColor(UnitVerdict verdict);
[[nodiscard]] theme::Tone verdictTone(UnitVerdict verdict);

/// The strip as a widget. Each unit is an accessible list child: "Unit 6, damaged".
class UnitStrip final : public PaintedWidget, public AccessibleList {
    Q_OBJECT

public:
    explicit UnitStrip(QWidget* parent = nullptr);
    void setCounts(UnitCounts counts);
    [[nodiscard]] const UnitCounts& counts() const { return m_counts; }
    [[nodiscard]] int focusedUnit() const { return m_focused; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] int listCount() const override { return m_counts.total(); }
    [[nodiscard]] QString listText(int index) const override;
    [[nodiscard]] QRect listRect(int index) const override;
    [[nodiscard]] int listFocus() const override { return m_focused; }

Q_SIGNALS:
    /// A person moved to unit @p index with the keyboard or clicked it.
    void unitFocused(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void focusUnit(int index);

    UnitCounts m_counts;
    int m_focused = 0;
};

} // namespace counterfoil::widgets
