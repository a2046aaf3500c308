#pragma once

#include "core/reconcile/expected_credit.h"

#include <map>
#include <vector>

namespace counterfoil::reconcile {

/// Who made a refund in Shopify: its agreement names the app, ReturnGO's transactions name the
/// refund (shopify.md 4.2, returngo.md 7.2).
enum class RefundMaker : std::uint8_t { Returngo, Console, Person };

/// A refund in Shopify that belongs to this return.
struct ShopRefund {
    const domain::Refund* refund = nullptr;
    RefundMaker maker = RefundMaker::Person;
    money::Money out;                      ///< money that left through a gateway
    money::Money manual;                   ///< money paid back by hand: bank, cheque, cash
    std::map<LineId, std::int64_t> pieces; ///< of returned lines
    /// It names no line, and its amount is the expected credit to the penny: it is of all units.
    bool isByAmount = false;
    /// It hangs on a Shopify return of this case.
    bool isLinked = false;

    [[nodiscard]] bool hasMoney() const { return out.isPositive() || manual.isPositive(); }
};

/// Refunds made since the return began that name its Shopify return, one of its lines, or its
/// amount; those of another Shopify return are left out. By refund id. Empty when none was read.
[[nodiscard]] std::vector<ShopRefund> refundsOfReturn(const domain::CaseFacts& facts,
                                                      const domain::Policy& policy,
                                                      const Joined& joined,
                                                      const ExpectedCredit& expected);

/// Units on the lines that the refund names, or all of them.
[[nodiscard]] std::vector<UnitId> unitsOf(const domain::CaseFacts& facts, const Joined& joined,
                                          const ShopRefund& refund);

/// Whether money moved by hand. A refund's own rows do not say it; the order's list does.
[[nodiscard]] bool isManualMoney(const domain::Order& order, const domain::PaymentTransaction& row);

} // namespace counterfoil::reconcile
