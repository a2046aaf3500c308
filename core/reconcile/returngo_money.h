#pragma once

#include "core/reconcile/expected_credit.h"

namespace counterfoil::reconcile {

/// Where ReturnGO's amount for a unit comes from.
enum class MoneyBasis : std::uint8_t {
    Nothing,     ///< it pays nothing for this unit (exchange, no resolution, the return is over)
    PaidPrice,   ///< the price it holds for the unit, less its fees: what it will pay
    Transactions ///< what its transactions ask for or did
};

/// What ReturnGO will pay or has paid for one unit (returngo.md 7).
struct UnitMoney {
    UnitId unit;
    LineId line;
    domain::Resolution route = domain::Resolution::Unknown;
    MoneyBasis basis = MoneyBasis::Nothing;
    std::optional<money::Money> price; ///< the paid price as it stands on the unit
    std::optional<money::Money> priceTax;
    bool isTaxIncluded = false;
    money::Money fees;      ///< those that stand on the unit
    money::Money amount;    ///< gross; zero for Nothing
    money::Money requested; ///< of which in Requested transactions
    money::Money succeeded;
    money::Money failed; ///< attempted and failed, counted in amount only if nothing else stands
    /// Why the amount is not known; empty code: it is.
    domain::Phrase problem;
};

/// Money by route, split by what has happened to it.
struct RouteMoney {
    money::Money requested, succeeded, failed;
    money::Money planned; ///< set on the units, no transaction yet
    std::vector<UnitId> units;
    bool hasRequested = false, hasSucceeded = false, hasFailed = false, hasPlanned = false;
    std::optional<Instant> since; ///< earliest transaction
};

struct ReturngoMoney {
    std::vector<UnitMoney> units; ///< in the order of Joined
    domain::Phrase problem;       ///< nothing known at all

    [[nodiscard]] const UnitMoney* unit(const UnitId& id) const;
};

[[nodiscard]] ReturngoMoney returngoMoney(const domain::CaseFacts& facts, const Joined& joined,
                                          const ExpectedCredit& expected);

/// Money of the resolutions @p isWanted accepts. Transactions count by their own type, units
/// without one by their resolution.
using RouteTest = bool (*)(domain::Resolution);
[[nodiscard]] RouteMoney moneyOn(RouteTest isWanted, const domain::CaseFacts& facts,
                                 const ReturngoMoney& money, money::Currency currency);

[[nodiscard]] domain::Resolution routeOf(domain::RmaTransactionType type);
/// Refund kinds only: payments of the buyer to the shop are not money out.
[[nodiscard]] bool isMoneyOut(domain::RmaTransactionType type);

} // namespace counterfoil::reconcile
