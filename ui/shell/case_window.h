#pragma once

#include <QWidget>

#include "core/workspace/workspace.h"

namespace counterfoil::casefile {
class CasePane;
}

namespace counterfoil::shell {

class HeldToasts;

/// The sheets of a case.
enum class CaseSheet : std::uint8_t { Credit, Release, Po, Inspection, StopPayment };
/// Opens one over @p host; what it says goes to @p toasts.
void openSheet(CaseSheet which, workspace::Workspace* source, QWidget* host,
               const std::string& site, const CaseId& id, HeldToasts* toasts);

/// Opens the sheets that a pane asks for, over @p host, and shows their sentences in @p toasts.
void serveCasePane(casefile::CasePane* pane, workspace::Workspace* source, QWidget* host,
                   HeldToasts* toasts);

/// One case in a window of its own. Closes with Esc; deletes itself.
class CaseWindow final : public QWidget {
    Q_OBJECT

public:
    /// @p source must outlive the window.
    CaseWindow(workspace::Workspace* source, const std::string& site, const CaseId& id);
    [[nodiscard]] casefile::CasePane* pane() const { return m_pane; }

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    casefile::CasePane* m_pane;
};

} // namespace counterfoil::shell
