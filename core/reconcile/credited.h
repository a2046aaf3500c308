#pragma once

#include "core/reconcile/payment.h"

namespace counterfoil::reconcile {

/// One entry that a book shows for this return.
struct BookEntry {
    std::string source;        ///< "own", "receipt", "sparklayer"
    money::Money amount;       ///< gross
    std::vector<UnitId> units; ///< empty: it names none
    /// It names this return. Otherwise only its amount fits, and it may be a payment.
    bool isNamed = true;
    std::optional<Instant> at;
};

/// What one book already shows of this return's credit.
struct BookCredit {
    bool isApplicable = false;
    money::Money amount;       ///< gross credit seen, of this return
    std::vector<UnitId> units; ///< units that the credit names; empty: it names an amount only
    domain::Phrase problem;    ///< why it is not known; empty code: it is known
    std::string source;        ///< "own", "sparklayer", "receipt", "automatic", "shopify-return"
    std::optional<Instant> since;
    std::vector<BookEntry> entries;
    /// What the site took off by itself because Shopify processed or refunded the return; counted
    /// in amount only while no entry stands.
    money::Money automatic;

    [[nodiscard]] bool isKnown() const { return problem.code.empty(); }
};

/// Credits so far, per book (law.md 1). ERP documents come with the issue that connects one.
struct Credited {
    BookCredit balance, shopifyOrder;
};
[[nodiscard]] Credited creditedSoFar(const domain::CaseFacts& facts, const domain::Policy& policy,
                                     const Joined& joined, const ExpectedCredit& expected,
                                     const Payment& payment);

/// An own credit whose receipt stands beside the balance while the balance shows it undone:
/// SparkLayer wrote its own figure over ours (law.md 9). Null: none.
[[nodiscard]] const domain::OwnAction* overwrittenCredit(const domain::CaseFacts& facts);

/// Amounts of two money() values are equal within the rounding of @p units pieces.
[[nodiscard]] bool isRounding(const money::Money& a, const money::Money& b, std::int64_t units);

} // namespace counterfoil::reconcile
