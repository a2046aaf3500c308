#pragma once

#include <QAbstractListModel>
#include <QListView>
#include <QStyledItemDelegate>

#include "ui/theme/icons.h"
#include "ui/widgets/widget_base.h"

#include <optional>
#include <vector>

namespace counterfoil::widgets {

/// One line of the rail: a place, or a heading ("Saved views") when it has no icon.
struct RailItem {
    QString id; ///< empty: a heading
    QString text;
    std::optional<theme::Icon> icon;
    QString count;                ///< empty: none
    bool countIsCritical = false; ///< only Health
};

/// The rail's lines. Rows move as one reset; the current place is kept by id.
class RailModel final : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;
    void setItems(std::vector<RailItem> items);
    /// New count for one place; a cell change, not a reset.
    void setCount(const QString& id, const QString& count, bool isCritical);
    [[nodiscard]] const RailItem& item(int row) const
    {
        return m_items.at(static_cast<std::size_t>(row));
    }
    [[nodiscard]] int rowOf(const QString& id) const;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    std::vector<RailItem> m_items;
};

/// The list of places at the left of the window. Up, Down, Enter, type-ahead. Narrow: icons only,
/// text as tip.
class Rail final : public QListView {
    Q_OBJECT

public:
    explicit Rail(QWidget* parent = nullptr);
    void setItems(std::vector<RailItem> items);
    void setCount(const QString& id, const QString& count, bool isCritical = false);
    /// Shows @p id as the current place, without a signal.
    void setCurrentPlace(const QString& id);
    [[nodiscard]] QString currentPlace() const { return m_place; }
    void setNarrow(bool isNarrow);
    [[nodiscard]] bool isNarrow() const { return m_isNarrow; }
    [[nodiscard]] bool showsFocusRing() const { return m_showsFocusRing; }

Q_SIGNALS:
    /// A person went to a place.
    void placePicked(const QString& id);

protected:
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void pick(const QModelIndex& index);

    RailModel* m_model;
    QString m_place;
    bool m_isNarrow = false;
    bool m_showsFocusRing = false;
};

/// Paints a rail line: icon, text, count at the right; 28 px high.
class RailDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit RailDelegate(Rail* rail) : QStyledItemDelegate(rail), m_rail(rail) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

private:
    Rail* m_rail;
};

} // namespace counterfoil::widgets
