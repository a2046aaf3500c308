#pragma once

#include "core/actions/planning.h"

#include <set>
#include <string>
#include <vector>

/// Pieces that the three planners share. Internal to core/actions.
namespace counterfoil::actions::parts {

/// Adds a check that passes or blocks.
void check(Plan& plan, bool isPassed, domain::Phrase passed, domain::Phrase refusal,
           std::string figure = {});
void attention(Plan& plan, domain::Phrase text, std::string figure = {});

/// Head, ids and the natural key. @p purpose ends up in the key: "balance|principal", "stock|<to>".
void fillHead(Plan& plan, const domain::CaseFacts& facts, const std::string& purpose);

/// Unknown words that money and stock writes depend on: each blocks.
void checkUnknownWords(Plan& plan, const domain::CaseFacts& facts);

/// Another action that holds or used one of the units in the same book blocks, named.
void checkUnitsFree(Plan& plan, const domain::CaseFacts& facts);

/// Steps 0 to 6 of law.md 8; @p thisStep is the plan's own number, its calls are filled in.
void fillSteps(Plan& plan, const domain::CaseFacts& facts, const domain::Policy& policy,
               const PlanContext& context, int thisStep);

[[nodiscard]] std::set<UnitId> unitSet(const Plan& plan);
/// Amount by the order's own rate in the shop's currency, minor units; nullopt: no rate read.
[[nodiscard]] std::optional<std::int64_t> shopMinor(const domain::CaseFacts& facts,
                                                    const money::Money& amount);
[[nodiscard]] std::string amountText(const money::Money& amount); ///< "48.00 GBP"

} // namespace counterfoil::actions::parts
