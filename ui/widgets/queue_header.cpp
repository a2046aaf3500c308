#include "ui/widgets/queue_view.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/widget_base.h"

#include <QMouseEvent>

#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

QString titleOf(QueueColumn column)
{
    switch (column) {
    case QueueColumn::Check:
    case QueueColumn::Severity:
        return {};
    case QueueColumn::Exception:
        return QueueHeader::tr("Exception");
    case QueueColumn::Return:
        return QueueHeader::tr("Return");
    case QueueColumn::Order:
        return QueueHeader::tr("Order, PO");
    case QueueColumn::Customer:
        return QueueHeader::tr("Customer");
    case QueueColumn::AtRisk:
        return QueueHeader::tr("At risk");
    case QueueColumn::Age:
        return QueueHeader::tr("Age, time to SLA");
    case QueueColumn::Owner:
        return QueueHeader::tr("Owner");
    case QueueColumn::State:
        return QueueHeader::tr("State");
    }
    return {};
}

/// The same left edge as the cells below.
int paddingOf(QueueColumn column)
{
    switch (column) {
    case QueueColumn::Exception:
        return 6;
    case QueueColumn::Age:
        return 18;
    case QueueColumn::Owner:
        return 14;
    case QueueColumn::State:
        return 5;
    default:
        return 8;
    }
}

} // namespace

QueueHeader::QueueHeader(QueueView* view) : QWidget(view), m_view(view)
{
    nameWidget(this, QStringLiteral("queueHeader"), tr("Column heads"));
}

void QueueHeader::setSort(QueueColumn column, bool isDescending)
{
    m_sortColumn = column;
    m_isDescending = isDescending;
    update();
}

void QueueHeader::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    painter.fillRect(rect(), t.sunken);
    hairline(painter, 0, height() - 1, width(), t.line2);
    const QueueColumns& columns = m_view->columns();
    if (m_view->selectedCount() > 0)
        theme::paintCheckBox(painter, QRectF(12, (height() - 15) / 2.0, 14, 14),
                             Qt::PartiallyChecked, true);
    const theme::Icon arrow = m_isDescending ? theme::Icon::ArrowDown : theme::Icon::ArrowUp;
    for (int i = 0; i < kQueueColumnCount; ++i) {
        const auto column = static_cast<QueueColumn>(i);
        if (!columns.isShown(column) || (column == QueueColumn::Owner && !columns.showsOwnerText))
            continue;
        const QueueColumns::Span& span = columns.of(column);
        const bool isSorted = column == m_sortColumn;
        if (column == QueueColumn::Severity) {
            drawIcon(painter,
                     QRectF(span.x + (span.width - 4 - 11) / 2.0, (height() - 12) / 2.0, 11, 11),
                     theme::Icon::CaretDown, isSorted ? t.text : t.text2);
            continue;
        }
        QRectF box(span.x + paddingOf(column), 0, span.width - paddingOf(column) - 4, height() - 1);
        const QString title = titleOf(column);
        const double titleWidth = std::ceil(Text::width(title, FontRole::Micro)) + 1;
        if (column == QueueColumn::AtRisk) {
            box.setRight(span.x + span.width - 8);
            if (isSorted) {
                drawIcon(painter, QRectF(box.right() - 10, (height() - 12) / 2.0, 11, 11), arrow,
                         t.text2);
                box.setRight(box.right() - 14);
            }
            Text::draw(painter, box, Qt::AlignRight | Qt::AlignVCenter, title, FontRole::Micro,
                       t.text2);
            continue;
        }
        Text::draw(painter, box, Qt::AlignLeft | Qt::AlignVCenter, title, FontRole::Micro, t.text2);
        if (isSorted)
            drawIcon(painter, QRectF(box.x() + titleWidth + 3, (height() - 12) / 2.0, 11, 11),
                     arrow, t.text2);
    }
}

void QueueHeader::mouseReleaseEvent(QMouseEvent* event)
{
    for (int i = 0; i < kQueueColumnCount; ++i) {
        const auto column = static_cast<QueueColumn>(i);
        const QueueColumns::Span& span = m_view->columns().of(column);
        if (event->pos().x() < span.x || event->pos().x() >= span.x + span.width)
            continue;
        if (column == QueueColumn::Check)
            m_view->toggleAllFromHeader();
        else
            Q_EMIT m_view->sortRequested(column);
        return;
    }
}

} // namespace counterfoil::widgets
