#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/domain/case_facts.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A strict reader of platform JSON for this layer. Every value keeps its exact place in the bytes:
/// records are cut out unchanged, and a number is read by its text, never through floating point.
namespace counterfoil::decode {

inline constexpr std::size_t kJsonDepthMax = 1024;
inline constexpr std::size_t kJsonBytesMax = 64U
                                             << 20U; ///< of one page; bulk files are cut into lines
inline constexpr std::size_t kTextBytesMax = 64U << 10U; ///< of one field; longer ones are clipped
inline constexpr std::size_t kListItemsMax = 100'000;    ///< of one list that is walked

enum class JsonKind : std::uint8_t { Missing, Null, False, True, Number, String, Object, Array };

class Json;

/// One value, or the place of one that is missing. Valid as long as its Json and the bytes behind
/// it.
class View {
public:
    View() = default;

    [[nodiscard]] inline JsonKind kind() const;
    /// Missing or null.
    [[nodiscard]] bool isAbsent() const { return kind() <= JsonKind::Null; }
    [[nodiscard]] bool isObject() const { return kind() == JsonKind::Object; }
    [[nodiscard]] bool isArray() const { return kind() == JsonKind::Array; }
    /// The exact bytes; of a string with its quotes. Empty when missing.
    [[nodiscard]] inline std::string_view raw() const;
    /// Member of an object; missing when absent or when this is no object.
    [[nodiscard]] inline View operator[](std::string_view key) const;
    /// By JSON pointer ("/a/0/b"); the empty pointer is this value.
    [[nodiscard]] View at(std::string_view pointer) const;
    /// First child of an object or array, then each next one; ends with a missing one.
    [[nodiscard]] inline View firstChild() const;
    [[nodiscard]] inline View nextSibling() const;
    /// Raw key of an object's member (escapes unresolved).
    [[nodiscard]] inline std::string_view key() const;
    /// "orders.nodes[3].name", from the document's top or from @p base.
    [[nodiscard]] std::string path(const View& base) const;
    [[nodiscard]] std::string path() const;

    /// For loops over the children: `for (const View& row : rows.children())`.
    class Iterator;
    struct Children;
    [[nodiscard]] inline Children children() const;

private:
    friend class Json;
    friend class Fields;
    View(const Json* json, std::uint32_t index, std::uint32_t parent, std::string_view key)
        : m_json(json), m_index(index), m_parent(parent), m_key(key)
    {
    }
    static constexpr std::uint32_t kNone = UINT32_MAX;

    const Json* m_json = nullptr;
    std::uint32_t m_index = kNone;  ///< node; kNone: missing
    std::uint32_t m_parent = kNone; ///< of a missing one: where it was looked for
    std::string_view m_key;         ///< of a missing one: what was looked for
};

/// A parsed document. Does not own the bytes.
class Json {
public:
    /// @param bytes must stay in place as long as this object. Errors: Undecodable (what and at
    /// which byte), TooLarge.
    [[nodiscard]] static Result<Json> parse(std::string_view bytes);
    Json(Json&&) = default;
    Json& operator=(Json&&) = default;
    Json(const Json&) = delete;
    Json& operator=(const Json&) = delete;
    ~Json();

    [[nodiscard]] View root() const { return View(this, 0, View::kNone, {}); }

private:
    friend class View;
    friend class Fields;
    friend class Walker;
    /// Every field is set by the walker, so that a buffer of them costs nothing before.
    struct Node {
        std::uint32_t begin, end; ///< bytes of the value
        std::uint32_t next;       ///< node after this one's whole subtree
        std::uint32_t keyBegin;   ///< 0: no key
        std::uint32_t parent;     ///< UINT32_MAX: the root
        std::uint16_t keyLength;
        JsonKind kind;
    };
    struct Nodes {
        std::unique_ptr<Node[]> items;
        std::uint32_t size = 0;
        std::uint32_t capacity = 0;
        void makeRoom(std::uint32_t count); ///< keeps nothing that was there
    };
    /// A buffer that the thread keeps between documents: fresh pages cost more than a parse.
    [[nodiscard]] static Nodes& spareNodes();
    Json() = default;

    std::string_view m_bytes;
    Nodes m_nodes;
};

inline JsonKind View::kind() const
{
    return m_index == kNone ? JsonKind::Missing : m_json->m_nodes.items[m_index].kind;
}

inline std::string_view View::raw() const
{
    if (m_index == kNone)
        return {};
    const Json::Node& node = m_json->m_nodes.items[m_index];
    return {m_json->m_bytes.data() + node.begin, node.end - node.begin};
}

inline std::string_view View::key() const
{
    if (m_index == kNone)
        return m_key;
    const Json::Node& node = m_json->m_nodes.items[m_index];
    return {m_json->m_bytes.data() + node.keyBegin, node.keyLength};
}

inline View View::firstChild() const
{
    if (kind() < JsonKind::Object || m_json->m_nodes.items[m_index].next == m_index + 1)
        return View(m_json, kNone, m_index, {});
    return View(m_json, m_index + 1, kNone, {});
}

inline View View::nextSibling() const
{
    if (m_index == kNone)
        return {};
    const Json::Node& node = m_json->m_nodes.items[m_index];
    if (node.parent == kNone || node.next >= m_json->m_nodes.items[node.parent].next)
        return View(m_json, kNone, node.parent, {});
    return View(m_json, node.next, kNone, {});
}

inline View View::operator[](std::string_view key) const
{
    if (kind() == JsonKind::Object) {
        const Json::Node* nodes = m_json->m_nodes.items.get();
        const char* bytes = m_json->m_bytes.data();
        for (std::uint32_t i = m_index + 1; i < nodes[m_index].next; i = nodes[i].next) {
            if (std::string_view(bytes + nodes[i].keyBegin, nodes[i].keyLength) == key)
                return View(m_json, i, kNone, {});
        }
    }
    return View(m_json, kNone, m_index == kNone ? m_parent : m_index, key);
}

class View::Iterator {
public:
    explicit Iterator(View view) : m_view(view) {}
    const View& operator*() const { return m_view; }
    Iterator& operator++()
    {
        m_view = m_view.nextSibling();
        return *this;
    }
    bool operator!=(const Iterator&) const { return m_view.kind() != JsonKind::Missing; }

private:
    View m_view;
};
struct View::Children {
    View first;
    [[nodiscard]] Iterator begin() const { return Iterator(first); }
    [[nodiscard]] static Iterator end() { return Iterator(View()); }
};

/// Members of one object, fastest when asked in the order in which they were sent.
class Fields {
public:
    explicit Fields(const View& object);
    [[nodiscard]] View operator()(std::string_view key);

private:
    View m_object;
    std::uint32_t m_cursor;
};

inline View::Children View::children() const
{
    return Children{firstChild()};
}

/// The first thing wrong in a record, with its path. Later ones are not kept.
class Faults {
public:
    /// @param base     paths are given from here
    /// @param unknowns where words that we do not know go; nullptr: nowhere
    explicit Faults(const View& base, std::vector<domain::UnknownSeen>* unknowns = nullptr)
        : m_base(base), m_unknowns(unknowns)
    {
    }
    void add(const View& at, std::string_view what);
    /// Not a fault: a word or a shape that we do not know, to be shown as `unknown-value`.
    void unknown(const View& at, std::string_view word);
    [[nodiscard]] bool any() const { return m_any; }
    [[nodiscard]] const std::string& text() const { return m_text; } ///< "items[3].sku: not a text"

private:
    View m_base;
    std::vector<domain::UnknownSeen>* m_unknowns;
    bool m_any = false;
    std::string m_text;
};

// Reading of values. An absent value (missing, null, and where said "") is not a fault.

/// Text, valid UTF-8 without NUL, clipped to kTextBytesMax; a number by its own text (ids come as
/// numbers); "" when absent.
[[nodiscard]] std::string readText(const View& value, Faults& faults);
/// true, false, 0, 1; nullopt when absent or "".
[[nodiscard]] std::optional<bool> readFlag(const View& value, Faults& faults);
/// A whole number, or a text of digits; nullopt when absent or "".
[[nodiscard]] std::optional<std::int64_t> readInteger(const View& value, Faults& faults);
/// A duration in whole seconds, 0 up to a year; anything else is a fault, nullopt when absent.
[[nodiscard]] std::optional<Millis> readSeconds(const View& value, Faults& faults);
/// ISO 8601; nullopt when absent or "".
[[nodiscard]] std::optional<Instant> readInstant(const View& value, Faults& faults);
/// The decimal text of a number, or of a text that holds one; empty when absent or "". Whether it
/// is a number is for the money parser to say.
[[nodiscard]] std::string_view readDecimal(const View& value, Faults& faults);
/// Texts of an array; empty when absent.
[[nodiscard]] std::vector<std::string> readTexts(const View& value, Faults& faults);
/// The value when it is an object, else missing; another kind than object or null is a fault.
[[nodiscard]] View readObject(const View& value, Faults& faults);
/// Likewise for an array; a longer one than kListItemsMax is a fault.
[[nodiscard]] View readArray(const View& value, Faults& faults);

/// Undecodable with the text of the first fault.
[[nodiscard]] tl::unexpected<Error> failed(const Faults& faults, Platform source);

/// JSON text of a string: quotes, escapes.
[[nodiscard]] std::string quoted(std::string_view text);

} // namespace counterfoil::decode
