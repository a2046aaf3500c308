#pragma once

#include <QPainter>
#include <QString>

#include "ui/theme/theme.h"

namespace counterfoil::widgets {

/// Paints a severity mark centred in @p box, 12 px by design. Rendered once per device pixel ratio
/// and kept.
void paintSeverity(QPainter& painter, const QRectF& box, theme::Severity severity);
/// Paints a state mark centred in @p box, 10 px by design. History paints nothing.
void paintState(QPainter& painter, const QRectF& box, theme::State state);
/// Paints the dot of a platform's freshness: filled, hollow orange, red diamond, hollow grey; 8 px
/// by design.
void paintFreshness(QPainter& painter, const QRectF& box, theme::Freshness freshness);

/// "Critical", "High", "Medium", "Low", translated.
[[nodiscard]] QString severityText(theme::Severity severity);
/// "Open", "Awaiting approval", "Said done, not seen", ..., translated.
[[nodiscard]] QString stateText(theme::State state);
/// "fresh", "late", "failing", "not connected", translated.
[[nodiscard]] QString freshnessText(theme::Freshness freshness);

} // namespace counterfoil::widgets
