#pragma once

#include <QPointer>
#include <QWidget>

#include "core/workspace/view.h"
#include "core/workspace/workspace.h"

#include <array>

class QScrollArea;
class QTabBar;
class QVBoxLayout;

namespace counterfoil::widgets {
class ComparisonGrid;
class Paragraph;
class PlainLabel;
class Timeline;
struct ToastContent;
} // namespace counterfoil::widgets

namespace counterfoil::casefile {

class ActionBar;
class CaseHeader;
class DocumentsPanel;
class NotesPanel;
class PendingStrip;
class PlaybookList;
class WhyTree;

/// One case at the right of the queue or in a window of its own: what is wrong in sentences, the
/// systems side by side, what happened when, what to do, notes, rules and raw documents in one
/// scroll area, and what can be done now at the foot. From 1000 px on playbook and notes stand
/// beside. A poll that changes the case refreshes it in place: scroll, focus and what is being
/// typed stay. GUI thread.
class CasePane final : public QWidget {
    Q_OBJECT

public:
    /// @p source must outlive the pane.
    CasePane(workspace::Workspace* source, QWidget* parent);
    ~CasePane() override;
    /// Reads the case and shows it; an answer for a case that is no longer asked for is dropped.
    void open(const std::string& site, const CaseId& id);
    void show(const view::CaseView& view);
    /// The case could not be read: the sentence says why.
    void showProblem(const QString& sentence);
    [[nodiscard]] const view::CaseView& shown() const { return m_view; }
    /// 0 Compare, 1 Timeline, 2 Playbook, 3 Notes, 4 Raw data: scrolls there.
    void goTo(int tab);

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

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Section {
        QWidget* host = nullptr;
        widgets::PlainLabel* note = nullptr;
    };
    void makeSections();
    Section makeSection(const QString& title, const char* name, QWidget* content);
    void makeKeys();
    void connectParts();
    void arrange(bool isWide);
    void readAgain();
    void readPending();
    void decidePending(const QString& sentence, Result<void> done);
    void refreshSentences();
    void refreshGrid();
    void refreshTimeline();
    void refreshTabs();
    void followScroll();
    void doAction(const QString& action);
    void openDocumentOf(const QString& rowId, int column);
    void say(const QString& sentence);

    workspace::Workspace* m_workspace;
    view::CaseView m_view;
    bool m_isAsked = false; ///< a case is shown or on its way
    bool m_isWide = false;
    bool m_isJumping = false;
    QString m_timelineShown; ///< what the lanes were made of
    QPointer<QWidget> m_cameFrom;

    CaseHeader* m_header;
    QTabBar* m_tabs;
    QScrollArea* m_scroll;
    QScrollArea* m_side;
    QVBoxLayout* m_main;
    QVBoxLayout* m_beside;
    QWidget* m_sentences;
    std::vector<widgets::Paragraph*> m_lines;
    widgets::ComparisonGrid* m_grid;
    widgets::Timeline* m_timeline;
    PlaybookList* m_playbook;
    NotesPanel* m_notes;
    WhyTree* m_why;
    DocumentsPanel* m_documents;
    PendingStrip* m_pending;
    ActionBar* m_bar;
    Section m_timelineSection, m_playbookSection, m_notesSection, m_whySection, m_rawSection;
};

} // namespace counterfoil::casefile
