#include "core/platform/http/reply_parser.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <iostream>
#include <string>

namespace counterfoil::http {
namespace {

const char* const kChunked = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX-A: b\r\n"
                             "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4;x\r\ndefg\r\n0\r\n"
                             "T: u\r\n\r\n";

TEST(ReplyParser, ReadsTheSameWhereverItIsCut)
{
    const std::string whole = kChunked;
    for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
        ReplyParser parser{ReplyLimits()};
        ASSERT_TRUE(parser.feed(whole.substr(0, cut)));
        EXPECT_EQ(parser.isDone(), cut == whole.size());
        ASSERT_TRUE(parser.feed(whole.substr(cut))) << cut;
        ASSERT_TRUE(parser.isDone()) << cut;
        EXPECT_TRUE(parser.isReusable());
        EXPECT_EQ(parser.take().body, "abcdefg");
    }
    ReplyParser slow{ReplyLimits()};
    for (const char byte : whole)
        ASSERT_TRUE(slow.feed(std::string_view(&byte, 1)));
    EXPECT_TRUE(slow.isDone());
    EXPECT_EQ(slow.take().body, "abcdefg");
}

TEST(ReplyParser, ACutAnswerIsNeverWhole)
{
    const std::string whole = kChunked;
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        ReplyParser parser{ReplyLimits()};
        ASSERT_TRUE(parser.feed(whole.substr(0, cut)));
        const auto end = parser.finish();
        ASSERT_FALSE(end) << cut;
        EXPECT_EQ(end.error().code, ErrorCode::Network);
    }
}

TEST(ReplyParser, RandomDamageNeverBreaksIt)
{
    std::uint64_t seed = 20261124;
    std::cout << "seed " << seed << '\n';
    const auto next = [&seed] {
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>(seed >> 33U);
    };
    std::size_t refused = 0;
    for (int round = 0; round < 20000; ++round) {
        std::string bytes = kChunked;
        for (std::size_t i = 0; i < 1 + next() % 4; ++i)
            bytes[next() % bytes.size()] = static_cast<char>(next() % 256);
        ReplyParser parser{ReplyLimits()};
        const auto fed = parser.feed(bytes);
        if (!fed || !parser.finish())
            ++refused;
        else
            EXPECT_LE(parser.take().body.size(), bytes.size());
    }
    EXPECT_GT(refused, 1000U);
}

} // namespace
} // namespace counterfoil::http
