#pragma once

#include "core/reconcile/calendar.h"
#include "core/reconcile/time_zone.h"
#include "core/workspace/config.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace counterfoil::workspace {

/// What view builders need of the sites: names, people, calendars with their zones. Immutable after
/// construction but for the names of locations; belongs to one thread.
class SiteContext {
public:
    /// Reads the time zones that the sites name from the system's database. A zone that is missing
    /// there is reported by missingZones() and counts as UTC.
    explicit SiteContext(const WorkspaceConfig& config);

    [[nodiscard]] const SiteConfig* site(std::string_view id) const;
    [[nodiscard]] const std::vector<SiteConfig>& sites() const { return m_config.sites; }
    [[nodiscard]] const WorkspaceConfig& config() const { return m_config; }
    /// Name of a person of any site, or the id itself.
    [[nodiscard]] std::string personName(std::string_view id) const;
    [[nodiscard]] const domain::Person* person(std::string_view site, std::string_view id) const;
    /// Calendar of a site, with default hours where the config names none. @pre the site exists
    [[nodiscard]] const reconcile::BusinessCalendar& calendar(std::string_view site) const;
    [[nodiscard]] const reconcile::TimeZones& zones() const { return m_zones; }
    [[nodiscard]] const reconcile::TimeZone& zone(std::string_view site) const;
    [[nodiscard]] const std::vector<std::string>& missingZones() const { return m_missingZones; }

    /// What the shops call their locations, by gid.
    void setLocationNames(std::map<std::string, std::string> names);
    /// "Hull main"; "location 22" by the number of its gid while the shop's name is not read.
    [[nodiscard]] std::string locationName(const std::string& gid) const;

private:
    WorkspaceConfig m_config;
    reconcile::TimeZones m_zones;
    std::map<std::string, std::unique_ptr<reconcile::BusinessCalendar>, std::less<>> m_calendars;
    std::vector<std::string> m_missingZones;
    std::map<std::string, std::string> m_locationNames;
};

/// "24 Nov 10:42" in the site's zone.
[[nodiscard]] std::string localTime(Instant instant, const reconcile::TimeZone& zone);
/// "10:42:05" in the site's zone.
[[nodiscard]] std::string localClock(Instant instant, const reconcile::TimeZone& zone);
/// "2 d 4 h", "52 min", "12 s": the two largest units above an hour, else one.
[[nodiscard]] std::string durationText(Millis duration);
/// Only the largest unit: "2 d", "4 h", "47 min".
[[nodiscard]] std::string shortDuration(Millis duration);

} // namespace counterfoil::workspace
