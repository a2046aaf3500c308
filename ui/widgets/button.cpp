#include "ui/widgets/button.h"

#include "ui/theme/style.h"

#include <QKeyEvent>
#include <QLabel>

#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;
using theme::Theme;

namespace {

constexpr int kPadding = 12;
constexpr int kPaddingSmall = 10;
constexpr int kIcon = 14;
constexpr int kIconGap = 7;
constexpr int kHintGap = 8;

int ceilWidth(const QString& text, FontRole role)
{
    return static_cast<int>(std::ceil(Text::width(text, role)));
}

} // namespace

Button::Button(const QString& text, ButtonKind kind, QWidget* parent, ButtonSize size)
    : QAbstractButton(parent), m_kind(kind), m_size(size)
{
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    followTheme(this);
}

Button::Button(theme::Icon icon, const QString& name, QWidget* parent)
    : Button(QString(), ButtonKind::Quiet, parent, ButtonSize::Small)
{
    m_glyph = icon;
    setAccessibleName(name);
    setToolTip(name);
}

void Button::setGlyph(std::optional<theme::Icon> icon)
{
    m_glyph = icon;
    updateGeometry();
    update();
}

void Button::setKeyHint(const QString& key)
{
    m_keyHint = key;
    updateGeometry();
    update();
}

void Button::setCount(const QString& count)
{
    m_count = count;
    updateGeometry();
    update();
}

void Button::setBlocked(const QString& reason)
{
    setEnabled(false);
    if (reason == m_reason)
        return;
    m_reason = reason;
    setToolTip(reason);
    setAccessibleDescription(reason);
    Q_EMIT reasonChanged(reason);
}

void Button::setAllowed()
{
    setEnabled(true);
    if (m_reason.isEmpty())
        return;
    m_reason.clear();
    setToolTip(isIconOnly() ? accessibleName() : QString());
    setAccessibleDescription({});
    Q_EMIT reasonChanged(m_reason);
}

QLabel* Button::makeReasonLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setText(m_reason);
    label->setHidden(m_reason.isEmpty());
    label->setObjectName(objectName() + QStringLiteral("Reason"));
    const auto refresh = [label] {
        label->setFont(theme::font(FontRole::Small));
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, theme::current().text2);
        label->setPalette(palette);
    };
    refresh();
    connect(this, &Button::reasonChanged, label, [label, refresh](const QString& reason) {
        label->setText(reason);
        label->setHidden(reason.isEmpty());
        refresh();
    });
    return label;
}

QSize Button::sizeHint() const
{
    const Theme& t = theme::current();
    const bool isSmall = m_size == ButtonSize::Small;
    const int height = t.px(isSmall ? theme::metric::kButtonSmall : theme::metric::kButton);
    if (isIconOnly())
        return {height, height};
    const FontRole role = isSmall ? FontRole::SmallMedium : FontRole::BodyMedium;
    int width = 2 * (isSmall ? kPaddingSmall : kPadding) + ceilWidth(text(), role);
    if (m_glyph)
        width += kIcon + kIconGap;
    if (!m_keyHint.isEmpty())
        width += kHintGap + ceilWidth(m_keyHint, FontRole::Micro);
    if (!m_count.isEmpty())
        width += kHintGap - 2 + ceilWidth(m_count, role);
    return {width, height};
}

void Button::paintFrame(QPainter& painter, const QRectF& shape) const
{
    const Theme& t = theme::current();
    const bool isHovered = underMouse() && isEnabled();
    QColor fill = t.panel;
    QColor edge = t.line2;
    if (!isEnabled()) {
        fill = t.sunken;
        edge = t.line2;
    } else if (m_kind == ButtonKind::Primary) {
        fill = isDown() ? t.accent.darker(115) : isHovered ? t.accent.darker(106) : t.accent;
        edge = fill;
    } else if (isDown()) {
        fill = t.track;
    } else if (isHovered) {
        fill = t.hover;
    }
    if (m_kind == ButtonKind::Quiet && (!isHovered && !isDown()))
        return;
    if (m_kind == ButtonKind::Quiet)
        edge = fill;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(edge, 1));
    painter.setBrush(fill);
    const double radius =
        m_size == ButtonSize::Small ? theme::metric::kRadiusChip : theme::metric::kRadiusButton;
    painter.drawRoundedRect(shape.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

QColor Button::textColor() const
{
    const Theme& t = theme::current();
    if (!isEnabled())
        return t.text3;
    if (m_kind == ButtonKind::Primary)
        return t.onAccent;
    return m_kind == ButtonKind::Quiet ? t.text2 : t.text;
}

void Button::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& t = theme::current();
    paintFrame(painter, rect());
    const QColor color = textColor();
    if (isIconOnly()) {
        const QRectF box((width() - 16) / 2.0, (height() - 16) / 2.0, 16, 16);
        if (m_glyph)
            drawIcon(painter, box, *m_glyph, color);
    } else {
        const bool isSmall = m_size == ButtonSize::Small;
        const FontRole role = isSmall ? FontRole::SmallMedium : FontRole::BodyMedium;
        // The content stays centred when a layout gives the button more room than it asked for.
        double x = (width() - sizeHint().width()) / 2.0 + (isSmall ? kPaddingSmall : kPadding);
        if (m_glyph) {
            drawIcon(painter, QRectF(x, (height() - kIcon) / 2.0, kIcon, kIcon), *m_glyph, color);
            x += kIcon + kIconGap;
        }
        const int textWidth = ceilWidth(text(), role);
        Text::draw(painter, QRectF(x, 0, textWidth + 1, height()), Qt::AlignLeft | Qt::AlignVCenter,
                   text(), role, color);
        x += textWidth;
        const QColor faint = m_kind == ButtonKind::Primary && isEnabled() ? t.onAccent : t.text3;
        if (!m_count.isEmpty()) {
            const int countWidth = ceilWidth(m_count, role);
            x += kHintGap - 2;
            Text::draw(painter, QRectF(x, 0, countWidth + 1, height()),
                       Qt::AlignLeft | Qt::AlignVCenter, m_count,
                       isSmall ? FontRole::Small : FontRole::Body, faint);
            x += countWidth;
        }
        if (!m_keyHint.isEmpty())
            Text::draw(painter,
                       QRectF(x + kHintGap, 0, ceilWidth(m_keyHint, FontRole::Micro) + 1, height()),
                       Qt::AlignLeft | Qt::AlignVCenter, m_keyHint, FontRole::Micro, faint);
    }
    if (m_showsFocusRing) {
        if (m_kind == ButtonKind::Primary) {
            // On the filled button the ring alone would vanish: a panel line sets it off.
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(t.onAccent, 1.5));
            painter.drawRoundedRect(QRectF(rect()).adjusted(2.5, 2.5, -2.5, -2.5), 4, 4);
        } else {
            theme::paintFocusRing(painter, rect(), theme::metric::kRadiusButton);
        }
    }
}

void Button::focusInEvent(QFocusEvent* event)
{
    m_showsFocusRing = isKeyboardReason(event->reason());
    QAbstractButton::focusInEvent(event);
    update();
}

void Button::focusOutEvent(QFocusEvent* event)
{
    m_showsFocusRing = false;
    QAbstractButton::focusOutEvent(event);
    update();
}

void Button::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

bool Button::event(QEvent* event)
{
    if (event->type() == QEvent::EnabledChange)
        update();
    return QAbstractButton::event(event);
}

} // namespace counterfoil::widgets
