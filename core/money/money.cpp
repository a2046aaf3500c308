#include "core/money/money.h"

#include "core/base/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

namespace counterfoil::money {

__extension__ using Wide = __int128;

namespace {

constexpr std::int64_t kMinorMax = std::numeric_limits<std::int64_t>::max();

Result<Money> fitted(Wide minor, Currency currency)
{
    // The lowest 64-bit number is left out, so that every amount can be negated.
    if (minor > kMinorMax || minor < -Wide(kMinorMax))
        return fail(ErrorCode::Overflow, "an amount leaves 64 bits");
    return Money::fromMinor(static_cast<std::int64_t>(minor), currency);
}

/// The usual form, "1234.50" with at most as many digits after the point as the currency has and
/// up to 14 characters in all; nullopt for every other one, which the exact way reads.
std::optional<std::int64_t> plainMinor(std::string_view text, int exponent)
{
    constexpr std::size_t kPlainMax = 14; // and four zeros more stay within 64 bits
    const bool negative = !text.empty() && text.front() == '-';
    if (negative)
        text.remove_prefix(1);
    if (text.empty() || text.size() > kPlainMax || text.front() == '.' || text.back() == '.')
        return std::nullopt;
    std::int64_t minor = 0;
    int after = -1; // digits after the point; -1 before it
    for (const char c : text) {
        if (c == '.' && after < 0) {
            after = 0;
            continue;
        }
        if (c < '0' || c > '9' || after == exponent)
            return std::nullopt;
        minor = minor * 10 + (c - '0');
        after += after < 0 ? 0 : 1;
    }
    for (int i = std::max(after, 0); i < exponent; ++i)
        minor *= 10;
    return negative ? -minor : minor;
}

Result<Fraction> minorExact(std::string_view text, Currency currency)
{
    if (currency.empty())
        return fail(ErrorCode::Invalid, "an amount without a currency");
    return Fraction::parseDecimal(text).and_then(
        [&](const Fraction& value) { return value.times(Fraction(currency.minorPerMajor())); });
}

std::string wholeText(std::uint64_t whole, bool grouped)
{
    std::string digits = fmt::format("{}", whole);
    if (!grouped)
        return digits;
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::string bareText(std::int64_t minor, Currency currency, bool grouped)
{
    const auto size = static_cast<std::uint64_t>(minor < 0 ? -minor : minor);
    const auto scale = static_cast<std::uint64_t>(currency.minorPerMajor());
    std::string text = wholeText(size / scale, grouped);
    if (currency.exponent() > 0)
        text += fmt::format(".{:0{}}", size % scale, currency.exponent());
    return text;
}

} // namespace

Result<Money> Money::parse(std::string_view text, Currency currency)
{
    if (!currency.empty()) {
        if (const std::optional<std::int64_t> plain = plainMinor(text, currency.exponent()))
            return fromMinor(*plain, currency);
    }
    const Result<Fraction> exact = minorExact(text, currency);
    if (!exact)
        return fail(exact.error());
    if (!exact->isWhole())
        return fail(ErrorCode::Invalid,
                    fmt::format("finer than the minor unit of {}", currency.code()));
    return fromMinor(exact->numerator(), currency);
}

Result<Money> Money::parseRounded(std::string_view text, Currency currency)
{
    if (!currency.empty()) {
        if (const std::optional<std::int64_t> plain = plainMinor(text, currency.exponent()))
            return fromMinor(*plain, currency);
    }
    return minorExact(text, currency).map([&](const Fraction& exact) {
        return fromMinor(exact.roundHalfUp(), currency);
    });
}

Result<Money> Money::plus(const Money& other) const
{
    if (m_currency != other.m_currency)
        return fail(ErrorCode::CurrencyMix, fmt::format("{} and {} in one sum", m_currency.code(),
                                                        other.m_currency.code()));
    return fitted(Wide(m_minor) + other.m_minor, m_currency);
}

Result<Money> Money::minus(const Money& other) const
{
    return plus(other.negated());
}

Result<Money> Money::times(const Fraction& factor) const
{
    const Result<Fraction> exact = Fraction(m_minor).times(factor);
    if (!exact)
        return fail(exact.error());
    return fitted(exact->roundHalfUp(), m_currency);
}

Money Money::negated() const
{
    CF_CHECK(m_minor != std::numeric_limits<std::int64_t>::min());
    return Money(-m_minor, m_currency);
}

std::vector<Money> Money::split(std::int64_t parts) const
{
    CF_CHECK(parts > 0);
    const std::int64_t share = m_minor / parts;
    std::int64_t rest = m_minor % parts;
    const std::int64_t step = rest < 0 ? -1 : 1;
    std::vector<Money> shares;
    shares.reserve(static_cast<std::size_t>(parts));
    for (std::int64_t i = 0; i < parts; ++i) {
        const std::int64_t extra = rest != 0 ? step : 0;
        rest -= extra;
        shares.push_back(Money(share + extra, m_currency));
    }
    return shares;
}

Result<std::vector<Money>> Money::allocate(std::span<const std::int64_t> weights) const
{
    CF_CHECK(!weights.empty());
    Wide total = 0;
    for (const std::int64_t weight : weights) {
        CF_CHECK(weight >= 0);
        total += weight;
    }
    if (total == 0)
        return split(static_cast<std::int64_t>(weights.size()));
    if (total > kMinorMax)
        return fail(ErrorCode::Overflow, "the weights leave 64 bits");
    const bool negative = m_minor < 0;
    const Wide size = negative ? -Wide(m_minor) : Wide(m_minor);
    std::vector<std::int64_t> shares(weights.size());
    std::vector<Wide> remainders(weights.size());
    Wide left = size;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        shares[i] = static_cast<std::int64_t>(size * weights[i] / total);
        remainders[i] = size * weights[i] % total;
        left -= shares[i];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; left > 0; ++i, --left)
        ++shares[order[i]];
    std::vector<Money> out;
    out.reserve(shares.size());
    for (const std::int64_t share : shares)
        out.push_back(Money(negative ? -share : share, m_currency));
    return out;
}

std::string Money::decimalText() const
{
    return (m_minor < 0 ? "-" : "") + bareText(m_minor, m_currency, false);
}

std::string Money::groupedText() const
{
    return (m_minor < 0 ? "-" : "") + bareText(m_minor, m_currency, true);
}

std::string Money::displayText() const
{
    const std::string_view sign = m_currency.sign();
    const bool isCode = sign.size() == 3 && sign == m_currency.code();
    return fmt::format("{}{}{}{}", m_minor < 0 ? "-" : "", sign, isCode ? " " : "",
                       bareText(m_minor, m_currency, true));
}

Result<Money> sum(std::span<const Money> amounts, Currency currency)
{
    Money total = Money::zero(currency);
    for (const Money& amount : amounts) {
        const Result<Money> next = total.plus(amount);
        if (!next)
            return next;
        total = *next;
    }
    return total;
}

Money rounded(const Fraction& minorExact, Currency currency)
{
    return Money::fromMinor(minorExact.roundHalfUp(), currency);
}

} // namespace counterfoil::money
