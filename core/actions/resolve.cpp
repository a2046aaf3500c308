#include "core/actions/engine.h"

#include "core/base/check.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace counterfoil::actions {

namespace {

using domain::Phrase;
using Json = nlohmann::json;

Resolution to(Next next, const char* code)
{
    return {next, Phrase(code)};
}

/// The newest sending; a rebuilt or damaged record without one cannot be resolved by reading.
const Attempt* lastAttempt(const ActionRecord& record)
{
    return record.attempts.empty() ? nullptr : &record.attempts.back();
}

/// Until then "it did not happen" is not concluded: a request may still be on its way.
bool mayStillArrive(const Attempt& attempt, Instant now)
{
    return now < attempt.at + kLateWindow;
}

int timesSent(const ActionRecord& record)
{
    return static_cast<int>(
        std::count_if(record.attempts.begin(), record.attempts.end(),
                      [](const Attempt& row) { return row.outcome != "not-sent"; }));
}

Resolution readAgainOrStuck(int reads, const char* code)
{
    return reads >= kResolveReadsMax ? to(Next::Stuck, "stuck.unreadable")
                                     : to(Next::ReadAgain, code);
}

std::string dumped(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

Resolution resolveCredit(const ActionRecord& record, const std::optional<domain::Account>& account,
                         int reads, Instant now)
{
    const Attempt* attempt = lastAttempt(record);
    if (attempt == nullptr)
        return to(Next::Stuck, "stuck.no-attempt");
    if (!account)
        return readAgainOrStuck(reads, "unknown.not-read");
    for (const domain::Receipt& receipt : account->receipts) {
        if (receipt.action != record.head.id)
            continue;
        return receipt.amount == record.head.amount ? to(Next::Confirm, "resolved.receipt")
                                                    : to(Next::Stuck, "stuck.receipt-differs");
    }
    // Receipts that we cannot read are not receipts that are absent.
    if (account->hasReceipts && !account->receiptsText.empty() && account->receipts.empty() &&
        account->receiptsText != "[]")
        return readAgainOrStuck(reads, "unknown.receipts-unreadable");
    const Result<PreState> pre = preFromText(attempt->preText);
    if (!pre)
        return to(Next::Stuck, "stuck.no-attempt");
    const std::optional<std::string> receiptsNow =
        account->hasReceipts ? std::optional(account->receiptsDigest) : std::nullopt;
    const bool isAsPlanned =
        account->balanceDigest == pre->balanceDigest && receiptsNow == pre->receiptsDigest;
    if (isAsPlanned) {
        // Both digests as planned: the same bytes can take effect at most once.
        return timesSent(record) < kAttemptsMax ? to(Next::Resend, "unknown.digests-as-planned")
                                                : to(Next::Stuck, "stuck.sent-too-often");
    }
    // The platform compared our digests and said no: another copy of the same bytes fails as well.
    const bool isLost = attempt->detail.find("STALE_OBJECT") != std::string::npos ||
                        attempt->detail.find("INVALID_COMPARE_DIGEST") != std::string::npos;
    if (!isLost && mayStillArrive(*attempt, now))
        return to(Next::ReadAgain, "unknown.may-still-arrive");
    return to(Next::Stale, "stale.digest-moved");
}

Resolution resolveRelease(const ActionRecord& record, const Levels& levels, int reads, Instant now)
{
    const Attempt* attempt = lastAttempt(record);
    if (attempt == nullptr)
        return to(Next::Stuck, "stuck.no-attempt");
    const Result<PreState> pre = preFromText(attempt->preText);
    if (!pre || !pre->fromLevel)
        return to(Next::Stuck, "stuck.no-attempt");
    if (attempt->detail.find("IDEMPOTENCY_KEY_PARAMETER_MISMATCH") != std::string::npos)
        return to(Next::Stuck, "stuck.key-mismatch");
    const bool isLost =
        attempt->detail.find("CHANGE_FROM_QUANTITY_STALE") != std::string::npos ||
        attempt->detail.find("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED") != std::string::npos;
    // Under one key the first result comes back for ever: "stale" means that no sending moved it.
    if (isLost)
        return mayStillArrive(*attempt, now) ? to(Next::ReadAgain, "unknown.may-still-arrive")
                                             : to(Next::Stale, "stale.level-moved");
    const Instant first = record.attempts.front().at;
    if (now < first + kKeyTrusted) {
        return timesSent(record) < kAttemptsMax ? to(Next::Resend, "unknown.replay")
                                                : to(Next::Stuck, "stuck.sent-too-often");
    }
    if (!levels.from || !levels.to)
        return readAgainOrStuck(reads, "unknown.not-read");
    if (*levels.from == *pre->fromLevel - record.head.quantity)
        return to(Next::Confirm, "resolved.levels");
    if (*levels.from == *pre->fromLevel && timesSent(record) < kAttemptsMax)
        return to(Next::Resend, "unknown.level-as-planned");
    return to(Next::Stuck, "stuck.levels-unclear");
}

Resolution resolvePo(const ActionRecord& record, const Plan& plan,
                     const std::optional<std::string>& po, int reads, Instant now)
{
    const Attempt* attempt = lastAttempt(record);
    if (attempt == nullptr)
        return to(Next::Stuck, "stuck.no-attempt");
    if (!po)
        return readAgainOrStuck(reads, "unknown.not-read");
    if (*po == plan.poAfter)
        return to(Next::Confirm, "resolved.value");
    if (*po == plan.poBefore) {
        // Set to a value, at most one resend (design.md 7).
        if (timesSent(record) < 2)
            return to(Next::Resend, "unknown.value-as-planned");
        return mayStillArrive(*attempt, now) ? to(Next::ReadAgain, "unknown.may-still-arrive")
                                             : to(Next::Stuck, "stuck.sent-too-often");
    }
    return mayStillArrive(*attempt, now) ? to(Next::ReadAgain, "unknown.may-still-arrive")
                                         : to(Next::Stale, "stale.value-moved");
}

ProofReading proofOfCredit(const ActionRecord& record,
                           const std::vector<domain::AccountObservation>& history,
                           const std::vector<domain::OwnAction>& ownActions,
                           const std::vector<KnownChange>& known)
{
    ProofReading reading;
    const Attempt* attempt = lastAttempt(record);
    const Result<PreState> pre = attempt != nullptr
                                     ? preFromText(attempt->preText)
                                     : Result<PreState>(fail(ErrorCode::Invalid, "no attempt"));
    if (!pre || !pre->balanceMinor) {
        reading.why = Phrase("proof.no-attempt");
        return reading;
    }
    const std::int64_t amount = record.head.amount.minor();
    const std::int64_t written = *pre->balanceMinor - amount;
    const auto isOurs = [&record](const domain::AccountObservation& row) {
        return std::find(row.receipts.begin(), row.receipts.end(), record.head.id) !=
               row.receipts.end();
    };
    const auto ours = std::find_if(history.begin(), history.end(), isOurs);
    if (ours == history.end() || !ours->balance) {
        reading.why = Phrase("proof.receipt-not-seen");
        return reading;
    }
    if (!isOurs(history.back())) {
        reading.state = ProofState::Undone;
        reading.why = Phrase("proof.receipt-gone");
        return reading;
    }
    // Every change since the figure that we wrote must be explained: our other credits by their
    // receipts, the rest by what is known.
    std::int64_t explained = 0;
    for (const domain::OwnAction& row : ownActions) {
        const bool isLater =
            row.id != record.head.id && row.kind == domain::ActionKind::Credit &&
            std::find(ours->receipts.begin(), ours->receipts.end(), row.id) ==
                ours->receipts.end() &&
            std::find(history.back().receipts.begin(), history.back().receipts.end(), row.id) !=
                history.back().receipts.end();
        explained -= isLater ? row.amount.minor() : 0;
    }
    for (const KnownChange& row : known)
        explained += row.minor;
    // "ok": the answer to our write showed our receipt in the version that it made.
    const bool isWrittenSeen = attempt->outcome == "ok" || ours->balance->minor() == written;
    const std::int64_t now = history.back().balance ? history.back().balance->minor() : written;
    const std::int64_t rest = now - written - explained;
    reading.text = dumped({{"receipt_version", ours->version},
                           {"written", written},
                           {"seen", ours->balance->minor()},
                           {"now", now},
                           {"explained", explained}});
    if (rest == amount) {
        reading.state = ProofState::Undone;
        reading.why = Phrase("proof.overwritten");
    } else if (rest == 0 || isWrittenSeen) {
        // Our figure stood there with our receipt; what others did later is theirs to explain.
        reading.state = ProofState::Proved;
        reading.why = Phrase(rest == 0 ? "proof.balance-agrees" : "proof.balance-moved-on");
    } else {
        reading.why = Phrase("proof.unexplained").with("minor", std::to_string(rest));
    }
    return reading;
}

ProofReading proofOfRelease(const ActionRecord& record, const Levels& levels,
                            std::int64_t knownSales, bool isPlusShown)
{
    ProofReading reading;
    const Attempt* attempt = lastAttempt(record);
    const Result<PreState> pre = attempt != nullptr
                                     ? preFromText(attempt->preText)
                                     : Result<PreState>(fail(ErrorCode::Invalid, "no attempt"));
    if (!pre || !pre->fromLevel || !pre->toLevel) {
        reading.why = Phrase("proof.no-attempt");
        return reading;
    }
    if (!levels.from || !levels.to) {
        reading.why = Phrase("proof.levels-unread");
        return reading;
    }
    const std::int64_t moved = record.head.quantity;
    Json text = {{"from", *levels.from}, {"to", *levels.to}, {"sales", knownSales}};
    if (levels.spark)
        text["sparklayer"] = *levels.spark;
    else
        text["sparklayer"] = "unread";
    reading.text = dumped(text);
    // Goods that arrived in quarantine meanwhile raise the level; the answer's list is proof then.
    const bool isOut = *levels.from == *pre->fromLevel - moved || isPlusShown;
    const bool isIn = *levels.to == *pre->toLevel + moved - knownSales || isPlusShown;
    if (!isOut || !isIn) {
        reading.why = Phrase("proof.levels-differ");
        return reading;
    }
    // Equal to Shopify, where SparkLayer shows the destination, or the sellable places when it
    // knows no outlet; or moved by what was released.
    // Unread now where it was read before is not followed: it is not yet seen.
    const bool isFollowed =
        !pre->sparkLevel ||
        (levels.spark && (*levels.spark == *levels.to || levels.spark == levels.sellable ||
                          *levels.spark == *pre->sparkLevel + moved - knownSales));
    reading.state = isFollowed ? ProofState::Proved : ProofState::NotYet;
    reading.why = Phrase(isFollowed ? "proof.levels-agree" : "proof.sparklayer-behind");
    return reading;
}

ProofReading proofOfPo(const Plan& plan, const std::optional<std::string>& po)
{
    ProofReading reading;
    if (!po) {
        reading.why = Phrase("proof.order-unread");
        return reading;
    }
    reading.text = dumped({{"po", *po}});
    reading.state = *po == plan.poAfter ? ProofState::Proved : ProofState::NotYet;
    reading.why = Phrase(*po == plan.poAfter ? "proof.po-agrees" : "proof.po-differs");
    return reading;
}

domain::ActionState stateAfterProof(domain::ActionState state, const ProofReading& reading,
                                    std::optional<Instant> proveBy, Instant now)
{
    using enum domain::ActionState;
    CF_CHECK(state == Confirmed || state == Settled || state == Drift);
    switch (reading.state) {
    case ProofState::Proved:
        return Settled;
    case ProofState::Undone:
        return Drift;
    case ProofState::NotYet:
        return state == Confirmed && proveBy && now >= *proveBy ? Drift : state;
    }
    return state;
}

} // namespace counterfoil::actions
