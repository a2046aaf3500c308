#include "core/request/returngo.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

namespace counterfoil::request::returngo {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kPageSizeMax = 500;

PreparedRequest get(std::string path, std::string_view label)
{
    PreparedRequest request;
    request.method = "GET";
    request.path = std::move(path);
    request.label = fmt::format("returngo {}", label);
    return request;
}

/// @p at by a strftime form, in UTC and without an offset: "+00:00" would arrive as a blank.
std::string filterTime(Instant at, std::string_view form)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    const auto day = std::chrono::floor<std::chrono::days>(seconds);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(seconds - day);
    std::string out;
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] != '%' || i + 1 == form.size()) {
            out += form[i];
            continue;
        }
        switch (form[++i]) {
        case 'Y':
            out += fmt::format("{:04}", static_cast<int>(date.year()));
            break;
        case 'm':
            out += fmt::format("{:02}", static_cast<unsigned>(date.month()));
            break;
        case 'd':
            out += fmt::format("{:02}", static_cast<unsigned>(date.day()));
            break;
        case 'H':
            out += fmt::format("{:02}", time.hours().count());
            break;
        case 'M':
            out += fmt::format("{:02}", time.minutes().count());
            break;
        case 'S':
            out += fmt::format("{:02}", time.seconds().count());
            break;
        default:
            out += form[i];
        }
    }
    return out;
}

/// "&name=a,b" with each part encoded; nothing for an empty list.
std::string listParameter(std::string_view name, const std::vector<std::string>& values)
{
    std::string out;
    for (const std::string& value : values)
        out += (out.empty() ? fmt::format("&{}=", name) : ",") + percentEncoded(value);
    return out;
}

std::string timeParameter(std::string_view name, std::optional<Instant> since,
                          std::string_view form)
{
    return since ? fmt::format("&{}=gte:{}", name, percentEncoded(filterTime(*since, form)))
                 : std::string();
}

template <class IdType> std::vector<std::string> texts(const std::vector<IdType>& ids)
{
    std::vector<std::string> out;
    for (const IdType& id : ids)
        out.push_back(id.value);
    return out;
}

std::string pageParameters(std::int64_t pageSize, std::string_view cursor)
{
    std::string out =
        fmt::format("pagesize={}", std::clamp<std::int64_t>(pageSize, 1, kPageSizeMax));
    if (!cursor.empty())
        out += fmt::format("&cursor={}", percentEncoded(cursor));
    return out;
}

std::string htmlEscaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string jsonText(std::string_view text)
{
    return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

PreparedRequest rmas(const RmaFilter& filter, std::int64_t pageSize, std::string_view cursor,
                     std::string_view timeForm)
{
    return get("/rmas?" + pageParameters(pageSize, cursor) +
                   listParameter("status", filter.statuses) +
                   listParameter("order_name", filter.orderNames) +
                   timeParameter("rma_updated_at", filter.updatedSince, timeForm) +
                   timeParameter("rma_created_at", filter.createdSince, timeForm),
               "rmas");
}

PreparedRequest rma(const RmaId& id)
{
    return get("/rma/" + percentEncoded(id.value), "rma");
}

PreparedRequest transactions(const TransactionFilter& filter, std::int64_t pageSize,
                             std::string_view cursor, std::string_view timeForm)
{
    return get("/transactions?" + pageParameters(pageSize, cursor) +
                   timeParameter("updated_at", filter.updatedSince, timeForm) +
                   listParameter("rma_ids", texts(filter.rmas)) +
                   listParameter("order_ids", texts(filter.orders)),
               "transactions");
}

PreparedRequest setStatus(const RmaId& id, std::string_view status, std::string_view bodyTemplate)
{
    PreparedRequest request = get("/rma/" + percentEncoded(id.value) + "/status", "set-status");
    request.method = "PUT";
    request.body = std::string(bodyTemplate);
    // The word stands inside quotes in the template: its own quotes are cut, its escapes kept.
    const std::string word = jsonText(status);
    const std::string_view slot = "{{status}}";
    for (std::size_t at = request.body.find(slot); at != std::string::npos;
         at = request.body.find(slot, at + word.size() - 2))
        request.body.replace(at, slot.size(), word, 1, word.size() - 2);
    request.contentType = "application/json";
    request.isWrite = true;
    return request;
}

PreparedRequest comment(const RmaId& id, std::string_view text, std::string_view bodyKey)
{
    PreparedRequest request = get("/rma/" + percentEncoded(id.value) + "/comment", "comment");
    request.method = "POST";
    request.body = fmt::format("{{{}:{}}}", jsonText(bodyKey), jsonText(htmlEscaped(text)));
    request.contentType = "application/json";
    request.isWrite = true;
    return request;
}

} // namespace counterfoil::request::returngo
