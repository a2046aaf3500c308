#include "ui/widgets/sheet.h"

#include "ui/widgets/button.h"
#include "ui/widgets/shadow.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kHead = 80;
constexpr int kHeadPlain = 56;
constexpr int kFoot = 56;
constexpr int kPadding = 20;
constexpr int kHostMargin = 24;

} // namespace

Scrim::Scrim(QWidget* host) : QWidget(host)
{
    setObjectName(QStringLiteral("scrim"));
    host->installEventFilter(this);
    setGeometry(host->rect());
    hide();
}

void Scrim::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::current().scrim);
}

void Scrim::mousePressEvent(QMouseEvent*) {} // the sheet is modal: a click beside it does nothing

bool Scrim::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

Sheet::Sheet(QWidget* host, const QString& objectName, QSize maxSize)
    : QWidget(host), m_scrim(new Scrim(host)), m_maxSize(maxSize), m_body(new QVBoxLayout),
      m_headExtra(new QHBoxLayout), m_foot(nullptr), m_footHost(new QWidget(this)),
      m_cross(new Button(theme::Icon::Cross, tr("Close"), this))
{
    setObjectName(objectName);
    setFocusPolicy(Qt::StrongFocus);
    m_cross->setObjectName(objectName + QStringLiteral("Close"));
    connect(m_cross, &Button::clicked, this, &Sheet::requestClose);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(kShadowPx, kShadowPx, kShadowPx, kShadowPx);
    outer->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(kPadding, 42, kPadding, 0);
    head->addStretch(1);
    head->addLayout(m_headExtra);
    auto* headHost = new QWidget(this);
    headHost->setLayout(head);
    headHost->setObjectName(QStringLiteral("sheetHead"));
    headHost->setFixedHeight(headHeight());
    outer->addWidget(headHost);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    auto* bodyHost = new QWidget(this);
    bodyHost->setLayout(m_body);
    outer->addWidget(bodyHost, 1);
    m_footHost->setFixedHeight(theme::current().px(kFoot));
    m_foot = new QHBoxLayout(m_footHost);
    m_foot->setContentsMargins(kPadding, 0, kPadding, 0);
    m_foot->setSpacing(8);
    outer->addWidget(m_footHost);
    host->installEventFilter(this);
    followTheme(this);
    hide();
}

Sheet::~Sheet() = default;

int Sheet::headHeight() const
{
    return theme::current().px(m_subtitle.isEmpty() && m_headExtra->isEmpty() ? kHeadPlain : kHead);
}

void Sheet::setTitle(const QString& title)
{
    m_title = title;
    setAccessibleName(title);
    update();
}

void Sheet::setSubtitle(const QString& text, const QString& strong)
{
    m_subtitle = text;
    m_strong = strong;
    setAccessibleDescription(text);
    update();
}

QRect Sheet::bodyRect() const
{
    return rect().adjusted(kShadowPx, kShadowPx, -kShadowPx, -kShadowPx);
}

void Sheet::place()
{
    const QSize room = parentWidget()->size() - QSize(2 * kHostMargin, 2 * kHostMargin);
    const QSize size = m_maxSize.boundedTo(room) + QSize(2 * kShadowPx, 2 * kShadowPx);
    setGeometry((parentWidget()->width() - size.width()) / 2,
                (parentWidget()->height() - size.height()) / 2, size.width(), size.height());
    const QSize cross = m_cross->sizeHint();
    m_cross->setGeometry(width() - kShadowPx - 14 - cross.width(), kShadowPx + 14, cross.width(),
                         cross.height());
}

void Sheet::open()
{
    m_focusBefore = QApplication::focusWidget();
    if (auto* head = findChild<QWidget*>(QStringLiteral("sheetHead"), Qt::FindDirectChildrenOnly))
        head->setFixedHeight(headHeight());
    m_footHost->setHidden(m_foot->isEmpty());
    m_scrim->setGeometry(parentWidget()->rect());
    m_scrim->show();
    m_scrim->raise();
    place();
    show();
    raise();
    m_cross->raise();
    setFocus(Qt::OtherFocusReason);
    QApplication::instance()->installEventFilter(this);
}

void Sheet::close()
{
    if (m_isClosing)
        return;
    m_isClosing = true;
    QApplication::instance()->removeEventFilter(this);
    hide();
    m_scrim->hide();
    m_scrim->deleteLater();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    Q_EMIT closed();
    deleteLater();
}

void Sheet::requestClose()
{
    if (!m_guard || m_guard())
        close();
}

bool Sheet::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    // The trap: focus that lands behind the scrim comes back.
    if (event->type() == QEvent::FocusIn && isVisible()) {
        auto* target = qobject_cast<QWidget*>(watched);
        const bool isOutside =
            target && target != this && target->window() == window() && !isAncestorOf(target);
        // A sheet opened above this one keeps its own focus.
        const bool isAbove = isOutside && qobject_cast<Sheet*>(target) != nullptr;
        if (isOutside && !isAbove && parentWidget()->isAncestorOf(target)) {
            for (QWidget* up = target; up; up = up->parentWidget())
                if (qobject_cast<Sheet*>(up))
                    return false;
            setFocus(Qt::OtherFocusReason);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

bool Sheet::focusNextPrevChild(bool next)
{
    // The widgets of the sheet in their tab order, as a ring.
    QList<QWidget*> ring;
    for (QWidget* widget = nextInFocusChain(); widget && widget != this;
         widget = widget->nextInFocusChain())
        if (isAncestorOf(widget) && widget->isVisibleTo(this) && widget->isEnabled() &&
            (widget->focusPolicy() & Qt::TabFocus))
            ring.append(widget);
    if (ring.isEmpty())
        return false;
    const qsizetype at = ring.indexOf(QApplication::focusWidget());
    const qsizetype count = ring.size();
    const qsizetype target =
        at < 0 ? (next ? 0 : count - 1) : (at + (next ? 1 : count - 1)) % count;
    ring.at(target)->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

void Sheet::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        requestClose();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
        (event->modifiers() & Qt::ControlModifier)) {
        if (m_primary && m_primary->isEnabled())
            m_primary->click();
        return;
    }
    event->accept(); // nothing behind a modal sheet hears its keys
}

void Sheet::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    const QRectF body = bodyRect();
    paintShadow(painter, body);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.isDark ? QPen(t.line2, 1) : QPen(Qt::NoPen));
    painter.setBrush(t.raised);
    painter.drawRoundedRect(body, theme::metric::kRadiusSheet, theme::metric::kRadiusSheet);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
    Text::draw(painter,
               QRectF(body.x() + kPadding, body.y() + 16, body.width() - 3 * kPadding, t.px(24)),
               left, m_title, FontRole::Title, t.text);
    double x = body.x() + kPadding;
    const QRectF line(x, body.y() + 44, body.width() - 2 * kPadding, t.px(20));
    const qsizetype at = m_strong.isEmpty() ? -1 : m_subtitle.indexOf(m_strong);
    const auto part = [&](const QString& text, FontRole role, const QColor& color) {
        Text::drawTabular(painter,
                          QRectF(x, line.y(), std::max(0.0, line.right() - x), line.height()), left,
                          text, role, color);
        x += Text::tabularWidth(text, role);
    };
    if (at < 0) {
        part(m_subtitle, FontRole::Body, t.text2);
    } else {
        part(m_subtitle.left(at), FontRole::Body, t.text2);
        part(m_strong, FontRole::BodyStrong, t.text);
        part(m_subtitle.mid(at + m_strong.size()), FontRole::Body, t.text2);
    }
    hairline(painter, body.x(), body.y() + headHeight() - 1, body.width(), t.line2);
    if (!m_footHost->isHidden())
        hairline(painter, body.x(), body.bottom() - m_footHost->height(), body.width(), t.line2);
}

} // namespace counterfoil::widgets
