#pragma once

#include "core/workspace/view.h"
#include "ui/widgets/widget_base.h"

#include <vector>

namespace counterfoil::actionsheets {

/// The checks before sending: what blocks first, then what a person must look at, then what passed.
/// A text that does not fit on its line wraps. Painted; read out line by line.
class CheckList final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit CheckList(QWidget* parent = nullptr);
    /// @p saidElsewhere: the text of a check that stands beside the list already; counted, not
    /// repeated.
    void setChecks(const std::vector<view::SheetCheck>& checks,
                   const std::string& saidElsewhere = {});
    /// "9 of 10 passed".
    [[nodiscard]] QString summary() const;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    /// Paints when @p painter is set; answers the height.
    int walk(QPainter* painter, int width) const;

    std::vector<view::SheetCheck> m_checks;
    std::string m_saidElsewhere;
};

} // namespace counterfoil::actionsheets
