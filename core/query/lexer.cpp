#include "core/query/lexer.h"

#include "core/base/text.h"

namespace counterfoil::query {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Reads values up to a blank outside quotes; commas part them.
void readValues(std::string_view text, std::size_t& at, Token& token)
{
    std::string value;
    bool inQuotes = false;
    for (; at < text.size() && (inQuotes || !isBlank(text[at])); ++at) {
        const char c = text[at];
        if (c == '"') {
            inQuotes = !inQuotes;
        } else if (c == ',' && !inQuotes && !token.key.empty()) {
            token.values.push_back(value);
            value.clear();
        } else {
            value += c;
        }
    }
    token.values.push_back(value);
    token.isOpenQuote = inQuotes;
}

/// "risk:" at the start of a piece: letters and dashes, then a colon.
std::size_t keyLength(std::string_view piece)
{
    std::size_t at = 0;
    while (at < piece.size() && ((piece[at] >= 'a' && piece[at] <= 'z') ||
                                 (piece[at] >= 'A' && piece[at] <= 'Z') || piece[at] == '-'))
        ++at;
    return at > 0 && at < piece.size() && piece[at] == ':' ? at : 0;
}

} // namespace

std::vector<Token> tokens(std::string_view text)
{
    std::vector<Token> out;
    std::size_t at = 0;
    while (true) {
        while (at < text.size() && isBlank(text[at]))
            ++at;
        if (at >= text.size())
            return out;
        Token token;
        token.begin = at;
        if (text[at] == '-' && at + 1 < text.size() && !isBlank(text[at + 1])) {
            token.isNegated = true;
            ++at;
        }
        const std::size_t length = keyLength(text.substr(at));
        if (length > 0) {
            token.key = folded(text.substr(at, length));
            at += length + 1;
        }
        token.keyEnd = at;
        readValues(text, at, token);
        token.end = at;
        out.push_back(std::move(token));
    }
}

} // namespace counterfoil::query
