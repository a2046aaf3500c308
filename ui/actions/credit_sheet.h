#pragma once

#include "ui/actions/action_sheet.h"

class QComboBox;
class QPlainTextEdit;
class QStackedWidget;
class QVBoxLayout;

namespace counterfoil::widgets {
class PlainLabel;
class SegmentedControl;
} // namespace counterfoil::widgets

namespace counterfoil::actionsheets {

class BalanceStrip;
class CheckList;
class ConflictForm;
class FigureTable;
class StepList;

/// Settles a return by account credit: lines by verdict, balance before and after, steps with their
/// calls, checks, who signs, reason. When a value it is bound to moves while it is open, it says
/// what moved and asks again; nothing is sent on what is no longer true.
class CreditSheet final : public ActionSheet {
    Q_OBJECT

public:
    CreditSheet(workspace::Workspace* source, QWidget* window, std::string site, CaseId id);

protected:
    [[nodiscard]] bool hasText() const override;
    void submit() override;

private:
    void layOut();
    QWidget* makePlanPage();
    QWidget* makeLeft();
    QWidget* makeRight();
    QWidget* makeReason();
    QWidget* makeConflictPage();

    /// Reads the plan again. The first one is shown; a later one that differs is a conflict.
    void read();
    void showPlan(const view::CreditPreview& plan);
    void showLines(const view::CreditPreview& plan);
    void showApproval(const view::CreditPreview& plan);
    void showConflict(const view::CreditPreview& now);
    void refreshPrimary();
    void send(const view::CreditPreview& plan);
    void claim(const QString& reason);
    [[nodiscard]] QString reasonProblem() const;

    std::string m_site;
    CaseId m_id;
    bool m_isWhole = false;
    std::optional<view::CreditPreview> m_plan;  ///< what a person sees and would sign
    std::optional<view::CreditPreview> m_moved; ///< what it became meanwhile

    QStackedWidget* m_pages = nullptr;
    widgets::SegmentedControl* m_switch = nullptr;
    FigureTable* m_lines = nullptr;
    BalanceStrip* m_balance = nullptr;
    StepList* m_steps = nullptr;
    widgets::Paragraph* m_notSent = nullptr;
    widgets::PlainLabel* m_checkSummary = nullptr;
    CheckList* m_checks = nullptr;
    QWidget* m_attentionBox = nullptr;
    widgets::Paragraph* m_attention = nullptr;
    widgets::Paragraph* m_rule = nullptr;
    widgets::Paragraph* m_here = nullptr;
    QVBoxLayout* m_signers = nullptr;
    QComboBox* m_reasonCode = nullptr;
    QPlainTextEdit* m_reasonText = nullptr;
    ConflictForm* m_conflict = nullptr;
};

} // namespace counterfoil::actionsheets
