#pragma once

#include <QString>

#include "core/workspace/view.h"
#include "ui/health/report_table.h"
#include "ui/widgets/budget_bar.h"

#include <string>
#include <vector>

namespace counterfoil::health {

/// "returngo/open-rmas" -> "Open RMAs"; a loop without words keeps its name.
[[nodiscard]] QString loopText(const std::string& loop);
/// Calls by their purpose in the order of the design, with what is left of the cap at the end.
/// "operator" and "resolution" are both "Your actions".
[[nodiscard]] std::vector<widgets::BudgetPart> budgetParts(const view::HealthView& view);
/// "1,400 read slower", "1,700", "1,900 only you".
[[nodiscard]] std::vector<widgets::BudgetStep> budgetSteps(const view::HealthView& view);
/// A change to send as a row: what, where to, by whom, when, its state.
[[nodiscard]] std::vector<ReportCell> changeRow(const view::ActionView& action);
/// Will something still happen to it without a person?
[[nodiscard]] bool isWaiting(domain::ActionState state);

} // namespace counterfoil::health
