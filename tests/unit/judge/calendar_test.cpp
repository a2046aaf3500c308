#include "core/reconcile/bulk_compare.h"
#include "core/reconcile/calendar.h"
#include "tests/unit/judge/case_builder.h"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <iterator>

namespace counterfoil::judging {

namespace {

reconcile::TimeZone zone(const std::string& name)
{
    std::ifstream file("/usr/share/zoneinfo/" + name, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    const auto read = reconcile::TimeZone::fromTzif(std::as_bytes(std::span(text)));
    EXPECT_TRUE(read.has_value()) << name;
    return read.value_or(reconcile::TimeZone());
}
std::string plus(const reconcile::BusinessCalendar& calendar, const char* from, int hours)
{
    return formatInstant(calendar.add(at(from), std::chrono::hours(hours)).value());
}

} // namespace

TEST(TimeZones, FollowTheDatabaseAndItsRule)
{
    const reconcile::TimeZone london = zone("Europe/London");
    EXPECT_EQ(london.offsetAt(at("2026-01-15T12:00:00Z")), 0);
    EXPECT_EQ(london.offsetAt(at("2026-03-29T00:59:59Z")), 0);
    EXPECT_EQ(london.offsetAt(at("2026-03-29T01:00:00Z")), 3600);
    EXPECT_EQ(london.offsetAt(at("2026-10-25T00:59:59Z")), 3600);
    EXPECT_EQ(london.offsetAt(at("2026-10-25T01:00:00Z")), 0);
    EXPECT_EQ(london.offsetAt(at("2071-07-01T12:00:00Z")), 3600); // by the rule at the end
    EXPECT_EQ(zone("Asia/Kolkata").offsetAt(at("2026-07-01T00:00:00Z")), 19'800);
    EXPECT_EQ(zone("America/New_York").offsetAt(at("2026-07-01T00:00:00Z")), -14'400);
    const std::string text = "TZif2 cut";
    EXPECT_FALSE(reconcile::TimeZone::fromTzif(std::as_bytes(std::span(text))).has_value());
}

TEST(BusinessHours, SkipNightsWeekendsHolidaysAndTheClockChange)
{
    const reconcile::TimeZone london = zone("Europe/London");
    domain::Calendar hours = reconcile::withDefaultHours(domain::Calendar());
    hours.holidays = {"2026-12-25", "2026-12-28"};
    const reconcile::BusinessCalendar calendar(hours, london);
    EXPECT_EQ(plus(calendar, "2026-11-24T10:00:00Z", 4), "2026-11-24T14:00:00Z");
    EXPECT_EQ(plus(calendar, "2026-11-24T16:00:00Z", 4), "2026-11-25T12:00:00Z");
    EXPECT_EQ(plus(calendar, "2026-11-27T16:00:00Z", 2), "2026-11-30T10:00:00Z");
    EXPECT_EQ(plus(calendar, "2026-12-24T16:00:00Z", 2), "2026-12-29T10:00:00Z");
    EXPECT_EQ(plus(calendar, "2026-03-27T16:00:00Z", 2), "2026-03-30T09:00:00Z"); // now UTC+1
    EXPECT_EQ(calendar.elapsed(at("2026-11-27T16:00:00Z"), at("2026-11-30T10:00:00Z")),
              std::chrono::hours(2));
    domain::Calendar never;
    never.days.fill({0, 0});
    EXPECT_FALSE(reconcile::BusinessCalendar(never, london)
                     .add(at("2026-11-24T10:00:00Z"), std::chrono::hours(1))
                     .has_value());
}

TEST(BulkCompare, CountsEveryVerdict)
{
    const std::vector<reconcile::BulkOrderLine> lines{{11, 1000, 3, 1, 0}, {12, 500, 5, 1, 0}};
    const reconcile::BulkOrderTable table(lines);
    const std::vector<reconcile::BulkReturnedLine> returned{
        {11, 1000, 3, 1}, {11, 334, 1, 1}, {11, 336, 1, 1}, {12, 98, 1, 1},
        {12, 100, 1, 2},  {13, 100, 1, 1}, {12, 600, 6, 1}};
    const reconcile::BulkVerdicts out = reconcile::compareCredits(table, returned);
    EXPECT_EQ(out.equal, 1U);
    EXPECT_EQ(out.rounding, 1U);
    EXPECT_EQ(out.over, 1U);
    EXPECT_EQ(out.overMinor, 3);
    EXPECT_EQ(out.under, 1U);
    EXPECT_EQ(out.underMinor, 2);
    EXPECT_EQ(out.currency, 1U);
    EXPECT_EQ(out.unmatched, 2U);
}

} // namespace counterfoil::judging
