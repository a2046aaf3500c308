#pragma once

#include "core/reconcile/provenance.h"
#include "core/rules/rule.h"

#include <vector>

namespace counterfoil::rules {

/// One line as ReturnGO pays it, beside what law.md 3 expects for the same units.
struct LineGap {
    const reconcile::ExpectedLine* line = nullptr;
    std::vector<UnitId> units;
    money::Money paid, expected;
    money::Money paidForRefused; ///< part of paid for units whose share is 0
    money::Money fees;           ///< ReturnGO's fees on the units that get something
    money::Money paidForRest;
    std::int64_t rest = 0; ///< number of those units
    bool isRequested = false;
    bool isPaidOut = true; ///< all of it by successful transactions
    /// What is apart is a matter of tax (law.md 6 puts it before the value): "net-for-gross",
    /// "tax-twice", "wrong-tax"; empty: it is not, or nothing is apart.
    std::string taxCode;
    reconcile::Explanation why; ///< filled when something is apart beyond rounding

    /// paid - expected
    [[nodiscard]] money::Money apart() const;
    [[nodiscard]] bool isRounding() const;
};

/// Lines for which ReturnGO pays something. Lines that cannot be judged are left out and reported.
[[nodiscard]] std::vector<LineGap> valueGaps(const Context& context, Report& report);

/// Whether the rules on values have something to judge; reports why not.
[[nodiscard]] bool hasValues(const Context& context, Report& report);

/// Units, amount at risk, finality, expected, actual and evidence of a finding about @p gaps.
void fillFromGaps(const Context& context, const std::vector<const LineGap*>& gaps, bool isOver,
                  domain::Finding& finding);

} // namespace counterfoil::rules
