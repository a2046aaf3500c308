#pragma once

#include "core/workspace/view.h"
#include "ui/queue/saved_views.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/freshness_indicator.h"
#include "ui/widgets/money_table.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/status_bar.h"

#include <vector>

namespace counterfoil::shell {

/// The places of the rail, the saved views among them; each is a query or a page. Without counts.
[[nodiscard]] std::vector<widgets::RailItem> railPlaces(const std::vector<queue::SavedView>& views);
/// Query of a place ("is:open owner:finance"); empty for a page.
[[nodiscard]] QString queryOf(const QString& place, const std::vector<queue::SavedView>& views);
/// Puts the counts of a frame into the rail.
void showCounts(const view::FrameView& frame, widgets::Rail& rail);

[[nodiscard]] std::vector<widgets::MoneyLine> moneyLines(const view::FrameView& frame);
/// @param now ages count to it
[[nodiscard]] std::vector<widgets::FreshnessItem> freshnessItems(const view::FrameView& frame,
                                                                 Instant now);
/// @param shown exceptions that the query shows, or nothing on another page
[[nodiscard]] std::vector<widgets::StatusSegment>
statusSegments(const view::FrameView& frame, std::optional<int> shown, Instant now);

/// What the banner may say, from the frame and from what the engine complained of.
struct Notices {
    QString engineProblem;
    bool isLocalOnly = false; ///< shows the local copy and reads nothing
};
[[nodiscard]] std::vector<widgets::BannerContent> banners(const view::FrameView& frame,
                                                          const Notices& notices, Instant now);

} // namespace counterfoil::shell
