#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace counterfoil::workspace {

/// Interned UTF-8 texts in one block: the same customer a thousand times costs one text. Grows
/// only; values stay valid until the next add().
class TextPool {
public:
    using Ref = std::uint32_t;
    [[nodiscard]] Ref add(std::string_view text);
    /// 0 for a text that is not here, and for the empty one.
    [[nodiscard]] Ref find(std::string_view text) const;
    [[nodiscard]] std::string_view at(Ref ref) const;
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    /// No text will be added any more: frees what only adding needs.
    void seal();
    [[nodiscard]] std::size_t bytes() const;

private:
    std::string m_block;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> m_entries{{0, 0}};
    std::unordered_multimap<std::uint64_t, Ref> m_index;
};

/// Sentences that differ in their numbers only: "Credit 48.00 above invoice" is kept once as the
/// shape "Credit #.# above invoice", and each text as that shape's number and its digits, two in a
/// byte. What has no shape here (too many of them, control characters) is kept as it is.
class ShapedTexts {
public:
    /// Appends @p text to @p record.
    void put(std::string& record, std::string_view text);
    /// What put() appended, still packed. Points into the record.
    struct Packed {
        TextPool::Ref shape = 0; ///< 0: bytes is the text itself
        std::string_view bytes;
    };
    /// Appends the text to @p out.
    void write(const Packed& packed, std::string& out) const;
    void seal() { m_shapes.seal(); }
    [[nodiscard]] std::size_t bytes() const { return m_shapes.bytes(); }

private:
    TextPool m_shapes;
    std::string m_shape, m_digits; ///< being made
};

// The small binary form of records: numbers of seven bits a byte, texts with their length before.
void putNumber(std::string& record, std::uint64_t number);
void putText(std::string& record, std::string_view text);

/// Reads a record from front to back.
class RecordCursor {
public:
    explicit RecordCursor(const char* at) : m_at(at) {}
    std::uint64_t number()
    {
        std::uint64_t out = 0;
        for (unsigned shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(*m_at++);
            out |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80)
                return out;
        }
    }
    std::string_view text()
    {
        const std::uint64_t size = number();
        const char* begin = m_at;
        m_at += size;
        return {begin, size};
    }
    ShapedTexts::Packed shaped()
    {
        ShapedTexts::Packed out;
        out.shape = static_cast<TextPool::Ref>(number());
        out.bytes = text();
        return out;
    }

private:
    const char* m_at;
};

} // namespace counterfoil::workspace
