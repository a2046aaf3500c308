#pragma once

#include <QPointer>

#include "ui/widgets/queue_delegate.h"
#include "ui/widgets/widget_base.h"

#include <vector>

class QHBoxLayout;
class QMenu;

namespace counterfoil::widgets {
class Button;
class Chip;
} // namespace counterfoil::widgets

namespace counterfoil::queue {

/// A quick filter: one term of the query, switched on and off.
struct QuickFilter {
    QString id;
    QString text;
    QString term; ///< "risk:>100"; of the first one the whole query
};
/// All open, Past SLA, Over 100, On account, Unassigned.
[[nodiscard]] const std::vector<QuickFilter>& quickFilters();

/// The bar over the list: quick filters with live counts, Save view, what waits, grouping, density,
/// columns. What does not fit folds away: Save view, the words of the right end, then the filters
/// into one menu.
class SubBar final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit SubBar(QWidget* parent = nullptr);
    void setCount(const QString& filterId, int count);
    /// Which quick filters the query holds.
    void setOn(const QStringList& filterIds);
    /// "4 new", "4 new, 1 closed"; nothing waits: hidden.
    void setWaiting(int rows, int closed);
    void setGrouped(bool isGrouped);
    void setDensity(widgets::Density density);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void filterPicked(const QString& filterId);
    void saveViewWanted();
    void waitingWanted();
    void groupingWanted(bool isGrouped);
    void densityWanted();
    void columnsWanted(const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();
    [[nodiscard]] int neededWidth() const;
    void openFilterMenu();

    QHBoxLayout* m_row;
    std::vector<widgets::Chip*> m_chips; ///< one for each quick filter
    widgets::Chip* m_filters;            ///< the menu that stands for them when it is narrow
    widgets::Button* m_save;
    widgets::Chip* m_waiting;
    widgets::Button* m_group;
    widgets::Button* m_density;
    widgets::Button* m_columns;
    bool m_isGrouped = true;
    QString m_densityWord;
};

} // namespace counterfoil::queue
