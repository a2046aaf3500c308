#include "app/sandbox/graphql/coerce.h"
#include "app/sandbox/graphql/execute.h"
#include "app/sandbox/graphql/parser.h"
#include "app/sandbox/graphql/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace counterfoil::sandbox::graphql {
namespace {

constexpr const char* kSchema = R"(
    schema { query: Root }
    interface Animal { name: String! }
    type Cat implements Animal { name: String! lives: Int }
    type Dog implements Animal { name: String! tail: Tail! }
    type Tail { length: Int! }
    type Root {
      echo(text: String = "none", flag: Boolean, box: Box, kind: Kind, ids: [ID!]): String
      animals(first: Int, last: Int, after: String, before: String): AnimalConnection!
      broken: Tail
      list(first: Int): [Animal!]!
    }
    type AnimalConnection { edges: [AnimalEdge!]! nodes: [Animal!]! pageInfo: PageInfo! }
    type AnimalEdge { cursor: String! node: Animal! }
    type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
    input Box { width: Int! depth: Int = 2 label: String }
    enum Kind { BIG SMALL })";

struct Zoo {
    std::vector<int> numbers = {1, 2, 3, 4, 5};
};

Node animal(int number)
{
    return Node{number % 2 == 0 ? "Cat" : "Dog", number};
}

/// A schema, resolvers on a zoo that tests may change, and one call that does everything.
class Engine : public testing::Test {
protected:
    Engine() : m_schema(Schema::parse(kSchema).value())
    {
        for (const char* type : {"Cat", "Dog"})
            m_resolvers.add(type, "name", [](const Node& node, const FieldCall&) {
                return Resolved(Json(node.type + std::to_string(node.as<int>())));
            });
        m_resolvers.add("Cat", "lives",
                        [](const Node&, const FieldCall&) { return Resolved(Json(9)); });
        m_resolvers.add("Dog", "tail", [](const Node& node, const FieldCall&) {
            return Resolved(Node{"Tail", node.as<int>()});
        });
        m_resolvers.add("Tail", "length", [](const Node& node, const FieldCall&) {
            if (node.as<int>() == 3)
                return Resolved(Problem{"no tail", "GONE", nullptr, nullptr, {}});
            return Resolved(Json(node.as<int>()));
        });
        m_resolvers.add("Root", "echo", [](const Node&, const FieldCall& call) {
            return Resolved(Json(call.arguments.dump()));
        });
        m_resolvers.add("Root", "broken", [](const Node&, const FieldCall&) {
            return Resolved(Node{"Tail", 3});
        });
        m_resolvers.add("Root", "list", [this](const Node&, const FieldCall&) {
            std::vector<Node> nodes;
            for (const int number : zoo.numbers)
                nodes.push_back(animal(number));
            return Resolved(nodes);
        });
        m_resolvers.add("Root", "animals", [this](const Node&, const FieldCall&) {
            Connection connection;
            for (const int number : zoo.numbers)
                connection.keys.push_back({number, number});
            connection.at = [numbers = zoo.numbers](std::size_t i) { return animal(numbers[i]); };
            return Resolved(connection);
        });
    }

    Execution run(const std::string& text, const Json& given = Json::object())
    {
        const auto document = parseDocument(text);
        EXPECT_TRUE(document.ok());
        const Operation& operation = document.value().operations.front();
        EXPECT_THAT(messages(text), testing::IsEmpty());
        const auto variables = coerceVariables(m_schema, operation, given);
        EXPECT_TRUE(variables.ok());
        return execute(m_schema, m_resolvers, document.value(), operation, variables.value());
    }

    std::vector<std::string> messages(const std::string& text)
    {
        const auto document = parseDocument(text);
        std::vector<std::string> list;
        for (const Problem& problem :
             validate(m_schema, document.value(), document.value().operations.front()))
            list.push_back(problem.code);
        return list;
    }

    Zoo zoo;
    Schema m_schema;
    Resolvers m_resolvers;
};

TEST_F(Engine, AnswersInTheOrderOfTheQueryWithAliasesAndTypeConditions)
{
    const auto result =
        run(R"({ a: list(first: 2) { __typename n: name ... on Cat { lives } ...D } }
                               fragment D on Dog { tail { length } })");
    EXPECT_EQ(result.data.dump(), R"({"a":[{"__typename":"Dog","n":"Dog1","tail":{"length":1}},)"
                                  R"({"__typename":"Cat","n":"Cat2","lives":9}]})");
}

TEST_F(Engine, KeepsAbsentAndNullArgumentsApart)
{
    const auto absent = run("query Q($t: String, $b: Box) { echo(text: $t, box: $b) }");
    EXPECT_EQ(absent.data["echo"], R"({"text":"none"})");
    const auto null = run("query Q($t: String, $b: Box) { echo(text: $t, box: $b) }",
                          Json{{"t", nullptr}, {"b", {{"width", 1}, {"label", nullptr}}}});
    EXPECT_EQ(null.data["echo"], R"({"text":null,"box":{"width":1,"label":null,"depth":2}})");
}

TEST_F(Engine, FollowsSkipAndInclude)
{
    const auto result =
        run("query Q($no: Boolean!) { echo @include(if: $no) b: echo @skip(if: $no) "
            "... @include(if: $no) { c: echo } }",
            Json{{"no", false}});
    EXPECT_FALSE(result.data.contains("echo"));
    EXPECT_TRUE(result.data.contains("b"));
    EXPECT_FALSE(result.data.contains("c"));
}

TEST_F(Engine, PagesByPlaceSoThatAnItemThatComesInBetweenIsNeitherLostNorDoubled)
{
    const char* query =
        "query Q($a: String) { animals(first: 2, after: $a) { pageInfo { hasNextPage "
        "endCursor } nodes { name } edges { cursor } } }";
    const auto first = run(query);
    EXPECT_EQ(first.data["animals"]["nodes"].dump(), R"([{"name":"Dog1"},{"name":"Cat2"}])");
    EXPECT_EQ(first.data["animals"]["pageInfo"]["hasNextPage"], true);
    EXPECT_EQ(first.data["animals"]["edges"][1]["cursor"],
              first.data["animals"]["pageInfo"]["endCursor"]);
    zoo.numbers = {3, 4, 5, 6};
    const auto second = run(query, Json{{"a", first.data["animals"]["pageInfo"]["endCursor"]}});
    EXPECT_EQ(second.data["animals"]["nodes"].dump(), R"([{"name":"Dog3"},{"name":"Cat4"}])");
    const auto last = run("{ animals(last: 1) { nodes { name } pageInfo { hasPreviousPage } } }");
    EXPECT_EQ(last.data["animals"]["nodes"][0]["name"], "Cat6");
    EXPECT_EQ(last.data["animals"]["pageInfo"]["hasPreviousPage"], true);
}

TEST_F(Engine, RefusesAConnectionWithoutPageSizeAndAForeignCursor)
{
    for (const char* query :
         {"{ animals { nodes { name } } }", "{ animals(first: 251) { nodes { name } } }",
          "{ animals(first: 1, last: 1) { nodes { name } } }",
          "{ animals(first: 1, after: \"zzz\") { nodes { name } } }"}) {
        const auto result = run(query);
        EXPECT_TRUE(result.data.is_null()) << query;
        ASSERT_EQ(result.errors.size(), 1U) << query;
        EXPECT_EQ(result.errors[0].path, Json::array({"animals"})) << query;
    }
}

TEST_F(Engine, GivesTheRestWhenAFieldFailsAndNullsTheNearestNullableParent)
{
    const auto result = run("{ echo broken { length } }");
    EXPECT_TRUE(result.data["broken"].is_null());
    EXPECT_TRUE(result.data["echo"].is_string());
    ASSERT_EQ(result.errors.size(), 1U);
    EXPECT_EQ(result.errors[0].toJson().dump(),
              R"({"message":"no tail","locations":[{"line":1,"column":17}],)"
              R"("path":["broken","length"],"extensions":{"code":"GONE"}})");
    const auto whole = run("{ list { ... on Dog { tail { length } } } }");
    EXPECT_TRUE(whole.data.is_null()) << "non-null all the way up";
    EXPECT_EQ(whole.errors[0].path, Json::array({"list", 2, "tail", "length"}));
}

TEST_F(Engine, NamesWhatIsWrongBeforeAnythingRuns)
{
    using testing::ElementsAre;
    EXPECT_THAT(messages("{ nothing }"), ElementsAre("undefinedField"));
    EXPECT_THAT(messages("{ echo { x } }"), ElementsAre("selectionMismatch"));
    EXPECT_THAT(messages("{ broken }"), ElementsAre("selectionMismatch"));
    EXPECT_THAT(messages("{ echo(what: 1) }"), ElementsAre("argumentNotAccepted"));
    EXPECT_THAT(messages("{ ...F }"), ElementsAre("useAndDefineFragment"));
    EXPECT_THAT(messages("{ echo } fragment F on Root { echo }"),
                ElementsAre("useAndDefineFragment"));
    EXPECT_THAT(messages("{ ...F } fragment F on Root { ...F }"), ElementsAre("infiniteLoop"));
    EXPECT_THAT(messages("{ broken { ... on Cat { name } } }"),
                ElementsAre("cannotSpreadFragment"));
    EXPECT_THAT(messages("query Q($x: Int) { echo }"), ElementsAre("variableNotUsed"));
    EXPECT_THAT(messages("{ echo(text: $x) }"), ElementsAre("variableNotDefined"));
    EXPECT_THAT(messages("{ echo echo(text: \"b\") }"), ElementsAre("fieldConflict"));
    EXPECT_THAT(messages("{ echo @other }"), testing::Contains("undefinedDirective"));
    EXPECT_THAT(messages("mutation M { echo }"), ElementsAre("missingMutationConfiguration"));
}

TEST_F(Engine, RefusesVariablesThatDoNotFitAndSaysWhere)
{
    const auto problem = [&](const char* declaration, const Json& value) {
        const auto document =
            parseDocument("query Q($v: " + std::string(declaration) + ") { echo }");
        const auto variables =
            coerceVariables(m_schema, document.value().operations.front(), Json{{"v", value}});
        return variables.ok() ? Json("fits") : variables.problem().extensions["problems"];
    };
    EXPECT_EQ(problem("Int", 7), "fits");
    EXPECT_EQ(problem("[Int]", 7), "fits") << "one item stands for a list of one";
    EXPECT_NE(problem("Int", "7"), "fits");
    EXPECT_NE(problem("Int", 3'000'000'000), "fits");
    EXPECT_NE(problem("Int!", nullptr), "fits");
    EXPECT_NE(problem("Kind", "HUGE"), "fits");
    EXPECT_NE(problem("ID", "12"), "fits") << "ids are global ids";
    EXPECT_EQ(problem("Box", Json{{"width", 1}, {"color", 2}})[0]["path"], Json::array({"color"}));
    EXPECT_EQ(problem("Box", Json{{"depth", 1}})[0]["path"], Json::array({"width"}));
}

} // namespace
} // namespace counterfoil::sandbox::graphql
