#include "core/platform/http/log_line.h"

#include "core/base/text.h"
#include "core/platform/http/url.h"

#include <fmt/format.h>

#include <algorithm>

namespace counterfoil::http {

std::string requestIdOf(const HttpReply& reply)
{
    for (const char* name : {"x-request-id", "x-amzn-requestid", "x-amz-apigw-id"}) {
        std::string id(clipped(reply.header(name), 64));
        const bool isPlain = std::all_of(id.begin(), id.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                   c == '-' || c == '_' || c == '=' || c == '.';
        });
        if (!id.empty() && isPlain)
            return id;
    }
    return {};
}

std::string logLine(const HttpRequest& request, const Result<HttpReply>& reply)
{
    std::string where = "(refused address)";
    if (const auto url = parseUrl(request.url))
        where = url->origin() + url->target.substr(0, url->target.find('?'));
    const std::string head = fmt::format("{}: {} {}", request.label, request.method, where);
    if (!reply)
        return fmt::format("{} -> {} ({})", head, errorWord(reply.error().code),
                           reply.error().detail);
    const std::string id = requestIdOf(*reply);
    return fmt::format("{} -> {} in {} ms, {} bytes{}{}", head, reply->status,
                       reply->elapsed.count(), reply->body.size(), id.empty() ? "" : ", id ", id);
}

} // namespace counterfoil::http
