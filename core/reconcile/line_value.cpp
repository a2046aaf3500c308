#include "core/reconcile/line_value.h"

#include "core/base/check.h"

#include <limits>

namespace counterfoil::reconcile {

using money::Fraction;
using money::Money;

__extension__ using Wide = __int128;

namespace {

constexpr std::int64_t kQuantityMax = 10'000'000;
constexpr std::int64_t kMinorMax = std::numeric_limits<std::int64_t>::max() / 1'000;

std::int64_t roundedQuotient(Wide top, Wide bottom)
{
    const bool isNegative = top < 0;
    const Wide size = ((isNegative ? -top : top) * 2 + bottom) / (bottom * 2);
    return static_cast<std::int64_t>(isNegative ? -size : size);
}

Money sumOf(const Money& a, const Money& b)
{
    const Result<Money> sum = a.plus(b);
    CF_CHECK(sum.has_value());
    return *sum;
}

Fraction quotient(std::int64_t top, std::int64_t bottom)
{
    return Fraction::make(top, bottom).value_or(Fraction());
}

/// The whole amount (net, or gross where prices hold the tax) that fits both the unit price as
/// shown and what the platform says of the units not yet refunded.
std::int64_t wholeFrom(const domain::OrderLine& line, std::int64_t remaining)
{
    const std::int64_t quantity = line.quantity;
    const std::int64_t current = line.currentQuantity;
    const Fraction& unit = line.discountedUnitMinor;
    const std::int64_t byUnit =
        roundedQuotient(Wide(unit.numerator()) * quantity, Wide(unit.denominator()));
    if (current <= 0 || current > quantity)
        return byUnit;
    if (current == quantity)
        return remaining;
    const std::int64_t shown = unit.roundHalfUp();
    const std::int64_t guess = roundedQuotient(Wide(remaining) * quantity, current);
    for (const std::int64_t offset : {0, -1, 1}) {
        const std::int64_t whole = guess + offset;
        const bool fitsUnit = roundedQuotient(whole, quantity) == shown;
        const bool fitsRest = roundedQuotient(Wide(whole) * current, quantity) == remaining;
        if (fitsUnit && fitsRest)
            return whole;
    }
    return byUnit;
}

} // namespace

Split zeroSplit(money::Currency currency)
{
    const Money zero = Money::zero(currency);
    return {zero, zero, zero};
}

Split plus(const Split& a, const Split& b)
{
    return {sumOf(a.net, b.net), sumOf(a.tax, b.tax), sumOf(a.gross, b.gross)};
}

Split minus(const Split& a, const Split& b)
{
    return {sumOf(a.net, b.net.negated()), sumOf(a.tax, b.tax.negated()),
            sumOf(a.gross, b.gross.negated())};
}

std::optional<LineValue> LineValue::of(const domain::OrderLine& line, bool taxesIncluded,
                                       money::Currency currency)
{
    const Fraction& unit = line.discountedUnitMinor;
    const std::int64_t quantity = line.quantity;
    if (quantity <= 0 || quantity > kQuantityMax || currency.empty())
        return std::nullopt;
    if (line.discountedUnit.presentment.currency() != currency)
        return std::nullopt;
    if (Wide(unit.numerator()) * quantity / unit.denominator() > kMinorMax || unit.numerator() < 0)
        return std::nullopt;
    Wide tax = 0;
    for (const domain::TaxLine& row : line.taxLines) {
        if (row.presentment.currency() != currency)
            return std::nullopt;
        tax += row.presentment.minor();
    }
    if (tax > kMinorMax || tax < 0)
        return std::nullopt;
    const std::int64_t taxMinor = static_cast<std::int64_t>(tax);
    std::int64_t base = roundedQuotient(Wide(unit.numerator()) * quantity, unit.denominator());
    if (line.netWithoutRefunded && line.netWithoutRefunded->presentment.currency() == currency) {
        std::int64_t remaining = line.netWithoutRefunded->presentment.minor();
        if (taxesIncluded)
            remaining += roundedQuotient(Wide(taxMinor) * line.currentQuantity, quantity);
        const std::int64_t whole = wholeFrom(line, remaining);
        // The two figures describe one line; more than rounding between them means that one of
        // them speaks of something else, and the unit price is what was invoiced.
        if (whole >= base - quantity && whole <= base + quantity)
            base = whole;
    }
    LineValue value;
    value.m_net = taxesIncluded ? base - taxMinor : base;
    value.m_gross = taxesIncluded ? base : base + taxMinor;
    value.m_quantity = quantity;
    value.m_currency = currency;
    return value;
}

Split LineValue::whole() const
{
    return valueOf(m_quantity * 100);
}

Fraction LineValue::unitNet() const
{
    return quotient(m_net, m_quantity);
}

Fraction LineValue::unitTax() const
{
    return quotient(m_gross - m_net, m_quantity);
}

Fraction LineValue::unitGross() const
{
    return quotient(m_gross, m_quantity);
}

Split LineValue::valueOf(std::int64_t percentPoints) const
{
    const Wide whole = Wide(m_quantity) * 100;
    const std::int64_t gross = roundedQuotient(Wide(m_gross) * percentPoints, whole);
    const std::int64_t net = roundedQuotient(Wide(m_net) * percentPoints, whole);
    return {Money::fromMinor(net, m_currency), Money::fromMinor(gross - net, m_currency),
            Money::fromMinor(gross, m_currency)};
}

} // namespace counterfoil::reconcile
