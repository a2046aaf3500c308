#include "core/rules/account_route.h"
#include "core/rules/registry.h"

namespace counterfoil::rules {

// A code or gift card lowers no account (law.md 2). Closes like the gateway refund.
void accountOrderStoreCredit(const Context& context, Report& report)
{
    const WrongRoute route{domain::FindingType::AccountOrderStoreCredit,
                           [](domain::Resolution way) {
                               return way == domain::Resolution::RefundToStoreCredit ||
                                      way == domain::Resolution::GiftCard;
                           },
                           "store-credit", false};
    judgeWrongRoute(context, route, report);
}

} // namespace counterfoil::rules
