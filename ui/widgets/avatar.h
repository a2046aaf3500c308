#pragma once

#include "ui/widgets/widget_base.h"

namespace counterfoil::widgets {

/// "Priya Shah" -> "PS"; one word gives its first letter; empty gives empty.
[[nodiscard]] QString initialsOf(const QString& name);

/// Paints the circle with initials; an empty @p initials paints the dashed circle of "Unassigned".
void paintAvatar(QPainter& painter, const QRectF& box, const QString& initials);

/// A person's circle, 18 to 24 px.
class Avatar final : public PaintedWidget {
    Q_OBJECT

public:
    explicit Avatar(QWidget* parent = nullptr, int sidePx = 24);
    /// An empty name means nobody is assigned.
    void setName(const QString& name);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_initials;
    int m_sidePx;
};

} // namespace counterfoil::widgets
