#pragma once

#include <QElapsedTimer>
#include <QPointer>
#include <QWidget>

#include "core/workspace/workspace.h"
#include "ui/models/queue_model.h"
#include "ui/queue/query_box.h"
#include "ui/queue/row_sheet.h"
#include "ui/widgets/queue_view.h"
#include "ui/widgets/toast.h"

class QAction;
class QStackedLayout;

namespace counterfoil::widgets {
class EmptyState;
class FilterField;
} // namespace counterfoil::widgets

namespace counterfoil::queue {

class BulkBar;
class SubBar;

/// The page of exceptions: quick filters, the list, what can be done to its rows. Its query field
/// stands in the window's top bar. Filter, sort, scroll, selection, current row and focus survive
/// every poll. GUI thread.
class QueuePage final : public QWidget {
    Q_OBJECT

public:
    /// @p source must outlive the page.
    explicit QueuePage(workspace::Workspace* source, QWidget* parent = nullptr);
    ~QueuePage() override;

    [[nodiscard]] widgets::FilterField* field() const { return m_query->field(); }
    [[nodiscard]] QString query() const { return m_query->text(); }
    void setQuery(const QString& text);
    [[nodiscard]] widgets::QueueView* list() const { return m_list; }
    [[nodiscard]] const models::QueueModel& model() const { return *m_model; }
    /// Exceptions that the query shows.
    [[nodiscard]] int shown() const { return m_model->exceptions(); }
    [[nodiscard]] std::optional<view::QueueRow> current() const;
    /// Makes the first row current when none is.
    void ensureCurrent();
    /// What sheets lie over; the page's window by default.
    void setSheetHost(QWidget* host) { m_sheetHost = host; }

    /// The commands of rows, for menus and the palette: text, shortcut, status tip.
    [[nodiscard]] QList<QAction*> rowActions() const { return m_actions; }
    void setDensity(widgets::Density density);
    void toggleDensity();
    void showWaiting() { m_model->showWaiting(); }
    /// Asks for a name and keeps the query under it.
    void saveView();

Q_SIGNALS:
    void opened();       ///< Enter or a click: show the current row's case
    void windowWanted(); ///< Ctrl+Enter or a double click: in a window of its own
    void currentMoved(); ///< another row is current
    void shownChanged(); ///< shown() may have changed
    void queryChanged(); ///< another valid query is in force
    void viewsChanged(); ///< a view was saved
    void readWanted();   ///< "Read now" of the empty list
    void toastWanted(const counterfoil::widgets::ToastContent& content);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeActions();
    QAction* addRowAction(const QString& name, const QString& text, const QList<QKeySequence>& keys,
                          std::function<void()> run);
    void connectParts();
    [[nodiscard]] bool isFollowing() const;
    void takeTable(const std::vector<std::string>& changedCases);
    void refreshList();
    void refreshBars();
    void refreshEmpty();
    void refreshBulk();
    void openMenu(quint64 id, const QPoint& at);
    void openColumnsMenu(const QPoint& at);
    void sortBy(widgets::QueueColumn column);
    void act(RowVerb verb);
    void copy(bool withSource);
    /// Selected rows, else those of the current line.
    [[nodiscard]] std::vector<view::QueueRow> targets() const;
    [[nodiscard]] QWidget* sheetHost() const;
    [[nodiscard]] Instant now() const;

    workspace::Workspace* m_workspace;
    models::QueueModel* m_model;
    QueryBox* m_query;
    RowCommands* m_commands;
    SubBar* m_bar;
    QStackedLayout* m_stack;
    widgets::QueueView* m_list;
    widgets::EmptyState* m_empty;
    BulkBar* m_bulk;
    QPointer<QWidget> m_sheetHost;
    QList<QAction*> m_actions;
    Instant m_frameAt{};
    bool m_hasFirstRowsOnly = false; ///< the table shown is the beginning of a big one
    QElapsedTimer m_sinceEmpty;      ///< valid: the store was never read when it was opened
    bool m_hadFocus = false;         ///< the list, when it became empty
    bool m_isTouched = false;        ///< a key or the pointer worked in the list
    QElapsedTimer m_sinceFrame;
    int m_lastIndex = -1; ///< where the current row stood
    bool m_isRefreshing = false;
};

} // namespace counterfoil::queue
