#include "core/decode/json.h"

#include <gtest/gtest.h>

using namespace counterfoil;
using namespace counterfoil::decode;

namespace {

TEST(Json, KeepsTheExactBytesOfEveryValue)
{
    const std::string text = R"( { "a" : [ 1.50 , {"b": "x\"y"} ] , "c" : null } )";
    const Result<Json> json = Json::parse(text);
    ASSERT_TRUE(json);
    EXPECT_EQ(json->root().at("/a/0").raw(), "1.50");
    EXPECT_EQ(json->root().at("/a/1").raw(), R"({"b": "x\"y"})");
    EXPECT_EQ(json->root()["a"].raw(), R"([ 1.50 , {"b": "x\"y"} ])");
    EXPECT_EQ(json->root()["c"].kind(), JsonKind::Null);
    EXPECT_EQ(json->root()["d"].kind(), JsonKind::Missing);
    EXPECT_EQ(json->root().at("/a/1/b").path(), "a[1].b");
    EXPECT_EQ(json->root()["a"]["no"].path(), "a.no");
}

struct Broken {
    const char* name;
    std::string text;
};
class BrokenJson : public testing::TestWithParam<Broken> {};

TEST_P(BrokenJson, IsATypedError)
{
    const Result<Json> json = Json::parse(GetParam().text);
    ASSERT_FALSE(json) << GetParam().text.substr(0, 60);
    EXPECT_EQ(json.error().code, ErrorCode::Undecodable);
    EXPECT_TRUE(json.error().detail.starts_with("JSON: ")) << json.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    Table, BrokenJson,
    testing::Values(
        Broken{"Empty", ""}, Broken{"Blanks", " \n "},
        Broken{"Html", "<html><body>Bad gateway</body></html>"}, Broken{"Half", R"({"a":[1,2)"},
        Broken{"HalfText", R"({"a":"b)"}, Broken{"NoComma", R"({"a":1 "b":2})"},
        Broken{"TwoValues", "{} {}"}, Broken{"TrailingComma", "[1,]"},
        Broken{"LeadingComma", "[,1]"}, Broken{"NoColon", R"({"a" 1})"}, Broken{"NoKey", "{1:2}"},
        Broken{"WrongEnd", R"({"a":[1})"}, Broken{"LeadingZero", "[01]"},
        Broken{"BarePoint", "[1.]"}, Broken{"PlusSign", "[+1]"}, Broken{"NaN", "[NaN]"},
        Broken{"Word", "[nul]"}, Broken{"TextAfterText", R"(["a"b])"},
        Broken{"Control", std::string("[\"a\x01\"]")}, Broken{"Nul", std::string("[\"a\0\"]", 6)},
        Broken{"BrokenUtf8", "[\"\xC3\x28\"]"}, Broken{"Surrogate", "[\"\xED\xA0\x80\"]"},
        Broken{"Deep", std::string(10'000, '[') + std::string(10'000, ']')},
        Broken{"DeepOpen", std::string(10'000, '{')}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Json, NestsUpToTheLimitAndNotBeyond)
{
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    EXPECT_TRUE(Json::parse(nested(kJsonDepthMax)));
    EXPECT_FALSE(Json::parse(nested(kJsonDepthMax + 1)));
}

TEST(Json, ReadsTextsWithEscapesAndClipsLongOnes)
{
    const std::string text = R"(["a\u00e9\n\ud83d\ude00\u0000\ud800", "\q", ")" +
                             std::string(70'000, 'x') + R"(", 12, true])";
    const Result<Json> json = Json::parse(text);
    ASSERT_TRUE(json);
    Faults good(json->root());
    EXPECT_EQ(readText(json->root().at("/0"), good),
              "a\xC3\xA9\n\xF0\x9F\x98\x80\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(readText(json->root().at("/2"), good).size(), kTextBytesMax);
    EXPECT_EQ(readText(json->root().at("/3"), good), "12");
    EXPECT_FALSE(good.any());
    Faults bad(json->root());
    static_cast<void>(readText(json->root().at("/1"), bad));
    EXPECT_EQ(bad.text(), "[1]: a broken escape in a text");
    Faults flag(json->root());
    static_cast<void>(readText(json->root().at("/4"), flag));
    EXPECT_EQ(flag.text(), "[4]: not a text");
}

TEST(Json, ReadsFlagsAndNumbersInTheirManyForms)
{
    const std::string text =
        R"({"t":true,"f":0,"o":1,"n":null,"e":"","s":"yes","i":"42","d":3.0,"h":3.5,"b":99999999999999999999})";
    const Result<Json> json = Json::parse(text);
    ASSERT_TRUE(json);
    Faults faults(json->root());
    const View root = json->root();
    EXPECT_EQ(readFlag(root["t"], faults), true);
    EXPECT_EQ(readFlag(root["f"], faults), false);
    EXPECT_EQ(readFlag(root["o"], faults), true);
    EXPECT_EQ(readFlag(root["n"], faults), std::nullopt);
    EXPECT_EQ(readFlag(root["e"], faults), std::nullopt);
    EXPECT_EQ(readInteger(root["i"], faults), 42);
    EXPECT_EQ(readInteger(root["d"], faults), 3);
    EXPECT_FALSE(faults.any());
    for (const char* key : {"h", "b", "t"}) {
        Faults bad(root);
        EXPECT_EQ(readInteger(root[key], bad), std::nullopt);
        EXPECT_TRUE(bad.any()) << key;
    }
    Faults word(root);
    static_cast<void>(readFlag(root["s"], word));
    EXPECT_EQ(word.text(), "s: not true or false");
}

} // namespace
