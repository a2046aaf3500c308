#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/base/text.h"
#include "core/base/time.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace counterfoil {

/// A secret: no stream operator, prints as ***. Get the text only where it goes on the wire.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : m_text(std::move(text)) {}
    [[nodiscard]] const std::string& reveal() const { return m_text; }
    [[nodiscard]] bool empty() const { return m_text.empty(); }

private:
    std::string m_text;
};

struct HttpHeader {
    HttpHeader() = default;
    HttpHeader(std::string headerName, std::string headerValue)
        : name(std::move(headerName)), value(std::move(headerValue))
    {
    }
    std::string name;
    std::string value;
};

/// One request, complete. The transport adds nothing but what HTTP itself needs.
struct HttpRequest {
    HttpRequest() {}

    std::string method = "GET";      ///< upper case
    std::string url;                 ///< absolute; plain http only to loopback, else Config
    std::vector<HttpHeader> headers; ///< may hold secrets: redacted in every log
    std::string body;                ///< exact bytes; empty for none
    std::string contentType;         ///< empty when there is no body
    bool isWrite =
        false; ///< a write never follows a redirect and is never repeated by the transport
    Millis totalTimeout =
        std::chrono::seconds(120); ///< connect 10 s, first byte 30 s, idle 15 s lie inside it
    std::size_t wireBytesMax = 32U << 20U;      ///< larger answers end as TooLarge
    std::size_t inflatedBytesMax = 256U << 20U; ///< after decompression; larger ends as TooLarge
    std::string label; ///< what the log calls it: "shopify OrdersChanged"; never personal data
};

struct HttpReply {
    HttpReply() {}

    int status = 0;                  ///< 100..599
    std::vector<HttpHeader> headers; ///< names as received
    std::string body;                ///< after decompression
    Millis elapsed{0};

    /// First header of that name, ASCII case folded; empty when absent.
    [[nodiscard]] std::string header(std::string_view name) const
    {
        for (const HttpHeader& row : headers) {
            if (sameText(row.name, name))
                return row.value;
        }
        return {};
    }
};

/// The only way to a network. Engine thread only. Dropping the returned task aborts the request.
/// Errors: Network, Timeout, TooLarge, Config (url refused), Cancelled. An HTTP error status is a
/// reply, not an error.
class Transport {
public:
    virtual ~Transport() = default;
    [[nodiscard]] virtual Task<Result<HttpReply>> send(HttpRequest request) = 0;
};

/// The only source of time. Engine thread only, but now() may be asked from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    [[nodiscard]] virtual Task<void> sleep(Millis duration) = 0;
};

/// The only source of chance (jitter). Engine thread only.
class Random {
public:
    virtual ~Random() = default;
    /// Uniform in [0, bound). @pre bound > 0
    [[nodiscard]] virtual std::uint64_t below(std::uint64_t bound) = 0;
};

/// Where secrets live. Any thread; may block for the desktop's key store, so never on the GUI
/// thread.
class KeyStore {
public:
    virtual ~KeyStore() = default;
    /// Errors: NotFound, Config (the key store cannot be reached).
    [[nodiscard]] virtual Result<Secret> read(const std::string& name) = 0;
    [[nodiscard]] virtual Result<void> write(const std::string& name, const Secret& secret) = 0;
};

} // namespace counterfoil
