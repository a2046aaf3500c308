#include "app/sandbox/graphql/execute.h"

#include <string_view>

namespace counterfoil::sandbox::graphql {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(std::string_view bytes)
{
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = (group << 8) |
                    (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out.push_back(i + k <= bytes.size() ? kAlphabet[(group >> (18 - 6 * k)) & 63U] : '=');
    }
    return out;
}

std::optional<std::string> fromBase64(std::string_view text)
{
    std::string out;
    std::uint32_t group = 0;
    int bits = 0;
    for (const char c : text) {
        if (c == '=')
            break;
        const auto at = kAlphabet.find(c);
        if (at == std::string_view::npos)
            return std::nullopt;
        group = (group << 6) | static_cast<std::uint32_t>(at);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<char>((group >> static_cast<unsigned>(bits)) & 255U));
        }
    }
    return out;
}

} // namespace

std::string cursorText(const CursorKey& key)
{
    return base64(Json{{"last_id", key.id}, {"last_value", std::to_string(key.value)}}.dump());
}

std::optional<CursorKey> cursorFromText(const std::string& text)
{
    const auto bytes = fromBase64(text);
    if (!bytes)
        return std::nullopt;
    const Json json = Json::parse(*bytes, nullptr, false);
    if (!json.is_object() || !json.contains("last_id") || !json["last_id"].is_number_integer() ||
        !json.contains("last_value") || !json["last_value"].is_string())
        return std::nullopt;
    const Json value = Json::parse(json["last_value"].get<std::string>(), nullptr, false);
    if (!value.is_number_integer())
        return std::nullopt;
    return CursorKey{value.get<std::int64_t>(), json["last_id"].get<std::int64_t>()};
}

} // namespace counterfoil::sandbox::graphql
