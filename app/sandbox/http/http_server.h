#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

#include "app/sandbox/http/handler.h"

#include <cstdint>
#include <functional>

namespace counterfoil::sandbox {

/// What the server may do with an answer beyond sending it.
struct WireReply {
    HttpResponse response;
    bool cut = false;         ///< announce more bytes than are sent, then close
    std::int64_t endless = 0; ///< send this many blanks instead of the body
};

/// A small HTTP/1.1 server on loopback: keep-alive, Content-Length bodies, one request at a time a
/// connection. Own instead of QtHttpServer, which cannot drop, cut or delay an answer in Qt 6.4.
class HttpServer : public QObject {
    Q_OBJECT

public:
    using Answer = std::function<void(WireReply)>;
    using Route = std::function<void(const HttpRequest&, Answer)>;

    explicit HttpServer(Route route, QObject* parent = nullptr);
    ~HttpServer() override;
    /// Listens on 127.0.0.1; port 0 takes any. False when the port is taken.
    bool listen(quint16 port);
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    void close();

private:
    struct Connection {
        QByteArray inbox;
        bool busy = false;
    };

    void accept();
    void readMore(QTcpSocket* socket);
    bool takeRequest(QTcpSocket* socket, Connection& connection);
    void send(QTcpSocket* socket, const WireReply& reply);
    void finish(QTcpSocket* socket);
    static void stream(QTcpSocket* socket, std::int64_t left);

    Route m_route;
    QTcpServer m_server;
    QHash<QTcpSocket*, Connection> m_connections;
};

} // namespace counterfoil::sandbox
