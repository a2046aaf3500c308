#include "ui/casefile/grid_words.h"

#include "ui/casefile/words.h"

#include <array>
#include <set>

namespace counterfoil::casefile {

using view::System;

namespace {

constexpr std::array<System, 4> kSystems{System::SparkLayer, System::Shopify, System::ReturnGo,
                                         System::Erp};

widgets::CellState stateOf(view::CellState state)
{
    switch (state) {
    case view::CellState::Equal:
        return widgets::CellState::Equal;
    case view::CellState::Differs:
        return widgets::CellState::Differs;
    case view::CellState::Late:
        return widgets::CellState::Late;
    case view::CellState::Unread:
        return widgets::CellState::Unread;
    case view::CellState::NotHeld:
        return widgets::CellState::NotHeld;
    case view::CellState::Empty:
        return widgets::CellState::Empty;
    case view::CellState::Ask:
        return widgets::CellState::Hint;
    }
    return widgets::CellState::Unread;
}

widgets::ComparisonCell cellOf(const view::ComparisonRow& row, System system)
{
    widgets::ComparisonCell cell;
    const auto found = row.cells.find(system);
    if (found == row.cells.end())
        return cell;
    cell.value = shown(found->second.text);
    cell.state = stateOf(found->second.state);
    cell.isNumber = found->second.isNumber;
    cell.tip = shown(found->second.tip);
    cell.source =
        systemName(system) + (cell.tip.isEmpty() ? QString() : QStringLiteral(", ") + cell.tip);
    if (!found->second.fix.empty()) {
        cell.actionText = QStringLiteral("Fix");
        cell.actionId = QString::fromStdString(found->second.fix);
    }
    return cell;
}

widgets::ComparisonRow fieldOf(const view::ComparisonRow& from, const QString& groupId,
                               const QString& rowId, const std::vector<System>& columns)
{
    widgets::ComparisonRow row;
    row.kind =
        from.isStrong ? widgets::ComparisonRowKind::Total : widgets::ComparisonRowKind::Field;
    row.id = rowId;
    row.parentId = groupId;
    row.label = shown(from.label);
    for (const System system : columns)
        row.cells.push_back(cellOf(from, system));
    if (const auto should = from.cells.find(System::ShouldBe); should != from.cells.end()) {
        row.should = shown(should->second.text);
        row.shouldIsNumber = should->second.isNumber;
        row.shouldTip = shown(should->second.tip);
    }
    return row;
}

widgets::ComparisonRow provenanceOf(const view::ComparisonRow& from, const QString& fieldId,
                                    const QString& groupId)
{
    widgets::ComparisonRow row;
    row.kind = widgets::ComparisonRowKind::Provenance;
    row.id = fieldId + QStringLiteral("/why");
    row.parentId = groupId;
    row.provenance.lead = QStringLiteral("Why ") + shown(from.provenanceResult);
    for (const std::string& step : from.provenance)
        row.provenance.steps.push_back(shown(step));
    row.provenance.result = shown(from.provenanceResult);
    return row;
}

/// Two lines may carry one SKU, and some groups have no title: the place tells them apart.
QString groupIdOf(const view::ComparisonGroup& group, std::size_t place)
{
    return group.title.empty()
               ? QString()
               : QString::number(place) + QLatin1Char(':') + QString::fromStdString(group.title);
}

QString rowIdOf(std::size_t place, int number)
{
    return QStringLiteral("%1/%2").arg(place).arg(number);
}

} // namespace

std::vector<System> columnsOf(const view::CaseView& view)
{
    std::set<System> held{System::SparkLayer, System::Shopify, System::ReturnGo};
    for (const auto& group : view.comparison) {
        for (const auto& row : group.rows) {
            if (row.cells.contains(System::Erp))
                held.insert(System::Erp);
        }
    }
    std::vector<System> columns;
    for (const System system : kSystems) {
        if (held.contains(system))
            columns.push_back(system);
    }
    return columns;
}

std::vector<widgets::ComparisonRow> rowsOf(const view::CaseView& view,
                                           const std::vector<System>& columns)
{
    std::vector<widgets::ComparisonRow> rows;
    for (std::size_t place = 0; place < view.comparison.size(); ++place) {
        const auto& group = view.comparison[place];
        const QString groupId = groupIdOf(group, place);
        if (!groupId.isEmpty()) {
            widgets::ComparisonRow head;
            head.kind = widgets::ComparisonRowKind::Group;
            head.id = groupId;
            head.label = shown(group.title);
            head.note = shown(group.subtitle);
            (group.isAgreeing ? head.agreement : head.summary) = shown(group.summary);
            head.startsOpen = group.isOpen;
            rows.push_back(std::move(head));
        }
        int number = 0;
        for (const auto& from : group.rows) {
            rows.push_back(fieldOf(from, groupId, rowIdOf(place, number++), columns));
            const QString fieldId = rows.back().id;
            if (!from.provenance.empty())
                rows.push_back(provenanceOf(from, fieldId, groupId));
        }
    }
    return rows;
}

const view::ComparisonCell* cellAt(const view::CaseView& view, const QString& rowId, int column)
{
    const std::vector<System> columns = columnsOf(view);
    if (column < 1)
        return nullptr;
    const auto at = static_cast<std::size_t>(column - 1);
    const System system = at < columns.size() ? columns[at] : System::ShouldBe;
    for (std::size_t place = 0; place < view.comparison.size(); ++place) {
        const auto& group = view.comparison[place];
        int number = 0;
        for (const auto& row : group.rows) {
            if (rowIdOf(place, number++) != rowId)
                continue;
            const auto cell = row.cells.find(system);
            return cell == row.cells.end() ? nullptr : &cell->second;
        }
    }
    return nullptr;
}

} // namespace counterfoil::casefile
