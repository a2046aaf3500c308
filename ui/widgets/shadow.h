#pragma once

#include <QPainter>

namespace counterfoil::widgets {

inline constexpr int kShadowPx = 24;

/// Paints the one shadow of the product around @p body (the raised shape, radius 10): a
/// pre-rendered nine-patch of 24 px and 22 % black. The body itself is left free.
void paintShadow(QPainter& painter, const QRectF& body);

} // namespace counterfoil::widgets
