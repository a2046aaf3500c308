#include "ui/widgets/shadow.h"

#include <QImage>

#include <algorithm>
#include <cmath>

namespace counterfoil::widgets {

namespace {

constexpr double kOpacity = 0.22;
constexpr int kCorner = 34; // shadow and radius
constexpr int kSide = 2 * kCorner + 1;

/// Black with the falloff of a rounded box; the middle pixel row and column stretch.
const QImage& patch()
{
    static const QImage kPatch = [] {
        QImage image(kSide, kSide, QImage::Format_ARGB32_Premultiplied);
        for (int y = 0; y < kSide; ++y) {
            for (int x = 0; x < kSide; ++x) {
                const double dx = std::max(0, std::abs(x - kCorner) - (kCorner - kShadowPx));
                const double dy = std::max(0, std::abs(y - kCorner) - (kCorner - kShadowPx));
                const double distance = std::min(1.0, std::hypot(dx, dy) / kShadowPx);
                const double strength = (1 - distance) * (1 - distance);
                image.setPixel(
                    x, y,
                    qPremultiply(qRgba(0, 0, 0, static_cast<int>(255 * kOpacity * strength))));
            }
        }
        return image;
    }();
    return kPatch;
}

} // namespace

void paintShadow(QPainter& painter, const QRectF& body)
{
    const QRectF outer = body.adjusted(-kShadowPx, -kShadowPx + 8, kShadowPx, kShadowPx + 8);
    const double xs[] = {outer.left(), outer.left() + kCorner, outer.right() - kCorner,
                         outer.right()};
    const double ys[] = {outer.top(), outer.top() + kCorner, outer.bottom() - kCorner,
                         outer.bottom()};
    const int source[] = {0, kCorner, kCorner + 1, kSide};
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 3; ++column)
            painter.drawImage(
                QRectF(xs[column], ys[row], xs[column + 1] - xs[column], ys[row + 1] - ys[row]),
                patch(),
                QRectF(source[column], source[row], source[column + 1] - source[column],
                       source[row + 1] - source[row]));
}

} // namespace counterfoil::widgets
