#pragma once

#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTableView>

#include "ui/widgets/comparison_model.h"

#include <map>
#include <set>

class QVariantAnimation;

namespace counterfoil::widgets {

/// The comparison of one case: a table without grid lines whose delegate paints fill, edge, text,
/// sign and focus ring. It is as high as its rows, so that it can stand in a page that scrolls as a
/// whole. Keys: arrows move, Enter runs the cell's link or folds a group, Left and Right close and
/// open a group line, Ctrl+C copies the value, Ctrl+Shift+C the value with its source and time.
class ComparisonGrid final : public QTableView {
    Q_OBJECT

public:
    explicit ComparisonGrid(QWidget* parent = nullptr);
    [[nodiscard]] ComparisonModel* comparison() const { return m_model; }
    void setContent(std::vector<ComparisonColumn> columns, std::vector<ComparisonRow> rows,
                    const QString& shouldNote = {});
    /// Marks the cells whose text the last setContent() changed, fading from mark to panel, once.
    /// For newer readings of the same case; not when motion is reduced.
    void flashChanged();
    /// How much of the mark a cell still shows, 1 to 0.
    [[nodiscard]] double flashOf(const QString& rowId, int column) const;
    /// The detached window's form: rows of 26 px, a second line with the read time in the head.
    void setRoomy(bool isRoomy);
    [[nodiscard]] bool isRoomy() const { return m_isRoomy; }
    [[nodiscard]] bool showsFocusRing() const { return m_showsFocusRing; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A cell's link ("Fix") was used.
    void actionRequested(const QString& actionId);
    /// Enter on a plain cell: open that system's document at this field.
    void cellActivated(const QString& rowId, int column);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void refreshGeometry();
    void layOutColumns();
    void activate(const QModelIndex& index);
    void toggleGroup(int row, bool isOpen);
    void copy(bool withSource) const;
    [[nodiscard]] int rowHeightOf(const ComparisonRow& row) const;
    using CellKey = std::pair<QString, int>; ///< row id and column
    [[nodiscard]] std::map<CellKey, QString> texts() const;

    ComparisonModel* m_model;
    std::map<CellKey, QString> m_before; ///< texts before the last setContent()
    std::set<CellKey> m_flashing;
    QVariantAnimation* m_flash;
    bool m_isRoomy = false;
    bool m_showsFocusRing = false;
};

/// Paints one cell of the comparison.
class ComparisonDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit ComparisonDelegate(ComparisonGrid* grid) : QStyledItemDelegate(grid), m_grid(grid) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    /// Where the link of a cell stands, in the cell's coordinates space of @p box.
    [[nodiscard]] static QRectF linkRect(const QRectF& box, const ComparisonCell& cell);

private:
    void paintGroup(QPainter& painter, const QRectF& box, const ComparisonRow& row,
                    bool isOpen) const;
    void paintCell(QPainter& painter, const QRectF& box, const ComparisonRow& row,
                   const ComparisonCell& cell, double flash) const;

    ComparisonGrid* m_grid;
};

/// Paints the column heads; "Should be" keeps its tint.
class ComparisonHeader final : public QHeaderView {
    Q_OBJECT

public:
    explicit ComparisonHeader(ComparisonGrid* grid);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override;

private:
    ComparisonGrid* m_grid;
};

} // namespace counterfoil::widgets
