#pragma once

#include "core/base/id.h"
#include "core/base/time.h"

#include <cstdint>
#include <optional>
#include <string>

namespace counterfoil::domain {

/// What the inspection of one unit found (law.md 4).
enum class UnitVerdict : std::uint8_t { AGrade, BGrade, Damaged, WrongItem, Missing };
/// Who damaged it; decides the credit share. Transit: in transit or by us.
enum class DamageCause : std::uint8_t { None, Transit, Buyer };

/// Our own record of one unit's verdict; the newest one of a unit counts.
struct Inspection {
    RmaId rma;
    UnitId unit;
    UnitVerdict verdict = UnitVerdict::AGrade;
    DamageCause cause = DamageCause::None;
    /// Another credit share than the site's default, set by a named person with a reason. Percent
    /// 0..100.
    std::optional<int> sharePercent;
    std::string reason;
    std::string note;
    PersonId person;
    Instant at{};
};

} // namespace counterfoil::domain
