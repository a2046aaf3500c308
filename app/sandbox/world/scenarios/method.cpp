// Scenarios about the means of a credit and about credits that never arrived.

#include "app/sandbox/world/scenarios/scenario.h"

namespace counterfoil::sandbox::scenario {

std::size_t gatewayRequested(Stage& s)
{
    const std::size_t rma = s.arrivedOnAccount(s.accountBuyer(), 6, kToCard);
    s.b.askRefund(rma, s.ago(5 * kHour), s.b.invoicedValue(rma));
    return rma;
}

std::size_t gatewayFailed(Stage& s)
{
    const std::size_t rma = s.arrivedOnAccount(s.accountBuyer(), 5, kToCard);
    s.b.inspect(rma, s.ago(4 * kDay));
    s.b.askRefund(rma, s.ago(30 * kHour), s.b.invoicedValue(rma));
    s.b.refundFails(rma, s.ago(29 * kHour));
    return rma;
}

std::size_t gatewaySucceeded(Stage& s)
{
    const std::size_t rma = s.arrivedOnAccount(s.accountBuyer(), 4, kToCard);
    s.b.inspect(rma, s.ago(4 * kDay));
    s.b.askRefund(rma, s.ago(31 * kHour), s.b.invoicedValue(rma));
    s.b.refundSucceeds(rma, s.ago(30 * kHour));
    return rma;
}

std::size_t gatewaySet(Stage& s)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Account, 12), 6, kToCard, 3 * kDay);
    s.b.approve(rma, s.ago(2 * kDay));
    return rma;
}

std::size_t gatewayBankPaid(Stage& s)
{
    const std::size_t order = s.order(s.accountBuyer(), PayMethod::Account, 12);
    s.b.payByBank(order, s.ago(15 * kDay));
    const std::size_t rma = s.request(order, 6, kToCard);
    s.b.arrive(rma, s.ago(6 * kDay));
    s.b.askRefund(rma, s.ago(6 * kHour), s.b.invoicedValue(rma));
    return rma;
}

std::size_t gatewayInvoice(Stage& s)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Invoice, 10), 4, kToCard);
    s.b.arrive(rma, s.ago(5 * kDay));
    s.b.askRefund(rma, s.ago(8 * kHour), s.b.invoicedValue(rma));
    return rma;
}

std::size_t paidByCardLater(Stage& s)
{
    const std::size_t order = s.order(s.accountBuyer(), PayMethod::Account, 12);
    s.b.payByCard(order, s.ago(14 * kDay));
    const std::size_t rma = s.request(order, 6, kToCard);
    s.b.arrive(rma, s.ago(6 * kDay));
    s.b.inspect(rma, s.ago(40 * kHour));
    s.b.askRefund(rma, s.ago(36 * kHour), s.b.invoicedValue(rma));
    s.b.refundSucceeds(rma, s.ago(35 * kHour));
    return rma;
}

std::size_t codeIssued(Stage& s)
{
    const std::size_t rma = s.arrivedOnAccount(s.accountBuyer(), 5, kToCode);
    s.b.inspect(rma, s.ago(4 * kDay));
    s.b.askRefund(rma, s.ago(40 * kHour), s.b.invoicedValue(rma), kToCode);
    s.b.refundSucceeds(rma, s.ago(39 * kHour));
    return rma;
}

std::size_t codeRequested(Stage& s)
{
    const std::size_t rma = s.arrivedOnAccount(s.accountBuyer(), 3, kToCode);
    s.b.askRefund(rma, s.ago(4 * kHour), s.b.invoicedValue(rma), kToCode);
    return rma;
}

std::size_t codeOnCard(Stage& s)
{
    const std::size_t rma = s.arrivedOnCard(s.accountBuyer(), 5, kToCode);
    s.b.inspect(rma, s.ago(40 * kHour));
    s.b.askRefund(rma, s.ago(36 * kHour), s.b.invoicedValue(rma), kToCode);
    s.b.refundSucceeds(rma, s.ago(35 * kHour));
    return rma;
}

std::size_t creditForgotten(Stage& s)
{
    const std::size_t rma = s.arrivedOnAccount(s.accountBuyer(), 8);
    s.b.inspect(rma, s.ago(5 * kDay));
    return rma;
}

std::size_t doneUncredited(Stage& s)
{
    const std::size_t rma = s.arrivedOnAccount(s.accountBuyer(), 6);
    s.b.inspect(rma, s.ago(5 * kDay));
    s.b.process(rma, s.ago(4 * kDay));
    s.b.release(rma, s.ago(4 * kDay), kSellable);
    s.b.finish(rma, s.ago(3 * kDay));
    return rma;
}

std::size_t buyerBlocked(Stage& s)
{
    const auto reserved = s.blockedBuyer();
    const std::size_t customer = reserved ? *reserved : s.accountBuyer();
    const std::size_t rma = s.arrivedOnAccount(customer, 12);
    s.b.inspect(rma, s.ago(5 * kDay));
    if (reserved)
        s.b.blocked.emplace_back(customer, s.b.invoicedValue(rma));
    return rma;
}

std::size_t keepItemUncredited(Stage& s)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Account, 8), 2, kToBank, 7 * kDay);
    for (RmaUnit& u : s.b.rma(rma).units)
        u.returnMethod = "No shipment required";
    s.b.approve(rma, s.ago(6 * kDay));
    return rma;
}

std::size_t euroUncredited(Stage& s)
{
    const std::size_t rma = s.arrivedOnAccount(s.euroBuyer(), 5);
    s.b.inspect(rma, s.ago(4 * kDay));
    return rma;
}

std::size_t creditStillEarly(Stage& s)
{
    const std::size_t rma = s.arrivedOnAccount(s.accountBuyer(), 8);
    s.b.inspect(rma, s.ago(20 * kHour));
    return rma;
}

std::size_t invoiceSettled(Stage& s)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Invoice, 10), 4, kToBank);
    s.b.arrive(rma, s.ago(7 * kDay));
    s.b.inspect(rma, s.ago(6 * kDay));
    s.b.process(rma, s.ago(5 * kDay));
    s.b.release(rma, s.ago(5 * kDay), kSellable);
    s.b.finish(rma, s.ago(4 * kDay));
    return rma;
}

std::size_t partInspected(Stage& s)
{
    const std::size_t rma = s.arrivedOnAccount(s.accountBuyer(), 6);
    s.b.inspect(rma, s.ago(30 * kHour), 2);
    return rma;
}

} // namespace counterfoil::sandbox::scenario
