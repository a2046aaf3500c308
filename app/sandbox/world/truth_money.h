#pragma once

#include "app/sandbox/world/truth.h"

#include <vector>

namespace counterfoil::sandbox {

/// Whether `paid` for `pieces` of a line differs from what was invoiced because of its tax: net
/// paid for gross, tax counted twice, or another tax beside the right net price.
[[nodiscard]] bool isTaxMistake(const Rma& rma, const Order& order, const OrderLine& line,
                                std::int64_t pieces, Minor paid);

/// What left for a line beyond all that it was invoiced at; 0 inside rounding.
[[nodiscard]] Minor aboveLine(const Rma& rma, const Order& order, const OrderLine& line);

/// What the books show for one return.
struct MoneyBooks {
    Minor expected = 0; ///< gross credit that the law expects
    Minor credited = 0; ///< taken off the SparkLayer balance
    /// The order is to be settled on account: another finding tells what is asked of its card.
    bool isAccount = false;
};

/// Credits given twice or above the line, money that left before the goods were looked at, and
/// refunds that never arrived.
void addMoneyTruth(World& world, const Rma& rma, const MoneyBooks& books,
                   std::vector<TruthEntry>& out);

} // namespace counterfoil::sandbox
