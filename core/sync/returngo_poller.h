#pragma once

#include "core/decode/adapter.h"
#include "core/platform/returngo/client.h"
#include "core/sync/ledger_budget.h"
#include "core/sync/poller.h"
#include "core/sync/site_setup.h"

#include <map>
#include <string>

namespace counterfoil::sync {

/// ReturnGO's loops (returngo.md 4): A open sweep, B transactions, C changed, D details of what
/// moved or vanished, E rolling re-read. Without a mark loop C lists everything once, which is the
/// first load.
class ReturngoPoller : public Poller {
public:
    ReturngoPoller(std::string site, const decode::ReturngoAdapter& adapter,
                   platform::ReturngoClient& client, LedgerBudget& budget, FactSink& sink,
                   Clock& clock, CrossRead& cross);

    /// Reads the detail of one RMA now.
    [[nodiscard]] Task<Result<void>> readDetail(RmaId rma, platform::CallClass callClass);
    /// Moves the marks of sweeps whose details were read.
    [[nodiscard]] Result<void> settle() override;

protected:
    [[nodiscard]] Task<Result<void>> readWork(Work work) override;
    [[nodiscard]] std::string detailLoop() const override;
    [[nodiscard]] int stretch(const std::string& loop) override;
    [[nodiscard]] bool endsReading(const Error& error) const override;

private:
    [[nodiscard]] Task<Result<void>> sweepOpen();
    [[nodiscard]] Task<Result<void>> sweepTransactions();
    [[nodiscard]] Task<Result<void>> sweepChanged();
    [[nodiscard]] Task<Result<void>> rollingReread();
    void take(const store::PageOutcome& outcome);

    const decode::ReturngoAdapter& m_adapter;
    platform::ReturngoClient& m_client;
    LedgerBudget& m_budget;
    CrossRead& m_cross;
    std::map<std::string, Instant> m_notBefore; ///< RMA -> earliest next detail
    std::map<std::string, std::string> m_ended; ///< loop -> mark of its sweep that has ended
};

} // namespace counterfoil::sync
