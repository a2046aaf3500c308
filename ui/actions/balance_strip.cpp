#include "ui/actions/balance_strip.h"

#include "ui/theme/icons.h"
#include "ui/theme/text.h"

#include <cmath>

namespace counterfoil::actionsheets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kBox = 46;
constexpr int kNote = 22;
constexpr Qt::Alignment kLeft = Qt::AlignLeft | Qt::AlignVCenter;
constexpr Qt::Alignment kRight = Qt::AlignRight | Qt::AlignVCenter;

} // namespace

BalanceStrip::BalanceStrip(QWidget* parent) : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void BalanceStrip::setContent(const BalanceContent& content)
{
    m_content = content;
    setAccessibleName(tr("Owed %1, after it %2. Available %3, after it %4. %5")
                          .arg(content.owedNow, content.owedAfter, content.availableNow,
                               content.availableAfter, content.share));
    update();
}

QSize BalanceStrip::sizeHint() const
{
    return {560, theme::current().px(kBox) + theme::current().px(kNote)};
}

void BalanceStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    const QRectF box(0.5, 0.5, width() - 1.0, t.px(kBox) - 1.0);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.line2, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box, 6, 6);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const double half = box.height() / 2;
    const auto pair = [&](double x, double width, const QString& label, const QString& value,
                          const QColor& color, FontRole role) {
        Text::draw(painter, QRectF(x, box.y() + 5, width, half - 5), kLeft, label, FontRole::Micro,
                   t.text2);
        Text::drawTabular(painter, QRectF(x, box.y() + half - 1, width, half - 4), kLeft, value,
                          role, color);
    };
    const double column = width() * 0.21;
    const double split = std::floor(width() * 0.48);
    pair(12, column, tr("Owed now"), m_content.owedNow, t.text, FontRole::Heading);
    drawIcon(painter, QRectF(column + 24, box.center().y() - 1, 12, 12), theme::Icon::CaretRight,
             t.text2);
    pair(column + 52, split - column - 56, tr("Owed after"), m_content.owedAfter, t.text,
         FontRole::Heading);
    widgets::hairlineVertical(painter, split, box.y(), box.height(), t.line2);
    const double x = split + 13;
    pair(x, width() - x - 8, tr("Available, %1").arg(m_content.limit), m_content.availableNow,
         t.text2, FontRole::Body);
    const double after = x + Text::tabularWidth(m_content.availableNow, FontRole::Body) + 8;
    drawIcon(painter, QRectF(after, box.y() + half + 3, 12, 12), theme::Icon::CaretRight, t.text2);
    Text::drawTabular(painter,
                      QRectF(after + 18, box.y() + half - 1, width() - after - 24, half - 4), kLeft,
                      m_content.availableAfter, FontRole::Heading, t.text);
    const QRectF note(0, t.px(kBox), width(), t.px(kNote));
    Text::drawTabular(painter, note, kLeft, m_content.share, FontRole::Micro, t.text2);
    Text::drawTabular(painter, note, kRight, m_content.read, FontRole::Micro, t.text2);
}

} // namespace counterfoil::actionsheets
