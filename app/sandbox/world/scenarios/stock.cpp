// Scenarios about stock, and about returns that cannot start.

#include "app/sandbox/world/scenarios/scenario.h"

namespace counterfoil::sandbox::scenario {
namespace {

/// Account return received 6 days ago, not put away yet.
std::size_t onTheDock(Stage& s, std::int64_t pieces)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Account, pieces + 6), pieces, kToBank);
    s.b.approve(rma, s.ago(10 * kDay));
    s.b.receive(rma, s.ago(6 * kDay));
    return rma;
}

constexpr const char* kRefusal = "Return can't be approved: the order's payment is pending";

} // namespace

std::size_t jumpedQueue(Stage& s)
{
    const std::size_t rma = onTheDock(s, 6);
    s.b.putAway(rma, s.ago(5 * kDay), kSellable);
    return rma;
}

std::size_t restockedByRefund(Stage& s)
{
    const std::size_t rma = s.request(s.order(s.accountBuyer(), PayMethod::Card, 12), 4, kToCard);
    s.b.approve(rma, s.ago(10 * kDay));
    s.b.receive(rma, s.ago(3 * kDay));
    s.b.askRefund(rma, s.ago(60 * kHour), s.b.invoicedValue(rma));
    s.b.refundSucceeds(rma, s.ago(59 * kHour), kSellable);
    return rma;
}

std::size_t halfInspectedRestock(Stage& s)
{
    const std::size_t rma = onTheDock(s, 4);
    s.b.inspect(rma, s.ago(30 * kHour), 2);
    s.b.putAway(rma, s.ago(28 * kHour), kSellable);
    return rma;
}

std::size_t intoQuarantine(Stage& s)
{
    const std::size_t rma = onTheDock(s, 6);
    s.b.putAway(rma, s.ago(5 * kDay), kQuarantine);
    return rma;
}

std::size_t inspectedFirst(Stage& s)
{
    const std::size_t rma = onTheDock(s, 5);
    s.b.inspect(rma, s.ago(40 * kHour));
    s.b.putAway(rma, s.ago(38 * kHour), kSellable);
    return rma;
}

std::size_t outletGoods(Stage& s)
{
    const std::size_t rma = onTheDock(s, 5);
    s.b.inspect(rma, s.ago(40 * kHour));
    s.b.putAway(rma, s.ago(38 * kHour), kOutlet);
    return rma;
}

std::size_t paymentPending(Stage& s)
{
    const std::size_t rma = s.request(s.order(s.accountBuyer(), PayMethod::Account, 10, 9 * kDay),
                                      4, kToBank, 2 * kDay);
    s.b.refuse(rma, s.ago(2 * kDay) + 5 * kMinute, kRefusal);
    return rma;
}

std::size_t draftOnly(Stage& s)
{
    const Id draft = s.b.draft(s.accountBuyer(), s.ago(6 * kDay));
    const std::size_t rma = s.b.requestForDraft(draft, s.ago(2 * kDay));
    s.b.refuse(rma, s.ago(2 * kDay) + 5 * kMinute,
               "Return can't be approved: the order is still a draft");
    return rma;
}

std::size_t unpaidButQuiet(Stage& s)
{
    return s.request(s.order(s.accountBuyer(), PayMethod::Account, 10, 9 * kDay), 4, kToBank,
                     2 * kDay);
}

std::size_t paidSinceRefusal(Stage& s)
{
    const std::size_t order = s.order(s.accountBuyer(), PayMethod::Account, 10, 9 * kDay);
    const std::size_t rma = s.request(order, 4, kToCard, 2 * kDay);
    s.b.refuse(rma, s.ago(2 * kDay) + 5 * kMinute, kRefusal);
    s.b.payByCard(order, s.ago(20 * kHour));
    return rma;
}

} // namespace counterfoil::sandbox::scenario
