#pragma once

#include "core/reconcile/expected_credit.h"
#include "core/reconcile/joined.h"
#include "core/reconcile/payment.h"
#include "core/reconcile/po.h"
#include "core/reconcile/returngo_money.h"
#include "core/workspace/view.h"

#include <vector>

namespace counterfoil::workspace {

/// What every part of a drill-down is made from, worked out once. Lives as long as the facts.
struct CasePicture {
    const domain::CaseFacts& facts;
    const domain::Policy& policy;
    reconcile::Joined joined;
    reconcile::ExpectedCredit expected;
    reconcile::Payment payment;
    reconcile::ReturngoMoney returngo;
    reconcile::PoNumber po;
};
[[nodiscard]] CasePicture pictureOf(const domain::CaseFacts& facts, const domain::Policy& policy);

/// The platforms side by side: facts of the order, each returned line, the totals. Pure; any
/// thread.
[[nodiscard]] std::vector<view::ComparisonGroup> comparisonOf(const CasePicture& in);
/// Cells that differ from what should be.
[[nodiscard]] int differencesIn(const std::vector<view::ComparisonGroup>& groups);

} // namespace counterfoil::workspace
