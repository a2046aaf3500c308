// Values out of the parsed bytes: texts, flags, numbers, times.
#include "core/decode/json.h"

#include "core/base/text.h"
#include "core/money/fraction.h"

#include <fmt/format.h>

#include <charconv>

namespace counterfoil::decode {

namespace {

void appendUtf8(std::string& out, std::uint32_t code)
{
    const auto byte = [&](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0U | (code >> 6U));
        byte(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        byte(0xE0U | (code >> 12U));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    } else {
        byte(0xF0U | (code >> 18U));
        byte(0x80U | ((code >> 12U) & 0x3FU));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    }
}

std::optional<std::uint32_t> hex4(std::string_view text, std::size_t at)
{
    std::uint32_t code = 0;
    if (at + 4 > text.size())
        return std::nullopt;
    const auto [stop, error] = std::from_chars(text.data() + at, text.data() + at + 4, code, 16);
    if (error != std::errc() || stop != text.data() + at + 4)
        return std::nullopt;
    return code;
}

/// The four digits after a "\u" at @p at; moves @p at past them, and past a second escape that
/// completes a surrogate pair. A lone surrogate becomes U+FFFD, and so does NUL.
bool appendEscape(std::string& out, std::string_view text, std::size_t& at)
{
    std::optional<std::uint32_t> code = hex4(text, at);
    if (!code)
        return false;
    at += 4;
    if (*code >= 0xD800 && *code < 0xDC00 && text.substr(at, 2) == "\\u") {
        const std::optional<std::uint32_t> low = hex4(text, at + 2);
        if (low && *low >= 0xDC00 && *low < 0xE000) {
            at += 6;
            appendUtf8(out, 0x10000 + ((*code - 0xD800) << 10U) + (*low - 0xDC00));
            return true;
        }
    }
    const bool unfit = *code == 0 || (*code >= 0xD800 && *code < 0xE000);
    appendUtf8(out, unfit ? 0xFFFD : *code);
    return true;
}

/// @return false for a broken escape
bool unescape(std::string_view text, std::string& out)
{
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t slash = std::min(text.find('\\', at), text.size());
        out.append(text, at, slash - at);
        at = slash + 2;
        if (slash >= text.size())
            break;
        if (slash + 1 >= text.size())
            return false;
        switch (text[slash + 1]) {
        case '"':
        case '\\':
        case '/':
            out.push_back(text[slash + 1]);
            break;
        case 'b':
            out.push_back('\b');
            break;
        case 'f':
            out.push_back('\f');
            break;
        case 'n':
            out.push_back('\n');
            break;
        case 'r':
            out.push_back('\r');
            break;
        case 't':
            out.push_back('\t');
            break;
        case 'u':
            if (!appendEscape(out, text, at))
                return false;
            break;
        default:
            return false;
        }
    }
    return true;
}

} // namespace

std::string readText(const View& value, Faults& faults)
{
    const JsonKind kind = value.kind();
    if (kind <= JsonKind::Null)
        return {};
    std::string_view raw = value.raw();
    if (kind == JsonKind::Number)
        return std::string(clipped(raw, kTextBytesMax));
    if (kind != JsonKind::String) {
        faults.add(value, "not a text");
        return {};
    }
    raw = raw.substr(1, raw.size() - 2);
    if (raw.find('\\') == std::string_view::npos)
        return std::string(clipped(raw, kTextBytesMax));
    std::string out;
    if (!unescape(raw, out)) {
        faults.add(value, "a broken escape in a text");
        return {};
    }
    if (out.size() > kTextBytesMax)
        out.resize(clipped(out, kTextBytesMax).size());
    return out;
}

std::optional<bool> readFlag(const View& value, Faults& faults)
{
    const std::string_view raw = value.raw();
    if (value.isAbsent() || raw == R"("")")
        return std::nullopt;
    if (raw == "true" || raw == "1")
        return true;
    if (raw == "false" || raw == "0")
        return false;
    faults.add(value, "not true or false");
    return std::nullopt;
}

std::string_view readDecimal(const View& value, Faults& faults)
{
    const std::string_view raw = value.raw();
    switch (value.kind()) {
    case JsonKind::Missing:
    case JsonKind::Null:
        return {};
    case JsonKind::Number:
        return raw;
    case JsonKind::String:
        return raw.substr(1, raw.size() - 2);
    case JsonKind::False:
    case JsonKind::True:
    case JsonKind::Object:
    case JsonKind::Array:
        break;
    }
    faults.add(value, "not a number");
    return {};
}

std::optional<std::int64_t> readInteger(const View& value, Faults& faults)
{
    const std::string_view text = readDecimal(value, faults);
    if (text.empty())
        return std::nullopt;
    std::int64_t number = 0;
    const auto [stop, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code == std::errc() && stop == text.data() + text.size())
        return number;
    const Result<money::Fraction> exact = money::Fraction::parseDecimal(text); // "3.0", "1e2"
    if (exact && exact->isWhole())
        return exact->numerator();
    faults.add(value, "not a whole number");
    return std::nullopt;
}

std::optional<Millis> readSeconds(const View& value, Faults& faults)
{
    constexpr std::int64_t kYear = 366LL * 86'400;
    const std::optional<std::int64_t> seconds = readInteger(value, faults);
    if (!seconds)
        return std::nullopt;
    if (*seconds < 0 || *seconds > kYear) {
        faults.add(value, "not a duration of up to a year");
        return std::nullopt;
    }
    return std::chrono::seconds(*seconds);
}

std::optional<Instant> readInstant(const View& value, Faults& faults)
{
    const std::string text = value.kind() == JsonKind::Number ? std::string("?") // not a time
                                                              : readText(value, faults);
    if (text.empty())
        return std::nullopt;
    const Result<Instant> instant = parseInstant(text);
    if (!instant) {
        faults.add(value, "not a time");
        return std::nullopt;
    }
    return *instant;
}

std::vector<std::string> readTexts(const View& value, Faults& faults)
{
    std::vector<std::string> texts;
    for (const View& item : readArray(value, faults).children())
        texts.push_back(readText(item, faults));
    return texts;
}

View readObject(const View& value, Faults& faults)
{
    if (value.isObject())
        return value;
    if (!value.isAbsent())
        faults.add(value, "not an object");
    return View();
}

View readArray(const View& value, Faults& faults)
{
    if (!value.isArray()) {
        if (!value.isAbsent())
            faults.add(value, "not a list");
        return View();
    }
    std::size_t count = 0;
    for ([[maybe_unused]] const View& item : value.children()) {
        if (++count > kListItemsMax) {
            faults.add(value, "a list beyond its limit");
            return View();
        }
    }
    return value;
}

std::string quoted(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
            out.push_back(c);
        }
    }
    out.push_back('"');
    return out;
}

} // namespace counterfoil::decode
