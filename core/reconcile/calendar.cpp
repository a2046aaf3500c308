#include "core/reconcile/calendar.h"

#include <algorithm>

namespace counterfoil::reconcile {

using domain::Calendar;
using domain::WorkingDay;

namespace {

constexpr std::int64_t kDaySeconds = 86'400;
constexpr int kDaysMax = 3'660; // ten years

std::size_t weekdayOf(std::int64_t day)
{
    return static_cast<std::size_t>(((day + 4) % 7 + 7) % 7); // 1970-01-01 was a Thursday
}

} // namespace

BusinessCalendar::BusinessCalendar(const Calendar& calendar, const TimeZone& zone)
    : m_calendar(calendar), m_zone(&zone)
{
    for (const std::string& text : calendar.holidays) {
        const Result<Instant> day = parseInstant(text);
        if (day)
            m_holidays.push_back(
                std::chrono::floor<std::chrono::days>(*day).time_since_epoch().count());
    }
    std::sort(m_holidays.begin(), m_holidays.end());
}

std::int64_t BusinessCalendar::localDay(Instant instant) const
{
    const std::int64_t utc =
        std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
    const std::int64_t local = utc + m_zone->offsetAt(instant);
    return local >= 0 ? local / kDaySeconds : (local - kDaySeconds + 1) / kDaySeconds;
}

bool BusinessCalendar::isWorkingDay(std::int64_t day) const
{
    const WorkingDay& hours = m_calendar.days[weekdayOf(day)];
    return hours.closeMinute > hours.openMinute &&
           !std::binary_search(m_holidays.begin(), m_holidays.end(), day);
}

BusinessCalendar::Span BusinessCalendar::spanOf(std::int64_t day) const
{
    const WorkingDay& hours = m_calendar.days[weekdayOf(day)];
    const Instant open = m_zone->fromLocal(day * kDaySeconds + hours.openMinute * 60);
    if (!isWorkingDay(day))
        return {open, open};
    return {open, m_zone->fromLocal(day * kDaySeconds + hours.closeMinute * 60)};
}

Result<Instant> BusinessCalendar::add(Instant from, Millis duration) const
{
    if (duration <= Millis(0))
        return from;
    std::int64_t day = localDay(from);
    for (int i = 0; i < kDaysMax; ++i, ++day) {
        const Span span = spanOf(day);
        const Instant start = std::max(span.open, from);
        if (start >= span.close)
            continue;
        if (span.close - start >= duration)
            return start + duration;
        duration -= span.close - start;
    }
    return fail(ErrorCode::Invalid, "the calendar is never open");
}

Millis BusinessCalendar::elapsed(Instant from, Instant to) const
{
    Millis sum(0);
    if (to <= from)
        return sum;
    const std::int64_t last = localDay(to);
    std::int64_t day = std::max(localDay(from), last - kDaysMax);
    for (; day <= last; ++day) {
        const Span span = spanOf(day);
        const Instant start = std::max(span.open, from);
        const Instant end = std::min(span.close, to);
        if (start < end)
            sum += end - start;
    }
    return sum;
}

bool BusinessCalendar::isOpen(Instant instant) const
{
    const Span span = spanOf(localDay(instant));
    return instant >= span.open && instant < span.close;
}

bool BusinessCalendar::isInLastDays(Instant instant, int days) const
{
    const std::int64_t today = localDay(instant);
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(today))};
    const std::chrono::sys_days last = date.year() / date.month() / std::chrono::last;
    int left = 0;
    for (std::int64_t day = today; day <= last.time_since_epoch().count(); ++day)
        left += isWorkingDay(day) ? 1 : 0;
    return left <= days;
}

Result<Instant> addBusinessTime(Instant from, int hours, const Calendar& calendar,
                                const TimeZones& zones)
{
    const BusinessCalendar business(calendar, zones.find(calendar.timezone));
    return business.add(from, std::chrono::hours(hours));
}

Calendar withDefaultHours(Calendar calendar)
{
    calendar.days.front() = {0, 0};
    calendar.days.back() = {0, 0};
    return calendar;
}

} // namespace counterfoil::reconcile
