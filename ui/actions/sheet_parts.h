#pragma once

#include <QWidget>

class QVBoxLayout;

namespace counterfoil::widgets {
class Paragraph;
} // namespace counterfoil::widgets

namespace counterfoil::actionsheets {

class FigureTable;
class StepList;

/// Room round the parts of a sheet, in pixels of the design.
inline constexpr int kSheetPadding = 20;

/// "Steps", with @p note beside it and "Copy all" at the right, and the list below. @return the
/// list, a child of @p host
StepList* addSteps(QVBoxLayout* down, QWidget* host, const QString& note);

/// Shown instead of the plan when a bound value moved while the sheet was open: what changed.
class ConflictForm final : public QWidget {
    Q_OBJECT

public:
    explicit ConflictForm(const QString& sentence, QWidget* parent = nullptr);
    [[nodiscard]] FigureTable* rows() const { return m_rows; }
    /// Where a sheet puts what a person can do about it.
    [[nodiscard]] QVBoxLayout* below() const { return m_below; }

private:
    FigureTable* m_rows;
    QVBoxLayout* m_below;
};

} // namespace counterfoil::actionsheets
