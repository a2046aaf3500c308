#pragma once

#include "core/domain/order.h"
#include "core/money/money.h"

#include <cstdint>
#include <optional>

namespace counterfoil::reconcile {

/// Net, tax and gross of one amount; net + tax == gross.
struct Split {
    money::Money net, tax, gross;
    bool operator==(const Split&) const = default;
};
[[nodiscard]] Split zeroSplit(money::Currency currency);
/// @pre the same currency; sums of one order stay far below 64 bits, beyond them the process stops
[[nodiscard]] Split plus(const Split& a, const Split& b);
[[nodiscard]] Split minus(const Split& a, const Split& b);

/// What a whole order line was invoiced at, in minor units of the order's currency: the base of
/// every expected credit (law.md 3). Shopify's unit price is approximate, so the exact whole is
/// rebuilt from the line's net total where that is complete (shopify.md 4.2).
class LineValue {
public:
    /// @return nullopt when a figure is missing, of another currency, or beyond 64 bits
    [[nodiscard]] static std::optional<LineValue> of(const domain::OrderLine& line,
                                                     bool taxesIncluded, money::Currency currency);

    [[nodiscard]] std::int64_t quantity() const { return m_quantity; }
    [[nodiscard]] Split whole() const;
    [[nodiscard]] money::Fraction unitNet() const;
    [[nodiscard]] money::Fraction unitTax() const;
    [[nodiscard]] money::Fraction unitGross() const;

    /// Value of @p percentPoints hundredths of units (a full unit is 100), rounded half up once;
    /// all units together give exactly the invoiced line.
    [[nodiscard]] Split valueOf(std::int64_t percentPoints) const;

private:
    LineValue() = default;
    std::int64_t m_net = 0, m_gross = 0;
    std::int64_t m_quantity = 1;
    money::Currency m_currency;
};

/// What per-unit rounding can explain on a line: ceil(units / 2) minor units (law.md 3).
[[nodiscard]] constexpr std::int64_t toleranceMinor(std::int64_t units)
{
    return (units + 1) / 2;
}

} // namespace counterfoil::reconcile
