#pragma once

#include "core/base/id.h"
#include "core/base/result.h"
#include "core/base/seams.h"
#include "core/base/task.h"
#include "core/domain/document.h"
#include "core/request/prepared_request.h"

#include <string>
#include <vector>

namespace counterfoil::sync {

/// What a preflight or a proof reads again.
struct RereadScope {
    RereadScope() {}

    CaseId caseId;
    RmaId rma;           ///< empty: not
    OrderId order;       ///< empty: not; reads lines, money, returns, agreements and head
    CustomerId customer; ///< empty: not; reads balance and receipts
    /// Levels of one item at two or more locations; empty: not.
    InventoryItemId item;
    std::vector<LocationId> locations;
    bool withPurchase = false;
    std::string sparkSku;                 ///< SparkLayer's stock of this SKU, empty: not
    std::string callClass = "resolution"; ///< class in the call ledger
};

/// Reads documents now and stores them (store::applyPage), so that facts and findings show them.
/// Engine thread.
class Reader {
public:
    virtual ~Reader() = default;
    /// Errors: those of the platform that failed; what was read before it is stored all the same.
    [[nodiscard]] virtual Task<Result<void>> reread(std::string site, RereadScope scope) = 0;
};

/// Sends ONE write, once: no retry, no redirect, allow-list checked. Engine thread.
class Sender {
public:
    virtual ~Sender() = default;
    /// The reply whatever its HTTP status. Errors with isOutcomeUnknown(): it may have arrived.
    [[nodiscard]] virtual Task<Result<HttpReply>> sendWrite(std::string site, Platform platform,
                                                            request::PreparedRequest write) = 0;
};

} // namespace counterfoil::sync
