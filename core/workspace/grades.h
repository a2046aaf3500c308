#pragma once

#include "core/base/result.h"
#include "core/domain/case_facts.h"
#include "core/domain/inspection.h"

#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::workspace {

/// Verdict of a number of units, as people type it.
struct GradeCount {
    int units = 0;
    domain::UnitVerdict verdict = domain::UnitVerdict::AGrade;
    domain::DamageCause cause = domain::DamageCause::None;
};

/// Reads "22 A, 1 B, 1 D in transit, 1 D by buyer, 1 W, 1 M". Errors: Invalid, naming the part.
[[nodiscard]] Result<std::vector<GradeCount>> parseGrades(std::string_view text);

/// Inspections of the case's units without a verdict, in unit order (or of @p units, in their
/// order). Person and time are left to the caller. Errors: Invalid when there are fewer such units
/// than graded, NotFound for a unit that is not of this case.
[[nodiscard]] Result<std::vector<domain::Inspection>>
inspectionsFor(const domain::CaseFacts& facts, const std::vector<GradeCount>& counts,
               std::string_view sku, const std::vector<std::string>& units);

} // namespace counterfoil::workspace
