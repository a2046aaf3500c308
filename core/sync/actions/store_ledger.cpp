#include "core/sync/actions/store_ledger.h"

#include "core/decode/shopify.h"
#include "core/decode/sparklayer.h"

#include <utility>

namespace counterfoil::sync {

using actions::ActionRecord;
using actions::AuditEntry;

StoreLedger::StoreLedger(store::Store& store, std::map<std::string, SiteWords> sites)
    : m_store(store), m_sites(std::move(sites))
{
}

Result<void> StoreLedger::fileAction(const ActionRecord& record, const AuditEntry& audit)
{
    return m_store.fileAction(record, audit);
}

Result<void> StoreLedger::fileActions(const std::vector<Filing>& filings)
{
    return m_store.fileActions(filings);
}

Result<void> StoreLedger::moveAction(const ActionRecord& changed, domain::ActionState from,
                                     const AuditEntry& audit)
{
    return m_store.moveAction(changed, from, audit);
}

Result<void> StoreLedger::saveAttempt(const ActionId& action, const actions::Attempt& attempt,
                                      const AuditEntry& audit)
{
    return m_store.saveAttempt(action, attempt, audit);
}

Result<std::optional<ActionRecord>> StoreLedger::action(const ActionId& id) const
{
    return m_store.action(id);
}

Result<std::vector<ActionRecord>>
StoreLedger::actionsInStates(const std::vector<domain::ActionState>& states) const
{
    return m_store.actionsInStates(states);
}

Result<std::vector<ActionRecord>> StoreLedger::recentActions(std::size_t limit) const
{
    return m_store.allActions(limit);
}

Result<std::int64_t> StoreLedger::creditedSince(const std::string& site,
                                                const std::string& currency, Instant since) const
{
    return m_store.creditedSince(site, currency, since);
}

Result<void> StoreLedger::saveProof(const store::ProofRecord& proof, const AuditEntry& audit)
{
    return m_store.saveProof(proof, audit);
}

Result<std::optional<store::ProofRecord>> StoreLedger::proof(const std::string& site,
                                                             const std::string& write) const
{
    return m_store.proof(site, write);
}

Result<bool> StoreLedger::isStopAll() const
{
    return m_store.isStopAll();
}

Result<void> StoreLedger::audit(const AuditEntry& entry)
{
    return m_store.audit(entry);
}

Result<std::optional<domain::CaseFacts>>
StoreLedger::loadCase(const std::string& site, const CaseId& caseId, Instant now) const
{
    return m_store.loadCase(site, caseId, now);
}

Result<std::optional<std::string>> StoreLedger::newest(const std::string& site,
                                                       domain::DocumentKind kind,
                                                       const std::string& externalId) const
{
    Result<std::optional<store::DocumentVersion>> found =
        m_store.document(site, kind, externalId, std::nullopt);
    if (!found)
        return fail(found.error());
    if (!*found)
        return std::optional<std::string>();
    return std::optional(std::move((*found)->body));
}

Result<std::optional<domain::Account>> StoreLedger::account(const std::string& site,
                                                            const CustomerId& customer) const
{
    const auto words = m_sites.find(site);
    if (words == m_sites.end())
        return fail(ErrorCode::NotFound, "site " + site);
    const Result<std::optional<std::string>> body =
        newest(site, domain::DocumentKind::Account, customer.value);
    if (!body)
        return fail(body.error());
    if (!*body)
        return std::optional<domain::Account>();
    Result<domain::Account> account =
        decode::shopify::account(**body, words->second.shopify, words->second.currency);
    if (!account)
        return fail(account.error());
    return std::optional(std::move(*account));
}

Result<std::optional<domain::StockLevel>> StoreLedger::level(const std::string& site,
                                                             const InventoryItemId& item,
                                                             const LocationId& location) const
{
    const Result<std::optional<std::string>> body =
        newest(site, domain::DocumentKind::StockLevel, location.value + "|" + item.value);
    if (!body)
        return fail(body.error());
    if (!*body)
        return std::optional<domain::StockLevel>();
    Result<domain::StockLevel> level = decode::shopify::stockLevel(**body);
    if (!level)
        return fail(level.error());
    return std::optional(std::move(*level));
}

Result<std::optional<std::string>> StoreLedger::poNumber(const std::string& site,
                                                         const OrderId& order) const
{
    const auto words = m_sites.find(site);
    if (words == m_sites.end())
        return fail(ErrorCode::NotFound, "site " + site);
    const Result<std::optional<std::string>> body =
        newest(site, domain::DocumentKind::Order, order.value);
    if (!body)
        return fail(body.error());
    if (!*body)
        return std::optional<std::string>();
    domain::Order head;
    const Result<void> read = decode::shopify::applyOrderHead(**body, words->second.shopify, head);
    if (!read)
        return fail(read.error());
    return std::optional(std::move(head.poNumber));
}

Result<std::optional<std::int64_t>> StoreLedger::sparkLevel(const std::string& site,
                                                            const std::string& sku) const
{
    const Result<std::optional<std::string>> body =
        newest(site, domain::DocumentKind::SparkStock, sku);
    if (!body)
        return fail(body.error());
    if (!*body)
        return std::optional<std::int64_t>();
    const Result<decode::sparklayer::SparkStock> stock = decode::sparklayer::stock(**body);
    if (!stock)
        return fail(stock.error());
    std::optional<std::int64_t> sum;
    for (const auto& row : stock->levels) {
        if (!row.level)
            return std::optional<std::int64_t>(); // one unread location: the sum is not known
        sum = sum.value_or(0) + *row.level;
    }
    return sum;
}

} // namespace counterfoil::sync
