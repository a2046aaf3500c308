#pragma once

#include "ui/actions/action_sheet.h"

class QStackedWidget;

namespace counterfoil::widgets {
class PlainLabel;
} // namespace counterfoil::widgets

namespace counterfoil::actionsheets {

class CheckList;
class ConflictForm;
class FigureTable;
class StepList;

/// Releases inspected units from quarantine: what is available before and after at each location,
/// the calls, the checks, who may do it.
class ReleaseSheet final : public ActionSheet {
    Q_OBJECT

public:
    ReleaseSheet(workspace::Workspace* source, QWidget* window, std::string site, CaseId id);

protected:
    [[nodiscard]] bool hasText() const override;
    void submit() override;

private:
    QWidget* makePlanPage();
    void read();
    void showPlan(const view::ReleasePreview& plan);
    void showConflict(const view::ReleasePreview& now);
    void refreshPrimary();

    std::string m_site;
    CaseId m_id;
    std::optional<view::ReleasePreview> m_plan;
    std::optional<view::ReleasePreview> m_moved;
    QStackedWidget* m_pages;
    FigureTable* m_lines = nullptr;
    StepList* m_steps = nullptr;
    CheckList* m_checks = nullptr;
    widgets::PlainLabel* m_checkSummary = nullptr;
    widgets::Paragraph* m_approval = nullptr;
    widgets::Paragraph* m_totals = nullptr;
    ConflictForm* m_conflict = nullptr;
};

} // namespace counterfoil::actionsheets
