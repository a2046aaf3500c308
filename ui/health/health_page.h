#pragma once

#include <QWidget>

#include "core/workspace/workspace.h"

#include <vector>

class QGridLayout;
class QHBoxLayout;
class QLineEdit;

namespace counterfoil::widgets {
class Badge;
class BudgetBar;
class Button;
class Card;
class PageBar;
class PlainLabel;
} // namespace counterfoil::widgets

namespace counterfoil::health {

class FactsList;
class PlatformPanel;
class ReportTable;

/// How well the console is connected: platforms, ReturnGO's calls, the audit log, what waits to be
/// sent, and when each loop read last. GUI thread; asks again on every change of the workspace.
class HealthPage final : public QWidget {
    Q_OBJECT

public:
    /// @p source must outlive the page.
    explicit HealthPage(workspace::Workspace* source, QWidget* parent = nullptr);
    /// Asks for the newest values. What is on screen stays until they are here.
    void refresh();

Q_SIGNALS:
    /// The page shows an answer, or the sentence why it cannot.
    void shown();

private:
    void layOut();
    void layOutChanges(QHBoxLayout* row);
    void layOutAudit(QHBoxLayout* row);
    void showAnswer(const view::HealthView& view);
    void showPlatforms(const view::HealthView& view);
    void showBudget(const view::HealthView& view);
    void showAudit(const view::HealthView& view);
    void showChanges(const view::HealthView& view);
    void showLoops(const view::HealthView& view);
    void showProblem(const Error& error);
    void showSending();
    void readEverything();
    void verify();
    void stopOrGoOn();

    workspace::Workspace* m_workspace;
    widgets::PageBar* m_bar;
    widgets::PlainLabel* m_site;
    widgets::PlainLabel* m_said; ///< what the last command answered, or why nothing can be shown
    widgets::Button* m_read;
    QHBoxLayout* m_platformRow = nullptr;
    std::vector<PlatformPanel*> m_platforms;
    widgets::Card* m_budgetCard = nullptr;
    widgets::PlainLabel* m_budgetSum = nullptr;
    widgets::BudgetBar* m_budget = nullptr;
    widgets::Badge* m_auditState = nullptr;
    FactsList* m_audit = nullptr;
    widgets::Button* m_verify = nullptr;
    widgets::Card* m_changesCard = nullptr;
    ReportTable* m_changes = nullptr;
    widgets::PlainLabel* m_noChanges = nullptr;
    QLineEdit* m_why = nullptr;
    widgets::Button* m_stop = nullptr;
    ReportTable* m_loops = nullptr;
    widgets::Card* m_asideCard = nullptr;
    widgets::PlainLabel* m_aside = nullptr;
    QString m_verified; ///< what the last check of the audit log said; empty: none yet
    bool m_isAsking = false;
    bool m_isAskedAgain = false;
};

} // namespace counterfoil::health
