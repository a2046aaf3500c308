#pragma once

#include "core/base/time.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::reconcile {

/// A time zone read from the system's database (TZif, RFC 8536; versions 1 to 4). Beyond the last
/// transition the file's rule text (POSIX TZ) is followed. The bytes are handed in: this layer
/// reads no file.
class TimeZone {
public:
    /// UTC.
    TimeZone() = default;
    /// Errors: Undecodable.
    [[nodiscard]] static Result<TimeZone> fromTzif(std::span<const std::byte> bytes);

    /// Seconds east of UTC at that moment.
    [[nodiscard]] std::int64_t offsetAt(Instant instant) const;
    /// The moment at which clocks there show @p localSeconds (seconds since 1970 as if it were
    /// UTC). A time that the clocks skip is read with the offset before the jump; one that they
    /// show twice is its first moment.
    [[nodiscard]] Instant fromLocal(std::int64_t localSeconds) const;

private:
    struct Rule {
        bool isSet = false;
        int month = 0, week = 0, weekday = 0; ///< M form: 1-12, 1-5, 0-6
        std::int64_t second = 7200;           ///< local seconds after midnight
    };
    [[nodiscard]] std::int64_t ruleOffset(std::int64_t utcSeconds) const;
    void readFooter(std::string_view text);

    std::vector<std::int64_t> m_transitions; ///< UTC seconds, rising
    std::vector<std::int64_t> m_offsets;     ///< offset from m_transitions[i] on
    std::int64_t m_firstOffset = 0;
    bool m_hasRule = false;
    std::int64_t m_standard = 0, m_summer = 0;
    Rule m_toSummer, m_toStandard;
};

/// Zones by IANA name, filled once at start by whoever may read files. UTC where a name is missing.
class TimeZones {
public:
    void add(std::string name, TimeZone zone)
    {
        m_zones.insert_or_assign(std::move(name), std::move(zone));
    }
    [[nodiscard]] bool has(const std::string& name) const { return m_zones.count(name) > 0; }
    [[nodiscard]] const TimeZone& find(const std::string& name) const;

private:
    std::map<std::string, TimeZone> m_zones;
};

} // namespace counterfoil::reconcile
