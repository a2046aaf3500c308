#pragma once

#include "core/domain/account.h"
#include "core/domain/order.h"
#include "core/domain/purchase.h"
#include "core/domain/rma.h"
#include "core/domain/stock.h"

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

namespace counterfoil::store {

/// Keeps decoded documents by version, so that judging a case again decodes only what moved. Values
/// never change: a version's bytes never do. One thread.
class DecodedCache {
public:
    template <class T> struct Entry {
        T value;
        std::string problem; ///< not empty: the document did not decode, and why
    };
    template <class T> using Kept = std::shared_ptr<const Entry<T>>;

    /// The kept entry of @p key, or what @p make gives.
    template <class T, class Make> Kept<T> get(const std::string& key, Make make)
    {
        auto& entries = of<T>();
        if (const auto found = entries.find(key); found != entries.end())
            return found->second;
        // Bounded: a full cache starts anew, which costs one decode a document and no bookkeeping.
        if (entries.size() >= kEntriesMax)
            entries.clear();
        auto entry = std::make_shared<const Entry<T>>(make());
        entries.emplace(key, entry);
        return entry;
    }
    void clear() { m_maps = {}; }

private:
    static constexpr std::size_t kEntriesMax = 4096;
    template <class T> using Map = std::unordered_map<std::string, Kept<T>>;
    template <class T> Map<T>& of() { return std::get<Map<T>>(m_maps); }

    std::tuple<Map<domain::Order>, Map<domain::Rma>, Map<domain::Account>, Map<domain::Purchase>,
               Map<domain::StockLevel>, Map<domain::RmaTransaction>>
        m_maps;
};

} // namespace counterfoil::store
