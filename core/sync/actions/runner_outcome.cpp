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

const PersonId kEngine("engine");

/// Both ends of a release, and where SparkLayer's figure may come from instead.
std::vector<LocationId> locationsOf(const Plan& plan, const RunnerSite* where)
{
    std::vector<LocationId> locations{plan.from, plan.to};
    if (where == nullptr || !where->policy.isSparklayerConnected)
        return locations;
    for (const auto& [gid, kind] : where->policy.locations) {
        const LocationId location(gid);
        if (kind == domain::LocationKind::Sellable &&
            std::find(locations.begin(), locations.end(), location) == locations.end())
            locations.push_back(location);
    }
    return locations;
}

} // namespace

Task<Result<void>> Runner::rereadFor(ActionId id)
{
    const Result<Loaded> loaded = load(id);
    if (!loaded)
        co_return fail(loaded.error());
    RereadScope scope;
    scope.caseId = loaded->record.caseId;
    scope.rma = loaded->plan->rma;
    scope.order = loaded->plan->order;
    const std::string siteId = loaded->record.site;
    const bool isPreflight = loaded->record.head.state == ActionState::Leased;
    const RunnerSite* where = site(siteId);
    const bool isConnected = where != nullptr && where->policy.isSparklayerConnected;
    if (loaded->plan->kind == ActionKind::Credit) {
        scope.customer = loaded->plan->customer;
        // SparkLayer's own transactions: an equal credit there would be the second one.
        scope.withPurchase = isPreflight && isConnected;
    } else if (loaded->plan->kind == ActionKind::Release) {
        scope.item = loaded->plan->item;
        scope.locations = locationsOf(*loaded->plan, where);
        if (isConnected)
            scope.sparkSku = loaded->plan->sku;
    }
    if (!isPreflight) { // only what the outcome can be read from
        scope.rma = RmaId();
        if (loaded->plan->kind != ActionKind::SetPo)
            scope.order = OrderId();
    }
    const Result<void> read = co_await m_services.reader->reread(siteId, scope);
    co_return read;
}

actions::Levels Runner::levelsOf(const Plan& plan) const
{
    actions::Levels levels;
    const auto at = [&](const LocationId& location) -> std::optional<std::int64_t> {
        const auto row = m_services.ledger->level(plan.site.value, plan.item, location);
        return row && *row ? (*row)->available : std::nullopt;
    };
    levels.from = at(plan.from);
    levels.to = at(plan.to);
    const RunnerSite* where = site(plan.site.value);
    if (where != nullptr && where->policy.isSparklayerConnected) {
        const auto spark = m_services.ledger->sparkLevel(plan.site.value, plan.sku);
        levels.spark = spark ? *spark : std::nullopt;
        levels.sellable = 0;
        for (const auto& [gid, kind] : where->policy.locations) {
            if (kind != domain::LocationKind::Sellable || !levels.sellable)
                continue;
            const std::optional<std::int64_t> level = at(LocationId(gid));
            levels.sellable = level ? std::optional(*levels.sellable + *level) : std::nullopt;
        }
    }
    return levels;
}

Result<actions::Resolution> Runner::resolve(const Loaded& loaded, bool isRead, int reads)
{
    const Instant now = m_services.clock->now();
    const Plan& plan = *loaded.plan;
    if (plan.kind == ActionKind::Credit) {
        std::optional<domain::Account> account;
        if (isRead) {
            auto found = m_services.ledger->account(loaded.record.site, plan.customer);
            if (!found)
                return fail(found.error());
            account = std::move(*found);
        }
        return actions::resolveCredit(loaded.record, account, reads, now);
    }
    if (plan.kind == ActionKind::Release) {
        const actions::Levels levels = isRead ? levelsOf(plan) : actions::Levels();
        return actions::resolveRelease(loaded.record, levels, reads, now);
    }
    std::optional<std::string> po;
    if (isRead) {
        auto found = m_services.ledger->poNumber(loaded.record.site, plan.order);
        if (!found)
            return fail(found.error());
        po = std::move(*found);
    }
    return actions::resolvePo(loaded.record, plan, po, reads, now);
}

Task<Result<void>> Runner::stepUnknown(ActionId id)
{
    for (int reads = 0;; ++reads) {
        co_await m_services.clock->sleep(actions::readAgainAfter(reads));
        const Result<void> read = co_await rereadFor(id);
        Result<Loaded> loaded = load(id);
        if (!loaded)
            co_return fail(loaded.error());
        if (loaded->record.head.state != ActionState::Unknown)
            co_return Result<void>();
        const Result<actions::Resolution> next = resolve(*loaded, read.has_value(), reads);
        if (!next)
            co_return fail(next.error());
        const Result<bool> isStopped = m_services.ledger->isStopAll();
        if (!isStopped)
            co_return fail(isStopped.error());
        if (next->next == actions::Next::ReadAgain ||
            (next->next == actions::Next::Resend && *isStopped))
            continue;
        if (next->next == actions::Next::Resend) {
            const Result<void> sent = co_await resend(id);
            co_return sent;
        }
        ActionState to = ActionState::Stuck;
        if (next->next == actions::Next::Confirm) {
            to = ActionState::Confirmed;
            loaded->record.proveBy =
                m_services.clock->now() + actions::proveWithin(loaded->record.head.kind);
        } else if (next->next == actions::Next::Stale) {
            to = ActionState::Stale;
        }
        co_return move(loaded->record, to, next->why, kEngine);
    }
}

Result<actions::ProofReading> Runner::readProof(const Loaded& loaded, bool isRead)
{
    actions::ProofReading unread;
    unread.why = Phrase("proof.not-read");
    if (!isRead)
        return unread;
    const Plan& plan = *loaded.plan;
    if (plan.kind == ActionKind::Credit) {
        const Result<domain::CaseFacts> facts = factsOf(loaded.record.site, loaded.record.caseId);
        if (!facts)
            return fail(facts.error());
        return actions::proofOfCredit(loaded.record, facts->accountHistory, facts->actions, {});
    }
    if (plan.kind == ActionKind::Release) {
        const bool isPlusShown =
            std::any_of(loaded.record.attempts.begin(), loaded.record.attempts.end(),
                        [](const Attempt& row) { return row.detail == "plus-shown"; });
        return actions::proofOfRelease(loaded.record, levelsOf(plan), 0, isPlusShown);
    }
    const auto po = m_services.ledger->poNumber(loaded.record.site, plan.order);
    if (!po)
        return fail(po.error());
    return actions::proofOfPo(plan, *po);
}

Task<Result<void>> Runner::stepConfirmed(ActionId id)
{
    for (int reads = 0;; ++reads) {
        const Result<void> read = co_await rereadFor(id);
        Result<Loaded> loaded = load(id);
        if (!loaded)
            co_return fail(loaded.error());
        ActionRecord& record = loaded->record;
        if (record.head.state != ActionState::Confirmed)
            co_return Result<void>();
        const Result<actions::ProofReading> reading = readProof(*loaded, read.has_value());
        if (!reading)
            co_return fail(reading.error());
        const ActionState to = actions::stateAfterProof(record.head.state, *reading, record.proveBy,
                                                        m_services.clock->now());
        if (to != record.head.state) {
            record.proofText = reading->text;
            const Phrase why = to == ActionState::Settled ? Phrase() : reading->why;
            co_return move(record, to, why, kEngine, reading->why.code);
        }
        co_await m_services.clock->sleep(actions::readAgainAfter(reads));
    }
}

} // namespace counterfoil::sync
