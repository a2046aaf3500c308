#include "tests/simulation/world.h"

#include "core/actions/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

/// Invariants of design.md 13.
namespace counterfoil::simulation {

using actions::ActionRecord;
using domain::ActionState;

/// At the moment of sending: the intent is saved, signed by the right people, and its hash is the
/// plan's.
void World::checkSend(const request::PreparedRequest& write)
{
    const ActionRecord* sender = nullptr;
    for (const auto& [id, record] : m_disk.actions) {
        if (record.head.state == ActionState::Sending && !record.attempts.empty() &&
            record.attempts.back().requestHash == write.hash() &&
            record.attempts.back().body == write.body)
            sender = &record;
    }
    if (sender == nullptr) {
        breach("a request left without a saved attempt");
        return;
    }
    const auto hash = actions::hashOfPlanJson(sender->planJson);
    if (!hash || *hash != sender->planHash)
        breach("plan hash differs at send");
    std::set<PersonId> people;
    for (const actions::Approval& row : sender->approvals) {
        if (row.planHash != sender->planHash)
            breach("an approval signed another hash");
        if (!people.insert(row.person).second)
            breach("the same person signed twice");
    }
    if (people.empty())
        breach("sent without a signature");
    const bool isSingle = m_sites.front().policy.isSingleSeat;
    if (sender->needsSecondPerson && !isSingle && people.contains(sender->head.proposer))
        breach("sent on the proposer's own signature");
    if (m_disk.isStopAll)
        breach("sent although everything was stopped");
}

void World::checkCredits()
{
    std::map<ActionId, int> times;
    std::map<UnitId, std::int64_t> credits;
    std::map<LineId, std::int64_t> perLine, invoiced;
    for (const auto& [id, facts] : m_disk.cases) {
        for (const domain::OrderLine& line : *facts.order->lines)
            invoiced[line.id] = line.discountedUnit.presentment.minor() * line.quantity * 6 / 5;
    }
    std::int64_t sum = 0;
    for (const Effect& effect : m_shop.credits) {
        ++m_outcome.credits;
        sum += effect.minor;
        const auto found = m_disk.actions.find(effect.action);
        if (found == m_disk.actions.end()) {
            breach("a credit of an action that the ledger does not know");
            continue;
        }
        const ActionRecord& record = found->second;
        if (record.attempts.empty())
            breach("a credit without a saved attempt");
        if (++times[effect.action] > 1)
            breach("one action took effect twice");
        if (effect.minor != record.head.amount.minor())
            breach(fmt::format("owed fell by {} and not by {}", effect.minor,
                               record.head.amount.minor()));
        for (const actions::UnitShare& share : record.shares) {
            if (++credits[share.unit] > 1)
                breach("unit " + share.unit.value + " was credited twice");
            perLine[share.line] += share.amountMinor;
        }
    }
    for (const auto& [line, minor] : perLine) {
        if (minor > invoiced[line])
            breach("line " + line.value + " was credited above its invoiced value");
    }
    for (const auto& [customer, owner] : m_shop.owners) {
        if (m_shop.balanceMinor(customer) != owner.startMinor + owner.foreignMinor - sum)
            breach("owed after is not owed before less the credits");
    }
}

void World::checkReleases()
{
    std::map<ActionId, int> times;
    std::map<UnitId, int> moved;
    std::int64_t sum = 0;
    for (const Effect& effect : m_shop.releases) {
        ++m_outcome.releases;
        sum += effect.quantity;
        const auto found = m_disk.actions.find(effect.action);
        if (found == m_disk.actions.end() || found->second.attempts.empty()) {
            breach("a release without a saved attempt");
            continue;
        }
        if (++times[effect.action] > 1)
            breach("one release moved twice");
        if (found->second.approvals.empty())
            breach("a release without approval");
        const domain::CaseFacts& facts = m_disk.cases.at(found->second.caseId);
        for (const actions::UnitShare& share : found->second.shares) {
            if (++moved[share.unit] > 1)
                breach("unit " + share.unit.value + " was released twice");
            const bool isInspected =
                std::any_of(facts.inspections.begin(), facts.inspections.end(),
                            [&share](const auto& row) { return row.unit == share.unit; });
            if (!isInspected)
                breach("unit " + share.unit.value + " is sellable and nobody looked at it");
        }
    }
    for (const auto& [place, level] : m_shop.levels) {
        const bool isSellable = place.find("/22|") != std::string::npos;
        if (level.available != level.start + level.foreign + (isSellable ? sum : -sum))
            breach("levels do not add up at " + place);
        if (level.available < 0 && !isSellable)
            breach("the quarantine fell below zero");
    }
}

/// No accepted intent is lost, and what the ledger says of it is what the platform shows.
void World::checkRest()
{
    std::set<ActionId> done;
    for (const Effect& effect : m_shop.credits)
        done.insert(effect.action);
    for (const Effect& effect : m_shop.releases)
        done.insert(effect.action);
    for (const ActionId& id : m_accepted) {
        if (!m_disk.actions.contains(id))
            breach("an accepted intent is lost");
    }
    for (const auto& [id, record] : m_disk.actions) {
        const ActionState state = record.head.state;
        const std::string word(domain::actionStateWord(state));
        m_outcome.settled += state == ActionState::Settled ? 1U : 0U;
        m_outcome.stuck += state == ActionState::Stuck ? 1U : 0U;
        m_outcome.stale += state == ActionState::Stale ? 1U : 0U;
        m_outcome.drift += state == ActionState::Drift ? 1U : 0U;
        m_outcome.doubts += record.attempts.size() > 1 ? 1U : 0U;
        if (!actions::isResting(state))
            breach("not at rest: " + word + " " + record.problem.code);
        const bool saysDone = state == ActionState::Settled || state == ActionState::Drift;
        const bool saysNot = domain::isWithdrawn(state) || state == ActionState::Proposed;
        if (done.contains(id) && saysNot)
            breach("took effect and the ledger says " + word + " " + record.problem.code);
        if (!done.contains(id) && saysDone)
            breach("had no effect and the ledger says " + word);
    }
}

} // namespace counterfoil::simulation
