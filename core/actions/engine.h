#pragma once

#include "core/actions/plan.h"
#include "core/actions/record.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/domain/account.h"
#include "core/domain/case_facts.h"
#include "core/domain/policy.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Every decision of the plan runner as a pure function: what is known and what happened -> what
/// next. The runner only reads, saves, sends and asks here.
namespace counterfoil::actions {

/// Undo window before a write leaves (product.md 3).
inline constexpr Millis kHold = std::chrono::seconds(10);
/// A request may arrive this long after we stopped waiting for it: before that, "did not happen" is
/// never concluded. Total transport time-out 120 s, and as much again for a stack in between.
inline constexpr Millis kLateWindow = std::chrono::minutes(4);
/// Shopify keeps idempotency keys for 24 h (reported); half of it is relied on (design.md 7).
inline constexpr Millis kKeyTrusted = std::chrono::hours(12);
inline constexpr int kAttemptsMax = 4;      ///< sendings of one action, the first included
inline constexpr int kResolveReadsMax = 40; ///< reads before an unknown outcome is stuck
inline constexpr Millis kProveCredit = std::chrono::minutes(15);
inline constexpr Millis kProveRelease = std::chrono::minutes(20);
inline constexpr Millis kProvePo = std::chrono::minutes(5);

/// May an action go from one state to the other? The only table of it.
[[nodiscard]] bool isLegalMove(domain::ActionState from, domain::ActionState to);
/// States in which only a person can move it on, or nobody.
[[nodiscard]] bool isResting(domain::ActionState state);

// ---- before sending
// -------------------------------------------------------------------------------

/// The figures read right before the write: what a later resolution compares with.
struct PreState {
    std::string balanceDigest;
    std::optional<std::string> receiptsDigest; ///< nullopt: the receipts did not exist
    std::optional<std::int64_t> balanceMinor;
    std::optional<std::int64_t> fromLevel, toLevel, sparkLevel;
    std::string po;
    bool operator==(const PreState&) const = default;
};
[[nodiscard]] std::string preText(const PreState& pre);
/// Errors: Undecodable.
[[nodiscard]] Result<PreState> preFromText(const std::string& text);

/// Compares a filed plan with the same plan made again from fresh facts. Empty: it may go. The
/// phrase names the first bound value that moved with old and new, or the constraint that broke. A
/// requested refund that is gone by now is what the plan waits for and not a move.
[[nodiscard]] domain::Phrase preflight(const Plan& filed, const Plan& fresh);

/// Pieces of the plan's item that our own releases took out of its quarantine since it was filed.
/// They moved its bound level, and are no surprise: two destinations of one lot, two returns of one
/// SKU. @param planOf the plan of a record, nullptr when it cannot be read
[[nodiscard]] std::int64_t
ownMovesSince(const ActionRecord& record, const Plan& plan, const std::vector<ActionRecord>& others,
              const std::function<std::shared_ptr<const Plan>(const ActionRecord&)>& planOf);
/// The filed plan with its bound quarantine level lowered by @p moved.
[[nodiscard]] Plan withLevelLowered(Plan filed, std::int64_t moved);

/// Caps per call, hour and day, shop currency minor units (stop-all is the runner's). Empty:
/// within.
[[nodiscard]] domain::Phrase refusalByCaps(const Plan& plan, std::int64_t sentInHour,
                                           std::int64_t sentInDay, const domain::Policy& policy);

// ---- after sending
// --------------------------------------------------------------------------------

enum class Heard : std::uint8_t {
    Done,     ///< the platform says so, and its answer shows our values
    Refused,  ///< a business refusal: this request changed nothing
    NotTaken, ///< turned away before it was looked at (rate, access): may be sent again later
    Doubt     ///< anything else: it may have taken effect
};
struct Hearing {
    Heard heard = Heard::Doubt;
    std::string code;   ///< the platform's code or our error word
    std::string detail; ///< plain, clipped
    std::string requestId;
    std::optional<std::int64_t> fromAfter, toAfter; ///< release: levels that the answer states
    bool isPlusShown = false; ///< release: the answer lists the addition at the destination
};

/// The state that a hearing leads to. @param isFirst no earlier sending of this action is in doubt;
/// otherwise a refusal says nothing about the earlier one.
[[nodiscard]] domain::ActionState stateAfter(const Hearing& hearing, bool isFirst);

// ---- unknown outcomes (design.md 7)
// ----------------------------------------------------------------

enum class Next : std::uint8_t { Confirm, Resend, ReadAgain, Stale, Stuck };
struct Resolution {
    Next next = Next::ReadAgain;
    domain::Phrase why;
};
/// @param account freshly read; nullopt: could not be read. @param reads how often it was read
[[nodiscard]] Resolution resolveCredit(const ActionRecord& record,
                                       const std::optional<domain::Account>& account, int reads,
                                       Instant now);
struct Levels {
    std::optional<std::int64_t> from, to, spark;
    /// Sum over the site's sellable locations: what SparkLayer shows where it knows no outlet.
    /// nullopt: one of them was not read.
    std::optional<std::int64_t> sellable = std::nullopt;
};
[[nodiscard]] Resolution resolveRelease(const ActionRecord& record, const Levels& levels, int reads,
                                        Instant now);
[[nodiscard]] Resolution resolvePo(const ActionRecord& record, const Plan& plan,
                                   const std::optional<std::string>& po, int reads, Instant now);

// ---- proof (law.md 9)
// -------------------------------------------------------------------------------

enum class ProofState : std::uint8_t { Proved, NotYet, Undone };
struct ProofReading {
    ProofState state = ProofState::NotYet;
    domain::Phrase why;
    std::string text; ///< what was read, canonical JSON
};
/// A change of a balance that is explained: an order, a payment, another credit. Minor units,
/// positive: owed more.
struct KnownChange {
    std::int64_t minor = 0;
    std::string what;
};
/// @param history versions of the account, oldest first
/// @param known changes besides our own credits that happened after the write
[[nodiscard]] ProofReading proofOfCredit(const ActionRecord& record,
                                         const std::vector<domain::AccountObservation>& history,
                                         const std::vector<domain::OwnAction>& ownActions,
                                         const std::vector<KnownChange>& known);
/// @param knownSales pieces sold at the destination since the write, from orders
[[nodiscard]] ProofReading proofOfRelease(const ActionRecord& record, const Levels& levels,
                                          std::int64_t knownSales, bool isPlusShown);
[[nodiscard]] ProofReading proofOfPo(const Plan& plan, const std::optional<std::string>& po);

/// Confirmed or already settled: which state now? Settling ends as drift at proveBy.
[[nodiscard]] domain::ActionState stateAfterProof(domain::ActionState state,
                                                  const ProofReading& reading,
                                                  std::optional<Instant> proveBy, Instant now);
[[nodiscard]] Millis proveWithin(domain::ActionKind kind);
/// Wait before read number @p reads (0..) of a settling action: 2 s, 5, 10, 20, 40, then 60.
[[nodiscard]] Millis readAgainAfter(int reads);

} // namespace counterfoil::actions
