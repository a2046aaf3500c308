#pragma once

#include "core/workspace/view.h"

#include <span>
#include <vector>

namespace counterfoil::workspace {

/// What the exceptions of one case put at risk, per currency in the order of the rows, as
/// reconcile::caseAtRisk says: what is told from several sides counts once. Stock only where
/// nothing else is at risk. Pure; any thread.
[[nodiscard]] std::vector<money::Money> caseSums(std::span<const view::QueueRow> rows);

} // namespace counterfoil::workspace
