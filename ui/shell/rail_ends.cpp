#include "ui/shell/rail_ends.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/button.h"

namespace counterfoil::shell {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kLeft = 13;
constexpr int kMark = 20;
constexpr int kTextX = 43;
constexpr int kAvatar = 24;
constexpr Qt::Alignment kLeftMiddle = Qt::AlignLeft | Qt::AlignVCenter;

} // namespace

SiteHead::SiteHead(QWidget* parent) : PaintedWidget(parent)
{
    widgets::nameWidget(this, QStringLiteral("siteHead"), tr("Site"));
}

void SiteHead::setSite(const QString& name, const QString& note)
{
    m_name = name;
    m_note = note;
    setAccessibleDescription(name + QStringLiteral(", ") + note);
    setToolTip(name.toHtmlEscaped());
    update();
}

void SiteHead::setNarrow(bool isNarrow)
{
    m_isNarrow = isNarrow;
    update();
}

QSize SiteHead::sizeHint() const
{
    return {theme::metric::kRailNarrow, theme::current().px(theme::metric::kTopBar)};
}

void SiteHead::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    painter.fillRect(rect(), t.rail);
    const double x = m_isNarrow ? (width() - kMark) / 2.0 : kLeft;
    drawIcon(painter, QRectF(x, (height() - kMark) / 2.0, kMark, kMark), theme::Icon::ProductMark,
             t.accentText);
    widgets::hairline(painter, 0, height() - 1, width(), t.line2);
    if (m_isNarrow)
        return;
    const double room = width() - kTextX - 8;
    const int line = t.lineHeight(FontRole::Body);
    const int second = t.lineHeight(FontRole::Micro);
    const double top = (height() - line - second) / 2.0;
    Text::draw(painter, QRectF(kTextX, top, room, line), kLeftMiddle, m_name, FontRole::BodyStrong,
               t.text);
    Text::draw(painter, QRectF(kTextX, top + line, room, second), kLeftMiddle, m_note,
               FontRole::Micro, t.text2);
}

PersonFoot::PersonFoot(QWidget* parent)
    : PaintedWidget(parent),
      m_settings(new widgets::Button(theme::Icon::Settings, tr("Settings"), this))
{
    widgets::nameWidget(this, QStringLiteral("personFoot"), tr("Who sits here"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    m_settings->setObjectName(QStringLiteral("settingsButton"));
    connect(m_settings, &widgets::Button::clicked, this,
            [this] { Q_EMIT settingsWanted(m_settings->mapToGlobal(QPoint(0, 0))); });
}

void PersonFoot::setPerson(const QString& name, const QString& note)
{
    m_name = name;
    m_note = note;
    setAccessibleDescription(name + QStringLiteral(", ") + note);
    setToolTip((name + QStringLiteral(". ") + note).toHtmlEscaped());
    update();
}

void PersonFoot::setNarrow(bool isNarrow)
{
    m_isNarrow = isNarrow;
    m_settings->setHidden(isNarrow);
    update();
}

QSize PersonFoot::sizeHint() const
{
    return {theme::metric::kRailNarrow, theme::current().px(44)};
}

void PersonFoot::resizeEvent(QResizeEvent* event)
{
    PaintedWidget::resizeEvent(event);
    const QSize size = m_settings->sizeHint();
    m_settings->setGeometry(width() - size.width() - 6, (height() - size.height()) / 2,
                            size.width(), size.height());
}

void PersonFoot::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT personWanted(mapToGlobal(QPoint(8, 0)));
}

void PersonFoot::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
        event->key() == Qt::Key_Space)
        Q_EMIT personWanted(mapToGlobal(QPoint(8, 0)));
    else
        PaintedWidget::keyPressEvent(event);
}

void PersonFoot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    painter.fillRect(rect(), t.rail);
    widgets::hairline(painter, 0, 0, width(), t.line);
    const double side = t.px(kAvatar);
    const double x = m_isNarrow ? (width() - side) / 2.0 : kLeft;
    widgets::paintAvatar(painter, QRectF(x, (height() - side) / 2.0, side, side),
                         widgets::initialsOf(m_name));
    if (showsFocusRing())
        theme::paintFocusRing(painter, rect(), 0);
    if (m_isNarrow)
        return;
    const double textX = kLeft + side + 8;
    const double room = m_settings->x() - textX - 4;
    const int line = t.lineHeight(FontRole::Small);
    const int second = t.lineHeight(FontRole::Micro);
    const double top = (height() - line - second) / 2.0;
    Text::draw(painter, QRectF(textX, top, room, line), kLeftMiddle,
               m_name.isEmpty() ? tr("Who are you?") : m_name, FontRole::BodyMedium, t.text);
    Text::draw(painter, QRectF(textX, top + line, room, second), kLeftMiddle, m_note,
               FontRole::Micro, t.text2);
}

} // namespace counterfoil::shell
