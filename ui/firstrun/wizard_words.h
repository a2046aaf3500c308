#pragma once

#include <QString>

#include "ui/firstrun/setup_answers.h"
#include "ui/widgets/widget_base.h"

#include <string>
#include <utility>
#include <vector>

namespace counterfoil::firstrun {

struct StepUses {
    QString reads, writes, cannot; ///< empty: the step is no connection
};

[[nodiscard]] QString stepTitle(Step step);
[[nodiscard]] QString stepLead(Step step);
[[nodiscard]] StepUses stepUses(Step step);

using Choices = std::vector<std::pair<std::string, QString>>;
[[nodiscard]] Choices roleChoices();
[[nodiscard]] Choices routeChoices();
[[nodiscard]] Choices inspectionChoices();

/// The bar with the buttons.
class WizardFoot final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    using PaintedWidget::PaintedWidget;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace counterfoil::firstrun
