#pragma once

#include "core/rules/rule.h"

#include <span>

namespace counterfoil::rules {

// One file a type; each function is pure.
void creditValueMismatch(const Context& context, Report& report);
void accountOrderGatewayRefund(const Context& context, Report& report);
void accountOrderStoreCredit(const Context& context, Report& report);
void duplicateCredit(const Context& context, Report& report);
void creditNotPosted(const Context& context, Report& report);
void overCredit(const Context& context, Report& report);
void refundStuck(const Context& context, Report& report);
void paidBeforeInspection(const Context& context, Report& report);
void taxOrCurrencyMismatch(const Context& context, Report& report);
void restockedBeforeInspection(const Context& context, Report& report);
void returnBlockedUnpaid(const Context& context, Report& report);
void poMissing(const Context& context, Report& report);
void poConflict(const Context& context, Report& report);
void manualRefundOpenReturn(const Context& context, Report& report);
void orderEditedDuringReturn(const Context& context, Report& report);
void purchaseMismatch(const Context& context, Report& report);
void rejectedUnitRestocked(const Context& context, Report& report);
void quarantineOverdue(const Context& context, Report& report);
void receivedQuantityMismatch(const Context& context, Report& report);
void stockMovementMissing(const Context& context, Report& report);
void returnLineUnmatched(const Context& context, Report& report);
void returnStatusDrift(const Context& context, Report& report);
void moneyStateDrift(const Context& context, Report& report);
void returnStalled(const Context& context, Report& report);
void feedStale(const Context& context, Report& report);
void accessRefused(const Context& context, Report& report);
void unknownValue(const Context& context, Report& report);
void actionUnproved(const Context& context, Report& report);

/// Which cases a rule looks at.
enum class Scope : std::uint8_t { Cases, Feeds, Both };
struct Rule {
    domain::FindingType type;
    Scope scope;
    RuleFunction run;
};
/// Every rule, in the order of the finding types.
[[nodiscard]] std::span<const Rule> registry();

} // namespace counterfoil::rules
