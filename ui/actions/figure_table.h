#pragma once

#include "ui/theme/icons.h"
#include "ui/widgets/widget_base.h"

#include <vector>

namespace counterfoil::actionsheets {

/// One figure at the right of its column.
struct Figure {
    QString text;
    bool isStrong = false;
    theme::ColorToken color = &theme::Theme::text;
};

/// One line: words at the left, figures at the right, perhaps a second line of words.
struct FigureRow {
    QString lead; ///< weight 500
    QString note; ///< after the lead, text2
    QString second;
    std::vector<Figure> figures;
    bool isTotal = false;
};

/// A small table of figures, as high as its rows; painted, read out row by row.
class FigureTable final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit FigureTable(QWidget* parent = nullptr);
    /// @p heads first the words' column, then one a figure.
    void setContent(QStringList heads, std::vector<FigureRow> rows);
    [[nodiscard]] const std::vector<FigureRow>& rows() const { return m_rows; }
    /// An edge and rows of even height, as in the conflict form.
    void setFramed(bool isFramed);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {280, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int rowHeight(const FigureRow& row) const;
    [[nodiscard]] std::vector<int> columnWidths() const;
    void paintRow(QPainter& painter, const QRectF& box, const FigureRow& row,
                  const std::vector<int>& widths) const;
    [[nodiscard]] int padding() const { return m_isFramed ? 12 : 0; }

    QStringList m_heads;
    std::vector<FigureRow> m_rows;
    bool m_isFramed = false;
};

} // namespace counterfoil::actionsheets
