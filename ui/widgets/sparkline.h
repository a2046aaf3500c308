#pragma once

#include "ui/widgets/widget_base.h"

#include <vector>

namespace counterfoil::widgets {

/// A small line without axes: answer times of a platform. Values are any unit; gaps (NaN) break the
/// line.
class Sparkline final : public PaintedWidget {
    Q_OBJECT

public:
    explicit Sparkline(QWidget* parent = nullptr);
    void setValues(std::vector<double> values, theme::Tone tone);
    [[nodiscard]] QSize sizeHint() const override { return {76, 18}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<double> m_values;
    theme::Tone m_tone = theme::Tone::Ok;
};

} // namespace counterfoil::widgets
