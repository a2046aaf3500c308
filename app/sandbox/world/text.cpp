#include "app/sandbox/world/rma_types.h"
#include "app/sandbox/world/shop_types.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace counterfoil::sandbox {
namespace {

/// Days since 1970-01-01 of a civil date (Howard Hinnant's algorithm).
std::int64_t daysFromCivil(std::int64_t year, std::int64_t month, std::int64_t day)
{
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t yearOfEra = year - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468;
}

struct Civil {
    std::int64_t year, month, day, hour, minute, second;
};

Civil civilOf(Instant at)
{
    const std::int64_t seconds = at >= 0 ? at / 1000 : (at - 999) / 1000;
    std::int64_t days = seconds / 86400;
    std::int64_t rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        --days;
    }
    const std::int64_t shifted = days + 719468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const std::int64_t dayOfEra = shifted - era * 146097;
    const std::int64_t yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t monthIndex = (5 * dayOfYear + 2) / 153;
    const std::int64_t month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
    return {yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month,
            dayOfYear - (153 * monthIndex + 2) / 5 + 1,
            rest / 3600,
            rest / 60 % 60,
            rest % 60};
}

std::string stamp(Instant at, const char* tail)
{
    const Civil c = civilOf(at);
    std::array<char, 64> out{};
    std::snprintf(out.data(), out.size(), "%04d-%02d-%02dT%02d:%02d:%02d%s",
                  static_cast<int>(c.year), static_cast<int>(c.month), static_cast<int>(c.day),
                  static_cast<int>(c.hour), static_cast<int>(c.minute), static_cast<int>(c.second),
                  tail);
    return out.data();
}

/// Reads exactly `digits` decimal digits at `pos`; -1 when there is something else.
std::int64_t number(const std::string& text, std::size_t& pos, std::size_t digits)
{
    std::int64_t value = 0;
    for (std::size_t i = 0; i < digits; ++i, ++pos) {
        if (pos >= text.size() || text[pos] < '0' || text[pos] > '9')
            return -1;
        value = value * 10 + (text[pos] - '0');
    }
    return value;
}

bool take(const std::string& text, std::size_t& pos, char wanted)
{
    if (pos >= text.size() || text[pos] != wanted)
        return false;
    ++pos;
    return true;
}

std::string decimal(Minor minor, int exponent, bool trim)
{
    const bool negative = minor < 0;
    const std::uint64_t magnitude =
        negative ? ~static_cast<std::uint64_t>(minor) + 1 : static_cast<std::uint64_t>(minor);
    std::string digits = std::to_string(magnitude);
    const auto places = static_cast<std::size_t>(exponent);
    if (digits.size() <= places)
        digits.insert(0, places + 1 - digits.size(), '0');
    std::string text = digits.substr(0, digits.size() - places);
    std::string fraction = digits.substr(digits.size() - places);
    if (trim) {
        while (fraction.size() > 1 && fraction.back() == '0')
            fraction.pop_back();
        if (fraction.empty())
            fraction = "0";
    }
    if (!fraction.empty())
        text += "." + fraction;
    return negative ? "-" + text : text;
}

} // namespace

std::string gid(const char* type, Id id)
{
    return "gid://shopify/" + std::string(type) + "/" + std::to_string(id);
}

Id idOf(const char* type, const std::string& text)
{
    const std::string prefix = "gid://shopify/" + std::string(type) + "/";
    if (text.compare(0, prefix.size(), prefix) != 0)
        return 0;
    const std::string digits = text.substr(prefix.size(), text.find('?') - prefix.size());
    if (digits.empty() || digits.size() > 18 ||
        digits.find_first_not_of("0123456789") != std::string::npos)
        return 0;
    return std::strtoll(digits.c_str(), nullptr, 10);
}

int exponentOf(const std::string& currency)
{
    if (currency == "JPY" || currency == "KRW" || currency == "ISK")
        return 0;
    if (currency == "KWD" || currency == "BHD" || currency == "TND")
        return 3;
    return 2;
}

std::string decimalText(Minor minor, const std::string& currency)
{
    return decimal(minor, exponentOf(currency), true);
}

std::string fixedText(Minor minor, const std::string& currency)
{
    return decimal(minor, exponentOf(currency), false);
}

std::string zuluText(Instant at)
{
    return stamp(at, "Z");
}

std::string offsetText(Instant at)
{
    return stamp(at, "+00:00");
}

std::optional<Instant> parseInstant(const std::string& text)
{
    std::size_t pos = 0;
    const std::int64_t year = number(text, pos, 4);
    if (year < 0 || !take(text, pos, '-'))
        return std::nullopt;
    const std::int64_t month = number(text, pos, 2);
    if (month < 1 || month > 12 || !take(text, pos, '-'))
        return std::nullopt;
    const std::int64_t day = number(text, pos, 2);
    if (day < 1 || day > 31)
        return std::nullopt;
    std::int64_t seconds = daysFromCivil(year, month, day) * 86400;
    if (pos == text.size())
        return seconds * 1000;
    if (!take(text, pos, 'T') && !take(text, pos, ' '))
        return std::nullopt;
    const std::int64_t hour = number(text, pos, 2);
    if (hour < 0 || hour > 23 || !take(text, pos, ':'))
        return std::nullopt;
    const std::int64_t minute = number(text, pos, 2);
    if (minute < 0 || minute > 59)
        return std::nullopt;
    std::int64_t second = 0;
    if (take(text, pos, ':')) {
        second = number(text, pos, 2);
        if (second < 0 || second > 60)
            return std::nullopt;
        if (take(text, pos, '.'))
            while (pos < text.size() && text[pos] >= '0' && text[pos] <= '9')
                ++pos;
    }
    seconds += hour * 3600 + minute * 60 + second;
    if (pos == text.size() || (take(text, pos, 'Z') && pos == text.size()))
        return seconds * 1000;
    const bool west = pos < text.size() && text[pos] == '-';
    if (!west && (pos >= text.size() || (text[pos] != '+' && text[pos] != ' ')))
        return std::nullopt;
    ++pos;
    const std::int64_t offsetHour = number(text, pos, 2);
    take(text, pos, ':');
    const std::int64_t offsetMinute = number(text, pos, 2);
    if (offsetHour < 0 || offsetMinute < 0 || pos != text.size())
        return std::nullopt;
    const std::int64_t offset = offsetHour * 3600 + offsetMinute * 60;
    return (seconds + (west ? offset : -offset)) * 1000;
}

const char* wordOf(RmaState state)
{
    switch (state) {
    case RmaState::Pending:
        return "Pending";
    case RmaState::Approved:
        return "Approved";
    case RmaState::Received:
        return "Received";
    case RmaState::Validated:
        return "Validated";
    case RmaState::Done:
        return "Done";
    case RmaState::Rejected:
        return "Rejected";
    case RmaState::Canceled:
        return "Canceled";
    }
    return "Pending";
}

} // namespace counterfoil::sandbox
