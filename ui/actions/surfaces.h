#pragma once

#include "ui/theme/icons.h"
#include "ui/widgets/widget_base.h"

namespace counterfoil::actionsheets {

/// A plain fill of one token, with an optional line at its left or top, or rounded.
class Surface final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit Surface(theme::ColorToken fill, QWidget* parent = nullptr);
    void setLeftLine(bool hasLine);
    void setTopLine(bool hasLine);
    void setRadius(int px);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    theme::ColorToken m_fill;
    bool m_hasLeftLine = false;
    bool m_hasTopLine = false;
    int m_radius = 0;
};

/// A horizontal line of line2.
class Rule final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit Rule(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// @p content in a scroll area without frame and without a background of its own; it scrolls down
/// only.
[[nodiscard]] QWidget* scrolled(QWidget* content, const QString& objectName);

} // namespace counterfoil::actionsheets
