#include "ui/widgets/status_bar.h"

#include "ui/theme/style.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kMargin = 12;
constexpr int kGap = 10;

double segmentWidth(const StatusSegment& segment)
{
    return std::ceil(Text::tabularWidth(segment.text, FontRole::Micro)) + 1;
}

} // namespace

StatusBar::StatusBar(QWidget* parent) : PaintedWidget(parent)
{
    nameWidget(this, QStringLiteral("statusBar"), tr("Status"));
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StatusBar::setSegments(std::vector<StatusSegment> segments)
{
    m_segments = std::move(segments);
    QStringList words;
    for (const StatusSegment& segment : m_segments)
        words.append(segment.text);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    if (m_focused >= static_cast<int>(m_segments.size()))
        m_focused = -1;
    update();
}

QSize StatusBar::sizeHint() const
{
    return {300, theme::current().px(theme::metric::kStatusBar)};
}

QRectF StatusBar::segmentRect(std::size_t index) const
{
    const bool isOnRight = m_segments[index].isOnRight;
    double before = 0;
    for (std::size_t i = isOnRight ? index + 1 : 0; i < (isOnRight ? m_segments.size() : index);
         ++i)
        if (m_segments[i].isOnRight == isOnRight)
            before += segmentWidth(m_segments[i]) + 2 * kGap + 1;
    const double own = segmentWidth(m_segments[index]);
    const double x = isOnRight ? width() - kMargin - before - own : kMargin + before;
    return {x, 0, own, static_cast<double>(height())};
}

int StatusBar::segmentAt(const QPointF& position) const
{
    for (std::size_t i = 0; i < m_segments.size(); ++i)
        if (segmentRect(i).adjusted(-kGap, 0, kGap, 0).contains(position))
            return static_cast<int>(i);
    return -1;
}

void StatusBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    painter.fillRect(rect(), t.rail);
    hairline(painter, 0, 0, width(), t.line);
    double rightLimit = width();
    for (std::size_t i = 0; i < m_segments.size(); ++i)
        if (m_segments[i].isOnRight)
            rightLimit = std::min(rightLimit, segmentRect(i).x() - kGap);
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        QRectF box = segmentRect(i);
        if (!m_segments[i].isOnRight && box.right() > rightLimit)
            box.setRight(std::max(box.x(), rightLimit));
        Text::drawTabular(painter, box, Qt::AlignLeft | Qt::AlignVCenter, m_segments[i].text,
                          FontRole::Micro, t.text2);
        const bool isLastOnRight = m_segments[i].isOnRight && i + 1 == m_segments.size();
        if (!isLastOnRight && box.right() + kGap < width() - kMargin)
            hairlineVertical(painter, box.right() + kGap, 6, height() - 12, t.line2);
        if (showsFocusRing() && m_focused == static_cast<int>(i))
            theme::paintFocusRing(painter, box.adjusted(-5, 1, 5, -1), 3);
    }
}

void StatusBar::mouseReleaseEvent(QMouseEvent* event)
{
    const int hit = segmentAt(event->position());
    if (hit >= 0 && m_segments[static_cast<std::size_t>(hit)].isClickable)
        Q_EMIT clicked(m_segments[static_cast<std::size_t>(hit)].id);
}

void StatusBar::mouseMoveEvent(QMouseEvent* event)
{
    const int hit = segmentAt(event->position());
    const bool isClickable = hit >= 0 && m_segments[static_cast<std::size_t>(hit)].isClickable;
    setCursor(isClickable ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void StatusBar::moveFocus(int step)
{
    const int count = static_cast<int>(m_segments.size());
    for (int i = m_focused + step; i >= 0 && i < count; i += step)
        if (m_segments[static_cast<std::size_t>(i)].isClickable) {
            m_focused = i;
            break;
        }
    update();
}

void StatusBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Right)
        moveFocus(1);
    else if (event->key() == Qt::Key_Left)
        moveFocus(-1);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_focused >= 0)
        Q_EMIT clicked(m_segments[static_cast<std::size_t>(m_focused)].id);
    else
        PaintedWidget::keyPressEvent(event);
}

bool StatusBar::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int hit = segmentAt(help->pos());
        if (hit >= 0)
            QToolTip::showText(help->globalPos(),
                               m_segments[static_cast<std::size_t>(hit)].tip.toHtmlEscaped(), this);
        return true;
    }
    if (event->type() == QEvent::FocusIn && m_focused < 0)
        moveFocus(1);
    return PaintedWidget::event(event);
}

} // namespace counterfoil::widgets
