#include "app/sandbox/shopify/search.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace counterfoil::sandbox::shopify {
namespace {

constexpr int kDepthMax = 20;

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(), [](char c) {
        return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    });
    return text;
}

template <class T> bool compare(const T& left, const std::string& comparison, const T& right)
{
    if (comparison == ">")
        return left > right;
    if (comparison == ">=")
        return left >= right;
    if (comparison == "<")
        return left < right;
    if (comparison == "<=")
        return left <= right;
    return left == right;
}

bool isNumber(const std::string& text)
{
    return !text.empty() && text.size() < 19 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool textMatches(const std::string& stored, const std::string& comparison,
                 const std::string& wanted)
{
    if (!comparison.empty() && isNumber(stored) && isNumber(wanted))
        return compare(std::stoll(stored), comparison, std::stoll(wanted));
    const std::string left = lower(stored);
    const std::string right = lower(wanted);
    if (right.ends_with("*"))
        return left.starts_with(right.substr(0, right.size() - 1));
    return compare(left, comparison, right);
}

} // namespace

/// Recursive descent over the text; `OR` binds weaker than the implied `AND`.
class SearchQuery::Parser {
public:
    explicit Parser(std::string_view text) : m_text(text) {}

    Expression any(int depth)
    {
        Expression expression;
        expression.kind = Expression::Kind::Any;
        expression.parts.push_back(all(depth));
        while (keyword("OR"))
            expression.parts.push_back(all(depth));
        return expression;
    }

private:
    Expression all(int depth)
    {
        Expression expression;
        while (true) {
            skipBlanks();
            if (m_at >= m_text.size() || m_text[m_at] == ')' || looksAt("OR"))
                return expression;
            if (keyword("AND"))
                continue;
            expression.parts.push_back(one(depth));
        }
    }

    Expression one(int depth)
    {
        if (keyword("NOT") || character('-')) {
            Expression expression;
            expression.kind = Expression::Kind::Not;
            expression.parts.push_back(plain(depth));
            return expression;
        }
        return plain(depth);
    }

    Expression plain(int depth)
    {
        if (depth < kDepthMax && character('(')) {
            Expression expression = any(depth + 1);
            character(')');
            return expression;
        }
        Expression expression;
        expression.kind = Expression::Kind::Word;
        expression.value = word(expression.quoted);
        if (!expression.quoted && character(':')) {
            expression.kind = Expression::Kind::Term;
            expression.field = lower(expression.value);
            for (const char* sign : {">=", "<=", ">", "<"}) {
                if (m_text.substr(m_at).starts_with(sign)) {
                    expression.comparison = sign;
                    m_at += std::string_view(sign).size();
                    break;
                }
            }
            expression.value = word(expression.quoted, true);
        }
        return expression;
    }

    std::string word(bool& quoted, bool afterField = false)
    {
        skipBlanks();
        std::string out;
        quoted = m_at < m_text.size() && (m_text[m_at] == '\'' || m_text[m_at] == '"');
        if (quoted) {
            const char quote = m_text[m_at++];
            while (m_at < m_text.size() && m_text[m_at] != quote) {
                if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                    ++m_at;
                out.push_back(m_text[m_at++]);
            }
            ++m_at;
            return out;
        }
        while (m_at < m_text.size() && m_text[m_at] != ' ' && m_text[m_at] != ')' &&
               (afterField || m_text[m_at] != ':'))
            out.push_back(m_text[m_at++]);
        if (out.empty() && m_at < m_text.size() && m_text[m_at] != ')' && m_text[m_at] != ':')
            ++m_at;
        return out;
    }

    void skipBlanks()
    {
        while (m_at < m_text.size() && m_text[m_at] == ' ')
            ++m_at;
    }
    bool looksAt(std::string_view keyword) const
    {
        const std::string_view rest = m_text.substr(m_at);
        return rest.starts_with(keyword) &&
               (rest.size() == keyword.size() || rest[keyword.size()] == ' ' ||
                rest[keyword.size()] == '(');
    }
    bool keyword(std::string_view keyword)
    {
        skipBlanks();
        if (!looksAt(keyword))
            return false;
        m_at += keyword.size();
        return true;
    }
    bool character(char c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

SearchQuery SearchQuery::parse(const std::string& text)
{
    SearchQuery query;
    query.m_text = text;
    query.m_root = Parser(query.m_text).any(0);
    return query;
}

bool SearchQuery::term(const Expression& expression, const SearchReader& reader, bool wholeSeconds,
                       std::vector<SearchWarning>* warnings) const
{
    const auto stored = reader(expression.field);
    if (!stored) {
        const bool known =
            warnings == nullptr || std::ranges::any_of(*warnings, [&](const SearchWarning& one) {
                return one.field == expression.field && one.query == m_text;
            });
        if (!known)
            warnings->push_back({m_text, expression.field});
        return true;
    }
    if (stored->time) {
        const std::string text =
            expression.quoted ? expression.value : expression.value.substr(0, 10);
        const auto wanted = parseInstant(text);
        if (!wanted || *stored->time == 0)
            return false;
        if (wholeSeconds && expression.comparison == ">")
            return *stored->time / kSecond > *wanted / kSecond;
        return compare(*stored->time, expression.comparison, *wanted);
    }
    return std::ranges::any_of(stored->texts, [&](const std::string& text) {
        return textMatches(text, expression.comparison, expression.value);
    });
}

bool SearchQuery::evaluate(const Expression& expression, const SearchReader& reader,
                           bool wholeSeconds, std::vector<SearchWarning>* warnings) const
{
    const auto holds = [&](const Expression& part) {
        return evaluate(part, reader, wholeSeconds, warnings);
    };
    switch (expression.kind) {
    case Expression::Kind::All:
        return std::ranges::all_of(expression.parts, holds);
    case Expression::Kind::Any:
        return std::ranges::any_of(expression.parts, holds);
    case Expression::Kind::Not:
        return !holds(expression.parts.front());
    case Expression::Kind::Term:
        return term(expression, reader, wholeSeconds, warnings);
    case Expression::Kind::Word:
        break;
    }
    const auto words = reader("default");
    return !words || expression.value.empty() ||
           std::ranges::any_of(words->texts, [&](const std::string& text) {
               return lower(text).find(lower(expression.value)) != std::string::npos;
           });
}

bool SearchQuery::matches(const SearchReader& reader, bool wholeSeconds,
                          std::vector<SearchWarning>* warnings) const
{
    return evaluate(m_root, reader, wholeSeconds, warnings);
}

} // namespace counterfoil::sandbox::shopify
