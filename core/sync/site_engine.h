#pragma once

#include "core/platform/returngo/client.h"
#include "core/platform/shopify/client.h"
#include "core/platform/sparklayer/client.h"
#include "core/sync/ledger_budget.h"
#include "core/sync/ports.h"
#include "core/sync/returngo_poller.h"
#include "core/sync/shopify_poller.h"
#include "core/sync/site_setup.h"
#include "core/sync/sparklayer_poller.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace counterfoil::sync {

/// Everything that reads and writes one site: three clients, three pollers. Engine thread. Its
/// tasks hold pointers into it: it outlives them.
class SiteEngine : private CrossRead {
public:
    SiteEngine(SiteSetup setup, FactSink& sink, Transport& transport, Clock& clock, Random& random);
    ~SiteEngine() override;

    /// All loops once to completion: first load, sweeps, details, price explanations, judgement.
    /// Platforms side by side; a failing one does not stop the others, its error stands in the
    /// report.
    [[nodiscard]] Task<SyncReport> syncOnce();
    /// Loops by their intervals, for ever: dropping the task stops it.
    [[nodiscard]] Task<void> run();
    /// Reads the case that somebody looks at again, at most every 60 s.
    [[nodiscard]] Task<Result<void>> refreshFocus(CaseId caseId);
    /// Reads what @p scope names, now, in the operator's lane.
    [[nodiscard]] Task<Result<void>> reread(RereadScope scope);
    /// One cheap read of a platform, stored nowhere: can it be reached, and is the key good.
    /// Shopify's answer is its set-up; of the others one page. Errors: the client's, NotFound where
    /// the platform is not set up.
    [[nodiscard]] Task<Result<domain::DocumentPage>> probe(Platform platform);
    [[nodiscard]] Task<Result<HttpReply>> sendWrite(Platform platform,
                                                    request::PreparedRequest write);

    /// The ReturnGO call budget of this site; nullptr without ReturnGO.
    [[nodiscard]] LedgerBudget* budget() { return m_budget.get(); }
    /// How often each loop of every platform runs now.
    [[nodiscard]] std::vector<std::pair<std::string, Millis>> intervals();
    [[nodiscard]] const SiteSetup& setup() const { return m_setup; }

private:
    void caseSeen(const CaseId& caseId, Platform by) override;
    void rmaDue(const RmaId& rma) override;
    void orderMoved(const OrderId& order) override;
    void quarantined(std::vector<std::string> skus) override;

    [[nodiscard]] Task<void> explainAll(SyncReport* report);
    [[nodiscard]] Task<void> judgeForEver();
    [[nodiscard]] std::optional<Error> enqueueKnownCases();
    [[nodiscard]] bool hasWork() const;
    [[nodiscard]] Task<Result<void>> rereadShopify(RereadScope scope);
    [[nodiscard]] Task<Result<void>> rereadSpark(RereadScope scope);

    SiteSetup m_setup;
    FactSink& m_sink;
    Clock& m_clock;
    platform::ShopifyClient m_shopifyClient;
    std::unique_ptr<platform::SparklayerClient> m_sparkClient;
    std::unique_ptr<LedgerBudget> m_budget;
    std::unique_ptr<platform::ReturngoClient> m_returngoClient;
    ShopifyPoller m_shopify;
    std::unique_ptr<SparklayerPoller> m_spark;
    std::unique_ptr<ReturngoPoller> m_returngo;
    std::map<std::string, Instant> m_focused; ///< case -> last focus read
};

} // namespace counterfoil::sync
