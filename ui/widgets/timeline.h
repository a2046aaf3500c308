#pragma once

#include <QTimeZone>

#include "ui/widgets/accessible_list.h"
#include "ui/widgets/widget_base.h"

#include <optional>
#include <vector>

namespace counterfoil::widgets {

/// Hollow dot: a step. Filled dot: goods moved. Diamond: where the drift began.
enum class TimelineMark : std::uint8_t { Step, Physical, DriftStart };

/// Times are milliseconds since 1970 UTC.
struct TimelineEvent {
    qint64 atMs = 0;
    QString text; ///< beside the mark; short
    TimelineMark mark = TimelineMark::Step;
    QString sentence; ///< read out and shown as the tip: "ReturnGO, received, 21 Nov 09:12"
};

struct TimelineLane {
    QString name; ///< the system
    QString note; ///< on the lane when it has nothing else: "no change, balance owed 3,412.60"
    std::vector<TimelineEvent> events; ///< in time order
};

struct TimelineDrift {
    qint64 fromMs = 0;
    qint64 toMs = 0;
    QString label; ///< "drift 2 d 4 h"
};

struct TimelineContent {
    std::vector<TimelineLane> lanes;
    qint64 fromMs = 0;
    qint64 toMs = 0;
    qint64 nowMs = 0;
    QString nowText; ///< "10:42"
    std::optional<TimelineDrift> drift;
    QTimeZone zone = QTimeZone::utc();
};

/// Three or more lanes of what each system did, with a day grid, the drift span hatched, and a now
/// line. Left and Right move between events and read them out, + and - and Ctrl+wheel zoom, Home
/// and End go to the ends. Its events are accessible list children.
class Timeline final : public PaintedWidget, public AccessibleList {
    Q_OBJECT

public:
    explicit Timeline(QWidget* parent = nullptr);
    void setContent(TimelineContent content);
    [[nodiscard]] const TimelineContent& content() const { return m_content; }
    /// Event @p index in time order over all lanes, for the accessible list; nullptr behind the
    /// end.
    [[nodiscard]] const TimelineEvent* eventAt(int index) const;
    [[nodiscard]] int eventCount() const { return static_cast<int>(m_order.size()); }
    [[nodiscard]] int focusedEvent() const { return m_focused; }
    [[nodiscard]] QPointF eventPosition(int index) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] int listCount() const override { return eventCount(); }
    [[nodiscard]] QString listText(int index) const override;
    [[nodiscard]] QRect listRect(int index) const override;
    [[nodiscard]] int listFocus() const override { return m_focused; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {280, sizeHint().height()}; }

Q_SIGNALS:
    /// The keyboard or a click chose an instant: the comparison may show it as it was then.
    void instantPicked(qint64 atMs);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct EventRef {
        std::size_t lane;
        std::size_t event;
    };
    [[nodiscard]] double xOf(qint64 ms) const;
    [[nodiscard]] double laneY(std::size_t lane) const;
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] int nearestEvent(const QPointF& position) const;
    void paintDays(QPainter& painter) const;
    void paintDrift(QPainter& painter) const;
    void paintLane(QPainter& painter, std::size_t lane) const;
    void paintMark(QPainter& painter, const QPointF& at, TimelineMark mark) const;
    void focusEvent(int index);
    void zoom(double factor, qint64 aroundMs);

    TimelineContent m_content;
    std::vector<EventRef> m_order;
    qint64 m_shownFromMs = 0;
    qint64 m_shownToMs = 1;
    int m_focused = -1;
};

} // namespace counterfoil::widgets
