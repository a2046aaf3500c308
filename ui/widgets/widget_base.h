#pragma once

#include <QFocusEvent>
#include <QPainter>
#include <QWidget>

#include "ui/theme/text.h"
#include "ui/theme/theme.h"

namespace counterfoil::widgets {

/// True for the reasons that show a focus ring: Tab, Backtab and shortcuts, never a click.
[[nodiscard]] bool isKeyboardReason(Qt::FocusReason reason);

/// Repaints @p widget and asks for its size again whenever the theme or the text size changes.
void followTheme(QWidget* widget);

/// Sets objectName and accessible name together; tests and screen readers find the widget by them.
void nameWidget(QWidget* widget, const QString& objectName, const QString& accessibleName);

/// A painted widget that follows the theme and knows whether its focus came from the keyboard.
class PaintedWidget : public QWidget {
    Q_OBJECT

public:
    explicit PaintedWidget(QWidget* parent = nullptr);

protected:
    [[nodiscard]] bool showsFocusRing() const { return m_showsFocusRing; }
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    bool m_showsFocusRing = false;
};

/// Snaps a logical coordinate to whole device px, so that 1 px lines stay sharp at 1.5x.
[[nodiscard]] double snapped(const QPainter& painter, double value);

/// A filled horizontal line, 1 px high, sharp at every scale.
void hairline(QPainter& painter, double x, double y, double width, const QColor& color);
void hairlineVertical(QPainter& painter, double x, double y, double height, const QColor& color);

} // namespace counterfoil::widgets
