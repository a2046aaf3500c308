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

} // namespace

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
