#pragma once

#include "core/domain/finding.h"
#include "core/reconcile/calendar.h"
#include "core/reconcile/credited.h"
#include "core/reconcile/restocks.h"
#include "core/reconcile/returngo_money.h"
#include "core/reconcile/shop_refunds.h"
#include "core/rules/given.h"

#include <set>

namespace counterfoil::rules {

/// A case with everything that reconcile says about it, worked out once for all rules. Holds
/// pointers into the facts: use it only while they live.
struct Context {
    const domain::CaseFacts& facts;
    const domain::Policy& policy;
    const reconcile::TimeZones* zones; ///< null: UTC
    reconcile::Joined joined;
    reconcile::ExpectedCredit expected;
    reconcile::Payment payment;
    reconcile::ReturngoMoney returngo;
    reconcile::Credited credited;
    reconcile::Restocks restocks;
    std::vector<reconcile::ShopRefund> refunds; ///< in Shopify, of this return
    std::vector<Given> given;                   ///< as givenFor() says

    [[nodiscard]] Instant now() const { return facts.now; }
    [[nodiscard]] bool isReturn() const
    {
        return facts.kind == domain::CaseKind::Rma || facts.kind == domain::CaseKind::ShopifyReturn;
    }
    /// Units that an own confirmed credit covers in full: what else is only *set* for them will be
    /// stopped or is over, and no longer counts.
    [[nodiscard]] std::set<UnitId> settledUnits() const;
};

[[nodiscard]] Context makeContext(const domain::CaseFacts& facts, const domain::Policy& policy,
                                  const reconcile::TimeZones* zones = nullptr);

} // namespace counterfoil::rules
