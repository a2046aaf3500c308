#include "core/decode/shopify_answer.h"

#include "core/base/text.h"
#include "core/money/fraction.h"

#include <fmt/format.h>

#include <algorithm>

namespace counterfoil::decode::shopify {

namespace {

constexpr std::size_t kErrorsMax = 50;

/// Whole points of a cost figure, cut down; nullopt when it is no number.
std::optional<std::int64_t> points(const View& value)
{
    Faults ignored{View()};
    const Result<money::Fraction> exact =
        money::Fraction::parseDecimal(readDecimal(value, ignored));
    if (!exact)
        return std::nullopt;
    // Far beyond any bucket; keeps what is counted with them inside 64 bits.
    constexpr std::int64_t kPointsMax = 1'000'000'000;
    return std::clamp(exact->numerator() / exact->denominator(), -kPointsMax, kPointsMax);
}

std::optional<domain::QueryCost> costFrom(const View& root)
{
    const View cost = root["extensions"]["cost"];
    const std::optional<std::int64_t> requested = points(cost["requestedQueryCost"]);
    if (!requested)
        return std::nullopt;
    domain::QueryCost out;
    out.requested = *requested;
    out.actual = points(cost["actualQueryCost"]);
    const View status = cost["throttleStatus"];
    out.available = points(status["currentlyAvailable"]);
    out.maximum = points(status["maximumAvailable"]);
    out.restorePerSecond = points(status["restoreRate"]);
    return out;
}

std::string errorPath(const View& path)
{
    Faults ignored{View()};
    std::string text;
    for (const View& step : path.children()) {
        if (!text.empty())
            text += '.';
        text += readText(step, ignored);
    }
    return std::string(clipped(text, 256));
}

std::vector<domain::GraphqlError> errorsFrom(const View& root)
{
    std::vector<domain::GraphqlError> errors;
    Faults ignored{View()};
    const View list = root["errors"];
    if (list.kind() == JsonKind::String) // answers outside GraphQL: {"errors":"Not Found"}
        errors.push_back({std::string(clipped(readText(list, ignored), 512)), "", ""});
    for (const View& item : list.children()) {
        domain::GraphqlError error;
        error.message =
            std::string(clipped(readText(item.isObject() ? item["message"] : item, ignored), 512));
        error.code = std::string(clipped(readText(item["extensions"]["code"], ignored), 64));
        error.path = errorPath(item["path"]);
        errors.push_back(std::move(error));
        if (errors.size() >= kErrorsMax)
            break;
    }
    return errors;
}

ErrorCode codeOf(std::string_view word)
{
    if (word == "THROTTLED")
        return ErrorCode::RateLimited;
    if (word == "ACCESS_DENIED")
        return ErrorCode::Unauthorised;
    if (word == "INTERNAL_SERVER_ERROR" || word == "TIMEOUT")
        return ErrorCode::Server;
    return ErrorCode::Invalid; // MAX_COST_EXCEEDED, a document or variables that do not fit
}

/// How long until the bucket holds what the query asks for (shopify.md 3.2); at least a second.
std::chrono::milliseconds waitFor(const std::optional<domain::QueryCost>& cost)
{
    constexpr std::chrono::milliseconds kLeast = std::chrono::seconds(1);
    if (!cost || !cost->available || !cost->restorePerSecond || *cost->restorePerSecond <= 0)
        return kLeast;
    const std::int64_t shortBy =
        std::clamp<std::int64_t>(cost->requested - *cost->available, 0, 1'000'000);
    return std::max(kLeast, std::chrono::milliseconds(shortBy * 1000 / *cost->restorePerSecond));
}

Error errorFrom(const std::vector<domain::GraphqlError>& errors,
                const std::optional<domain::QueryCost>& cost)
{
    const domain::GraphqlError& first = errors.front();
    Error error(codeOf(first.code),
                fmt::format("{}{}{}{}{}", first.code, first.code.empty() ? "" : ": ", first.message,
                            first.path.empty() ? "" : " at ", first.path),
                Platform::Shopify);
    if (error.code == ErrorCode::RateLimited)
        error.retryAfter = waitFor(cost);
    return error;
}

} // namespace

bool isHole(const domain::GraphqlError& error)
{
    return !error.path.empty() && error.code != "ACCESS_DENIED";
}

const domain::GraphqlError* holeIn(const std::vector<domain::GraphqlError>& errors,
                                   std::string_view path)
{
    for (const domain::GraphqlError& error : errors) {
        const std::string_view at = error.path;
        if (isHole(error) && at.starts_with(path) &&
            (at.size() == path.size() || at[path.size()] == '.'))
            return &error;
    }
    return nullptr;
}

Result<View> Answer::field(std::string_view name) const
{
    const View value = json.root()["data"][name];
    if (!value.isAbsent())
        return value;
    if (!errors.empty())
        return fail(errorFrom(errors, cost));
    if (value.kind() == JsonKind::Missing)
        return fail(ErrorCode::Undecodable, fmt::format("data.{}: missing", name),
                    Platform::Shopify);
    return fail(ErrorCode::NotFound, fmt::format("{}: no such object", name), Platform::Shopify);
}

Result<Answer> openAnswer(std::string_view body)
{
    Result<Json> json = Json::parse(body);
    if (!json) {
        Error error = json.error();
        error.source = Platform::Shopify;
        return fail(std::move(error));
    }
    if (!json->root().isObject())
        return fail(ErrorCode::Undecodable, "answer: not an object", Platform::Shopify);
    std::vector<domain::GraphqlError> errors = errorsFrom(json->root());
    std::optional<domain::QueryCost> cost = costFrom(json->root());
    for (const domain::GraphqlError& error : errors) {
        if (error.code == "THROTTLED")
            return fail(errorFrom({error}, cost));
    }
    if (!json->root()["data"].isObject()) {
        if (!errors.empty())
            return fail(errorFrom(errors, cost));
        return fail(ErrorCode::Undecodable, "data: not an object", Platform::Shopify);
    }
    return Answer{std::move(*json), std::move(errors), cost};
}

std::optional<domain::QueryCost> costOf(std::string_view body)
{
    const Result<Json> json = Json::parse(body);
    return json ? costFrom(json->root()) : std::nullopt;
}

Error replyError(int httpStatus, std::string_view body)
{
    std::vector<domain::GraphqlError> errors;
    std::optional<domain::QueryCost> cost;
    if (const Result<Json> json = Json::parse(body); json) {
        errors = errorsFrom(json->root());
        cost = costFrom(json->root());
    }
    Error error(ErrorCode::Invalid, fmt::format("HTTP {}", httpStatus), Platform::Shopify);
    if (!errors.empty())
        error.detail += ": " + errorFrom(errors, cost).detail;
    error.httpStatus = httpStatus;
    if (httpStatus == 429 || httpStatus == 430) {
        error.code = ErrorCode::RateLimited;
        error.retryAfter = httpStatus == 430 ? std::chrono::minutes(5) : waitFor(cost);
    } else if (httpStatus == 401 || httpStatus == 403) {
        error.code = ErrorCode::Unauthorised;
    } else if (httpStatus == 402 || httpStatus == 423) {
        error.code = ErrorCode::Rejected; // the shop is frozen or locked
    } else if (httpStatus == 404) {
        error.code = ErrorCode::NotFound;
    } else if (httpStatus >= 500) {
        error.code = ErrorCode::Server;
    }
    return error;
}

// ---- readers ----------------------------------------------------------------------------------

namespace {

std::optional<money::Money> readMoneyV2(const View& value, Finer finer, Faults& faults)
{
    const View object = readObject(value, faults);
    if (object.isAbsent())
        return std::nullopt;
    Fields fields(object);
    const View amount = fields("amount");
    const View code = fields("currencyCode");
    const std::string_view raw = code.raw();
    if (code.kind() != JsonKind::String) {
        faults.add(code, "not a currency");
        return std::nullopt;
    }
    const money::Currency currency = readCurrency(code, raw.substr(1, raw.size() - 2), faults);
    if (currency.empty())
        return std::nullopt;
    std::optional<money::Money> money = readMoney(amount, currency, finer, faults);
    if (!money)
        faults.add(amount, "missing");
    return money;
}

} // namespace

std::optional<domain::MoneyPair> readBag(const View& bag, Finer finer, Faults& faults)
{
    const View object = readObject(bag, faults);
    if (object.isAbsent())
        return std::nullopt;
    // Shop money gives a rate only and is never posted: a converted amount may be finer.
    Fields fields(object);
    const std::optional<money::Money> shop = readMoneyV2(fields("shopMoney"), Finer::Round, faults);
    const View presentmentView = fields("presentmentMoney");
    const std::optional<money::Money> presentment = readMoneyV2(presentmentView, finer, faults);
    if (!presentment) {
        faults.add(presentmentView, "missing");
        return std::nullopt;
    }
    domain::MoneyPair pair;
    pair.presentment = *presentment;
    if (shop)
        pair.shop = *shop;
    return pair;
}

domain::MoneyPair requireBag(const View& bag, Finer finer, Faults& faults)
{
    const std::optional<domain::MoneyPair> pair = readBag(bag, finer, faults);
    if (!pair)
        faults.add(bag, "missing");
    return pair.value_or(domain::MoneyPair{});
}

std::string requireText(const View& value, Faults& faults)
{
    std::string text = readText(value, faults);
    if (text.empty())
        faults.add(value, "missing");
    return text;
}

std::int64_t requireInteger(const View& value, Faults& faults)
{
    const std::optional<std::int64_t> number = readInteger(value, faults);
    if (!number)
        faults.add(value, "missing");
    return number.value_or(0);
}

std::string withoutQuery(std::string gid)
{
    gid.resize(std::min(gid.find('?'), gid.size()));
    return gid;
}

std::string requireGid(const View& value, Faults& faults)
{
    return withoutQuery(requireText(value, faults));
}

std::string readGid(const View& object, Faults& faults)
{
    return withoutQuery(readText(readObject(object, faults)["id"], faults));
}

std::vector<domain::Attribute> readAttributes(const View& list, Faults& faults)
{
    std::vector<domain::Attribute> attributes;
    for (const View& item : readArray(list, faults).children()) {
        Fields fields(item);
        domain::Attribute attribute;
        attribute.key = readText(fields("key"), faults);
        attribute.value = readText(fields("value"), faults);
        attributes.push_back(std::move(attribute));
    }
    return attributes;
}

View readNodes(const View& connection, Faults& faults)
{
    const View object = readObject(connection, faults);
    if (object.isAbsent())
        return View();
    const View nodes = object["nodes"];
    if (nodes.isAbsent())
        faults.add(nodes, "missing");
    return readArray(nodes, faults);
}

bool hasNextPage(const View& connection, Faults& faults)
{
    return readFlag(connection["pageInfo"]["hasNextPage"], faults).value_or(false);
}

} // namespace counterfoil::decode::shopify
