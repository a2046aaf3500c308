#include "core/base/digest.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/time.h"

#include <gtest/gtest.h>

namespace counterfoil {
namespace {

TEST(Time, ReadsOffsetsFractionsAndDates)
{
    EXPECT_EQ(*parseInstant("2026-03-02T09:14:05+00:00"), *parseInstant("2026-03-02T09:14:05Z"));
    EXPECT_EQ(*parseInstant("2026-03-02T10:14:05+01:00"), *parseInstant("2026-03-02T09:14:05Z"));
    EXPECT_EQ(*parseInstant("2026-03-02T03:44:05-0530"), *parseInstant("2026-03-02T09:14:05Z"));
    EXPECT_EQ(formatInstant(*parseInstant("2026-03-02T09:14:05.25067Z")),
              "2026-03-02T09:14:05.250Z");
    EXPECT_EQ(formatInstant(*parseInstant("2026-11-01")), "2026-11-01T00:00:00Z");
    EXPECT_EQ(toMillis(*parseInstant("1970-01-01T00:00:01Z")), 1000);
}

TEST(Time, RefusesWhatIsNoTime)
{
    for (const char* text :
         {"", "2026", "2026-13-01", "2026-02-30", "2026-03-02T25:00:00Z", "2026-03-02T09:14:05",
          "2026-03-02T09:14:05Zx", "2026-03-02T09:14:05.Z", "02/03/2026"})
        EXPECT_FALSE(parseInstant(text)) << text;
}

TEST(Text, BrokenUtf8IsShownNotTrusted)
{
    EXPECT_EQ(sanitised("caf\xC3\xA9"), "caf\xC3\xA9");
    EXPECT_EQ(sanitised("a\xFFz"), "a\xEF\xBF\xBDz");
    EXPECT_EQ(sanitised(std::string_view("a\0z", 3)), "a\xEF\xBF\xBDz");
    EXPECT_EQ(sanitised("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(sanitised("\xED\xA0\x80").size(), 9U);
    EXPECT_EQ(clipped("caf\xC3\xA9", 4), "caf");
}

TEST(Text, SmallTools)
{
    EXPECT_TRUE(sameText(" PO-55810 ", "po-55810"));
    EXPECT_FALSE(sameText("PO-55810", "PO-55811"));
    EXPECT_EQ(gidNumber("gid://shopify/Order/5820011223344?x=1"), "5820011223344");
    EXPECT_EQ(gidNumber("5820011223344"), "5820011223344");
    EXPECT_EQ(percentEncoded("cmV=&#"), "cmV%3D%26%23");
    EXPECT_EQ(split("a,,b", ',').size(), 3U);
}

TEST(Digest, IsTheKnownOne)
{
    EXPECT_EQ(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const std::string id = uuidV5("uk|credit|rma:7000412");
    EXPECT_EQ(id, uuidV5("uk|credit|rma:7000412"));
    EXPECT_NE(id, uuidV5("uk|credit|rma:7000413"));
    EXPECT_EQ(id[14], '5');
    EXPECT_EQ(id.size(), 36U);
}

TEST(ErrorCode, OnlyAnUnansweredWriteIsUnknown)
{
    EXPECT_TRUE(isOutcomeUnknown(ErrorCode::Timeout));
    EXPECT_TRUE(isOutcomeUnknown(ErrorCode::Server));
    EXPECT_TRUE(isOutcomeUnknown(ErrorCode::Undecodable));
    EXPECT_FALSE(isOutcomeUnknown(ErrorCode::Rejected));
    EXPECT_FALSE(isOutcomeUnknown(ErrorCode::RateLimited));
    EXPECT_EQ(platformFromWord(platformWord(Platform::ReturnGo)), Platform::ReturnGo);
    EXPECT_FALSE(platformFromWord("amazon"));
}

} // namespace
} // namespace counterfoil
