#pragma once

#include "core/domain/case_facts.h"
#include "core/domain/finding.h"
#include "core/domain/policy.h"
#include "core/reconcile/time_zone.h"

#include <optional>
#include <vector>

namespace counterfoil::rules {

/// Everything the rules say about one case at `facts.now`: findings after hiding (law.md 6), what
/// could not be judged and why, and the trace for *Why not?*. Deterministic, and independent of the
/// order of every list in the facts. Any thread.
///
/// @param zones for the last working days of a month; null: the month ends by UTC
[[nodiscard]] domain::Judgement judge(const domain::CaseFacts& facts, const domain::Policy& policy,
                                      const reconcile::TimeZones* zones = nullptr);

/// Whether a finding of type @p left hides one of type @p right for the same units (law.md 6).
[[nodiscard]] bool hides(domain::FindingType left, domain::FindingType right);

/// When the case was finished: RMA done, rejected or canceled, or its Shopify returns closed.
/// nullopt: it is open, or the moment is not known.
[[nodiscard]] std::optional<Instant> finishedAt(const domain::CaseFacts& facts);

} // namespace counterfoil::rules
