#include "core/base/time.h"

#include <fmt/format.h>

#include <cctype>
#include <optional>

namespace counterfoil {

namespace {

/// Reads exactly @p digits digits at @p at and moves on.
std::optional<int> number(std::string_view text, std::size_t& at, std::size_t digits)
{
    if (at + digits > text.size())
        return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        const char c = text[at + i];
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    at += digits;
    return value;
}

bool take(std::string_view text, std::size_t& at, char wanted)
{
    if (at >= text.size() || text[at] != wanted)
        return false;
    ++at;
    return true;
}

/// Reads ".123456" as milliseconds, cutting what is finer.
std::optional<Millis> fraction(std::string_view text, std::size_t& at)
{
    if (!take(text, at, '.'))
        return Millis(0);
    int millis = 0;
    int digits = 0;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
        if (digits < 3)
            millis = millis * 10 + (text[at] - '0');
        ++digits;
        ++at;
    }
    if (digits == 0)
        return std::nullopt;
    for (int i = digits; i < 3; ++i)
        millis *= 10;
    return Millis(millis);
}

/// Reads "Z", "+01:00", "-0530"; what to subtract to reach UTC.
std::optional<std::chrono::minutes> offset(std::string_view text, std::size_t& at)
{
    if (take(text, at, 'Z') || take(text, at, 'z'))
        return std::chrono::minutes(0);
    const bool east = take(text, at, '+');
    if (!east && !take(text, at, '-'))
        return std::nullopt;
    const auto hours = number(text, at, 2);
    take(text, at, ':');
    const auto minutes = number(text, at, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59)
        return std::nullopt;
    const std::chrono::minutes size(*hours * 60 + *minutes);
    return east ? size : -size;
}

tl::unexpected<Error> notATime(std::string_view text)
{
    return fail(ErrorCode::Invalid, fmt::format("not a time: '{}'", text.substr(0, 40)));
}

} // namespace

Result<Instant> parseInstant(std::string_view text)
{
    std::size_t at = 0;
    const auto year = number(text, at, 4);
    const bool dash1 = take(text, at, '-');
    const auto month = number(text, at, 2);
    const bool dash2 = take(text, at, '-');
    const auto day = number(text, at, 2);
    if (!year || !dash1 || !month || !dash2 || !day)
        return notATime(text);
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok())
        return notATime(text);
    const Instant midnight = std::chrono::sys_days(date);
    if (at == text.size())
        return midnight;
    if (!take(text, at, 'T') && !take(text, at, ' '))
        return notATime(text);
    const auto hour = number(text, at, 2);
    const bool colon1 = take(text, at, ':');
    const auto minute = number(text, at, 2);
    const bool colon2 = take(text, at, ':');
    const auto second = number(text, at, 2);
    if (!hour || !colon1 || !minute || !colon2 || !second || *hour > 23 || *minute > 59 ||
        *second > 60)
        return notATime(text);
    const auto millis = fraction(text, at);
    const auto zone = offset(text, at);
    if (!millis || !zone || at != text.size())
        return notATime(text);
    return midnight + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second) + *millis - *zone;
}

std::string formatInstant(Instant instant)
{
    const auto days = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(days);
    const std::chrono::hh_mm_ss clock(instant - days);
    const auto millis = clock.subseconds().count();
    std::string text =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                    clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    if (millis != 0)
        text += fmt::format(".{:03}", millis);
    return text + 'Z';
}

} // namespace counterfoil
