#pragma once

#include "core/decode/adapter.h"
#include "core/sync/actions/ledger.h"

#include <map>

namespace counterfoil::sync {

/// The runner's ledger over the real store. Engine thread, as the store's writer.
class StoreLedger final : public Ledger {
public:
    /// What reading an account document of a site needs.
    struct SiteWords {
        decode::ShopifyAdapter shopify;
        money::Currency currency;
    };
    StoreLedger(store::Store& store, std::map<std::string, SiteWords> sites);

    [[nodiscard]] Result<void> fileAction(const actions::ActionRecord& record,
                                          const actions::AuditEntry& audit) override;
    [[nodiscard]] Result<void> fileActions(const std::vector<Filing>& filings) override;
    [[nodiscard]] Result<void> moveAction(const actions::ActionRecord& changed,
                                          domain::ActionState from,
                                          const actions::AuditEntry& audit) override;
    [[nodiscard]] Result<void> saveAttempt(const ActionId& action, const actions::Attempt& attempt,
                                           const actions::AuditEntry& audit) override;
    [[nodiscard]] Result<std::optional<actions::ActionRecord>>
    action(const ActionId& id) const override;
    [[nodiscard]] Result<std::vector<actions::ActionRecord>>
    actionsInStates(const std::vector<domain::ActionState>& states) const override;
    [[nodiscard]] Result<std::vector<actions::ActionRecord>>
    recentActions(std::size_t limit) const override;
    [[nodiscard]] Result<std::int64_t> creditedSince(const std::string& site,
                                                     const std::string& currency,
                                                     Instant since) const override;
    [[nodiscard]] Result<void> saveProof(const store::ProofRecord& proof,
                                         const actions::AuditEntry& audit) override;
    [[nodiscard]] Result<std::optional<store::ProofRecord>>
    proof(const std::string& site, const std::string& write) const override;
    [[nodiscard]] Result<bool> isStopAll() const override;
    [[nodiscard]] Result<void> audit(const actions::AuditEntry& entry) override;
    [[nodiscard]] Result<std::optional<domain::CaseFacts>>
    loadCase(const std::string& site, const CaseId& caseId, Instant now) const override;
    [[nodiscard]] Result<std::optional<domain::Account>>
    account(const std::string& site, const CustomerId& customer) const override;
    [[nodiscard]] Result<std::optional<domain::StockLevel>>
    level(const std::string& site, const InventoryItemId& item,
          const LocationId& location) const override;
    [[nodiscard]] Result<std::optional<std::string>> poNumber(const std::string& site,
                                                              const OrderId& order) const override;
    [[nodiscard]] Result<std::optional<std::int64_t>>
    sparkLevel(const std::string& site, const std::string& sku) const override;

private:
    [[nodiscard]] Result<std::optional<std::string>>
    newest(const std::string& site, domain::DocumentKind kind, const std::string& externalId) const;
    store::Store& m_store;
    std::map<std::string, SiteWords> m_sites;
};

} // namespace counterfoil::sync
