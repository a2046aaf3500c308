#include "tests/simulation/memory_ledger.h"

#include "core/actions/engine.h"

#include <algorithm>

namespace counterfoil::simulation {

using actions::ActionRecord;
using actions::AuditEntry;
using domain::ActionState;

namespace {

tl::unexpected<Error> down()
{
    return fail(ErrorCode::Store, "this run is over");
}

bool sharesUnit(const ActionRecord& a, const ActionRecord& b)
{
    if (a.site != b.site || a.head.book != b.head.book || a.head.purpose != b.head.purpose)
        return false;
    return std::any_of(a.shares.begin(), a.shares.end(), [&b](const actions::UnitShare& share) {
        return std::any_of(b.shares.begin(), b.shares.end(),
                           [&share](const auto& other) { return other.unit == share.unit; });
    });
}

} // namespace

void MemoryLedger::crash()
{
    if (m_isCrashed)
        return;
    m_isCrashed = true;
    for (auto& [id, record] : m_durable)
        m_disk.actions[id] = record;
}

void MemoryLedger::crashAtWrite(std::size_t writes, std::function<void()> crashed)
{
    m_writesLeft = writes;
    m_crashed = std::move(crashed);
}

Result<void> MemoryLedger::beginWrite()
{
    if (m_writesLeft > 0 && --m_writesLeft == 0) {
        crash();
        if (m_crashed)
            m_crashed();
    }
    if (m_isCrashed)
        return down();
    return {};
}

Result<void> MemoryLedger::fileAction(const ActionRecord& record, const AuditEntry& audit)
{
    if (const Result<void> open = beginWrite(); !open)
        return open;
    if (m_disk.actions.contains(record.head.id))
        return fail(ErrorCode::Conflict, record.head.id.value);
    for (const auto& [id, other] : m_disk.actions) {
        if (!domain::isWithdrawn(other.head.state) && sharesUnit(record, other))
            return fail(ErrorCode::Conflict, id.value);
    }
    m_disk.actions[record.head.id] = record;
    m_disk.audit.push_back(audit.what + " " + audit.object);
    return {};
}

Result<void> MemoryLedger::fileActions(const std::vector<sync::Filing>& filings)
{
    const std::map<ActionId, ActionRecord> before = m_disk.actions;
    for (const auto& [record, audit] : filings) {
        // The first conflict takes the others with it: one transaction.
        if (const Result<void> filed = fileAction(record, audit); !filed) {
            m_disk.actions = before;
            return filed;
        }
    }
    return {};
}

Result<void> MemoryLedger::moveAction(const ActionRecord& changed, ActionState from,
                                      const AuditEntry& audit)
{
    if (const Result<void> open = beginWrite(); !open)
        return open;
    const auto found = m_disk.actions.find(changed.head.id);
    if (found == m_disk.actions.end())
        return fail(ErrorCode::NotFound, changed.head.id.value);
    if (found->second.head.state != from)
        return fail(ErrorCode::Conflict, "no longer in that state");
    if (!actions::isLegalMove(from, changed.head.state)) {
        m_disk.breaches.push_back("illegal move " + std::string(domain::actionStateWord(from)) +
                                  " -> " +
                                  std::string(domain::actionStateWord(changed.head.state)));
    }
    if (domain::isWithdrawn(from) && !domain::isWithdrawn(changed.head.state)) {
        for (const auto& [id, other] : m_disk.actions) {
            if (id != changed.head.id && !domain::isWithdrawn(other.head.state) &&
                sharesUnit(changed, other))
                return fail(ErrorCode::Conflict, id.value);
        }
    }
    if (m_planted == Planted::IntentNotSaved && changed.head.state == ActionState::Sending)
        m_durable.try_emplace(changed.head.id, found->second);
    else if (changed.head.state != ActionState::Sending)
        m_durable.erase(changed.head.id);
    const std::vector<actions::Attempt> attempts = found->second.attempts;
    found->second = changed;
    found->second.attempts = attempts;
    ++m_disk.moves;
    m_disk.audit.push_back(audit.what + " " + audit.object);
    return {};
}

Result<void> MemoryLedger::saveAttempt(const ActionId& action, const actions::Attempt& attempt,
                                       const AuditEntry& audit)
{
    if (const Result<void> open = beginWrite(); !open)
        return open;
    const auto found = m_disk.actions.find(action);
    if (found == m_disk.actions.end())
        return fail(ErrorCode::NotFound, action.value);
    if (m_planted == Planted::IntentNotSaved)
        m_durable.try_emplace(action, found->second);
    auto& attempts = found->second.attempts;
    const auto same = std::find_if(attempts.begin(), attempts.end(), [&attempt](const auto& row) {
        return row.number == attempt.number;
    });
    if (same == attempts.end())
        attempts.push_back(attempt);
    else
        *same = attempt;
    m_disk.audit.push_back(audit.what + " " + audit.object);
    return {};
}

Result<std::optional<ActionRecord>> MemoryLedger::action(const ActionId& id) const
{
    if (m_isCrashed)
        return down();
    const auto found = m_disk.actions.find(id);
    return found == m_disk.actions.end() ? std::nullopt : std::optional(found->second);
}

Result<std::vector<ActionRecord>>
MemoryLedger::actionsInStates(const std::vector<ActionState>& states) const
{
    if (m_isCrashed)
        return down();
    std::vector<ActionRecord> list;
    for (const auto& [id, record] : m_disk.actions) {
        if (std::find(states.begin(), states.end(), record.head.state) != states.end())
            list.push_back(record);
    }
    return list;
}

Result<std::vector<ActionRecord>> MemoryLedger::recentActions(std::size_t) const
{
    if (m_isCrashed)
        return down();
    std::vector<ActionRecord> list;
    for (const auto& [id, record] : m_disk.actions)
        list.push_back(record);
    return list;
}

Result<std::int64_t> MemoryLedger::creditedSince(const std::string&, const std::string& currency,
                                                 Instant since) const
{
    std::int64_t sum = 0;
    for (const auto& [id, record] : m_disk.actions) {
        if (record.head.sentAt && *record.head.sentAt >= since &&
            domain::mayHaveTakenEffect(record.head.state) &&
            record.head.amount.currency().code() == currency)
            sum += record.head.amount.minor();
    }
    return sum;
}

Result<void> MemoryLedger::saveProof(const store::ProofRecord& proof, const AuditEntry& audit)
{
    if (const Result<void> open = beginWrite(); !open)
        return open;
    m_disk.proofs[proof.site + "/" + proof.write] = proof;
    m_disk.audit.push_back(audit.what + " " + audit.object);
    return {};
}

Result<std::optional<store::ProofRecord>> MemoryLedger::proof(const std::string& site,
                                                              const std::string& write) const
{
    const auto found = m_disk.proofs.find(site + "/" + write);
    return found == m_disk.proofs.end() ? std::nullopt : std::optional(found->second);
}

Result<bool> MemoryLedger::isStopAll() const
{
    if (m_isCrashed)
        return down();
    return m_disk.isStopAll;
}

Result<void> MemoryLedger::audit(const AuditEntry& entry)
{
    if (const Result<void> open = beginWrite(); !open)
        return open;
    m_disk.audit.push_back(entry.what + " " + entry.object);
    return {};
}

Result<std::optional<domain::CaseFacts>>
MemoryLedger::loadCase(const std::string&, const CaseId& caseId, Instant now) const
{
    if (m_isCrashed)
        return down();
    const auto found = m_disk.cases.find(caseId);
    if (found == m_disk.cases.end())
        return std::optional<domain::CaseFacts>();
    domain::CaseFacts facts = found->second;
    facts.now = now;
    const CustomerId customer = facts.order->customer;
    if (m_disk.accounts.contains(customer)) {
        facts.account = m_disk.accounts.at(customer);
        if (m_planted == Planted::NeverLooksAtReceipts)
            facts.account->receipts.clear();
        facts.accountHistory = m_disk.history.at(customer);
    }
    const auto po = m_disk.pos.find(facts.order->id);
    if (po != m_disk.pos.end())
        facts.order->poNumber = po->second;
    for (const auto& [key, level] : m_disk.levels)
        facts.stock.push_back(level);
    for (const auto& [id, record] : m_disk.actions) {
        if (record.caseId == caseId)
            facts.actions.push_back(record.head);
    }
    return facts;
}

Result<std::optional<domain::Account>> MemoryLedger::account(const std::string&,
                                                             const CustomerId& customer) const
{
    const auto found = m_disk.accounts.find(customer);
    if (found == m_disk.accounts.end())
        return std::optional<domain::Account>();
    domain::Account account = found->second;
    if (m_planted == Planted::NeverLooksAtReceipts) {
        account.receipts.clear();
        account.receiptsText = "[]";
    }
    return std::optional(account);
}

Result<std::optional<domain::StockLevel>> MemoryLedger::level(const std::string&,
                                                              const InventoryItemId& item,
                                                              const LocationId& location) const
{
    const auto found = m_disk.levels.find(location.value + "|" + item.value);
    return found == m_disk.levels.end() ? std::nullopt : std::optional(found->second);
}

Result<std::optional<std::string>> MemoryLedger::poNumber(const std::string&,
                                                          const OrderId& order) const
{
    const auto found = m_disk.pos.find(order);
    return found == m_disk.pos.end() ? std::nullopt : std::optional(found->second);
}

Result<std::optional<std::int64_t>> MemoryLedger::sparkLevel(const std::string&,
                                                             const std::string& sku) const
{
    const auto found = m_disk.spark.find(sku);
    return found == m_disk.spark.end() ? std::nullopt : std::optional(found->second);
}

} // namespace counterfoil::simulation
