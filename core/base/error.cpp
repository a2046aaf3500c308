#include "core/base/error.h"

#include <array>
#include <utility>

namespace counterfoil {

namespace {

struct PlatformRow {
    Platform platform;
    std::string_view word;
    std::string_view name;
};

constexpr std::array<PlatformRow, 7> kPlatforms{{
    {Platform::None, "none", "nobody"},
    {Platform::Shopify, "shopify", "Shopify"},
    {Platform::SparkLayer, "sparklayer", "SparkLayer"},
    {Platform::ReturnGo, "returngo", "ReturnGO"},
    {Platform::Erp, "erp", "ERP"},
    {Platform::Ipaas, "ipaas", "iPaaS"},
    {Platform::Console, "console", "Counterfoil"},
}};

} // namespace

std::string_view platformWord(Platform platform)
{
    return kPlatforms[static_cast<std::size_t>(platform)].word;
}

std::string_view platformName(Platform platform)
{
    return kPlatforms[static_cast<std::size_t>(platform)].name;
}

std::optional<Platform> platformFromWord(std::string_view word)
{
    for (const PlatformRow& row : kPlatforms) {
        if (row.word == word)
            return row.platform;
    }
    return std::nullopt;
}

std::string_view errorWord(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Network:
        return "network";
    case ErrorCode::Timeout:
        return "timeout";
    case ErrorCode::RateLimited:
        return "rate-limited";
    case ErrorCode::QuotaSpent:
        return "quota-spent";
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::Unauthorised:
        return "unauthorised";
    case ErrorCode::NotFound:
        return "not-found";
    case ErrorCode::Rejected:
        return "rejected";
    case ErrorCode::Server:
        return "server";
    case ErrorCode::Undecodable:
        return "undecodable";
    case ErrorCode::TooLarge:
        return "too-large";
    case ErrorCode::Conflict:
        return "conflict";
    case ErrorCode::Invalid:
        return "invalid";
    case ErrorCode::Overflow:
        return "overflow";
    case ErrorCode::CurrencyMix:
        return "currency-mix";
    case ErrorCode::Config:
        return "config";
    case ErrorCode::Store:
        return "store";
    case ErrorCode::Forbidden:
        return "forbidden";
    case ErrorCode::Internal:
        return "internal";
    }
    return "internal";
}

bool isRetryable(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Network:
    case ErrorCode::Timeout:
    case ErrorCode::RateLimited:
    case ErrorCode::Server:
        return true;
    case ErrorCode::QuotaSpent:
    case ErrorCode::Cancelled:
    case ErrorCode::Unauthorised:
    case ErrorCode::NotFound:
    case ErrorCode::Rejected:
    case ErrorCode::Undecodable:
    case ErrorCode::TooLarge:
    case ErrorCode::Conflict:
    case ErrorCode::Invalid:
    case ErrorCode::Overflow:
    case ErrorCode::CurrencyMix:
    case ErrorCode::Config:
    case ErrorCode::Store:
    case ErrorCode::Forbidden:
    case ErrorCode::Internal:
        return false;
    }
    return false;
}

bool isOutcomeUnknown(ErrorCode code)
{
    // An answer that cannot be read, or is cut at our size cap, says nothing about what was done.
    return code == ErrorCode::Network || code == ErrorCode::Timeout || code == ErrorCode::Server ||
           code == ErrorCode::Undecodable || code == ErrorCode::TooLarge ||
           code == ErrorCode::Cancelled;
}

} // namespace counterfoil
