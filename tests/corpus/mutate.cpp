#include "tests/corpus/mutate.h"

#include <algorithm>
#include <array>

namespace counterfoil::corpus {

namespace {

struct Span {
    std::size_t begin;
    std::size_t end;
};

/// Where the values of a good sample stand, scalars and containers; keys are left out. The samples
/// hold no brackets inside their texts but in metafield values, which count as texts.
std::vector<Span> valuesOf(std::string_view text)
{
    std::vector<Span> spans;
    std::vector<std::size_t> open;
    std::size_t at = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '{' || c == '[') {
            open.push_back(at++);
        } else if (c == '}' || c == ']') {
            if (!open.empty()) {
                spans.push_back({open.back(), at + 1});
                open.pop_back();
            }
            ++at;
        } else if (c == '"') {
            std::size_t end = at + 1;
            while (end < text.size() && text[end] != '"')
                end += text[end] == '\\' ? 2U : 1U;
            ++end;
            std::size_t after = end;
            while (after < text.size() && (text[after] == ' ' || text[after] == '\n'))
                ++after;
            if (after >= text.size() || text[after] != ':')
                spans.push_back({at, end});
            at = end;
        } else if (c == ',' || c == ':' || c == ' ' || c == '\n') {
            ++at;
        } else {
            const std::size_t end = std::min(text.find_first_of(",}] \n", at), text.size());
            spans.push_back({at, end});
            at = end;
        }
    }
    return spans;
}

const std::vector<std::string>& hostileValues()
{
    static const std::vector<std::string> kValues{"null",
                                                  "true",
                                                  "false",
                                                  "0",
                                                  "-1",
                                                  "1",
                                                  "{}",
                                                  "[]",
                                                  "\"\"",
                                                  "\" \"",
                                                  "\"x\"",
                                                  "[[[]]]",
                                                  R"({"amount":1})",
                                                  R"([null])",
                                                  "12.34",
                                                  "\"12.34\"",
                                                  "\"12,34\"",
                                                  "\"12.345\"",
                                                  "12.345",
                                                  "1e2",
                                                  "\"1e2\"",
                                                  "1e400",
                                                  "1e-400",
                                                  "-0",
                                                  "\"-0.00\"",
                                                  "9223372036854775807",
                                                  "9223372036854775808",
                                                  "-9223372036854775809",
                                                  "92233720368547758.07",
                                                  "92233720368547758.08",
                                                  "123456789012345678901234567890",
                                                  "0.1e-18",
                                                  "\"0x10\"",
                                                  "\"+5\"",
                                                  "\"5.\"",
                                                  "\".5\"",
                                                  "\"1_000\"",
                                                  "\"NaN\"",
                                                  "\"Infinity\"",
                                                  "\"\\u0000\"",
                                                  "\"\\ud800\"",
                                                  "\"\\u20ac 5\"",
                                                  "\"480.00 GBP\"",
                                                  "\"\\u0034\\u0038\"",
                                                  "\"ZZZ\"",
                                                  "\"JPY\"",
                                                  "\"KWD\"",
                                                  "\"gbp\"",
                                                  "\"SOME_NEW_WORD\"",
                                                  "\"gid://shopify/Order/1?x=1\"",
                                                  "\"gid://\"",
                                                  "\"2026-02-30T00:00:00Z\"",
                                                  "\"9999-99-99\"",
                                                  "\"-2026-01-01T00:00:00Z\"",
                                                  "2e9"};
    return kValues;
}

std::string repeated(std::string_view part, std::size_t times)
{
    std::string out;
    for (std::size_t i = 0; i < times; ++i)
        out += part;
    return out;
}

std::size_t drawn(std::mt19937_64& random, std::size_t below)
{
    return below == 0 ? 0 : static_cast<std::size_t>(random() % below);
}

} // namespace

std::vector<BadFile> hostileFiles()
{
    using namespace std::string_literals;
    std::vector<BadFile> files;
    const auto add = [&](std::string how, std::string text) {
        files.push_back({std::move(how), std::move(text), std::nullopt});
    };
    add("nothing", "");
    add("blanks", " \r\n\t ");
    add("html",
        "<!DOCTYPE html><html><head><title>502</title></head><body>Bad gateway</body></html>");
    add("xml", "<?xml version=\"1.0\"?><error/>");
    add("text", "upstream connect error or disconnect/reset before headers");
    add("nul", "\0"s);
    add("nuls", std::string(4096, '\0'));
    add("bom", "\xEF\xBB\xBF{}");
    add("utf16", "{\0\"\0a\0\"\0:\0001\0}\0"s);
    add("invalid-utf8", "{\"data\":{\"orders\":{\"nodes\":[{\"id\":\"\xff\xfe\"}]}}}");
    add("overlong-utf8", "{\"rmas\":[{\"rmaId\":\"\xC0\xAF\"}]}");
    add("lone-surrogate-bytes", "[\"\xED\xA0\x80\"]");
    add("top-null", "null");
    add("top-number", "42");
    add("top-text", "\"hello\"");
    add("top-true", "true");
    add("top-list", "[1,2,3]");
    add("top-empty-object", "{}");
    add("top-empty-list", "[]");
    add("data-null", "{\"data\":null}");
    add("data-list", "{\"data\":[]}");
    add("errors-text", "{\"errors\":\"Not Found\"}");
    add("errors-odd", R"({"errors":[1,null,{"message":[],"extensions":7,"path":{}}],"data":null})");
    add("deep-lists", repeated("[", 10'000) + repeated("]", 10'000));
    add("deep-lists-open", repeated("[", 10'000));
    add("deep-objects", repeated("{\"a\":", 10'000) + "1" + repeated("}", 10'000));
    add("deep-in-data", "{\"data\":{\"orders\":{\"nodes\":" + repeated("[", 10'000) +
                            repeated("]", 10'000) + "}}}");
    add("deep-in-rmas", "{\"rmas\":[{\"rmaId\":" + repeated("{\"x\":", 10'000) + "1" +
                            repeated("}", 10'000) + "}]}");
    add("long-text",
        "{\"rmas\":[{\"rmaId\":\"" + std::string(300'000, 'x') + "\",\"status\":\"Done\"}]}");
    add("long-text-of-multibytes", "{\"rmas\":[{\"rmaId\":\"" + repeated("\xE2\x82\xAC", 60'000) +
                                       "\",\"status\":\"Done\"}]}");
    add("long-number",
        "{\"rmas\":[{\"rmaId\":" + std::string(100'000, '9') + ",\"status\":\"Done\"}]}");
    add("long-key", "{\"" + std::string(100'000, 'k') + "\":1}");
    add("many-items", "{\"rmas\":[" + repeated("0,", 150'000) + "0]}");
    add("many-rows", "[" + repeated("{},", 20'000) + "{}]");
    add("many-errors",
        "{\"errors\":[" + repeated(R"({"message":"x"},)", 5'000) + "{}],\"data\":null}");
    add("many-lines", repeated("{\"id\":\"gid://shopify/Order/1\"}\n", 3'000));
    add("same-key-twice", R"({"data":{"orders":{"nodes":[]},"orders":7}})");
    add("comment", "{/* hello */}");
    add("single-quotes", "{'a':1}");
    add("two-documents", "{}{}");
    return files;
}

std::vector<BadFile> placedValues(std::string_view sample, std::size_t count,
                                  std::mt19937_64& random)
{
    const std::vector<Span> spans = valuesOf(sample);
    const std::vector<std::string>& values = hostileValues();
    std::vector<BadFile> files;
    for (std::size_t i = 0; i < count; ++i) {
        const Span span = spans[i % spans.size()];
        const std::string& value = values[drawn(random, values.size())];
        std::string text(sample);
        text.replace(span.begin, span.end - span.begin, value);
        files.push_back(
            {"at byte " + std::to_string(span.begin) + " now " + value, std::move(text), value});
    }
    return files;
}

std::vector<BadFile> damaged(std::string_view sample, std::size_t count, std::mt19937_64& random)
{
    static constexpr std::array<char, 12> kBytes{'"', '{',  '}', '[',  ']',    ',',
                                                 ':', '\\', '9', '\0', '\xff', '-'};
    std::vector<BadFile> files;
    for (std::size_t i = 0; i < count; ++i) {
        std::string text(sample);
        const std::size_t at = drawn(random, text.size());
        const std::size_t length = 1 + drawn(random, 20);
        std::string how;
        switch (i % 5) {
        case 0:
            how = "cut off";
            text.resize(at);
            break;
        case 1:
            how = "byte replaced";
            text[at] = kBytes[drawn(random, kBytes.size())];
            break;
        case 2:
            how = "bytes taken out";
            text.erase(at, length);
            break;
        case 3:
            how = "bytes doubled";
            text.insert(at, text.substr(at, length));
            break;
        default:
            how = "bytes put in";
            text.insert(at, std::string(length % 4 + 1, kBytes[drawn(random, kBytes.size())]));
        }
        files.push_back({how + " at byte " + std::to_string(at), std::move(text), std::nullopt});
    }
    return files;
}

namespace {

/// The digits of a number and how many of them stand after the point.
struct Digits {
    std::string all;
    std::int64_t scale = 0;
};

bool scan(std::string_view text, Digits& out)
{
    bool seenPoint = false;
    std::size_t at = 0;
    for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
        if (text[at] == '.' && !seenPoint && !out.all.empty()) {
            seenPoint = true;
        } else if (text[at] >= '0' && text[at] <= '9') {
            out.all += text[at];
            out.scale += seenPoint ? 1 : 0;
        } else {
            return false;
        }
    }
    if (out.all.empty() || (seenPoint && out.scale == 0))
        return false;
    if (at == text.size())
        return true;
    std::string_view power = text.substr(at + 1);
    const bool isNegative = power.starts_with('-');
    if (power.starts_with('-') || power.starts_with('+'))
        power.remove_prefix(1);
    if (power.empty() || power.size() > 3 ||
        power.find_first_not_of("0123456789") != std::string_view::npos)
        return false;
    const int value = std::stoi(std::string(power));
    out.scale += isNegative ? value : -value;
    return true;
}

} // namespace

std::optional<Decimal> decimalOf(std::string_view text, int exponent)
{
    const bool isNegative = text.starts_with('-');
    if (isNegative)
        text.remove_prefix(1);
    Digits digits;
    if (text.empty() || !scan(text, digits))
        return std::nullopt;
    const std::int64_t shift = exponent - digits.scale; // digits times 10^shift are the units
    if (shift > 40 || shift < -400)
        return std::nullopt;
    std::string whole = digits.all;
    std::string rest;
    if (shift >= 0) {
        whole.append(static_cast<std::size_t>(shift), '0');
    } else {
        const std::size_t cut = static_cast<std::size_t>(-shift);
        if (whole.size() < cut)
            whole.insert(0, cut - whole.size(), '0');
        rest = whole.substr(whole.size() - cut);
        whole.resize(whole.size() - cut);
    }
    whole.erase(0, whole.find_first_not_of('0') == std::string::npos
                       ? whole.size()
                       : whole.find_first_not_of('0'));
    if (whole.size() > 18)
        return std::nullopt;
    Decimal out;
    out.isExact = rest.find_first_not_of('0') == std::string::npos;
    out.minor = whole.empty() ? 0 : std::stoll(whole);
    if (!rest.empty() && rest[0] >= '5')
        ++out.minor;
    if (isNegative)
        out.minor = -out.minor;
    return out;
}

std::vector<std::string_view> numbersIn(std::string_view text)
{
    const auto isPart = [](char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    };
    std::vector<std::string_view> found;
    std::size_t at = 0;
    while (at < text.size()) {
        if (!isPart(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && isPart(text[end]))
            ++end;
        found.push_back(text.substr(at, end - at));
        at = end;
    }
    return found;
}

} // namespace counterfoil::corpus
