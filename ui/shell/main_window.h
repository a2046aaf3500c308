#pragma once

#include <QWidget>

#include "core/workspace/workspace.h"

class QLabel;
class QSplitter;

namespace counterfoil::widgets {
class FilterField;
class FreshnessIndicator;
class MoneyTable;
class Rail;
class StatusBar;
} // namespace counterfoil::widgets
namespace counterfoil::queue {
class QueuePage;
}
namespace counterfoil::casefile {
class CasePane;
}

namespace counterfoil::shell {

/// The window: rail, top bar, queue, one case at the right, status bar. Knows the Workspace only.
/// Keys: those of the queue, "/" to the filter, Esc closes the case. GUI thread.
class MainWindow final : public QWidget {
    Q_OBJECT

public:
    /// @p source must outlive the window.
    explicit MainWindow(workspace::Workspace* source, QWidget* parent = nullptr);
    /// Opens the case of the current row, of the first one when none is current.
    void openCurrent();
    void closeCase();

Q_SIGNALS:
    /// The case asked for stands in the pane, or why it cannot.
    void caseShown();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void layOut();
    void connectParts();
    void showFrame();
    void applyFilter();
    void countShown();

    workspace::Workspace* m_workspace;
    widgets::Rail* m_rail;
    widgets::FilterField* m_filter;
    widgets::MoneyTable* m_money;
    widgets::FreshnessIndicator* m_freshness;
    widgets::StatusBar* m_status;
    QLabel* m_filterError;
    QLabel* m_problem;
    QSplitter* m_splitter;
    queue::QueuePage* m_queue;
    casefile::CasePane* m_case;
    CaseId m_wanted; ///< the case asked for last: an older answer is dropped
};

} // namespace counterfoil::shell
