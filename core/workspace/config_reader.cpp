#include "core/workspace/config_reader.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace counterfoil::workspace {

namespace {

std::string shown(const nlohmann::json& value)
{
    const std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return std::string(clipped(text, 60));
}

constexpr int kDepthMax = 32;

/// "line 3, column 7" of a byte counted from 1.
std::string placeOf(std::string_view text, std::size_t byte)
{
    const std::string_view before = text.substr(0, byte > 0 ? byte - 1 : 0);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::size_t lineStart = before.rfind('\n');
    const std::size_t column =
        before.size() - (lineStart == std::string_view::npos ? 0 : lineStart + 1);
    return fmt::format("line {}, column {}", lines + 1, column + 1);
}

/// Stops at the first key that is there twice: a reader of the file would take one for the other.
class Doubles {
public:
    bool operator()(int depth, nlohmann::json::parse_event_t event, const nlohmann::json& value)
    {
        using Event = nlohmann::json::parse_event_t;
        if (depth > kDepthMax)
            throw ConfigFault{fmt::format("more than {} levels within each other", kDepthMax)};
        if (event == Event::object_start) {
            m_seen.emplace_back();
        } else if (event == Event::object_end) {
            m_seen.pop_back();
        } else if (event == Event::key && !m_seen.back().insert(value.get<std::string>()).second) {
            throw ConfigFault{fmt::format("the key {} is there twice in one object", shown(value))};
        }
        return true;
    }

private:
    std::vector<std::set<std::string>> m_seen;
};

} // namespace

nlohmann::json parsedConfig(std::string_view text)
{
    try {
        Doubles doubles;
        return nlohmann::json::parse(text, std::ref(doubles));
    } catch (const nlohmann::json::parse_error& error) {
        throw ConfigFault{fmt::format("not JSON at {}", placeOf(text, error.byte))};
    } catch (const nlohmann::json::exception& error) {
        throw ConfigFault{"not JSON: a number out of range"};
    }
}

ConfigReader::ConfigReader(const nlohmann::json& value, std::string path)
    : m_value(&value), m_path(std::move(path))
{
    if (!value.is_object())
        throw ConfigFault{fmt::format("{}: expected an object, found {}",
                                      m_path.empty() ? "the file" : m_path, shown(value))};
}

std::string ConfigReader::pathOf(std::string_view key) const
{
    return m_path.empty() ? std::string(key) : fmt::format("{}.{}", m_path, key);
}

void ConfigReader::fault(std::string_view key, std::string_view expected) const
{
    const auto found = m_value->find(std::string(key));
    throw ConfigFault{fmt::format("{}: expected {}, found {}", pathOf(key), expected,
                                  found == m_value->end() ? "nothing" : shown(*found))};
}

const nlohmann::json* ConfigReader::find(const char* key)
{
    m_asked.insert(key);
    const auto found = m_value->find(key);
    return found == m_value->end() ? nullptr : &*found;
}

bool ConfigReader::has(const char* key) const
{
    return m_value->contains(key);
}

std::string ConfigReader::text(const char* key)
{
    const nlohmann::json* value = find(key);
    if (!value || !value->is_string() || value->get_ref<const std::string&>().empty())
        fault(key, "a text");
    return value->get<std::string>();
}

std::string ConfigReader::text(const char* key, std::string fallback)
{
    const nlohmann::json* value = find(key);
    if (!value)
        return fallback;
    if (!value->is_string())
        fault(key, "a text");
    return value->get<std::string>();
}

bool ConfigReader::flag(const char* key, bool fallback)
{
    const nlohmann::json* value = find(key);
    if (!value)
        return fallback;
    if (!value->is_boolean())
        fault(key, "true or false");
    return value->get<bool>();
}

std::int64_t ConfigReader::whole(const char* key, std::int64_t fallback, std::int64_t low,
                                 std::int64_t high)
{
    const nlohmann::json* value = find(key);
    if (!value)
        return fallback;
    if (!value->is_number_integer() || value->get<std::int64_t>() < low ||
        value->get<std::int64_t>() > high)
        fault(key, fmt::format("a whole number from {} to {}", low, high));
    return value->get<std::int64_t>();
}

std::size_t ConfigReader::word(const char* key, std::size_t fallback,
                               const std::vector<std::string_view>& words)
{
    const nlohmann::json* value = find(key);
    if (!value)
        return fallback;
    if (value->is_string()) {
        const auto found =
            std::find(words.begin(), words.end(), value->get_ref<const std::string&>());
        if (found != words.end())
            return static_cast<std::size_t>(found - words.begin());
    }
    fault(key, fmt::format("one of {}", fmt::join(words, ", ")));
}

std::vector<std::string> ConfigReader::texts(const char* key)
{
    std::vector<std::string> out;
    const nlohmann::json* value = find(key);
    if (!value)
        return out;
    if (!value->is_array())
        fault(key, "a list of texts");
    for (const nlohmann::json& row : *value) {
        if (!row.is_string() || row.get_ref<const std::string&>().empty())
            fault(key, "a list of texts");
        out.push_back(row.get<std::string>());
    }
    return out;
}

ConfigReader ConfigReader::object(const char* key)
{
    const nlohmann::json* value = find(key);
    if (!value)
        fault(key, "an object");
    return {*value, pathOf(key)};
}

std::optional<ConfigReader> ConfigReader::optionalObject(const char* key)
{
    const nlohmann::json* value = find(key);
    if (!value || value->is_null())
        return std::nullopt;
    return ConfigReader(*value, pathOf(key));
}

std::vector<ConfigReader> ConfigReader::objects(const char* key)
{
    std::vector<ConfigReader> out;
    const nlohmann::json* value = find(key);
    if (!value)
        return out;
    if (!value->is_array())
        fault(key, "a list of objects");
    for (std::size_t i = 0; i < value->size(); ++i)
        out.emplace_back((*value)[i], fmt::format("{}[{}]", pathOf(key), i));
    return out;
}

const nlohmann::json* ConfigReader::raw(const char* key)
{
    return find(key);
}

std::vector<std::string> ConfigReader::keys() const
{
    std::vector<std::string> out;
    for (const auto& [key, value] : m_value->items())
        out.push_back(key);
    return out;
}

void ConfigReader::finish() const
{
    for (const auto& [key, value] : m_value->items()) {
        if (!m_asked.contains(key))
            throw ConfigFault{fmt::format("{}: no such key", pathOf(key))};
    }
}

} // namespace counterfoil::workspace
