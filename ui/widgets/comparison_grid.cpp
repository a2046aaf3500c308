#include "ui/widgets/comparison_grid.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme_service.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QVariantAnimation>

#include <array>

namespace counterfoil::widgets {

using theme::FontRole;

namespace {

// Design widths of a 560 px panel: field, four systems, "Should be". A fifth system shares alike.
constexpr std::array<int, 6> kColumnWidths = {116, 81, 81, 92, 82, 107};
constexpr int kRoomyRow = 26;
constexpr int kGroupLine = 24;
constexpr int kHeadRoomy = 40;

} // namespace

ComparisonGrid::ComparisonGrid(QWidget* parent)
    : QTableView(parent), m_model(new ComparisonModel(this)), m_flash(new QVariantAnimation(this))
{
    nameWidget(this, QStringLiteral("comparisonGrid"), tr("Comparison of the systems"));
    setModel(m_model);
    setItemDelegate(new ComparisonDelegate(this));
    setHorizontalHeader(new ComparisonHeader(this));
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(10);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setMinimumSectionSize(20);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setMouseTracking(true);
    setSelectionMode(QAbstractItemView::NoSelection);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_flash->setStartValue(1.0);
    m_flash->setEndValue(0.0);
    connect(m_flash, &QVariantAnimation::valueChanged, this, [this] { viewport()->update(); });
    connect(m_flash, &QVariantAnimation::finished, this, [this] { m_flashing.clear(); });
    connect(m_model, &QAbstractItemModel::modelReset, this, &ComparisonGrid::refreshGeometry);
    if (auto* service = theme::ThemeService::instance())
        connect(service, &theme::ThemeService::changed, this, &ComparisonGrid::refreshGeometry);
}

void ComparisonGrid::setContent(std::vector<ComparisonColumn> columns,
                                std::vector<ComparisonRow> rows, const QString& shouldNote)
{
    // The current cell is kept by field and column, so that a poll does not move the focus.
    const QModelIndex before = currentIndex();
    const QString field = before.isValid() ? m_model->row(before.row()).id : QString();
    const int column = before.column();
    m_before = texts();
    m_flash->stop();
    m_flashing.clear();
    m_model->setContent(std::move(columns), std::move(rows), shouldNote);
    for (int row = 0; !field.isEmpty() && row < m_model->rowCount(); ++row)
        if (m_model->row(row).id == field)
            setCurrentIndex(m_model->index(row, column));
}

std::map<ComparisonGrid::CellKey, QString> ComparisonGrid::texts() const
{
    std::map<CellKey, QString> out;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        for (int column = 1; column < m_model->shouldColumn(); ++column) {
            if (const ComparisonCell* cell = m_model->cell(row, column))
                out[{m_model->row(row).id, column}] = cellText(*cell);
        }
    }
    return out;
}

void ComparisonGrid::flashChanged()
{
    const auto* service = theme::ThemeService::instance();
    const int time = service ? service->duration(theme::motion::kFlash) : 0;
    for (const auto& [key, text] : texts()) {
        const auto before = m_before.find(key);
        if (before != m_before.end() && before->second != text)
            m_flashing.insert(key);
    }
    if (m_flashing.empty() || time <= 0) {
        m_flashing.clear();
        return;
    }
    m_flash->setDuration(time);
    m_flash->start();
}

double ComparisonGrid::flashOf(const QString& rowId, int column) const
{
    return m_flashing.contains({rowId, column}) ? m_flash->currentValue().toDouble() : 0.0;
}

void ComparisonGrid::setRoomy(bool isRoomy)
{
    m_isRoomy = isRoomy;
    refreshGeometry();
}

int ComparisonGrid::rowHeightOf(const ComparisonRow& row) const
{
    const theme::Theme& t = theme::current();
    switch (row.kind) {
    case ComparisonRowKind::Provenance:
        return t.px(theme::metric::kProvenanceRow);
    case ComparisonRowKind::Group:
        return t.px(kGroupLine);
    case ComparisonRowKind::Field:
    case ComparisonRowKind::Total:
        return t.px(m_isRoomy ? kRoomyRow : theme::metric::kCompareRow);
    }
    return t.px(theme::metric::kCompareRow);
}

void ComparisonGrid::refreshGeometry()
{
    clearSpans();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const ComparisonRow& shown = m_model->row(row);
        setRowHeight(row, rowHeightOf(shown));
        if (shown.kind == ComparisonRowKind::Group || shown.kind == ComparisonRowKind::Provenance)
            setSpan(row, 0, 1, m_model->columnCount());
    }
    horizontalHeader()->setFixedHeight(horizontalHeader()->sizeHint().height());
    layOutColumns();
    updateGeometry();
    viewport()->update();
}

void ComparisonGrid::layOutColumns()
{
    const int columns = m_model->columnCount();
    if (columns < 2 || viewport()->width() <= 0)
        return;
    int total = 0;
    std::vector<int> widths;
    for (int column = 0; column < columns; ++column) {
        const bool isLast = column == columns - 1;
        const std::size_t at = isLast ? kColumnWidths.size() - 1
                                      : std::min<std::size_t>(static_cast<std::size_t>(column),
                                                              kColumnWidths.size() - 2);
        widths.push_back(kColumnWidths.at(at));
        total += widths.back();
    }
    int used = 0;
    for (int column = 0; column < columns; ++column) {
        const int width = column == columns - 1 ? viewport()->width() - used
                                                : widths[static_cast<std::size_t>(column)] *
                                                      viewport()->width() / total;
        setColumnWidth(column, width);
        used += width;
    }
}

void ComparisonGrid::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    layOutColumns();
}

QSize ComparisonGrid::sizeHint() const
{
    int height = horizontalHeader()->sizeHint().height();
    for (int row = 0; row < m_model->rowCount(); ++row)
        height += rowHeight(row);
    return {theme::metric::kPanel, height};
}

QSize ComparisonGrid::minimumSizeHint() const
{
    return {300, sizeHint().height()};
}

void ComparisonGrid::toggleGroup(int row, bool isOpen)
{
    const QString id = m_model->row(row).id;
    m_model->setOpen(id, isOpen);
    for (int i = 0; i < m_model->rowCount(); ++i)
        if (m_model->row(i).id == id)
            setCurrentIndex(m_model->index(i, 0));
}

void ComparisonGrid::activate(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const ComparisonRow& row = m_model->row(index.row());
    if (row.kind == ComparisonRowKind::Group) {
        toggleGroup(index.row(), !m_model->isOpen(row.id));
        return;
    }
    const ComparisonCell* cell = m_model->cell(index.row(), index.column());
    if (cell && !cell->actionId.isEmpty())
        Q_EMIT actionRequested(cell->actionId);
    else
        Q_EMIT cellActivated(row.id, index.column());
}

void ComparisonGrid::copy(bool withSource) const
{
    const QModelIndex index = currentIndex();
    if (!index.isValid())
        return;
    QString text = index.data().toString();
    const ComparisonCell* cell = m_model->cell(index.row(), index.column());
    if (withSource && cell && !cell->source.isEmpty())
        text += QStringLiteral(" (") + cell->source + QLatin1Char(')');
    QApplication::clipboard()->setText(text);
}

void ComparisonGrid::keyPressEvent(QKeyEvent* event)
{
    m_showsFocusRing = true;
    const QModelIndex index = currentIndex();
    const bool isGroup =
        index.isValid() && m_model->row(index.row()).kind == ComparisonRowKind::Group;
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        activate(index);
        return;
    }
    if (isGroup && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        toggleGroup(index.row(), event->key() == Qt::Key_Right);
        return;
    }
    if (event->key() == Qt::Key_C && (event->modifiers() & Qt::ControlModifier)) {
        copy(event->modifiers() & Qt::ShiftModifier);
        return;
    }
    if (event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

void ComparisonGrid::mouseReleaseEvent(QMouseEvent* event)
{
    QTableView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (!index.isValid() || event->button() != Qt::LeftButton)
        return;
    const ComparisonRow& row = m_model->row(index.row());
    const ComparisonCell* cell = m_model->cell(index.row(), index.column());
    const bool isOnLink =
        cell && !cell->actionText.isEmpty() &&
        ComparisonDelegate::linkRect(visualRect(index), *cell).contains(event->position());
    if (row.kind == ComparisonRowKind::Group || isOnLink)
        activate(index);
}

void ComparisonGrid::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    viewport()->update();
    if (!m_showsFocusRing || !hasFocus() || !current.isValid())
        return;
    // A tip at once on keyboard focus (500 ms belong to the pointer).
    const QString tip = current.data(Qt::ToolTipRole).toString();
    if (!tip.isEmpty())
        QToolTip::showText(viewport()->mapToGlobal(visualRect(current).bottomLeft() + QPoint(0, 4)),
                           tip, viewport());
    else
        QToolTip::hideText();
}

void ComparisonGrid::focusInEvent(QFocusEvent* event)
{
    m_showsFocusRing = isKeyboardReason(event->reason());
    QTableView::focusInEvent(event);
    if (!currentIndex().isValid() && m_model->rowCount() > 0)
        setCurrentIndex(m_model->index(0, 1));
    viewport()->update();
}

void ComparisonGrid::focusOutEvent(QFocusEvent* event)
{
    m_showsFocusRing = false;
    QTableView::focusOutEvent(event);
    viewport()->update();
}

ComparisonHeader::ComparisonHeader(ComparisonGrid* grid)
    : QHeaderView(Qt::Horizontal, grid), m_grid(grid)
{
    setSectionResizeMode(QHeaderView::Fixed);
    setHighlightSections(false);
    setSectionsClickable(false);
}

QSize ComparisonHeader::sizeHint() const
{
    return {100,
            theme::current().px(m_grid->isRoomy() ? kHeadRoomy : theme::metric::kTableHead - 4)};
}

void ComparisonHeader::paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const
{
    const theme::Theme& t = theme::current();
    const ComparisonModel* model = m_grid->comparison();
    const bool isShould = logicalIndex == model->shouldColumn();
    painter->fillRect(rect, isShould ? t.should : t.sunken);
    hairline(*painter, rect.x(), rect.bottom(), rect.width(), t.line);
    hairline(*painter, rect.x(), rect.y(), rect.width(), t.line);
    const QRectF box = QRectF(rect).adjusted(7, 0, -6, 0);
    const ComparisonColumn* system = model->system(logicalIndex);
    const QString note = isShould ? model->shouldNote() : system ? system->readNote : QString();
    const QString title =
        model->headerData(logicalIndex, Qt::Horizontal, Qt::DisplayRole).toString();
    const FontRole role = isShould ? FontRole::MicroStrong : FontRole::Micro;
    const QColor color = isShould ? t.text : t.text2;
    if (!m_grid->isRoomy()) {
        theme::Text::draw(*painter, box, Qt::AlignLeft | Qt::AlignVCenter, title, role, color);
        return;
    }
    const double half = box.height() / 2;
    theme::Text::draw(*painter, QRectF(box.x(), box.y() + 4, box.width(), half - 3),
                      Qt::AlignLeft | Qt::AlignVCenter, title, role, color);
    theme::Text::drawTabular(*painter, QRectF(box.x(), box.y() + half + 1, box.width(), half - 4),
                             Qt::AlignLeft | Qt::AlignVCenter, note, FontRole::Micro, t.text3);
}

} // namespace counterfoil::widgets
