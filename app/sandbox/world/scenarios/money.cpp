// Scenarios about money that waits, came too early, too often or too much.

#include "app/sandbox/world/scenarios/scenario.h"

namespace counterfoil::sandbox::scenario {
namespace {

/// Card return, inspected two days ago.
std::size_t inspectedCard(Stage& s, std::int64_t pieces)
{
    const std::size_t rma = s.arrivedOnCard(s.accountBuyer(), pieces);
    s.b.inspect(rma, s.ago(48 * kHour));
    return rma;
}

/// Card order whose one line comes back whole, inspected two days ago.
std::size_t wholeLine(Stage& s, std::int64_t pieces)
{
    const std::size_t rma =
        s.request(s.order(s.accountBuyer(), PayMethod::Card, pieces), pieces, kToCard);
    s.b.arrive(rma, s.ago(6 * kDay));
    s.b.inspect(rma, s.ago(48 * kHour));
    return rma;
}

} // namespace

std::size_t refundWaiting(Stage& s)
{
    const std::size_t rma = inspectedCard(s, 4);
    s.b.askRefund(rma, s.ago(30 * kHour), s.b.invoicedValue(rma));
    return rma;
}

std::size_t refundUnderWay(Stage& s)
{
    const std::size_t rma = inspectedCard(s, 4);
    s.b.askRefund(rma, s.ago(20 * kHour), s.b.invoicedValue(rma));
    return rma;
}

std::size_t refundFailed(Stage& s)
{
    const std::size_t rma = inspectedCard(s, 3);
    s.b.askRefund(rma, s.ago(9 * kHour), s.b.invoicedValue(rma));
    s.b.refundFails(rma, s.ago(8 * kHour));
    return rma;
}

std::size_t refundFailedThenPaid(Stage& s)
{
    const std::size_t rma = inspectedCard(s, 3);
    s.b.askRefund(rma, s.ago(9 * kHour), s.b.invoicedValue(rma));
    s.b.refundFails(rma, s.ago(8 * kHour));
    s.b.askRefund(rma, s.ago(7 * kHour), s.b.invoicedValue(rma));
    s.b.refundSucceeds(rma, s.ago(6 * kHour));
    return rma;
}

std::size_t paidUnseen(Stage& s)
{
    const std::size_t rma = s.arrivedOnCard(s.accountBuyer(), 5);
    s.b.askRefund(rma, s.ago(50 * kHour), s.b.invoicedValue(rma));
    s.b.refundSucceeds(rma, s.ago(49 * kHour));
    return rma;
}

std::size_t paidThenSeen(Stage& s)
{
    const std::size_t rma = s.arrivedOnCard(s.accountBuyer(), 5);
    s.b.askRefund(rma, s.ago(50 * kHour), s.b.invoicedValue(rma));
    s.b.refundSucceeds(rma, s.ago(49 * kHour));
    s.b.inspect(rma, s.ago(30 * kHour));
    return rma;
}

std::size_t codeAndCredit(Stage& s)
{
    const std::size_t rma = s.arrivedOnAccount(s.accountBuyer(), 4, kToCode);
    s.b.inspect(rma, s.ago(4 * kDay));
    s.b.askRefund(rma, s.ago(40 * kHour), s.b.invoicedValue(rma), kToCode);
    s.b.refundSucceeds(rma, s.ago(39 * kHour));
    s.b.creditAccount(rma, s.ago(30 * kHour), s.b.invoicedValue(rma));
    return rma;
}

std::size_t aboveTheLine(Stage& s)
{
    const std::size_t rma = wholeLine(s, 5);
    s.b.askRefund(rma, s.ago(9 * kHour), s.b.invoicedValue(rma) + 725);
    s.b.refundSucceeds(rma, s.ago(8 * kHour));
    return rma;
}

std::size_t exactlyTheLine(Stage& s)
{
    const std::size_t rma = wholeLine(s, 5);
    s.b.askRefund(rma, s.ago(9 * kHour), s.b.invoicedValue(rma));
    s.b.refundSucceeds(rma, s.ago(8 * kHour));
    return rma;
}

} // namespace counterfoil::sandbox::scenario
