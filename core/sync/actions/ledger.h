#pragma once

#include "core/actions/record.h"
#include "core/base/result.h"
#include "core/domain/account.h"
#include "core/domain/case_facts.h"
#include "core/domain/stock.h"
#include "core/store/store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace counterfoil::sync {

/// An action about to be filed, with the audit line that tells of it.
using Filing = std::pair<actions::ActionRecord, actions::AuditEntry>;

/// The few calls of the store that the runner makes: over the real store, or in memory for the
/// simulation. Meanings and errors as in core/store/store.h. Engine thread.
class Ledger {
public:
    virtual ~Ledger() = default;

    [[nodiscard]] virtual Result<void> fileAction(const actions::ActionRecord& record,
                                                  const actions::AuditEntry& audit) = 0;
    /// Files all of them, or none.
    [[nodiscard]] virtual Result<void> fileActions(const std::vector<Filing>& filings) = 0;
    [[nodiscard]] virtual Result<void> moveAction(const actions::ActionRecord& changed,
                                                  domain::ActionState from,
                                                  const actions::AuditEntry& audit) = 0;
    [[nodiscard]] virtual Result<void> saveAttempt(const ActionId& action,
                                                   const actions::Attempt& attempt,
                                                   const actions::AuditEntry& audit) = 0;
    [[nodiscard]] virtual Result<std::optional<actions::ActionRecord>>
    action(const ActionId& id) const = 0;
    [[nodiscard]] virtual Result<std::vector<actions::ActionRecord>>
    actionsInStates(const std::vector<domain::ActionState>& states) const = 0;
    /// Newest first.
    [[nodiscard]] virtual Result<std::vector<actions::ActionRecord>>
    recentActions(std::size_t limit) const = 0;
    [[nodiscard]] virtual Result<std::int64_t>
    creditedSince(const std::string& site, const std::string& currency, Instant since) const = 0;
    [[nodiscard]] virtual Result<void> saveProof(const store::ProofRecord& proof,
                                                 const actions::AuditEntry& audit) = 0;
    [[nodiscard]] virtual Result<std::optional<store::ProofRecord>>
    proof(const std::string& site, const std::string& write) const = 0;
    [[nodiscard]] virtual Result<bool> isStopAll() const = 0;
    [[nodiscard]] virtual Result<void> audit(const actions::AuditEntry& entry) = 0;

    // ---- facts as last read
    [[nodiscard]] virtual Result<std::optional<domain::CaseFacts>>
    loadCase(const std::string& site, const CaseId& caseId, Instant now) const = 0;
    [[nodiscard]] virtual Result<std::optional<domain::Account>>
    account(const std::string& site, const CustomerId& customer) const = 0;
    [[nodiscard]] virtual Result<std::optional<domain::StockLevel>>
    level(const std::string& site, const InventoryItemId& item,
          const LocationId& location) const = 0;
    [[nodiscard]] virtual Result<std::optional<std::string>>
    poNumber(const std::string& site, const OrderId& order) const = 0;
    /// SparkLayer's stock of a SKU; nullopt: never read.
    [[nodiscard]] virtual Result<std::optional<std::int64_t>>
    sparkLevel(const std::string& site, const std::string& sku) const = 0;
};

/// Keeps calls of the day's budget free for the worst case of one write before it starts
/// (design.md 7). Given back when the write is known to be over.
class CallReserve {
public:
    virtual ~CallReserve() = default;
    /// Errors: QuotaSpent.
    [[nodiscard]] virtual Result<void> reserve(const std::string& site, const ActionId& action,
                                               int calls) = 0;
    virtual void release(const ActionId& action) = 0;
};

} // namespace counterfoil::sync
