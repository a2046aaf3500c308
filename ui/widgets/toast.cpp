#include "ui/widgets/toast.h"

#include "ui/theme/style.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QTimer>

#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kPadding = 15;
constexpr int kIcon = 14;
constexpr int kIconGap = 10;
constexpr int kVerbGap = 10;
constexpr int kKeyGap = 7;
constexpr int kBottomGap = 16;

int ceilWidth(const QString& text, FontRole role)
{
    return static_cast<int>(std::ceil(Text::tabularWidth(text, role)));
}

int verbWidth(const ToastContent& content)
{
    if (content.verb.isEmpty())
        return 0;
    const int key =
        content.verbKey.isEmpty() ? 0 : kKeyGap + ceilWidth(content.verbKey, FontRole::SmallStrong);
    return ceilWidth(content.verb, FontRole::SmallStrong) + key;
}

} // namespace

Toast::Toast(QWidget* pane) : PaintedWidget(pane), m_timer(new QTimer(this))
{
    setObjectName(QStringLiteral("toast"));
    setFocusPolicy(Qt::TabFocus);
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &Toast::expire);
    pane->installEventFilter(this);
    hide();
}

void Toast::present(const ToastContent& content, std::chrono::milliseconds time)
{
    const QString before = shownId();
    m_content = content;
    m_isExpired = false;
    setAccessibleName(content.text);
    if (time.count() > 0)
        m_timer->start(time);
    else
        m_timer->stop();
    place();
    show();
    raise();
    update();
    if (!before.isEmpty() && before != content.id)
        Q_EMIT dismissed(before);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Toast::setText(const QString& id, const QString& text)
{
    if (id != shownId() || text == m_content.text)
        return;
    m_content.text = text;
    setAccessibleName(text);
    place();
    update();
}

void Toast::dismiss()
{
    if (!isVisible())
        return;
    m_timer->stop();
    hide();
    Q_EMIT dismissed(m_content.id);
}

void Toast::expire()
{
    m_isExpired = true;
    if (!underMouse() && !hasFocus())
        dismiss();
}

QSize Toast::sizeHint() const
{
    int width = 2 * kPadding + kIcon + kIconGap + ceilWidth(m_content.text, FontRole::Small) + 1;
    if (!m_content.verb.isEmpty())
        width += 2 * kVerbGap + verbWidth(m_content);
    return {width, theme::current().px(theme::metric::kToast)};
}

void Toast::place()
{
    const QSize size = sizeHint().boundedTo(parentWidget()->size() - QSize(2 * kBottomGap, 0));
    setGeometry((parentWidget()->width() - size.width()) / 2,
                parentWidget()->height() - size.height() - kBottomGap, size.width(), size.height());
}

QRectF Toast::verbRect() const
{
    const double verb = verbWidth(m_content);
    return {width() - kPadding - verb - kVerbGap / 2.0, 0, verb + kVerbGap,
            static_cast<double>(height())};
}

void Toast::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.text);
    painter.drawRoundedRect(rect(), theme::metric::kRadiusToast, theme::metric::kRadiusToast);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
    drawIcon(painter, QRectF(kPadding, (height() - kIcon) / 2.0, kIcon, kIcon), m_content.icon,
             t.panel);
    const double x = kPadding + kIcon + kIconGap;
    const double limit = m_content.verb.isEmpty() ? width() - kPadding
                                                  : verbRect().x() + kVerbGap / 2.0 - 2 * kVerbGap;
    Text::drawTabular(painter, QRectF(x, 0, limit - x + 1, height()), left, m_content.text,
                      FontRole::Small, t.panel);
    if (m_content.verb.isEmpty())
        return;
    const QRectF verb = verbRect();
    hairlineVertical(painter, verb.x() + kVerbGap / 2.0 - kVerbGap, 9, height() - 18, t.text3);
    const double verbX = verb.x() + kVerbGap / 2.0;
    Text::draw(painter, QRectF(verbX, 0, verb.width(), height()), left, m_content.verb,
               FontRole::SmallStrong, t.panel);
    const double keyX = verbX + ceilWidth(m_content.verb, FontRole::SmallStrong) + kKeyGap;
    Text::draw(painter, QRectF(keyX, 0, 40, height()), left, m_content.verbKey,
               FontRole::SmallStrong, t.panel);
    if (showsFocusRing()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.panel, 2));
        painter.drawRoundedRect(verb.adjusted(0, 6, 0, -6), 4, 4);
    }
}

void Toast::leaveEvent(QEvent* event)
{
    PaintedWidget::leaveEvent(event);
    if (m_isExpired && !hasFocus())
        dismiss();
}

void Toast::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_content.verb.isEmpty() && verbRect().contains(event->position()))
        Q_EMIT acted(m_content.id);
}

void Toast::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
              event->key() == Qt::Key_Space) &&
             !m_content.verb.isEmpty())
        Q_EMIT acted(m_content.id);
    else
        PaintedWidget::keyPressEvent(event);
}

void Toast::focusOutEvent(QFocusEvent* event)
{
    PaintedWidget::focusOutEvent(event);
    if (m_isExpired && !underMouse())
        dismiss();
}

bool Toast::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return PaintedWidget::eventFilter(watched, event);
}

} // namespace counterfoil::widgets
