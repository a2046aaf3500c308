#pragma once

#include "ui/widgets/widget_base.h"

#include <vector>

namespace counterfoil::widgets {

/// One part of the status bar in plain words.
struct StatusSegment {
    QString id;
    QString text;
    QString tip;
    bool isClickable = false;
    bool isOnRight = false;
};

/// The 24 px bar at the foot of the window, parts divided by short lines. Clickable parts take
/// Left, Right, Enter.
class StatusBar final : public PaintedWidget {
    Q_OBJECT

public:
    explicit StatusBar(QWidget* parent = nullptr);
    void setSegments(std::vector<StatusSegment> segments);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void clicked(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF segmentRect(std::size_t index) const;
    [[nodiscard]] int segmentAt(const QPointF& position) const;
    void moveFocus(int step);

    std::vector<StatusSegment> m_segments;
    int m_focused = -1;
};

} // namespace counterfoil::widgets
