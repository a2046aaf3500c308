#pragma once

#include "core/reconcile/state_table.h"
#include "core/rules/rule.h"

namespace counterfoil::rules {

/// Every unit of the case: a finding about the return as a whole.
[[nodiscard]] std::vector<UnitId> allUnits(const Context& context);

/// The later of two moments; nullopt when one is not known.
[[nodiscard]] std::optional<Instant> laterOf(std::optional<Instant> a, std::optional<Instant> b);

/// Waits with a trace node until @p platform was read since @p at. @return true: it was
[[nodiscard]] bool wasReadSince(const Context& context, Platform platform, Instant at,
                                Report& report);

/// True for a case that is an RMA whose status we know; else the report says why not.
[[nodiscard]] bool hasKnownStatus(const Context& context, Report& report);

} // namespace counterfoil::rules
