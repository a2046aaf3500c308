#include "core/money/fraction.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <limits>
#include <numeric>

namespace counterfoil::money {

__extension__ using Wide = __int128;

namespace {

constexpr Wide kSmall = std::numeric_limits<std::int64_t>::max();

Wide gcd(Wide a, Wide b)
{
    if (a >= -kSmall && a <= kSmall && b >= 0 && b <= kSmall) // nearly always; a tenth of the time
        return std::gcd(static_cast<std::int64_t>(a), static_cast<std::int64_t>(b));
    while (b != 0) {
        const Wide rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

tl::unexpected<Error> notDecimal(std::string_view text)
{
    return fail(ErrorCode::Invalid,
                fmt::format("not a decimal number: '{}'", sanitised(clipped(text, 40))));
}

constexpr int kDigitsMax = 18;

struct Scanned {
    std::int64_t digits = 0; ///< all digits as one whole number
    int scale = 0;           ///< how many of them stand after the point
};

/// Reads "123.450" without its trailing zeros after the point; false when it is not of that form.
bool scanDigits(std::string_view text, std::size_t& at, Scanned& out)
{
    int significant = 0; // digits from the first one that is not zero
    int zeros = 0;       // zeros after the point that may turn out to be trailing
    bool pointSeen = false;
    bool anyDigit = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '.' && !pointSeen) {
            pointSeen = true;
            continue;
        }
        if (c < '0' || c > '9')
            break;
        anyDigit = true;
        if (pointSeen && c == '0') {
            if (++zeros > 64)
                return false;
            continue;
        }
        significant += out.digits != 0 ? zeros + 1 : (c != '0' ? 1 : 0);
        out.scale += zeros + (pointSeen ? 1 : 0);
        if (significant > kDigitsMax || out.scale > kDigitsMax)
            return false;
        for (; zeros > 0; --zeros)
            out.digits *= 10;
        out.digits = out.digits * 10 + (c - '0');
    }
    return anyDigit && text[at - 1] != '.';
}

} // namespace

/// The only maker of fractions: lowest terms, positive denominator, both within 64 bits.
struct Reducer {
    static Result<Fraction> run(Wide numerator, Wide denominator);
};

static Result<Fraction> reduced(Wide numerator, Wide denominator)
{
    return Reducer::run(numerator, denominator);
}

Result<Fraction> Reducer::run(Wide numerator, Wide denominator)
{
    if (denominator == 0)
        return fail(ErrorCode::Invalid, "division by zero");
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    const Wide common = denominator == 1 ? 1 : gcd(numerator, denominator);
    if (common != 1) {
        numerator /= common;
        denominator /= common;
    }
    constexpr Wide kMax = std::numeric_limits<std::int64_t>::max();
    if (numerator > kMax || numerator < -kMax || denominator > kMax)
        return fail(ErrorCode::Overflow, "a fraction leaves 64 bits");
    return Fraction(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
}

Result<Fraction> Fraction::make(std::int64_t numerator, std::int64_t denominator)
{
    return reduced(numerator, denominator);
}

Result<Fraction> Fraction::parseDecimal(std::string_view text)
{
    if (text.size() > 64)
        return notDecimal(text);
    std::size_t at = 0;
    const bool negative = !text.empty() && text[0] == '-';
    if (negative)
        ++at;
    if (at >= text.size() || text[at] < '0' || text[at] > '9')
        return notDecimal(text);
    Scanned scanned;
    if (!scanDigits(text, at, scanned))
        return notDecimal(text);
    int exponent = 0;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        const bool down = at < text.size() && text[at] == '-';
        if (down || (at < text.size() && text[at] == '+'))
            ++at;
        const std::size_t from = at;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && exponent < 100; ++at)
            exponent = exponent * 10 + (text[at] - '0');
        if (at == from || exponent > kDigitsMax)
            return notDecimal(text);
        exponent = down ? -exponent : exponent;
    }
    if (at != text.size())
        return notDecimal(text);
    Wide numerator = negative ? -scanned.digits : scanned.digits;
    Wide denominator = 1;
    for (int i = 0; i < exponent; ++i)
        numerator *= 10;
    for (int i = 0; i < scanned.scale - (exponent < 0 ? exponent : 0); ++i)
        denominator *= 10;
    return reduced(numerator, denominator);
}

Result<Fraction> Fraction::plus(const Fraction& other) const
{
    const Wide top = Wide(m_numerator) * other.m_denominator;
    const Wide add = Wide(other.m_numerator) * m_denominator;
    // Each product stays within 126 bits, so their sum fits 127.
    return reduced(top + add, Wide(m_denominator) * other.m_denominator);
}

Result<Fraction> Fraction::minus(const Fraction& other) const
{
    return plus(Fraction(-other.m_numerator, other.m_denominator));
}

Result<Fraction> Fraction::times(const Fraction& other) const
{
    return reduced(Wide(m_numerator) * other.m_numerator,
                   Wide(m_denominator) * other.m_denominator);
}

Result<Fraction> Fraction::dividedBy(const Fraction& other) const
{
    return reduced(Wide(m_numerator) * other.m_denominator,
                   Wide(m_denominator) * other.m_numerator);
}

std::int64_t Fraction::roundHalfUp() const
{
    const Wide twice = Wide(m_numerator < 0 ? -Wide(m_numerator) : Wide(m_numerator)) * 2;
    const Wide size = (twice + m_denominator) / (Wide(m_denominator) * 2);
    return static_cast<std::int64_t>(m_numerator < 0 ? -size : size);
}

int Fraction::compare(const Fraction& other) const
{
    const Wide left = Wide(m_numerator) * other.m_denominator;
    const Wide right = Wide(other.m_numerator) * m_denominator;
    return left < right ? -1 : left > right ? 1 : 0;
}

} // namespace counterfoil::money
