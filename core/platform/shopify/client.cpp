#include "core/platform/shopify/client.h"

#include "core/base/backoff.h"
#include "core/base/check.h"
#include "core/base/text.h"
#include "core/request/allow_list.h"
#include "core/request/shopify.h"

#include <vector>

namespace counterfoil::platform {

namespace shop = decode::shopify;
using domain::DocumentKind;
using domain::DocumentPage;

namespace {

constexpr int kRetriesMax = 3;
constexpr int kThrottlesMax = 8; ///< waits the platform itself asked for are no retries
constexpr int kInnerPagesMax = 50;
constexpr Millis kFirstWait = std::chrono::seconds(1);
constexpr Millis kWaitCap = std::chrono::seconds(8);

Result<shop::BulkState> startState(std::string_view body, const decode::ShopifyAdapter&)
{
    return shop::bulkStart(body);
}

Result<shop::BulkState> pollState(std::string_view body, const decode::ShopifyAdapter&)
{
    return shop::bulkPoll(body);
}

request::PreparedRequest partRequest(DocumentKind kind, const std::string& version,
                                     const OrderId& order, const std::string& after)
{
    switch (kind) {
    case DocumentKind::OrderLines:
        return request::shopify::orderLines(version, order, after);
    case DocumentKind::OrderReturns:
        return request::shopify::orderReturns(version, order, after);
    case DocumentKind::OrderAgreements:
        return request::shopify::orderAgreements(version, order, std::nullopt, after);
    default:
        CF_CHECK(kind == DocumentKind::OrderMoney);
        return request::shopify::orderMoney(version, order);
    }
}

Result<DocumentPage> (*partDecoder(DocumentKind kind))(std::string_view,
                                                       const decode::ShopifyAdapter&)
{
    switch (kind) {
    case DocumentKind::OrderLines:
        return &shop::orderLines;
    case DocumentKind::OrderReturns:
        return &shop::orderReturns;
    case DocumentKind::OrderAgreements:
        return &shop::orderAgreements;
    default:
        return &shop::orderMoney;
    }
}

std::int64_t countLines(std::string_view jsonl)
{
    std::int64_t lines = 0;
    for (const std::string_view line : split(jsonl, '\n'))
        lines += trimmed(line).empty() ? 0 : 1;
    return lines;
}

/// A read may be tried again also when its answer was garbage: the next one may be whole.
bool mayTryAgain(ErrorCode code)
{
    return isRetryable(code) || code == ErrorCode::Undecodable;
}

} // namespace

ShopifyClient::ShopifyClient(ShopifyOptions options, Transport& transport, Clock& clock,
                             Random& random)
    : m_options(std::move(options)), m_transport(transport), m_clock(clock), m_random(random),
      m_token(m_options.credentials, m_options.baseUrl, transport, clock),
      m_cost(m_options.adapter.operatorReserve)
{
}

template <class T>
Task<Result<T>> ShopifyClient::read(request::PreparedRequest prepared, Decoder<T> decoder,
                                    Lane lane)
{
    if (!request::isAllowedCall(Platform::Shopify, prepared))
        co_return fail(ErrorCode::Forbidden, prepared.label + ": not one of our calls",
                       Platform::Shopify);
    const CallGate::Pass pass = co_await m_gate.enter(lane, &m_clock);
    int retries = 0;
    int throttles = 0;
    bool isRenewed = false;
    for (;;) {
        const Millis wait = m_cost.waitBefore(prepared.label, lane, m_clock.now());
        if (wait > Millis(0))
            co_await m_clock.sleep(wait);
        Result<HttpReply> reply = co_await sendOnce(prepared);
        Result<T> value = reply ? Result<T>() : Result<T>(fail(reply.error()));
        if (reply) {
            noteCost(prepared.label, *reply);
            value = reply->status == 200
                        ? decoder(reply->body, m_options.adapter)
                        : Result<T>(fail(shop::replyError(reply->status, reply->body)));
        }
        if (value)
            co_return value;
        Error error = value.error();
        error.source = Platform::Shopify;
        if (reply) {
            error.httpStatus = reply->status;
            error.requestId = reply->header("X-Request-Id");
        }
        if (error.httpStatus == 401 && !isRenewed && m_token.discard()) {
            isRenewed = true;
            continue;
        }
        Millis pause{0};
        if (error.code == ErrorCode::RateLimited && throttles < kThrottlesMax) {
            ++throttles;
            pause = std::max(m_cost.waitAfterThrottle(prepared.label, lane, m_clock.now()),
                             error.retryAfter.value_or(Millis(0)));
        } else if (error.code != ErrorCode::RateLimited && mayTryAgain(error.code) &&
                   retries < kRetriesMax) {
            pause = backoff(retries, kFirstWait, 2, kWaitCap, m_random);
            ++retries;
        } else {
            co_return fail(std::move(error));
        }
        co_await m_clock.sleep(pause);
    }
}

Task<Result<HttpReply>> ShopifyClient::sendOnce(request::PreparedRequest prepared)
{
    Result<Secret> token = co_await m_token.get();
    if (!token) {
        Error error = token.error();
        // Nothing was sent: a write must not look as if it might have arrived.
        if (prepared.isWrite)
            error.code = ErrorCode::Unauthorised;
        co_return fail(std::move(error));
    }
    HttpRequest http;
    http.method = prepared.method;
    http.url = m_options.baseUrl + prepared.path;
    http.body = std::move(prepared.body);
    http.contentType = std::move(prepared.contentType);
    http.isWrite = prepared.isWrite;
    http.label = std::move(prepared.label);
    http.headers.emplace_back("X-Shopify-Access-Token", token->reveal());
    http.headers.emplace_back("Accept", "application/json");
    Result<HttpReply> reply = co_await m_transport.send(http);
    if (reply)
        noteVersion(*reply);
    co_return reply;
}

void ShopifyClient::noteVersion(const HttpReply& reply)
{
    const std::string served = reply.header("X-Shopify-API-Version");
    if (served.empty() || served == m_options.adapter.apiVersion || served == m_warnedVersion)
        return;
    m_warnedVersion = served;
    if (m_options.versionWarning)
        m_options.versionWarning(served);
}

void ShopifyClient::noteCost(const std::string& label, const HttpReply& reply)
{
    if (const auto cost = shop::costOf(reply.body))
        m_cost.saw(label, *cost, m_clock.now());
}

Task<ShopifyClient::Page> ShopifyClient::setup(Lane lane)
{
    auto prepared = request::shopify::setup(m_options.adapter.apiVersion);
    return read<DocumentPage>(std::move(prepared), &shop::setup, lane);
}

Task<ShopifyClient::Page> ShopifyClient::ordersChanged(std::string search, std::string after,
                                                       Lane lane)
{
    auto prepared = request::shopify::ordersChanged(m_options.adapter.apiVersion, search, after);
    return read<DocumentPage>(std::move(prepared), &shop::ordersChanged, lane);
}

Task<ShopifyClient::Page> ShopifyClient::draftsChanged(std::string search, std::string after,
                                                       Lane lane)
{
    auto prepared = request::shopify::draftsChanged(m_options.adapter.apiVersion, search, after);
    return read<DocumentPage>(std::move(prepared), &shop::draftsChanged, lane);
}

Task<ShopifyClient::Page> ShopifyClient::orderHead(OrderId order, Lane lane)
{
    return ordersChanged("id:" + order.value, std::string(), lane);
}

Task<ShopifyClient::Page> ShopifyClient::orderPart(DocumentKind kind, OrderId order, Lane lane)
{
    return wholePart(kind, std::move(order), lane);
}

Task<ShopifyClient::Page> ShopifyClient::wholePart(DocumentKind kind, OrderId order, Lane lane)
{
    std::vector<std::string> bodies;
    DocumentPage whole;
    std::string after;
    for (int pages = 0; pages < kInnerPagesMax; ++pages) {
        auto prepared = partRequest(kind, m_options.adapter.apiVersion, order, after);
        Page page = co_await read<DocumentPage>(std::move(prepared), partDecoder(kind), lane);
        if (!page)
            co_return page;
        const bool goesOn = page->hasNextPage && !page->documents.empty() &&
                            !page->endCursor.empty() && page->endCursor != after &&
                            kind != DocumentKind::OrderMoney;
        after = page->endCursor;
        if (!page->documents.empty())
            bodies.push_back(page->documents.front().body);
        if (pages == 0) {
            whole = std::move(*page);
        } else {
            for (auto& row : page->setAside)
                whole.setAside.push_back(std::move(row));
        }
        if (!goesOn)
            break;
    }
    if (bodies.size() > 1) {
        auto merged = shop::mergePages(kind, bodies);
        if (!merged)
            co_return fail(merged.error());
        whole.documents.front().body = std::move(*merged);
    }
    whole.hasNextPage = false;
    co_return whole;
}

Task<ShopifyClient::Page> ShopifyClient::account(CustomerId customer, Lane lane)
{
    auto prepared = request::shopify::accountMetafield(m_options.adapter.apiVersion, customer);
    return read<DocumentPage>(std::move(prepared), &shop::accountMetafield, lane);
}

Task<ShopifyClient::Page> ShopifyClient::locationStock(LocationId location, std::string after,
                                                       Lane lane)
{
    auto prepared = request::shopify::locationStock(m_options.adapter.apiVersion, location, after);
    return read<DocumentPage>(std::move(prepared), &shop::locationStock, lane);
}

Task<Result<shop::BulkState>> ShopifyClient::bulkStart(Instant since)
{
    auto prepared = request::shopify::bulkStart(m_options.adapter.apiVersion, since);
    return read<shop::BulkState>(std::move(prepared), &startState, Lane::Polling);
}

Task<Result<shop::BulkState>> ShopifyClient::bulkPoll(std::string operation)
{
    auto prepared = request::shopify::bulkPoll(m_options.adapter.apiVersion, operation);
    return read<shop::BulkState>(std::move(prepared), &pollState, Lane::Polling);
}

Task<ShopifyClient::Page> ShopifyClient::bulkFile(std::string url, std::int64_t objects)
{
    const CallGate::Pass pass = co_await m_gate.enter(Lane::Polling, &m_clock);
    HttpRequest http;
    http.url = std::move(url);
    http.label = "shopify bulk file";
    http.wireBytesMax = 256U << 20U;
    http.totalTimeout = std::chrono::minutes(10);
    for (int retries = 0;; ++retries) {
        Result<HttpReply> reply = co_await m_transport.send(http);
        Page page = reply ? Page() : Page(fail(reply.error()));
        if (reply && reply->status == 200 && countLines(reply->body) < objects)
            page = Page(fail(ErrorCode::Undecodable, "bulk file: fewer lines than objects",
                             Platform::Shopify));
        else if (reply)
            page = reply->status == 200 ? shop::bulkOrders(reply->body, m_options.adapter)
                                        : Page(fail(shop::replyError(reply->status, reply->body)));
        if (page || !mayTryAgain(page.error().code) || retries >= kRetriesMax)
            co_return page;
        co_await m_clock.sleep(backoff(retries, kFirstWait, 2, kWaitCap, m_random));
    }
}

Task<Result<HttpReply>> ShopifyClient::sendWrite(request::PreparedRequest write)
{
    if (!write.isWrite || !request::isAllowedCall(Platform::Shopify, write))
        co_return fail(ErrorCode::Forbidden, write.label + ": not one of our writes",
                       Platform::Shopify);
    const CallGate::Pass pass = co_await m_gate.enter(Lane::Operator, &m_clock);
    const std::string label = write.label;
    Result<HttpReply> reply = co_await sendOnce(std::move(write));
    if (reply)
        noteCost(label, *reply);
    co_return reply;
}

} // namespace counterfoil::platform
