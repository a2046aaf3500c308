#include "ui/shell/case_window.h"

#include <QKeyEvent>
#include <QVBoxLayout>

#include "ui/actions/sheets.h"
#include "ui/casefile/case_pane.h"
#include "ui/shell/held_toasts.h"
#include "ui/theme/theme.h"

namespace counterfoil::shell {

void openSheet(CaseSheet which, workspace::Workspace* source, QWidget* host,
               const std::string& site, const CaseId& id, HeldToasts* toasts)
{
    actionsheets::ActionSheet* sheet = nullptr;
    switch (which) {
    case CaseSheet::Credit:
        sheet = actionsheets::openCreditSheet(source, host, site, id);
        break;
    case CaseSheet::Release:
        sheet = actionsheets::openReleaseSheet(source, host, site, id);
        break;
    case CaseSheet::Po:
        sheet = actionsheets::openSetPo(source, host, site, id);
        break;
    case CaseSheet::Inspection:
        sheet = actionsheets::openInspection(source, host, site, id);
        break;
    case CaseSheet::StopPayment:
        sheet = actionsheets::openStopPayment(source, host, site, id);
        break;
    }
    if (sheet)
        QObject::connect(sheet, &actionsheets::ActionSheet::toastWanted, toasts, &HeldToasts::say);
}

void serveCasePane(casefile::CasePane* pane, workspace::Workspace* source, QWidget* host,
                   HeldToasts* toasts)
{
    const auto opens = [=](CaseSheet which) {
        return
            [=] { openSheet(which, source, host, pane->shown().site, pane->shown().id, toasts); };
    };
    using casefile::CasePane;
    QObject::connect(pane, &CasePane::creditWanted, host, opens(CaseSheet::Credit));
    QObject::connect(pane, &CasePane::releaseWanted, host, opens(CaseSheet::Release));
    QObject::connect(pane, &CasePane::poWanted, host, opens(CaseSheet::Po));
    QObject::connect(pane, &CasePane::inspectWanted, host, opens(CaseSheet::Inspection));
    QObject::connect(pane, &CasePane::stopPaymentWanted, host, opens(CaseSheet::StopPayment));
    QObject::connect(pane, &CasePane::toastWanted, toasts, &HeldToasts::say);
}

CaseWindow::CaseWindow(workspace::Workspace* source, const std::string& site, const CaseId& id)
    : m_pane(new casefile::CasePane(source, this))
{
    setObjectName(QStringLiteral("caseWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Case %1 - Counterfoil").arg(QString::fromStdString(id.value)));
    setMinimumSize(theme::metric::kPanelMin, 500);
    resize(1180, 820);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pane);
    auto* toasts = new HeldToasts(source, this, this);
    serveCasePane(m_pane, source, this, toasts);
    connect(m_pane, &casefile::CasePane::closeWanted, this, &QWidget::close);
    connect(m_pane, &casefile::CasePane::caseShown, this, [this] {
        const view::CaseView& shown = m_pane->shown();
        if (!shown.rma.empty())
            setWindowTitle(tr("RMA%1, %2 - Counterfoil")
                               .arg(QString::fromStdString(shown.rma),
                                    QString::fromStdString(shown.customer)));
    });
    m_pane->open(site, id);
}

void CaseWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace counterfoil::shell
