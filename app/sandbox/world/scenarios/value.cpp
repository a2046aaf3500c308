// Scenarios about the value of a credit.

#include "app/sandbox/world/scenarios/scenario.h"

namespace counterfoil::sandbox::scenario {
namespace {

/// What ReturnGO's own figures come to for all pieces, gross.
Minor believed(Stage& s, std::size_t rma)
{
    Minor sum = 0;
    for (const RmaUnit& u : s.b.rma(rma).units)
        sum += u.paidPrice + (u.taxIncluded ? 0 : u.paidTax);
    return sum;
}

Minor retailNet(const World& world, const OrderLine& line)
{
    return world.products[line.product].retailGbp * 10000 / 12000;
}

/// Card order of one line with the given pieces, all inspected, nothing asked yet.
std::size_t inspectedCard(Stage& s, std::int64_t pieces)
{
    const std::size_t rma = s.arrivedOnCard(s.accountBuyer(), pieces);
    s.b.inspect(rma, s.ago(30 * kHour));
    return rma;
}

} // namespace

std::size_t retailAsked(Stage& s)
{
    const std::size_t rma = inspectedCard(s, 6);
    const OrderLine& l = s.firstLine(rma);
    s.believe(rma, Builder::inTerms(s.b.orderOf(rma), l, retailNet(s.b.world(), l)));
    s.b.askRefund(rma, s.ago(5 * kHour), believed(s, rma));
    return rma;
}

std::size_t retailBelieved(Stage& s)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Account, 12), 8, kToBank, 5 * kDay);
    s.b.approve(rma, s.ago(4 * kDay));
    const OrderLine& l = s.firstLine(rma);
    s.believe(rma, Builder::inTerms(s.b.orderOf(rma), l, retailNet(s.b.world(), l)));
    return rma;
}

std::size_t missedBreak(Stage& s)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Account, 30), 6, kToBank, 5 * kDay);
    s.b.approve(rma, s.ago(4 * kDay));
    const Order& o = s.b.orderOf(rma);
    const OrderLine& l = s.firstLine(rma);
    s.believe(
        rma, Builder::inTerms(
                 o, l, s.b.netPrice(l.product, s.b.world().customers[o.customer], 1, o.createdAt)));
    return rma;
}

std::size_t ignoredDiscount(Stage& s)
{
    const std::size_t rma =
        s.request(s.order(s.discountBuyer(), PayMethod::Account, 14), 7, kToBank, 4 * kDay);
    s.b.approve(rma, s.ago(3 * kDay));
    const Order& o = s.b.orderOf(rma);
    const OrderLine& l = s.firstLine(rma);
    Customer plain = s.b.world().customers[o.customer];
    plain.discountBps = 0;
    s.believe(rma, Builder::inTerms(o, l, s.b.netPrice(l.product, plain, l.quantity, o.createdAt)));
    return rma;
}

std::size_t todaysList(Stage& s)
{
    OrderSpec spec = s.b.usualOrder(s.accountBuyer(), PayMethod::Account, s.ago(24 * kDay), 1);
    spec.lines = {{2 + 5 * static_cast<std::size_t>(s.b.world().rng.below(11)), 12}};
    spec.discountBps = 0;
    const std::size_t rma = s.request(s.b.order(spec), 9, kToBank, 4 * kDay);
    s.b.approve(rma, s.ago(3 * kDay));
    const Order& o = s.b.orderOf(rma);
    const OrderLine& l = s.firstLine(rma);
    s.believe(rma, Builder::inTerms(o, l,
                                    s.b.netPrice(l.product, s.b.world().customers[o.customer],
                                                 l.quantity, s.b.start())));
    return rma;
}

std::size_t netForGross(Stage& s)
{
    std::size_t buyer = s.accountBuyer();
    while (buyer % 5 == 1)
        buyer = s.accountBuyer();
    const std::size_t rma = s.arrivedOnCard(buyer, 10);
    s.b.inspect(rma, s.ago(30 * kHour));
    const OrderLine& l = s.firstLine(rma);
    s.b.askRefund(rma, s.ago(6 * kHour), l.unit * 10);
    s.b.refundSucceeds(rma, s.ago(4 * kHour));
    return rma;
}

std::size_t taxOnTop(Stage& s)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Account, 10), 5, kToBank, 4 * kDay);
    s.b.approve(rma, s.ago(3 * kDay));
    const Minor gross = World::grossOf(s.b.orderOf(rma), s.firstLine(rma), 1);
    for (RmaUnit& u : s.b.rma(rma).units) {
        u.taxIncluded = false;
        u.paidPrice = gross;
        u.paidTax = (gross + 2) / 5;
    }
    return rma;
}

std::size_t labelFee(Stage& s)
{
    const std::size_t rma = s.arrivedOnCard(s.accountBuyer(), 8);
    s.b.rma(rma).units.front().shipmentFee = 495;
    return rma;
}

std::size_t unexplained(Stage& s)
{
    const std::size_t rma = inspectedCard(s, 6);
    s.b.askRefund(rma, s.ago(7 * kHour), s.b.invoicedValue(rma) + 1137);
    s.b.refundSucceeds(rma, s.ago(6 * kHour));
    return rma;
}

std::size_t discountNotSpread(Stage& s)
{
    OrderSpec spec = s.b.usualOrder(s.accountBuyer(), PayMethod::Account, s.ago(23 * kDay), 3);
    spec.lines.front().second = 12;
    spec.discountBps = 750;
    const std::size_t rma = s.request(s.b.order(spec), 12, kToBank, 4 * kDay);
    s.b.approve(rma, s.ago(3 * kDay));
    s.believe(rma, s.firstLine(rma).unit);
    return rma;
}

std::size_t overTolerance(Stage& s)
{
    const std::size_t rma = inspectedCard(s, 5);
    s.b.askRefund(rma, s.ago(5 * kHour), s.b.invoicedValue(rma) + 4);
    return rma;
}

std::size_t paidTooLittle(Stage& s)
{
    // One of four: of six it would be the net, where tax is a fifth.
    const std::size_t rma = inspectedCard(s, 4);
    s.b.askRefund(rma, s.ago(28 * kHour), s.b.invoicedValue(rma) * 3 / 4);
    s.b.refundSucceeds(rma, s.ago(26 * kHour));
    s.b.finish(rma, s.ago(25 * kHour));
    return rma;
}

std::size_t atTolerance(Stage& s)
{
    const std::size_t rma = inspectedCard(s, 5);
    s.b.askRefund(rma, s.ago(5 * kHour), s.b.invoicedValue(rma) + 3);
    return rma;
}

std::size_t agreedFee(Stage& s)
{
    const std::size_t rma = inspectedCard(s, 7);
    s.b.rma(rma).units.front().restockingFee = 600;
    s.b.askRefund(rma, s.ago(5 * kHour), s.b.invoicedValue(rma) - 600);
    return rma;
}

std::size_t pennyRounding(Stage& s)
{
    OrderSpec spec = s.b.usualOrder(s.accountBuyer(), PayMethod::Account, s.ago(23 * kDay), 2);
    spec.lines.front().second = 7;
    spec.discountBps = 333;
    const std::size_t rma = s.request(s.b.order(spec), 7, kToBank, 4 * kDay);
    s.b.approve(rma, s.ago(3 * kDay));
    return rma;
}

std::size_t breakKept(Stage& s)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Account, 24), 1, kToBank, 4 * kDay);
    s.b.approve(rma, s.ago(3 * kDay));
    return rma;
}

} // namespace counterfoil::sandbox::scenario
