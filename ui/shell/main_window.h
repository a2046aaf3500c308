#pragma once

#include <QElapsedTimer>
#include <QMainWindow>
#include <QPointer>

#include "core/workspace/workspace.h"
#include "ui/palette/command.h"
#include "ui/queue/saved_views.h"

#include <vector>

class QLabel;
class QMenu;
class QStackedWidget;
class QTimer;

namespace counterfoil::widgets {
class Banner;
class FreshnessIndicator;
class MoneyTable;
class Rail;
class StatusBar;
enum class MoneyKind : std::uint8_t;
} // namespace counterfoil::widgets
namespace counterfoil::queue {
class QueuePage;
}
namespace counterfoil::casefile {
class CasePane;
}

namespace counterfoil::shell {

class CaseDock;
class HeldToasts;
class PersonFoot;
class SiteHead;

/// The window: rail, top bar, banner, the page of the current place, one case at the right of the
/// queue, status bar, toasts. Knows the Workspace only. Every command is a QAction; the palette
/// (Ctrl+K), the key sheet (?) and the hidden menu bar (Alt) show the same ones. GUI thread.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// @p source must outlive the window. Nothing is read here: the window shows what the
    /// workspace holds, and empty bars until it holds something.
    explicit MainWindow(workspace::Workspace* source, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Says in the banner that only the local copy is shown and nothing is read.
    void setLocalOnly(bool isLocalOnly);
    /// A problem of the whole window, in the banner until the next reading.
    void showProblem(const QString& sentence);
    /// Size, place and query as the person left them.
    void restore();

    /// Opens the case of the current row, of the first one when none is current.
    void openCurrent();
    void closeCase();
    /// "all", "mine", ..., "quarantine", "health", "view:<name>".
    void goTo(const QString& place);
    [[nodiscard]] QString place() const { return m_place; }
    void openPalette();
    void openKeys();
    /// The case in a window of its own.
    void openWindow();
    /// Asks who sits here.
    void choosePerson();

    [[nodiscard]] queue::QueuePage* queuePage() const { return m_queue; }
    /// Made with the first case that is opened: a start does not wait for it.
    [[nodiscard]] casefile::CasePane* casePane();
    [[nodiscard]] workspace::Workspace* source() const { return m_workspace; }
    /// What sheets lie over.
    [[nodiscard]] QWidget* content() const { return m_content; }
    [[nodiscard]] HeldToasts* toasts() const { return m_toasts; }

Q_SIGNALS:
    /// The case asked for stands in the pane, or why it cannot.
    void caseShown();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    struct Step {
        QString place, query;
        bool operator==(const Step&) const = default;
    };

    // main_window.cpp: what stands where, and what the frame says
    void layOut();
    void connectParts();
    void connectQueue();
    void paintParts();
    void showFrame();
    void showAges();
    void showShown();
    void refreshRail();
    void fitWidth();
    [[nodiscard]] Instant now() const;
    // main_window_pages.cpp: places, cases, history
    void showPage(const QString& place);
    QWidget* makePage(const QString& place);
    void remember();
    void step(int by);
    void caseMoved();
    void openRow(const view::QueueRow& row, bool inWindow);
    void openSheetOfCurrent(int sheet);
    void removeView(const QString& name);
    // main_window_commands.cpp: actions, menus, palette
    void makeCommands();
    QAction* addCommand(const QString& name, const QString& text, const QStringList& caps,
                        palette::Scope scope, const QList<QKeySequence>& keys,
                        std::function<void()> run);
    void makeGoCommands();
    void makeCaseCommands();
    void makeLookCommands();
    void makeMenus();
    void addListKeys();
    [[nodiscard]] std::vector<palette::Command> commandsHere() const;
    void openSettings(const QPoint& at);
    void openPeople(const QPoint& at);
    void readNow();
    void nextPane(int by);
    void say(const QString& sentence, bool isProblem);
    void pickMoney(int line, widgets::MoneyKind kind);

    workspace::Workspace* m_workspace;
    QWidget* m_content;
    widgets::Rail* m_rail;
    SiteHead* m_site;
    PersonFoot* m_person;
    QWidget* m_railHost;
    widgets::MoneyTable* m_money;
    widgets::FreshnessIndicator* m_freshness;
    widgets::Banner* m_banner;
    widgets::StatusBar* m_status;
    QLabel* m_queryError;
    QStackedWidget* m_pages;
    queue::QueuePage* m_queue;
    casefile::CasePane* m_case = nullptr;
    CaseDock* m_dock;
    HeldToasts* m_toasts;
    QTimer* m_second;
    QTimer* m_caseDelay; ///< moving with the key held down reads one case, not all of them
    QPointer<QWidget> m_quarantine;
    QPointer<QWidget> m_health;
    std::vector<palette::Command> m_commands;
    std::vector<queue::SavedView> m_views;
    QString m_viewsOf; ///< site whose views m_views holds
    QString m_place = QStringLiteral("all");
    QString m_engineProblem;
    std::vector<Step> m_past, m_future;
    Step m_step;
    bool m_isStepping = false;
    bool m_isLocalOnly = false;
    CaseId m_wanted; ///< the case in the pane
    std::string m_wantedSite;
    Instant m_frameAt{};
    QElapsedTimer m_sinceFrame;
};

} // namespace counterfoil::shell
