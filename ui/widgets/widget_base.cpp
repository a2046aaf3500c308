#include "ui/widgets/widget_base.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme_service.h"

#include <cmath>

namespace counterfoil::widgets {

bool isKeyboardReason(Qt::FocusReason reason)
{
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
           reason == Qt::ShortcutFocusReason;
}

void followTheme(QWidget* widget)
{
    if (auto* service = theme::ThemeService::instance())
        QObject::connect(service, &theme::ThemeService::changed, widget, [widget] {
            widget->updateGeometry();
            widget->update();
        });
}

void nameWidget(QWidget* widget, const QString& objectName, const QString& accessibleName)
{
    widget->setObjectName(objectName);
    widget->setAccessibleName(accessibleName);
}

PaintedWidget::PaintedWidget(QWidget* parent) : QWidget(parent)
{
    followTheme(this);
}

void PaintedWidget::focusInEvent(QFocusEvent* event)
{
    m_showsFocusRing = isKeyboardReason(event->reason());
    QWidget::focusInEvent(event);
    update();
}

void PaintedWidget::focusOutEvent(QFocusEvent* event)
{
    m_showsFocusRing = false;
    QWidget::focusOutEvent(event);
    update();
}

double snapped(const QPainter& painter, double value)
{
    const double ratio = theme::deviceScale(painter);
    return std::round(value * ratio) / ratio;
}

void hairline(QPainter& painter, double x, double y, double width, const QColor& color)
{
    const double ratio = theme::deviceScale(painter);
    const double thickness = std::max(1.0, std::round(ratio)) / ratio;
    painter.fillRect(QRectF(snapped(painter, x), snapped(painter, y), width, thickness), color);
}

void hairlineVertical(QPainter& painter, double x, double y, double height, const QColor& color)
{
    const double ratio = theme::deviceScale(painter);
    const double thickness = std::max(1.0, std::round(ratio)) / ratio;
    painter.fillRect(QRectF(snapped(painter, x), snapped(painter, y), thickness, height), color);
}

} // namespace counterfoil::widgets
