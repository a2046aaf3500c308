#pragma once

#include <QSet>

#include "core/query/filter.h"
#include "core/workspace/queue_table.h"
#include "ui/models/id_index.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace counterfoil::models {

/// What the list is to show: values only, so that the work can be done on any thread.
struct ArrangeRequest {
    std::shared_ptr<const workspace::QueueTable> table;
    query::Filter filter;
    Instant now{};
    std::string person;                 ///< for is:mine
    QSet<quint64> foldedCases;          ///< numbers of cases whose rows are folded away
    std::vector<query::Filter> counted; ///< filters whose rows are counted beside
    bool isHeld = false;                ///< a poll: nothing moves, what is new waits
    std::vector<quint64> order;         ///< held: the exceptions as they stand, ids
    std::vector<quint64> cases;         ///< held: the case of each of them, same places
    QSet<quint64> leaving; ///< held: a person acted on them; they go when they match no more
};

/// One line of the list.
struct Place {
    enum class Kind : std::uint8_t { Group, Child, LastChild, Single };
    quint64 id = 0;
    std::uint32_t row = 0; ///< of the table; of a group its first one
    Kind kind = Kind::Single;
};
/// Place::row of an exception that is no longer in the table.
inline constexpr std::uint32_t kGone = 0xffffffffU;

/// The exceptions of a case with more than one.
struct Group {
    std::uint32_t place = 0; ///< of its line
    std::uint32_t first = 0; ///< in Arrangement::members
    std::uint32_t count = 0;
};

/// The lines of the list, in order, and what waits. Flat: a hundred thousand rows are the rule.
struct Arrangement {
    std::vector<Place> places;
    std::vector<quint64> order; ///< every exception of the list, also those of folded cases
    std::vector<quint64> cases; ///< the number of the case of each of them, same places
    std::vector<Group> groups;  ///< by place
    std::vector<quint64> members;
    IdIndex placeOf;
    IdIndex rowOf;           ///< id of every exception of the table -> its row
    std::vector<int> counts; ///< one for each of ArrangeRequest::counted
    int waiting = 0;         ///< rows that match and are not shown yet
    int stale = 0;           ///< rows that are shown and are gone or match no more

    /// The exceptions of a case's line, in the list's order. Empty for every other line.
    [[nodiscard]] std::span<const quint64> membersAt(std::size_t place) const;
};

/// Rows that the filter lets through, in the order it asks for: the table's order is sort:risk.
[[nodiscard]] std::vector<std::uint32_t> matching(const workspace::QueueTable& table,
                                                  const query::Filter& filter,
                                                  const query::Context& context);
[[nodiscard]] int countMatching(const workspace::QueueTable& table, const query::Filter& filter,
                                const query::Context& context);
/// The number of a case as a line of the list.
[[nodiscard]] quint64 caseNumber(std::string_view site, std::string_view caseId);

/// Pure; any thread. @pre request.table
[[nodiscard]] Arrangement arrange(const ArrangeRequest& request);
/// Lines again for other folded cases; the order stays.
void layOutPlaces(Arrangement& arrangement, const ArrangeRequest& request);

} // namespace counterfoil::models
