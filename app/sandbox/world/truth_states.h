#pragma once

#include "app/sandbox/world/truth.h"

#include <map>
#include <set>
#include <vector>

namespace counterfoil::sandbox {

/// What the books behind the platforms show of one return, beside the platforms' own records.
struct StateBooks {
    Minor credited = 0;  ///< taken off the SparkLayer balance
    Minor processed = 0; ///< taken off the Shopify order
    Minor paidOut = 0;   ///< cash or codes that went to the buyer
    Instant lastMoney = 0;
    std::map<Id, std::int64_t> sellable, moved; ///< pieces by order line
    std::map<Id, Instant> quarantinedAt;        ///< of the newest part
    Minor expected = 0;                         ///< gross credit of the accepted pieces
    bool isAccount = false;                     ///< law.md 2
};

/// Findings of law.md 5 and 10 about states, money and stock of one return. Works from the world's
/// records and journal alone.
void addStateTruth(World& world, const Rma& rma, const StateBooks& books,
                   std::vector<TruthEntry>& out);

/// Words in the records of one return that no console can know.
void addUnknownTruth(World& world, const Rma& rma, const std::set<Id>& strangeLocations,
                     std::vector<TruthEntry>& out);

} // namespace counterfoil::sandbox
