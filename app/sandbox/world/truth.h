#pragma once

#include "app/sandbox/world/world.h"

#include <string>
#include <vector>

namespace counterfoil::sandbox {

/// One finding that the law demands of the world as it stands. Texts are those of product.md 2.
struct TruthEntry {
    std::string type;
    std::string rma;   ///< empty only where there is none
    std::string order; ///< order name
    Minor amount = 0;  ///< at risk; 0 without a risk kind
    std::string currency;
    std::string riskKind; ///< over, under, blocked, stock; empty without money
    std::string owner;    ///< finance, warehouse, cx, integration
    std::string variant;
    std::string scenario; ///< label only; nothing is decided by it
};

/// All findings of the world now, hiding (law.md 6) applied, ordered by RMA and type.
[[nodiscard]] std::vector<TruthEntry> truthOf(World& world);

/// Gross credit that the law expects for an RMA, minor units of the order's currency.
[[nodiscard]] Minor expectedCredit(World& world, const Rma& rma);

/// The RMA of `customer` whose missing account credit is `drop`; 0 when none fits.
[[nodiscard]] Id settledBy(World& world, std::size_t customer, Minor drop);

} // namespace counterfoil::sandbox
