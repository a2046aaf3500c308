#include "ui/quarantine/lot_model.h"

#include "ui/theme/text.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <tuple>

namespace counterfoil::quarantine {

namespace {

constexpr std::array<const char*, 5> kStages{"not-inspected", "part-inspected", "ready", "held",
                                             "unassigned"};

QString q(const std::string& text)
{
    return theme::Text::isolated(QString::fromStdString(text));
}

bool passes(const view::LotView& lot, LotFilter filter)
{
    switch (filter) {
    case LotFilter::All:
        return true;
    case LotFilter::ToDo:
        return lot.toDo > 0;
    case LotFilter::Ready:
        return lot.stage == "ready";
    case LotFilter::Held:
        return lot.stage == "held";
    }
    return true;
}

/// "£124.00 · €921.60": one amount a currency, never their sum.
QString valueText(const std::vector<const view::LotView*>& lots)
{
    std::vector<money::Money> sums;
    for (const view::LotView* lot : lots) {
        if (!lot->value)
            continue;
        const auto same = std::find_if(sums.begin(), sums.end(), [&](const money::Money& sum) {
            return sum.currency() == lot->value->currency();
        });
        if (same == sums.end())
            sums.push_back(*lot->value);
        else if (const auto more = same->plus(*lot->value))
            *same = *more;
    }
    QStringList words;
    for (const money::Money& sum : sums)
        words << q(sum.displayText());
    return words.join(QStringLiteral(" · "));
}

} // namespace

QString plural(int count, const QString& one, const QString& many)
{
    return QString::number(count) + QLatin1Char(' ') + (count == 1 ? one : many);
}

QString stageText(const std::string& stage)
{
    if (stage == "not-inspected")
        return LotModel::tr("Not inspected");
    if (stage == "part-inspected")
        return LotModel::tr("Part inspected");
    if (stage == "ready")
        return LotModel::tr("Inspected, ready to release");
    if (stage == "held")
        return LotModel::tr("Held");
    if (stage == "unassigned")
        return LotModel::tr("Unassigned");
    return q(stage);
}

QString lotKey(const view::LotView& lot)
{
    return QString::fromStdString(lot.site + "/" + lot.caseId.value + "/" + lot.sku + "/" + lot.id);
}

QString rmaText(const view::LotView& lot)
{
    return lot.rma.empty() ? LotModel::tr("no return") : QStringLiteral("RMA") + q(lot.rma);
}

QString ageText(const view::LotView& lot, Instant now)
{
    if (!lot.since || *lot.since > now)
        return {};
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(now - *lot.since).count();
    const auto hours = minutes / 60;
    if (hours < 1)
        return LotModel::tr("%1 min").arg(minutes);
    if (hours < 24)
        return LotModel::tr("%1 h").arg(hours);
    return hours % 24 == 0 || hours >= 24 * 10
               ? LotModel::tr("%1 d").arg(hours / 24)
               : LotModel::tr("%1 d %2 h").arg(hours / 24).arg(hours % 24);
}

widgets::UnitVerdict verdictOf(const std::optional<domain::UnitVerdict>& verdict)
{
    if (!verdict)
        return widgets::UnitVerdict::ToDo;
    switch (*verdict) {
    case domain::UnitVerdict::AGrade:
        return widgets::UnitVerdict::AGrade;
    case domain::UnitVerdict::BGrade:
        return widgets::UnitVerdict::BGrade;
    case domain::UnitVerdict::Damaged:
        return widgets::UnitVerdict::Damaged;
    case domain::UnitVerdict::WrongItem:
        return widgets::UnitVerdict::WrongItem;
    case domain::UnitVerdict::Missing:
        return widgets::UnitVerdict::Missing;
    }
    return widgets::UnitVerdict::ToDo;
}

widgets::UnitCounts unitCounts(const view::LotView& lot)
{
    std::vector<widgets::UnitVerdict> units;
    units.reserve(lot.rows.size());
    for (const view::InspectionUnit& unit : lot.rows)
        units.push_back(verdictOf(unit.verdict));
    return widgets::UnitCounts::of(std::move(units));
}

std::string LotModel::stageOf(const view::LotView& lot) const
{
    return !m_heldKey.isEmpty() && lotKey(lot) == m_heldKey ? m_heldStage : lot.stage;
}

void LotModel::hold(const QString& key)
{
    if (key == m_heldKey)
        return;
    const QString before = m_heldKey;
    const view::LotView* lot = this->lot(key);
    m_heldKey = lot ? key : QString();
    m_heldStage = lot ? lot->stage : std::string();
    // Only a lot whose stage moved meanwhile changes the list.
    if (!before.isEmpty())
        rebuild();
}

void LotModel::setLots(std::vector<view::LotView> lots, Instant now)
{
    std::stable_sort(lots.begin(), lots.end(), [](const auto& a, const auto& b) {
        const Instant last = Instant::max();
        return std::tuple(a.since.value_or(last), a.rma, a.sku) <
               std::tuple(b.since.value_or(last), b.rma, b.sku);
    });
    const auto isSameLot = [](const view::LotView& a, const view::LotView& b) {
        return lotKey(a) == lotKey(b);
    };
    const bool isSameList = lots.size() == m_lots.size() &&
                            std::equal(lots.begin(), lots.end(), m_lots.begin(), isSameLot);
    m_now = now;
    m_hasValues = std::any_of(lots.begin(), lots.end(),
                              [](const view::LotView& lot) { return lot.value.has_value(); });
    if (isSameList) {
        m_lots = std::move(lots);
        rebuild();
        return;
    }
    // Rows point into the list of lots: both change at once.
    beginResetModel();
    m_lots = std::move(lots);
    std::tie(m_groups, m_rows) = arranged();
    endResetModel();
}

void LotModel::setFilter(LotFilter filter)
{
    m_filter = filter;
    rebuild();
}

void LotModel::toggle(int row)
{
    const Group* group = groupAt(row);
    if (!group)
        return;
    const QString stage = QString::fromStdString(group->stage);
    if (!m_folded.remove(stage))
        m_folded.insert(stage);
    rebuild();
}

std::pair<std::vector<LotModel::Group>, std::vector<LotModel::Row>> LotModel::arranged() const
{
    std::vector<Group> groups;
    std::vector<Row> rows;
    for (const char* stage : kStages) {
        std::vector<const view::LotView*> inside;
        std::vector<Row> lotRows;
        int units = 0;
        for (std::size_t i = 0; i < m_lots.size(); ++i) {
            const bool isHeld = !m_heldKey.isEmpty() && lotKey(m_lots[i]) == m_heldKey;
            if (stageOf(m_lots[i]) != stage || !(isHeld || passes(m_lots[i], m_filter)))
                continue;
            inside.push_back(&m_lots[i]);
            units += m_lots[i].units;
            lotRows.push_back({-1, static_cast<int>(i)});
        }
        if (inside.empty())
            continue;
        Group group;
        group.stage = stage;
        group.title = stageText(stage);
        group.note = plural(static_cast<int>(inside.size()), tr("lot"), tr("lots")) +
                     QStringLiteral(", ") + plural(units, tr("unit"), tr("units"));
        group.value = valueText(inside);
        group.isOpen = !m_folded.contains(QString::fromLatin1(stage));
        rows.push_back({static_cast<int>(groups.size()), -1});
        if (group.isOpen)
            rows.insert(rows.end(), lotRows.begin(), lotRows.end());
        groups.push_back(std::move(group));
    }
    return {std::move(groups), std::move(rows)};
}

void LotModel::rebuild()
{
    auto [groups, rows] = arranged();
    if (rows == m_rows) {
        m_groups = std::move(groups);
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_groups = std::move(groups);
    m_rows = std::move(rows);
    endResetModel();
}

const LotModel::Group* LotModel::groupAt(int row) const
{
    if (row < 0 || row >= rowCount() || m_rows[static_cast<std::size_t>(row)].group < 0)
        return nullptr;
    return &m_groups[static_cast<std::size_t>(m_rows[static_cast<std::size_t>(row)].group)];
}

const view::LotView* LotModel::lotAt(int row) const
{
    if (row < 0 || row >= rowCount() || m_rows[static_cast<std::size_t>(row)].lot < 0)
        return nullptr;
    return &m_lots[static_cast<std::size_t>(m_rows[static_cast<std::size_t>(row)].lot)];
}

const view::LotView* LotModel::lot(const QString& key) const
{
    const auto found = std::find_if(m_lots.begin(), m_lots.end(),
                                    [&](const view::LotView& lot) { return lotKey(lot) == key; });
    return found == m_lots.end() ? nullptr : &*found;
}

int LotModel::rowOf(const QString& key) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const view::LotView* lot = lotAt(row);
        if (lot && lotKey(*lot) == key)
            return row;
    }
    return -1;
}

int LotModel::count(LotFilter filter) const
{
    return static_cast<int>(std::count_if(m_lots.begin(), m_lots.end(),
                                          [&](const auto& lot) { return passes(lot, filter); }));
}

int LotModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant LotModel::data(const QModelIndex& index, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    if (const Group* group = groupAt(index.row()))
        return QStringList{group->title, group->note, group->value,
                           group->isOpen ? tr("open") : tr("folded")}
            .join(QStringLiteral(". "));
    const view::LotView* lot = lotAt(index.row());
    if (!lot)
        return {};
    QStringList words{rmaText(*lot),
                      q(lot->sku),
                      q(lot->title),
                      q(lot->customer),
                      widgets::unitCountText(unitCounts(*lot)),
                      ageText(*lot, m_now)};
    words.removeAll(QString());
    return words.join(QStringLiteral(". "));
}

} // namespace counterfoil::quarantine
