#include "core/reconcile/time_zone.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace counterfoil::reconcile {

namespace {

constexpr std::size_t kTransitionsMax = 10'000;
constexpr std::size_t kHeader = 44;

/// Reads big-endian numbers and never beyond the end.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    [[nodiscard]] bool skip(std::size_t count)
    {
        if (count > m_bytes.size() - m_at)
            return false;
        m_at += count;
        return true;
    }
    [[nodiscard]] bool number(std::size_t width, std::int64_t& out)
    {
        if (width > m_bytes.size() - m_at)
            return false;
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < width; ++i)
            value = value << 8U | std::to_integer<std::uint64_t>(m_bytes[m_at + i]);
        m_at += width;
        out = width == 4 ? static_cast<std::int32_t>(static_cast<std::uint32_t>(value))
                         : static_cast<std::int64_t>(value);
        return true;
    }
    [[nodiscard]] std::string_view rest() const
    {
        const std::span<const std::byte> left = m_bytes.subspan(m_at);
        return {reinterpret_cast<const char*>(left.data()), left.size()};
    }

private:
    std::span<const std::byte> m_bytes;
    std::size_t m_at = 0;
};

struct Header {
    char version = 0;
    std::array<std::int64_t, 6> counts{}; ///< isutc, isstd, leap, time, type, char
};

bool readHeader(Reader& reader, Header& header)
{
    const std::string_view text = reader.rest();
    if (text.size() < kHeader || text.substr(0, 4) != "TZif")
        return false;
    header.version = text[4];
    if (!reader.skip(20))
        return false;
    for (std::int64_t& count : header.counts) {
        if (!reader.number(4, count) || count < 0 ||
            static_cast<std::size_t>(count) > kTransitionsMax)
            return false;
    }
    return true;
}

std::size_t bodySize(const Header& header, std::size_t width)
{
    const auto count = [&](std::size_t i) { return static_cast<std::size_t>(header.counts[i]); };
    return count(3) * width + count(3) + count(4) * 6 + count(5) + count(2) * (width + 4) +
           count(1) + count(0);
}

std::int64_t daysFromCivil(int year, int month, int day)
{
    const std::chrono::sys_days date = std::chrono::year(year) /
                                       std::chrono::month(static_cast<unsigned>(month)) /
                                       std::chrono::day(static_cast<unsigned>(day));
    return date.time_since_epoch().count();
}

/// "1", "-3", "+01:30:00": hours with optional minutes and seconds, as seconds.
bool takeOffset(std::string_view& text, std::int64_t& out)
{
    bool isNegative = false;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        isNegative = text[0] == '-';
        text.remove_prefix(1);
    }
    std::int64_t sum = 0;
    std::int64_t scale = 3600;
    for (int part = 0; part < 3; ++part) {
        int value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc())
            return false;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        sum += value * scale;
        scale /= 60;
        if (text.empty() || text[0] != ':')
            break;
        text.remove_prefix(1);
    }
    out = isNegative ? -sum : sum;
    return true;
}

void skipName(std::string_view& text)
{
    if (!text.empty() && text[0] == '<') {
        const std::size_t end = text.find('>');
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        return;
    }
    const auto isLetter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    while (!text.empty() && isLetter(text[0]))
        text.remove_prefix(1);
}

bool takeNumber(std::string_view& text, int& out)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc())
        return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

bool takeSign(std::string_view& text, char sign)
{
    if (text.empty() || text[0] != sign)
        return false;
    text.remove_prefix(1);
    return true;
}

/// Local midnight of the n-th weekday of a month, in days since 1970; week 5 is the last one.
std::int64_t ruleDay(int year, int month, int week, int weekday)
{
    const std::int64_t first = daysFromCivil(year, month, 1);
    const int firstWeekday = static_cast<int>(((first + 4) % 7 + 7) % 7);
    std::int64_t day = first + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7;
    const std::int64_t next =
        month == 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
    while (day >= next)
        day -= 7;
    return day;
}

} // namespace

Result<TimeZone> TimeZone::fromTzif(std::span<const std::byte> bytes)
{
    const auto broken = [] { return fail(ErrorCode::Undecodable, "not a time zone file"); };
    Reader reader(bytes);
    Header header;
    if (!readHeader(reader, header))
        return broken();
    std::size_t width = 4;
    if (header.version >= '2') {
        if (!reader.skip(bodySize(header, 4)) || !readHeader(reader, header))
            return broken();
        width = 8;
    }
    TimeZone zone;
    std::vector<std::int64_t> types;
    std::vector<std::int64_t> offsets;
    for (std::int64_t i = 0; i < header.counts[3]; ++i) {
        std::int64_t at = 0;
        if (!reader.number(width, at))
            return broken();
        zone.m_transitions.push_back(at);
    }
    for (std::int64_t i = 0; i < header.counts[3]; ++i) {
        std::int64_t type = 0;
        if (!reader.number(1, type))
            return broken();
        types.push_back(type);
    }
    for (std::int64_t i = 0; i < header.counts[4]; ++i) {
        std::int64_t offset = 0;
        if (!reader.number(4, offset) || !reader.skip(2))
            return broken();
        offsets.push_back(offset);
    }
    for (const std::int64_t type : types) {
        if (static_cast<std::size_t>(type) >= offsets.size())
            return broken();
        zone.m_offsets.push_back(offsets[static_cast<std::size_t>(type)]);
    }
    if (!std::is_sorted(zone.m_transitions.begin(), zone.m_transitions.end()) || offsets.empty())
        return broken();
    zone.m_firstOffset = offsets.front();
    const std::size_t tail = static_cast<std::size_t>(header.counts[5]) +
                             static_cast<std::size_t>(header.counts[2]) * (width + 4) +
                             static_cast<std::size_t>(header.counts[1] + header.counts[0]);
    if (!reader.skip(tail))
        return broken();
    if (width == 8)
        zone.readFooter(reader.rest());
    return zone;
}

void TimeZone::readFooter(std::string_view text)
{
    if (!takeSign(text, '\n'))
        return;
    text = text.substr(0, text.find('\n'));
    std::int64_t west = 0;
    skipName(text);
    if (!takeOffset(text, west))
        return;
    m_standard = m_summer = -west;
    m_hasRule = true;
    if (text.empty())
        return;
    skipName(text);
    m_summer = m_standard + 3600;
    if (!text.empty() && text[0] != ',') {
        if (!takeOffset(text, west))
            return;
        m_summer = -west;
    }
    for (Rule* rule : {&m_toSummer, &m_toStandard}) {
        if (!takeSign(text, ',') || !takeSign(text, 'M') || !takeNumber(text, rule->month) ||
            !takeSign(text, '.') || !takeNumber(text, rule->week) || !takeSign(text, '.') ||
            !takeNumber(text, rule->weekday))
            return;
        if (takeSign(text, '/') && !takeOffset(text, rule->second))
            return;
        rule->isSet = rule->month >= 1 && rule->month <= 12 && rule->week >= 1 && rule->week <= 5 &&
                      rule->weekday >= 0 && rule->weekday <= 6;
    }
}

std::int64_t TimeZone::ruleOffset(std::int64_t utcSeconds) const
{
    if (!m_toSummer.isSet || !m_toStandard.isSet)
        return m_standard;
    const std::chrono::sys_days day(
        std::chrono::floor<std::chrono::days>(std::chrono::seconds(utcSeconds + m_standard)));
    const int year = static_cast<int>(std::chrono::year_month_day(day).year());
    const auto moment = [&](const Rule& rule, std::int64_t offset) {
        return ruleDay(year, rule.month, rule.week, rule.weekday) * 86'400 + rule.second - offset;
    };
    const std::int64_t start = moment(m_toSummer, m_standard);
    const std::int64_t end = moment(m_toStandard, m_summer);
    const bool isSummer = start < end ? utcSeconds >= start && utcSeconds < end
                                      : utcSeconds >= start || utcSeconds < end;
    return isSummer ? m_summer : m_standard;
}

std::int64_t TimeZone::offsetAt(Instant instant) const
{
    const std::int64_t utc =
        std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
    const auto after = std::upper_bound(m_transitions.begin(), m_transitions.end(), utc);
    if (after == m_transitions.end() && m_hasRule)
        return ruleOffset(utc);
    if (after == m_transitions.begin())
        return m_transitions.empty() && m_hasRule ? ruleOffset(utc) : m_firstOffset;
    return m_offsets[static_cast<std::size_t>(after - m_transitions.begin()) - 1];
}

Instant TimeZone::fromLocal(std::int64_t localSeconds) const
{
    const auto at = [](std::int64_t seconds) { return Instant(Millis(seconds * 1000)); };
    const std::int64_t before = offsetAt(at(localSeconds - 86'400));
    const std::int64_t after = offsetAt(at(localSeconds + 86'400));
    for (const std::int64_t offset : {before, after}) {
        const Instant guess = at(localSeconds - offset);
        if (offsetAt(guess) == offset)
            return guess;
    }
    return at(localSeconds - before);
}

const TimeZone& TimeZones::find(const std::string& name) const
{
    static const TimeZone kUtc;
    const auto found = m_zones.find(name);
    return found == m_zones.end() ? kUtc : found->second;
}

} // namespace counterfoil::reconcile
