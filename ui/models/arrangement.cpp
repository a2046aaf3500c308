#include "ui/models/arrangement.h"

#include "core/base/text.h"
#include "ui/models/row_text.h"

#include <algorithm>
#include <functional>

namespace counterfoil::models {
namespace {

template <class Key, class KeyOf>
void sortBy(std::vector<std::uint32_t>& rows, const workspace::QueueTable& table, KeyOf keyOf,
            bool isDescending)
{
    std::vector<std::pair<Key, std::uint32_t>> keyed;
    keyed.reserve(rows.size());
    for (const std::uint32_t row : rows)
        keyed.emplace_back(keyOf(table.queryRow(row)), row);
    std::stable_sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
        return isDescending ? b.first < a.first : a.first < b.first;
    });
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i] = keyed[i].second;
}

void sortRows(std::vector<std::uint32_t>& rows, const workspace::QueueTable& table,
              const query::Filter& filter)
{
    switch (filter.sort) {
    case query::SortBy::Risk: // the table's own order
        break;
    case query::SortBy::Age: // oldest first
        sortBy<Instant>(
            rows, table, [](const query::Row& row) { return row.firstSeen; }, false);
        break;
    case query::SortBy::Sla: // next to end first; rows without a clock last
        sortBy<Instant>(
            rows, table,
            [](const query::Row& row) {
                return row.due && !row.isPaused ? *row.due : Instant::max();
            },
            false);
        break;
    case query::SortBy::Severity: // worst first
        sortBy<domain::Severity>(
            rows, table, [](const query::Row& row) { return row.severity; }, true);
        break;
    case query::SortBy::Customer:
        sortBy<std::string>(
            rows, table, [](const query::Row& row) { return folded(row.customer); }, false);
        break;
    }
    if (filter.isSortAscending)
        std::reverse(rows.begin(), rows.end());
}

} // namespace

std::vector<std::uint32_t> matching(const workspace::QueueTable& table, const query::Filter& filter,
                                    const query::Context& context)
{
    std::vector<std::uint32_t> rows;
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (filter.matches(table.queryRow(i), context))
            rows.push_back(static_cast<std::uint32_t>(i));
    }
    sortRows(rows, table, filter);
    return rows;
}

int countMatching(const workspace::QueueTable& table, const query::Filter& filter,
                  const query::Context& context)
{
    int count = 0;
    for (std::size_t i = 0; i < table.size(); ++i)
        count += filter.matches(table.queryRow(i), context) ? 1 : 0;
    return count;
}

quint64 caseNumber(std::string_view site, std::string_view caseId)
{
    const quint64 first = std::hash<std::string_view>{}(site);
    const quint64 second = std::hash<std::string_view>{}(caseId);
    return (first * 0x9E3779B97F4A7C15ULL ^ second) | 1U;
}

void layOutPlaces(Arrangement& out, const ArrangeRequest& request)
{
    out.places.clear();
    out.placeOf.clear();
    out.members.clear();
    const auto rowOf = [&out](quint64 id) { return out.rowOf.value(id, kGone); };
    const bool isGrouped = request.filter.group == query::GroupBy::Case;
    std::vector<quint64> caseOrder;
    QHash<quint64, std::vector<quint64>> cases;
    for (const quint64 id : out.order) {
        const quint64 key = isGrouped ? out.caseOf.value(id, id) : id;
        std::vector<quint64>& members = cases[key];
        if (members.empty())
            caseOrder.push_back(key);
        members.push_back(id);
    }
    out.places.reserve(out.order.size() + out.order.size() / 2);
    for (const quint64 key : caseOrder) {
        const std::vector<quint64>& members = *cases.constFind(key);
        if (members.size() == 1) {
            out.places.push_back({members.front(), rowOf(members.front()), Place::Kind::Single});
            continue;
        }
        out.members.insert(key, members);
        out.places.push_back({key, rowOf(members.front()), Place::Kind::Group});
        if (request.foldedCases.contains(key))
            continue;
        for (const quint64 id : members)
            out.places.push_back({id, rowOf(id), Place::Kind::Child});
        out.places.back().kind = Place::Kind::LastChild;
    }
    out.placeOf.reserve(static_cast<qsizetype>(out.places.size()));
    for (std::size_t i = 0; i < out.places.size(); ++i)
        out.placeOf.insert(out.places[i].id, static_cast<int>(i));
}

Arrangement arrange(const ArrangeRequest& request)
{
    const workspace::QueueTable& table = *request.table;
    query::Context context;
    context.now = request.now;
    context.person = request.person;
    const std::vector<std::uint32_t> matched = matching(table, request.filter, context);
    Arrangement out;
    std::vector<quint64> ids(table.size());
    out.rowOf.reserve(static_cast<qsizetype>(table.size()));
    for (std::size_t i = 0; i < table.size(); ++i) {
        ids[i] = numberOf(table.idText(i));
        out.rowOf.insert(ids[i], static_cast<std::uint32_t>(i));
    }
    if (!request.isHeld) {
        for (const std::uint32_t row : matched)
            out.order.push_back(ids[row]);
    } else {
        QSet<quint64> fits;
        for (const std::uint32_t row : matched)
            fits.insert(ids[row]);
        for (const quint64 id : request.order) {
            const bool isStale = !fits.contains(id);
            if (isStale && request.leaving.contains(id))
                continue;
            out.stale += isStale ? 1 : 0;
            out.order.push_back(id);
            fits.remove(id);
        }
        out.waiting = static_cast<int>(fits.size());
    }
    for (const query::Filter& filter : request.counted)
        out.counts.push_back(countMatching(table, filter, context));
    out.caseOf.reserve(static_cast<qsizetype>(out.order.size()));
    for (const quint64 id : out.order) {
        const auto row = out.rowOf.constFind(id);
        out.caseOf.insert(id, row == out.rowOf.constEnd()
                                  ? request.caseOf.value(id, id)
                                  : caseNumber(table.queryRow(*row).site, table.caseId(*row)));
    }
    layOutPlaces(out, request);
    return out;
}

} // namespace counterfoil::models
