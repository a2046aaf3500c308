#include "core/request/page_sizes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

namespace counterfoil::request::shopify {

namespace {

constexpr std::int64_t kFirstMax = 250;
constexpr std::string_view kFirst = "(first: ";
/// How a list that says whether it goes on begins in our canonical documents.
constexpr std::string_view kPaged = ") { pageInfo {";

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kPagedBy{{
    {"OrdersChanged", "orders"},
    {"OrderLines", "lineItems"},
    {"OrderReturns", "returns"},
    {"OrderAgreements", "agreements"},
    {"DraftsChanged", "draftOrders"},
    {"LocationStock", "inventoryLevels"},
}};

/// Digits of one literal `first` in a body.
struct Literal {
    std::size_t at = 0, length = 0;
    std::int64_t value = 0;
};

/// The document ends where the variables begin; a search text could look like anything.
std::size_t documentEnd(const std::string& body)
{
    return std::min(body.find("\",\"variables\":"), body.size());
}

std::optional<Literal> literalAt(const std::string& body, std::size_t at)
{
    Literal out;
    out.at = at + kFirst.size();
    const char* const from = body.data() + out.at;
    const auto [end, problem] = std::from_chars(from, body.data() + body.size(), out.value);
    if (problem != std::errc())
        return std::nullopt;
    out.length = static_cast<std::size_t>(end - from);
    return out;
}

void put(std::string& body, const Literal& literal, std::int64_t value)
{
    body.replace(literal.at, literal.length, std::to_string(value));
}

} // namespace

std::string_view pagedConnection(std::string_view operation)
{
    for (const auto& [name, connection] : kPagedBy) {
        if (name == operation)
            return connection;
    }
    return {};
}

void setPageSizes(PreparedRequest& request, const std::vector<PageSize>& sizes)
{
    for (const PageSize& size : sizes) {
        const std::string wanted = " " + std::string(size.connection) + std::string(kFirst);
        const std::size_t at = request.body.find(wanted);
        if (size.connection.empty() || at >= documentEnd(request.body))
            continue;
        const auto literal = literalAt(request.body, at + wanted.size() - kFirst.size());
        if (literal)
            put(request.body, *literal, std::clamp<std::int64_t>(size.first, 1, kFirstMax));
    }
}

bool halvePages(PreparedRequest& request)
{
    std::string& body = request.body;
    const std::size_t end = documentEnd(body);
    for (std::size_t at = body.find(kFirst); at < end; at = body.find(kFirst, at + 1)) {
        const auto literal = literalAt(body, at);
        const std::size_t close = body.find(')', at);
        if (!literal || literal->value <= 1 || close == std::string::npos ||
            body.compare(close, kPaged.size(), kPaged) != 0)
            continue;
        put(body, *literal, literal->value / 2);
        return true;
    }
    return false;
}

} // namespace counterfoil::request::shopify
