#include "ui/widgets/sla_bar.h"

#include <algorithm>
#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr double kSoonShare = 0.70;

} // namespace

SlaStep slaStep(const SlaContent& content)
{
    if (content.isPaused || content.usedShare < kSoonShare)
        return SlaStep::Calm;
    return content.usedShare < 1.0 ? SlaStep::Soon : SlaStep::Missed;
}

void paintSlaTrack(QPainter& painter, const QRectF& bar, const SlaContent& content)
{
    const theme::Theme& t = theme::current();
    const SlaStep step = slaStep(content);
    const QColor fill = step == SlaStep::Missed ? t.crit
                        : step == SlaStep::Soon ? t.highFill
                                                : t.text3;
    painter.fillRect(bar, t.track);
    const double share = std::clamp(content.usedShare, 0.0, 1.0);
    const double width = share > 0 ? std::max(1.0, std::round(bar.width() * share)) : 0;
    painter.fillRect(QRectF(bar.x(), bar.y(), width, bar.height()), fill);
}

void paintSla(QPainter& painter, const QRectF& box, const SlaContent& content, bool isCompact)
{
    const theme::Theme& t = theme::current();
    const SlaStep step = slaStep(content);
    const QColor color = step == SlaStep::Missed ? t.crit
                         : step == SlaStep::Soon ? t.high
                                                 : t.text3;
    const double barHeight = isCompact ? 2 : theme::metric::kSlaBar;
    const double lineHeight = t.lineHeight(FontRole::Body);
    const double gap = isCompact ? 0 : 3;
    const double top = std::round(box.y() + (box.height() - lineHeight - gap - barHeight) / 2);
    const QRectF line(box.x(), top, box.width(), lineHeight);
    Text::drawTabular(painter, line, Qt::AlignLeft | Qt::AlignVCenter, content.age, FontRole::Body,
                      t.text);
    Text::drawTabular(painter, line.adjusted(box.width() * 0.4, 0, 0, 0),
                      Qt::AlignRight | Qt::AlignVCenter, content.remaining, FontRole::Micro, color);
    if (content.hasSla)
        paintSlaTrack(painter, QRectF(box.x(), top + lineHeight + gap, box.width(), barHeight),
                      content);
}

SlaBar::SlaBar(QWidget* parent) : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void SlaBar::setContent(const SlaContent& content)
{
    m_content = content;
    setAccessibleName(content.age + QStringLiteral(", ") + content.remaining);
    update();
}

QSize SlaBar::sizeHint() const
{
    return {130, theme::current().lineHeight(FontRole::Body) + 8};
}

void SlaBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintSla(painter, rect(), m_content, false);
}

} // namespace counterfoil::widgets
