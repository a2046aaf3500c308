#pragma once

#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <functional>
#include <string>

namespace counterfoil::http {

/// A server on loopback that does to each complete request what it was told to.
class HostileServer : public QTcpServer {
public:
    using Behaviour = std::function<void(QTcpSocket&, const QByteArray& request)>;

    HostileServer()
    {
        if (!listen(QHostAddress::LocalHost, 0))
            qFatal("no port to listen on");
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* const socket = nextPendingConnection()) {
                ++connections;
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(*socket); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
    }
    [[nodiscard]] std::string url(const std::string& path = "/") const
    {
        return "http://127.0.0.1:" + std::to_string(serverPort()) + path;
    }

    Behaviour behaviour;
    int requests = 0;
    int connections = 0;
    QByteArray last;

private:
    void read(QTcpSocket& socket)
    {
        QByteArray& seen = m_seen[&socket];
        seen += socket.readAll();
        const qsizetype head = seen.indexOf("\r\n\r\n");
        if (head < 0)
            return;
        const qsizetype at = seen.toLower().indexOf("content-length: ");
        const qsizetype length =
            at < 0 ? 0 : seen.mid(at + 16, seen.indexOf("\r\n", at) - at - 16).toLongLong();
        if (seen.size() < head + 4 + length)
            return;
        last = std::exchange(seen, QByteArray());
        ++requests;
        behaviour(socket, last);
    }
    QHash<QTcpSocket*, QByteArray> m_seen;
};

/// Answers with these bytes, and closes when told to.
inline HostileServer::Behaviour says(QByteArray bytes, bool closes = false)
{
    return [bytes, closes](QTcpSocket& socket, const QByteArray&) {
        socket.write(bytes);
        if (closes)
            socket.disconnectFromHost();
    };
}

/// Writes @p piece again and again, every @p everyMs, until the other side is gone.
inline HostileServer::Behaviour drips(QByteArray first, QByteArray piece, int everyMs)
{
    return [first, piece, everyMs](QTcpSocket& socket, const QByteArray&) {
        socket.write(first);
        auto* const timer = new QTimer(&socket);
        QObject::connect(timer, &QTimer::timeout, &socket, [&socket, piece] {
            if (socket.bytesToWrite() < (1 << 20))
                socket.write(piece);
        });
        timer->start(everyMs);
    };
}

} // namespace counterfoil::http
