#include "tests/transport/fast_loop.h"
#include "tests/transport/hostile_server.h"

#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <string>
#include <vector>
#include <zlib.h>

namespace counterfoil::http {
namespace {

/// Bytes packed with gzip.
QByteArray gzip(const std::string& text)
{
    z_stream state{};
    EXPECT_EQ(deflateInit2(&state, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY),
              Z_OK);
    std::string input = text;
    std::string out(text.size() / 2 + 1024, '\0');
    state.next_in = reinterpret_cast<unsigned char*>(input.data());
    state.avail_in = static_cast<unsigned>(input.size());
    state.next_out = reinterpret_cast<unsigned char*>(out.data());
    state.avail_out = static_cast<unsigned>(out.size());
    EXPECT_EQ(deflate(&state, Z_FINISH), Z_STREAM_END);
    out.resize(state.total_out);
    deflateEnd(&state);
    return QByteArray::fromStdString(out);
}

QByteArray packed(const QByteArray& body, qsizetype announced)
{
    return "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " +
           QByteArray::number(announced) + "\r\n\r\n" + body;
}

/// What a server does, and what must come of it: a status, or a typed error.
struct Case {
    const char* name;
    HostileServer::Behaviour behaviour;
    std::optional<ErrorCode> error; ///< nullopt: a reply
    int status = 200;
    std::string body = {};
};

std::vector<Case> halfAnswers()
{
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    return {
        {"closes at once", says("", true), ErrorCode::Network},
        {"resets", [](QTcpSocket& s, const QByteArray&) { s.abort(); }, ErrorCode::Network},
        {"half a status line", says("HTTP/1.1 20", true), ErrorCode::Network},
        {"half a head", says("HTTP/1.1 200 OK\r\nContent-Le", true), ErrorCode::Network},
        {"half a body", says(ok + "Content-Length: 10\r\n\r\nhalf", true), ErrorCode::Network},
        {"half a chunk", says(ok + "Transfer-Encoding: chunked\r\n\r\nA\r\nhalf", true),
         ErrorCode::Network},
        {"no last chunk", says(ok + "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", true),
         ErrorCode::Network},
        {"says nothing", says(""), ErrorCode::Timeout},
        {"stops in the head", says("HTTP/1.1 200 OK\r\n"), ErrorCode::Timeout},
        {"stops in the body", says(ok + "Content-Length: 10\r\n\r\nhalf"), ErrorCode::Timeout},
        {"drips its head", drips("HTTP/1.1 200 OK\r\n", "X-A: b\r\n", 20), ErrorCode::Timeout},
        {"drips its body", drips(ok + "Content-Length: 10000\r\n\r\n", "x", 20),
         ErrorCode::Timeout},
        {"continues for ever", drips("", "HTTP/1.1 100 Continue\r\n\r\n", 5),
         ErrorCode::Undecodable},
        {"a cut gzip stream", says(packed(gzip("whole text of some length").left(20), 20)),
         ErrorCode::Undecodable},
    };
}

std::vector<Case> brokenAnswers()
{
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    return {
        {"not http", says("SSH-2.0-OpenSSH_9.2\r\n", true), ErrorCode::Undecodable},
        {"http 0.9", says("<html>hello</html>\r\n", true), ErrorCode::Undecodable},
        {"http 2 preface", says("PRI * HTTP/2.0\r\n\r\n", true), ErrorCode::Undecodable},
        {"a status of letters", says("HTTP/1.1 OK\r\n\r\n", true), ErrorCode::Undecodable},
        {"status 99", says("HTTP/1.1 099 No\r\n\r\n", true), ErrorCode::Undecodable},
        {"status 1000", says("HTTP/1.1 1000 No\r\n\r\n", true), ErrorCode::Undecodable},
        {"switches protocols", says("HTTP/1.1 101 Go\r\nUpgrade: x\r\n\r\n"),
         ErrorCode::Undecodable},
        {"a header without a colon", says(ok + "nonsense\r\n\r\n"), ErrorCode::Undecodable},
        {"a folded header", says(ok + "A: b\r\n c\r\n\r\n"), ErrorCode::Undecodable},
        {"a blank before the colon", says(ok + "Content-Length : 0\r\n\r\n"),
         ErrorCode::Undecodable},
        {"a NUL in the head", says(ok + QByteArray("A: b\0c\r\n\r\n", 11)), ErrorCode::Undecodable},
        {"a lone CR in the head", says(ok + "A: b\rC: d\r\n\r\n"), ErrorCode::Undecodable},
        {"a negative length", says(ok + "Content-Length: -1\r\n\r\n"), ErrorCode::Undecodable},
        {"a length of letters", says(ok + "Content-Length: ten\r\n\r\n"), ErrorCode::Undecodable},
        {"two lengths", says(ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
         ErrorCode::Undecodable},
        {"a length beyond 64 bits", says(ok + "Content-Length: 99999999999999999999\r\n\r\n"),
         ErrorCode::Undecodable},
        {"length and chunks",
         says(ok + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
         ErrorCode::Undecodable},
        {"an unknown transfer encoding", says(ok + "Transfer-Encoding: gzip\r\n\r\n"),
         ErrorCode::Undecodable},
        {"a chunk without a size", says(ok + "Transfer-Encoding: chunked\r\n\r\n\r\nab"),
         ErrorCode::Undecodable},
        {"a chunk size of letters", says(ok + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nab"),
         ErrorCode::Undecodable},
        {"a chunk longer than it said",
         says(ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n"),
         ErrorCode::Undecodable},
        {"an encoding we did not ask for", says(ok + "Content-Encoding: br\r\n\r\nxx", true),
         ErrorCode::Undecodable},
        {"gzip that is none", says(packed("this is not gzip", 16)), ErrorCode::Undecodable},
        {"gzip with rubbish behind",
         says(packed(gzip("text") + "rubbish", gzip("text").size() + 7)), ErrorCode::Undecodable},
    };
}

std::vector<Case> hugeAnswers()
{
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    QByteArray manyHeaders = ok;
    for (int i = 0; i < 5000; ++i)
        manyHeaders += "X-" + QByteArray::number(i) + ": y\r\n";
    return {
        {"a flood of headers", says(manyHeaders + "\r\n"), ErrorCode::TooLarge},
        {"an endless header", drips(ok + "X: ", QByteArray(65536, 'x'), 1), ErrorCode::TooLarge},
        {"an endless status line", drips("HTTP/1.1 200 ", QByteArray(65536, 'x'), 1),
         ErrorCode::TooLarge},
        {"says it has 2 GB", says(ok + "Content-Length: 2147483648\r\n\r\nx"), ErrorCode::TooLarge},
        {"an endless body", drips(ok + "\r\n", QByteArray(65536, 'x'), 1), ErrorCode::TooLarge},
        {"endless chunks",
         drips(ok + "Transfer-Encoding: chunked\r\n\r\n",
               "10000\r\n" + QByteArray(65536, 'x') + "\r\n", 1),
         ErrorCode::TooLarge},
        {"a chunk of 2 GB", says(ok + "Transfer-Encoding: chunked\r\n\r\n80000000\r\nx"),
         ErrorCode::TooLarge},
        {"a gzip bomb",
         says(
             packed(gzip(std::string(64U << 20U, 'a')), gzip(std::string(64U << 20U, 'a')).size())),
         ErrorCode::TooLarge},
    };
}

std::vector<Case> oddButGood()
{
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    return {
        {"plain", says(ok + "Content-Length: 4\r\n\r\ngood"), std::nullopt, 200, "good"},
        {"html", says(ok + "Content-Length: 6\r\n\r\n<html>"), std::nullopt, 200, "<html>"},
        {"body to the close", says(ok + "\r\ngood", true), std::nullopt, 200, "good"},
        {"http 1.0", says("HTTP/1.0 200 OK\r\n\r\ngood", true), std::nullopt, 200, "good"},
        {"lines without CR", says("HTTP/1.1 200 OK\nContent-Length: 4\n\ngood"), std::nullopt, 200,
         "good"},
        {"no reason", says("HTTP/1.1 200\r\nContent-Length: 4\r\n\r\ngood"), std::nullopt, 200,
         "good"},
        {"continue first",
         says("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nA: b\r\n\r\n" + ok +
              "Content-Length: 4\r\n\r\ngood"),
         std::nullopt, 200, "good"},
        {"no content", says("HTTP/1.1 204 No\r\n\r\n"), std::nullopt, 204, ""},
        {"chunks with extensions and trailers",
         says(ok + "Transfer-Encoding: chunked\r\n\r\n2;a=b\r\ngo\r\n2\r\nod\r\n0\r\nX: y\r\n\r\n"),
         std::nullopt, 200, "good"},
        {"the same length twice", says(ok + "Content-Length: 4\r\nContent-Length: 4\r\n\r\ngood"),
         std::nullopt, 200, "good"},
        {"gzip", says(packed(gzip("good"), gzip("good").size())), std::nullopt, 200, "good"},
        {"more than it said", says(ok + "Content-Length: 4\r\n\r\ngoodness"), std::nullopt, 200,
         "good"},
        {"an error page", says("HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\nno"), std::nullopt, 500,
         "no"},
    };
}

std::size_t residentBytes()
{
    std::ifstream status("/proc/self/statm");
    std::size_t total = 0, resident = 0;
    status >> total >> resident;
    return resident * 4096;
}

void run(const std::vector<Case>& cases)
{
    ASSERT_FALSE(cases.empty());
    for (const Case& row : cases) {
        SCOPED_TRACE(row.name);
        HostileServer server;
        server.behaviour = row.behaviour;
        QtTransport transport(hasty());
        HttpRequest request;
        request.url = server.url();
        request.totalTimeout = Millis(2000);
        request.wireBytesMax = 4U << 20U;
        request.inflatedBytesMax = 8U << 20U;
        const std::size_t before = residentBytes();
        const auto began = std::chrono::steady_clock::now();
        const Result<HttpReply> reply = fetch(transport, request);
        const auto took = std::chrono::steady_clock::now() - began;
        EXPECT_LT(took, std::chrono::seconds(8));
        EXPECT_LT(residentBytes(), before + (96U << 20U)) << "memory is not bounded";
        if (row.error) {
            ASSERT_FALSE(reply.has_value());
            EXPECT_EQ(errorWord(reply.error().code), errorWord(*row.error)) << reply.error().detail;
            continue;
        }
        ASSERT_TRUE(reply.has_value()) << reply.error().detail;
        EXPECT_EQ(reply->status, row.status);
        EXPECT_EQ(reply->body, row.body);
    }
}

TEST(Hostile, HalfAnswersEndAsNetworkOrTimeout)
{
    run(halfAnswers());
}

TEST(Hostile, BrokenAnswersAreUndecodable)
{
    run(brokenAnswers());
}

TEST(Hostile, HugeAnswersEndAtTheCapWithBoundedMemory)
{
    run(hugeAnswers());
}

TEST(Hostile, OddButGoodAnswersAreRead)
{
    run(oddButGood());
}

} // namespace
} // namespace counterfoil::http
