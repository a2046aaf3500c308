#pragma once

#include "core/decode/adapter.h"
#include "core/platform/sparklayer/client.h"
#include "core/sync/poller.h"
#include "core/sync/site_setup.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::sync {

/// SparkLayer's loops (sparklayer.md 12): the list of changed purchases, the purchase and its
/// transactions for every order of a case, the stock of quarantined SKUs, and price explanations
/// for cases whose credit no price explains.
class SparklayerPoller : public Poller {
public:
    /// @param shopify for the days of history, and for SparkLayer's marks on an order
    SparklayerPoller(std::string site, const decode::SparklayerAdapter& adapter,
                     const decode::ShopifyAdapter& shopify, platform::SparklayerClient& client,
                     FactSink& sink, Clock& clock);

    /// Stock of the SKUs in quarantine, as the stock loop reads it.
    [[nodiscard]] Task<Result<void>> readQuarantined() { return sweepStock(); }
    /// Purchase and transactions of one order. One that is not there is no error.
    [[nodiscard]] Task<Result<void>> readPurchase(OrderId order, Lane lane);
    [[nodiscard]] Task<Result<void>> readStock(std::vector<std::string> skus, Lane lane);
    /// Today's prices of the SKUs of one case, when its credit is unexplained.
    [[nodiscard]] Task<Result<void>> explainPrices(CaseId caseId);

    [[nodiscard]] Result<void> settle() override;
    /// SKUs whose stock the stock loop reads.
    void setQuarantined(std::vector<std::string> skus);

protected:
    [[nodiscard]] Task<Result<void>> readWork(Work work) override;
    [[nodiscard]] std::string detailLoop() const override;
    [[nodiscard]] bool endsReading(const Error& error) const override
    {
        return error.code == ErrorCode::Unauthorised;
    }

private:
    [[nodiscard]] Task<Result<void>> sweepPurchases();
    [[nodiscard]] Task<Result<void>> sweepStock();
    [[nodiscard]] Task<Result<void>> completeCase(CaseId caseId);
    [[nodiscard]] Result<void> noteRow(const decode::sparklayer::PurchaseRow& row);
    /// Shopify's number of the order that a row stands for; empty: of none that we know.
    [[nodiscard]] Result<OrderId> orderOf(const decode::sparklayer::PurchaseRow& row);
    /// Other names under which SparkLayer may keep the purchase of this order; none for an order
    /// without its marks.
    [[nodiscard]] Result<std::vector<platform::PurchaseKey>> otherKeys(const OrderId& order);
    [[nodiscard]] Task<Result<bool>> readPurchaseBy(platform::PurchaseKey key, OrderId order,
                                                    Lane lane);

    const decode::SparklayerAdapter& m_adapter;
    Millis m_history;
    std::string m_cartAttribute, m_paymentAttribute;
    platform::SparklayerClient& m_client;
    std::vector<std::string> m_quarantined;
    std::map<std::string, Instant> m_absentUntil; ///< order -> when to ask again
    std::optional<std::string> m_endedSweep;      ///< mark of a list whose details are being read
    std::map<std::string, Instant> m_seen;        ///< order -> last change whose detail was read
    std::map<std::string, Instant> m_wanted;      ///< order -> change whose detail is asked for
};

} // namespace counterfoil::sync
