#pragma once

#include "ui/actions/action_sheet.h"

class QCheckBox;
class QPlainTextEdit;

namespace counterfoil::actionsheets {

/// Says that the other payment was stopped where only a person can: opens the platform's page,
/// takes a tick and a reason. It stays "said done, not seen" until a read agrees.
class ClaimSheet final : public ActionSheet {
    Q_OBJECT

public:
    ClaimSheet(workspace::Workspace* source, QWidget* window, std::string site, CaseId id);

protected:
    [[nodiscard]] bool hasText() const override;
    void submit() override;

private:
    void showCase(const view::CaseView& shownCase);
    void refreshPrimary();

    std::string m_site;
    CaseId m_id;
    std::optional<view::CaseView> m_case;
    FindingId m_finding;
    widgets::Paragraph* m_sentence;
    widgets::Button* m_open;
    QCheckBox* m_tick;
    QPlainTextEdit* m_reason;
};

/// The exception that speaks of the other payment; the worst one when none does; empty without any.
[[nodiscard]] FindingId paymentFinding(const view::CaseView& shownCase);

/// Files the claim of step 0 for a case: "stopped in ReturnGO", with its reason. @p done answers as
/// the desk does, and with NotFound when no open exception is there to hang it on.
void sayStopped(workspace::Workspace* source, QObject* context, const std::string& site,
                const CaseId& id, const QString& reason, workspace::Done done);

} // namespace counterfoil::actionsheets
