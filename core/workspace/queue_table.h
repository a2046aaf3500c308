#pragma once

#include "core/query/row.h"
#include "core/workspace/shaped_texts.h"
#include "core/workspace/view.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::workspace {

/// All rows of the queue, immutable once built; filtered and sorted through index vectors. What
/// sorting asks stands in columns of fixed width; the texts of a row lie together in one record,
/// those that many rows share (customer, status, person) as numbers of a pool, sentences as the
/// digits in a shared shape. About 150 bytes a row.
class QueueTable {
public:
    void reserve(std::size_t rows);
    void append(const view::QueueRow& row);
    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    /// The whole row as a value. @pre index < size()
    [[nodiscard]] view::QueueRow row(std::size_t index) const;
    /// What a filter asks of the row: views into this table, and of the sentences into texts of
    /// this thread that the next call overwrites.
    [[nodiscard]] query::Row queryRow(std::size_t index) const;
    /// Puts the rows into the default order (law.md 6: by key, ties by age) and drops those behind
    /// @p rowsMax.
    void sortDefault(std::size_t rowsMax);
    /// No row will be added any more: frees what only adding needs.
    void seal();
    [[nodiscard]] FindingId id(std::size_t index) const;
    [[nodiscard]] std::string_view idText(std::size_t index) const;
    [[nodiscard]] std::string_view caseId(std::size_t index) const;
    [[nodiscard]] std::int64_t orderKey(std::size_t index) const { return m_rows[index].orderKey; }
    [[nodiscard]] std::int64_t seq(std::size_t index) const { return m_rows[index].seq; }
    [[nodiscard]] std::size_t bytes() const;
    /// Index of the finding, or npos.
    [[nodiscard]] std::size_t find(const FindingId& id) const;
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

private:
    struct Packed {
        std::int64_t orderKey, firstSeen, due, minor, seq;
        std::uint32_t record; ///< place of the texts: block, then byte in it
        float slaUsed;
        std::uint16_t lineCount;
        std::uint8_t type, severity, owner, state, riskKind, flags;
    };
    struct Texts;
    [[nodiscard]] const Packed& at(std::size_t index) const;
    [[nodiscard]] const char* recordOf(const Packed& row) const;
    [[nodiscard]] Texts textsOf(const Packed& row) const;
    [[nodiscard]] std::uint32_t keep(std::string_view record);

    std::vector<Packed> m_rows;
    TextPool m_shared;
    ShapedTexts m_sentences;
    std::vector<std::unique_ptr<char[]>> m_blocks;
    std::size_t m_blockUsed = 0; ///< of the last block
    std::string m_scratch;       ///< the record being written
};

} // namespace counterfoil::workspace
