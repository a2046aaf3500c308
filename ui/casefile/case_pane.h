#pragma once

#include <QWidget>

#include "core/workspace/view.h"
#include "core/workspace/workspace.h"

class QLabel;

namespace counterfoil::widgets {
class ComparisonGrid;
struct ToastContent;
} // namespace counterfoil::widgets

namespace counterfoil::casefile {

/// One case at the right of the queue: what is wrong in sentences, and the systems side by side.
/// GUI thread.
class CasePane final : public QWidget {
    Q_OBJECT

public:
    explicit CasePane(QWidget* parent = nullptr);
    /// @p source must outlive the pane.
    CasePane(workspace::Workspace* source, QWidget* parent);
    /// Reads the case and shows it; an answer for a case that is no longer asked for is dropped.
    void open(const std::string& site, const CaseId& id);
    void show(const view::CaseView& view);
    /// The case could not be read: the sentence says why.
    void showProblem(const QString& sentence);
    [[nodiscard]] const view::CaseView& shown() const { return m_view; }

Q_SIGNALS:
    /// The case asked for stands in the pane, or why it cannot.
    void caseShown();
    // What a button of the action bar, its key or a step of the playbook asks for. The window opens
    // the sheet (ui/actions) for shown().
    void creditWanted();
    void releaseWanted();
    void poWanted();
    void inspectWanted();
    void stopPaymentWanted();
    /// Ctrl+Enter, or the button in the head: the case in its own window.
    void windowWanted();
    /// The cross in the head.
    void closeWanted();
    /// One sentence for the toast of the window this pane stands in.
    void toastWanted(const counterfoil::widgets::ToastContent& content);

private:
    workspace::Workspace* m_workspace = nullptr;
    view::CaseView m_view;
    QLabel* m_title;
    QLabel* m_facts;
    QLabel* m_sentences;
    widgets::ComparisonGrid* m_grid;
};

} // namespace counterfoil::casefile
