#pragma once

#include <QListView>

#include "ui/quarantine/lot_model.h"
#include "ui/widgets/widget_base.h"

namespace counterfoil::quarantine {

/// Where the columns of the list of lots stand for one width; a column of width 0 is hidden. The
/// customer goes first, then the value.
struct LotColumns {
    struct Span {
        int x = 0, width = 0;
    };
    Span lot, product, customer, units, value, age;
    [[nodiscard]] static LotColumns layOut(int widthPx, bool hasValues);
};

/// The lots by stage: rows of 38, group rows of 28. Up and Down move, Enter opens a lot, Left and
/// Right fold and unfold a group.
class LotList final : public QListView {
    Q_OBJECT

public:
    explicit LotList(LotModel* model, QWidget* parent = nullptr);
    [[nodiscard]] LotModel* lots() const { return m_model; }
    /// Moves to that lot; its group unfolds. False when it is not listed.
    bool select(const QString& key);
    /// Key of the current lot; empty on a group row.
    [[nodiscard]] QString currentKey() const;

Q_SIGNALS:
    /// Another lot is current; empty: none.
    void lotChanged(const QString& key);
    /// Enter or a double click on a lot.
    void opened();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void toggle(int row, bool isOpening);

    LotModel* m_model;
    QString m_lastKey;
};

/// The heads of the columns above the list.
class LotHeader final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit LotHeader(LotList* list, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    LotList* m_list;
};

/// "A A-grade  B B-grade ...": what the squares mean.
class VerdictLegend final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit VerdictLegend(QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace counterfoil::quarantine
