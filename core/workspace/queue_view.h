#pragma once

#include "core/store/store.h"
#include "core/workspace/site_context.h"
#include "core/workspace/view.h"

#include <memory>
#include <vector>

namespace counterfoil::workspace {

/// Rows of the queue from stored findings, in the default order (law.md 6): by key, ties by age.
/// Pure; any thread.
[[nodiscard]] std::vector<view::QueueRow>
queueRows(const std::vector<store::StoredFinding>& findings, const SiteContext& sites, Instant now);

/// Money at risk of open exceptions by currency: per case the sum never exceeds what would leave.
/// @p first goes first.
[[nodiscard]] std::vector<view::RiskTotals>
riskTotals(const std::vector<store::StoredFinding>& findings, money::Currency first);

/// Counts of the rail and the status bar.
void countRows(const std::vector<view::QueueRow>& rows, const std::string& person,
               view::FrameView& frame);

} // namespace counterfoil::workspace
