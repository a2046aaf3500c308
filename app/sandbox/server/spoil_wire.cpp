#include "app/sandbox/server/spoil_wire.h"

#include <nlohmann/json.hpp>

namespace counterfoil::sandbox {
namespace {

constexpr std::int64_t kHugeBytes = std::int64_t(2) << 30;
constexpr std::size_t kNesting = 10'000;

/// The same document with the type of every other value changed.
nlohmann::json otherTypes(const nlohmann::json& value, int depth = 0)
{
    if (value.is_object()) {
        nlohmann::json out = nlohmann::json::object();
        for (const auto& [key, member] : value.items())
            out[key] = otherTypes(member, depth + 1);
        return out;
    }
    if (value.is_array() && depth < 2) {
        nlohmann::json out = nlohmann::json::array();
        for (const auto& member : value)
            out.push_back(otherTypes(member, depth + 1));
        return out;
    }
    if (value.is_array())
        return nlohmann::json::object();
    if (value.is_string())
        return nlohmann::json::array({value});
    if (value.is_number())
        return nlohmann::json{{"value", value}};
    return "not what it was";
}

std::string spoiltText(const std::string& kind, const std::string& body)
{
    if (kind == "half-json")
        return body.substr(0, body.size() / 2);
    if (kind == "wrong-types") {
        const auto json = nlohmann::json::parse(body, nullptr, false);
        return json.is_discarded() ? "[]" : otherTypes(json).dump();
    }
    if (kind == "invalid-utf8") {
        std::string out = body;
        const std::size_t quote = out.find(":\"");
        out.insert(quote == std::string::npos ? 0 : quote + 2, "\xff\xfe\xc0");
        return out;
    }
    if (kind == "deep-nesting")
        return std::string(kNesting, '[') + std::string(kNesting, ']');
    return body;
}

/// Kinds that need no work of the platform; false for the others.
bool answerWithoutWork(const Fault& fault, const HttpServer::Answer& answer)
{
    WireReply reply;
    HttpResponse& r = reply.response;
    if (fault.kind == "drop-before") {
        r.dropAfter = true;
    } else if (fault.kind == "429" || fault.kind == "throttled") {
        r.status = 429;
        r.headers.emplace_back("Retry-After", "1");
    } else if (fault.kind == "500") {
        r.status = 500;
    } else if (fault.kind == "401") {
        r.status = 401;
        r.body = R"({"message":"Unauthorized"})";
    } else if (fault.kind == "html") {
        r.contentType = "text/html";
        r.body = "<!doctype html><html><body><h1>We'll be right back</h1></body></html>";
    } else if (fault.kind == "empty") {
        r.body.clear();
    } else if (fault.kind == "huge") {
        reply.endless = kHugeBytes;
    } else {
        return false;
    }
    answer(std::move(reply));
    return true;
}

} // namespace

void answerWithFault(Handler& handler, const HttpRequest& request, const Fault& fault,
                     const HttpServer::Answer& answer)
{
    const bool onTheWire = fault.kind.starts_with("drop") || fault.kind == "slow" ||
                           fault.kind == "cut" || fault.kind == "html" || fault.kind == "empty";
    if (!onTheWire) {
        HttpResponse own = handler.faultReply(fault.kind, request);
        if (own.status != 0) {
            WireReply reply;
            reply.response = std::move(own);
            answer(std::move(reply));
            return;
        }
    }
    if (answerWithoutWork(fault, answer))
        return;
    handler.handle(request, [fault, answer](HttpResponse response) {
        WireReply reply;
        response.body = spoiltText(fault.kind, response.body);
        response.delayMs += fault.kind == "slow" ? fault.delayMs : 0;
        response.dropAfter = response.dropAfter || fault.kind == "drop-reply";
        reply.cut = fault.kind == "cut";
        reply.response = std::move(response);
        answer(std::move(reply));
    });
}

} // namespace counterfoil::sandbox
