#pragma once

#include "core/reconcile/time_zone.h"
#include "core/store/store.h"
#include "core/workspace/view.h"

#include <string>
#include <utility>
#include <vector>

namespace counterfoil::workspace {

/// One dot a platform: fresh, late, failing, never read. Pure.
[[nodiscard]] std::vector<view::Freshness> freshness(const std::vector<store::Watermark>& marks,
                                                     const domain::Policy& policy, Instant now);

/// Of each platform the worse of what is known and what another site says; its detail names the
/// site.
void keepWorse(std::vector<view::Freshness> ofSite, const std::string& siteName,
               std::vector<view::Freshness>& feeds);

/// Counts of what could not be judged, with the reasons that occur most. Pure.
void fillNotJudged(const std::vector<store::StoredNotJudged>& open, view::FrameView& frame);

/// Cards, loops and budget of the health page. Pure.
void fillHealth(const std::vector<store::Watermark>& marks,
                const std::vector<store::CallLedgerRow>& calls, const domain::Policy& policy,
                const reconcile::TimeZone& zone, Instant now, view::HealthView& out);

/// How often each loop runs, beside its last reading.
void fillIntervals(const std::vector<std::pair<std::string, Millis>>& intervals,
                   view::HealthView& out);

/// Adds a sentence for each record that would not decode.
void fillSetAside(const std::vector<store::SetAsideRow>& rows, const reconcile::TimeZone& zone,
                  view::HealthView& out);

} // namespace counterfoil::workspace
