#pragma once

#include "core/workspace/view.h"
#include "ui/widgets/freshness_indicator.h"
#include "ui/widgets/money_table.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/status_bar.h"

#include <vector>

namespace counterfoil::shell {

/// The places of the rail; each is a filter of the queue. Without counts.
[[nodiscard]] std::vector<widgets::RailItem> railPlaces();
/// Filter text of a place ("owner:finance"); empty for all exceptions.
[[nodiscard]] QString filterOf(const QString& place);
/// Puts the counts of a frame into the rail.
void showCounts(const view::FrameView& frame, widgets::Rail& rail);

[[nodiscard]] std::vector<widgets::MoneyLine> moneyLines(const view::FrameView& frame);
[[nodiscard]] std::vector<widgets::FreshnessItem> freshnessItems(const view::FrameView& frame);
[[nodiscard]] std::vector<widgets::StatusSegment> statusSegments(const view::FrameView& frame);

} // namespace counterfoil::shell
