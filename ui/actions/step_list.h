#pragma once

#include "core/workspace/view.h"
#include "ui/widgets/widget_base.h"

#include <vector>

class QVBoxLayout;

namespace counterfoil::actionsheets {

/// The steps of a settlement, 0 to 6, each with its system, its state at the right and the calls it
/// sends. Step 0 carries the deep link and the tick with a reason.
class StepList final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit StepList(QWidget* parent = nullptr);
    void setSteps(const std::vector<view::SheetStep>& steps, const QString& returnName);
    /// Everything as text: what "Copy all" copies. The calls whole, not as clipped on the screen.
    [[nodiscard]] QString copyText() const;
    /// A reason that was typed and not said yet.
    [[nodiscard]] bool hasText() const;

Q_SIGNALS:
    /// "Stopped in ReturnGO" is ticked, with this reason.
    void stopped(const QString& reason);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* makeRow(const view::SheetStep& step, const QString& returnName);
    QWidget* makeClaimLine(const view::SheetStep& step, const QString& returnName);

    std::vector<view::SheetStep> m_steps;
    QVBoxLayout* m_layout;
};

/// Opens a deep link in the browser; only https leaves the program.
void openLink(const std::string& url);

} // namespace counterfoil::actionsheets
