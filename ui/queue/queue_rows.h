#pragma once

#include <QHash>

#include "core/query/filter.h"
#include "core/workspace/queue_table.h"
#include "ui/widgets/queue_row.h"

#include <memory>
#include <optional>
#include <vector>

namespace counterfoil::queue {

/// The rows of a QueueTable that a filter lets through, one row an exception, in the table's order
/// (default order) or as the filter sorts. GUI thread.
class QueueRows final : public widgets::QueueRowSource {
public:
    void setTable(std::shared_ptr<const workspace::QueueTable> table);
    void setFilter(query::Filter filter);
    /// @p now: for ages; @p person: for is:mine
    void rebuild(Instant now, const std::string& person);

    [[nodiscard]] int count() const override { return static_cast<int>(m_shown.size()); }
    [[nodiscard]] bool isGroup(int) const override { return false; }
    [[nodiscard]] widgets::QueueRow row(int index) const override;
    [[nodiscard]] quint64 idAt(int index) const override;
    [[nodiscard]] int indexOf(quint64 id) const override { return m_places.value(id, -1); }
    /// The exception behind a row, or nullopt when it is not shown.
    [[nodiscard]] std::optional<view::QueueRow> exceptionOf(quint64 id) const;
    [[nodiscard]] std::size_t total() const { return m_table ? m_table->size() : 0; }

private:
    void sort();

    std::shared_ptr<const workspace::QueueTable> m_table;
    query::Filter m_filter;
    Instant m_now{};
    std::vector<std::size_t> m_shown;
    QHash<quint64, int> m_places;
};

} // namespace counterfoil::queue
