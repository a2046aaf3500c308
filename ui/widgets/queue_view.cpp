#include "ui/widgets/queue_view.h"

#include "ui/theme/theme_service.h"
#include "ui/widgets/widget_base.h"

#include <QPaintEvent>
#include <QScrollBar>
#include <QTimerEvent>

#include <algorithm>

namespace counterfoil::widgets {

namespace {

constexpr int kKeptRowsMax = 512;
constexpr int kFlashFrameMs = 33;
constexpr int kPendingRows = 12;
// The last column ends in empty px; the scroll bar may stand on them.
constexpr int kStateSpare = 8;

} // namespace

QueueView::QueueView(QWidget* parent)
    : QAbstractScrollArea(parent), m_header(new QueueHeader(this)), m_rows(kKeptRowsMax)
{
    installListAccessibility();
    nameWidget(this, QStringLiteral("queueView"), tr("Exceptions"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    m_clock.start();
    refreshGeometry();
    if (auto* service = theme::ThemeService::instance())
        connect(service, &theme::ThemeService::changed, this, [this] {
            refreshGeometry();
            viewport()->update();
            m_header->update();
        });
}

QueueView::~QueueView() = default;

void QueueView::setSource(QueueRowSource* source)
{
    m_source = source;
    resetRows();
}

void QueueView::refreshGeometry()
{
    m_geometry.rebuild(m_source ? m_source->count() : 0, m_delegate.rowHeight(),
                       m_delegate.groupHeight(),
                       [this](int index) { return m_source->isGroup(index); });
    const int head = theme::current().px(theme::metric::kTableHead);
    setViewportMargins(0, head, 0, 0);
    m_header->setGeometry(0, 0, width(), head);
    m_columns = QueueColumns::layOut(viewport()->width() + kStateSpare, m_hiddenColumns);
    refreshScrollBar();
}

void QueueView::refreshScrollBar()
{
    const auto total =
        static_cast<int>(std::min<std::int64_t>(m_geometry.totalHeight(), INT_MAX / 2));
    verticalScrollBar()->setRange(0, std::max(0, total - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(m_delegate.rowHeight());
}

void QueueView::resetRows()
{
    // The row at the top of the screen stays there, wherever it is in the new order.
    const int topRow = m_geometry.rowAt(verticalScrollBar()->value());
    quint64 topId = 0;
    int inset = 0;
    if (topRow >= 0 && verticalScrollBar()->value() > 0) {
        if (const QueueRow* kept = m_rows.object(topRow))
            topId = kept->id;
        inset = verticalScrollBar()->value() - static_cast<int>(m_geometry.y(topRow));
    }
    m_rows.clear();
    m_hovered = -1;
    refreshGeometry();
    m_current = m_source && m_currentId != 0 ? m_source->indexOf(m_currentId) : -1;
    m_anchor = m_current;
    if (m_current < 0 && m_currentId != 0) {
        m_currentId = 0;
        Q_EMIT currentIdChanged(0);
    }
    const int newTop = m_source && topId != 0 ? m_source->indexOf(topId) : -1;
    if (newTop >= 0)
        verticalScrollBar()->setValue(static_cast<int>(m_geometry.y(newTop)) + inset);
    viewport()->update();
    m_header->update();
}

void QueueView::rowChanged(quint64 id, std::uint16_t changed)
{
    const int index = m_source ? m_source->indexOf(id) : -1;
    if (index < 0)
        return;
    m_rows.remove(index);
    auto* service = theme::ThemeService::instance();
    if (changed != 0 && service && service->duration(theme::motion::kFlash) > 0) {
        m_flashes.insert(id, {changed, m_clock.elapsed()});
        if (!m_flashTimer.isActive())
            m_flashTimer.start(kFlashFrameMs, this);
    }
    updateRow(index);
}

void QueueView::refreshColumn(QueueColumn column)
{
    m_rows.clear();
    const QueueColumns::Span& span = m_columns.of(column);
    viewport()->update(QRect(span.x, 0, span.width, viewport()->height()));
}

void QueueView::setDensity(Density density)
{
    if (density == m_delegate.density())
        return;
    const int topRow = m_geometry.rowAt(verticalScrollBar()->value());
    m_delegate.setDensity(density);
    refreshGeometry();
    if (topRow >= 0)
        verticalScrollBar()->setValue(static_cast<int>(m_geometry.y(topRow)));
    viewport()->update();
}

void QueueView::setHiddenColumns(std::uint16_t hidden)
{
    m_hiddenColumns = hidden;
    refreshGeometry();
    viewport()->update();
    m_header->update();
}

void QueueView::setLoading(bool isLoading)
{
    m_isLoading = isLoading;
    m_showsPending = false;
    m_loadingTimer.stop();
    if (isLoading)
        m_loadingTimer.start(theme::motion::kSpinnerAfter, this);
    viewport()->update();
}

void QueueView::setSort(QueueColumn column, bool isDescending)
{
    m_header->setSort(column, isDescending);
}

const QueueRow& QueueView::rowAt(int index)
{
    if (const QueueRow* kept = m_rows.object(index))
        return *kept;
    auto* made = new QueueRow(m_source->row(index));
    m_rows.insert(index, made); // the cache owns it, and 512 exceed what one frame shows
    return *made;
}

QRect QueueView::rowRect(int index) const
{
    const std::int64_t top = m_geometry.y(index) - verticalScrollBar()->value();
    const auto clamped = static_cast<int>(std::clamp<std::int64_t>(top, -1'000'000, 1'000'000));
    return {0, clamped, viewport()->width(), m_geometry.height(index)};
}

int QueueView::rowAtViewportY(int y) const
{
    const std::int64_t at = static_cast<std::int64_t>(y) + verticalScrollBar()->value();
    return at < 0 || at >= m_geometry.totalHeight() ? -1 : m_geometry.rowAt(at);
}

std::vector<quint64> QueueView::idsOf(int index)
{
    if (!m_geometry.isGroup(index))
        return {m_source->idAt(index)};
    std::vector<quint64> ids;
    for (int i = index + 1;
         i < m_geometry.count() && !m_geometry.isGroup(i) && rowAt(i).kind == QueueRowKind::Child;
         ++i)
        ids.push_back(m_source->idAt(i));
    return ids;
}

int QueueView::checkStateOf(int index, const QueueRow& row)
{
    if (row.kind != QueueRowKind::Group)
        return m_selected.contains(row.id) ? Qt::Checked : Qt::Unchecked;
    if (m_selected.isEmpty())
        return Qt::Unchecked;
    std::size_t selected = 0;
    const std::vector<quint64> ids = idsOf(index);
    for (const quint64 id : ids)
        selected += m_selected.contains(id);
    return selected == 0            ? Qt::Unchecked
           : selected == ids.size() ? Qt::Checked
                                    : Qt::PartiallyChecked;
}

QueueRowLook QueueView::lookOf(int index, const QueueRow& row)
{
    QueueRowLook look;
    look.isCurrent = index == m_current;
    look.isHovered = index == m_hovered;
    look.checkState = checkStateOf(index, row);
    look.isSelected = row.kind != QueueRowKind::Group && look.checkState == Qt::Checked;
    look.showsCheck = !m_selected.isEmpty() || look.isHovered || (look.isCurrent && hasFocus());
    look.showsFocusRing = look.isCurrent && m_showsFocusRing && hasFocus();
    if (const auto flash = m_flashes.constFind(row.id); flash != m_flashes.constEnd()) {
        look.flashingColumns = flash->columns;
        look.flashStrength =
            std::max(0.0, 1.0 - static_cast<double>(m_clock.elapsed() - flash->sinceMs) /
                                    theme::motion::kFlash);
    }
    return look;
}

void QueueView::paintRows(QPainter& painter, const QRect& exposed)
{
    const theme::Theme& t = theme::current();
    int bottom = exposed.top();
    int index =
        m_geometry.rowAt(static_cast<std::int64_t>(exposed.top()) + verticalScrollBar()->value());
    for (; index >= 0 && index < m_geometry.count(); ++index) {
        const QRect box = rowRect(index);
        if (box.top() > exposed.bottom())
            break;
        const QueueRow& row = rowAt(index);
        m_delegate.paint(painter, box, row, lookOf(index, row), m_columns);
        bottom = box.bottom() + 1;
    }
    if (m_geometry.count() == 0 && m_showsPending)
        for (int i = 0; i < kPendingRows; ++i) {
            const QRect box(0, i * m_delegate.rowHeight(), viewport()->width(),
                            m_delegate.rowHeight());
            m_delegate.paintPending(painter, box, i, m_columns);
            bottom = box.bottom() + 1;
        }
    if (bottom <= exposed.bottom())
        painter.fillRect(QRect(exposed.x(), bottom, exposed.width(), exposed.bottom() - bottom + 1),
                         t.panel);
}

void QueueView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    paintRows(painter, event->rect());
}

void QueueView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_header->setGeometry(0, 0, width(), theme::current().px(theme::metric::kTableHead));
    m_columns = QueueColumns::layOut(viewport()->width() + kStateSpare, m_hiddenColumns);
    refreshScrollBar();
}

void QueueView::scrollContentsBy(int, int dy)
{
    viewport()->scroll(0, dy);
    // Hover belongs to the pointer, not to the row that was under it.
    setHovered(viewport()->underMouse()
                   ? rowAtViewportY(viewport()->mapFromGlobal(QCursor::pos()).y())
                   : -1);
}

void QueueView::updateRow(int index)
{
    if (index >= 0 && index < m_geometry.count())
        viewport()->update(rowRect(index));
}

void QueueView::updateLooks()
{
    viewport()->update();
    m_header->update();
}

void QueueView::setHovered(int index)
{
    if (index == m_hovered)
        return;
    const int before = m_hovered;
    m_hovered = index;
    updateRow(before);
    updateRow(index);
}

void QueueView::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_loadingTimer.timerId()) {
        m_loadingTimer.stop();
        m_showsPending = m_isLoading;
        viewport()->update();
        return;
    }
    if (event->timerId() != m_flashTimer.timerId()) {
        QAbstractScrollArea::timerEvent(event);
        return;
    }
    const qint64 now = m_clock.elapsed();
    for (auto flash = m_flashes.begin(); flash != m_flashes.end();) {
        const int index = m_source ? m_source->indexOf(flash.key()) : -1;
        updateRow(index);
        flash = now - flash->sinceMs > theme::motion::kFlash ? m_flashes.erase(flash)
                                                             : std::next(flash);
    }
    if (m_flashes.isEmpty())
        m_flashTimer.stop();
}

QString QueueView::listText(int index) const
{
    if (!m_source || index < 0 || index >= m_geometry.count())
        return {};
    return m_source->row(index).sentence;
}

QRect QueueView::listRect(int index) const
{
    if (index < 0 || index >= m_geometry.count())
        return {};
    return rowRect(index).translated(viewport()->pos());
}

bool QueueView::listIsSelected(int index) const
{
    return m_source && index >= 0 && index < m_geometry.count() &&
           m_selected.contains(m_source->idAt(index));
}

} // namespace counterfoil::widgets
