#include "core/phrases/phrases.h"

#include "core/phrases/english.h"

#include <fmt/format.h>

#include <unordered_map>

namespace counterfoil::phrases {

namespace {

const std::unordered_map<std::string_view, std::string_view>& table()
{
    static const auto built = [] {
        std::unordered_map<std::string_view, std::string_view> out;
        for (const Entry& entry : english())
            out.emplace(entry.code, entry.words);
        return out;
    }();
    return built;
}

std::string filled(std::string_view words, const domain::Phrase& phrase)
{
    std::string out;
    std::size_t at = 0;
    while (at < words.size()) {
        const std::size_t open = words.find('{', at);
        const std::size_t close = open == std::string_view::npos ? open : words.find('}', open);
        if (close == std::string_view::npos)
            break;
        out += words.substr(at, open - at);
        out += phrase.value(words.substr(open + 1, close - open - 1));
        at = close + 1;
    }
    return out + std::string(words.substr(at));
}

/// What to do about an error, by its kind.
std::string_view advice(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Network:
    case ErrorCode::Timeout:
    case ErrorCode::Server:
        return "It is tried again; if it lasts, look at that platform's status page.";
    case ErrorCode::RateLimited:
    case ErrorCode::QuotaSpent:
        return "Wait until calls are free again.";
    case ErrorCode::Unauthorised:
        return "Renew the key or give it the missing scope.";
    case ErrorCode::Config:
        return "Correct the config.";
    case ErrorCode::Store:
        return "Nothing was written or sent.";
    case ErrorCode::Conflict:
        return "Look again: something changed meanwhile.";
    case ErrorCode::Undecodable:
    case ErrorCode::TooLarge:
        return "That record is set aside; everything else goes on.";
    case ErrorCode::Internal:
        return "Please report it.";
    case ErrorCode::Cancelled:
    case ErrorCode::NotFound:
    case ErrorCode::Rejected:
    case ErrorCode::Invalid:
    case ErrorCode::Overflow:
    case ErrorCode::CurrencyMix:
    case ErrorCode::Forbidden:
        return {};
    }
    return {};
}

} // namespace

std::string text(const domain::Phrase& phrase)
{
    if (phrase.code.empty())
        return {};
    const auto found = table().find(phrase.code);
    if (found != table().end())
        return filled(found->second, phrase);
    std::string out = phrase.code;
    for (const auto& [name, value] : phrase.values)
        out += fmt::format(" {}={}", name, value);
    return out;
}

bool hasText(std::string_view code)
{
    return table().contains(code);
}

std::string sentence(const Error& error)
{
    std::string what = hasText(error.detail) ? text(domain::Phrase(error.detail)) : error.detail;
    if (what.empty())
        what = std::string(errorWord(error.code));
    const bool isPlatform = error.source != Platform::None && error.source != Platform::Console;
    std::string out = isPlatform ? fmt::format("{}: {}", platformName(error.source), what) : what;
    if (error.httpStatus != 0)
        out += fmt::format(" (HTTP {})", error.httpStatus);
    const std::string_view next = advice(error.code);
    if (!next.empty())
        out += fmt::format("{} {}", out.ends_with('.') ? "" : ".", next);
    return out;
}

} // namespace counterfoil::phrases
