#pragma once

#include "ui/actions/action_sheet.h"

#include <map>

namespace counterfoil::quarantine {
class InspectionPane;
} // namespace counterfoil::quarantine
namespace counterfoil::widgets {
class SegmentedControl;
} // namespace counterfoil::widgets

namespace counterfoil::actionsheets {

/// Verdicts of the units of one return, by unit (A B D W M) or by count ("22 A, 1 B, 1 D"), one lot
/// a SKU. Collected here and recorded together; nothing is sent to a platform.
class InspectionSheet final : public ActionSheet {
    Q_OBJECT

public:
    InspectionSheet(workspace::Workspace* source, QWidget* window, std::string site, CaseId id);

protected:
    [[nodiscard]] bool hasText() const override { return !m_given.empty(); }
    void submit() override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void read();
    void showLot(const QString& sku);
    void refreshPrimary();

    std::string m_site;
    CaseId m_id;
    std::vector<view::LotView> m_lots;
    std::map<UnitId, domain::Inspection> m_given; ///< not recorded yet; the last one of a unit
    QString m_sku;
    widgets::SegmentedControl* m_choice;
    quarantine::InspectionPane* m_pane;
};

} // namespace counterfoil::actionsheets
