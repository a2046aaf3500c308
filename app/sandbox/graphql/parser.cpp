#include "app/sandbox/graphql/parser.h"

#include "app/sandbox/graphql/token_stream.h"

#include <utility>

namespace counterfoil::sandbox::graphql {

std::string TypeRef::text() const
{
    return (list ? "[" + of.front().text() + "]" : name) + (nonNull ? "!" : "");
}

const std::string& TypeRef::named() const
{
    return list ? of.front().named() : name;
}

const Fragment* Document::fragment(const std::string& name) const
{
    for (const Fragment& fragment : fragments)
        if (fragment.name == name)
            return &fragment;
    return nullptr;
}

Json Problem::toJson() const
{
    Json json = Json::object();
    json["message"] = message;
    if (at.line > 0)
        json["locations"] = Json::array({Json{{"line", at.line}, {"column", at.column}}});
    if (path.is_array())
        json["path"] = path;
    if (!code.empty() || extensions.is_object()) {
        Json members = Json::object();
        if (!code.empty())
            members["code"] = code;
        if (extensions.is_object())
            members.update(extensions);
        json["extensions"] = members;
    }
    return json;
}

namespace {

class Parser {
public:
    explicit Parser(std::vector<Token> tokens) : m_in(std::move(tokens)) {}

    Outcome<Document> run()
    {
        Document document;
        while (!m_in.atEnd()) {
            if (m_in.isName("fragment"))
                document.fragments.push_back(fragment());
            else
                document.operations.push_back(operation());
        }
        if (m_in.problem())
            return *m_in.problem();
        if (document.operations.empty()) {
            m_in.fail("A query document must contain an operation");
            return *m_in.problem();
        }
        return document;
    }

private:
    Operation operation()
    {
        Operation operation;
        operation.at = m_in.peek().at;
        if (m_in.isPunctuator("{")) {
            operation.selections = selectionSet(0);
            return operation;
        }
        if (!m_in.isName("query") && !m_in.isName("mutation") && !m_in.isName("subscription")) {
            m_in.unexpected();
            return operation;
        }
        operation.type = m_in.take().text;
        if (m_in.peek().kind == Token::Kind::Name)
            operation.name = m_in.take().text;
        if (m_in.skip("(")) {
            do {
                operation.variables.push_back(variable());
            } while (!m_in.isPunctuator(")") && !m_in.atEnd());
            m_in.expect(")");
        }
        operation.directives = m_in.directives(false);
        operation.selections = selectionSet(0);
        return operation;
    }

    VariableDefinition variable()
    {
        VariableDefinition variable;
        variable.at = m_in.peek().at;
        m_in.expect("$");
        variable.name = m_in.name();
        m_in.expect(":");
        variable.type = m_in.typeRef();
        if (m_in.skip("=")) {
            variable.hasDefault = true;
            variable.defaultValue = m_in.value(true);
        }
        static_cast<void>(m_in.directives(true));
        return variable;
    }

    Fragment fragment()
    {
        Fragment fragment;
        fragment.at = m_in.take().at;
        fragment.name = m_in.name();
        if (!m_in.skipName("on"))
            m_in.unexpected();
        fragment.typeCondition = m_in.name();
        static_cast<void>(m_in.directives(false));
        fragment.selections = selectionSet(0);
        return fragment;
    }

    std::vector<Selection> selectionSet(int depth)
    {
        std::vector<Selection> selections;
        if (depth > kDepthMax) {
            m_in.fail("Query has a depth that exceeds the maximum");
            return selections;
        }
        m_in.expect("{");
        do {
            selections.push_back(m_in.isPunctuator("...") ? spread(depth) : field(depth));
        } while (!m_in.isPunctuator("}") && !m_in.atEnd());
        m_in.expect("}");
        return selections;
    }

    Selection field(int depth)
    {
        Selection field;
        field.at = m_in.peek().at;
        field.name = m_in.name();
        field.alias = field.name;
        if (m_in.skip(":"))
            field.name = m_in.name();
        field.arguments = m_in.arguments(false);
        field.directives = m_in.directives(false);
        if (m_in.isPunctuator("{"))
            field.selections = selectionSet(depth + 1);
        return field;
    }

    Selection spread(int depth)
    {
        Selection spread;
        spread.at = m_in.take().at;
        if (m_in.peek().kind == Token::Kind::Name && !m_in.isName("on")) {
            spread.kind = Selection::Kind::Spread;
            spread.name = m_in.take().text;
            spread.directives = m_in.directives(false);
            return spread;
        }
        spread.kind = Selection::Kind::Inline;
        if (m_in.skipName("on"))
            spread.typeCondition = m_in.name();
        spread.directives = m_in.directives(false);
        spread.selections = selectionSet(depth + 1);
        return spread;
    }

    TokenStream m_in;
};

} // namespace

Outcome<Document> parseDocument(std::string_view source)
{
    auto tokens = tokenize(source);
    if (!tokens.ok())
        return tokens.problem();
    return Parser(std::move(tokens.value())).run();
}

} // namespace counterfoil::sandbox::graphql
