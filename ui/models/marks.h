#pragma once

#include "core/workspace/view.h"
#include "ui/theme/theme.h"

namespace counterfoil::models {

// How the workspace's words are drawn: one place, so that a list and a drill-down agree.

[[nodiscard]] theme::Severity severityOf(domain::Severity severity);
[[nodiscard]] theme::State stateOf(view::RowState state);
/// A feed that was never read is drawn as one that is not connected.
[[nodiscard]] theme::Freshness freshnessOf(view::FeedHealth health);

} // namespace counterfoil::models
