#pragma once

#include "core/actions/plan.h"
#include "core/domain/case_facts.h"
#include "core/domain/policy.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// From facts to plans. Pure. A plan is always made, so that a sheet can show it with its checks; a
/// blocking check is the refusal, as a phrase.
namespace counterfoil::actions {

/// What is known about a site beside its policy when a plan is made.
struct PlanContext {
    std::string apiVersion = "2026-07";
    std::string balanceKey = "balance"; ///< key of the amount owed inside the balance
    std::string releaseReason = "restock";
    bool isProved = false;               ///< the site's proof run for this write is stored and good
    Instant now{};                       ///< time in the previewed receipt
    bool isReturnProcessOffered = false; ///< step 1 can be done from here
    bool isStatusOffered = false;        ///< step 5 can be done from here
};

/// Room left on one order line: what it was invoiced at and what was credited to it already.
struct LineRoom {
    LineId line;
    money::Money invoicedGross, creditedGross;
};

/// The units and amounts of a credit, as reconcile works them out.
struct CreditChoice {
    std::vector<PlanUnit> units; ///< due now and not yet credited in this book
    std::vector<PlanFee> fees;
    money::Money forecast, notDue; ///< gross
    domain::PaymentMethod method = domain::PaymentMethod::Unknown;
    bool isAccountOrder = false;            ///< method and money, law.md 2
    std::optional<money::Money> captured;   ///< money taken by card; nullopt: not read
    std::optional<money::Money> orderTotal; ///< invoiced gross; nullopt: not read
    money::Money creditedSoFar;     ///< of this return in this book, by other actions of ours
    money::Money creditedElsewhere; ///< in this book by another means than our actions
    std::vector<LineRoom> lines;
    bool isExactInTwo = false;
    domain::Phrase notJudgeable; ///< why no amount can be named; empty: it can
};

/// What law.md 3 makes due now for a case: units, amounts, fees, and the guards' figures.
[[nodiscard]] CreditChoice creditChoice(const domain::CaseFacts& facts,
                                        const domain::Policy& policy);

/// Pieces of one SKU that may go from one quarantine to one destination.
struct ReleaseChoice {
    std::string sku;
    InventoryItemId item;
    LocationId from, to;
    std::vector<PlanUnit> units; ///< with their verdict; gross = invoiced value, for the limit
};

/// Every release that a case allows now: inspected pieces by SKU and destination, without those
/// that another action holds. A piece whose verdict has no destination stays.
[[nodiscard]] std::vector<ReleaseChoice> releaseChoices(const domain::CaseFacts& facts,
                                                        const domain::Policy& policy);

[[nodiscard]] Plan planCredit(const domain::CaseFacts& facts, const domain::Policy& policy,
                              const CreditChoice& choice, const PlanContext& context);
[[nodiscard]] Plan planRelease(const domain::CaseFacts& facts, const domain::Policy& policy,
                               const ReleaseChoice& choice, const PlanContext& context);
[[nodiscard]] Plan planSetPo(const domain::CaseFacts& facts, const domain::Policy& policy,
                             const std::string& poNumber, const PlanContext& context);

/// The facts as they would be without one action: for planning it again.
[[nodiscard]] domain::CaseFacts withoutAction(const domain::CaseFacts& facts, const ActionId& id);

/// The choice with only the units of @p plan. A unit that is missing then shows as moved.
[[nodiscard]] CreditChoice narrowed(const CreditChoice& choice, const Plan& plan);

/// "a-grade", "b-grade", "damaged", "wrong-item", "missing".
[[nodiscard]] std::string_view verdictWord(domain::UnitVerdict verdict);

/// ReturnGO's money transactions that touch @p units: "none", "requested", "success 176.80 GBP",
/// "unread". The strongest one.
[[nodiscard]] std::string paymentState(const domain::CaseFacts& facts,
                                       const std::set<UnitId>& units);

} // namespace counterfoil::actions
