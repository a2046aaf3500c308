#include "core/platform/shopify/client.h"

#include "core/base/backoff.h"
#include "core/base/check.h"
#include "core/base/text.h"
#include "core/platform/shopify/larger_pages.h"
#include "core/request/allow_list.h"
#include "core/request/shopify.h"

#include <algorithm>
#include <charconv>
#include <type_traits>
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

/// One query asked for more than one may: never the same again, but with smaller pages.
bool isTooDear(const Error& error)
{
    return error.detail.find("MAX_COST_EXCEEDED") != std::string::npos;
}

/// A page in which something is null only because it could not be read just now.
template <class T> bool hasHoles(const Result<T>& value)
{
    if constexpr (std::is_same_v<T, DocumentPage>)
        return value && std::any_of(value->errors.begin(), value->errors.end(), &shop::isHole);
    else
        return false;
}

/// The platform's own wish in whole seconds, at most five minutes; 0: none.
Millis retryAfter(const HttpReply& reply)
{
    constexpr std::int64_t kSecondsMax = 300;
    const std::string text = reply.header("Retry-After");
    std::int64_t seconds = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (problem != std::errc() || seconds <= 0)
        return Millis(0);
    const bool isMore = end != text.data() + text.size(); // "2.5"
    return std::chrono::seconds(std::min(seconds + (isMore ? 1 : 0), kSecondsMax));
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

request::PreparedRequest ShopifyClient::sized(request::PreparedRequest prepared,
                                              const PageSizes& sizes) const
{
    constexpr std::string_view kPrefix = "shopify ";
    const std::string operation =
        prepared.label.substr(std::min(kPrefix.size(), prepared.label.size()));
    const auto asked = m_options.adapter.pageSizes.find(operation);
    if (asked != m_options.adapter.pageSizes.end()) {
        const request::shopify::PageSize outer(request::shopify::pagedConnection(operation),
                                               asked->second);
        request::shopify::setPageSizes(prepared, {outer});
    }
    request::shopify::setPageSizes(prepared, sizes);
    if (!sizes.empty())
        prepared.label += " (larger)"; // a price of its own
    const auto halvings = m_halvings.find(prepared.label);
    for (int i = 0; halvings != m_halvings.end() && i < halvings->second; ++i) {
        if (!request::shopify::halvePages(prepared))
            break;
    }
    return prepared;
}

template <class T>
Task<Result<T>> ShopifyClient::read(request::PreparedRequest prepared, Decoder<T> decoder,
                                    Lane lane, PageSizes sizes)
{
    if (!request::isAllowedCall(Platform::Shopify, prepared))
        co_return fail(ErrorCode::Forbidden, prepared.label + ": not one of our calls",
                       Platform::Shopify);
    const CallGate::Pass pass = co_await m_gate.enter(lane, &m_clock);
    request::PreparedRequest asked = sized(prepared, sizes);
    int retries = 0;
    int throttles = 0;
    bool isRenewed = false;
    for (;;) {
        const Millis wait = m_cost.waitBefore(asked.label, lane, m_clock.now());
        if (wait > Millis(0))
            co_await m_clock.sleep(wait);
        Result<HttpReply> reply = co_await sendOnce(asked);
        Result<T> value = reply ? Result<T>() : Result<T>(fail(reply.error()));
        if (reply) {
            noteCost(asked.label, *reply);
            value = reply->status == 200
                        ? decoder(reply->body, m_options.adapter)
                        : Result<T>(fail(shop::replyError(reply->status, reply->body)));
        }
        if (value && (!hasHoles(value) || retries >= kRetriesMax))
            co_return value;
        Error error = value ? Error(ErrorCode::Server, "a page with holes") : value.error();
        error.source = Platform::Shopify;
        if (reply) {
            error.httpStatus = reply->status;
            error.requestId = reply->header("X-Request-Id");
        }
        if (error.httpStatus == 401 && !isRenewed && m_token.discard()) {
            isRenewed = true;
            continue;
        }
        if (isTooDear(error) && request::shopify::halvePages(asked)) {
            ++m_halvings[asked.label];
            continue;
        }
        Millis pause{0};
        if (error.code == ErrorCode::RateLimited && throttles < kThrottlesMax) {
            ++throttles;
            pause = std::max(m_cost.waitAfterThrottle(asked.label, lane, m_clock.now()),
                             error.retryAfter.value_or(Millis(0)));
            if (reply)
                pause = std::max(pause, retryAfter(*reply));
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
    Page page = co_await ordersChanged("id:" + order.value, std::string(), lane);
    if (page) // a filter that a shop does not know is passed over by it (shopify.md 4.1)
        std::erase_if(page->documents, [&order](const domain::PageDocument& row) {
            return row.externalId != order.value;
        });
    co_return page;
}

Task<ShopifyClient::Page> ShopifyClient::pagedPart(DocumentKind kind, OrderId order, Lane lane,
                                                   PageSizes sizes)
{
    std::vector<std::string> bodies;
    DocumentPage whole;
    std::string after;
    for (int pages = 0; pages < kInnerPagesMax; ++pages) {
        auto prepared = partRequest(kind, m_options.adapter.apiVersion, order, after);
        Page page =
            co_await read<DocumentPage>(std::move(prepared), partDecoder(kind), lane, sizes);
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
            if (!page->documents.empty() && !whole.documents.empty()) {
                for (auto& row : page->documents.front().unknowns)
                    whole.documents.front().unknowns.push_back(std::move(row));
            }
        }
        if (!goesOn)
            break;
    }
    // A part of which one page would not decode is not whole: it stays as it was.
    if (!whole.setAside.empty())
        whole.documents.clear();
    if (!whole.documents.empty() && bodies.size() > 1) {
        auto merged = shop::mergePages(kind, bodies);
        if (!merged)
            co_return fail(merged.error());
        whole.documents.front().body = std::move(*merged);
    }
    whole.hasNextPage = false;
    co_return whole;
}

Task<ShopifyClient::Page> ShopifyClient::orderPart(DocumentKind kind, OrderId order, Lane lane)
{
    PageSizes sizes;
    Page page = co_await pagedPart(kind, order, lane, sizes);
    if (!page || page->documents.empty())
        co_return page;
    sizes = largerPages(kind, page->documents.front().body);
    if (sizes.empty())
        co_return page;
    Page larger = co_await pagedPart(kind, order, lane, sizes);
    // Without the larger one the part stays cut, and says so.
    if (!larger && larger.error().code == ErrorCode::Invalid)
        co_return page;
    co_return larger;
}

Task<ShopifyClient::Page> ShopifyClient::account(CustomerId customer, Lane lane)
{
    auto prepared = request::shopify::accountMetafield(m_options.adapter.apiVersion, customer,
                                                       !m_isCompanyDenied);
    Page page = co_await read<DocumentPage>(std::move(prepared), &shop::accountMetafield, lane);
    const bool isDenied = !page && page.error().code == ErrorCode::Unauthorised &&
                          page.error().detail.find("companyContactProfiles") != std::string::npos;
    if (!isDenied || m_isCompanyDenied)
        co_return page;
    // A shop without companies is no shop without balances (shopify.md 4.3).
    m_isCompanyDenied = true;
    auto alone = request::shopify::accountMetafield(m_options.adapter.apiVersion, customer, false);
    page = co_await read<DocumentPage>(std::move(alone), &shop::accountMetafield, lane);
    co_return page;
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

Task<void> ShopifyClient::bulkCancel(std::string operation)
{
    const CallGate::Pass pass = co_await m_gate.enter(Lane::Polling, &m_clock);
    auto prepared = request::shopify::bulkCancel(m_options.adapter.apiVersion, operation);
    const Result<HttpReply> reply = co_await sendOnce(std::move(prepared));
    static_cast<void>(reply);
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
    Result<HttpReply> reply = co_await sendOnce(write);
    if (reply && reply->status == 401 && m_token.discard())
        reply = co_await sendOnce(write);
    if (reply)
        noteCost(label, *reply);
    co_return reply;
}

} // namespace counterfoil::platform
