#pragma once

#include "core/sync/actions/ledger.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace counterfoil::simulation {

/// What the disk keeps: survives every crash. Breaches of the ledger's own rules are noted.
struct Disk {
    std::map<ActionId, actions::ActionRecord> actions;
    std::map<std::string, store::ProofRecord> proofs;
    std::vector<std::string> audit;
    bool isStopAll = false;
    std::vector<std::string> breaches;
    std::size_t moves = 0;

    // facts as last read
    std::map<CaseId, domain::CaseFacts> cases; ///< without account, stock, actions
    std::map<CustomerId, domain::Account> accounts;
    std::map<CustomerId, std::vector<domain::AccountObservation>> history;
    std::map<std::string, domain::StockLevel> levels; ///< "<location>|<item>"
    std::map<OrderId, std::string> pos;
    std::map<std::string, std::int64_t> spark;
};

/// Faults that are planted on purpose, to see that the simulation finds them.
enum class Planted {
    None,
    NeverLooksAtReceipts, ///< an account comes back as if it held no receipt
    IntentNotSaved,       ///< attempts and the move to "sending" are lost with a crash
    NoDigest              ///< the platform is written without its digests
};

/// One run's hands on the disk. After crash() nothing that this run does reaches it any more.
class MemoryLedger : public sync::Ledger {
public:
    MemoryLedger(Disk& disk, Planted planted) : m_disk(disk), m_planted(planted) {}
    /// From here on every write fails and is lost; what was not durable goes.
    void crash();
    /// Crashes at the @p writes -th write from now: between two writes of one step.
    void crashAtWrite(std::size_t writes, std::function<void()> crashed);
    [[nodiscard]] bool isCrashed() const { return m_isCrashed; }

    Result<void> fileAction(const actions::ActionRecord& record,
                            const actions::AuditEntry& audit) override;
    Result<void> fileActions(const std::vector<sync::Filing>& filings) override;
    Result<void> moveAction(const actions::ActionRecord& changed, domain::ActionState from,
                            const actions::AuditEntry& audit) override;
    Result<void> saveAttempt(const ActionId& action, const actions::Attempt& attempt,
                             const actions::AuditEntry& audit) override;
    Result<std::optional<actions::ActionRecord>> action(const ActionId& id) const override;
    Result<std::vector<actions::ActionRecord>>
    actionsInStates(const std::vector<domain::ActionState>& states) const override;
    Result<std::vector<actions::ActionRecord>> recentActions(std::size_t limit) const override;
    Result<std::int64_t> creditedSince(const std::string& site, const std::string& currency,
                                       Instant since) const override;
    Result<void> saveProof(const store::ProofRecord& proof,
                           const actions::AuditEntry& audit) override;
    Result<std::optional<store::ProofRecord>> proof(const std::string& site,
                                                    const std::string& write) const override;
    Result<bool> isStopAll() const override;
    Result<void> audit(const actions::AuditEntry& entry) override;
    Result<std::optional<domain::CaseFacts>> loadCase(const std::string& site, const CaseId& caseId,
                                                      Instant now) const override;
    Result<std::optional<domain::Account>> account(const std::string& site,
                                                   const CustomerId& customer) const override;
    Result<std::optional<domain::StockLevel>> level(const std::string& site,
                                                    const InventoryItemId& item,
                                                    const LocationId& location) const override;
    Result<std::optional<std::string>> poNumber(const std::string& site,
                                                const OrderId& order) const override;
    Result<std::optional<std::int64_t>> sparkLevel(const std::string& site,
                                                   const std::string& sku) const override;

protected:
    [[nodiscard]] Result<void> beginWrite();

    Disk& m_disk;

private:
    Planted m_planted;
    bool m_isCrashed = false;
    std::size_t m_writesLeft = 0;
    std::function<void()> m_crashed;
    std::map<ActionId, actions::ActionRecord> m_durable; ///< IntentNotSaved: what a crash restores
};

} // namespace counterfoil::simulation
