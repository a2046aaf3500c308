#pragma once

#include "core/base/result.h"
#include "core/money/currency.h"
#include "core/money/fraction.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::money {

/// An amount: a signed 64-bit count of minor units and its currency. No floating point at any step.
/// Two currencies are never added; an overflow is an error.
class Money {
public:
    Money() = default; ///< zero without a currency: only as a blank before a value is known
    [[nodiscard]] static Money fromMinor(std::int64_t minor, Currency currency)
    {
        return Money(minor, currency);
    }
    [[nodiscard]] static Money zero(Currency currency) { return Money(0, currency); }

    /// Reads decimal text ("480", "480.0", "480.00", a JSON number by its text). Digits finer than
    /// the minor unit must be zero: an amount is never rounded on reading. Errors: Invalid,
    /// Overflow.
    [[nodiscard]] static Result<Money> parse(std::string_view text, Currency currency);
    /// The same, but finer digits are rounded half up (unit prices that a platform sends with more
    /// digits).
    [[nodiscard]] static Result<Money> parseRounded(std::string_view text, Currency currency);

    [[nodiscard]] std::int64_t minor() const { return m_minor; }
    [[nodiscard]] Currency currency() const { return m_currency; }
    [[nodiscard]] bool isZero() const { return m_minor == 0; }
    [[nodiscard]] bool isNegative() const { return m_minor < 0; }
    [[nodiscard]] bool isPositive() const { return m_minor > 0; }

    // Errors: CurrencyMix, Overflow.
    [[nodiscard]] Result<Money> plus(const Money& other) const;
    [[nodiscard]] Result<Money> minus(const Money& other) const;
    /// This amount times @p factor, rounded half up once. Errors: Overflow.
    [[nodiscard]] Result<Money> times(const Fraction& factor) const;
    [[nodiscard]] Money negated() const;
    [[nodiscard]] Money magnitude() const { return m_minor < 0 ? negated() : *this; }

    /// Splits into @p parts shares that add up to exactly this amount; earlier shares get the extra
    /// units.
    /// @pre parts > 0
    [[nodiscard]] std::vector<Money> split(std::int64_t parts) const;
    /// Splits by weights with the largest-remainder method; the shares add up to exactly this
    /// amount, equal remainders go to the earlier share. All weights zero: like split(). @pre
    /// weights are not negative and not empty
    [[nodiscard]] Result<std::vector<Money>> allocate(std::span<const std::int64_t> weights) const;

    /// "48.00", "-0.05", "480" (JPY): for JSON, exports and the store.
    [[nodiscard]] std::string decimalText() const;
    /// "£1,944.00", "-€5.00", "KWD 1.250": for people.
    [[nodiscard]] std::string displayText() const;
    /// "1,944.00": for people, in a column that names the currency.
    [[nodiscard]] std::string groupedText() const;

    bool operator==(const Money& other) const = default;

private:
    Money(std::int64_t minor, Currency currency) : m_minor(minor), m_currency(currency) {}
    std::int64_t m_minor = 0;
    Currency m_currency;
};

/// Sum of @p amounts in @p currency. Errors: CurrencyMix, Overflow.
[[nodiscard]] Result<Money> sum(std::span<const Money> amounts, Currency currency);

/// @p minorExact minor units (exact) rounded half up once. Errors: none beyond 64 bits, which a
/// Fraction cannot hold.
[[nodiscard]] Money rounded(const Fraction& minorExact, Currency currency);

} // namespace counterfoil::money
