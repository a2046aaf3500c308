#pragma once

#include "core/domain/case_facts.h"
#include "core/domain/phrase.h"
#include "core/domain/policy.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::reconcile {

/// How a returned unit found its order line.
enum class Match : std::uint8_t {
    ById,      ///< ReturnGO named the line
    BySku,     ///< it named none, and exactly one line carries the SKU
    Unmatched, ///< no line fits
    Ambiguous, ///< no line named and several lines carry the SKU
    Unread     ///< the order's lines were not read
};

/// One returned piece with everything known about it. Pointers live as long as the facts.
struct JoinedUnit {
    static constexpr std::size_t kNoLine = static_cast<std::size_t>(-1);

    UnitId id;
    std::string sku;
    Match match = Match::Unread;
    std::size_t line = kNoLine;           ///< index in the order's lines
    const domain::RmaUnit* rma = nullptr; ///< null: a unit seen only in Shopify
    std::optional<domain::UnitVerdict> verdict;
    domain::DamageCause cause = domain::DamageCause::None;
    /// Credit share in percent 0..100; nullopt: nothing decided yet (forecast at 100).
    std::optional<int> share;
    bool isInspected = false; ///< somebody looked: our record or ReturnGO's validation date
    std::optional<Instant> inspectedAt;
    bool isExchange = false;
    bool isKeepItem = false;
    bool isReceived = false;
    bool isCredited = false;         ///< an own credit that is not withdrawn covers it
    std::optional<Instant> dueSince; ///< when its credit became due; nullopt: not due or not known
    bool isDue = false;              ///< law.md 3; says nothing about the share

    [[nodiscard]] bool hasLine() const { return line != kNoLine; }
    /// A or B: may be sold.
    [[nodiscard]] bool isPassed() const;
};

/// The units of one order line in this case.
struct JoinedLine {
    std::size_t line = 0;            ///< index in the order's lines
    std::vector<std::size_t> units;  ///< indices, by unit id
    std::int64_t siblingUnits = 0;   ///< units of other live RMAs on the same line
    std::int64_t siblingsBefore = 0; ///< those of RMAs with a smaller id: they are rounded first
};

/// A case's units matched to the order, one by one. Sorted by id, so that the order of lists in the
/// facts plays no part.
struct Joined {
    std::vector<JoinedUnit> units;
    std::vector<JoinedLine> lines; ///< by line id
    bool hasUnits = false;         ///< the return's units were read
    bool isDead = false;          ///< RMA Rejected or Canceled, Shopify return declined or canceled
    bool isOpen = false;          ///< not dead and not Done / Closed
    std::optional<Instant> began; ///< when the return began
};

[[nodiscard]] Joined join(const domain::CaseFacts& facts, const domain::Policy& policy);

/// The Shopify returns of this case: the one that it is about, those that the RMA's time-line
/// names, else every return of the order that touches a returned line. Empty when none was read.
[[nodiscard]] std::vector<const domain::ShopifyReturn*> returnsOf(const domain::CaseFacts& facts);

/// Receipt seen: by RMA status, or by the unit's own shipment.
[[nodiscard]] bool isReceivedUnit(const domain::Rma& rma, const domain::RmaUnit& unit);

} // namespace counterfoil::reconcile
