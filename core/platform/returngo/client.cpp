#include "core/platform/returngo/client.h"

#include "core/base/backoff.h"
#include "core/decode/returngo.h"
#include "core/request/allow_list.h"

#include <algorithm>
#include <array>

namespace counterfoil::platform {

namespace rgo = decode::returngo;

namespace {

constexpr int kRetriesMax = 3;
constexpr int kRefusedMax = 3; ///< 429 in a row: the platform's count is used up
constexpr Millis kFirstWait = std::chrono::seconds(1);
constexpr Millis kWaitCap = std::chrono::seconds(16);
constexpr Millis kRateWait = std::chrono::seconds(2);
constexpr Millis kRateWaitCap = std::chrono::seconds(60);
constexpr Millis kRetryAfterMax = std::chrono::minutes(5);

constexpr std::array<std::string_view, 8> kClassWords{
    "resolution", "operator", "focus", "sweep-b", "sweep-a", "detail", "sweep-c", "rolling"};

Lane laneOf(CallClass callClass)
{
    return callClass <= CallClass::Focus ? Lane::Operator : Lane::Polling;
}

std::string requestId(const HttpReply& reply)
{
    const std::string id = reply.header("x-amzn-requestid");
    return id.empty() ? reply.header("x-amz-apigw-id") : id;
}

} // namespace

std::string_view callClassWord(CallClass callClass)
{
    return kClassWords[static_cast<std::size_t>(callClass)];
}

CallClass callClassFromWord(std::string_view word)
{
    const auto found = std::find(kClassWords.begin(), kClassWords.end(), word);
    return found == kClassWords.end() ? CallClass::Operator
                                      : static_cast<CallClass>(found - kClassWords.begin());
}

ReturngoClient::ReturngoClient(ReturngoOptions options, Transport& transport, Clock& clock,
                               Random& random, CallBudget& budget)
    : m_options(std::move(options)), m_transport(transport), m_clock(clock), m_random(random),
      m_budget(budget)
{
}

Task<ReturngoClient::Page> ReturngoClient::read(request::PreparedRequest prepared, Decoder decoder,
                                                CallClass callClass)
{
    if (!request::isAllowedCall(Platform::ReturnGo, prepared))
        co_return fail(ErrorCode::Forbidden, prepared.label + ": not one of our calls",
                       Platform::ReturnGo);
    const CallGate::Pass pass = co_await m_gate.enter(laneOf(callClass), &m_clock);
    int retries = 0;
    for (;;) {
        if (!m_budget.mayCall(callClass))
            co_return fail(ErrorCode::QuotaSpent, "the call budget keeps what is left",
                           Platform::ReturnGo);
        Result<HttpReply> reply = co_await sendOnce(prepared, callClass);
        const bool isGood = reply && (reply->status == 200 || reply->status == 201);
        Page page = !reply   ? Page(fail(reply.error()))
                    : isGood ? decoder(reply->body, m_options.adapter)
                             : Page(fail(rgo::replyError(reply->status, reply->body)));
        if (page) {
            m_refusedInARow = 0;
            co_return page;
        }
        Error error = page.error();
        error.source = Platform::ReturnGo;
        if (reply) {
            error.httpStatus = reply->status;
            error.requestId = requestId(*reply);
        }
        Millis pause = backoff(retries, kFirstWait, 4, kWaitCap, m_random);
        if (error.httpStatus == 429) {
            ++m_refusedInARow;
            if (error.code == ErrorCode::QuotaSpent || m_refusedInARow >= kRefusedMax) {
                m_budget.refused();
                error.code = ErrorCode::QuotaSpent;
                co_return fail(std::move(error));
            }
            pause = kRateWait + backoff(m_refusedInARow, kRateWait, 2, kRateWaitCap, m_random);
            // Whether it is ever sent is not known; where it is, it is the platform's word.
            if (const std::optional<Millis> asked = retryAfter(*reply, kRetryAfterMax))
                pause = std::max(pause, *asked);
        } else {
            m_refusedInARow = 0; // in a row means nothing else between
            if (!isRetryable(error.code) && error.code != ErrorCode::Undecodable)
                co_return fail(std::move(error));
        }
        if (++retries > kRetriesMax)
            co_return fail(std::move(error));
        co_await m_clock.sleep(pause);
    }
}

Task<Result<HttpReply>> ReturngoClient::sendOnce(request::PreparedRequest prepared,
                                                 CallClass callClass)
{
    HttpRequest http;
    http.method = prepared.method;
    http.url = m_options.baseUrl + prepared.path;
    http.body = std::move(prepared.body);
    http.contentType = std::move(prepared.contentType);
    http.label = prepared.label;
    http.isWrite = prepared.isWrite;
    http.headers.emplace_back(m_options.adapter.keyHeader, m_options.apiKey.reveal());
    http.headers.emplace_back(m_options.adapter.shopHeader, m_options.shopName);
    http.headers.emplace_back("Accept", "application/json");
    // Charged before it leaves: a program that dies meanwhile has made the call all the same.
    m_budget.charge(callClass, prepared.label, 0);
    co_return co_await m_transport.send(http);
}

Task<ReturngoClient::Page> ReturngoClient::rmas(request::returngo::RmaFilter filter,
                                                std::string cursor, CallClass callClass)
{
    auto prepared = request::returngo::rmas(filter, m_options.adapter.pageSize, cursor,
                                            m_options.adapter.filterTimestamp);
    return read(std::move(prepared), &rgo::rmasPage, callClass);
}

Task<ReturngoClient::Page> ReturngoClient::rma(RmaId id, CallClass callClass)
{
    auto prepared = request::returngo::rma(id);
    return read(std::move(prepared), &rgo::rmaDetail, callClass);
}

Task<ReturngoClient::Page> ReturngoClient::transactions(request::returngo::TransactionFilter filter,
                                                        std::string cursor, CallClass callClass)
{
    auto prepared = request::returngo::transactions(filter, m_options.adapter.pageSize, cursor,
                                                    m_options.adapter.filterTimestamp);
    return read(std::move(prepared), &rgo::transactionsPage, callClass);
}

Task<Result<HttpReply>> ReturngoClient::sendWrite(request::PreparedRequest write)
{
    if (!write.isWrite || !request::isAllowedCall(Platform::ReturnGo, write))
        co_return fail(ErrorCode::Forbidden, write.label + ": not one of our writes",
                       Platform::ReturnGo);
    if (!m_budget.mayCall(CallClass::Resolution))
        co_return fail(ErrorCode::QuotaSpent, "the call budget is spent", Platform::ReturnGo);
    const CallGate::Pass pass = co_await m_gate.enter(Lane::Operator, &m_clock);
    co_return co_await sendOnce(std::move(write), CallClass::Resolution);
}

} // namespace counterfoil::platform
