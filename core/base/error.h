#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace counterfoil {

/// Who said or caused something. Order is stored: append only.
enum class Platform : std::uint8_t { None, Shopify, SparkLayer, ReturnGo, Erp, Ipaas, Console };

/// Lower-case word used in stores, JSON and filters: "shopify", "sparklayer", "returngo", "erp",
/// "ipaas", "console".
[[nodiscard]] std::string_view platformWord(Platform platform);
/// Name as people write it: "Shopify", "SparkLayer", "ReturnGO", ...
[[nodiscard]] std::string_view platformName(Platform platform);
/// @return nullopt for an unknown word
[[nodiscard]] std::optional<Platform> platformFromWord(std::string_view word);

/// What the program decides on. The sentence a person reads is made in core/phrases from this code.
enum class ErrorCode : std::uint8_t {
    Network,      ///< no answer, or the connection broke; a write may or may not have arrived
    Timeout,      ///< no answer in time; a write may or may not have arrived
    RateLimited,  ///< refused for its rate; see retryAfter
    QuotaSpent,   ///< our own call budget, or the platform's daily quota, is spent
    Cancelled,    ///< we stopped it ourselves
    Unauthorised, ///< key or token refused (401), or a scope is missing (403)
    NotFound,     ///< the thing asked for does not exist there
    Rejected,     ///< the platform refused the request for a business reason; nothing changed there
    Server,       ///< 5xx; a write may or may not have arrived
    Undecodable,  ///< an answer that is not what its format says; detail names the field
    TooLarge,     ///< an answer beyond our size caps
    Conflict,     ///< compare-and-swap lost, or a uniqueness rule of ours broke
    Invalid,      ///< our own input is wrong (bad money text, bad filter, bad argument)
    Overflow,     ///< an amount leaves 64 bits
    CurrencyMix,  ///< two currencies in one sum
    Config,       ///< the config file; detail names path and cause
    Store,        ///< the local or shared store: damaged, full, locked, newer than this program
    Forbidden,    ///< our own rules refuse it (role, limit, proof missing, stop-all)
    Internal      ///< a fault of this program that did not stop it
};

/// Lower-case-dashed word for logs and JSON, for example "rate-limited".
[[nodiscard]] std::string_view errorWord(ErrorCode code);

/// An expected failure. Never carries a token, a secret or a customer's name.
struct Error {
    Error() = default;
    Error(ErrorCode errorCode, std::string errorDetail, Platform errorSource = Platform::None)
        : code(errorCode), source(errorSource), detail(std::move(errorDetail))
    {
    }

    ErrorCode code = ErrorCode::Internal; ///< what the program decides on
    Platform source = Platform::None;     ///< who said so
    std::string detail;                   ///< for the log; what, where, in which field
    std::optional<std::chrono::milliseconds> retryAfter; ///< as the platform asked, if it did
    int httpStatus = 0;                                  ///< 0 when none was received
    std::string requestId; ///< the platform's id of the call, if it gave one
};

/// True for what a read may try again: network, timeout, rate, server. Never decides about writes.
[[nodiscard]] bool isRetryable(ErrorCode code);
/// True when a sent write may have taken effect although we got no good answer.
[[nodiscard]] bool isOutcomeUnknown(ErrorCode code);

} // namespace counterfoil
