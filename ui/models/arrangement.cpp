#include "ui/models/arrangement.h"

#include "core/base/text.h"
#include "ui/models/row_text.h"

#include <algorithm>
#include <functional>
#include <numeric>

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

namespace {

/// Places in the order of exceptions, those of one case side by side: by case, then by place.
std::vector<std::uint32_t> byCase(const Arrangement& arrangement, bool isGrouped)
{
    std::vector<std::uint32_t> out(arrangement.order.size());
    std::iota(out.begin(), out.end(), 0U);
    if (isGrouped)
        std::stable_sort(out.begin(), out.end(), [&](std::uint32_t a, std::uint32_t b) {
            return arrangement.cases[a] < arrangement.cases[b];
        });
    return out;
}

/// The line of a case with its exceptions below, unless it is folded.
void addGroup(Arrangement& out, quint64 key, std::span<const std::uint32_t> group, bool isFolded)
{
    const auto rowOf = [&out](quint64 id) { return out.rowOf.value(id, kGone); };
    out.groups.push_back({static_cast<std::uint32_t>(out.places.size()),
                          static_cast<std::uint32_t>(out.members.size()),
                          static_cast<std::uint32_t>(group.size())});
    out.places.push_back({key, rowOf(out.order[group.front()]), Place::Kind::Group});
    for (const std::uint32_t at : group) {
        const quint64 id = out.order[at];
        out.members.push_back(id);
        if (!isFolded)
            out.places.push_back({id, rowOf(id), Place::Kind::Child});
    }
    if (!isFolded)
        out.places.back().kind = Place::Kind::LastChild;
}

} // namespace

std::span<const quint64> Arrangement::membersAt(std::size_t place) const
{
    const auto at = std::lower_bound(
        groups.begin(), groups.end(), place,
        [](const Group& group, std::size_t wanted) { return group.place < wanted; });
    if (at == groups.end() || at->place != place)
        return {};
    return std::span(members).subspan(at->first, at->count);
}

void layOutPlaces(Arrangement& out, const ArrangeRequest& request)
{
    out.places.clear();
    out.groups.clear();
    out.members.clear();
    const bool isGrouped = request.filter.group == query::GroupBy::Case;
    const std::vector<std::uint32_t> sorted = byCase(out, isGrouped);
    // Length of the run that begins with the first exception of a case; 0 for the later ones.
    std::vector<std::uint32_t> runAt(sorted.size(), 0), lengthAt(sorted.size(), 0);
    for (std::uint32_t from = 0; from < sorted.size();) {
        std::uint32_t end = from + 1;
        while (isGrouped && end < sorted.size() &&
               out.cases[sorted[end]] == out.cases[sorted[from]])
            ++end;
        runAt[sorted[from]] = from;
        lengthAt[sorted[from]] = end - from;
        from = end;
    }
    out.places.reserve(out.order.size() + out.order.size() / 8);
    for (std::size_t i = 0; i < out.order.size(); ++i) {
        const quint64 id = out.order[i];
        if (lengthAt[i] == 1)
            out.places.push_back({id, out.rowOf.value(id, kGone), Place::Kind::Single});
        else if (lengthAt[i] > 1)
            addGroup(out, out.cases[i], std::span(sorted).subspan(runAt[i], lengthAt[i]),
                     request.foldedCases.contains(out.cases[i]));
    }
    out.places.shrink_to_fit();
    std::vector<quint64> ids(out.places.size());
    std::transform(out.places.begin(), out.places.end(), ids.begin(),
                   [](const Place& place) { return place.id; });
    out.placeOf = IdIndex(ids);
}

namespace {

/// The list that stands, with what still fits counted as shown and the rest as waiting.
void hold(const ArrangeRequest& request, std::span<const quint64> ids,
          std::span<const std::uint32_t> matched, Arrangement& out)
{
    std::vector<bool> fits(ids.size(), false);
    for (const std::uint32_t row : matched)
        fits[row] = true;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < request.order.size(); ++i) {
        const quint64 id = request.order[i];
        const std::uint32_t row = out.rowOf.value(id, kGone);
        const bool isStale = row == kGone || !fits[row];
        if (isStale && request.leaving.contains(id))
            continue;
        out.stale += isStale ? 1 : 0;
        shown += isStale ? 0 : 1;
        out.order.push_back(id);
        out.cases.push_back(i < request.cases.size() ? request.cases[i] : id);
    }
    out.waiting = static_cast<int>(matched.size() - shown);
}

} // namespace

Arrangement arrange(const ArrangeRequest& request)
{
    const workspace::QueueTable& table = *request.table;
    query::Context context;
    context.now = request.now;
    context.person = request.person;
    const std::vector<std::uint32_t> matched = matching(table, request.filter, context);
    Arrangement out;
    std::vector<quint64> ids(table.size());
    for (std::size_t i = 0; i < table.size(); ++i)
        ids[i] = numberOf(table.idText(i));
    out.rowOf = IdIndex(ids);
    if (request.isHeld) {
        hold(request, ids, matched, out);
    } else {
        out.order.reserve(matched.size());
        for (const std::uint32_t row : matched)
            out.order.push_back(ids[row]);
        out.cases.resize(out.order.size());
    }
    for (const query::Filter& filter : request.counted)
        out.counts.push_back(countMatching(table, filter, context));
    for (std::size_t i = 0; i < out.order.size(); ++i) {
        const std::uint32_t row = out.rowOf.value(out.order[i], kGone);
        if (row != kGone)
            out.cases[i] = caseNumber(table.queryRow(row).site, table.caseId(row));
    }
    layOutPlaces(out, request);
    return out;
}

} // namespace counterfoil::models
