#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/money/money.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::domain {

/// Kinds of action this program knows. Stored as its word (actionKindWord): append only.
enum class ActionKind : std::uint8_t { Credit, Release, SetPo };

/// States of an action (design.md 7). Stored as its word.
enum class ActionState : std::uint8_t {
    Proposed,  ///< filed, waits for people
    Approved,  ///< all signatures there; held, then sent
    Leased,    ///< an engine took it: preflight runs
    Stale,     ///< a bound value moved or a constraint broke; nothing was sent
    Sending,   ///< the attempt is saved; the request may have left
    Unknown,   ///< sent, no good answer: read, never resend blind
    Confirmed, ///< the platform says it is done
    Settled,   ///< proved: read in every system that should show it
    Rejected,  ///< a person said no
    Refused,   ///< the platform refused it for a business reason; nothing changed there
    Stuck,     ///< the outcome cannot be found by reading; a person decides
    Drift,     ///< was confirmed, and later reads show it undone or unproved in time
    Cancelled, ///< taken back before it was sent
    Expired    ///< no approval within its time
};
[[nodiscard]] std::string_view actionStateWord(ActionState state);
[[nodiscard]] std::string_view actionKindWord(ActionKind kind);
/// Nothing more will happen to it by itself and it holds no claim on its units.
[[nodiscard]] bool isWithdrawn(ActionState state);
/// It reached the platform, or may have.
[[nodiscard]] bool mayHaveTakenEffect(ActionState state);

/// Which book a credit moves (law.md 1).
enum class Book : std::uint8_t { ShopifyOrder, SparkLayerBalance, Erp, Stock };
[[nodiscard]] std::string_view bookWord(Book book);
enum class Purpose : std::uint8_t { Principal, Correction };

/// An action of ours as the judge sees it.
struct OwnAction {
    ActionId id;
    ActionKind kind = ActionKind::Credit;
    ActionState state = ActionState::Proposed;
    Book book = Book::SparkLayerBalance;
    Purpose purpose = Purpose::Principal;
    RmaId rma;
    OrderId order;
    std::vector<UnitId> units;
    money::Money amount; ///< credits; zero for stock
    std::string sku;     ///< releases
    std::int64_t quantity = 0;
    LocationId from, to;
    Instant createdAt{};
    Instant changedAt{}; ///< entered its present state
    std::optional<Instant> sentAt;
    PersonId proposer;
};

/// "Said done, not seen": a person ticked a deep link (law.md 7).
struct Claim {
    FindingId finding;
    std::string step; ///< what was said done, for example "stop-payment"
    PersonId person;
    Instant at{};
    std::string reason;
};

} // namespace counterfoil::domain
