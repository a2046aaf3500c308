#pragma once

#include "core/domain/case_facts.h"
#include "core/domain/finding.h"

#include <map>
#include <optional>
#include <span>

namespace counterfoil::reconcile {

/// @p amount of the order's currency in the shop's, by the order's own rate, rounded half up; only
/// for ordering lists and limits, never shown as a sum (law.md 3). nullopt: the rate is not known.
[[nodiscard]] std::optional<money::Money> atShopRate(const domain::Order& order,
                                                     const money::Money& amount);

/// Weight of how soon an amount becomes final, doubled so that it is whole: 6, 4, 2, 1.
[[nodiscard]] std::int64_t finalityWeight(domain::Finality finality);

/// Key of the default order (law.md 6): amount at the order's own rate times finality; larger comes
/// first. Amounts of currencies with other exponents are put on one scale. Saturates.
[[nodiscard]] std::int64_t orderKey(const domain::Finding& finding);

/// What is at risk in a whole case, by kind: amounts that sit inside another one (a wrong value
/// inside a refund that should not leave at all) are not added again. Stock stands for itself.
[[nodiscard]] std::map<domain::RiskKind, money::Money>
caseAtRisk(std::span<const domain::Finding> findings);

} // namespace counterfoil::reconcile
