#include "ui/actions/surfaces.h"

#include <QScrollArea>

namespace counterfoil::actionsheets {

Surface::Surface(theme::ColorToken fill, QWidget* parent) : PaintedWidget(parent), m_fill(fill) {}

void Surface::setLeftLine(bool hasLine)
{
    m_hasLeftLine = hasLine;
    update();
}

void Surface::setTopLine(bool hasLine)
{
    m_hasTopLine = hasLine;
    update();
}

void Surface::setRadius(int px)
{
    m_radius = px;
    update();
}

void Surface::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    if (m_radius > 0) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.*m_fill);
        painter.drawRoundedRect(rect(), m_radius, m_radius);
        return;
    }
    painter.fillRect(rect(), t.*m_fill);
    if (m_hasLeftLine)
        widgets::hairlineVertical(painter, 0, 0, height(), t.line2);
    if (m_hasTopLine)
        widgets::hairline(painter, 0, 0, width(), t.line2);
}

Rule::Rule(QWidget* parent) : PaintedWidget(parent)
{
    setFixedHeight(1);
}

void Rule::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    widgets::hairline(painter, 0, 0, width(), theme::current().line2);
}

QWidget* scrolled(QWidget* content, const QString& objectName)
{
    auto* area = new QScrollArea;
    area->setObjectName(objectName);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    content->setAutoFillBackground(false);
    area->viewport()->setAutoFillBackground(false);
    return area;
}

} // namespace counterfoil::actionsheets
