#include "ui/widgets/segmented_control.h"

#include "ui/theme/style.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainterPath>
#include <QToolTip>

#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;
using theme::Theme;

namespace {

constexpr int kPadding = 10;

int segmentWidth(const Segment& segment)
{
    return 2 * kPadding +
           static_cast<int>(std::ceil(Text::width(segment.text, FontRole::SmallStrong)));
}

} // namespace

SegmentedControl::SegmentedControl(QWidget* parent) : PaintedWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SegmentedControl::setSegments(std::vector<Segment> segments)
{
    const QString before = chosen();
    m_segments = std::move(segments);
    m_hovered.reset();
    setChosen(before);
    updateGeometry();
}

void SegmentedControl::setChosen(const QString& id)
{
    m_chosen.reset();
    for (std::size_t i = 0; i < m_segments.size(); ++i)
        if (m_segments[i].id == id)
            m_chosen = i;
    refreshDescription();
    update();
}

QString SegmentedControl::chosen() const
{
    return m_chosen ? m_segments[*m_chosen].id : QString();
}

void SegmentedControl::setCompact(bool isCompact)
{
    m_isCompact = isCompact;
    updateGeometry();
}

void SegmentedControl::refreshDescription()
{
    setAccessibleDescription(m_chosen ? m_segments[*m_chosen].text : tr("nothing chosen"));
}

QSize SegmentedControl::sizeHint() const
{
    int width = 1;
    for (const Segment& segment : m_segments)
        width += segmentWidth(segment);
    return {width, theme::current().px(m_isCompact ? 22 : theme::metric::kChip)};
}

QRectF SegmentedControl::segmentRect(std::size_t index) const
{
    double x = 0;
    for (std::size_t i = 0; i < index; ++i)
        x += segmentWidth(m_segments[i]);
    return {x, 0.0, segmentWidth(m_segments[index]) + 1.0, static_cast<double>(height())};
}

std::optional<std::size_t> SegmentedControl::segmentAt(const QPointF& position) const
{
    for (std::size_t i = 0; i < m_segments.size(); ++i)
        if (segmentRect(i).contains(position))
            return i;
    return std::nullopt;
}

void SegmentedControl::paintEvent(QPaintEvent*)
{
    if (m_segments.empty())
        return;
    QPainter painter(this);
    const Theme& t = theme::current();
    const double radius = theme::metric::kRadiusChip;
    const QRectF frame(0.5, 0.5, sizeHint().width() - 1.0, height() - 1.0);
    QPainterPath shape;
    shape.addRoundedRect(frame, radius, radius);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(shape, isEnabled() ? t.panel : t.sunken);
    painter.save();
    painter.setClipPath(shape);
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        const bool isChosen = m_chosen == i;
        if (isChosen || m_hovered == i)
            painter.fillRect(segmentRect(i), isChosen ? t.toneFill(m_segments[i].tone) : t.hover);
    }
    painter.restore();
    painter.setPen(QPen(t.line2, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shape);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        const bool isChosen = m_chosen == i;
        const QRectF box = segmentRect(i);
        if (i > 0)
            hairlineVertical(painter, box.x(), 1, height() - 2, t.line2);
        const QColor color = !isEnabled() ? t.text3
                             : isChosen   ? t.toneText(m_segments[i].tone)
                                          : t.text2;
        Text::draw(painter, box, Qt::AlignCenter, m_segments[i].text,
                   isChosen ? FontRole::SmallStrong : FontRole::Small, color);
    }
    if (showsFocusRing())
        theme::paintFocusRing(painter, QRectF(0, 0, sizeHint().width(), height()), radius);
}

void SegmentedControl::pick(std::size_t index)
{
    m_chosen = index;
    refreshDescription();
    update();
    Q_EMIT picked(m_segments[index].id);
}

void SegmentedControl::mouseReleaseEvent(QMouseEvent* event)
{
    const auto hit = segmentAt(event->position());
    if (hit && event->button() == Qt::LeftButton)
        pick(*hit);
}

void SegmentedControl::mouseMoveEvent(QMouseEvent* event)
{
    m_hovered = segmentAt(event->position());
    update();
}

void SegmentedControl::leaveEvent(QEvent* event)
{
    m_hovered.reset();
    PaintedWidget::leaveEvent(event);
    update();
}

void SegmentedControl::keyPressEvent(QKeyEvent* event)
{
    if (m_segments.empty())
        return;
    const std::size_t last = m_segments.size() - 1;
    switch (event->key()) {
    case Qt::Key_Right:
        pick(m_chosen ? std::min(*m_chosen + 1, last) : 0);
        return;
    case Qt::Key_Left:
        pick(m_chosen && *m_chosen > 0 ? *m_chosen - 1 : 0);
        return;
    case Qt::Key_Home:
        pick(0);
        return;
    case Qt::Key_End:
        pick(last);
        return;
    default:
        PaintedWidget::keyPressEvent(event);
    }
}

bool SegmentedControl::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const auto hit = segmentAt(help->pos()); hit && !m_segments[*hit].tip.isEmpty()) {
            QToolTip::showText(help->globalPos(), m_segments[*hit].tip.toHtmlEscaped(), this);
            return true;
        }
    }
    return PaintedWidget::event(event);
}

} // namespace counterfoil::widgets
