// What a person does to the queue: keys, pointer, selection. Painting and rows stand in
// queue_view.cpp.
#include "ui/widgets/queue_view.h"

#include "ui/widgets/widget_base.h"

#include <QContextMenuEvent>
#include <QFocusEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace counterfoil::widgets {

void QueueView::setCurrentId(quint64 id)
{
    const int index = m_source && id != 0 ? m_source->indexOf(id) : -1;
    if (index < 0 || index == m_current)
        return;
    moveTo(index, false);
}

void QueueView::scrollToId(quint64 id)
{
    const int index = m_source ? m_source->indexOf(id) : -1;
    if (index >= 0)
        makeVisible(index);
}

std::vector<quint64> QueueView::selectedIds() const
{
    std::vector<std::pair<int, quint64>> placed;
    placed.reserve(static_cast<std::size_t>(m_selected.size()));
    for (const quint64 id : m_selected)
        if (const int index = m_source ? m_source->indexOf(id) : -1; index >= 0)
            placed.emplace_back(index, id);
    std::sort(placed.begin(), placed.end());
    std::vector<quint64> ids;
    ids.reserve(placed.size());
    for (const auto& [index, id] : placed)
        ids.push_back(id);
    return ids;
}

void QueueView::setSelectedIds(const std::vector<quint64>& ids)
{
    m_selected = QSet<quint64>(ids.begin(), ids.end());
    updateLooks();
    Q_EMIT selectionChanged();
}

void QueueView::clearSelection()
{
    if (m_selected.isEmpty())
        return;
    m_selected.clear();
    updateLooks();
    Q_EMIT selectionChanged();
}

void QueueView::selectAll()
{
    m_selected.reserve(m_geometry.count());
    for (int i = 0; i < m_geometry.count(); ++i)
        if (!m_geometry.isGroup(i))
            m_selected.insert(m_source->idAt(i));
    updateLooks();
    Q_EMIT selectionChanged();
}

void QueueView::toggleAllFromHeader()
{
    if (m_selected.isEmpty())
        selectAll();
    else
        clearSelection();
}

void QueueView::toggleSelected(int index)
{
    const std::vector<quint64> ids = idsOf(index);
    const bool isOn = checkStateOf(index, rowAt(index)) == Qt::Checked;
    for (const quint64 id : ids) {
        if (isOn)
            m_selected.remove(id);
        else
            m_selected.insert(id);
    }
    m_anchor = index;
    updateLooks();
    Q_EMIT selectionChanged();
}

void QueueView::selectRange(int from, int to)
{
    for (int i = std::min(from, to); i <= std::max(from, to); ++i)
        if (!m_geometry.isGroup(i))
            m_selected.insert(m_source->idAt(i));
    updateLooks();
    Q_EMIT selectionChanged();
}

void QueueView::makeVisible(int index)
{
    const std::int64_t top = m_geometry.y(index);
    const std::int64_t bottom = top + m_geometry.height(index);
    if (top < verticalScrollBar()->value())
        verticalScrollBar()->setValue(static_cast<int>(top));
    else if (bottom > verticalScrollBar()->value() + viewport()->height())
        verticalScrollBar()->setValue(static_cast<int>(bottom - viewport()->height()));
}

void QueueView::moveTo(int index, bool extends)
{
    if (m_geometry.count() == 0)
        return;
    index = std::clamp(index, 0, m_geometry.count() - 1);
    if (m_anchor < 0)
        m_anchor = m_current < 0 ? index : m_current;
    const int before = m_current;
    m_current = index;
    m_currentId = m_source->idAt(index);
    makeVisible(index);
    updateRow(before);
    updateRow(index);
    if (extends)
        selectRange(m_anchor, index);
    else
        m_anchor = index;
    announceListItem(this, index);
    Q_EMIT currentIdChanged(m_currentId);
}

int QueueView::pageRows() const
{
    return std::max(1, viewport()->height() / m_delegate.rowHeight() - 1);
}

bool QueueView::moveByKey(QKeyEvent* event)
{
    const bool extends = event->modifiers() & Qt::ShiftModifier;
    const bool hasOther =
        event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    if (hasOther)
        return false;
    switch (event->key()) {
    case Qt::Key_J:
    case Qt::Key_Down:
        moveTo(m_current + 1, extends);
        return true;
    case Qt::Key_K:
    case Qt::Key_Up:
        moveTo(m_current - 1, extends);
        return true;
    case Qt::Key_PageDown:
        moveTo(m_current + pageRows(), extends);
        return true;
    case Qt::Key_PageUp:
        moveTo(m_current - pageRows(), extends);
        return true;
    case Qt::Key_Home:
        moveTo(0, extends);
        return true;
    case Qt::Key_End:
        moveTo(m_geometry.count() - 1, extends);
        return true;
    default:
        return false;
    }
}

bool QueueView::actByKey(QKeyEvent* event)
{
    const bool hasControl = event->modifiers() & Qt::ControlModifier;
    if (event->key() == Qt::Key_A && hasControl) {
        selectAll();
        return true;
    }
    if (event->key() == Qt::Key_Escape) {
        if (m_selected.isEmpty())
            return false; // the page closes its panel with it
        clearSelection();
        return true;
    }
    if (m_current < 0 || (event->modifiers() & Qt::AltModifier))
        return false;
    const bool isGroup = m_geometry.isGroup(m_current);
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (hasControl)
            Q_EMIT windowRequested(m_currentId);
        else
            Q_EMIT activated(m_currentId);
        return true;
    case Qt::Key_X:
    case Qt::Key_Space:
        if (hasControl)
            return false;
        toggleSelected(m_current);
        return true;
    case Qt::Key_Right:
    case Qt::Key_Left: {
        int group = m_current;
        while (!isGroup && group > 0 && rowAt(group).kind == QueueRowKind::Child)
            --group;
        if (rowAt(group).kind != QueueRowKind::Group)
            return true;
        if (group != m_current)
            moveTo(group, false);
        Q_EMIT caseToggled(m_source->idAt(group), event->key() == Qt::Key_Right);
        return true;
    }
    default:
        return false;
    }
}

void QueueView::keyPressEvent(QKeyEvent* event)
{
    if (m_geometry.count() > 0 && (moveByKey(event) || actByKey(event))) {
        m_showsFocusRing = true;
        updateRow(m_current);
        return;
    }
    event->ignore();
}

void QueueView::mousePressEvent(QMouseEvent* event)
{
    const int index = rowAtViewportY(event->pos().y());
    if (index < 0 || event->button() != Qt::LeftButton)
        return;
    m_showsFocusRing = false;
    const QRect box = rowRect(index);
    if (QueueDelegate::checkCell(box, m_columns).contains(event->pos()) ||
        (event->modifiers() & Qt::ControlModifier)) {
        const int anchor = m_anchor;
        if ((event->modifiers() & Qt::ShiftModifier) && anchor >= 0)
            selectRange(anchor, index);
        else
            toggleSelected(index);
        return;
    }
    if (rowAt(index).kind == QueueRowKind::Group &&
        QueueDelegate::caretCell(box, m_columns).contains(event->pos())) {
        Q_EMIT caseToggled(m_source->idAt(index), !rowAt(index).isOpen);
        return;
    }
    moveTo(index, event->modifiers() & Qt::ShiftModifier);
    if (!(event->modifiers() & Qt::ShiftModifier))
        Q_EMIT activated(m_currentId);
}

void QueueView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const int index = rowAtViewportY(event->pos().y());
    if (index >= 0 && !QueueDelegate::checkCell(rowRect(index), m_columns).contains(event->pos()))
        Q_EMIT windowRequested(m_source->idAt(index));
}

void QueueView::mouseMoveEvent(QMouseEvent* event)
{
    setHovered(rowAtViewportY(event->pos().y()));
}

void QueueView::contextMenuEvent(QContextMenuEvent* event)
{
    int index = m_current;
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse) {
        index = rowAtViewportY(viewport()->mapFromGlobal(at).y());
        if (index >= 0)
            moveTo(index, false);
    } else if (index >= 0) {
        at = viewport()->mapToGlobal(rowRect(index).bottomLeft() +
                                     QPoint(m_columns.of(QueueColumn::Exception).x, 0));
    }
    if (index >= 0)
        Q_EMIT menuRequested(m_source->idAt(index), at);
}

void QueueView::focusInEvent(QFocusEvent* event)
{
    m_showsFocusRing = isKeyboardReason(event->reason());
    QAbstractScrollArea::focusInEvent(event);
    if (m_current < 0 && m_geometry.count() > 0 && m_showsFocusRing)
        moveTo(m_geometry.rowAt(verticalScrollBar()->value()), false);
    updateRow(m_current);
}

void QueueView::focusOutEvent(QFocusEvent* event)
{
    m_showsFocusRing = false;
    QAbstractScrollArea::focusOutEvent(event);
    updateRow(m_current);
}

bool QueueView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave)
        setHovered(-1);
    if (event->type() == QEvent::ToolTip && m_source) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = rowAtViewportY(help->pos().y());
        // Only where words may be cut: the two lines of the exception.
        if (index >= 0 && help->pos().x() < m_columns.of(QueueColumn::Exception).x +
                                                m_columns.of(QueueColumn::Exception).width) {
            const QueueRow& row = rowAt(index);
            QToolTip::showText(help->globalPos(),
                               (row.title + QLatin1Char('\n') + row.reason)
                                   .toHtmlEscaped()
                                   .replace(QLatin1Char('\n'), QStringLiteral("<br>")),
                               viewport());
        }
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace counterfoil::widgets
