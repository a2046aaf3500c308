#pragma once

#include "app/sandbox/graphql/lexer.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace counterfoil::sandbox::graphql {

/// Reads tokens one by one for the parsers of documents and of schema text. The first failure
/// sticks: afterwards every look gives `End`, so that loops end by themselves.
class TokenStream {
public:
    explicit TokenStream(std::vector<Token> tokens) : m_tokens(std::move(tokens)) {}
    [[nodiscard]] const Token& peek() const { return m_problem ? m_tokens.back() : m_tokens[m_at]; }
    Token take();
    [[nodiscard]] bool atEnd() const { return peek().kind == Token::Kind::End; }
    [[nodiscard]] bool isPunctuator(const char* text) const;
    [[nodiscard]] bool isName(const char* text) const;
    /// Takes the punctuator if it is there.
    bool skip(const char* punctuator);
    /// Takes the keyword if it is there.
    bool skipName(const char* text);
    void expect(const char* punctuator);
    /// Takes any name.
    std::string name();
    void fail(const std::string& message);
    void unexpected() { fail("syntax error, unexpected " + describe(peek())); }
    [[nodiscard]] const std::optional<Problem>& problem() const { return m_problem; }

    /// Both grammars write types and values alike.
    TypeRef typeRef(int depth = 0);
    /// @param constant refuses variables (defaults)
    Value value(bool constant, int depth = 0);
    std::vector<Argument> arguments(bool constant);
    std::vector<Directive> directives(bool constant);

private:
    [[nodiscard]] static std::string describe(const Token& token);
    Value listValue(bool constant, int depth);
    Value objectValue(bool constant, int depth);

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    std::optional<Problem> m_problem;
};

/// Deepest nesting of selections, lists and objects that is read.
constexpr int kDepthMax = 120;

} // namespace counterfoil::sandbox::graphql
