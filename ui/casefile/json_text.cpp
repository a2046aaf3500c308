#include "ui/casefile/json_text.h"

#include <algorithm>
#include <cctype>

namespace counterfoil::casefile {

namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kDepthMax = 200;

/// One pass over the text; copies tokens, never converts them.
class Layouter {
public:
    explicit Layouter(std::string_view body) : m_body(body) {}

    [[nodiscard]] bool run()
    {
        skip();
        if (!value({}, 0))
            return false;
        endLine("");
        skip();
        return m_at == m_body.size();
    }
    [[nodiscard]] JsonText take() { return std::move(m_out); }

private:
    void skip()
    {
        while (m_at < m_body.size() && std::isspace(static_cast<unsigned char>(m_body[m_at])) != 0)
            ++m_at;
    }
    [[nodiscard]] char peek() const { return m_at < m_body.size() ? m_body[m_at] : '\0'; }
    void endLine(const std::string& pointer)
    {
        m_out.text += '\n';
        m_out.pointers.push_back(pointer);
    }
    void indent(std::size_t depth) { m_out.text.append(depth * kIndent, ' '); }

    [[nodiscard]] bool string(std::string_view* out)
    {
        const std::size_t start = m_at;
        if (peek() != '"')
            return false;
        for (++m_at; m_at < m_body.size() && m_body[m_at] != '"'; ++m_at)
            m_at += m_body[m_at] == '\\' ? 1U : 0U;
        if (m_at >= m_body.size())
            return false;
        ++m_at;
        *out = m_body.substr(start, m_at - start);
        return true;
    }

    [[nodiscard]] static std::string escaped(std::string_view name)
    {
        std::string out;
        for (const char letter : name)
            out += letter == '~' ? "~0" : letter == '/' ? "~1" : std::string(1, letter);
        return out;
    }

    [[nodiscard]] bool value(const std::string& pointer, std::size_t depth)
    {
        if (depth > kDepthMax)
            return false;
        const char first = peek();
        if (first == '{' || first == '[')
            return container(pointer, depth, first);
        std::string_view token;
        if (first == '"') {
            if (!string(&token))
                return false;
        } else {
            const std::size_t start = m_at;
            while (m_at < m_body.size() &&
                   std::string_view(",]} \t\r\n").find(m_body[m_at]) == std::string_view::npos)
                ++m_at;
            token = m_body.substr(start, m_at - start);
        }
        m_out.text += token;
        return !token.empty();
    }

    [[nodiscard]] bool container(const std::string& pointer, std::size_t depth, char open)
    {
        const char close = open == '{' ? '}' : ']';
        ++m_at;
        skip();
        m_out.text += open;
        if (peek() == close) {
            ++m_at;
            m_out.text += close;
            return true;
        }
        endLine(pointer);
        for (int index = 0;; ++index) {
            skip();
            indent(depth + 1);
            std::string child = pointer + '/' + std::to_string(index);
            if (open == '{') {
                std::string_view name;
                if (!string(&name))
                    return false;
                child = pointer + '/' + escaped(name.substr(1, name.size() - 2));
                m_out.text += name;
                m_out.text += ": ";
                skip();
                if (peek() != ':')
                    return false;
                ++m_at;
                skip();
            }
            if (!value(child, depth + 1))
                return false;
            skip();
            const bool isMore = peek() == ',';
            if (isMore) {
                ++m_at;
                m_out.text += ',';
            }
            endLine(child);
            if (!isMore)
                break;
        }
        if (peek() != close)
            return false;
        ++m_at;
        indent(depth);
        m_out.text += close;
        return true;
    }

    std::string_view m_body;
    std::size_t m_at = 0;
    JsonText m_out;
};

/// What a line holds behind its name: no quotes, no comma.
std::string_view heldBy(std::string_view line)
{
    const std::size_t colon = line.find(": ");
    std::string_view held = line.substr(colon == std::string_view::npos ? 0 : colon + 2);
    held.remove_prefix(std::min(held.find_first_not_of(' '), held.size()));
    if (!held.empty() && held.back() == ',')
        held.remove_suffix(1);
    if (held.size() >= 2 && held.front() == '"' && held.back() == '"')
        held = held.substr(1, held.size() - 2);
    return held;
}

} // namespace

int JsonText::lineOf(std::string_view pointer) const
{
    for (std::string_view wanted = pointer;;) {
        const auto found = std::find(pointers.begin(), pointers.end(), wanted);
        if (found != pointers.end())
            return static_cast<int>(found - pointers.begin());
        const std::size_t slash = wanted.rfind('/');
        if (slash == std::string_view::npos)
            return -1;
        wanted = wanted.substr(0, slash);
    }
}

int JsonText::lineHolding(std::string_view value) const
{
    if (value.empty())
        return -1;
    std::string_view rest = text;
    for (int line = 0; !rest.empty(); ++line) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (heldBy(rest.substr(0, end)) == value)
            return line;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return -1;
}

JsonText layOutJson(std::string_view body)
{
    Layouter layouter(body);
    if (layouter.run())
        return layouter.take();
    JsonText out;
    out.text = std::string(body) + '\n';
    out.pointers.assign(
        static_cast<std::size_t>(std::count(out.text.begin(), out.text.end(), '\n')), "");
    return out;
}

} // namespace counterfoil::casefile
