#pragma once

#include "ui/widgets/widget_base.h"

#include <vector>

namespace counterfoil::widgets {

/// One use of the call budget.
struct BudgetPart {
    QString label;
    int calls = 0;
    int series = 0; ///< 0 to 5: a chart series; 6: selLine; 7: text; anything else: track
};

/// A threshold of the budget with its words ("1,400 read slower").
struct BudgetStep {
    int calls = 0;
    QString label;
};

/// Calls used of a cap as one stacked bar with its steps and a legend in columns. Numbers are calls
/// in 24 hours.
class BudgetBar final : public PaintedWidget {
    Q_OBJECT

public:
    explicit BudgetBar(QWidget* parent = nullptr);
    void setBudget(std::vector<BudgetPart> parts, std::vector<BudgetStep> steps, int capCalls);
    void setShowsLegend(bool shows);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QColor colorOf(int series) const;
    void paintSteps(QPainter& painter) const;
    void paintLegend(QPainter& painter, double top) const;

    std::vector<BudgetPart> m_parts;
    std::vector<BudgetStep> m_steps;
    int m_capCalls = 1;
    bool m_showsLegend = true;
};

} // namespace counterfoil::widgets
