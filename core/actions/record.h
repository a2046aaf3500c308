#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/own_action.h"
#include "core/domain/phrase.h"
#include "core/domain/site.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::actions {

/// A signature under a plan. Valid only while its hash is the plan's.
struct Approval {
    PersonId person;
    domain::Role role = domain::Role::FinanceApprover;
    std::string planHash;
    Instant at{};
    bool isEnforced =
        false; ///< false in single-seat mode: four eyes could not hold, and the audit row says so
    std::string reason;
};

/// One sending, saved before its first byte leaves. The outcome is filled in later.
struct Attempt {
    int number = 0; ///< 1..
    Instant at{};
    std::string label;       ///< "shopify AccountCredit"
    std::string body;        ///< exact bytes, without secrets
    std::string requestHash; ///< SHA-256 of method, path and body
    std::string idempotencyKey;
    std::string preText;   ///< what the preflight read right before: digests, balance, levels
                           ///< (canonical JSON)
    std::string outcome;   ///< "", "ok", "refused", "unknown", "not-sent"
    std::string detail;    ///< error word and text, plain
    std::string requestId; ///< the platform's id of the call
};

/// One unit's share in an action: at most one row per (site, unit, book, purpose) that is not
/// withdrawn.
struct UnitShare {
    UnitId unit;
    LineId line;
    std::int64_t amountMinor = 0; ///< gross; 0 for stock
    std::int64_t valueMinorMax =
        0; ///< invoiced value of the unit: the sum in one book never exceeds it
};

/// An action as the ledger keeps it. The plan's text never changes after filing.
struct ActionRecord {
    domain::OwnAction head;
    std::string site;
    CaseId caseId;
    FindingId finding;      ///< the exception it was started from, may be empty
    std::string naturalKey; ///< same intent, same text, in a rebuilt store too
    std::string planJson;   ///< canonical
    std::string planHash;
    std::vector<UnitShare> shares;
    std::vector<Approval> approvals;
    std::vector<Attempt> attempts;
    std::string reasonCode, reasonText; ///< the proposer's
    std::optional<Instant> heldUntil;   ///< undo window: sent at the earliest then
    std::optional<Instant> proveBy;     ///< settling ends as unproved then
    std::string proofText;              ///< what was read as proof (canonical JSON)
    domain::Phrase problem;             ///< why stale, refused, stuck, drift
    bool needsSecondPerson = false;
    bool isFrontEndWaiting = false;
};

/// A line for the audit chain. Written in the transaction of the change it tells of.
struct AuditEntry {
    PersonId person;    ///< "engine" for the program itself
    std::string what;   ///< "action.filed", "action.sent", "finding.opened", "view.personal" ...
    std::string object; ///< id of what it is about
    std::string detail; ///< canonical JSON, without secrets and personal data
};

} // namespace counterfoil::actions
