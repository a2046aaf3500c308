#pragma once

#include "core/base/time.h"
#include "core/domain/finding.h"
#include "core/domain/finding_types.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace counterfoil::query {

/// What a filter can ask of one exception. Views into somebody else's texts: filled for one row,
/// matched, thrown away.
struct Row {
    domain::FindingType type = domain::FindingType::UnknownValue;
    domain::Severity severity = domain::Severity::Low;
    domain::Owner owner = domain::Owner::Finance;
    std::string_view state; ///< word of design.md 10
    std::string_view site, rma, order, po, customer, customerNote, assignee, assigneeName, sku,
        location, lot, payment, title, reason, cause, platform;
    std::optional<std::int64_t> riskMinor; ///< in minor units of `currency`
    std::string_view currency;             ///< "GBP"
    int currencyExponent = 2;
    domain::RiskKind riskKind = domain::RiskKind::None;
    Instant firstSeen{};
    std::optional<Instant> due;
    bool isRegressed = false, isInherited = false, isClaimed = false, isPaused = false;
    bool isHeader = false; ///< rows that are no exception (lots)
};

/// What a filter needs beside the row.
struct Context {
    Instant now{};
    std::string_view person; ///< for is:mine
};

} // namespace counterfoil::query
