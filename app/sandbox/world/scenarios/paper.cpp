// Scenarios about purchase order numbers, refunds by hand, edits and values nobody knows.

#include "app/sandbox/world/scenarios/scenario.h"

namespace counterfoil::sandbox::scenario {
namespace {

/// Account order of a buyer who always gives a PO, with the PO as told, and a fresh return on it.
std::size_t withPo(Stage& s, const std::string& shopify, const std::string& spark,
                   PayMethod method = PayMethod::Account)
{
    OrderSpec spec = s.b.usualOrder(s.poBuyer(), method, s.ago(20 * kDay), 2);
    spec.lines.front().second = 12;
    spec.poShopify = shopify;
    spec.poSpark = spark;
    const std::size_t rma =
        s.request(s.b.order(spec), 5, method == PayMethod::Card ? kToCard : kToBank, 4 * kDay);
    s.b.approve(rma, s.ago(3 * kDay));
    return rma;
}

/// Card return, inspected; money not yet asked for.
std::size_t inspectedCard(Stage& s, std::int64_t pieces)
{
    const std::size_t rma = s.arrivedOnCard(s.accountBuyer(), pieces);
    s.b.inspect(rma, s.ago(40 * kHour));
    return rma;
}

/// Account order of two lines with a fresh approved return on the first.
std::size_t approvedOfTwo(Stage& s, Instant requestedAgo)
{
    const std::size_t rma = s.request(
        s.order(s.accountBuyer(), PayMethod::Account, 10, 20 * kDay, 1), 6, kToBank, requestedAgo);
    s.b.approve(rma, s.ago(requestedAgo - kHour));
    return rma;
}

} // namespace

std::size_t poMissing(Stage& s)
{
    return withPo(s, "", "");
}

std::size_t poConflict(Stage& s)
{
    return withPo(s, s.b.nextPo(), s.b.nextPo());
}

std::size_t poConflictAttribute(Stage& s)
{
    const std::string po = s.b.nextPo();
    const std::size_t rma = withPo(s, po, po);
    s.b.orderOf(rma).attributes.push_back({"PO Number", s.b.nextPo()});
    return rma;
}

std::size_t poSpelling(Stage& s)
{
    const std::string po = s.b.nextPo();
    return withPo(s, " po" + po.substr(2) + " ", po);
}

std::size_t poOnlySpark(Stage& s)
{
    return withPo(s, "", s.b.nextPo());
}

std::size_t poNotOnCard(Stage& s)
{
    return withPo(s, "", "", PayMethod::Card);
}

std::size_t refundedByHand(Stage& s)
{
    const std::size_t rma = inspectedCard(s, 4);
    s.b.refundByHand(rma, s.ago(30 * kHour), s.b.invoicedValue(rma));
    return rma;
}

std::size_t refundedByHandEarly(Stage& s)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Card, 9), 3, kToCard, 4 * kDay);
    s.b.approve(rma, s.ago(3 * kDay));
    s.b.refundByHand(rma, s.ago(26 * kHour), s.b.invoicedValue(rma));
    return rma;
}

std::size_t refundedByReturnGo(Stage& s)
{
    const std::size_t rma = inspectedCard(s, 4);
    s.b.askRefund(rma, s.ago(31 * kHour), s.b.invoicedValue(rma));
    s.b.refundSucceeds(rma, s.ago(30 * kHour));
    return rma;
}

std::size_t refundOfNothing(Stage& s)
{
    const std::size_t rma = inspectedCard(s, 4);
    s.b.refundByHand(rma, s.ago(30 * kHour), 0);
    return rma;
}

std::size_t editedAway(Stage& s)
{
    const std::size_t rma = approvedOfTwo(s, 4 * kDay);
    s.b.editRemove(s.b.rma(rma).order, 0, 7, s.ago(2 * kDay));
    return rma;
}

std::size_t editedPrice(Stage& s)
{
    const std::size_t rma = approvedOfTwo(s, 4 * kDay);
    s.b.editDiscount(s.b.rma(rma).order, 0, s.firstLine(rma).unit, s.ago(2 * kDay));
    return rma;
}

std::size_t editedBefore(Stage& s)
{
    const std::size_t order = s.order(s.accountBuyer(), PayMethod::Account, 10, 20 * kDay, 1);
    s.b.editRemove(order, 0, 3, s.ago(12 * kDay));
    const std::size_t rma = s.request(order, 5, kToBank, 4 * kDay);
    s.b.approve(rma, s.ago(3 * kDay));
    return rma;
}

std::size_t editedElsewhere(Stage& s)
{
    const std::size_t rma = approvedOfTwo(s, 4 * kDay);
    s.b.editRemove(s.b.rma(rma).order, 1, 1, s.ago(2 * kDay));
    return rma;
}

std::size_t strangeStatus(Stage& s)
{
    const std::size_t rma = approvedOfTwo(s, 4 * kDay);
    s.b.rma(rma).rawState = "OnHold";
    return rma;
}

std::size_t strangeResolution(Stage& s)
{
    const std::size_t rma = approvedOfTwo(s, 4 * kDay);
    for (RmaUnit& u : s.b.rma(rma).units)
        u.resolutionType = "LoyaltyPoints";
    return rma;
}

std::size_t strangeMoneyState(Stage& s)
{
    const std::size_t rma = inspectedCard(s, 3);
    s.b.askRefund(rma, s.ago(5 * kHour), s.b.invoicedValue(rma));
    for (RgTransaction& tx : s.b.rma(rma).transactions)
        tx.status = "UnderReview";
    return rma;
}

std::size_t strangeShipment(Stage& s)
{
    const std::size_t rma = approvedOfTwo(s, 4 * kDay);
    s.b.rma(rma).shipments.front().status = "HeldAtCustoms";
    return rma;
}

std::size_t strangeMethod(Stage& s)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Unknown, 8), 3, kToBank, 4 * kDay);
    s.b.approve(rma, s.ago(3 * kDay));
    return rma;
}

std::size_t strangeLocation(Stage& s)
{
    const std::size_t rma = s.request(s.order(s.accountBuyer(), PayMethod::Account, 9), 3, kToBank);
    s.b.approve(rma, s.ago(10 * kDay));
    s.b.receive(rma, s.ago(3 * kDay));
    s.b.putAway(rma, s.ago(2 * kDay), kUnlisted);
    return rma;
}

std::size_t twoReturns(Stage& s)
{
    const std::size_t order = s.order(s.accountBuyer(), PayMethod::Account, 14, 22 * kDay, 1);
    const std::size_t first = s.request(order, 4, kToBank, 12 * kDay);
    s.b.arrive(first, s.ago(9 * kDay));
    s.b.inspect(first, s.ago(8 * kDay));
    s.b.process(first, s.ago(7 * kDay));
    s.b.creditAccount(first, s.ago(7 * kDay), s.b.invoicedValue(first));
    s.b.release(first, s.ago(7 * kDay), kSellable);
    s.b.finish(first, s.ago(6 * kDay));
    const std::size_t second = s.b.request(order, {{0, 3}, {1, 1}}, kToBank, s.ago(3 * kDay));
    s.b.approve(second, s.ago(2 * kDay));
    return second;
}

std::size_t sameSkuTwice(Stage& s)
{
    OrderSpec spec = s.b.usualOrder(s.accountBuyer(), PayMethod::Account, s.ago(20 * kDay), 1);
    spec.lines = {{spec.lines.front().first, 6}, {spec.lines.front().first, 30}};
    const std::size_t rma =
        s.b.request(s.b.order(spec), {{0, 2}, {1, 5}}, kToBank, s.ago(4 * kDay));
    s.b.approve(rma, s.ago(3 * kDay));
    return rma;
}

} // namespace counterfoil::sandbox::scenario
