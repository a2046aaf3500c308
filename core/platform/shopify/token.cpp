#include "core/platform/shopify/token.h"

#include "core/decode/shopify.h"
#include "core/request/shopify.h"

namespace counterfoil::platform {

namespace {

/// Frees the flag also when the task is dropped.
struct Flag {
    explicit Flag(bool& flag) : m_flag(flag) { m_flag = true; }
    ~Flag() { m_flag = false; }
    Flag(const Flag&) = delete;
    Flag& operator=(const Flag&) = delete;
    bool& m_flag;
};

} // namespace

ShopifyToken::ShopifyToken(ShopifyCredentials credentials, std::string baseUrl,
                           Transport& transport, Clock& clock)
    : m_credentials(std::move(credentials)), m_baseUrl(std::move(baseUrl)), m_transport(transport),
      m_clock(clock), m_token(m_credentials.token)
{
}

Task<Result<Secret>> ShopifyToken::get()
{
    if (m_credentials.clientId.empty())
        co_return m_token;
    while (m_isRenewing)
        co_await m_clock.sleep(Millis(20));
    if (m_token.empty() || m_clock.now() >= m_renewAt) {
        Result<void> renewed = co_await renew();
        if (!renewed)
            co_return fail(renewed.error());
    }
    co_return m_token;
}

bool ShopifyToken::discard()
{
    if (m_credentials.clientId.empty())
        return false;
    m_token = Secret();
    return true;
}

Task<Result<void>> ShopifyToken::renew()
{
    const Flag renewing(m_isRenewing);
    const auto prepared =
        request::shopify::token(m_credentials.clientId, m_credentials.clientSecret.reveal());
    HttpRequest http;
    http.method = prepared.method;
    http.url = m_baseUrl + prepared.path;
    http.body = prepared.body;
    http.contentType = prepared.contentType;
    http.label = prepared.label;
    Result<HttpReply> reply = co_await m_transport.send(http);
    if (!reply)
        co_return fail(reply.error());
    if (reply->status != 200) {
        Error error = decode::shopify::replyError(reply->status, reply->body);
        // A refused key is a refused key, whatever the status says.
        if (reply->status >= 400 && reply->status < 500 && reply->status != 429)
            error.code = ErrorCode::Unauthorised;
        co_return fail(std::move(error));
    }
    auto token = decode::shopify::token(reply->body);
    if (!token)
        co_return fail(token.error());
    m_token = token->accessToken;
    m_renewAt = m_clock.now() + token->lifetime * 9 / 10;
    co_return Result<void>();
}

} // namespace counterfoil::platform
