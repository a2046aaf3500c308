#pragma once

#include "core/base/result.h"
#include "core/query/lexer.h"
#include "core/query/row.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::query {

enum class Key : std::uint8_t {
    Text,
    Is,
    Type,
    Site,
    Owner,
    Assignee,
    Customer,
    Order,
    Po,
    Rma,
    Sku,
    Lot,
    Location,
    Team,
    Platform,
    Payment,
    State,
    Severity,
    Risk,
    Currency,
    Age,
    Sla,
    Opened,
    Month,
    Sort,
    Group
};
[[nodiscard]] std::string_view keyWord(Key key);
[[nodiscard]] std::optional<Key> keyFromWord(std::string_view word);

enum class SortBy : std::uint8_t { Risk, Age, Sla, Severity, Customer };
enum class GroupBy : std::uint8_t { Case, None };

/// One value of a term: a text (with * at its end or start as a wildcard) or a range of numbers.
struct Test {
    std::string text; ///< ASCII-folded
    std::optional<std::int64_t> low,
        high; ///< risk: millionths of a major unit; age, sla: milliseconds; opened: epoch ms
    bool isLowOpen = false, isHighOpen = false; ///< the bound itself does not count
};
struct Term {
    Key key = Key::Text;
    bool isNegated = false;
    std::vector<Test> tests; ///< any of them
};

/// A parsed filter: terms that all must hold, how to sort and group.
struct Filter {
    std::vector<Term> terms;
    SortBy sort = SortBy::Risk;
    bool isSortAscending = false; ///< "-sort:risk" or "sort:-risk" turns it round
    GroupBy group = GroupBy::Case;

    [[nodiscard]] bool matches(const Row& row, const Context& context) const;
};

/// Where a filter is wrong and what is wanted there.
struct Problem {
    std::size_t begin = 0, end = 0; ///< bytes of the term
    std::string message;            ///< "risk needs a number, for example risk:>100"
    bool isIncomplete = false;      ///< still being typed: not shown as an error
};

/// Parses `type:credit-value-mismatch risk:>100 age:>2d owner:finance customer:"Northwind"
/// -is:snoozed text`. Nothing is assumed: no hidden is:open.
/// @param partial  true while a person types: a last term without a value is reported as incomplete
[[nodiscard]] tl::expected<Filter, Problem> parse(std::string_view text, bool partial = false);

/// What may stand at @p cursor: keys before a colon, known values after it.
struct Suggestion {
    std::string text;               ///< what the term becomes: "owner:finance"
    std::size_t begin = 0, end = 0; ///< bytes it replaces
};
[[nodiscard]] std::vector<Suggestion> suggest(std::string_view text, std::size_t cursor);

/// `key:value` with quotes where the value needs them: "filter by this value".
[[nodiscard]] std::string termText(Key key, std::string_view value);

} // namespace counterfoil::query
