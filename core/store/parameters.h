#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::store {

/// A statement whose numbered parameters (?1, ?2 ...) were written out as plain ones.
struct PlainStatement {
    std::string sql;                ///< every ?N is a ?
    std::vector<std::size_t> order; ///< which parameter stands at each ?, from 0; empty: the
                                    ///< statement had plain ones only
};

/// Qt's SQLite driver (6.4.2) binds numbered parameters in the order in which they stand in the
/// text, so "?2, ?1" silently gets them the wrong way round, and it refuses one that is used twice.
/// Written out, a number means what it says. Texts, quoted names and comments are left alone. Pure.
[[nodiscard]] PlainStatement writtenOut(std::string_view sql);

} // namespace counterfoil::store
