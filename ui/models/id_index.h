#pragma once

#include <QtGlobal>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace counterfoil::models {

/// Places of ids in a list, sorted once: 12 bytes an id and no node, where a hash takes about three
/// times as much. Immutable once built.
class IdIndex {
public:
    IdIndex() = default;
    /// @param ids each once; its place is its index
    explicit IdIndex(std::span<const quint64> ids)
    {
        std::vector<std::pair<quint64, std::uint32_t>> sorted(ids.size());
        for (std::size_t i = 0; i < ids.size(); ++i)
            sorted[i] = {ids[i], static_cast<std::uint32_t>(i)};
        std::sort(sorted.begin(), sorted.end());
        m_ids.reserve(sorted.size());
        m_places.reserve(sorted.size());
        for (const auto& [id, place] : sorted) {
            m_ids.push_back(id);
            m_places.push_back(place);
        }
    }

    /// Place of @p id, or @p fallback.
    [[nodiscard]] std::uint32_t value(quint64 id, std::uint32_t fallback) const
    {
        const auto at = std::lower_bound(m_ids.begin(), m_ids.end(), id);
        if (at == m_ids.end() || *at != id)
            return fallback;
        return m_places[static_cast<std::size_t>(at - m_ids.begin())];
    }
    [[nodiscard]] bool contains(quint64 id) const
    {
        return std::binary_search(m_ids.begin(), m_ids.end(), id);
    }
    [[nodiscard]] std::size_t size() const { return m_ids.size(); }

private:
    std::vector<quint64> m_ids;
    std::vector<std::uint32_t> m_places;
};

} // namespace counterfoil::models
