#pragma once

#include "core/reconcile/expected_credit.h"
#include "core/reconcile/returngo_money.h"

namespace counterfoil::reconcile {

/// One price that could explain a credit.
struct PriceCandidate {
    std::string code;     ///< "retail-price", "list-today" ...: the finding's causeCode
    money::Money amount;  ///< what the credit of the line would be with it, gross
    money::Fraction unit; ///< minor units
};

/// Why an amount is not the invoiced one (product.md, Price provenance).
struct Explanation {
    std::string code;     ///< the candidate that fits to the minor unit; "" unexplained
    domain::Phrase cause; ///< in words
    std::vector<PriceCandidate> candidates; ///< all that were computed, best first
};

/// @param line    the line as expected, judgeable
/// @param units   units that the amount pays for
/// @param amount  gross amount that ReturnGO pays for these units
/// @param fees    its fees on them, already off @p amount
[[nodiscard]] Explanation explainAmount(const domain::CaseFacts& facts, const ExpectedLine& line,
                                        std::int64_t units, const money::Money& amount,
                                        const money::Money& fees);

} // namespace counterfoil::reconcile
