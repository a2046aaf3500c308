#include "core/workspace/shaped_texts.h"

#include "core/base/check.h"

#include <functional>

namespace counterfoil::workspace {

namespace {

/// Stands in a shape for a run of digits.
constexpr char kRun = '\x01';
constexpr unsigned kEndOfRun = 0xf;
/// Sentences of ours have some hundred shapes; more come from platforms' own words.
constexpr std::size_t kShapesMax = 4096;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Packs half bytes, the high half first.
class HalfBytes {
public:
    explicit HalfBytes(std::string& out) : m_out(out) { m_out.clear(); }
    void add(unsigned half)
    {
        if (m_isHigh)
            m_out += static_cast<char>(half << 4U | kEndOfRun);
        else
            m_out.back() =
                static_cast<char>((static_cast<unsigned char>(m_out.back()) & 0xf0U) | half);
        m_isHigh = !m_isHigh;
    }

private:
    std::string& m_out;
    bool m_isHigh = true;
};

unsigned halfAt(std::string_view bytes, std::size_t at)
{
    const auto byte = static_cast<unsigned char>(bytes[at / 2]);
    return at % 2 == 0 ? byte >> 4U : byte & 0xfU;
}

} // namespace

TextPool::Ref TextPool::find(std::string_view text) const
{
    if (text.empty())
        return 0;
    const auto [from, to] = m_index.equal_range(std::hash<std::string_view>{}(text));
    for (auto row = from; row != to; ++row) {
        if (at(row->second) == text)
            return row->second;
    }
    return 0;
}

TextPool::Ref TextPool::add(std::string_view text)
{
    if (text.empty())
        return 0;
    if (const Ref known = find(text); known != 0)
        return known;
    const auto begin = static_cast<std::uint32_t>(m_block.size());
    m_block += text;
    m_entries.emplace_back(begin, static_cast<std::uint32_t>(text.size()));
    const auto ref = static_cast<Ref>(m_entries.size() - 1);
    m_index.emplace(std::hash<std::string_view>{}(text), ref);
    return ref;
}

std::string_view TextPool::at(Ref ref) const
{
    CF_CHECK(ref < m_entries.size());
    const auto [begin, length] = m_entries[ref];
    return std::string_view(m_block).substr(begin, length);
}

void TextPool::seal()
{
    m_index = {};
    m_block.shrink_to_fit();
    m_entries.shrink_to_fit();
}

std::size_t TextPool::bytes() const
{
    // A node of the index: hash, value, next, and its bucket.
    return m_block.capacity() + m_entries.capacity() * sizeof(m_entries[0]) + m_index.size() * 40;
}

void putNumber(std::string& record, std::uint64_t number)
{
    while (number >= 0x80) {
        record += static_cast<char>(number | 0x80);
        number >>= 7U;
    }
    record += static_cast<char>(number);
}

void putText(std::string& record, std::string_view text)
{
    putNumber(record, text.size());
    record += text;
}

void ShapedTexts::put(std::string& record, std::string_view text)
{
    m_shape.clear();
    HalfBytes digits(m_digits);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!isDigit(text[i])) {
            m_shape += text[i];
            continue;
        }
        m_shape += kRun;
        for (; i < text.size() && isDigit(text[i]); ++i)
            digits.add(static_cast<unsigned>(text[i] - '0'));
        digits.add(kEndOfRun);
        --i;
    }
    TextPool::Ref shape = 0;
    if (text.find(kRun) == std::string_view::npos) {
        shape = m_shapes.find(m_shape);
        if (shape == 0 && m_shapes.size() < kShapesMax)
            shape = m_shapes.add(m_shape);
    }
    putNumber(record, shape);
    putText(record, shape == 0 ? text : std::string_view(m_digits));
}

void ShapedTexts::write(const Packed& packed, std::string& out) const
{
    if (packed.shape == 0) {
        out += packed.bytes;
        return;
    }
    std::size_t at = 0;
    for (const char c : m_shapes.at(packed.shape)) {
        if (c != kRun) {
            out += c;
            continue;
        }
        for (unsigned half = halfAt(packed.bytes, at++); half != kEndOfRun;
             half = halfAt(packed.bytes, at++))
            out += static_cast<char>('0' + half);
    }
}

} // namespace counterfoil::workspace
