#include "ui/widgets/page_bar.h"

#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>

namespace counterfoil::widgets {

PageBar::PageBar(const QString& name, QWidget* parent)
    : PaintedWidget(parent), m_row(new QHBoxLayout(this))
{
    setMinimumHeight(theme::current().px(theme::metric::kSubBar));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_row->setContentsMargins(theme::metric::kGutter, 4, theme::metric::kGutter, 5);
    m_row->setSpacing(8);
    m_row->addWidget(new PlainLabel(name, theme::FontRole::Heading, &theme::Theme::text, this));
    setAccessibleName(name);
}

void PageBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    painter.fillRect(rect(), t.panel);
    hairline(painter, 0, height() - 1, width(), t.line2);
}

} // namespace counterfoil::widgets
