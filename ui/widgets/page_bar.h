#pragma once

#include "ui/widgets/widget_base.h"

class QHBoxLayout;

namespace counterfoil::widgets {

/// The bar at the head of a page: its name, then what the page puts into row().
class PageBar final : public PaintedWidget {
    Q_OBJECT

public:
    explicit PageBar(const QString& name, QWidget* parent = nullptr);
    [[nodiscard]] QHBoxLayout* row() { return m_row; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QHBoxLayout* m_row;
};

} // namespace counterfoil::widgets
