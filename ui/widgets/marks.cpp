#include "ui/widgets/marks.h"

#include "ui/theme/icons.h"

#include <QCoreApplication>
#include <QHash>
#include <QPainterPath>
#include <QPixmap>

#include <cmath>

namespace counterfoil::widgets {

namespace {

using theme::Freshness;
using theme::Severity;
using theme::State;
using theme::Theme;

constexpr int kKeptMarksMax = 256;

void paintDiamond(QPainter& p, const QPointF& c, double r, const QColor& fill)
{
    const QPointF points[] = {
        {c.x(), c.y() - r}, {c.x() + r, c.y()}, {c.x(), c.y() + r}, {c.x() - r, c.y()}};
    p.setPen(QPen(fill, 0.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.setBrush(fill);
    p.drawPolygon(points, 4);
}

void drawSeverity(QPainter& p, const QPointF& c, double s, Severity severity, const Theme& t)
{
    const QColor fill = t.severityFill(severity);
    switch (severity) {
    case Severity::Critical: {
        paintDiamond(p, c, 5.4 * s, fill);
        const QColor sign = t.isDark ? t.panel : t.onAccent;
        p.setPen(QPen(sign, 1.4 * s, Qt::SolidLine, Qt::RoundCap));
        p.drawLine(QPointF(c.x(), c.y() - 2.6 * s), QPointF(c.x(), c.y() + 0.5 * s));
        p.drawPoint(QPointF(c.x(), c.y() + 2.7 * s));
        return;
    }
    case Severity::High: {
        const QPointF points[] = {{c.x(), c.y() - 4.4 * s},
                                  {c.x() + 5 * s, c.y() + 4.2 * s},
                                  {c.x() - 5 * s, c.y() + 4.2 * s}};
        p.setPen(QPen(fill, 1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        p.setBrush(fill);
        p.drawPolygon(points, 3);
        return;
    }
    case Severity::Medium: {
        const double r = 4.4 * s;
        p.setPen(QPen(fill, 1.3 * s));
        p.setBrush(Qt::NoBrush);
        p.drawEllipse(c, r, r);
        p.setPen(Qt::NoPen);
        p.setBrush(fill);
        p.drawPie(QRectF(c.x() - r, c.y() - r, 2 * r, 2 * r), -90 * 16, 180 * 16);
        return;
    }
    case Severity::Low:
        p.setPen(QPen(fill, 1.3 * s));
        p.setBrush(Qt::NoBrush);
        p.drawEllipse(c, 4 * s, 4 * s);
        return;
    }
}

void drawTick(QPainter& p, const QPointF& c, double s, const QColor& color, double size)
{
    p.setPen(QPen(color, 1.4 * s, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.setBrush(Qt::NoBrush);
    const QPointF points[] = {{c.x() - size * s, c.y() + 0.1 * s},
                              {c.x() - 0.25 * size * s, c.y() + 0.75 * size * s},
                              {c.x() + size * s, c.y() - 0.8 * size * s}};
    p.drawPolyline(points, 3);
}

void drawCircle(QPainter& p, const QPointF& c, double r, double s, const QColor& color, double dash)
{
    QPen pen(color, 1.3 * s);
    if (dash > 0) {
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashPattern({dash, dash});
    }
    p.setPen(pen);
    p.setBrush(Qt::NoBrush);
    p.drawEllipse(c, r, r);
}

void drawState(QPainter& p, const QPointF& c, double s, State state, const Theme& t)
{
    const QColor color = t.stateColor(state);
    const double r = 4.1 * s;
    const QRectF box(c.x() - r, c.y() - r, 2 * r, 2 * r);
    switch (state) {
    case State::Open:
        drawCircle(p, c, r, s, color, 0);
        return;
    case State::Expected:
        drawCircle(p, c, r, s, color, 0.9);
        return;
    case State::InProgress:
    case State::AwaitingApproval:
        drawCircle(p, c, r, s, color, 0);
        p.setPen(Qt::NoPen);
        p.setBrush(color);
        p.drawPie(box, -90 * 16, 180 * 16);
        return;
    case State::WaitingFor:
        drawCircle(p, c, r, s, color, 1.6);
        return;
    case State::Settling:
        p.setPen(QPen(color, 1.5 * s, Qt::SolidLine, Qt::RoundCap));
        p.setBrush(Qt::NoBrush);
        p.drawArc(box, 60 * 16, 270 * 16);
        return;
    case State::SaidDone:
        drawCircle(p, c, r, s, color, 1.6);
        drawTick(p, c, s, color, 1.9);
        return;
    case State::Closed:
        drawTick(p, c, s, color, 3.6);
        return;
    case State::Accepted:
        drawCircle(p, c, r, s, color, 0);
        drawTick(p, c, s, color, 1.9);
        return;
    case State::Snoozed:
        drawCircle(p, c, r, s, color, 0);
        p.drawLine(c, QPointF(c.x(), c.y() - 2.4 * s));
        p.drawLine(c, QPointF(c.x() + 1.8 * s, c.y() + 1 * s));
        return;
    case State::History:
        return;
    }
}

void drawFreshness(QPainter& p, const QPointF& c, double s, Freshness freshness, const Theme& t)
{
    switch (freshness) {
    case Freshness::Fresh:
        p.setPen(Qt::NoPen);
        p.setBrush(t.ok);
        p.drawEllipse(c, 3.5 * s, 3.5 * s);
        return;
    case Freshness::Late:
        drawCircle(p, c, 3 * s, 1.1 * s, t.highFill, 0);
        return;
    case Freshness::Failing:
        paintDiamond(p, c, 4.2 * s, t.crit);
        return;
    case Freshness::NotConnected:
        drawCircle(p, c, 3 * s, 1.1 * s, t.text3, 0);
        return;
    }
}

/// Marks are small pictures drawn thousands of times; each is rendered once per theme, scale and
/// text size.
template <typename Draw>
void paintKept(QPainter& painter, const QRectF& box, int kind, int designPx, Draw draw)
{
    static QHash<quint64, QPixmap> kept;
    const Theme& t = theme::current();
    const double ratio = theme::deviceScale(painter);
    const int side = t.px(designPx);
    const auto ratioKey = static_cast<quint64>(std::lround(ratio * 100));
    const quint64 key = (static_cast<quint64>(kind) << 40) | (ratioKey << 20) |
                        (static_cast<quint64>(t.textPercent) << 1) | (t.isDark ? 1U : 0U);
    auto found = kept.find(key);
    if (found == kept.end()) {
        if (kept.size() >= kKeptMarksMax)
            kept.clear();
        QPixmap picture(QSize(1, 1) * static_cast<int>(std::ceil(side * ratio)));
        picture.setDevicePixelRatio(ratio);
        picture.fill(Qt::transparent);
        QPainter p(&picture);
        p.setRenderHint(QPainter::Antialiasing);
        draw(p, QPointF(side / 2.0, side / 2.0), side / static_cast<double>(designPx), t);
        p.end();
        found = kept.insert(key, picture);
    }
    const double x = std::round((box.x() + (box.width() - side) / 2) * ratio) / ratio;
    const double y = std::round((box.y() + (box.height() - side) / 2) * ratio) / ratio;
    painter.drawPixmap(QPointF(x, y), *found);
}

QString tr(const char* text)
{
    return QCoreApplication::translate("Marks", text);
}

} // namespace

void paintSeverity(QPainter& painter, const QRectF& box, Severity severity)
{
    paintKept(painter, box, static_cast<int>(severity), 12,
              [severity](QPainter& p, const QPointF& c, double s, const Theme& t) {
                  drawSeverity(p, c, s, severity, t);
              });
}

void paintState(QPainter& painter, const QRectF& box, State state)
{
    paintKept(painter, box, 16 + static_cast<int>(state), 10,
              [state](QPainter& p, const QPointF& c, double s, const Theme& t) {
                  drawState(p, c, s, state, t);
              });
}

void paintFreshness(QPainter& painter, const QRectF& box, Freshness freshness)
{
    paintKept(painter, box, 64 + static_cast<int>(freshness), 10,
              [freshness](QPainter& p, const QPointF& c, double s, const Theme& t) {
                  drawFreshness(p, c, s, freshness, t);
              });
}

QString severityText(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return tr(QT_TRANSLATE_NOOP("Marks", "Critical"));
    case Severity::High:
        return tr(QT_TRANSLATE_NOOP("Marks", "High"));
    case Severity::Medium:
        return tr(QT_TRANSLATE_NOOP("Marks", "Medium"));
    case Severity::Low:
        return tr(QT_TRANSLATE_NOOP("Marks", "Low"));
    }
    return {};
}

QString stateText(State state)
{
    switch (state) {
    case State::Open:
        return tr(QT_TRANSLATE_NOOP("Marks", "Open"));
    case State::Expected:
        return tr(QT_TRANSLATE_NOOP("Marks", "Expected"));
    case State::InProgress:
        return tr(QT_TRANSLATE_NOOP("Marks", "In progress"));
    case State::AwaitingApproval:
        return tr(QT_TRANSLATE_NOOP("Marks", "Awaiting approval"));
    case State::WaitingFor:
        return tr(QT_TRANSLATE_NOOP("Marks", "Waiting"));
    case State::Settling:
        return tr(QT_TRANSLATE_NOOP("Marks", "Settling"));
    case State::SaidDone:
        return tr(QT_TRANSLATE_NOOP("Marks", "Said done, not seen"));
    case State::Closed:
        return tr(QT_TRANSLATE_NOOP("Marks", "Closed"));
    case State::Accepted:
        return tr(QT_TRANSLATE_NOOP("Marks", "Accepted"));
    case State::Snoozed:
        return tr(QT_TRANSLATE_NOOP("Marks", "Snoozed"));
    case State::History:
        return tr(QT_TRANSLATE_NOOP("Marks", "History"));
    }
    return {};
}

QString freshnessText(Freshness freshness)
{
    switch (freshness) {
    case Freshness::Fresh:
        return tr(QT_TRANSLATE_NOOP("Marks", "fresh"));
    case Freshness::Late:
        return tr(QT_TRANSLATE_NOOP("Marks", "late"));
    case Freshness::Failing:
        return tr(QT_TRANSLATE_NOOP("Marks", "failing"));
    case Freshness::NotConnected:
        return tr(QT_TRANSLATE_NOOP("Marks", "not connected"));
    }
    return {};
}

} // namespace counterfoil::widgets
