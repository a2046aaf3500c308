#include "core/platform/sparklayer/client.h"

#include "core/base/backoff.h"
#include "core/base/text.h"
#include "core/request/allow_list.h"

#include <algorithm>

namespace counterfoil::platform {

namespace spark = decode::sparklayer;

namespace {

constexpr int kRetriesMax = 3;
constexpr int kRateWaitsMax = 6;
constexpr int kSlowdownMax = 8;
constexpr Millis kFirstWait = std::chrono::seconds(1);
constexpr Millis kWaitCap = std::chrono::seconds(8);
constexpr Millis kRetryAfterMax = std::chrono::minutes(2);

bool isGood(int status)
{
    return status >= 200 && status < 300;
}

struct Flag {
    explicit Flag(bool& flag) : m_flag(flag) { m_flag = true; }
    ~Flag() { m_flag = false; }
    Flag(const Flag&) = delete;
    Flag& operator=(const Flag&) = delete;
    bool& m_flag;
};

} // namespace

SparklayerClient::SparklayerClient(SparklayerOptions options, Transport& transport, Clock& clock,
                                   Random& random)
    : m_options(std::move(options)), m_transport(transport), m_clock(clock), m_random(random)
{
}

Task<void> SparklayerClient::takeTurn()
{
    const std::int64_t rate = std::max<std::int64_t>(1, m_options.adapter.ratePerSecond);
    const Millis spacing = Millis(1000 / rate) * m_slowdown;
    const Instant now = m_clock.now();
    const Instant turn = std::max(now, m_nextTurn);
    m_nextTurn = turn + spacing;
    if (turn > now)
        co_await m_clock.sleep(turn - now);
}

Task<Result<std::string>> SparklayerClient::read(request::PreparedRequest prepared, Lane lane)
{
    if (!request::isAllowedCall(Platform::SparkLayer, prepared))
        co_return fail(ErrorCode::Forbidden, prepared.label + ": not one of our calls",
                       Platform::SparkLayer);
    const CallGate::Pass pass = co_await m_gate.enter(lane, &m_clock);
    int retries = 0;
    int rateWaits = 0;
    bool isRenewed = false;
    for (;;) {
        co_await takeTurn();
        Result<HttpReply> reply = co_await sendOnce(prepared);
        if (reply && isGood(reply->status)) {
            m_slowdown = 1;
            co_return std::move(reply->body);
        }
        Error error = reply ? spark::replyError(reply->status, reply->body) : reply.error();
        error.source = Platform::SparkLayer;
        if (reply) {
            error.httpStatus = reply->status;
            error.requestId = reply->header("X-Request-Id");
        }
        Millis pause{0};
        if (error.httpStatus == 401 && !isRenewed) {
            isRenewed = true;
            m_token = Secret();
            continue;
        }
        if (error.code == ErrorCode::RateLimited && rateWaits < kRateWaitsMax) {
            m_slowdown = std::min(m_slowdown * 2, kSlowdownMax);
            const Millis guess = backoff(rateWaits, kFirstWait, 2, kWaitCap, m_random);
            pause = reply ? retryAfter(*reply, kRetryAfterMax).value_or(guess) : guess;
            ++rateWaits;
        } else if (error.code != ErrorCode::RateLimited && isRetryable(error.code) &&
                   retries < kRetriesMax) {
            pause = backoff(retries, kFirstWait, 2, kWaitCap, m_random);
            ++retries;
        } else {
            co_return fail(std::move(error));
        }
        co_await m_clock.sleep(pause);
    }
}

Task<Result<HttpReply>> SparklayerClient::sendOnce(request::PreparedRequest prepared)
{
    Result<Secret> bearer = co_await token();
    if (!bearer)
        co_return fail(bearer.error());
    HttpRequest http;
    http.method = prepared.method;
    http.url = m_options.baseUrl + prepared.path;
    http.body = std::move(prepared.body);
    http.contentType = std::move(prepared.contentType);
    http.label = std::move(prepared.label);
    http.isWrite = prepared.isWrite;
    http.headers.emplace_back("Authorization", "Bearer " + bearer->reveal());
    http.headers.emplace_back("Site-Id", m_options.siteId);
    http.headers.emplace_back("Accept", "application/json");
    co_return co_await m_transport.send(http);
}

Task<Result<Secret>> SparklayerClient::token()
{
    while (m_isRenewing)
        co_await m_clock.sleep(Millis(20));
    if (m_token.empty() || m_clock.now() >= m_renewAt) {
        Result<void> renewed = co_await renew();
        if (!renewed)
            co_return fail(renewed.error());
    }
    co_return m_token;
}

Task<Result<void>> SparklayerClient::renew()
{
    const Flag renewing(m_isRenewing);
    const auto prepared =
        request::sparklayer::token(m_options.clientId, m_options.clientSecret.reveal());
    HttpRequest http;
    http.method = prepared.method;
    http.url = m_options.baseUrl + prepared.path;
    http.body = prepared.body;
    http.contentType = prepared.contentType;
    http.label = prepared.label;
    http.headers.emplace_back("Site-Id", m_options.siteId);
    Result<HttpReply> reply = co_await m_transport.send(http);
    if (!reply)
        co_return fail(reply.error());
    if (!isGood(reply->status)) {
        Error error = spark::replyError(reply->status, reply->body);
        if (reply->status >= 400 && reply->status < 500 && reply->status != 429)
            error.code = ErrorCode::Unauthorised;
        co_return fail(std::move(error));
    }
    auto fresh = spark::token(reply->body);
    if (!fresh)
        co_return fail(fresh.error());
    m_token = fresh->accessToken;
    m_renewAt = m_clock.now() + fresh->lifetime * 9 / 10;
    co_return Result<void>();
}

Task<Result<SparklayerClient::PurchaseList>>
SparklayerClient::purchases(std::optional<Instant> since, std::int64_t offset, Lane lane)
{
    auto prepared = request::sparklayer::purchases(since, m_options.adapter.pageLimit, offset);
    Result<std::string> body = co_await read(std::move(prepared), lane);
    if (!body)
        co_return fail(body.error());
    co_return spark::purchaseList(*body, m_options.adapter);
}

Task<SparklayerClient::Page> SparklayerClient::purchase(PurchaseKey key, Lane lane)
{
    auto prepared = request::sparklayer::purchase(key.lookupBy, key.identifier);
    Result<std::string> body = co_await read(std::move(prepared), lane);
    if (!body)
        co_return fail(body.error());
    co_return spark::purchaseDetail(*body, m_options.adapter);
}

Task<SparklayerClient::Page> SparklayerClient::transactions(PurchaseKey key, OrderId order,
                                                            Lane lane)
{
    auto prepared = request::sparklayer::purchaseTransactions(key.lookupBy, key.identifier);
    Result<std::string> body = co_await read(std::move(prepared), lane);
    // Asked about a purchase that was just read: "not found" then means that it has none.
    if (!body && body.error().code == ErrorCode::NotFound)
        body = std::string("[]");
    if (!body)
        co_return fail(body.error());
    co_return spark::transactions(*body, order.value, order, m_options.adapter);
}

Task<SparklayerClient::Page> SparklayerClient::stock(std::vector<std::string> skus, Lane lane)
{
    auto prepared = request::sparklayer::batchStock(skus);
    Result<std::string> body = co_await read(std::move(prepared), lane);
    if (!body)
        co_return fail(body.error());
    co_return spark::stockRows(*body, m_options.adapter);
}

Task<Result<std::string>>
SparklayerClient::customerPricing(CustomerId customer,
                                  std::vector<request::sparklayer::PricedLine> lines, Lane lane)
{
    auto prepared = request::sparklayer::customerPricing(customer.value, lines);
    return read(std::move(prepared), lane);
}

} // namespace counterfoil::platform
