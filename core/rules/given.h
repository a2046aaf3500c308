#pragma once

#include "core/domain/document.h"
#include "core/reconcile/expected_credit.h"

#include <map>
#include <string>
#include <vector>

namespace counterfoil::rules {

struct Context;
class Report;

/// One time that value was given for a return: an entry on the balance, money or a code that left.
struct Given {
    enum class Means : std::uint8_t { Balance, Money, Code } means = Means::Balance;
    money::Money amount;
    std::map<UnitId, money::Money> shares; ///< of the case's units; together the amount
    std::string source;                    ///< "own", "receipt", "sparklayer", "automatic",
                                           ///< "returngo", "shopify"
    std::optional<Instant> at;
    domain::DocumentRef document;
};

/// Everything that was given for the case's units and is known to be theirs, in a fixed order.
/// Amounts that only fit, requested or failed transactions and refunds without money are left out.
[[nodiscard]] std::vector<Given> givenFor(const Context& context);

/// Whether what was given can be held against the units; reports why not.
[[nodiscard]] bool isGivenJudgeable(const Context& context, Report& report);

/// What a unit is worth at most: at its share once that is decided, else as invoiced.
[[nodiscard]] money::Money worthOf(const reconcile::UnitCredit& unit);

} // namespace counterfoil::rules
