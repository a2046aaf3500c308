#pragma once

#include "ui/widgets/widget_base.h"

namespace counterfoil::widgets {

/// Age of a finding and the time left to its service level, already in words.
struct SlaContent {
    QString age;          ///< "2 d 4 h"
    QString remaining;    ///< "47 min left", "1 h over", "paused"
    double usedShare = 0; ///< of the service level, 0 and up; from 1 on it is missed
    bool isPaused = false;
    bool hasSla = true; ///< false: no bar
    bool operator==(const SlaContent&) const = default;
};

/// Below 70 % calm, up to 100 % soon, from 100 % missed.
enum class SlaStep : std::uint8_t { Calm, Soon, Missed };
[[nodiscard]] SlaStep slaStep(const SlaContent& content);

/// Paints age at the left, remaining at the right and the bar under them. @p isCompact: bar of 2
/// px.
void paintSla(QPainter& painter, const QRectF& box, const SlaContent& content, bool isCompact);
/// The bar alone.
void paintSlaTrack(QPainter& painter, const QRectF& bar, const SlaContent& content);

/// The same as a widget; reads itself out as "2 d 4 h, 1 h over".
class SlaBar final : public PaintedWidget {
    Q_OBJECT

public:
    explicit SlaBar(QWidget* parent = nullptr);
    void setContent(const SlaContent& content);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    SlaContent m_content;
};

} // namespace counterfoil::widgets
