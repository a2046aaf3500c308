#include "ui/widgets/chip.h"

#include "ui/theme/style.h"
#include "ui/widgets/key_cap.h"

#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;
using theme::Theme;

namespace {

constexpr int kPadding = 9;
constexpr int kGap = 6;
constexpr int kIcon = 12;

int textWidth(const QString& text, FontRole role)
{
    return static_cast<int>(std::ceil(Text::width(text, role)));
}

} // namespace

Chip::Chip(const QString& text, QWidget* parent) : QAbstractButton(parent)
{
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    followTheme(this);
    refreshName();
}

void Chip::refreshName()
{
    setAccessibleName(m_count.isEmpty() ? text() : text() + QLatin1Char(' ') + m_count);
    updateGeometry();
    update();
}

void Chip::setCount(const QString& count)
{
    m_count = count;
    refreshName();
}

void Chip::setKeyCap(const QString& key)
{
    m_keyCap = key;
    refreshName();
}

void Chip::setGlyph(std::optional<theme::Icon> icon)
{
    m_glyph = icon;
    refreshName();
}

QSize Chip::sizeHint() const
{
    int width = 2 * kPadding + textWidth(text(), FontRole::SmallMedium);
    if (m_glyph)
        width += kIcon + kGap;
    if (!m_count.isEmpty())
        width += kGap - 1 +
                 static_cast<int>(std::ceil(Text::tabularWidth(m_count, FontRole::SmallMedium)));
    if (!m_keyCap.isEmpty())
        width += kGap + keyCapWidth(m_keyCap) - 3;
    return {width, theme::current().px(theme::metric::kChip)};
}

void Chip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& t = theme::current();
    const bool isOn = isChecked();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(isOn ? t.selLine : t.line2, 1));
    painter.setBrush(isOn ? t.sel : underMouse() ? t.hover : t.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5),
                            theme::metric::kRadiusChip, theme::metric::kRadiusChip);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QColor color = isOn ? t.accentText : t.text2;
    double x = kPadding;
    if (m_glyph) {
        drawIcon(painter, QRectF(x, (height() - kIcon) / 2.0, kIcon, kIcon), *m_glyph, color);
        x += kIcon + kGap;
    }
    const int labelWidth = textWidth(text(), FontRole::SmallMedium);
    Text::draw(painter, QRectF(x, 0, labelWidth + 1, height()), Qt::AlignLeft | Qt::AlignVCenter,
               text(), FontRole::SmallMedium, color);
    x += labelWidth + kGap - 1;
    if (!m_count.isEmpty()) {
        const int countWidth =
            static_cast<int>(std::ceil(Text::tabularWidth(m_count, FontRole::SmallMedium)));
        Text::drawTabular(painter, QRectF(x, 0, countWidth + 1, height()),
                          Qt::AlignLeft | Qt::AlignVCenter, m_count, FontRole::SmallMedium,
                          isOn ? t.accentText : t.text3);
        x += countWidth + kGap;
    }
    if (!m_keyCap.isEmpty())
        paintKeyCap(painter,
                    QRectF(width() - kPadding + 3 - keyCapWidth(m_keyCap), 0, keyCapWidth(m_keyCap),
                           height()),
                    m_keyCap);
    if (m_showsFocusRing)
        theme::paintFocusRing(painter, rect(), theme::metric::kRadiusChip);
}

void Chip::focusInEvent(QFocusEvent* event)
{
    m_showsFocusRing = isKeyboardReason(event->reason());
    QAbstractButton::focusInEvent(event);
    update();
}

void Chip::focusOutEvent(QFocusEvent* event)
{
    m_showsFocusRing = false;
    QAbstractButton::focusOutEvent(event);
    update();
}

} // namespace counterfoil::widgets
