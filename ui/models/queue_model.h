#pragma once

#include <QObject>
#include <QThreadPool>

#include "ui/models/arrangement.h"
#include "ui/widgets/queue_row.h"

#include <map>
#include <optional>

namespace counterfoil::models {

/// The ordered view over a QueueTable that the list paints: filtered, sorted, grouped by case. A
/// filter arranges anew; a poll moves nothing: values change in place, new rows wait for
/// showWaiting(), rows that left stay as closed until then. Tables above kSmall rows are arranged
/// on a thread of their own and swapped in one reset. GUI thread.
class QueueModel final : public QObject, public widgets::QueueRowSource {
    Q_OBJECT

public:
    static constexpr std::size_t kSmall = 2'000;

    explicit QueueModel(QObject* parent = nullptr);
    ~QueueModel() override;

    /// A newer table. @p changedCases: ids of the cases that moved since the last one.
    void setTable(std::shared_ptr<const workspace::QueueTable> table, Instant now,
                  const std::string& person, const std::vector<std::string>& changedCases);
    /// The next table holds everything where this one had the first rows only: no row of it waits.
    void expectWhole() { m_wantsFresh = true; }
    void setFilter(query::Filter filter);
    [[nodiscard]] const query::Filter& filter() const { return m_request.filter; }
    /// Filters whose rows counts() tells, from the next table on.
    void setCounted(std::vector<query::Filter> filters) { m_request.counted = std::move(filters); }
    [[nodiscard]] const std::vector<int>& counts() const { return m_shown.counts; }
    /// Lets in what waits and out what left, in the filter's order.
    void showWaiting();
    /// A person acted on these: they may leave the list with the next table.
    void letGo(const std::vector<quint64>& ids);
    void setCaseOpen(quint64 caseNumber, bool isOpen);
    /// Ages are counted to @p now.
    void setNow(Instant now) { m_request.now = now; }
    [[nodiscard]] Instant now() const { return m_request.now; }

    [[nodiscard]] std::shared_ptr<const workspace::QueueTable> table() const
    {
        return m_request.table;
    }
    [[nodiscard]] query::Context context() const;
    /// Exceptions shown, those of folded cases among them.
    [[nodiscard]] int exceptions() const { return static_cast<int>(m_shown.order.size()); }
    [[nodiscard]] int waiting() const { return m_shown.waiting; }
    [[nodiscard]] int stale() const { return m_shown.stale; }
    /// The exception behind a line; of a case its first one. nullopt when it is not listed.
    [[nodiscard]] std::optional<view::QueueRow> exceptionOf(quint64 id) const;
    /// The exceptions behind lines: those of a case for a case. Each once, in the list's order.
    [[nodiscard]] std::vector<view::QueueRow> exceptionsOf(const std::vector<quint64>& ids) const;

    // QueueRowSource
    [[nodiscard]] int count() const override { return static_cast<int>(m_shown.places.size()); }
    [[nodiscard]] bool isGroup(int index) const override;
    [[nodiscard]] widgets::QueueRow row(int index) const override;
    [[nodiscard]] quint64 idAt(int index) const override;
    [[nodiscard]] int indexOf(quint64 id) const override;

Q_SIGNALS:
    /// Lines came, went or moved: the list asks for all of them again.
    void arranged();
    /// Values of one line changed in place. @p columns: bits of widgets::QueueColumn
    void lineChanged(quint64 id, std::uint16_t columns);
    /// A newer table was taken: waiting(), stale() and counts() may read differently.
    void taken();

private:
    [[nodiscard]] view::QueueRow valueOf(quint64 id) const;
    /// The exceptions behind a line: those of a case, or the one itself.
    [[nodiscard]] std::vector<quint64> membersOf(int place) const;
    void run(bool isHeld);
    void take(Arrangement made, const ArrangeRequest& request,
              const std::vector<std::string>& changedCases);
    void announce(const Arrangement& before, const ArrangeRequest& request,
                  const std::shared_ptr<const workspace::QueueTable>& tableBefore,
                  const std::vector<std::string>& changedCases);

    QThreadPool m_pool;
    ArrangeRequest m_request;                             ///< what is wanted
    std::shared_ptr<const workspace::QueueTable> m_table; ///< what m_shown points into
    Arrangement m_shown;
    std::map<quint64, view::QueueRow> m_gone; ///< shown, no longer in the table
    std::vector<std::string> m_changed;       ///< cases that moved and were not announced yet
    quint64 m_turn = 0;
    bool m_isRunning = false;
    bool m_wantsFresh = true; ///< the next arrangement is in the filter's own order
};

} // namespace counterfoil::models
