#include "ui/widgets/sparkline.h"

#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace counterfoil::widgets {

Sparkline::Sparkline(QWidget* parent) : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Sparkline::setValues(std::vector<double> values, theme::Tone tone)
{
    m_values = std::move(values);
    m_tone = tone;
    update();
}

void Sparkline::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    hairline(painter, 0, height() - 1, width(), t.line);
    if (m_values.size() < 2)
        return;
    double highest = 0;
    for (const double value : m_values)
        if (std::isfinite(value))
            highest = std::max(highest, value);
    if (highest <= 0)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.toneText(m_tone), 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QPolygonF line;
    for (std::size_t i = 0; i < m_values.size(); ++i) {
        const double value = m_values[i];
        if (!std::isfinite(value)) {
            painter.drawPolyline(line);
            line.clear();
            continue;
        }
        const double x =
            1 + static_cast<double>(i) * (width() - 2) / static_cast<double>(m_values.size() - 1);
        line.append({x, height() - 4 - value / highest * (height() - 6)});
    }
    painter.drawPolyline(line);
}

} // namespace counterfoil::widgets
