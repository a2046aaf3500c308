#pragma once

#include "ui/queue/queue_rows.h"
#include "ui/widgets/queue_view.h"

#include <QWidget>

namespace counterfoil::queue {

/// The page of exceptions: the list over a filtered table. GUI thread.
class QueuePage final : public QWidget {
    Q_OBJECT

public:
    explicit QueuePage(QWidget* parent = nullptr);
    ~QueuePage() override;

    /// A newer table: selection and place stay by id.
    void setTable(std::shared_ptr<const workspace::QueueTable> table, Instant now,
                  const std::string& person);
    void setFilter(query::Filter filter);
    [[nodiscard]] widgets::QueueView* list() const { return m_list; }
    [[nodiscard]] int shown() const { return m_rows.count(); }
    [[nodiscard]] std::optional<view::QueueRow> current() const;
    /// Makes the first row current when none is.
    void ensureCurrent();

Q_SIGNALS:
    void opened();       ///< Enter or double click: show the current row's case
    void currentMoved(); ///< another row is current

private:
    void refresh();

    QueueRows m_rows;
    widgets::QueueView* m_list;
    Instant m_now{};
    std::string m_person;
};

} // namespace counterfoil::queue
