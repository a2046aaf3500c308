#include "core/rules/account_route.h"
#include "core/rules/registry.h"

namespace counterfoil::rules {

// An account order must never be paid back through a gateway (law.md 2). Closes when nothing is
// set, asked for or paid out that way, or the account credit stands for what was only set.
void accountOrderGatewayRefund(const Context& context, Report& report)
{
    const WrongRoute route{
        domain::FindingType::AccountOrderGatewayRefund,
        [](domain::Resolution way) { return way == domain::Resolution::RefundToPaymentMethod; },
        "gateway-refund", true};
    judgeWrongRoute(context, route, report);
}

} // namespace counterfoil::rules
