#include "core/workspace/site_context.h"

#include "core/base/check.h"

#include <QFile>
#include <QString>

#include <fmt/format.h>

#include <array>

namespace counterfoil::workspace {

namespace {

constexpr qint64 kZoneBytesMax = 1 << 20;

/// A zone's file, or an empty array: the name comes from a config and must not leave the database's
/// folder.
QByteArray zoneBytes(const std::string& name)
{
    if (name.empty() || name.front() == '/' || name.find("..") != std::string::npos)
        return {};
    QFile file(QStringLiteral("/usr/share/zoneinfo/") + QString::fromStdString(name));
    if (!file.open(QIODevice::ReadOnly) || file.size() > kZoneBytesMax)
        return {};
    return file.readAll();
}

constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::int64_t localSeconds(Instant instant, const reconcile::TimeZone& zone)
{
    return toMillis(instant) / 1000 + zone.offsetAt(instant);
}

} // namespace

SiteContext::SiteContext(const WorkspaceConfig& config) : m_config(config)
{
    for (const SiteConfig& row : m_config.sites) {
        const std::string& name = row.site.policy.calendar.timezone;
        if (!m_zones.has(name)) {
            const QByteArray bytes = zoneBytes(name);
            const auto span =
                std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
            auto zone = reconcile::TimeZone::fromTzif(span);
            if (zone)
                m_zones.add(name, *std::move(zone));
            else if (name != "UTC")
                m_missingZones.push_back(name);
        }
        m_calendars.emplace(row.site.id.value, std::make_unique<reconcile::BusinessCalendar>(
                                                   row.site.policy.calendar, m_zones.find(name)));
    }
}

const SiteConfig* SiteContext::site(std::string_view id) const
{
    for (const SiteConfig& row : m_config.sites) {
        if (row.site.id.value == id)
            return &row;
    }
    return nullptr;
}

const domain::Person* SiteContext::person(std::string_view siteId, std::string_view id) const
{
    const SiteConfig* row = site(siteId);
    if (!row)
        return nullptr;
    for (const domain::Person& person : row->site.people) {
        if (person.id.value == id)
            return &person;
    }
    return nullptr;
}

std::string SiteContext::personName(std::string_view id) const
{
    for (const SiteConfig& row : m_config.sites) {
        if (const domain::Person* found = person(row.site.id.value, id))
            return found->name;
    }
    return std::string(id);
}

const reconcile::BusinessCalendar& SiteContext::calendar(std::string_view siteId) const
{
    const auto found = m_calendars.find(siteId);
    CF_CHECK(found != m_calendars.end());
    return *found->second;
}

const reconcile::TimeZone& SiteContext::zone(std::string_view siteId) const
{
    const SiteConfig* row = site(siteId);
    return m_zones.find(row ? row->site.policy.calendar.timezone : std::string("UTC"));
}

void SiteContext::setLocationNames(std::map<std::string, std::string> names)
{
    m_locationNames = std::move(names);
}

std::string SiteContext::locationName(const std::string& gid) const
{
    const auto found = m_locationNames.find(gid);
    return found != m_locationNames.end() ? found->second
                                          : "location " + std::string(gidNumber(gid));
}

std::string localTime(Instant instant, const reconcile::TimeZone& zone)
{
    const Instant local = fromMillis(localSeconds(instant, zone) * 1000);
    const auto days = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date(days);
    const std::chrono::hh_mm_ss clock(local - days);
    return fmt::format("{} {} {:02}:{:02}", static_cast<unsigned>(date.day()),
                       kMonths[static_cast<unsigned>(date.month()) - 1], clock.hours().count(),
                       clock.minutes().count());
}

std::string localClock(Instant instant, const reconcile::TimeZone& zone)
{
    const Instant local = fromMillis(localSeconds(instant, zone) * 1000);
    const std::chrono::hh_mm_ss clock(local - std::chrono::floor<std::chrono::days>(local));
    return fmt::format("{:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count());
}

std::string durationText(Millis duration)
{
    const std::int64_t seconds = std::max<std::int64_t>(duration.count(), 0) / 1000;
    const std::int64_t days = seconds / 86400;
    const std::int64_t hours = seconds / 3600 % 24;
    if (days > 0)
        return hours > 0 ? fmt::format("{} d {} h", days, hours) : fmt::format("{} d", days);
    if (seconds >= 3600)
        return fmt::format("{} h", hours);
    return seconds >= 60 ? fmt::format("{} min", seconds / 60) : fmt::format("{} s", seconds);
}

std::string shortDuration(Millis duration)
{
    const std::int64_t seconds = std::max<std::int64_t>(duration.count(), 0) / 1000;
    if (seconds >= 2 * 86400)
        return fmt::format("{} d", seconds / 86400);
    if (seconds >= 3600)
        return fmt::format("{} h", seconds / 3600);
    return seconds >= 60 ? fmt::format("{} min", seconds / 60) : fmt::format("{} s", seconds);
}

} // namespace counterfoil::workspace
