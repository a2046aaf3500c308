#include "ui/widgets/timeline.h"

#include "ui/theme/style.h"
#include "ui/widgets/accessible_list.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kNameWidth = 76;
constexpr int kHead = 18;
constexpr double kZoomStep = 1.4;
constexpr qint64 kShownMinMs = 3'600'000;
constexpr qint64 kDayMs = 86'400'000;
constexpr int kDayLabelMin = 62;

} // namespace

Timeline::Timeline(QWidget* parent) : PaintedWidget(parent)
{
    installListAccessibility();
    nameWidget(this, QStringLiteral("timeline"), tr("Timeline"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Timeline::setContent(TimelineContent content)
{
    m_content = std::move(content);
    m_order.clear();
    for (std::size_t lane = 0; lane < m_content.lanes.size(); ++lane)
        for (std::size_t i = 0; i < m_content.lanes[lane].events.size(); ++i)
            m_order.push_back({lane, i});
    std::stable_sort(m_order.begin(), m_order.end(), [this](const EventRef& a, const EventRef& b) {
        return m_content.lanes[a.lane].events[a.event].atMs <
               m_content.lanes[b.lane].events[b.event].atMs;
    });
    m_shownFromMs = m_content.fromMs;
    m_shownToMs = std::max(m_content.toMs, m_content.fromMs + kShownMinMs);
    m_focused = std::min(m_focused, eventCount() - 1);
    updateGeometry();
    update();
}

const TimelineEvent* Timeline::eventAt(int index) const
{
    if (index < 0 || index >= eventCount())
        return nullptr;
    const EventRef& ref = m_order[static_cast<std::size_t>(index)];
    return &m_content.lanes[ref.lane].events[ref.event];
}

QPointF Timeline::eventPosition(int index) const
{
    const TimelineEvent* found = eventAt(index);
    return found ? QPointF(xOf(found->atMs), laneY(m_order[static_cast<std::size_t>(index)].lane))
                 : QPointF();
}

QString Timeline::listText(int index) const
{
    const TimelineEvent* found = eventAt(index);
    return found ? found->sentence : QString();
}

QRect Timeline::listRect(int index) const
{
    const QPoint at = eventPosition(index).toPoint();
    return {at.x() - 9, at.y() - 9, 18, 18};
}

QSize Timeline::sizeHint() const
{
    const theme::Theme& t = theme::current();
    return {560, t.px(kHead) +
                     t.px(theme::metric::kLane) * static_cast<int>(m_content.lanes.size()) + 6};
}

QRectF Timeline::plot() const
{
    const theme::Theme& t = theme::current();
    const double left = t.px(kNameWidth);
    const double top = t.px(kHead);
    return {left, top, width() - left - 4.0,
            static_cast<double>(t.px(theme::metric::kLane)) *
                static_cast<double>(m_content.lanes.size())};
}

double Timeline::xOf(qint64 ms) const
{
    const QRectF area = plot();
    return area.x() + area.width() * static_cast<double>(ms - m_shownFromMs) /
                          static_cast<double>(m_shownToMs - m_shownFromMs);
}

double Timeline::laneY(std::size_t lane) const
{
    const double height = theme::current().px(theme::metric::kLane);
    return plot().y() + height * (static_cast<double>(lane) + 0.5);
}

void Timeline::paintDays(QPainter& painter) const
{
    const theme::Theme& t = theme::current();
    const QRectF area = plot();
    const double nowX = xOf(m_content.nowMs);
    const double nowWidth = Text::tabularWidth(m_content.nowText, FontRole::Micro) + 6;
    QDate day = QDateTime::fromMSecsSinceEpoch(m_shownFromMs, m_content.zone).date();
    const double dayWidth = area.width() * static_cast<double>(kDayMs) /
                            static_cast<double>(m_shownToMs - m_shownFromMs);
    const int step =
        std::max(1, static_cast<int>(std::ceil(kDayLabelMin / std::max(dayWidth, 0.01))));
    const qint64 days = (m_shownToMs - m_shownFromMs) / kDayMs + 2;
    for (qint64 i = 0; i <= days; i += step, day = day.addDays(step)) {
        const double x = xOf(day.startOfDay(m_content.zone).toMSecsSinceEpoch());
        if (x > area.right())
            break;
        if (x < area.x() - 1)
            continue;
        hairlineVertical(painter, x, area.y(), area.height(), t.line);
        if (x + kDayLabelMin - 16 < nowX - nowWidth)
            Text::drawTabular(
                painter, QRectF(x + 4, 0, kDayLabelMin, area.y()), Qt::AlignLeft | Qt::AlignVCenter,
                QLocale().toString(day, QStringLiteral("d MMM")), FontRole::Micro, t.text3);
    }
    const double labelX = std::min(nowX - nowWidth + 6, area.right() - nowWidth + 4);
    Text::drawTabular(painter, QRectF(labelX, 0, nowWidth, area.y()),
                      Qt::AlignLeft | Qt::AlignVCenter, m_content.nowText, FontRole::Micro, t.text);
}

void Timeline::paintDrift(QPainter& painter) const
{
    if (!m_content.drift)
        return;
    const theme::Theme& t = theme::current();
    const QRectF area = plot();
    const double left = std::clamp(xOf(m_content.drift->fromMs), area.x(), area.right());
    const double right = std::clamp(xOf(m_content.drift->toMs), area.x(), area.right());
    if (right <= left)
        return;
    const QRectF span(left, area.y(), right - left, area.height());
    painter.save();
    painter.setClipRect(span);
    QColor hatch = t.markLine;
    hatch.setAlphaF(0.55F);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(hatch, 1));
    for (double x = span.x() - span.height(); x < span.right(); x += 6)
        painter.drawLine(QPointF(x, span.bottom()), QPointF(x + span.height(), span.y()));
    painter.restore();
    painter.setPen(QPen(t.markLine, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(std::round(span.x()) + 0.5, span.y() + 0.5,
                            std::round(span.width()) - 1, span.height() - 1));
    const double labelWidth =
        Text::tabularWidth(m_content.drift->label, FontRole::MicroStrong) + 16;
    const double middle =
        m_content.lanes.empty() ? span.center().y() : laneY(m_content.lanes.size() / 2);
    const QRectF box(std::round(std::max(span.x(), span.center().x() - labelWidth / 2)),
                     std::round(middle - 9), labelWidth, 18);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(t.panel);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setRenderHint(QPainter::Antialiasing, false);
    Text::drawTabular(painter, box, Qt::AlignCenter, m_content.drift->label, FontRole::MicroStrong,
                      t.crit);
}

void Timeline::paintMark(QPainter& painter, const QPointF& at, TimelineMark mark) const
{
    const theme::Theme& t = theme::current();
    painter.setRenderHint(QPainter::Antialiasing);
    if (mark == TimelineMark::DriftStart) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.crit);
        const QPointF points[] = {
            {at.x(), at.y() - 5}, {at.x() + 5, at.y()}, {at.x(), at.y() + 5}, {at.x() - 5, at.y()}};
        painter.drawPolygon(points, 4);
    } else {
        painter.setPen(QPen(t.text2, 1.4));
        painter.setBrush(mark == TimelineMark::Physical ? t.text2 : t.panel);
        painter.drawEllipse(at, 3.6, 3.6);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void Timeline::paintLane(QPainter& painter, std::size_t lane) const
{
    const theme::Theme& t = theme::current();
    const QRectF area = plot();
    const double y = laneY(lane);
    const TimelineLane& shown = m_content.lanes[lane];
    const double textHeight = t.px(16);
    const double nowX = std::min(xOf(m_content.nowMs), area.right());
    if (!shown.note.isEmpty()) {
        const double width =
            std::min(Text::tabularWidth(shown.note, FontRole::Micro) + 2, area.width() - 14);
        const QRectF box(area.x() + 7, y - textHeight / 2, width + 8, textHeight);
        painter.fillRect(box, t.panel);
        Text::drawTabular(painter, box.adjusted(4, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                          shown.note, FontRole::Micro, t.text3);
    }
    for (std::size_t i = 0; i < shown.events.size(); ++i) {
        const TimelineEvent& event = shown.events[i];
        const double x = xOf(event.atMs);
        if (x < area.x() - 4 || x > area.right() + 4)
            continue;
        const double width = Text::tabularWidth(event.text, FontRole::Micro) + 2;
        const double nextX = i + 1 < shown.events.size() ? xOf(shown.events[i + 1].atMs) - 6 : nowX;
        const double drift = m_content.drift ? xOf(m_content.drift->fromMs) : nowX;
        const double rightRoom = std::min({nextX, x < drift ? drift : nowX, area.right()}) - x - 8;
        const double previousX = i > 0 ? xOf(shown.events[i - 1].atMs) + 8 : area.x();
        // Words stand right of the mark, left when only there is room, else nowhere: the tip has
        // them.
        QRectF box;
        if (rightRoom >= width)
            box = QRectF(x + 6, y - textHeight / 2, width + 4, textHeight);
        else if (x - previousX - 8 >= width)
            box = QRectF(x - 10 - width, y - textHeight / 2, width + 4, textHeight);
        if (box.isValid() && !event.text.isEmpty()) {
            painter.fillRect(box, t.panel);
            Text::drawTabular(painter, box.adjusted(2, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                              event.text, FontRole::Micro, t.text);
        }
        paintMark(painter, {x, y}, event.mark);
    }
}

void Timeline::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    const QRectF area = plot();
    paintDays(painter);
    for (std::size_t lane = 0; lane < m_content.lanes.size(); ++lane) {
        const double y = laneY(lane);
        Text::draw(painter, QRectF(0, y - 10, area.x() - 6, 20), Qt::AlignLeft | Qt::AlignVCenter,
                   m_content.lanes[lane].name, FontRole::Micro, t.text2);
        hairline(painter, area.x(), y, area.width(), t.line2);
    }
    paintDrift(painter);
    for (std::size_t lane = 0; lane < m_content.lanes.size(); ++lane)
        paintLane(painter, lane);
    const double nowX = xOf(m_content.nowMs);
    if (nowX >= area.x() && nowX <= area.right() + 1)
        hairlineVertical(painter, nowX, area.y() - 2, area.height() + 2, t.text);
    if (showsFocusRing()) {
        if (m_focused >= 0) {
            const QPointF at = eventPosition(m_focused);
            theme::paintFocusRing(painter, QRectF(at.x() - 9, at.y() - 9, 18, 18), 9);
        } else {
            theme::paintFocusRing(painter, rect(), 4);
        }
    }
}

void Timeline::focusEvent(int index)
{
    if (eventCount() == 0)
        return;
    m_focused = std::clamp(index, 0, eventCount() - 1);
    const TimelineEvent* chosen = eventAt(m_focused);
    if (chosen->atMs < m_shownFromMs || chosen->atMs > m_shownToMs) {
        const qint64 half = (m_shownToMs - m_shownFromMs) / 2;
        m_shownFromMs = chosen->atMs - half;
        m_shownToMs = chosen->atMs + half;
    }
    setAccessibleDescription(chosen->sentence);
    announceListItem(this, m_focused);
    if (hasFocus() && !chosen->sentence.isEmpty())
        QToolTip::showText(mapToGlobal(eventPosition(m_focused).toPoint() + QPoint(6, 10)),
                           chosen->sentence.toHtmlEscaped(), this);
    update();
    Q_EMIT instantPicked(chosen->atMs);
}

void Timeline::zoom(double factor, qint64 aroundMs)
{
    const auto scaled = [&](qint64 ms) {
        return aroundMs + static_cast<qint64>(static_cast<double>(ms - aroundMs) * factor);
    };
    const qint64 from = std::max(m_content.fromMs, scaled(m_shownFromMs));
    const qint64 to =
        std::min(std::max(m_content.toMs, m_content.fromMs + kShownMinMs), scaled(m_shownToMs));
    if (to - from < kShownMinMs)
        return;
    m_shownFromMs = from;
    m_shownToMs = to;
    update();
}

void Timeline::keyPressEvent(QKeyEvent* event)
{
    const qint64 middle =
        m_focused >= 0 ? eventAt(m_focused)->atMs : (m_shownFromMs + m_shownToMs) / 2;
    switch (event->key()) {
    case Qt::Key_Left:
        focusEvent(m_focused - 1);
        return;
    case Qt::Key_Right:
        focusEvent(m_focused + 1);
        return;
    case Qt::Key_Home:
        focusEvent(0);
        return;
    case Qt::Key_End:
        focusEvent(eventCount() - 1);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(1 / kZoomStep, middle);
        return;
    case Qt::Key_Minus:
        zoom(kZoomStep, middle);
        return;
    default:
        PaintedWidget::keyPressEvent(event);
    }
}

void Timeline::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        event->ignore();
        return;
    }
    const QRectF area = plot();
    const double share = std::clamp((event->position().x() - area.x()) / area.width(), 0.0, 1.0);
    const auto around =
        m_shownFromMs +
        static_cast<qint64>(share * static_cast<double>(m_shownToMs - m_shownFromMs));
    zoom(event->angleDelta().y() > 0 ? 1 / kZoomStep : kZoomStep, around);
}

int Timeline::nearestEvent(const QPointF& position) const
{
    int nearest = -1;
    double best = 12;
    for (int i = 0; i < eventCount(); ++i) {
        const QPointF at = eventPosition(i);
        const double distance = std::hypot(at.x() - position.x(), at.y() - position.y());
        if (distance < best) {
            best = distance;
            nearest = i;
        }
    }
    return nearest;
}

void Timeline::mousePressEvent(QMouseEvent* event)
{
    const int hit = nearestEvent(event->position());
    if (hit >= 0)
        focusEvent(hit);
}

bool Timeline::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int hit = nearestEvent(help->pos());
        if (hit >= 0)
            QToolTip::showText(help->globalPos(), eventAt(hit)->sentence.toHtmlEscaped(), this);
        return true;
    }
    return PaintedWidget::event(event);
}

} // namespace counterfoil::widgets
