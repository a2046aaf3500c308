#include "ui/widgets/card.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kHead = 36;

} // namespace

Card::Card(QWidget* parent)
    : PaintedWidget(parent), m_outer(new QVBoxLayout(this)), m_headHost(new QWidget(this)),
      m_head(new QHBoxLayout(m_headHost)), m_body(new QVBoxLayout)
{
    m_outer->setContentsMargins(1, 1, 1, 1);
    m_outer->setSpacing(0);
    m_head->setContentsMargins(theme::metric::kCardPadding, 0, theme::metric::kCardPadding, 0);
    m_head->setSpacing(8);
    m_head->addStretch(1);
    m_outer->addWidget(m_headHost);
    m_body->setContentsMargins(theme::metric::kCardPadding, 10, theme::metric::kCardPadding, 12);
    m_body->setSpacing(8);
    m_outer->addLayout(m_body, 1);
    refreshMargins();
}

int Card::headHeight() const
{
    return theme::current().px(kHead);
}

void Card::refreshMargins()
{
    m_headHost->setFixedHeight(headHeight());
    m_headHost->setHidden(m_title.isEmpty());
    update();
}

void Card::setTitle(const QString& title)
{
    m_title = title;
    setAccessibleName(title);
    refreshMargins();
}

void Card::setNote(const QString& note)
{
    m_note = note;
    update();
}

void Card::setHeadLine(bool hasLine)
{
    m_hasLine = hasLine;
    update();
}

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.line2, 1));
    painter.setBrush(t.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5),
                            theme::metric::kRadiusCard, theme::metric::kRadiusCard);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (m_title.isEmpty())
        return;
    const double titleWidth = Text::width(m_title, FontRole::BodyStrong) + 1;
    const double room = width() - 2.0 * theme::metric::kCardPadding;
    Text::draw(painter,
               QRectF(theme::metric::kCardPadding, 1, std::min(titleWidth, room), headHeight()),
               Qt::AlignLeft | Qt::AlignVCenter, m_title, FontRole::BodyStrong, t.text);
    const double noteX = theme::metric::kCardPadding + titleWidth + 8;
    Text::draw(painter,
               QRectF(noteX, 1, width() - noteX - theme::metric::kCardPadding, headHeight()),
               Qt::AlignLeft | Qt::AlignVCenter, m_note, FontRole::Small, t.text2);
    if (m_hasLine)
        hairline(painter, 1, headHeight(), width() - 2, t.line);
}

} // namespace counterfoil::widgets
