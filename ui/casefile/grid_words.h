#pragma once

#include "core/workspace/view.h"
#include "ui/widgets/comparison_grid.h"

#include <vector>

namespace counterfoil::casefile {

/// The systems that hold something in this case; the three platforms always have their column.
[[nodiscard]] std::vector<view::System> columnsOf(const view::CaseView& view);
/// The comparison as the grid shows it.
[[nodiscard]] std::vector<widgets::ComparisonRow> rowsOf(const view::CaseView& view,
                                                         const std::vector<view::System>& columns);
/// The cell behind a row of the grid, or nullptr: @p column as the grid counts, 0 is the field.
[[nodiscard]] const view::ComparisonCell* cellAt(const view::CaseView& view, const QString& rowId,
                                                 int column);

} // namespace counterfoil::casefile
