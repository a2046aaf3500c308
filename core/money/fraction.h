#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string_view>

namespace counterfoil::money {

/// An exact rational number, always in lowest terms with a positive denominator. For unit prices
/// (line total by quantity), rates and shares; never for a sum that is posted: that is rounded
/// once, at the end, by roundHalfUp().
class Fraction {
public:
    constexpr Fraction() = default; ///< zero
    constexpr explicit Fraction(std::int64_t whole) : m_numerator(whole) {}

    /// Errors: Invalid for a zero denominator, Overflow.
    [[nodiscard]] static Result<Fraction> make(std::int64_t numerator, std::int64_t denominator);
    /// Reads decimal text exactly: "480", "480.0", "-0.125", "4.8e2" (a JSON number by its text).
    /// At most 18 digits each side, exponent within +-18. Errors: Invalid, Overflow.
    [[nodiscard]] static Result<Fraction> parseDecimal(std::string_view text);

    [[nodiscard]] std::int64_t numerator() const { return m_numerator; }
    [[nodiscard]] std::int64_t denominator() const { return m_denominator; }
    [[nodiscard]] bool isWhole() const { return m_denominator == 1; }

    // Errors of all four: Overflow; dividedBy also Invalid for zero.
    [[nodiscard]] Result<Fraction> plus(const Fraction& other) const;
    [[nodiscard]] Result<Fraction> minus(const Fraction& other) const;
    [[nodiscard]] Result<Fraction> times(const Fraction& other) const;
    [[nodiscard]] Result<Fraction> dividedBy(const Fraction& other) const;

    /// The nearest whole number, halves away from zero (so that a credit and its reversal are
    /// equal). Never fails: the quotient of two 64-bit numbers with a positive denominator fits.
    [[nodiscard]] std::int64_t roundHalfUp() const;

    /// -1, 0 or 1: below, equal, above.
    [[nodiscard]] int compare(const Fraction& other) const;
    bool operator==(const Fraction& other) const = default;

private:
    constexpr Fraction(std::int64_t numerator, std::int64_t denominator)
        : m_numerator(numerator), m_denominator(denominator)
    {
    }
    friend struct Reducer;

    std::int64_t m_numerator = 0;
    std::int64_t m_denominator = 1;
};

} // namespace counterfoil::money
