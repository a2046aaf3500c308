#include "ui/widgets/avatar.h"

#include <algorithm>

namespace counterfoil::widgets {

QString initialsOf(const QString& name)
{
    const QStringList words = name.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty())
        return {};
    QString initials = words.first().left(1);
    if (words.size() > 1)
        initials += words.last().left(1);
    return initials.toUpper();
}

void paintAvatar(QPainter& painter, const QRectF& box, const QString& initials)
{
    const theme::Theme& t = theme::current();
    const double side = std::min(box.width(), box.height());
    const QRectF circle(box.x() + (box.width() - side) / 2, box.y() + (box.height() - side) / 2,
                        side, side);
    painter.setRenderHint(QPainter::Antialiasing);
    if (initials.isEmpty()) {
        QPen pen(t.line2, 1);
        pen.setDashPattern({2.5, 2.0});
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5));
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.track);
        painter.drawEllipse(circle);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    theme::Text::draw(painter, circle, Qt::AlignCenter, initials, theme::FontRole::Initials,
                      t.text2);
}

Avatar::Avatar(QWidget* parent, int sidePx) : PaintedWidget(parent), m_sidePx(sidePx)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setName({});
}

void Avatar::setName(const QString& name)
{
    m_initials = initialsOf(name);
    setAccessibleName(name.isEmpty() ? tr("Unassigned") : name);
    update();
}

QSize Avatar::sizeHint() const
{
    return QSize(1, 1) * theme::current().px(m_sidePx);
}

void Avatar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintAvatar(painter, rect(), m_initials);
}

} // namespace counterfoil::widgets
