#pragma once

#include "core/base/id.h"
#include "core/decode/adapter.h"
#include "core/money/currency.h"
#include "core/platform/returngo/client.h"
#include "core/platform/shopify/client.h"
#include "core/platform/sparklayer/client.h"

#include <optional>
#include <string>
#include <vector>

namespace counterfoil::sync {

/// What the engine needs to read one site: addresses, secrets already fetched, adapters.
struct SiteSetup {
    SiteSetup() {}
    std::string site; ///< id in the config
    money::Currency currency;
    platform::ShopifyOptions shopify;
    std::optional<platform::SparklayerOptions> sparklayer; ///< nullopt: Shopify-only mode
    std::optional<platform::ReturngoOptions> returngo;
    std::vector<LocationId> quarantineLocations; ///< their stock is read every two minutes
    std::vector<LocationId> otherLocations;      ///< sellable and outlets, every fifteen
};

/// Who hears of work that another platform's page gave rise to.
class CrossRead {
public:
    virtual ~CrossRead() = default;
    /// Something of this case was read by @p by: what the other platforms know of it may be
    /// missing.
    virtual void caseSeen(const CaseId& caseId, Platform by) = 0;
    /// A detail of this RMA is due.
    virtual void rmaDue(const RmaId& rma) = 0;
    /// An order of a case moved: its parts, and its purchase, are due.
    virtual void orderMoved(const OrderId& order) = 0;
    /// SKUs that lie in quarantine now.
    virtual void quarantined(std::vector<std::string> skus) = 0;
};

} // namespace counterfoil::sync
