#pragma once

#include "ui/widgets/widget_base.h"

#include <optional>
#include <vector>

namespace counterfoil::widgets {

/// One choice of a segmented control.
struct Segment {
    QString id;
    QString text;
    theme::Tone tone = theme::Tone::Accent; ///< tint while chosen: verdicts carry their own
    QString tip;
};

/// Joined buttons of which one or none is chosen: verdicts of a unit, the switch in the action
/// sheet. Left and Right move and choose, Home and End go to the ends; reads itself out as its name
/// and the chosen segment.
class SegmentedControl final : public PaintedWidget {
    Q_OBJECT

public:
    explicit SegmentedControl(QWidget* parent = nullptr);
    void setSegments(std::vector<Segment> segments);
    /// Chooses without a signal; an unknown id chooses nothing.
    void setChosen(const QString& id);
    [[nodiscard]] QString chosen() const;
    void setCompact(bool isCompact);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// A person chose @p id.
    void picked(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF segmentRect(std::size_t index) const;
    [[nodiscard]] std::optional<std::size_t> segmentAt(const QPointF& position) const;
    void pick(std::size_t index);
    void refreshDescription();

    std::vector<Segment> m_segments;
    std::optional<std::size_t> m_chosen;
    std::optional<std::size_t> m_hovered;
    bool m_isCompact = true;
};

} // namespace counterfoil::widgets
