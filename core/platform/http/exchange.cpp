#include "core/platform/http/exchange.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QSslConfiguration>

#include <array>
#include <limits>

namespace counterfoil::http {

namespace {

constexpr qint64 kReadBufferBytes = 256 << 10; ///< what may wait in the socket: back-pressure

int timerMillis(Millis duration)
{
    return static_cast<int>(
        std::clamp<Millis::rep>(duration.count(), 0, std::numeric_limits<int>::max()));
}

ReplyLimits limitsOf(const HttpRequest& request)
{
    ReplyLimits limits;
    limits.wireBytesMax = request.wireBytesMax;
    limits.inflatedBytesMax = request.inflatedBytesMax;
    return limits;
}

std::string requestHead(const Url& url, const HttpRequest& request)
{
    std::string head = request.method + " " + url.target +
                       " HTTP/1.1\r\nHost: " + url.hostHeader() +
                       "\r\nConnection: keep-alive\r\nAccept-Encoding: gzip\r\n";
    for (const HttpHeader& row : request.headers)
        head += row.name + ": " + row.value + "\r\n";
    if (!request.contentType.empty())
        head += "Content-Type: " + request.contentType + "\r\n";
    if (!request.body.empty() || request.method != "GET")
        head += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    return head + "\r\n";
}

} // namespace

Exchange::Exchange(Url url, HttpRequest request, Timeouts timeouts,
                   std::unique_ptr<QSslSocket> socket)
    : m_url(std::move(url)), m_request(std::move(request)), m_timeouts(timeouts),
      m_socket(std::move(socket)), m_parser(limitsOf(m_request))
{
    m_phaseTimer.setSingleShot(true);
    m_totalTimer.setSingleShot(true);
}

Exchange::~Exchange()
{
    if (m_socket) {
        QObject::disconnect(m_socket.get(), nullptr, nullptr, nullptr);
        m_socket->abort();
    }
}

void Exchange::start(const QByteArray& extraCaPem, std::function<void()> finished)
{
    m_finished = std::move(finished);
    m_startedAt = std::chrono::floor<Millis>(std::chrono::system_clock::now());
    connect(&m_phaseTimer, &QTimer::timeout, this, [this] { phaseEnded(); });
    connect(&m_totalTimer, &QTimer::timeout, this,
            [this] { end(Error(ErrorCode::Timeout, "the whole answer did not arrive in time")); });
    m_totalTimer.start(timerMillis(m_request.totalTimeout));
    if (m_socket) {
        connectSignals();
        sendRequest();
        return;
    }
    m_socket = std::make_unique<QSslSocket>();
    connectSignals();
    openConnection(extraCaPem);
}

void Exchange::connectSignals()
{
    m_socket->setReadBufferSize(kReadBufferBytes);
    connect(m_socket.get(), &QIODevice::readyRead, this, [this] { readSome(); });
    connect(m_socket.get(), &QAbstractSocket::errorOccurred, this, [this] { socketFailed(); });
    connect(m_socket.get(), &QAbstractSocket::disconnected, this, [this] { connectionClosed(); });
}

void Exchange::openConnection(const QByteArray& extraCaPem)
{
    m_phaseTimer.start(timerMillis(m_timeouts.connect));
    if (isLoopback(m_url.host))
        m_socket->setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    const QString host = QString::fromStdString(m_url.host);
    if (!m_url.isTls) {
        connect(m_socket.get(), &QAbstractSocket::connected, this, [this] { sendRequest(); });
        m_socket->connectToHost(host, m_url.port);
        return;
    }
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!extraCaPem.isEmpty())
        tls.addCaCertificates(QSslCertificate::fromData(extraCaPem, QSsl::Pem));
    m_socket->setSslConfiguration(tls);
    connect(m_socket.get(), &QSslSocket::encrypted, this, [this] { sendRequest(); });
    m_socket->connectToHostEncrypted(host, m_url.port);
}

void Exchange::sendRequest()
{
    if (m_isSent || m_isEnded)
        return;
    m_isSent = true;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->write(QByteArray::fromStdString(requestHead(m_url, m_request)));
    if (!m_request.body.empty())
        m_socket->write(m_request.body.data(), static_cast<qint64>(m_request.body.size()));
    m_phaseTimer.start(timerMillis(m_timeouts.firstByte));
}

void Exchange::readSome()
{
    std::array<char, 65536> buffer;
    while (!m_isEnded && m_socket->bytesAvailable() > 0) {
        const qint64 got = m_socket->read(buffer.data(), static_cast<qint64>(buffer.size()));
        if (got <= 0)
            return;
        if (auto fed = m_parser.feed({buffer.data(), static_cast<std::size_t>(got)}); !fed)
            return end(fed.error());
        if (m_parser.isDone())
            return end(std::nullopt);
        // A head that drips in does not renew its time; every piece of the body does.
        if (m_parser.hasHead())
            m_phaseTimer.start(timerMillis(m_timeouts.idle));
    }
}

void Exchange::phaseEnded()
{
    if (!m_isSent)
        end(Error(ErrorCode::Timeout, "no connection in time"));
    else if (!m_parser.hasHead())
        end(Error(ErrorCode::Timeout, "no answer in time"));
    else
        end(Error(ErrorCode::Timeout, "the answer stopped half-way"));
}

void Exchange::socketFailed()
{
    if (m_isEnded || m_socket->error() == QAbstractSocket::RemoteHostClosedError)
        return; // `disconnected` follows, after the last bytes were read
    const QAbstractSocket::SocketError problem = m_socket->error();
    std::string what = m_isSent ? "the connection broke" : "no connection";
    if (problem == QAbstractSocket::HostNotFoundError)
        what = "the host name is not known";
    else if (problem == QAbstractSocket::SslHandshakeFailedError)
        what = "the certificate or the encryption was not accepted";
    end(Error(ErrorCode::Network, what + " (" + m_socket->errorString().toStdString() + ")"));
}

void Exchange::connectionClosed()
{
    readSome();
    if (m_isEnded)
        return;
    if (!m_isSent)
        return end(Error(ErrorCode::Network, "the connection was closed before it stood"));
    if (auto whole = m_parser.finish(); !whole)
        return end(whole.error());
    end(std::nullopt);
}

void Exchange::end(std::optional<Error> error)
{
    if (m_isEnded)
        return;
    m_isEnded = true;
    m_error = std::move(error);
    m_phaseTimer.stop();
    m_totalTimer.stop();
    QObject::disconnect(m_socket.get(), nullptr, this, nullptr);
    m_finished();
}

Result<HttpReply> Exchange::take()
{
    if (m_error)
        return fail(std::move(*m_error));
    HttpReply reply = m_parser.take();
    reply.elapsed = std::chrono::floor<Millis>(std::chrono::system_clock::now()) - m_startedAt;
    return reply;
}

std::unique_ptr<QSslSocket> Exchange::releaseSocket()
{
    const bool isGood = m_isEnded && !m_error && m_parser.isReusable() &&
                        m_socket->state() == QAbstractSocket::ConnectedState &&
                        m_socket->bytesAvailable() == 0;
    return isGood ? std::move(m_socket) : nullptr;
}

} // namespace counterfoil::http
