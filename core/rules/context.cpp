#include "core/rules/context.h"

namespace counterfoil::rules {

using namespace domain;

Context makeContext(const CaseFacts& facts, const Policy& policy, const reconcile::TimeZones* zones)
{
    Context context{facts, policy, zones, reconcile::join(facts, policy), {}, {}, {}, {},
                    {},    {},     {}};
    context.expected = reconcile::expectedCredit(facts, policy, context.joined);
    context.refunds = reconcile::refundsOfReturn(facts, policy, context.joined, context.expected);
    context.payment =
        reconcile::paymentOf(facts, reconcile::returnedValue(context.expected), context.refunds);
    context.returngo = reconcile::returngoMoney(facts, context.joined, context.expected);
    context.credited =
        reconcile::creditedSoFar(facts, policy, context.joined, context.expected, context.payment);
    context.restocks = reconcile::restocksOf(facts, policy);
    context.given = givenFor(context);
    return context;
}

std::set<UnitId> Context::settledUnits() const
{
    const reconcile::BookCredit& book = credited.balance;
    std::set<UnitId> settled;
    if (!payment.isAccount() || !book.isApplicable || !book.isKnown())
        return settled;
    settled.insert(book.units.begin(), book.units.end());
    // A credit that names no units (SparkLayer's own transaction) settles them all or none.
    const bool isWhole = book.units.empty() && !book.amount.isZero() &&
                         reconcile::isRounding(book.amount, expected.total.gross,
                                               static_cast<std::int64_t>(expected.units.size()));
    for (const reconcile::UnitCredit& unit : expected.units) {
        if (isWhole)
            settled.insert(unit.unit);
    }
    return settled;
}

} // namespace counterfoil::rules
