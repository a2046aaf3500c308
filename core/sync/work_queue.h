#pragma once

#include "core/base/time.h"

#include <deque>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

namespace counterfoil::sync {

/// One thing to read: "order:5820011223344", "case:rma:7000412", "rma:7000412" ...
struct Work {
    Work() {}
    explicit Work(std::string what) : key(std::move(what)) {}
    std::string key;
    int attempts = 0;
    Instant dueAt{};
};

/// First in, first out, each key once; what failed comes back later. Engine thread.
class WorkQueue {
public:
    void push(Work work)
    {
        if (m_keys.insert(work.key).second)
            m_rows.push_back(std::move(work));
    }
    void pushFront(Work work)
    {
        if (m_keys.insert(work.key).second)
            m_rows.push_front(std::move(work));
    }
    /// The first row that is due.
    [[nodiscard]] std::optional<Work> pop(Instant now)
    {
        for (auto row = m_rows.begin(); row != m_rows.end(); ++row) {
            if (row->dueAt > now)
                continue;
            Work work = std::move(*row);
            m_rows.erase(row);
            m_keys.erase(work.key);
            return work;
        }
        return std::nullopt;
    }
    void clear()
    {
        m_rows.clear();
        m_keys.clear();
    }
    [[nodiscard]] bool empty() const { return m_rows.empty(); }
    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    /// The earliest moment at which pop() gives something.
    [[nodiscard]] std::optional<Instant> nextDue() const
    {
        std::optional<Instant> earliest;
        for (const Work& row : m_rows) {
            if (!earliest || row.dueAt < *earliest)
                earliest = row.dueAt;
        }
        return earliest;
    }

private:
    std::deque<Work> m_rows;
    std::unordered_set<std::string> m_keys;
};

} // namespace counterfoil::sync
