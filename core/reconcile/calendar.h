#pragma once

#include "core/domain/policy.h"
#include "core/reconcile/time_zone.h"

namespace counterfoil::reconcile {

/// Business hours of a site (law.md 7). Days and hours are those of the site's own time zone.
class BusinessCalendar {
public:
    /// @param zone must live as long as this
    BusinessCalendar(const domain::Calendar& calendar, const TimeZone& zone);

    /// @p duration of open time after @p from; @p from itself when the duration is not positive.
    /// Errors: Invalid when the calendar is never open within ten years.
    [[nodiscard]] Result<Instant> add(Instant from, Millis duration) const;
    /// Open time between the two; zero when @p to is not later.
    [[nodiscard]] Millis elapsed(Instant from, Instant to) const;
    [[nodiscard]] bool isOpen(Instant instant) const;
    /// Whether no more than @p days working days of this calendar month are left, today included:
    /// "in the last three working days of a period" (product.md 2).
    [[nodiscard]] bool isInLastDays(Instant instant, int days) const;

private:
    struct Span {
        Instant open{}, close{};
    };
    [[nodiscard]] bool isWorkingDay(std::int64_t day) const;
    /// Opening hours of one local day (days since 1970); open == close on a closed day.
    [[nodiscard]] Span spanOf(std::int64_t day) const;
    [[nodiscard]] std::int64_t localDay(Instant instant) const;

    domain::Calendar m_calendar;
    const TimeZone* m_zone;
    std::vector<std::int64_t> m_holidays;
};

/// @p hours business hours after @p from. Errors: as BusinessCalendar::add.
[[nodiscard]] Result<Instant>
addBusinessTime(Instant from, int hours, const domain::Calendar& calendar, const TimeZones& zones);

/// Monday to Friday 9 to 17 where the config names no hours at all.
[[nodiscard]] domain::Calendar withDefaultHours(domain::Calendar calendar);

} // namespace counterfoil::reconcile
