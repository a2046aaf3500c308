#include "core/reconcile/provenance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace counterfoil::reconcile {

using namespace domain;
using money::Fraction;
using money::Money;

namespace {

struct Search {
    const ExpectedLine& line;
    std::int64_t units;
    Money amount;
    std::vector<PriceCandidate> found;

    /// One candidate by its unit price, in minor units.
    void unitPrice(std::string code, const Result<Fraction>& unit)
    {
        if (!unit)
            return;
        const Result<Fraction> whole = unit->times(Fraction(units));
        if (whole)
            found.push_back({std::move(code), money::rounded(*whole, amount.currency()), *unit});
    }
    /// A net price as it would be paid: bare, and with the line's own tax rate on it.
    void netPrice(const std::string& code, const Fraction& net)
    {
        unitPrice(code, net);
        if (line.unitTax == Fraction() || line.unitNet == Fraction())
            return;
        const Result<Fraction> rate = line.unitTax.dividedBy(line.unitNet);
        const Result<Fraction> tax = rate ? rate->times(net) : rate;
        if (tax)
            unitPrice(code, net.plus(*tax));
    }
};

void addCandidates(const CaseFacts& facts, const OrderLine* order, Search& search)
{
    const ExpectedLine& line = search.line;
    if (line.unitTax != Fraction()) {
        search.unitPrice("net-for-gross", line.unitNet);
        search.unitPrice("tax-twice", line.unitGross.plus(line.unitTax));
        // Or the rate on top of what held the tax already.
        const Result<Fraction> rate = line.unitTax.dividedBy(line.unitNet);
        const Result<Fraction> again = rate ? rate->times(line.unitGross) : rate;
        if (again)
            search.unitPrice("tax-twice", line.unitGross.plus(*again));
    }
    const auto hints = facts.priceHints.find(line.sku);
    if (hints != facts.priceHints.end()) {
        const PriceHints& hint = hints->second;
        if (hint.singleUnitBreak)
            search.netPrice("missed-break", *hint.singleUnitBreak);
        if (hint.withoutDiscount)
            search.netPrice("ignored-discount", *hint.withoutDiscount);
        if (hint.tradeListAtOrder)
            search.netPrice("list-at-order", *hint.tradeListAtOrder);
        if (hint.customerToday)
            search.netPrice("customer-price-today", *hint.customerToday);
        if (hint.tradeListToday)
            search.netPrice("list-today", *hint.tradeListToday);
    }
    if (order && !order->originalUnit.presentment.isZero())
        search.netPrice("retail-price", Fraction(order->originalUnit.presentment.minor()));
}

/// Causes that are sums, not unit prices: fees, numbers of units, a bonus on the right price.
void addSums(const Money& fees, Search& search)
{
    const Result<Fraction> right = search.line.unitGross.times(Fraction(search.units));
    if (!right)
        return;
    const Money expected = money::rounded(*right, search.amount.currency());
    if (!fees.isZero()) {
        const Money less = expected.minus(fees).value_or(expected);
        search.found.push_back({"fee", less, search.line.unitGross});
    }
    const std::int64_t ordered = search.line.quantityOrdered;
    const Result<Fraction> all = search.line.unitGross.times(Fraction(ordered));
    if (all && ordered != search.units)
        search.found.push_back(
            {"units-wrong", money::rounded(*all, search.amount.currency()), search.line.unitGross});
}

/// An order discount that ReturnGO spread by catalogue price or not at all: the amount equals the
/// line before it.
void addSpreadDiscount(const OrderLine* order, Search& search)
{
    if (!order)
        return;
    for (const Attribute& row : order->attributes) {
        if (row.key != "Charged Price")
            continue;
        const Result<Money> price = Money::parseRounded(row.value, search.amount.currency());
        if (price)
            search.netPrice("spread-discount", Fraction(price->minor()));
    }
}

std::string amountText(const Fraction& unit, money::Currency currency)
{
    return money::rounded(unit, currency).groupedText();
}

Phrase causeOf(const Search& search, const PriceCandidate* best)
{
    if (!best)
        return Phrase("cause.unexplained").with("sku", search.line.sku);
    return Phrase("cause." + best->code)
        .with("sku", search.line.sku)
        .with("unit", amountText(best->unit, search.amount.currency()))
        .with("invoiced", amountText(search.line.unitGross, search.amount.currency()));
}

} // namespace

Explanation explainAmount(const CaseFacts& facts, const ExpectedLine& line, std::int64_t units,
                          const Money& amount, const Money& fees)
{
    Search search{line, units, amount, {}};
    const OrderLine* order = nullptr;
    if (facts.order && facts.order->lines) {
        const auto found = std::find_if(facts.order->lines->begin(), facts.order->lines->end(),
                                        [&](const OrderLine& row) { return row.id == line.line; });
        order = found == facts.order->lines->end() ? nullptr : &*found;
    }
    addCandidates(facts, order, search);
    addSpreadDiscount(order, search);
    addSums(fees, search);
    // The amount before fees is what a price explains.
    const Money before = amount.plus(fees).value_or(amount);
    const auto distance = [&](const PriceCandidate& row) {
        const Money& target = row.code == "fee" ? amount : before;
        return std::abs(row.amount.minor() - target.minor());
    };
    std::stable_sort(search.found.begin(), search.found.end(),
                     [&](const PriceCandidate& a, const PriceCandidate& b) {
                         return distance(a) < distance(b);
                     });
    Explanation out;
    const bool isExact = !search.found.empty() && distance(search.found.front()) == 0;
    const PriceCandidate* best = isExact ? &search.found.front() : nullptr;
    out.code = best ? best->code : "";
    out.cause = causeOf(search, best);
    out.candidates = search.found;
    return out;
}

} // namespace counterfoil::reconcile
