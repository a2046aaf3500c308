#include "tests/transport/fast_loop.h"

#include <QFile>
#include <QProcess>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace counterfoil::http {
namespace {

/// A TLS server with a certificate of its own making, for @p name.
class TlsServer : public QTcpServer {
public:
    explicit TlsServer(const QString& alternative)
    {
        const QString key = m_folder.filePath(QStringLiteral("key.pem"));
        const QString certificate = m_folder.filePath(QStringLiteral("cert.pem"));
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"),
                      {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                       QStringLiteral("rsa:2048"), QStringLiteral("-nodes"),
                       QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
                       QStringLiteral("/CN=test"), QStringLiteral("-addext"),
                       QStringLiteral("subjectAltName=") + alternative, QStringLiteral("-keyout"),
                       key, QStringLiteral("-out"), certificate});
        if (!openssl.waitForFinished(20000) || openssl.exitCode() != 0)
            qFatal("openssl could not make a certificate");
        pem = content(certificate);
        m_key = QSslKey(content(key), QSsl::Rsa);
        if (!listen(QHostAddress::LocalHost, 0))
            qFatal("no port to listen on");
    }
    [[nodiscard]] std::string url() const
    {
        return "https://127.0.0.1:" + std::to_string(serverPort()) + "/";
    }
    QByteArray pem;
    int requests = 0;

protected:
    void incomingConnection(qintptr handle) override
    {
        auto* const socket = new QSslSocket(this);
        socket->setSocketDescriptor(handle);
        socket->setLocalCertificate(QSslCertificate(pem));
        socket->setPrivateKey(m_key);
        connect(socket, &QSslSocket::readyRead, this, [this, socket] {
            ++requests;
            socket->readAll();
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        socket->startServerEncryption();
    }

private:
    static QByteArray content(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QTemporaryDir m_folder;
    QSslKey m_key;
};

Result<HttpReply> ask(const TlsServer& server, const QByteArray& trusted)
{
    TransportOptions options;
    options.extraCaPem = trusted;
    QtTransport transport(options);
    HttpRequest request;
    request.url = server.url();
    return fetch(transport, request);
}

TEST(Tls, AnUntrustedCertificateGetsNoRequest)
{
    const TlsServer server(QStringLiteral("IP:127.0.0.1"));
    const auto reply = ask(server, QByteArray());
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::Network);
    EXPECT_NE(reply.error().detail.find("certificate"), std::string::npos) << reply.error().detail;
    EXPECT_EQ(server.requests, 0);
}

TEST(Tls, ATrustedOneDoes)
{
    const TlsServer server(QStringLiteral("IP:127.0.0.1"));
    const auto reply = ask(server, server.pem);
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_EQ(reply->body, "ok");
}

TEST(Tls, ACertificateForAnotherNameIsRefused)
{
    const TlsServer server(QStringLiteral("DNS:other.example"));
    const auto reply = ask(server, server.pem);
    ASSERT_FALSE(reply);
    EXPECT_EQ(server.requests, 0);
}

} // namespace
} // namespace counterfoil::http
