#pragma once

#include "core/platform/shopify/client.h"
#include "core/sync/open_returns.h"
#include "core/sync/poller.h"
#include "core/sync/site_setup.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace counterfoil::sync {

/// Shopify's loops (shopify.md 4.1): A delta, B open returns, C open account orders, D details of
/// orders that belong to a case, E drafts, F stock; accounts of open cases; the first load by bulk
/// operation or by paging.
class ShopifyPoller : public Poller {
public:
    ShopifyPoller(const SiteSetup& setup, platform::ShopifyClient& client, FactSink& sink,
                  Clock& clock, CrossRead& cross);

    /// Head (when wanted) and the four parts of one order, stored as one page.
    [[nodiscard]] Task<Result<void>> readOrder(OrderId order, bool withHead, Lane lane);
    [[nodiscard]] Task<Result<void>> readAccount(CustomerId customer, Lane lane);
    /// Levels of the items at one location; stops at the page that holds @p item when one is named.
    [[nodiscard]] Task<Result<void>> readStock(LocationId location, InventoryItemId item,
                                               Lane lane);

protected:
    [[nodiscard]] Task<Result<void>> readWork(Work work) override;
    [[nodiscard]] std::string detailLoop() const override;

private:
    [[nodiscard]] Task<Result<void>> readSetup();
    [[nodiscard]] Task<Result<void>> sweepOrders();
    [[nodiscard]] Task<Result<void>> sweepAll();
    [[nodiscard]] Task<Result<void>> firstLoad(Instant since);
    [[nodiscard]] Task<Result<void>> loadAll(Instant since);
    [[nodiscard]] Task<Result<void>> bulkLoad(Instant since);
    [[nodiscard]] Task<Result<void>> sweepSearch(std::string loop, std::string search,
                                                 std::string mark, bool movesMark);
    [[nodiscard]] Task<Result<void>> sweepDrafts();
    [[nodiscard]] Task<Result<void>> sweepQuarantine();
    [[nodiscard]] Task<Result<void>> sweepOtherStock();
    [[nodiscard]] Task<Result<void>> rereadCases();
    [[nodiscard]] Task<Result<void>> completeCase(CaseId caseId);
    [[nodiscard]] Task<Result<void>> readMoved(OrderId order);
    [[nodiscard]] Task<Result<void>> readMissingAccount(CaseId caseId);
    /// Not a coroutine: gives out the one that reads what the key names.
    [[nodiscard]] Task<Result<void>> startReading(const std::string& key);
    void take(const store::PageOutcome& outcome);
    void readOpenReturns(std::set<std::string> listed);
    [[nodiscard]] Task<Result<void>> readReturns(OrderId order);

    const SiteSetup& m_setup;
    platform::ShopifyClient& m_client;
    CrossRead& m_cross;
    OpenReturns m_openReturns;
    /// Orders that a delta read while a bulk file is being made; nullopt: none is.
    std::optional<std::set<std::string>> m_fresher;
};

} // namespace counterfoil::sync
