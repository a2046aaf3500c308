#pragma once

#include "core/workspace/view.h"
#include "ui/widgets/timeline.h"

namespace counterfoil::casefile {

/// The case's time-line as the lanes show it, up to @p now.
[[nodiscard]] widgets::TimelineContent timelineOf(const view::TimelineView& view, Instant now);
/// "Drift since 22 Nov 06:40"; empty without a drift.
[[nodiscard]] QString driftText(const view::TimelineView& view);

} // namespace counterfoil::casefile
