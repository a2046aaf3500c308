#include "core/decode/json.h"

#include "core/base/text.h"
#include "core/money/fraction.h"

#include <simdjson.h>

#include <fmt/format.h>

#include <charconv>
#include <memory>

namespace counterfoil::decode {

namespace {

using Indexer = simdjson::internal::dom_parser_implementation;

/// Buffers that a thread keeps between documents: fresh pages from the system cost more than the
/// parsing of a page.
constexpr std::size_t kKeptBytes = 16U << 20U;

struct Kept {
    std::unique_ptr<Indexer> indexer;
};

Kept& kept()
{
    thread_local Kept instance;
    return instance;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// The grammar of RFC 8259: no leading zero, no bare point.
bool isNumber(std::string_view text)
{
    std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
    const auto digits = [&] {
        const std::size_t from = at;
        while (at < text.size() && isDigit(text[at]))
            ++at;
        return at - from;
    };
    const bool leadingZero = at < text.size() && text[at] == '0';
    const std::size_t whole = digits();
    if (whole == 0 || (leadingZero && whole > 1))
        return false;
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (digits() == 0)
            return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        if (digits() == 0)
            return false;
    }
    return at == text.size();
}

tl::unexpected<Error> broken(std::string_view what, std::size_t at)
{
    return fail(ErrorCode::Undecodable, fmt::format("JSON: {} at byte {}", what, at));
}

/// What the answer looks like, for a person who reads the log: HTML is the usual one.
std::string_view looksLike(std::string_view bytes)
{
    const std::string_view text = trimmed(bytes);
    if (text.empty())
        return "empty answer";
    return text.front() == '<' ? "HTML or XML instead of JSON" : "not JSON";
}

/// Places of all tokens. simdjson finds them and checks UTF-8, strings and control characters on
/// the way; what the tokens say in their order is checked by Walker.
Result<Indexer*> indexed(std::string_view bytes)
{
    std::unique_ptr<Indexer>& indexer = kept().indexer;
    if (!indexer) {
        if (simdjson::get_active_implementation()->create_dom_parser_implementation(
                std::max<std::size_t>(bytes.size(), 4096), 1, indexer) != simdjson::SUCCESS)
            return fail(ErrorCode::TooLarge, "JSON: no memory for its index");
    } else if (indexer->capacity() < bytes.size() &&
               indexer->set_capacity(bytes.size()) != simdjson::SUCCESS) {
        indexer.reset();
        return fail(ErrorCode::TooLarge, "JSON: no memory for its index");
    }
    const auto* start = reinterpret_cast<const std::uint8_t*>(bytes.data());
    const simdjson::error_code code =
        indexer->stage1(start, bytes.size(), simdjson::stage1_mode::regular);
    if (code != simdjson::SUCCESS)
        return fail(ErrorCode::Undecodable,
                    fmt::format("JSON: {}: {}", looksLike(bytes), simdjson::error_message(code)));
    return indexer.get();
}

std::vector<std::uint32_t>& stack()
{
    thread_local std::vector<std::uint32_t> instance;
    instance.clear();
    return instance;
}

} // namespace

/// Turns the places of tokens into nodes; iterative, so that nesting costs no stack. A step says
/// only whether it went well: a Result for each token would cost more than the token.
class Walker {
public:
    Walker(Json& json, const Indexer& indexer)
        : m_nodes(json.m_nodes), m_bytes(json.m_bytes), m_places(indexer.structural_indexes.get()),
          m_count(indexer.n_structural_indexes), m_open(stack())
    {
    }

    Result<void> run()
    {
        m_nodes.makeRoom(m_count + 1); // a node takes a token at least
        bool isGood = value(0, 0);
        while (isGood && !m_open.empty())
            isGood = step();
        if (isGood && m_at != m_count)
            isGood = wrong("more after its end", place());
        if (!isGood)
            return broken(m_what, m_where);
        return {};
    }

private:
    [[nodiscard]] std::uint32_t place() const
    {
        return m_at < m_count ? m_places[m_at] : static_cast<std::uint32_t>(m_bytes.size());
    }
    [[nodiscard]] char token() const { return m_at < m_count ? m_bytes[m_places[m_at]] : '\0'; }

    [[nodiscard]] bool wrong(std::string_view what, std::uint32_t where)
    {
        m_what = what;
        m_where = where;
        return false;
    }

    /// End of the scalar that starts at the present token: the next token without the blanks.
    [[nodiscard]] std::uint32_t scalarEnd() const
    {
        std::uint32_t end =
            m_at + 1 < m_count ? m_places[m_at + 1] : static_cast<std::uint32_t>(m_bytes.size());
        while (end > 0 && isBlank(m_bytes[end - 1]))
            --end;
        return end;
    }

    bool value(std::uint32_t keyBegin, std::uint32_t keyLength)
    {
        const std::uint32_t begin = place();
        const char first = token();
        const std::uint32_t index = m_nodes.size;
        Json::Node& node = m_nodes.items[index];
        node.begin = begin;
        node.keyBegin = keyBegin;
        node.keyLength = static_cast<std::uint16_t>(keyLength);
        node.parent = m_open.empty() ? UINT32_MAX : m_open.back();
        if (first == '{' || first == '[') {
            if (m_open.size() >= kJsonDepthMax)
                return wrong("nested too deep", begin);
            node.kind = first == '{' ? JsonKind::Object : JsonKind::Array;
            m_open.push_back(index);
            ++m_nodes.size;
            ++m_at;
            m_isFirst = true;
            return true;
        }
        node.end = scalarEnd();
        if (!scalar(node, first))
            return false;
        ++m_at;
        node.next = ++m_nodes.size;
        return true;
    }

    /// Kind of the scalar in @p node; anything that is none is refused.
    bool scalar(Json::Node& node, char first)
    {
        if (first == '"') {
            node.kind = JsonKind::String;
            return (node.end >= node.begin + 2 && m_bytes[node.end - 1] == '"') ||
                   wrong("a text without its end", node.begin);
        }
        const std::string_view text = m_bytes.substr(node.begin, node.end - node.begin);
        if (first == 'n' && text == "null")
            node.kind = JsonKind::Null;
        else if (first == 't' && text == "true")
            node.kind = JsonKind::True;
        else if (first == 'f' && text == "false")
            node.kind = JsonKind::False;
        else if (isNumber(text))
            node.kind = JsonKind::Number;
        else
            return wrong(m_at < m_count ? "no value" : "cut off", node.begin);
        return true;
    }

    bool step()
    {
        Json::Node& open = m_nodes.items[m_open.back()];
        const bool isObject = open.kind == JsonKind::Object;
        const char next = token();
        if (next == (isObject ? '}' : ']')) {
            open.end = place() + 1;
            open.next = m_nodes.size;
            m_open.pop_back();
            ++m_at;
            m_isFirst = false;
            return true;
        }
        if (!m_isFirst) {
            if (next != ',')
                return wrong(m_at < m_count ? "no comma" : "cut off", place());
            ++m_at;
        }
        m_isFirst = false;
        return isObject ? member() : value(0, 0);
    }

    bool member()
    {
        if (token() != '"')
            return wrong(m_at < m_count ? "no key" : "cut off", place());
        const std::uint32_t begin = place() + 1;
        const std::uint32_t end = scalarEnd();
        if (end <= begin || m_bytes[end - 1] != '"' || end - 1 - begin > UINT16_MAX)
            return wrong("a broken key", begin);
        ++m_at;
        if (token() != ':')
            return wrong("no colon", place());
        ++m_at;
        return value(begin, end - 1 - begin);
    }

    Json::Nodes& m_nodes;
    std::string_view m_bytes;
    const std::uint32_t* m_places;
    std::uint32_t m_count;
    std::uint32_t m_at = 0;
    bool m_isFirst = false;
    std::vector<std::uint32_t>& m_open; ///< containers that are not closed yet
    std::string_view m_what;            ///< of the first fault
    std::uint32_t m_where = 0;
};

void Json::Nodes::makeRoom(std::uint32_t count)
{
    if (capacity >= count)
        return;
    items = std::make_unique_for_overwrite<Node[]>(count);
    capacity = count;
}

Json::Nodes& Json::spareNodes()
{
    thread_local Nodes instance;
    return instance;
}

Result<Json> Json::parse(std::string_view bytes)
{
    if (bytes.size() > kJsonBytesMax)
        return fail(ErrorCode::TooLarge, fmt::format("JSON: {} bytes", bytes.size()));
    if (bytes.empty())
        return fail(ErrorCode::Undecodable, "JSON: empty answer");
    Result<Indexer*> indexer = indexed(bytes);
    if (!indexer)
        return fail(indexer.error());
    Json json;
    json.m_bytes = bytes;
    std::swap(json.m_nodes, spareNodes());
    json.m_nodes.size = 0;
    Result<void> walked = Walker(json, **indexer).run();
    if ((*indexer)->capacity() > kKeptBytes)
        kept().indexer.reset();
    if (!walked)
        return fail(walked.error());
    return json;
}

Json::~Json()
{
    Nodes& spare = spareNodes();
    if (m_nodes.items && m_nodes.capacity > spare.capacity &&
        m_nodes.capacity * sizeof(Node) <= kKeptBytes)
        std::swap(spare, m_nodes);
}

View View::at(std::string_view pointer) const
{
    View here = *this;
    while (!pointer.empty() && pointer.front() == '/') {
        pointer.remove_prefix(1);
        const std::size_t end = std::min(pointer.find('/'), pointer.size());
        const std::string_view step = pointer.substr(0, end);
        if (here.isArray()) {
            std::size_t index = 0;
            const auto [stop, code] =
                std::from_chars(step.data(), step.data() + step.size(), index);
            const View list = here;
            here = code == std::errc() && stop == step.data() + step.size() ? list.firstChild()
                                                                            : View();
            for (std::size_t i = 0; i < index && here.kind() != JsonKind::Missing; ++i)
                here = here.nextSibling();
        } else {
            here = here[step];
        }
        pointer.remove_prefix(end);
    }
    return here;
}

std::string View::path() const
{
    return path(View());
}

std::string View::path(const View& base) const
{
    std::string tail;
    std::uint32_t index = m_index;
    if (m_json == nullptr)
        return {};
    if (index == kNone) {
        tail = std::string(m_key);
        index = m_parent;
    }
    while (index != kNone && index != 0 && index != base.m_index) {
        const Json::Node& node = m_json->m_nodes.items[index];
        std::string head;
        if (m_json->m_nodes.items[node.parent].kind == JsonKind::Array) {
            std::size_t ordinal = 0;
            for (std::uint32_t i = node.parent + 1; i != index; i = m_json->m_nodes.items[i].next)
                ++ordinal;
            head = fmt::format("[{}]", ordinal);
        } else {
            head = std::string(clipped(m_json->m_bytes.substr(node.keyBegin, node.keyLength), 64));
        }
        const bool needsDot = !tail.empty() && tail.front() != '[';
        tail = head + (needsDot ? "." : "") + tail;
        index = node.parent;
    }
    return tail;
}

Fields::Fields(const View& object)
    : m_object(object), m_cursor(object.isObject() ? object.m_index + 1 : View::kNone)
{
}

View Fields::operator()(std::string_view key)
{
    if (m_cursor == View::kNone)
        return m_object[key];
    const Json::Node* nodes = m_object.m_json->m_nodes.items.get();
    const std::string_view bytes = m_object.m_json->m_bytes;
    const std::uint32_t end = nodes[m_object.m_index].next;
    for (std::uint32_t i = m_cursor; i < end; i = nodes[i].next) {
        if (bytes.substr(nodes[i].keyBegin, nodes[i].keyLength) == key) {
            m_cursor = nodes[i].next;
            return View(m_object.m_json, i, View::kNone, {});
        }
    }
    return m_object[key];
}

void Faults::add(const View& at, std::string_view what)
{
    if (m_any)
        return;
    m_any = true;
    const std::string path = at.path(m_base);
    m_text = path.empty() ? std::string(what) : fmt::format("{}: {}", path, what);
}

void Faults::unknown(const View& at, std::string_view word)
{
    if (m_unknowns == nullptr)
        return;
    domain::UnknownSeen seen;
    seen.field = at.path(m_base);
    seen.value = std::string(clipped(word, 128));
    m_unknowns->push_back(std::move(seen));
}

tl::unexpected<Error> failed(const Faults& faults, Platform source)
{
    return fail(ErrorCode::Undecodable, faults.text(), source);
}

} // namespace counterfoil::decode
