#include "app/sandbox/graphql/token_stream.h"

namespace counterfoil::sandbox::graphql {

Token TokenStream::take()
{
    Token token = peek();
    if (!m_problem && m_at + 1 < m_tokens.size())
        ++m_at;
    return token;
}

bool TokenStream::isPunctuator(const char* text) const
{
    return peek().kind == Token::Kind::Punctuator && peek().text == text;
}

bool TokenStream::isName(const char* text) const
{
    return peek().kind == Token::Kind::Name && peek().text == text;
}

bool TokenStream::skip(const char* punctuator)
{
    if (!isPunctuator(punctuator))
        return false;
    take();
    return true;
}

bool TokenStream::skipName(const char* text)
{
    if (!isName(text))
        return false;
    take();
    return true;
}

void TokenStream::expect(const char* punctuator)
{
    if (!skip(punctuator))
        unexpected();
}

std::string TokenStream::name()
{
    if (peek().kind != Token::Kind::Name) {
        unexpected();
        return {};
    }
    return take().text;
}

void TokenStream::fail(const std::string& message)
{
    if (m_problem)
        return;
    const SourcePlace at = peek().at;
    const std::string where =
        " at [" + std::to_string(at.line) + ", " + std::to_string(at.column) + "]";
    m_problem = Problem{message + where, "", nullptr, nullptr, at};
}

std::string TokenStream::describe(const Token& token)
{
    switch (token.kind) {
    case Token::Kind::End:
        return "end of file";
    case Token::Kind::String:
        return "STRING (\"" + token.text.substr(0, 40) + "\")";
    case Token::Kind::Punctuator:
    case Token::Kind::Name:
    case Token::Kind::Int:
    case Token::Kind::Float:
        break;
    }
    return "\"" + token.text.substr(0, 40) + "\"";
}

TypeRef TokenStream::typeRef(int depth)
{
    TypeRef type;
    if (depth > kDepthMax) {
        fail("type nested too deeply");
        return type;
    }
    if (skip("[")) {
        type.list = true;
        type.of.push_back(typeRef(depth + 1));
        expect("]");
    } else {
        type.name = name();
    }
    type.nonNull = skip("!");
    return type;
}

Value TokenStream::listValue(bool constant, int depth)
{
    Value list;
    list.kind = Value::Kind::List;
    list.at = take().at;
    while (!isPunctuator("]") && !atEnd())
        list.items.push_back(value(constant, depth + 1));
    expect("]");
    return list;
}

Value TokenStream::objectValue(bool constant, int depth)
{
    Value object;
    object.kind = Value::Kind::Object;
    object.at = take().at;
    while (!isPunctuator("}") && !atEnd()) {
        std::string key = name();
        expect(":");
        object.fields.emplace_back(std::move(key), value(constant, depth + 1));
    }
    expect("}");
    return object;
}

Value TokenStream::value(bool constant, int depth)
{
    if (depth > kDepthMax) {
        fail("value nested too deeply");
        return {};
    }
    if (isPunctuator("["))
        return listValue(constant, depth);
    if (isPunctuator("{"))
        return objectValue(constant, depth);
    if (isPunctuator("$") && !constant) {
        Value variable;
        variable.kind = Value::Kind::Variable;
        variable.at = take().at;
        variable.text = name();
        return variable;
    }
    const Token token = peek();
    Value value{Value::Kind::Null, token.text, {}, {}, token.at};
    switch (token.kind) {
    case Token::Kind::Int:
        value.kind = Value::Kind::Int;
        break;
    case Token::Kind::Float:
        value.kind = Value::Kind::Float;
        break;
    case Token::Kind::String:
        value.kind = Value::Kind::String;
        break;
    case Token::Kind::Name:
        if (token.text == "true" || token.text == "false")
            value.kind = Value::Kind::Boolean;
        else if (token.text != "null")
            value.kind = Value::Kind::Enum;
        break;
    case Token::Kind::End:
    case Token::Kind::Punctuator:
        unexpected();
        return value;
    }
    take();
    return value;
}

std::vector<Argument> TokenStream::arguments(bool constant)
{
    std::vector<Argument> list;
    if (!skip("("))
        return list;
    do {
        Argument argument;
        argument.at = peek().at;
        argument.name = name();
        expect(":");
        argument.value = value(constant);
        list.push_back(std::move(argument));
    } while (!isPunctuator(")") && !atEnd());
    expect(")");
    return list;
}

std::vector<Directive> TokenStream::directives(bool constant)
{
    std::vector<Directive> list;
    while (isPunctuator("@")) {
        Directive directive;
        directive.at = take().at;
        directive.name = name();
        directive.arguments = arguments(constant);
        list.push_back(std::move(directive));
    }
    return list;
}

} // namespace counterfoil::sandbox::graphql
