#pragma once

#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/result.h"
#include "core/domain/own_action.h"
#include "core/domain/phrase.h"
#include "core/money/money.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::actions {

/// One piece's share of a plan. Amounts in the order's currency; zero for stock.
struct PlanUnit {
    UnitId unit;
    LineId line;
    std::string sku;
    std::string verdict; ///< "a-grade", "b-grade", "damaged", "wrong-item", "missing", "" for none
    money::Money net, tax, gross;
    money::Money invoicedGross; ///< what one piece of the line was invoiced at, rounded up
};

/// An agreed fee, each a line of its own (law.md 3). Positive amounts lower the credit.
struct PlanFee {
    std::string kind; ///< restocking, return, label
    money::Money net, tax, gross;
};

/// What a system will show, before and after. @p isReadAtSend: the figure is read again when the
/// write leaves, only the difference is promised.
struct Prediction {
    Platform system = Platform::None;
    std::string field; ///< "balance", "available", "quarantine-level", "sellable-level", "po"
    std::string before, after;
    bool isReadAtSend = false;
};

enum class StepState : std::uint8_t {
    Done,       ///< read as done
    Claimed,    ///< said done, not seen
    ToDo,       ///< a person must do it, not from here
    This,       ///< the action of this plan
    Waits,      ///< waits for another step
    NotPresent, ///< that system is not connected or nothing is asked of it
    Open        ///< can be done beside this one
};
/// "done", "claimed", "to-do", "this", "waits", "not-present", "open".
[[nodiscard]] std::string_view stepStateWord(StepState state);

/// A step of a settlement (law.md 8, numbers 0 to 6).
struct Step {
    int number = 0;
    domain::Phrase title;
    StepState state = StepState::Open;
    domain::Phrase note;            ///< what it waits for, or what was read
    std::vector<std::string> calls; ///< short form of what is sent, no secrets
};

enum class CheckLevel : std::uint8_t { Passed, Attention, Blocking };
struct Check {
    CheckLevel level = CheckLevel::Passed;
    domain::Phrase text;
    std::string figure; ///< "9 of 9", "3,315.50"
};

/// One call of the plan. The body is the preview's; where it holds figures that are read at send
/// (balance, digests, levels) the fields are named.
struct PlannedCall {
    std::string label; ///< "shopify AccountCredit"
    Platform platform = Platform::None;
    std::string method, path;
    std::string body; ///< exact for what was read now
    std::vector<std::string> readAtSend;
};

/// What the limits and signatures are worked out from.
struct ApprovalNeed {
    std::int64_t shopMinor = 0; ///< amount by the order's own rate, shop currency minor units
    bool isExactInTwo = false;  ///< the amount agrees in two systems to the minor unit
    bool isRefundRequested = false;
    bool isBelowZero = false;
    bool isOtherAmount = false;
    CustomerId customer;
};

/// What will be done, complete: what is previewed is what runs. Immutable once filed.
struct Plan {
    domain::ActionKind kind = domain::ActionKind::Credit;
    SiteId site;
    CaseId caseId;
    RmaId rma;
    OrderId order;
    std::string orderName, orderGid;
    CustomerId customer;
    std::string customerGid;
    std::string naturalKey;
    std::string route; ///< credit: "metafield"
    bool isBelowZeroAllowed = false;

    std::vector<PlanUnit> units;
    std::vector<PlanFee> fees;
    money::Money net, tax, gross; ///< of the action
    money::Money forecast, notDue;

    std::string sku; ///< release
    InventoryItemId item;
    LocationId from, to;
    std::int64_t quantity = 0;

    std::string poBefore, poAfter;

    /// Values whose move makes the plan stale, name -> value as read (law.md 9).
    std::map<std::string, std::string> bound;
    /// Conditions that must hold when it leaves: "balance-not-below-zero", "target-active",
    /// "within-limits", "receipts-writable".
    std::vector<std::string> constraints;

    // Shown, not signed: figures that move all day and texts made from them.
    std::vector<Prediction> predictions;
    std::vector<domain::Phrase> sideEffects, notSent;
    std::vector<Step> steps;
    std::vector<Check> checks;
    std::vector<PlannedCall> calls;
    ApprovalNeed need;

    [[nodiscard]] const Check* firstBlocking() const;
    [[nodiscard]] bool isSendable() const { return firstBlocking() == nullptr; }
};

/// The part that approvals sign: canonical JSON, keys in order, no blanks.
[[nodiscard]] std::string signedJson(const Plan& plan);
/// SHA-256 of the signed part.
[[nodiscard]] std::string planHash(const Plan& plan);
/// UUIDv5 of natural key and plan hash: the same in a rebuilt store (law.md 9).
[[nodiscard]] ActionId actionIdOf(const Plan& plan);
/// Both parts, canonical: what the ledger keeps.
[[nodiscard]] std::string planJson(const Plan& plan);
/// Hash of the signed part of a kept plan. Errors: Undecodable.
[[nodiscard]] Result<std::string> hashOfPlanJson(const std::string& json);
/// The plan as kept; steps, checks and calls come back as they were shown. Errors: Undecodable.
[[nodiscard]] Result<Plan> planFromJson(const std::string& json);

} // namespace counterfoil::actions
