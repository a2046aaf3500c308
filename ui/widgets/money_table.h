#pragma once

#include "ui/widgets/widget_base.h"

#include <optional>
#include <vector>

namespace counterfoil::widgets {

/// Which of the three money figures.
enum class MoneyKind : std::uint8_t { Over, Under, Blocked };

/// One currency's line, already printed without its sign ("9,318.60"). Currencies are never added.
struct MoneyLine {
    QString currencySign; ///< "£"
    QString over, under, blocked;
    QString overTip, underTip, blockedTip; ///< how the sum was made
};

/// Money at risk in the top bar: Over, Under, Blocked, one line per currency; two shown, "+1"
/// stands for the rest.
class MoneyTable final : public PaintedWidget {
    Q_OBJECT

public:
    explicit MoneyTable(QWidget* parent = nullptr);
    void setLines(std::vector<MoneyLine> lines);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// A figure was clicked, or Enter was pressed on it.
    void picked(int line, counterfoil::widgets::MoneyKind kind);
    /// "+1" was clicked.
    void moreRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Cell {
        int line;
        MoneyKind kind;
        bool operator==(const Cell&) const = default;
    };
    [[nodiscard]] QRectF cellRect(int line, int column) const;
    [[nodiscard]] std::optional<Cell> cellAt(const QPointF& position) const;
    [[nodiscard]] int shownLines() const;
    [[nodiscard]] const QString& figure(const Cell& cell) const;
    [[nodiscard]] const QString& tip(const Cell& cell) const;

    std::vector<MoneyLine> m_lines;
    Cell m_focused{0, MoneyKind::Over};
};

} // namespace counterfoil::widgets
