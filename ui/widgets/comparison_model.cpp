#include "ui/widgets/comparison_model.h"

#include <QRegularExpression>

#include <algorithm>

namespace counterfoil::widgets {

QString cellText(const ComparisonCell& cell)
{
    switch (cell.state) {
    case CellState::NotHeld:
        return QString(QChar(0x2014));
    case CellState::Empty:
        return cell.value.isEmpty() ? ComparisonModel::tr("empty") : cell.value;
    case CellState::Unread:
        return cell.value.isEmpty() ? ComparisonModel::tr("not read yet") : cell.value;
    case CellState::Equal:
    case CellState::Differs:
    case CellState::Late:
    case CellState::Hint:
        return cell.value;
    }
    return cell.value;
}

void ComparisonModel::setContent(std::vector<ComparisonColumn> columns,
                                 std::vector<ComparisonRow> rows, const QString& shouldNote)
{
    beginResetModel();
    m_columns = std::move(columns);
    m_rows = std::move(rows);
    m_shouldNote = shouldNote;
    rebuild();
    endResetModel();
}

void ComparisonModel::rebuild()
{
    m_shown.clear();
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].parentId.isEmpty() || isOpen(m_rows[i].parentId))
            m_shown.push_back(static_cast<int>(i));
}

bool ComparisonModel::isOpen(const QString& groupId) const
{
    for (const auto& [id, isOpen] : m_openById)
        if (id == groupId)
            return isOpen;
    for (const ComparisonRow& row : m_rows)
        if (row.id == groupId)
            return row.startsOpen;
    return true;
}

void ComparisonModel::setOpen(const QString& groupId, bool isOpen)
{
    if (this->isOpen(groupId) == isOpen)
        return;
    beginResetModel();
    std::erase_if(m_openById, [&](const auto& entry) { return entry.first == groupId; });
    m_openById.emplace_back(groupId, isOpen);
    rebuild();
    endResetModel();
}

int ComparisonModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int ComparisonModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : shouldColumn() + 1;
}

const ComparisonRow& ComparisonModel::row(int shownRow) const
{
    return m_rows.at(static_cast<std::size_t>(m_shown.at(static_cast<std::size_t>(shownRow))));
}

const ComparisonCell* ComparisonModel::cell(int shownRow, int column) const
{
    const ComparisonRow& shown = row(shownRow);
    const bool hasCells =
        shown.kind == ComparisonRowKind::Field || shown.kind == ComparisonRowKind::Total;
    if (!hasCells || column < 1 || column >= shouldColumn())
        return nullptr;
    const auto at = static_cast<std::size_t>(column - 1);
    return at < shown.cells.size() ? &shown.cells[at] : nullptr;
}

const ComparisonColumn* ComparisonModel::system(int column) const
{
    return column >= 1 && column < shouldColumn() ? &m_columns[static_cast<std::size_t>(column - 1)]
                                                  : nullptr;
}

QString ComparisonModel::sentence(int shownRow, int column) const
{
    const ComparisonRow& shown = row(shownRow);
    if (shown.kind == ComparisonRowKind::Group)
        return QStringList{shown.label, shown.note, shown.agreement, shown.summary,
                           isOpen(shown.id) ? tr("open") : tr("closed")}
            .filter(QRegularExpression(QStringLiteral(".")))
            .join(QStringLiteral(", "));
    if (shown.kind == ComparisonRowKind::Provenance)
        return shown.provenance.lead + QStringLiteral(": ") +
               QStringList(shown.provenance.steps.begin(), shown.provenance.steps.end())
                   .join(tr(", then ")) +
               QStringLiteral(" = ") + shown.provenance.result;
    if (column == 0)
        return shown.label;
    if (column == shouldColumn())
        return tr("%1, should be %2").arg(shown.label, shown.should);
    const ComparisonCell* own = cell(shownRow, column);
    if (!own)
        return shown.label;
    QString text =
        shown.label + QStringLiteral(", ") + system(column)->title + QStringLiteral(", ");
    text += own->state == CellState::NotHeld ? tr("not held by that system") : cellText(*own);
    if (own->state == CellState::Differs)
        text += tr(", differs from %1").arg(shown.should);
    return own->tip.isEmpty() ? text : text + QStringLiteral(". ") + own->tip;
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ComparisonRow& shown = row(index.row());
    const ComparisonCell* own = cell(index.row(), index.column());
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == 0)
            return shown.label;
        if (index.column() == shouldColumn())
            return shown.should;
        return own ? cellText(*own) : QString();
    case Qt::ToolTipRole: {
        const QString tip = own                                ? own->tip
                            : index.column() == shouldColumn() ? shown.shouldTip
                                                               : QString();
        return tip.isEmpty() ? QVariant() : QVariant(tip.toHtmlEscaped());
    }
    case Qt::AccessibleTextRole:
        return sentence(index.row(), index.column());
    case StateRole:
        return own ? static_cast<int>(own->state) : -1;
    default:
        return {};
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal ||
        (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    if (section == 0)
        return QString();
    return section == shouldColumn() ? tr("Should be")
           : system(section)         ? system(section)->title
                                     : QString();
}

} // namespace counterfoil::widgets
