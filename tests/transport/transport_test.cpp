#include "core/platform/http/key_store.h"
#include "core/platform/http/log_line.h"
#include "core/platform/http/qt_clock.h"
#include "core/platform/http/url.h"
#include "tests/transport/fast_loop.h"
#include "tests/transport/hostile_server.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace counterfoil::http {
namespace {

HttpRequest get(const std::string& url)
{
    HttpRequest request;
    request.url = url;
    request.label = "test";
    return request;
}

TEST(Url, PlainHttpGoesToThisMachineOnly)
{
    for (const char* good :
         {"http://127.0.0.1:80/x", "http://127.9.9.9/", "http://localhost:1/", "http://[::1]:8/a",
          "https://shop.example", "https://shop.example:8443/a?b=c%20d"})
        EXPECT_TRUE(parseUrl(good)) << good;
    for (const char* bad :
         {"http://shop.example/", "http://127.0.0.1.evil.example/", "http://1270.0.0.1/",
          "ftp://shop.example/", "https://user:pw@shop.example/", "https:///x", "https://a b/",
          "https://shop.example:0/", "https://shop.example:99999/", "https://shop.example:x/",
          "shop.example", "https://[::1/", "https://[::1]x/", "https://shop.example/\r\nX: y"}) {
        const auto url = parseUrl(bad);
        ASSERT_FALSE(url) << bad;
        EXPECT_EQ(url.error().code, ErrorCode::Config) << bad;
    }
    EXPECT_EQ(parseUrl("https://shop.example/a%2Fb?q=%5B#part")->target, "/a%2Fb?q=%5B")
        << "nothing is rewritten";
}

TEST(Transport, SendsWhatItWasGivenAndNothingElse)
{
    HostileServer server;
    server.behaviour = says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Request-Id: r-1\r\n\r\nok");
    QtTransport transport(hasty());
    HttpRequest request = get(server.url("/a%2Fb?c=%5Bd%5D"));
    request.method = "POST";
    request.body = R"({"a":1})";
    request.contentType = "application/json";
    request.headers.emplace_back("x-api-key", "made-up");
    const auto reply = fetch(transport, request);
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_EQ(reply->header("x-request-id"), "r-1");
    const QByteArray& seen = server.last;
    EXPECT_TRUE(seen.startsWith("POST /a%2Fb?c=%5Bd%5D HTTP/1.1\r\nHost: 127.0.0.1:"))
        << seen.data();
    EXPECT_TRUE(seen.contains("\r\nContent-Type: application/json\r\n"));
    EXPECT_TRUE(seen.contains("\r\nContent-Length: 7\r\n"));
    EXPECT_TRUE(seen.contains("\r\nx-api-key: made-up\r\n"));
    EXPECT_TRUE(seen.endsWith("\r\n\r\n{\"a\":1}"));
}

TEST(Transport, AHeaderCannotBecomeTwo)
{
    QtTransport transport(hasty());
    HttpRequest request = get("http://127.0.0.1:1/");
    request.headers.emplace_back("X", "a\r\nY: b");
    const auto reply = fetch(transport, request);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::Invalid);
}

TEST(Transport, AWriteLeavesOnceWhenTheServerClosesBeforeItAnswers)
{
    HostileServer server;
    server.behaviour = says("", true);
    QtTransport transport(hasty());
    HttpRequest request = get(server.url());
    request.method = "POST";
    request.body = "x";
    request.isWrite = true;
    const auto reply = fetch(transport, request);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::Network);
    EXPECT_TRUE(isOutcomeUnknown(reply.error().code));
    EXPECT_EQ(server.requests, 1);
}

TEST(Transport, ReadsShareAConnectionWritesTakeANewOne)
{
    HostileServer server;
    server.behaviour = says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    QtTransport transport(hasty());
    EXPECT_TRUE(fetch(transport, get(server.url())));
    EXPECT_TRUE(fetch(transport, get(server.url())));
    EXPECT_EQ(server.connections, 1);
    HttpRequest write = get(server.url());
    write.method = "POST";
    write.isWrite = true;
    EXPECT_TRUE(fetch(transport, write));
    EXPECT_EQ(server.connections, 2);
}

TEST(Transport, AReadOnAConnectionThatWasClosedMeanwhileIsSentOnANewOne)
{
    HostileServer server;
    server.behaviour = [&](QTcpSocket& socket, const QByteArray&) {
        if (server.requests == 2)
            return socket.abort(); // kept open after the first, closed under the second
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    };
    QtTransport transport(hasty());
    EXPECT_TRUE(fetch(transport, get(server.url())));
    EXPECT_TRUE(fetch(transport, get(server.url())));
    EXPECT_EQ(server.requests, 3);
    EXPECT_EQ(server.connections, 2);
}

TEST(Transport, RedirectsOfReadsAreFollowedOnTheSameHostOnly)
{
    HostileServer server;
    server.behaviour = [&](QTcpSocket& socket, const QByteArray& request) {
        socket.write(request.startsWith("GET /end ")
                         ? "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nend"
                         : "HTTP/1.1 302 Go\r\nLocation: /end\r\nContent-Length: 0\r\n\r\n");
    };
    QtTransport transport(hasty());
    EXPECT_EQ(fetch(transport, get(server.url()))->body, "end");

    server.behaviour = says("HTTP/1.1 302 Go\r\nLocation: https://evil.example/\r\n"
                            "Content-Length: 0\r\n\r\n");
    const auto away = fetch(transport, get(server.url()));
    ASSERT_FALSE(away);
    EXPECT_EQ(away.error().code, ErrorCode::Config);

    server.requests = 0;
    server.behaviour = says("HTTP/1.1 307 Go\r\nLocation: /\r\nContent-Length: 0\r\n\r\n");
    const auto loop = fetch(transport, get(server.url()));
    ASSERT_FALSE(loop);
    EXPECT_EQ(loop.error().code, ErrorCode::Network);
    EXPECT_EQ(server.requests, 6);
}

TEST(Transport, AWriteNeverFollowsARedirect)
{
    HostileServer server;
    server.behaviour = says("HTTP/1.1 307 Go\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n");
    QtTransport transport(hasty());
    HttpRequest request = get(server.url());
    request.method = "POST";
    request.isWrite = true;
    const auto reply = fetch(transport, request);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 307);
    EXPECT_EQ(server.requests, 1);
}

TEST(Transport, NobodyListensIsANetworkError)
{
    std::string url;
    {
        HostileServer server;
        url = server.url();
    }
    QtTransport transport(hasty());
    const auto reply = fetch(transport, get(url));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::Network);
}

TEST(Transport, DroppingTheTaskAbortsTheRequest)
{
    HostileServer server;
    bool isGone = false;
    server.behaviour = [&](QTcpSocket& socket, const QByteArray&) {
        QObject::connect(&socket, &QTcpSocket::disconnected, &server, [&] { isGone = true; });
    };
    QtTransport transport(TransportOptions{});
    {
        auto task = transport.send(get(server.url()));
        task.start();
        ASSERT_TRUE(spinUntil([&] { return server.requests == 1; }));
        EXPECT_FALSE(task.done());
    }
    EXPECT_TRUE(spinUntil([&] { return isGone; }));
}

TEST(Transport, ATransportMayDieAfterItsTasks)
{
    HostileServer server;
    server.behaviour = says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    for (int i = 0; i < 20; ++i) {
        auto transport = std::make_unique<QtTransport>(hasty());
        auto task = transport->send(get(server.url()));
        task.start();
        const int seen = server.requests;
        if (i % 2 == 0) {
            ASSERT_TRUE(spinUntil([&] { return server.requests > seen; }));
        }
        task = Task<Result<HttpReply>>();
        transport.reset();
        QCoreApplication::processEvents();
    }
}

TEST(LogLine, HoldsNoSecretAndNoName)
{
    HttpRequest request = get("https://shop.example/rmas?customer=Jane%20Roe");
    request.headers.emplace_back("x-api-key", "made-up-key");
    request.body = "Jane Roe";
    HttpReply reply;
    reply.status = 200;
    reply.headers.emplace_back("X-Request-Id", "abc-1");
    const std::string line = logLine(request, reply);
    EXPECT_NE(line.find("shop.example:443/rmas"), std::string::npos) << line;
    EXPECT_NE(line.find("abc-1"), std::string::npos) << line;
    for (const char* secret : {"made-up-key", "Jane", "customer"})
        EXPECT_EQ(line.find(secret), std::string::npos) << line;
    reply.headers[0].value = "a\nforged: line";
    EXPECT_EQ(requestIdOf(reply), "") << "an id that is none is not logged";
}

TEST(QtClock, SleepsAsLongAsAskedAndMayBeDropped)
{
    QtClock clock;
    const Instant began = clock.now();
    auto sleeping = clock.sleep(Millis(30));
    sleeping.start();
    EXPECT_TRUE(spinUntil([&] { return sleeping.done(); }));
    EXPECT_GE(clock.now() - began, Millis(29));
    auto dropped = clock.sleep(Millis(1));
    dropped.start();
    dropped = Task<void>();
    auto after = clock.sleep(Millis(5));
    after.start();
    EXPECT_TRUE(spinUntil([&] { return after.done(); }));
}

/// A key store that knows one entry.
class OneEntry : public KeyStore {
public:
    Result<Secret> read(const std::string& name) override
    {
        if (name == "uk/sparklayer")
            return Secret("from-the-store");
        return fail(ErrorCode::NotFound, "the key store has no entry \"" + name + "\"");
    }
    Result<void> write(const std::string&, const Secret&) override { return {}; }
};

TEST(Secrets, ComeFromVariableFileOrKeyStore)
{
    OneEntry store;
    qputenv("CF_TEST_SECRET", "  from-the-variable\n");
    EXPECT_EQ(resolveSecret({SecretRef::Kind::Environment, "CF_TEST_SECRET"}, store)->reveal(),
              "from-the-variable");
    EXPECT_EQ(resolveSecret({SecretRef::Kind::Keychain, "uk/sparklayer"}, store)->reveal(),
              "from-the-store");
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("key")).toStdString();
    {
        QFile file(QString::fromStdString(path));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("from-the-file\n");
    }
    EXPECT_EQ(resolveSecret({SecretRef::Kind::File, path}, store)->reveal(), "from-the-file");

    for (const SecretRef& bad : {SecretRef(SecretRef::Kind::Environment, "CF_TEST_UNSET"),
                                 SecretRef(SecretRef::Kind::Keychain, "nobody"),
                                 SecretRef(SecretRef::Kind::File, path + ".gone")}) {
        const auto secret = resolveSecret(bad, store);
        ASSERT_FALSE(secret);
        EXPECT_EQ(secret.error().code, ErrorCode::Config);
        EXPECT_NE(secret.error().detail.find(bad.name), std::string::npos);
    }
}

} // namespace
} // namespace counterfoil::http
