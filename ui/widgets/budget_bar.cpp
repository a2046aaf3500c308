#include "ui/widgets/budget_bar.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kBar = 18;
constexpr int kStepText = 22;
constexpr int kLegendColumns = 4;
constexpr int kLegendRow = 24;
constexpr int kSquare = 9;

} // namespace

BudgetBar::BudgetBar(QWidget* parent) : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BudgetBar::setBudget(std::vector<BudgetPart> parts, std::vector<BudgetStep> steps,
                          int capCalls)
{
    m_parts = std::move(parts);
    m_steps = std::move(steps);
    m_capCalls = std::max(1, capCalls);
    QStringList words;
    for (const BudgetPart& part : m_parts)
        words.append(part.label + QLatin1Char(' ') + QString::number(part.calls));
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

void BudgetBar::setShowsLegend(bool shows)
{
    m_showsLegend = shows;
    updateGeometry();
    update();
}

QSize BudgetBar::sizeHint() const
{
    const theme::Theme& t = theme::current();
    int height = kBar + (m_steps.empty() ? 6 : t.px(kStepText));
    if (m_showsLegend)
        height += t.px(kLegendRow) *
                  ((static_cast<int>(m_parts.size()) + kLegendColumns - 1) / kLegendColumns);
    return {480, height};
}

QColor BudgetBar::colorOf(int series) const
{
    const theme::Theme& t = theme::current();
    if (series >= 0 && series < static_cast<int>(t.series.size()))
        return t.series.at(static_cast<std::size_t>(series));
    return series == 6 ? t.selLine : series == 7 ? t.text : t.track;
}

void BudgetBar::paintSteps(QPainter& painter) const
{
    const theme::Theme& t = theme::current();
    std::vector<double> lefts(m_steps.size());
    const auto widthOf = [this](std::size_t i) {
        return std::ceil(Text::tabularWidth(m_steps[i].label, FontRole::Micro)) + 1;
    };
    // Words stand under their line; from the right end back each makes room for the next.
    double rightLimit = width();
    for (std::size_t i = m_steps.size(); i-- > 0;) {
        const double x = std::round(width() * static_cast<double>(m_steps[i].calls) / m_capCalls);
        hairlineVertical(painter, x, 0, kBar + 4, t.text);
        lefts[i] = std::max(0.0, std::min(x - widthOf(i) / 2, rightLimit - widthOf(i)));
        rightLimit = lefts[i] - 8;
    }
    for (std::size_t i = 0; i < m_steps.size(); ++i)
        Text::drawTabular(painter, QRectF(lefts[i], kBar + 4, widthOf(i), t.px(kStepText) - 6),
                          Qt::AlignLeft | Qt::AlignVCenter, m_steps[i].label, FontRole::Micro,
                          t.text3);
}

void BudgetBar::paintLegend(QPainter& painter, double top) const
{
    const theme::Theme& t = theme::current();
    const double columnWidth = width() / static_cast<double>(kLegendColumns);
    const double rowHeight = t.px(kLegendRow);
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const auto column = static_cast<double>(i % kLegendColumns);
        const auto row = static_cast<double>(i / kLegendColumns);
        const QRectF box(column * columnWidth, top + row * rowHeight, columnWidth - 16, rowHeight);
        painter.fillRect(
            QRectF(box.x(), std::round(box.center().y() - kSquare / 2.0), kSquare, kSquare),
            colorOf(m_parts[i].series));
        const QString calls = QLocale().toString(m_parts[i].calls);
        const double callsWidth = Text::tabularWidth(calls, FontRole::SmallStrong) + 1;
        Text::draw(painter, box.adjusted(kSquare + 6, 0, -callsWidth - 6, 0),
                   Qt::AlignLeft | Qt::AlignVCenter, m_parts[i].label, FontRole::Small, t.text2);
        Text::drawTabular(painter, box, Qt::AlignRight | Qt::AlignVCenter, calls,
                          FontRole::SmallStrong, t.text);
    }
}

void BudgetBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    painter.fillRect(QRectF(0, 2, width(), kBar), t.track);
    double x = 0;
    for (const BudgetPart& part : m_parts) {
        const double partWidth = width() * static_cast<double>(part.calls) / m_capCalls;
        const double right = std::min(std::round(x + partWidth), static_cast<double>(width()));
        const double left = std::round(x);
        if (right > left)
            painter.fillRect(QRectF(left, 2, std::max(1.0, right - left - 1), kBar),
                             colorOf(part.series));
        x += partWidth;
    }
    paintSteps(painter);
    if (m_showsLegend)
        paintLegend(painter, kBar + (m_steps.empty() ? 6 : t.px(kStepText)));
}

} // namespace counterfoil::widgets
