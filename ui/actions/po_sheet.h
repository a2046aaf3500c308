#pragma once

#include "ui/actions/action_sheet.h"

class QLineEdit;

namespace counterfoil::actionsheets {

class FigureTable;

/// Sets the PO number of the Shopify order: what each system holds, the new value, before and
/// after. Nothing else of the order is touched.
class PoSheet final : public ActionSheet {
    Q_OBJECT

public:
    PoSheet(workspace::Workspace* source, QWidget* window, std::string site, CaseId id);

protected:
    [[nodiscard]] bool hasText() const override;
    void submit() override;

private:
    void showCase(const view::CaseView& shownCase);
    void refreshPrimary();
    void approve(const ActionId& action, const QString& sentence);

    std::string m_site;
    CaseId m_id;
    std::optional<view::CaseView> m_case;
    QString m_suggested;
    FigureTable* m_held;
    QLineEdit* m_po;
};

} // namespace counterfoil::actionsheets
