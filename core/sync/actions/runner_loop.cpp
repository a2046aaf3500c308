#include "core/sync/actions/runner.h"

#include <algorithm>
#include <utility>

namespace counterfoil::sync {

namespace {

using actions::ActionRecord;
using actions::Attempt;
using actions::Plan;
using domain::ActionKind;
using domain::ActionState;
using domain::Phrase;

constexpr Millis kLateLook = std::chrono::hours(24);
constexpr Millis kUpkeep = std::chrono::minutes(1);
constexpr int kFailuresMax = 6; // exponent of the back-off of an action that cannot go
const PersonId kEngine("engine");

} // namespace

Task<void> Runner::driveLogged(ActionId id)
{
    const Result<ActionState> rest = co_await drive(id);
    if (rest) {
        m_failures.erase(id);
        m_notBefore.erase(id);
        co_return;
    }
    // The ledger keeps what happened; here only the next try is put off: 2 s doubling to 2 min.
    int& failures = m_failures[id];
    failures = std::min(failures + 1, kFailuresMax);
    m_notBefore[id] = m_services.clock->now() + std::chrono::seconds(1 << failures);
}

void Runner::startReady()
{
    const auto open = m_services.ledger->actionsInStates(
        {ActionState::Leased, ActionState::Sending, ActionState::Unknown, ActionState::Confirmed,
         ActionState::Approved});
    if (!open)
        return;
    const Instant now = m_services.clock->now();
    for (const ActionRecord& record : *open) {
        const ActionId id = record.head.id;
        const auto wait = m_notBefore.find(id);
        const bool isWaiting = wait != m_notBefore.end() && wait->second > now;
        if (!isWaiting && !m_driving.contains(id))
            m_group.spawn(driveLogged(id));
    }
}

void Runner::expireOld()
{
    const auto open = m_services.ledger->actionsInStates({ActionState::Proposed});
    if (!open)
        return;
    const Instant now = m_services.clock->now();
    for (ActionRecord record : *open) {
        const RunnerSite* where = site(record.site);
        if (where == nullptr ||
            actions::approvalEnds(record.head.createdAt, where->policy.calendar) > now)
            continue;
        // Somebody may have signed it in this very moment: then it is not ours to end.
        const Result<void> ended =
            move(record, ActionState::Expired, Phrase("action.expired"), kEngine);
        static_cast<void>(ended);
    }
}

/// The platform's receipt outranks our memory: a write that we gave up and that arrived after all.
void Runner::lookForLateReceipts()
{
    const auto given = m_services.ledger->actionsInStates({ActionState::Stale, ActionState::Stuck});
    if (!given)
        return;
    const Instant now = m_services.clock->now();
    for (ActionRecord record : *given) {
        const bool wasSent =
            std::any_of(record.attempts.begin(), record.attempts.end(),
                        [](const Attempt& row) { return row.outcome != "not-sent"; });
        if (record.head.kind != ActionKind::Credit || !wasSent ||
            record.head.changedAt + kLateLook < now)
            continue;
        const std::shared_ptr<const Plan> plan = planOf(record);
        if (plan == nullptr)
            continue;
        const auto account = m_services.ledger->account(record.site, plan->customer);
        if (!account || !*account)
            continue;
        const auto& receipts = (*account)->receipts;
        const bool isThere =
            std::any_of(receipts.begin(), receipts.end(), [&record](const domain::Receipt& row) {
                return row.action == record.head.id && row.amount == record.head.amount;
            });
        if (!isThere)
            continue;
        record.proveBy = now + actions::kProveCredit;
        const Result<void> moved =
            move(record, ActionState::Confirmed, Phrase("resolved.late-receipt"), kEngine);
        static_cast<void>(moved); // Conflict: another action holds the units; a person sees both
    }
}

void Runner::upkeep()
{
    expireOld();
    lookForLateReceipts();
    m_nextUpkeep = m_services.clock->now() + kUpkeep;
}

Task<void> Runner::run()
{
    const auto left =
        m_services.ledger->actionsInStates({ActionState::Sending, ActionState::Unknown});
    if (left) {
        for (const ActionRecord& record : *left)
            m_fromBefore.insert(record.head.id);
    }
    for (;;) {
        if (m_services.clock->now() >= m_nextUpkeep)
            upkeep();
        startReady();
        co_await m_services.clock->sleep(m_services.tick);
    }
}

Task<Result<void>> Runner::runOnce()
{
    upkeep();
    std::set<ActionId> tried;
    for (;;) {
        ActionId next;
        const auto open = m_services.ledger->actionsInStates(
            {ActionState::Leased, ActionState::Sending, ActionState::Unknown,
             ActionState::Confirmed, ActionState::Approved});
        if (!open)
            co_return fail(open.error());
        // Doubt first: what may have been sent is looked at before anything new leaves.
        const auto rank = [](ActionState state) { return state == ActionState::Approved ? 1 : 0; };
        int best = 2;
        for (const ActionRecord& record : *open) {
            if (!tried.contains(record.head.id) && rank(record.head.state) < best) {
                best = rank(record.head.state);
                next = record.head.id;
            }
        }
        if (next.empty())
            co_return Result<void>();
        tried.insert(next);
        const Result<ActionState> rest = co_await drive(next);
        if (!rest && rest.error().code == ErrorCode::Store)
            co_return fail(rest.error());
    }
}

} // namespace counterfoil::sync
