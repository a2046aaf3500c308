#pragma once

#include "core/base/result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace counterfoil::money {

/// An ISO 4217 currency with the number of digits of its minor unit (0, 2, 3 or 4).
class Currency {
public:
    /// No currency: code "", exponent 0. Compares unequal to every real one.
    constexpr Currency() = default;

    /// @param code three letters in either case, white space around it is cut. Errors: Invalid for
    /// an unknown code.
    [[nodiscard]] static Result<Currency> fromCode(std::string_view code);

    [[nodiscard]] std::string_view code() const;
    /// Digits after the decimal point of one major unit: JPY 0, GBP 2, KWD 3, UYW 4.
    [[nodiscard]] int exponent() const { return m_exponent; }
    [[nodiscard]] bool empty() const { return m_code[0] == '\0'; }
    /// Minor units in one major unit: 10^exponent.
    [[nodiscard]] std::int64_t minorPerMajor() const;
    /// "£", "€", "$" ... where one sign is common and unmistakable, else the code.
    [[nodiscard]] std::string_view sign() const;

    auto operator<=>(const Currency&) const = default;

private:
    constexpr Currency(std::array<char, 3> code, std::int8_t exponent)
        : m_code(code), m_exponent(exponent)
    {
    }
    std::array<char, 3> m_code{};
    std::int8_t m_exponent = 0;
};

} // namespace counterfoil::money
