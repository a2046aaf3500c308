#pragma once

#include <QPainter>
#include <QString>

#include "ui/theme/theme.h"

namespace counterfoil::theme {

/// Paints single lines of plain text, laid out once and cached per (text, width, role). GUI thread
/// only. Text is never read as rich text, is elided at the right, and its line breaks and bidi
/// controls are taken out.
class Text {
public:
    /// Draws @p text in @p box, elided to its width. @p alignment takes left, right, centre and
    /// top, centre, bottom.
    static void draw(QPainter& painter, const QRectF& box, Qt::Alignment alignment,
                     const QString& text, FontRole role, const QColor& color);
    /// The same with every digit on the advance of "0", so that columns of numbers line up.
    static void drawTabular(QPainter& painter, const QRectF& box, Qt::Alignment alignment,
                            const QString& text, FontRole role, const QColor& color);

    /// Width in px of the whole text on one line.
    [[nodiscard]] static double width(const QString& text, FontRole role);
    [[nodiscard]] static double tabularWidth(const QString& text, FontRole role);

    /// Platform text made safe to show: no control characters, no bidi overrides, wrapped in an
    /// isolate when it holds right-to-left letters, so that it cannot turn what stands beside it.
    [[nodiscard]] static QString isolated(const QString& text);
};

/// Forgets every layout; ThemeService calls it when fonts change.
void clearTextCache();

} // namespace counterfoil::theme
