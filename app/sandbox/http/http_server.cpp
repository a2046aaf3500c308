#include "app/sandbox/http/http_server.h"

#include <QHostAddress>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <memory>

namespace counterfoil::sandbox {
namespace {

constexpr qsizetype kMostHeader = 64 * 1024;
constexpr qsizetype kMostBody = 64 * 1024 * 1024;

const char* reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 207:
        return "Multi-Status";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    default:
        return "Status";
    }
}

std::string decoded(const QByteArray& text)
{
    QByteArray spaced = text;
    spaced.replace('+', ' ');
    return QByteArray::fromPercentEncoding(spaced).toStdString();
}

bool readTarget(const QByteArray& target, HttpRequest& request)
{
    if (!target.startsWith('/'))
        return false;
    const qsizetype mark = target.indexOf('?');
    request.path = (mark < 0 ? target : target.left(mark)).toStdString();
    if (mark < 0)
        return true;
    for (const QByteArray& pair : target.mid(mark + 1).split('&')) {
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        request.query.emplace_back(decoded(equals < 0 ? pair : pair.left(equals)),
                                   equals < 0 ? std::string() : decoded(pair.mid(equals + 1)));
    }
    return true;
}

bool readHead(const QByteArray& head, HttpRequest& request)
{
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> first = lines.front().trimmed().split(' ');
    if (first.size() != 3)
        return false;
    request.method = first[0].toStdString();
    if (!readTarget(first[1], request))
        return false;
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        if (colon > 0)
            request.headers[lines[i].left(colon).trimmed().toLower().toStdString()] =
                lines[i].mid(colon + 1).trimmed().toStdString();
    }
    return true;
}

} // namespace

HttpServer::HttpServer(Route route, QObject* parent) : QObject(parent), m_route(std::move(route))
{
    connect(&m_server, &QTcpServer::newConnection, this, &HttpServer::accept);
}

HttpServer::~HttpServer()
{
    // The sockets are children of m_server and go down after m_connections: they must not call
    // back.
    const QList<QTcpSocket*> sockets = m_connections.keys();
    for (QTcpSocket* socket : sockets)
        socket->disconnect(this);
}

bool HttpServer::listen(quint16 port)
{
    return m_server.listen(QHostAddress(QHostAddress::LocalHost), port);
}

void HttpServer::close()
{
    m_server.close();
    const QList<QTcpSocket*> sockets = m_connections.keys();
    for (QTcpSocket* socket : sockets)
        socket->abort();
}

void HttpServer::accept()
{
    while (QTcpSocket* socket = m_server.nextPendingConnection()) {
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_connections.insert(socket, {});
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { readMore(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_connections.remove(socket);
            socket->deleteLater();
        });
    }
}

void HttpServer::readMore(QTcpSocket* socket)
{
    const auto found = m_connections.find(socket);
    if (found == m_connections.end())
        return;
    found->inbox += socket->readAll();
    while (!found->busy && takeRequest(socket, *found)) {
        if (!m_connections.contains(socket))
            return;
    }
}

bool HttpServer::takeRequest(QTcpSocket* socket, Connection& connection)
{
    const qsizetype end = connection.inbox.indexOf("\r\n\r\n");
    if (end < 0) {
        if (connection.inbox.size() > kMostHeader)
            socket->abort();
        return false;
    }
    HttpRequest request;
    if (!readHead(connection.inbox.left(end), request)) {
        socket->abort();
        return false;
    }
    bool number = true;
    const std::string announced = request.header("content-length");
    const qsizetype length =
        announced.empty() ? 0 : QByteArray::fromStdString(announced).toLongLong(&number);
    if (!number || length < 0 || length > kMostBody) {
        socket->abort();
        return false;
    }
    if (connection.inbox.size() < end + 4 + length)
        return false;
    request.body = connection.inbox.mid(end + 4, length).toStdString();
    connection.inbox.remove(0, end + 4 + length);
    connection.busy = true;
    QPointer<QTcpSocket> alive(socket);
    m_route(request, [this, alive](WireReply reply) {
        if (!alive)
            return;
        if (reply.response.delayMs > 0) {
            const int delay = reply.response.delayMs;
            QTimer::singleShot(delay, alive, [this, alive, kept = std::move(reply)] {
                if (alive)
                    send(alive, kept);
            });
            return;
        }
        send(alive, reply);
    });
    return m_connections.contains(socket) && !connection.busy;
}

void HttpServer::send(QTcpSocket* socket, const WireReply& reply)
{
    const HttpResponse& r = reply.response;
    if (r.dropAfter) {
        socket->abort();
        return;
    }
    const auto body = QByteArray::fromStdString(r.body);
    const qsizetype announced = reply.endless > 0 ? reply.endless
                                : reply.cut       ? body.size() * 2 + 64
                                                  : body.size();
    QByteArray head =
        "HTTP/1.1 " + QByteArray::number(r.status) + ' ' + reasonOf(r.status) + "\r\n";
    if (!r.contentType.empty() && r.status != 204)
        head += "Content-Type: " + QByteArray::fromStdString(r.contentType) + "\r\n";
    for (const auto& [name, value] : r.headers)
        head += QByteArray::fromStdString(name) + ": " + QByteArray::fromStdString(value) + "\r\n";
    head += "Content-Length: " + QByteArray::number(announced) + "\r\n";
    head += reply.cut ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n";
    socket->write(head);
    if (reply.endless > 0) {
        stream(socket, reply.endless);
        return;
    }
    socket->write(body);
    if (reply.cut) {
        socket->disconnectFromHost();
        return;
    }
    finish(socket);
}

void HttpServer::stream(QTcpSocket* socket, std::int64_t left)
{
    // Refilled as it drains, so that a client that gives up costs nothing more.
    auto rest = std::make_shared<std::int64_t>(left);
    const auto refill = [socket, rest] {
        while (*rest > 0 && socket->bytesToWrite() < 512 * 1024) {
            const std::int64_t chunk = std::min<std::int64_t>(*rest, 128 * 1024);
            socket->write(QByteArray(static_cast<qsizetype>(chunk), ' '));
            *rest -= chunk;
        }
        if (*rest <= 0)
            socket->disconnectFromHost();
    };
    connect(socket, &QTcpSocket::bytesWritten, socket, refill);
    refill();
}

void HttpServer::finish(QTcpSocket* socket)
{
    const auto found = m_connections.find(socket);
    if (found == m_connections.end())
        return;
    found->busy = false;
    if (!found->inbox.isEmpty())
        QTimer::singleShot(0, socket, [this, socket] { readMore(socket); });
}

} // namespace counterfoil::sandbox
