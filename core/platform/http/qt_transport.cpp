#include "core/platform/http/qt_transport.h"

#include <algorithm>

namespace counterfoil::http {

namespace {

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// What would let one header become two.
bool isCleanHeader(const HttpHeader& row)
{
    const auto isBad = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    return !row.name.empty() && std::none_of(row.name.begin(), row.name.end(), isBad) &&
           std::none_of(row.value.begin(), row.value.end(), isBad);
}

} // namespace

QtTransport::QtTransport(TransportOptions options) : m_options(std::move(options)) {}

QtTransport::~QtTransport() = default;

Task<Result<HttpReply>> QtTransport::send(HttpRequest request)
{
    auto url = parseUrl(request.url);
    if (!url)
        co_return fail(url.error());
    if (!std::all_of(request.headers.begin(), request.headers.end(), isCleanHeader))
        co_return fail(ErrorCode::Invalid, "a header holds a line break");
    request.headers.emplace_back("User-Agent", m_options.userAgent);
    Url at = std::move(*url);
    for (int redirects = 0;; ++redirects) {
        Result<HttpReply> reply = co_await sendOnce(at, request);
        if (!reply || request.isWrite || request.method != "GET" || !isRedirect(reply->status))
            co_return reply;
        auto next = resolved(at, reply->header("Location"));
        if (!next)
            co_return fail(next.error());
        if (next->host != at.host || (at.isTls && !next->isTls))
            co_return fail(ErrorCode::Config, "redirect to another host refused");
        if (redirects >= m_options.redirectsMax)
            co_return fail(ErrorCode::Network, "redirects without an end");
        at = std::move(*next);
    }
}

Task<Result<HttpReply>> QtTransport::sendOnce(Url url, HttpRequest request)
{
    const std::string origin = url.origin();
    for (;;) {
        std::unique_ptr<QSslSocket> socket = request.isWrite ? nullptr : takeIdle(origin);
        const bool isReused = socket != nullptr;
        const auto exchange =
            std::make_unique<Exchange>(url, request, m_options.timeouts, std::move(socket));
        Leaf<bool> finished;
        // Posted: the coroutine must not go on inside a signal of the socket it will destroy.
        exchange->start(m_options.extraCaPem, [this, done = finished.resolver()] {
            QMetaObject::invokeMethod(
                &m_context, [done] { done(true); }, Qt::QueuedConnection);
        });
        co_await finished;
        Result<HttpReply> reply = exchange->take();
        if (!reply && isReused && !exchange->hasAnswerBegun() &&
            reply.error().code == ErrorCode::Network)
            continue;
        if (auto open = exchange->releaseSocket())
            keepIdle(origin, std::move(open));
        co_return reply;
    }
}

std::unique_ptr<QSslSocket> QtTransport::takeIdle(const std::string& origin)
{
    std::erase_if(m_idle, [this](const Idle& row) {
        return row.since.hasExpired(m_options.keepOpen.count()) ||
               row.socket->state() != QAbstractSocket::ConnectedState ||
               row.socket->bytesAvailable() > 0;
    });
    const auto found = std::find_if(m_idle.begin(), m_idle.end(),
                                    [&](const Idle& row) { return row.origin == origin; });
    if (found == m_idle.end())
        return nullptr;
    std::unique_ptr<QSslSocket> socket = std::move(found->socket);
    m_idle.erase(found);
    return socket;
}

void QtTransport::keepIdle(const std::string& origin, std::unique_ptr<QSslSocket> socket)
{
    if (m_idle.size() >= m_options.idleConnectionsMax)
        m_idle.erase(m_idle.begin());
    Idle row{origin, std::move(socket), {}};
    row.since.start();
    m_idle.push_back(std::move(row));
}

} // namespace counterfoil::http
