#include "ui/health/report_table.h"

#include "ui/theme/text.h"
#include "ui/theme/theme_service.h"
#include "ui/widgets/widget_base.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace counterfoil::health {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kRow = 30;
constexpr int kIcon = 14;
constexpr int kPadding = 8;
constexpr int kFirstPadding = 14;

QRectF inner(const QRect& box, int column)
{
    return QRectF(box).adjusted(column == 0 ? kFirstPadding : kPadding, 0, -kPadding, 0);
}

class ReportDelegate final : public QStyledItemDelegate {
public:
    explicit ReportDelegate(ReportTable* table) : QStyledItemDelegate(table), m_table(table) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        const theme::Theme& t = theme::current();
        const ReportCell& cell = m_table->report().cell(index);
        const bool isCurrent = m_table->hasFocus() && index.row() == m_table->currentIndex().row();
        painter->fillRect(option.rect, isCurrent ? t.sel : t.panel);
        if (isCurrent && index.column() == 0)
            painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())),
                              t.accent);
        widgets::hairline(*painter, option.rect.x(), option.rect.bottom(), option.rect.width(),
                          t.line);
        QRectF box = inner(option.rect, index.column());
        const QColor color = cell.tone ? t.toneText(*cell.tone) : cell.isStrong ? t.text : t.text2;
        if (cell.icon) {
            theme::drawIcon(*painter, QRectF(box.x(), box.center().y() - kIcon / 2.0, kIcon, kIcon),
                            *cell.icon, cell.iconTone ? t.toneText(*cell.iconTone) : color);
            box.setLeft(box.left() + kIcon + kPadding);
        }
        const bool isRight =
            m_table->report().columns()[static_cast<std::size_t>(index.column())].isRight;
        Text::drawTabular(*painter, box,
                          (isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, cell.text,
                          cell.tone ? FontRole::SmallMedium : FontRole::Small,
                          cell.icon && cell.isStrong ? t.text : color);
    }

private:
    ReportTable* m_table;
};

class ReportHeader final : public QHeaderView {
public:
    explicit ReportHeader(ReportTable* table) : QHeaderView(Qt::Horizontal, table), m_table(table)
    {
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        return {100, theme::current().px(theme::metric::kTableHead)};
    }

protected:
    void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override
    {
        const theme::Theme& t = theme::current();
        painter->fillRect(rect, t.sunken);
        widgets::hairline(*painter, rect.x(), rect.bottom(), rect.width(), t.line);
        const ReportColumn& column =
            m_table->report().columns()[static_cast<std::size_t>(logicalIndex)];
        Text::draw(*painter, inner(rect, logicalIndex),
                   (column.isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                   column.title, FontRole::Micro, t.text3);
    }

private:
    ReportTable* m_table;
};

} // namespace

void ReportModel::setColumns(std::vector<ReportColumn> columns)
{
    beginResetModel();
    m_columns = std::move(columns);
    endResetModel();
}

void ReportModel::setRows(std::vector<std::vector<ReportCell>> rows)
{
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    std::swap(m_rows, rows);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i] != rows[i])
            Q_EMIT dataChanged(index(static_cast<int>(i), 0),
                               index(static_cast<int>(i), columnCount() - 1));
    }
}

const ReportCell& ReportModel::cell(const QModelIndex& index) const
{
    return m_rows.at(static_cast<std::size_t>(index.row()))
        .at(static_cast<std::size_t>(index.column()));
}

int ReportModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ReportModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant ReportModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ReportCell& it = cell(index);
    if (role == Qt::DisplayRole)
        return it.text;
    if (role == Qt::ToolTipRole)
        return (it.tip.isEmpty() ? it.text : it.tip).toHtmlEscaped();
    if (role == Qt::AccessibleTextRole)
        return m_columns[static_cast<std::size_t>(index.column())].title + QStringLiteral(": ") +
               it.text;
    return {};
}

QVariant ReportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return m_columns[static_cast<std::size_t>(section)].title;
}

ReportTable::ReportTable(QWidget* parent) : QTableView(parent), m_model(new ReportModel(this))
{
    setModel(m_model);
    setItemDelegate(new ReportDelegate(this));
    setHorizontalHeader(new ReportHeader(this));
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setMinimumSectionSize(20);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::NoSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    refresh();
    if (auto* service = theme::ThemeService::instance())
        connect(service, &theme::ThemeService::changed, this, &ReportTable::refresh);
}

void ReportTable::setColumns(std::vector<ReportColumn> columns)
{
    m_model->setColumns(std::move(columns));
    layOutColumns();
}

void ReportTable::setRows(std::vector<std::vector<ReportCell>> rows)
{
    const int before = m_model->rowCount();
    const int current = currentIndex().row();
    m_model->setRows(std::move(rows));
    if (before == m_model->rowCount())
        return;
    if (current >= 0 && m_model->rowCount() > 0)
        setCurrentIndex(m_model->index(std::min(current, m_model->rowCount() - 1), 0));
    updateGeometry();
}

void ReportTable::setRowsShownMax(int rows)
{
    m_rowsShownMax = rows;
    updateGeometry();
}

void ReportTable::refresh()
{
    verticalHeader()->setDefaultSectionSize(theme::current().px(kRow));
    layOutColumns();
    updateGeometry();
    viewport()->update();
}

QSize ReportTable::sizeHint() const
{
    const theme::Theme& t = theme::current();
    const int rows = std::clamp(m_model->rowCount(), 1, m_rowsShownMax);
    return {360, t.px(theme::metric::kTableHead) + rows * t.px(kRow)};
}

QSize ReportTable::minimumSizeHint() const
{
    return {240, sizeHint().height()};
}

void ReportTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    layOutColumns();
}

void ReportTable::focusInEvent(QFocusEvent* event)
{
    QTableView::focusInEvent(event);
    if (!currentIndex().isValid() && m_model->rowCount() > 0)
        setCurrentIndex(m_model->index(0, 0));
    viewport()->update();
}

void ReportTable::focusOutEvent(QFocusEvent* event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
}

void ReportTable::layOutColumns()
{
    const theme::Theme& t = theme::current();
    const auto& columns = m_model->columns();
    int fixed = 0;
    int stretching = 0;
    for (const ReportColumn& column : columns) {
        fixed += column.widthPx > 0 ? t.px(column.widthPx) : 0;
        stretching += column.widthPx > 0 ? 0 : 1;
    }
    const int left = std::max(80, (viewport()->width() - fixed) / std::max(1, stretching));
    for (std::size_t i = 0; i < columns.size(); ++i)
        setColumnWidth(static_cast<int>(i),
                       columns[i].widthPx > 0 ? t.px(columns[i].widthPx) : left);
}

} // namespace counterfoil::health
