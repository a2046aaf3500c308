#include "app/sandbox/graphql/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace counterfoil::sandbox::graphql {
namespace {

TEST(GraphqlParser, ReadsOperationsVariablesFragmentsAndAliases)
{
    const auto document = parseDocument(R"(
        # comment
        query Q($id: ID!, $names: [String!]! = ["a", "b"], $n: Int = -3) @x(if: true) {
          here: order(id: $id, list: [1, 2.5e3], object: {k: NULLABLE, b: null}) {
            ...F @include(if: $flag)
            ... on Order @skip(if: false) { id }
            ... { name }
          }
        }
        fragment F on Order { total { amount } })");
    ASSERT_TRUE(document.ok()) << document.problem().message;
    const Operation& operation = document.value().operations.at(0);
    EXPECT_EQ(operation.name, "Q");
    EXPECT_EQ(operation.variables.at(1).type.text(), "[String!]!");
    EXPECT_EQ(operation.variables.at(1).defaultValue.items.at(1).text, "b");
    EXPECT_EQ(operation.variables.at(2).defaultValue.text, "-3");
    const Selection& field = operation.selections.at(0);
    EXPECT_EQ(field.alias, "here");
    EXPECT_EQ(field.name, "order");
    EXPECT_EQ(field.arguments.at(0).value.kind, Value::Kind::Variable);
    EXPECT_EQ(field.arguments.at(1).value.items.at(1).kind, Value::Kind::Float);
    EXPECT_EQ(field.arguments.at(2).value.fields.at(0).second.kind, Value::Kind::Enum);
    EXPECT_EQ(field.arguments.at(2).value.fields.at(1).second.kind, Value::Kind::Null);
    EXPECT_EQ(field.selections.at(0).kind, Selection::Kind::Spread);
    EXPECT_EQ(field.selections.at(1).typeCondition, "Order");
    EXPECT_EQ(field.selections.at(2).kind, Selection::Kind::Inline);
    ASSERT_NE(document.value().fragment("F"), nullptr);
}

TEST(GraphqlParser, ResolvesEscapesInStrings)
{
    const auto document = parseDocument(R"({ f(a: "x\"\\\n\u00e9\uD83D\uDE00") })");
    ASSERT_TRUE(document.ok()) << document.problem().message;
    EXPECT_EQ(document.value().operations.at(0).selections.at(0).arguments.at(0).value.text,
              "x\"\\\n\xC3\xA9\xF0\x9F\x98\x80");
}

TEST(GraphqlParser, TakesTheCommonIndentationOutOfBlockStrings)
{
    const std::string text =
        "{ f(a: \"\"\"\n    one\n      two \\\"\"\" \n\n    three\n  \"\"\") }";
    const auto document = parseDocument(text);
    ASSERT_TRUE(document.ok()) << document.problem().message;
    EXPECT_EQ(document.value().operations.at(0).selections.at(0).arguments.at(0).value.text,
              "one\n  two \"\"\" \n\nthree");
}

class GraphqlParserRefuses : public testing::TestWithParam<const char*> {};

TEST_P(GraphqlParserRefuses, WithAPlaceInTheText)
{
    const auto document = parseDocument(GetParam());
    ASSERT_FALSE(document.ok()) << GetParam();
    EXPECT_FALSE(document.problem().message.empty());
}

INSTANTIATE_TEST_SUITE_P(Table, GraphqlParserRefuses,
                         testing::Values("", "{", "{ }", "{ a(", "{ a(x: ) }", "query Q($x) { a }",
                                         "{ a(s: \"open) }", "{ a(n: 01) }", "{ a ? }",
                                         "fragment F on T { a }", "{ a(s: \"\\ud800\") }",
                                         "{ a(s: \"\\q\") }", "{ a(x: $) }", "query Q { a } }",
                                         "{ ... on }"));

TEST(GraphqlParser, RefusesNestingThatWouldExhaustTheStack)
{
    std::string fields;
    std::string lists = "{ a(x: ";
    for (int i = 0; i < 10'000; ++i) {
        fields += "{a";
        lists += "[";
    }
    EXPECT_THAT(parseDocument(fields).problem().message, testing::HasSubstr("depth"));
    EXPECT_THAT(parseDocument(lists).problem().message, testing::HasSubstr("too deeply"));
}

} // namespace
} // namespace counterfoil::sandbox::graphql
