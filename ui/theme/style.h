#pragma once

#include <QProxyStyle>

namespace counterfoil::theme {

/// Fusion with the few primitives that a style sheet cannot colour by token: check boxes, radio
/// buttons, arrows, and the frames of combo and spin boxes. Everything else of the chrome is in the
/// style sheet.
class Style final : public QProxyStyle {
    Q_OBJECT

public:
    Style();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                         const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option,
                    const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;
};

/// Paints a check box of side @p box (design: 14 px, radius 3). @p state as Qt::CheckState.
void paintCheckBox(QPainter& painter, const QRectF& box, int state, bool isEnabled);

/// Paints the focus ring: 2 px inside @p box with @p radius.
void paintFocusRing(QPainter& painter, const QRectF& box, double radius);

} // namespace counterfoil::theme
