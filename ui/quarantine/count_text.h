#pragma once

#include "core/base/result.h"
#include "core/workspace/grades.h"
#include "core/workspace/view.h"

#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::quarantine {

/// Reads "22 A, 1 B, 1 D in transit" for a lot with @p toDo units left. Errors: Invalid, naming
/// the part that is no grade, or how many are left when more are graded. Pure.
[[nodiscard]] Result<std::vector<workspace::GradeCount>> readCount(std::string_view text, int toDo);

/// The same back as text; "22 A, 1 D by buyer".
[[nodiscard]] std::string countText(const std::vector<workspace::GradeCount>& counts);

/// What a second scan of the same label makes of the field: one A-grade unit more. Errors: as
/// readCount; an empty field becomes "1 A".
[[nodiscard]] Result<std::string> withOneMore(std::string_view text, int toDo);

/// Records for the units of @p lot that have no verdict yet, in their order. Person and time are
/// left to the desk. Must not be asked for more than lot.toDo units.
[[nodiscard]] std::vector<domain::Inspection>
inspectionsOf(const view::LotView& lot, const std::vector<workspace::GradeCount>& counts);

/// One unit's record with @p verdict; "damaged" without a cause is in transit, as when counted.
[[nodiscard]] domain::Inspection
inspectionOf(const view::LotView& lot, const view::InspectionUnit& unit,
             domain::UnitVerdict verdict, domain::DamageCause cause = domain::DamageCause::None);

} // namespace counterfoil::quarantine
