#include "ui/theme/style.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyleOption>
#include <QWidget>

namespace counterfoil::theme {

namespace {

void paintFieldFrame(QPainter& painter, const QRect& rect, bool isEnabled, bool hasFocus)
{
    const Theme& t = current();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(
        QPen(hasFocus ? t.focusRing() : (isEnabled ? t.ctl : t.line2), hasFocus ? 2 : 1));
    painter.setBrush(isEnabled ? t.panel : t.sunken);
    const double inset = hasFocus ? 1.0 : 0.5;
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset),
                            metric::kRadiusButton, metric::kRadiusButton);
}

void paintRadio(QPainter& painter, const QRectF& box, bool isOn, bool isEnabled)
{
    const Theme& t = current();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(isOn && isEnabled ? t.accent : t.ctl, 1));
    painter.setBrush(isEnabled ? t.panel : t.sunken);
    painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5));
    if (isOn) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isEnabled ? t.focusRing() : t.text3);
        painter.drawEllipse(box.center(), box.width() / 4, box.height() / 4);
    }
}

QRectF centredSquare(const QRect& rect, int side)
{
    return {rect.x() + (rect.width() - side) / 2.0, rect.y() + (rect.height() - side) / 2.0,
            static_cast<double>(side), static_cast<double>(side)};
}

} // namespace

void paintCheckBox(QPainter& painter, const QRectF& box, int state, bool isEnabled)
{
    const Theme& t = current();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isOn = state != Qt::Unchecked;
    painter.setPen(QPen(isOn && isEnabled ? t.accent : t.ctl, 1));
    painter.setBrush(isOn ? (isEnabled ? t.accent : t.track) : (isEnabled ? t.panel : t.sunken));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), metric::kRadiusCheck,
                            metric::kRadiusCheck);
    if (isOn) {
        const QColor sign = isEnabled ? t.onAccent : t.text3;
        painter.setPen(QPen(sign, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        const double s = box.width() / 14.0;
        const auto at = [&](double x, double y) {
            return QPointF(box.x() + x * s, box.y() + y * s);
        };
        if (state == Qt::PartiallyChecked) {
            painter.drawLine(at(4, 7), at(10, 7));
        } else {
            const QPointF tick[] = {at(3.6, 7.3), at(6.0, 9.7), at(10.4, 4.6)};
            painter.drawPolyline(tick, 3);
        }
    }
    painter.restore();
}

void paintFocusRing(QPainter& painter, const QRectF& box, double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, radius > 0);
    painter.setBrush(Qt::NoBrush);
    QPen pen(current().focusRing(), metric::kFocusRing);
    pen.setJoinStyle(Qt::MiterJoin);
    painter.setPen(pen);
    const QRectF ring = box.adjusted(1, 1, -1, -1);
    if (radius > 0)
        painter.drawRoundedRect(ring, radius, radius);
    else
        painter.drawRect(ring);
    painter.restore();
}

Style::Style() : QProxyStyle(QStringLiteral("Fusion")) {}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const
{
    const Theme& t = current();
    const bool isEnabled = option->state & State_Enabled;
    switch (element) {
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: {
        const int state = option->state & State_NoChange ? Qt::PartiallyChecked
                          : option->state & State_On     ? Qt::Checked
                                                         : Qt::Unchecked;
        paintCheckBox(*painter, centredSquare(option->rect, 14), state, isEnabled);
        return;
    }
    case PE_IndicatorRadioButton:
        painter->save();
        paintRadio(*painter, centredSquare(option->rect, 14), option->state & State_On, isEnabled);
        painter->restore();
        return;
    case PE_IndicatorArrowDown:
    case PE_IndicatorSpinDown:
        drawIcon(*painter, centredSquare(option->rect, 12), Icon::CaretDown,
                 isEnabled ? t.text2 : t.text3);
        return;
    case PE_IndicatorArrowRight:
        drawIcon(*painter, centredSquare(option->rect, 12), Icon::CaretRight,
                 isEnabled ? t.text2 : t.text3);
        return;
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange)
            paintFocusRing(*painter, option->rect, 3);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                               QPainter* painter, const QWidget* widget) const
{
    const Theme& t = current();
    const bool isEnabled = option->state & State_Enabled;
    const bool hasFocus = option->state & State_HasFocus;
    const QRect r = option->rect;
    if (control == CC_ComboBox) {
        painter->save();
        paintFieldFrame(*painter, r, isEnabled, hasFocus);
        painter->restore();
        drawIcon(*painter, QRectF(r.right() - 23, r.center().y() - 6, 13, 13), Icon::CaretDown,
                 isEnabled ? t.text2 : t.text3);
        return;
    }
    if (control == CC_SpinBox) {
        painter->save();
        paintFieldFrame(*painter, r, isEnabled, hasFocus);
        painter->restore();
        drawIcon(*painter, QRectF(r.right() - 21, r.center().y() - 7, 14, 14), Icon::UpDown,
                 isEnabled ? t.text2 : t.text3);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                            SubControl part, const QWidget* widget) const
{
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return option->rect.adjusted(9, 1, -26, -1);
    if (control == CC_SpinBox && part == SC_SpinBoxEditField)
        return option->rect.adjusted(9, 1, -24, -1);
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const
{
    const int height = current().px(metric::kButton);
    if (type == CT_ComboBox) // room for our padding and the arrow
        return {size.width() + 36, height};
    if (type == CT_SpinBox)
        return {size.width() + 34, height};
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 14;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 8;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return 16;
    case PM_SplitterWidth:
        return 6;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                     QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_ToolTip_WakeUpDelay:
        return 500;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_UnderlineShortcut:
        return 0;
    case SH_ComboBox_Popup:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

} // namespace counterfoil::theme
