#include "app/sandbox/graphql/lexer.h"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace counterfoil::sandbox::graphql {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

void appendUtf8(std::string& out, std::uint32_t code)
{
    const auto push = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        push(code);
    } else if (code < 0x800) {
        push(0xC0 | (code >> 6));
        push(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        push(0xE0 | (code >> 12));
        push(0x80 | ((code >> 6) & 0x3F));
        push(0x80 | (code & 0x3F));
    } else {
        push(0xF0 | (code >> 18));
        push(0x80 | ((code >> 12) & 0x3F));
        push(0x80 | ((code >> 6) & 0x3F));
        push(0x80 | (code & 0x3F));
    }
}

/// Removes the common indentation and blank first and last lines.
std::string blockStringContent(const std::string& raw)
{
    std::vector<std::string> lines(1);
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == '\r') {
            if (i + 1 < raw.size() && raw[i + 1] == '\n')
                ++i;
            lines.emplace_back();
        } else if (raw[i] == '\n') {
            lines.emplace_back();
        } else {
            lines.back().push_back(raw[i]);
        }
    }
    const auto indentOf = [](const std::string& line) { return line.find_first_not_of(" \t"); };
    std::size_t common = std::string::npos;
    for (std::size_t i = 1; i < lines.size(); ++i)
        common = std::min(common, indentOf(lines[i]));
    if (common != std::string::npos) {
        for (std::size_t i = 1; i < lines.size(); ++i)
            lines[i].erase(0, std::min(common, lines[i].size()));
    }
    const auto blank = [&](const std::string& line) { return indentOf(line) == std::string::npos; };
    while (!lines.empty() && blank(lines.front()))
        lines.erase(lines.begin());
    while (!lines.empty() && blank(lines.back()))
        lines.pop_back();
    std::string out;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0)
            out.push_back('\n');
        out += lines[i];
    }
    return out;
}

class Lexer {
public:
    explicit Lexer(std::string_view source) : m_source(source) {}
    Outcome<std::vector<Token>> run();

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_source.size() ? m_source[m_at + ahead] : '\0';
    }
    [[nodiscard]] bool startsWith(std::string_view text) const
    {
        return m_source.substr(m_at).starts_with(text);
    }
    void advance(std::size_t count = 1);
    void skipIgnored();
    void fail(const std::string& message);
    Token next();
    Token number(Token token);
    Token string(Token token);
    Token blockString(Token token);
    void escape(std::string& out);
    std::optional<std::uint32_t> hex(std::size_t digits);

    std::string_view m_source;
    std::size_t m_at = 0;
    SourcePlace m_place{1, 1};
    std::optional<Problem> m_problem;
};

void Lexer::advance(std::size_t count)
{
    for (; count > 0 && m_at < m_source.size(); --count, ++m_at) {
        if (m_source[m_at] == '\n') {
            ++m_place.line;
            m_place.column = 1;
        } else {
            ++m_place.column;
        }
    }
}

void Lexer::skipIgnored()
{
    while (m_at < m_source.size()) {
        const char c = peek();
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',') {
            advance();
        } else if (startsWith("\xEF\xBB\xBF")) {
            advance(3);
        } else if (c == '#') {
            while (m_at < m_source.size() && peek() != '\n')
                advance();
        } else {
            return;
        }
    }
}

void Lexer::fail(const std::string& message)
{
    if (!m_problem)
        m_problem = Problem{message, "", nullptr, nullptr, m_place};
    m_at = m_source.size();
}

Token Lexer::number(Token token)
{
    token.kind = Token::Kind::Int;
    const auto take = [&] {
        token.text.push_back(peek());
        advance();
    };
    const auto digits = [&] {
        if (!isDigit(peek()))
            fail("Expected a digit in a number");
        while (isDigit(peek()))
            take();
    };
    if (peek() == '-')
        take();
    const bool zero = peek() == '0';
    if (zero && isDigit(peek(1)))
        fail("A number must not begin with 0");
    digits();
    if (peek() == '.') {
        token.kind = Token::Kind::Float;
        take();
        digits();
    }
    if (peek() == 'e' || peek() == 'E') {
        token.kind = Token::Kind::Float;
        take();
        if (peek() == '+' || peek() == '-')
            take();
        digits();
    }
    if (isNameStart(peek()))
        fail("A name must not follow a number directly");
    return token;
}

std::optional<std::uint32_t> Lexer::hex(std::size_t digits)
{
    std::uint32_t code = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        const char c = peek();
        std::uint32_t digit = 0;
        if (isDigit(c))
            digit = static_cast<std::uint32_t>(c - '0');
        else if (c >= 'a' && c <= 'f')
            digit = static_cast<std::uint32_t>(c - 'a' + 10);
        else if (c >= 'A' && c <= 'F')
            digit = static_cast<std::uint32_t>(c - 'A' + 10);
        else
            return std::nullopt;
        code = code * 16 + digit;
        advance();
    }
    return code;
}

void Lexer::escape(std::string& out)
{
    advance();
    const char c = peek();
    static constexpr std::string_view kFrom = "\"\\/bfnrt";
    static constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
    if (const auto at = kFrom.find(c); c != '\0' && at != std::string_view::npos) {
        out.push_back(kTo[at]);
        advance();
        return;
    }
    if (c != 'u')
        return fail("Unknown escape sequence in a string");
    advance();
    auto code = hex(4);
    if (code && *code >= 0xD800 && *code < 0xDC00 && startsWith("\\u")) {
        advance(2);
        const auto low = hex(4);
        if (!low || *low < 0xDC00 || *low > 0xDFFF)
            return fail("Broken surrogate pair in a string");
        code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
    }
    if (!code || (*code >= 0xD800 && *code <= 0xDFFF))
        return fail("Broken unicode escape in a string");
    appendUtf8(out, *code);
}

Token Lexer::string(Token token)
{
    token.kind = Token::Kind::String;
    advance();
    while (m_at < m_source.size() && peek() != '"') {
        if (peek() == '\n' || peek() == '\r')
            break;
        if (peek() == '\\') {
            escape(token.text);
        } else {
            token.text.push_back(peek());
            advance();
        }
    }
    if (peek() != '"')
        fail("Unterminated string");
    advance();
    return token;
}

Token Lexer::blockString(Token token)
{
    token.kind = Token::Kind::String;
    advance(3);
    std::string raw;
    while (m_at < m_source.size() && !startsWith("\"\"\"")) {
        if (startsWith("\\\"\"\"")) {
            raw += "\"\"\"";
            advance(4);
        } else {
            raw.push_back(peek());
            advance();
        }
    }
    if (!startsWith("\"\"\""))
        fail("Unterminated block string");
    advance(3);
    token.text = blockStringContent(raw);
    return token;
}

Token Lexer::next()
{
    skipIgnored();
    Token token;
    token.at = m_place;
    if (m_at >= m_source.size())
        return token;
    const char c = peek();
    if (isNameStart(c)) {
        token.kind = Token::Kind::Name;
        while (isNameStart(peek()) || isDigit(peek())) {
            token.text.push_back(peek());
            advance();
        }
        return token;
    }
    if (isDigit(c) || c == '-')
        return number(token);
    if (startsWith("\"\"\""))
        return blockString(token);
    if (c == '"')
        return string(token);
    token.kind = Token::Kind::Punctuator;
    if (startsWith("...")) {
        token.text = "...";
        advance(3);
        return token;
    }
    if (std::string_view("!$&():=@[]{|}").find(c) == std::string_view::npos)
        fail(std::string("Unexpected character \"") + c + "\"");
    token.text.push_back(c);
    advance();
    return token;
}

Outcome<std::vector<Token>> Lexer::run()
{
    std::vector<Token> tokens;
    do {
        tokens.push_back(next());
    } while (tokens.back().kind != Token::Kind::End);
    if (m_problem)
        return *m_problem;
    return tokens;
}

} // namespace

Outcome<std::vector<Token>> tokenize(std::string_view source)
{
    return Lexer(source).run();
}

} // namespace counterfoil::sandbox::graphql
