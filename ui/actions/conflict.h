#pragma once

#include "core/workspace/view.h"
#include "ui/actions/figure_table.h"

#include <vector>

namespace counterfoil::actionsheets {

/// What moved between two previews of the same credit: amount, lines, verdicts, state of the other
/// payment; the balance always, it may move freely.
[[nodiscard]] std::vector<FigureRow> conflictRows(const view::CreditPreview& opened,
                                                  const view::CreditPreview& now);

/// The same for a release: units and destination of each line; levels may move freely.
[[nodiscard]] std::vector<FigureRow> conflictRows(const view::ReleasePreview& opened,
                                                  const view::ReleasePreview& now);

} // namespace counterfoil::actionsheets
