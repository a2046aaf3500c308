#pragma once

#include "core/reconcile/joined.h"

namespace counterfoil::reconcile {

/// Pieces of one line that somebody booked as sellable.
struct Restock {
    LineId line;
    LocationId location;
    domain::LocationKind kind = domain::LocationKind::Unlisted;
    std::int64_t quantity = 0;
    std::optional<Instant> at; ///< the earliest of them
    std::string evidence;      ///< "disposition" or "refund"
    std::string evidenceId;
};

/// Restocks of the case's lines, read from dispositions and refunds (law.md 4). The same pieces
/// seen in both count once. Quarantine is left out; a place in no list of the site comes as
/// Unlisted, an unnamed place with an empty location.
struct Restocks {
    std::vector<Restock> rows; ///< by line, then location
    bool isRead = false;       ///< both sources were read
    bool isComplete = true;    ///< false: a list came back cut
};
[[nodiscard]] Restocks restocksOf(const domain::CaseFacts& facts, const domain::Policy& policy);

} // namespace counterfoil::reconcile
