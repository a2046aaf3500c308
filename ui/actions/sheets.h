#pragma once

#include "core/workspace/workspace.h"
#include "ui/actions/action_sheet.h"

/// Opens the sheets of the actions over a window. Each reads what it needs through the workspace,
/// shows before and after, and files what a person confirms. The answer is the sheet, named as said
/// here; it closes and deletes itself. All on the GUI thread.
namespace counterfoil::actionsheets {

/// "creditSheet".
ActionSheet* openCreditSheet(workspace::Workspace* source, QWidget* window, const std::string& site,
                             const CaseId& id);

/// "releaseSheet".
ActionSheet* openReleaseSheet(workspace::Workspace* source, QWidget* window,
                              const std::string& site, const CaseId& id);

/// The PO number of the Shopify order; "poSheet".
ActionSheet* openSetPo(workspace::Workspace* source, QWidget* window, const std::string& site,
                       const CaseId& id);

/// Verdicts of the return's units, by unit or by count; "inspectionSheet".
ActionSheet* openInspection(workspace::Workspace* source, QWidget* window, const std::string& site,
                            const CaseId& id);

/// "The other payment is stopped": deep link, tick and reason, a claim that the next read checks;
/// "claimSheet".
ActionSheet* openStopPayment(workspace::Workspace* source, QWidget* window, const std::string& site,
                             const CaseId& id);

} // namespace counterfoil::actionsheets
