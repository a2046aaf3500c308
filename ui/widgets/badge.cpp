#include "ui/widgets/badge.h"

#include "ui/widgets/marks.h"

#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kPadding = 6;
constexpr int kSign = 12;
constexpr int kSignGap = 4;

bool hasSign(const BadgeContent& content)
{
    return content.icon || content.severity;
}

} // namespace

int badgeWidth(const BadgeContent& content)
{
    const int sign = hasSign(content) ? kSign + kSignGap : 0;
    return 2 * kPadding + sign +
           static_cast<int>(std::ceil(Text::width(content.text, FontRole::Micro)));
}

void paintBadge(QPainter& painter, const QRectF& box, const BadgeContent& content)
{
    const theme::Theme& t = theme::current();
    const double height = t.px(theme::metric::kBadge);
    const double width = std::min(box.width(), static_cast<double>(badgeWidth(content)));
    const QRectF shape(box.x(), std::round(box.y() + (box.height() - height) / 2), width, height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(t.toneFill(content.tone));
    const bool isNeutral = content.tone == theme::Tone::Neutral;
    painter.setPen(isNeutral ? QPen(t.line2, 1) : QPen(Qt::NoPen));
    const double inset = isNeutral ? 0.5 : 0;
    painter.drawRoundedRect(shape.adjusted(inset, inset, -inset, -inset),
                            theme::metric::kRadiusBadge, theme::metric::kRadiusBadge);
    painter.restore();
    const QColor color = t.toneText(content.tone);
    double x = shape.x() + kPadding;
    const QRectF sign(x, shape.y() + (height - kSign) / 2, kSign, kSign);
    if (content.severity)
        paintSeverity(painter, sign, *content.severity);
    else if (content.icon)
        drawIcon(painter, sign, *content.icon, color);
    if (hasSign(content))
        x += kSign + kSignGap;
    Text::draw(painter, QRectF(x, shape.y(), shape.right() - kPadding - x + 1, height),
               Qt::AlignLeft | Qt::AlignVCenter, content.text, FontRole::Micro, color);
}

Badge::Badge(BadgeContent content, QWidget* parent) : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setContent(content);
}

void Badge::setContent(const BadgeContent& content)
{
    m_content = content;
    setAccessibleName(content.text);
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const
{
    return {badgeWidth(m_content), theme::current().px(theme::metric::kBadge)};
}

void Badge::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBadge(painter, rect(), m_content);
}

} // namespace counterfoil::widgets
