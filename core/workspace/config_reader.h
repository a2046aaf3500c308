#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::workspace {

/// Thrown inside the config reader only; parseConfig turns it into an Error.
struct ConfigFault {
    std::string text;
};

/// Reads the text of a config. Faults: no JSON (line and column), a key that is there twice, lists
/// and objects within each other beyond 32 levels.
[[nodiscard]] nlohmann::json parsedConfig(std::string_view text);

/// A JSON object that knows its path and which of its keys were asked for: what is left over is an
/// unknown key.
class ConfigReader {
public:
    ConfigReader(const nlohmann::json& value, std::string path);

    [[nodiscard]] bool has(const char* key) const;
    [[nodiscard]] std::string text(const char* key); ///< must be there, not empty
    [[nodiscard]] std::string text(const char* key, std::string fallback);
    [[nodiscard]] bool flag(const char* key, bool fallback);
    [[nodiscard]] std::int64_t whole(const char* key, std::int64_t fallback, std::int64_t low,
                                     std::int64_t high);
    /// One of @p words; returns its place.
    [[nodiscard]] std::size_t word(const char* key, std::size_t fallback,
                                   const std::vector<std::string_view>& words);
    [[nodiscard]] std::vector<std::string> texts(const char* key);
    [[nodiscard]] ConfigReader object(const char* key);
    [[nodiscard]] std::optional<ConfigReader> optionalObject(const char* key);
    [[nodiscard]] std::vector<ConfigReader> objects(const char* key);
    [[nodiscard]] const nlohmann::json* raw(const char* key); ///< nullptr when absent
    [[nodiscard]] std::vector<std::string> keys() const;
    [[nodiscard]] std::string pathOf(std::string_view key) const;
    [[nodiscard]] const std::string& path() const { return m_path; }

    /// Every key that nobody asked for is an error.
    void finish() const;

    [[noreturn]] void fault(std::string_view key, std::string_view expected) const;

private:
    const nlohmann::json* find(const char* key);
    const nlohmann::json* m_value;
    std::string m_path;
    std::set<std::string> m_asked;
};

} // namespace counterfoil::workspace
