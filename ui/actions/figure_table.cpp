#include "ui/actions/figure_table.h"

#include "ui/theme/text.h"

#include <algorithm>
#include <cmath>

namespace counterfoil::actionsheets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kGap = 14;
constexpr Qt::Alignment kLeft = Qt::AlignLeft | Qt::AlignVCenter;
constexpr Qt::Alignment kRight = Qt::AlignRight | Qt::AlignVCenter;

FontRole roleOf(const Figure& figure, const FigureRow& row)
{
    if (row.isTotal)
        return FontRole::BodyStrong;
    return figure.isStrong ? FontRole::SmallStrong : FontRole::Small;
}

} // namespace

FigureTable::FigureTable(QWidget* parent) : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FigureTable::setContent(QStringList heads, std::vector<FigureRow> rows)
{
    m_heads = std::move(heads);
    m_rows = std::move(rows);
    QStringList lines;
    for (const FigureRow& row : m_rows) {
        QStringList parts{row.lead, row.note, row.second};
        for (std::size_t i = 0; i < row.figures.size(); ++i)
            parts << m_heads.value(static_cast<int>(i) + 1) + QLatin1Char(' ') +
                         row.figures[i].text;
        parts.removeAll(QString());
        lines << parts.join(QStringLiteral(", "));
    }
    setAccessibleDescription(lines.join(QStringLiteral(". ")));
    updateGeometry();
    update();
}

void FigureTable::setFramed(bool isFramed)
{
    m_isFramed = isFramed;
    updateGeometry();
    update();
}

int FigureTable::rowHeight(const FigureRow& row) const
{
    const theme::Theme& t = theme::current();
    if (!row.second.isEmpty())
        return t.px(41);
    return t.px(m_isFramed ? 30 : row.isTotal ? 30 : 27);
}

QSize FigureTable::sizeHint() const
{
    int height = theme::current().px(28);
    for (const FigureRow& row : m_rows)
        height += rowHeight(row);
    return {560, height + 1};
}

std::vector<int> FigureTable::columnWidths() const
{
    std::vector<int> widths;
    for (int i = 1; i < m_heads.size(); ++i) {
        double width = Text::width(m_heads.at(i), FontRole::Micro);
        for (const FigureRow& row : m_rows) {
            const auto at = static_cast<std::size_t>(i - 1);
            if (at < row.figures.size())
                width = std::max(
                    width, Text::tabularWidth(row.figures[at].text, roleOf(row.figures[at], row)));
        }
        widths.push_back(static_cast<int>(std::ceil(width)) + kGap);
    }
    return widths;
}

void FigureTable::paintRow(QPainter& painter, const QRectF& box, const FigureRow& row,
                           const std::vector<int>& widths) const
{
    const theme::Theme& t = theme::current();
    double right = box.right() - padding();
    for (std::size_t i = widths.size(); i-- > 0;) {
        if (i < row.figures.size())
            Text::drawTabular(painter, QRectF(right - widths[i], box.y(), widths[i], box.height()),
                              kRight, row.figures[i].text, roleOf(row.figures[i], row),
                              t.*row.figures[i].color);
        right -= widths[i];
    }
    // The words may run up to the first figure, which stands at the right of its column.
    if (!widths.empty() && !row.figures.empty())
        right += std::max(0.0, widths.front() - kGap -
                                   Text::tabularWidth(row.figures.front().text,
                                                      roleOf(row.figures.front(), row)));
    QRectF words(box.x() + padding(), box.y(), right - box.x() - padding(), box.height());
    if (!row.second.isEmpty()) {
        const double half = words.height() / 2;
        Text::drawTabular(painter, QRectF(words.x(), words.y() + half - 1, words.width(), half - 3),
                          kLeft, row.second, FontRole::Micro, t.text2);
        words.setHeight(half + 2);
    }
    const FontRole role = row.isTotal                                  ? FontRole::BodyStrong
                          : row.note.isEmpty() && row.second.isEmpty() ? FontRole::Small
                                                                       : FontRole::SmallMedium;
    Text::drawTabular(painter, words, kLeft, row.lead, role,
                      row.isTotal || !row.note.isEmpty() || m_isFramed ? t.text : t.text2);
    words.setLeft(words.left() + Text::tabularWidth(row.lead, role) + 6);
    if (words.width() > 10)
        Text::drawTabular(painter, words, kLeft, row.note, FontRole::Small, t.text2);
}

void FigureTable::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    const std::vector<int> widths = columnWidths();
    double y = 0;
    const double head = t.px(28);
    double right = width() - padding();
    for (int i = static_cast<int>(m_heads.size()) - 1; i > 0; --i) {
        const int column = widths[static_cast<std::size_t>(i - 1)];
        Text::draw(painter, QRectF(right - column, y, column, head), kRight, m_heads.at(i),
                   FontRole::Micro, t.text2);
        right -= column;
    }
    Text::draw(painter, QRectF(padding(), y, right - padding(), head), kLeft, m_heads.value(0),
               FontRole::Micro, t.text2);
    y += head;
    widgets::hairline(painter, 0, y - 1, width(), t.line2);
    for (const FigureRow& row : m_rows) {
        const double height = rowHeight(row);
        paintRow(painter, QRectF(0, y, width(), height), row, widths);
        y += height;
        if (&row != &m_rows.back())
            widgets::hairline(painter, 0, y - 1, width(), t.line);
    }
    if (m_isFramed) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(t.line2, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }
}

} // namespace counterfoil::actionsheets
