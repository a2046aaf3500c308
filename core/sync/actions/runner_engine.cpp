#include "core/sync/actions/runner.h"

#include "core/actions/writes.h"
#include "core/base/check.h"

#include <algorithm>
#include <utility>

namespace counterfoil::sync {

namespace {

using actions::ActionRecord;
using actions::Attempt;
using actions::Heard;
using actions::Hearing;
using actions::Plan;
using domain::ActionKind;
using domain::ActionState;
using domain::Phrase;

constexpr int kStepsMax = 200;     // states one call of drive() may walk through
constexpr int kWorstCaseCalls = 8; // reads to resolve one write, reserved before it leaves
const PersonId kEngine("engine");

/// Removes its mark when the frame goes, however it goes.
class Mark {
public:
    Mark(std::set<ActionId>& marks, ActionId id) : m_marks(marks), m_id(std::move(id))
    {
        m_isMine = m_marks.insert(m_id).second;
    }
    ~Mark()
    {
        if (m_isMine)
            m_marks.erase(m_id);
    }
    Mark(const Mark&) = delete;
    Mark& operator=(const Mark&) = delete;
    [[nodiscard]] bool isMine() const { return m_isMine; }

private:
    std::set<ActionId>& m_marks;
    ActionId m_id;
    bool m_isMine = false;
};

/// Writes that must not cross: the same balance, the same item.
std::string laneOf(const ActionRecord& record, const Plan& plan)
{
    switch (record.head.kind) {
    case ActionKind::Credit:
        return "balance|" + plan.customer.value;
    case ActionKind::Release:
        return "item|" + plan.item.value;
    case ActionKind::SetPo:
        return "order|" + plan.order.value;
    }
    return {};
}

request::PreparedRequest requestOf(const Plan& plan, const Attempt& attempt)
{
    request::PreparedRequest write;
    if (!plan.calls.empty()) {
        write.method = plan.calls.front().method;
        write.path = plan.calls.front().path;
    }
    write.body = attempt.body;
    write.contentType = "application/json";
    write.label = attempt.label;
    write.idempotencyKey = attempt.idempotencyKey;
    write.isWrite = true;
    return write;
}

std::string outcomeWord(Heard heard)
{
    switch (heard) {
    case Heard::Done:
        return "ok";
    case Heard::Refused:
        return "refused";
    case Heard::NotTaken:
        return "not-sent";
    case Heard::Doubt:
        return "unknown";
    }
    return "unknown";
}

actions::PreState preStateOf(const domain::CaseFacts& facts, const actions::Levels& levels)
{
    actions::PreState pre;
    if (facts.account) {
        pre.balanceDigest = facts.account->balanceDigest;
        if (facts.account->hasReceipts)
            pre.receiptsDigest = facts.account->receiptsDigest;
        if (facts.account->balance)
            pre.balanceMinor = facts.account->balance->minor();
    }
    pre.fromLevel = levels.from;
    pre.toLevel = levels.to;
    pre.sparkLevel = levels.spark;
    pre.po = facts.order ? facts.order->poNumber : std::string();
    return pre;
}

/// The one write with the figures just read.
Result<request::PreparedRequest> writeOf(const Plan& plan, const ActionId& id,
                                         const domain::CaseFacts& facts,
                                         const actions::Levels& levels,
                                         const actions::PlanContext& context)
{
    switch (plan.kind) {
    case ActionKind::Credit:
        if (!facts.account)
            return fail(ErrorCode::Invalid, "balance not read");
        return actions::creditWrite(plan, id, *facts.account, context.now, context);
    case ActionKind::Release:
        if (!levels.from)
            return fail(ErrorCode::Invalid, "quarantine level not read");
        return actions::releaseWrite(plan, id, *levels.from, context);
    case ActionKind::SetPo:
        return actions::poWrite(plan, context);
    }
    return fail(ErrorCode::Internal, "unknown kind");
}

Attempt attemptOf(const request::PreparedRequest& write, int number, Instant now,
                  const actions::PreState& pre)
{
    Attempt attempt;
    attempt.number = number;
    attempt.at = now;
    attempt.label = write.label;
    attempt.body = write.body;
    attempt.requestHash = write.hash();
    attempt.idempotencyKey = write.idempotencyKey;
    attempt.preText = actions::preText(pre);
    return attempt;
}

} // namespace

Task<Result<ActionState>> Runner::drive(ActionId id)
{
    const Mark mark(m_driving, id);
    if (!mark.isMine())
        co_return fail(ErrorCode::Conflict, "this action is already under way");
    for (int steps = 0; steps < kStepsMax; ++steps) {
        const Result<Loaded> loaded = load(id);
        if (!loaded)
            co_return fail(loaded.error());
        const ActionState state = loaded->record.head.state;
        if (state != ActionState::Sending && state != ActionState::Unknown)
            m_fromBefore.erase(id);
        if (actions::isResting(state)) {
            if (m_services.calls != nullptr)
                m_services.calls->release(id);
            co_return state;
        }
        const Result<void> done = co_await step(id, state);
        if (!done)
            co_return fail(done.error());
    }
    co_return fail(ErrorCode::Internal, "action does not come to rest");
}

Task<Result<void>> Runner::step(ActionId id, ActionState state)
{
    Result<void> done;
    if (state == ActionState::Approved)
        done = co_await stepApproved(id);
    else if (state == ActionState::Leased)
        done = stepLeased(id);
    else if (state == ActionState::Sending)
        done = stepSending(id);
    else if (state == ActionState::Unknown)
        done = co_await stepUnknown(id);
    else
        done = co_await stepConfirmed(id);
    co_return done;
}

bool Runner::isLaneBusy(const Loaded& loaded) const
{
    const auto busy = m_services.ledger->actionsInStates(
        {ActionState::Leased, ActionState::Sending, ActionState::Unknown});
    if (!busy)
        return true; // not known is not free
    const std::string lane = laneOf(loaded.record, *loaded.plan);
    return std::any_of(busy->begin(), busy->end(), [&](const ActionRecord& row) {
        if (row.head.id == loaded.record.head.id || row.site != loaded.record.site)
            return false;
        const std::shared_ptr<const Plan> plan = planOf(row);
        return plan == nullptr || laneOf(row, *plan) == lane;
    });
}

Task<Result<void>> Runner::stepApproved(ActionId id)
{
    for (;;) {
        Result<Loaded> loaded = load(id);
        if (!loaded)
            co_return fail(loaded.error());
        if (loaded->record.head.state != ActionState::Approved)
            co_return Result<void>();
        const Result<bool> isStopped = m_services.ledger->isStopAll();
        if (!isStopped)
            co_return fail(isStopped.error());
        if (*isStopped)
            co_return refuse(Phrase("refuse.stop-all"));
        const Instant now = m_services.clock->now();
        const Instant heldUntil = loaded->record.heldUntil.value_or(now);
        if (heldUntil > now) {
            co_await m_services.clock->sleep(heldUntil - now);
            continue;
        }
        // What an earlier run left in doubt comes first, and no two writes cross.
        if (!m_fromBefore.empty() || isLaneBusy(*loaded)) {
            co_await m_services.clock->sleep(m_services.tick);
            continue;
        }
        const Result<void> leased = move(loaded->record, ActionState::Leased, Phrase(), kEngine);
        if (!leased)
            co_return fail(leased.error());
        break;
    }
    const Result<void> sent = co_await sendLeased(id);
    co_return sent;
}

/// Found leased: whoever leased it went away before the first byte. Nothing was sent.
Result<void> Runner::stepLeased(const ActionId& id)
{
    Result<Loaded> loaded = load(id);
    if (!loaded)
        return fail(loaded.error());
    for (Attempt attempt : loaded->record.attempts) {
        if (!attempt.outcome.empty())
            continue;
        attempt.outcome = "not-sent";
        attempt.detail = "interrupted before sending";
        const Result<void> saved = saveAttempt(loaded->record, attempt, "action.not-sent");
        if (!saved)
            return saved;
    }
    Result<Loaded> fresh = load(id);
    if (!fresh)
        return fail(fresh.error());
    if (m_services.calls != nullptr)
        m_services.calls->release(id);
    return move(fresh->record, ActionState::Approved, Phrase("action.interrupted"), kEngine);
}

Result<std::int64_t> Runner::ownMovesSince(const Loaded& loaded) const
{
    if (loaded.plan->kind != ActionKind::Release)
        return 0;
    const auto moved = m_services.ledger->actionsInStates(
        {ActionState::Confirmed, ActionState::Settled, ActionState::Drift});
    if (!moved)
        return fail(moved.error());
    return actions::ownMovesSince(loaded.record, *loaded.plan, *moved,
                                  [this](const ActionRecord& row) { return planOf(row); });
}

/// Found sending: the request may have left, and nobody heard the answer.
Result<void> Runner::stepSending(const ActionId& id)
{
    Result<Loaded> loaded = load(id);
    if (!loaded)
        return fail(loaded.error());
    if (!loaded->record.attempts.empty() && loaded->record.attempts.back().outcome.empty()) {
        Attempt attempt = loaded->record.attempts.back();
        attempt.outcome = "unknown";
        attempt.detail = "interrupted while sending";
        const Result<void> saved = saveAttempt(loaded->record, attempt, "action.interrupted");
        if (!saved)
            return saved;
        loaded = load(id);
        if (!loaded)
            return fail(loaded.error());
    }
    return move(loaded->record, ActionState::Unknown, Phrase("unknown.interrupted"), kEngine);
}

Task<Result<void>> Runner::sendLeased(ActionId id)
{
    Result<void> ready;
    if (m_services.calls != nullptr) {
        const Result<Loaded> loaded = load(id);
        if (!loaded)
            co_return fail(loaded.error());
        ready = m_services.calls->reserve(loaded->record.site, id, kWorstCaseCalls);
    }
    if (ready)
        ready = co_await rereadFor(id);
    if (!ready) {
        const Error error = ready.error();
        const Result<void> back = stepLeased(id);
        co_return back ? fail(error) : fail(back.error());
    }
    Result<std::optional<request::PreparedRequest>> prepared = prepare(id);
    if (!prepared)
        co_return fail(prepared.error());
    if (!*prepared)
        co_return Result<void>();
    request::PreparedRequest write = std::move(**prepared);
    const Result<void> sent = co_await transmit(id, write);
    co_return sent;
}

Result<std::optional<request::PreparedRequest>> Runner::prepare(const ActionId& id)
{
    const std::optional<request::PreparedRequest> none;
    Result<Loaded> loaded = load(id);
    if (!loaded)
        return fail(loaded.error());
    ActionRecord& record = loaded->record;
    if (record.head.state != ActionState::Leased)
        return none;
    const RunnerSite* where = site(record.site);
    if (where == nullptr)
        return fail(ErrorCode::NotFound, "site " + record.site);
    const Instant now = m_services.clock->now();
    const auto leave = [&](ActionState to,
                           Phrase why) -> Result<std::optional<request::PreparedRequest>> {
        const Result<void> moved = move(record, to, std::move(why), kEngine);
        if (!moved)
            return fail(moved.error());
        return none;
    };
    const Result<domain::CaseFacts> facts = factsOf(record.site, record.caseId);
    if (!facts)
        return leave(ActionState::Stale, Phrase("stale.case-gone"));
    const Result<Plan> fresh = planAgain(*loaded->plan, actions::withoutAction(*facts, id));
    if (!fresh)
        return fail(fresh.error());
    const Result<std::int64_t> ownMoves = ownMovesSince(*loaded);
    if (!ownMoves)
        return fail(ownMoves.error());
    Phrase moved = actions::preflight(actions::withLevelLowered(*loaded->plan, *ownMoves), *fresh);
    if (!moved.code.empty())
        return leave(ActionState::Stale, std::move(moved));
    const Result<actions::Requirement> need = requirementFor(record, *fresh, where->policy);
    if (!need)
        return fail(need.error());
    Phrase unsigned_ = actions::refusalToSend(record, *need, where->policy, now);
    if (unsigned_.code == "refuse.approval-expired")
        return leave(ActionState::Expired, std::move(unsigned_));
    if (!unsigned_.code.empty())
        return leave(ActionState::Stale, std::move(unsigned_));
    const Result<Phrase> caps = capsRefusal(*where, *loaded->plan);
    const Result<bool> isStopped = m_services.ledger->isStopAll();
    if (!caps || !isStopped || !caps->code.empty() || *isStopped) {
        const Result<void> back = stepLeased(id);
        if (!back)
            return fail(back.error());
        if (!caps)
            return fail(caps.error());
        return refuse(caps->code.empty() ? Phrase("refuse.stop-all") : *caps);
    }
    const actions::Levels levels = levelsOf(*loaded->plan);
    Result<request::PreparedRequest> write =
        writeOf(*loaded->plan, id, *facts, levels, contextFor(*where, record.head.kind));
    if (!write)
        return leave(ActionState::Stale,
                     Phrase("stale.constraint").with("why", write.error().detail));
    const Attempt attempt = attemptOf(*write, static_cast<int>(record.attempts.size()) + 1, now,
                                      preStateOf(*facts, levels));
    const Result<void> saved = saveAttempt(record, attempt, "action.intent");
    if (!saved)
        return fail(saved.error());
    record.attempts.push_back(attempt);
    if (!record.head.sentAt)
        record.head.sentAt = now;
    const Result<void> sending = move(record, ActionState::Sending, Phrase(), kEngine);
    if (!sending)
        return fail(sending.error());
    return std::optional(std::move(*write));
}

Task<Result<void>> Runner::transmit(ActionId id, request::PreparedRequest write)
{
    {
        // Read back before the first byte: state, intent and signature are what they were.
        const Result<Loaded> saved = load(id);
        if (!saved)
            co_return fail(saved.error());
        const ActionRecord& record = saved->record;
        CF_CHECK(record.head.state == ActionState::Sending);
        CF_CHECK(!record.attempts.empty() && record.attempts.back().requestHash == write.hash());
        CF_CHECK(actions::planHash(*saved->plan) == record.planHash);
    }
    std::string siteId;
    {
        const Result<Loaded> loaded = load(id);
        if (!loaded)
            co_return fail(loaded.error());
        siteId = loaded->record.site;
    }
    const Result<HttpReply> reply =
        co_await m_services.sender->sendWrite(siteId, Platform::Shopify, write);
    Result<Loaded> loaded = load(id);
    if (!loaded)
        co_return fail(loaded.error());
    ActionRecord& record = loaded->record;
    if (record.head.state != ActionState::Sending)
        co_return Result<void>();
    const Hearing hearing = hear(*loaded->plan, id, reply);
    const bool isFirst = std::none_of(record.attempts.begin(), record.attempts.end() - 1,
                                      [](const Attempt& row) { return row.outcome != "not-sent"; });
    Attempt& attempt = record.attempts.back();
    attempt.outcome = outcomeWord(hearing.heard);
    attempt.detail = hearing.code + (hearing.detail.empty() ? "" : ": " + hearing.detail);
    if (hearing.heard == Heard::Done && hearing.isPlusShown)
        attempt.detail = "plus-shown";
    attempt.requestId = hearing.requestId;
    const Result<void> noted = saveAttempt(record, attempt, "action.answer");
    if (!noted)
        co_return fail(noted.error());
    const ActionState to = actions::stateAfter(hearing, isFirst);
    if (to == ActionState::Confirmed)
        record.proveBy = m_services.clock->now() + actions::proveWithin(record.head.kind);
    Phrase why;
    if (to == ActionState::Refused)
        why = Phrase("action.refused").with("code", hearing.code).with("text", hearing.detail);
    else if (to == ActionState::Unknown)
        why = Phrase("unknown.no-good-answer").with("code", hearing.code);
    const Result<void> moved = move(record, to, std::move(why), kEngine);
    if (!moved)
        co_return fail(moved.error());
    if (to == ActionState::Approved) {
        Error error(ErrorCode::RateLimited, hearing.code, Platform::Shopify);
        co_return fail(std::move(error));
    }
    co_return Result<void>();
}

Task<Result<void>> Runner::resend(ActionId id)
{
    request::PreparedRequest write;
    {
        Result<Loaded> loaded = load(id);
        if (!loaded)
            co_return fail(loaded.error());
        ActionRecord& record = loaded->record;
        CF_CHECK(record.head.state == ActionState::Unknown && !record.attempts.empty());
        Attempt attempt = record.attempts.back();
        write = requestOf(*loaded->plan, attempt);
        if (write.hash() != attempt.requestHash) {
            const Result<void> stuck =
                move(record, ActionState::Stuck, Phrase("stuck.other-bytes"), kEngine);
            co_return stuck;
        }
        ++attempt.number;
        attempt.at = m_services.clock->now();
        attempt.outcome.clear();
        attempt.detail.clear();
        attempt.requestId.clear();
        const Result<void> saved = saveAttempt(record, attempt, "action.intent");
        if (!saved)
            co_return fail(saved.error());
        record.attempts.push_back(attempt);
        const Result<void> sending =
            move(record, ActionState::Sending, Phrase(), kEngine, "resent");
        if (!sending)
            co_return fail(sending.error());
    }
    const Result<void> sent = co_await transmit(id, write);
    co_return sent;
}

} // namespace counterfoil::sync
