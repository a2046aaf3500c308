// Scenarios about states that do not fit, returns that stand still, and goods that went astray.

#include "app/sandbox/world/scenarios/scenario.h"

namespace counterfoil::sandbox::scenario {
namespace {

/// Account order with a fresh approved return on it.
std::size_t approved(Stage& s, Instant requestedAgo = 4 * kDay)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Account, 12), 4, kToBank, requestedAgo);
    s.b.approve(rma, s.ago(requestedAgo - 3 * kHour));
    return rma;
}

/// Card return, received three days ago, not put away yet.
std::size_t onTheDock(Stage& s, std::int64_t pieces)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Card, pieces + 6), pieces, kToCard);
    s.b.approve(rma, s.ago(10 * kDay));
    s.b.receive(rma, s.ago(3 * kDay));
    return rma;
}

/// Inspected, processed, credited at `creditedAgo`; goods released.
std::size_t settled(Stage& s, Instant creditedAgo)
{
    const std::size_t rma = s.arrivedOnAccount(s.accountBuyer(), 5);
    s.b.inspect(rma, s.ago(creditedAgo + 2 * kHour));
    s.b.process(rma, s.ago(creditedAgo + kHour));
    s.b.creditAccount(rma, s.ago(creditedAgo), s.b.invoicedValue(rma));
    s.b.release(rma, s.ago(creditedAgo - kHour), kSellable);
    return rma;
}

Purchase& purchaseOf(Stage& s, std::size_t rma)
{
    return *s.b.world().purchaseOfOrder(s.b.orderOf(rma).id);
}

} // namespace

std::size_t closedInShopify(Stage& s)
{
    const std::size_t rma = approved(s);
    s.b.world().holdClock(s.ago(30 * kHour));
    s.b.shopReturn(rma)->state = ReturnState::Canceled;
    s.b.world().touch(s.b.orderOf(rma));
    return rma;
}

std::size_t reopenedReturn(Stage& s)
{
    const std::size_t rma = approved(s);
    s.b.cancel(rma, s.ago(2 * kDay));
    s.b.note(rma, s.ago(30 * kHour), "system", "Jo Okafor", "Request REOPENED");
    s.b.approve(rma, s.ago(30 * kHour));
    return rma;
}

std::size_t leftOpenInShopify(Stage& s)
{
    const std::size_t rma = settled(s, 5 * kDay + 6 * kHour);
    Rma& r = s.b.rma(rma);
    r.state = RmaState::Done;
    r.doneAt = r.lastUpdated = s.ago(5 * kDay);
    s.b.note(rma, r.doneAt, "system", "Jo Okafor", "RMA status changed to done");
    return rma;
}

std::size_t parcelNeverScanned(Stage& s)
{
    const std::size_t rma = s.arrivedOnCard(s.accountBuyer(), 4);
    s.b.rma(rma).shipments.front().status = "Shipped";
    return rma;
}

std::size_t goodsOfACanceled(Stage& s)
{
    const std::size_t rma = approved(s, 7 * kDay);
    s.b.receive(rma, s.ago(3 * kDay));
    s.b.cancel(rma, s.ago(60 * kHour));
    return rma;
}

std::size_t paidThenCanceled(Stage& s)
{
    const std::size_t rma = s.arrivedOnCard(s.accountBuyer(), 4);
    s.b.inspect(rma, s.ago(40 * kHour));
    s.b.askRefund(rma, s.ago(31 * kHour), s.b.invoicedValue(rma));
    s.b.refundSucceeds(rma, s.ago(30 * kHour));
    s.b.cancel(rma, s.ago(20 * kHour));
    return rma;
}

std::size_t refundedBefore(Stage& s)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Card, 12), 2, kToCard, 5 * kDay);
    s.b.refundByHand(rma, s.ago(9 * kDay), s.b.invoicedValue(rma));
    s.b.approve(rma, s.ago(4 * kDay));
    s.b.cancel(rma, s.ago(3 * kDay));
    return rma;
}

std::size_t cardDoneUnpaid(Stage& s)
{
    const std::size_t rma = s.arrivedOnCard(s.accountBuyer(), 4);
    s.b.inspect(rma, s.ago(4 * kDay));
    s.b.process(rma, s.ago(4 * kDay - kHour));
    s.b.release(rma, s.ago(4 * kDay - 2 * kHour), kSellable);
    s.b.finish(rma, s.ago(3 * kDay));
    return rma;
}

std::size_t paidNotDone(Stage& s)
{
    return settled(s, 5 * kDay + 10 * kHour);
}

std::size_t paidNotDoneYet(Stage& s)
{
    return settled(s, 2 * kDay);
}

std::size_t forgottenRequest(Stage& s)
{
    return s.request(s.order(s.accountBuyer(), PayMethod::Account, 10), 3, kToBank, 5 * kDay);
}

std::size_t slowBuyer(Stage& s)
{
    return approved(s, 20 * kDay);
}

std::size_t damagedSold(Stage& s)
{
    const std::size_t rma = onTheDock(s, 4);
    s.b.inspect(rma, s.ago(40 * kHour));
    s.b.rma(rma).units.front().validation->restockable = false;
    s.b.putAway(rma, s.ago(38 * kHour), kSellable);
    return rma;
}

std::size_t damagedKept(Stage& s)
{
    const std::size_t rma = onTheDock(s, 4);
    s.b.inspect(rma, s.ago(40 * kHour));
    s.b.rma(rma).units.front().validation->restockable = false;
    s.b.putAway(rma, s.ago(38 * kHour), kSellable, 3);
    s.b.putAway(rma, s.ago(37 * kHour), kQuarantine);
    return rma;
}

std::size_t nothingMoved(Stage& s)
{
    const std::size_t rma = approved(s, 8 * kDay);
    s.b.receive(rma, s.ago(6 * kDay));
    s.b.inspect(rma, s.ago(5 * kDay));
    s.b.process(rma, s.ago(5 * kDay - kHour));
    s.b.creditAccount(rma, s.ago(4 * kDay), s.b.invoicedValue(rma));
    s.b.finish(rma, s.ago(4 * kDay - kHour));
    return rma;
}

std::size_t notYetMoved(Stage& s)
{
    const std::size_t rma = approved(s, 4 * kDay);
    s.b.receive(rma, s.ago(9 * kHour));
    s.b.inspect(rma, s.ago(8 * kHour));
    s.b.process(rma, s.ago(7 * kHour));
    s.b.creditAccount(rma, s.ago(6 * kHour), s.b.invoicedValue(rma));
    return rma;
}

std::size_t longInQuarantine(Stage& s)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Account, 14), 6, kToBank, 12 * kDay);
    s.b.arrive(rma, s.ago(8 * kDay + 3 * kHour));
    return rma;
}

std::size_t oneShort(Stage& s)
{
    const std::size_t rma = s.arrivedOnCard(s.accountBuyer(), 5);
    s.b.inspect(rma, s.ago(30 * kHour));
    Validation& last = *s.b.rma(rma).units.back().validation;
    last.returned = last.restockable = false;
    return rma;
}

std::size_t shortAndSettled(Stage& s)
{
    const std::size_t rma = oneShort(s);
    const Minor accepted = World::grossOf(s.b.orderOf(rma), s.firstLine(rma), 4);
    s.b.askRefund(rma, s.ago(20 * kHour), accepted);
    s.b.refundSucceeds(rma, s.ago(19 * kHour));
    s.b.release(rma, s.ago(18 * kHour), kSellable);
    s.b.finish(rma, s.ago(17 * kHour));
    return rma;
}

std::size_t foreignLine(Stage& s)
{
    const std::size_t rma = approved(s);
    s.b.rma(rma).units.front().lineId = s.b.world().newId();
    return rma;
}

std::size_t purchaseLost(Stage& s)
{
    const std::size_t rma = approved(s);
    s.b.world().dropPurchase(s.b.orderOf(rma).id);
    return rma;
}

std::size_t purchaseUnconfirmed(Stage& s)
{
    const std::size_t rma = approved(s);
    purchaseOf(s, rma).type = "order_unconfirmed";
    return rma;
}

std::size_t purchaseOtherPieces(Stage& s)
{
    const std::size_t rma = approved(s);
    purchaseOf(s, rma).lines.front().quantity -= 2;
    return rma;
}

} // namespace counterfoil::sandbox::scenario
