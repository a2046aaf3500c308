#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace counterfoil::sandbox {

/// One request as it came in. Header names are lower case. `path` is without the query and without
/// the route prefix ("/admin/api/2026-07/graphql.json" for a request under "/shopify").
struct HttpRequest {
    std::string method;
    std::string path;
    std::vector<std::pair<std::string, std::string>> query; ///< percent-decoded, in order
    std::map<std::string, std::string> headers;
    std::string body;
    /// First value of a header (lower-case name), empty when absent.
    [[nodiscard]] std::string header(const std::string& name) const
    {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
    /// First value of a query parameter, empty when absent.
    [[nodiscard]] std::string parameter(const std::string& name) const
    {
        for (const auto& [key, value] : query)
            if (key == name)
                return value;
        return {};
    }
};

/// What is sent back. The server adds Content-Length and Connection.
struct HttpResponse {
    int status = 200;
    std::string contentType = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    int delayMs = 0;        ///< wait this long before answering
    bool dropAfter = false; ///< the work is done, the connection closes without an answer
};

/// Answers exactly once, now or later, on the server's thread.
using Reply = std::function<void(HttpResponse)>;

/// One simulated platform. All calls come on the server's thread.
class Handler {
public:
    Handler() = default;
    Handler(const Handler&) = delete;
    Handler& operator=(const Handler&) = delete;
    virtual ~Handler() = default;
    /// Executes the request. The server applies fault switches around this call.
    virtual void handle(const HttpRequest& request, Reply reply) = 0;
    /// Name of the operation for logs and fault matching, e.g. "OrdersChanged" or "GET /rmas".
    [[nodiscard]] virtual std::string operationOf(const HttpRequest& request) const
    {
        return request.method + " " + request.path;
    }
    /// Fault kinds that only the platform can shape itself, e.g. "throttled" (Shopify: 200 with
    /// errors[]), "429". Empty body and status 0: the handler has no own form, the server uses its
    /// general one.
    [[nodiscard]] virtual HttpResponse faultReply(const std::string& kind,
                                                  const HttpRequest& request) const
    {
        static_cast<void>(kind);
        static_cast<void>(request);
        HttpResponse none;
        none.status = 0;
        return none;
    }
};

} // namespace counterfoil::sandbox
