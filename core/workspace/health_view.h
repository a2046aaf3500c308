#pragma once

#include "core/reconcile/time_zone.h"
#include "core/store/store.h"
#include "core/workspace/view.h"

#include <vector>

namespace counterfoil::workspace {

/// One dot a platform: fresh, late, failing, never read. Pure.
[[nodiscard]] std::vector<view::Freshness> freshness(const std::vector<store::Watermark>& marks,
                                                     const domain::Policy& policy, Instant now);

/// Counts of what could not be judged, with the reasons that occur most. Pure.
void fillNotJudged(const std::vector<store::StoredNotJudged>& open, view::FrameView& frame);

/// Cards, loops and budget of the health page. Pure.
void fillHealth(const std::vector<store::Watermark>& marks,
                const std::vector<store::CallLedgerRow>& calls, const domain::Policy& policy,
                const reconcile::TimeZone& zone, Instant now, view::HealthView& out);

} // namespace counterfoil::workspace
