#include "app/sandbox/world/catalogue.h"
#include "app/sandbox/world/scenarios/scenario.h"

#include <array>

namespace counterfoil::sandbox {
namespace {

constexpr std::array<std::size_t, 4> kReserved{40, 41, 46, 47};

template <class Wanted> std::size_t pick(Rng& rng, Wanted wanted)
{
    for (;;) {
        const auto i = static_cast<std::size_t>(rng.below(std::int64_t(kCompanies.size())));
        if (!reservedBuyer(i) && wanted(i))
            return i;
    }
}

bool onAccount(std::size_t customer)
{
    return customer % 5 <= 2;
}

} // namespace

bool reservedBuyer(std::size_t customer)
{
    for (const std::size_t reserved : kReserved)
        if (reserved == customer)
            return true;
    return customer + 1 == kCompanies.size();
}

std::size_t Stage::accountBuyer()
{
    return pick(b.world().rng, [](std::size_t i) {
        return onAccount(i) && !Builder::poHouse(i) && kCompanies[i].currency == "GBP";
    });
}

std::size_t Stage::poBuyer()
{
    return pick(b.world().rng, [](std::size_t i) { return onAccount(i) && Builder::poHouse(i); });
}

std::size_t Stage::euroBuyer()
{
    return pick(b.world().rng, [](std::size_t i) {
        return kCompanies[i].currency == "EUR" && !Builder::poHouse(i);
    });
}

std::size_t Stage::discountBuyer()
{
    return pick(b.world().rng, [](std::size_t i) {
        return i % 4 == 0 && !Builder::poHouse(i) && kCompanies[i].currency == "GBP";
    });
}

std::optional<std::size_t> Stage::blockedBuyer()
{
    if (m_round >= kReserved.size())
        return std::nullopt;
    return kReserved[m_round];
}

std::size_t Stage::order(std::size_t customer, PayMethod method, std::int64_t pieces,
                         Instant placedAgo, std::size_t more)
{
    OrderSpec spec = b.usualOrder(customer, method, ago(placedAgo), 1 + more);
    spec.lines.front().second = pieces;
    spec.discountBps = 0;
    return b.order(spec);
}

std::size_t Stage::request(std::size_t orderIndex, std::int64_t pieces, const char* resolution,
                           Instant requestedAgo)
{
    return b.request(orderIndex, {{0, pieces}}, resolution, ago(requestedAgo));
}

std::size_t Stage::arrivedOnAccount(std::size_t customer, std::int64_t pieces,
                                    const char* resolution)
{
    const std::size_t rma =
        request(order(customer, PayMethod::Account, pieces + 6), pieces, resolution);
    b.arrive(rma, ago(6 * kDay));
    return rma;
}

std::size_t Stage::arrivedOnCard(std::size_t customer, std::int64_t pieces, const char* resolution)
{
    const std::size_t rma =
        request(order(customer, PayMethod::Card, pieces + 6), pieces, resolution);
    b.arrive(rma, ago(6 * kDay));
    return rma;
}

void Stage::believe(std::size_t rma, Minor unit)
{
    const OrderLine& l = firstLine(rma);
    const Order& o = b.orderOf(rma);
    const std::int64_t bps = l.taxRate == "0.2" ? 2000 : 0;
    for (RmaUnit& u : b.rma(rma).units) {
        u.paidPrice = unit;
        u.paidTax = o.taxesIncluded ? (2 * unit * bps + 10000 + bps) / (2 * (10000 + bps))
                                    : (2 * unit * bps + 10000) / 20000;
    }
}

const OrderLine& Stage::firstLine(std::size_t rma) const
{
    return b.orderOf(rma).lines.front();
}

} // namespace counterfoil::sandbox
