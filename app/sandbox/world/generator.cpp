#include "app/sandbox/world/generator.h"

#include "app/sandbox/world/catalogue.h"
#include "app/sandbox/world/scenarios/scenario.h"
#include "app/sandbox/world/truth.h"

#include <algorithm>

namespace counterfoil::sandbox {
namespace {

constexpr std::size_t kReturnsARound = 300;
constexpr std::size_t kBackgroundOrders = 12;

std::size_t everydayBuyer(Rng& rng)
{
    std::size_t customer = 0;
    do
        customer = static_cast<std::size_t>(rng.below(std::int64_t(kCompanies.size())));
    while (reservedBuyer(customer));
    return customer;
}

/// An order with a return on some of its pieces, asked for `requestedAt`.
std::size_t everydayRequest(Builder& b, PayMethod method, const char* resolution,
                            Instant requestedAt, bool bankPaid = false)
{
    Rng& rng = b.world().rng;
    const std::size_t customer = everydayBuyer(rng);
    const Instant placed = requestedAt - rng.between(6, 14) * kDay;
    const auto lines = static_cast<std::size_t>(rng.between(1, 4));
    const std::size_t order = b.order(b.usualOrder(customer, method, placed, lines));
    if (bankPaid)
        b.payByBank(order, placed + 4 * kDay);
    ReturnSpec pieces;
    for (std::size_t i = 0; i < lines; ++i) {
        const std::int64_t most =
            std::min<std::int64_t>(10, b.world().orders[order].lines[i].quantity);
        if (i == 0 || rng.chance(40))
            pieces.emplace_back(i, rng.between(1, most));
    }
    return b.request(order, pieces, resolution, requestedAt);
}

/// Arrived, inspected, processed on Shopify; returns the time of the last step.
Instant throughTheWarehouse(Builder& b, std::size_t rma)
{
    const Instant received = b.rma(rma).createdAt + b.world().rng.between(2, 4) * kDay;
    b.arrive(rma, received);
    const Instant inspected = received + b.world().rng.between(5, 40) * kHour;
    b.inspect(rma, inspected);
    return inspected;
}

void settledOnAccount(Builder& b, bool bankPaid)
{
    const Instant at = b.start() - b.world().rng.between(10, 16) * kDay;
    const std::size_t rma = everydayRequest(b, PayMethod::Account, kToBank, at, bankPaid);
    Instant t = throughTheWarehouse(b, rma);
    b.process(rma, t += kHour);
    b.creditAccount(rma, t += kHour, b.invoicedValue(rma));
    b.release(rma, t += kHour, b.world().rng.chance(85) ? kSellable : kOutlet);
    b.finish(rma, t += kHour);
}

void settledByCard(Builder& b, const char* resolution)
{
    const Instant at = b.start() - b.world().rng.between(10, 16) * kDay;
    const std::size_t rma = everydayRequest(b, PayMethod::Card, resolution, at);
    Instant t = throughTheWarehouse(b, rma);
    b.askRefund(rma, t += kHour, b.invoicedValue(rma), resolution);
    b.refundSucceeds(rma, t += kMinute);
    if (resolution == std::string_view(kToCode))
        b.process(rma, t += kMinute);
    b.release(rma, t += kHour, kSellable);
    b.finish(rma, t += kHour);
}

void settledInvoice(Builder& b)
{
    const Instant at = b.start() - b.world().rng.between(10, 16) * kDay;
    const std::size_t rma = everydayRequest(b, PayMethod::Invoice, kToBank, at);
    Instant t = throughTheWarehouse(b, rma);
    b.process(rma, t += kHour);
    b.release(rma, t += kHour, kSellable);
    b.finish(rma, t += kHour);
}

void keptByBuyer(Builder& b)
{
    const Instant at = b.start() - b.world().rng.between(5, 12) * kDay;
    const std::size_t rma = everydayRequest(b, PayMethod::Account, kToBank, at);
    for (RmaUnit& unit : b.rma(rma).units)
        unit.returnMethod = "No shipment required";
    b.approve(rma, at + 2 * kHour);
    b.process(rma, at + 20 * kHour);
    b.creditAccount(rma, at + 21 * kHour, b.invoicedValue(rma));
    b.finish(rma, at + 22 * kHour);
}

std::pair<PayMethod, const char*> everydayMethod(Rng& rng)
{
    const std::int64_t dice = rng.below(100);
    if (dice < 62)
        return {PayMethod::Account, kToBank};
    if (dice < 75)
        return {PayMethod::Invoice, kToBank};
    return {PayMethod::Card, kToCard};
}

void stillUnderWay(Builder& b, std::int64_t dice)
{
    Rng& rng = b.world().rng;
    const auto [method, resolution] = everydayMethod(rng);
    const Instant days = (dice < 10 ? rng.between(4, 60) * kHour : rng.between(5, 9) * kDay);
    const std::size_t rma = everydayRequest(b, method, resolution, b.start() - days);
    if (dice < 10)
        return; // Pending
    if (dice < 15) {
        b.reject(rma, b.rma(rma).createdAt + 5 * kHour);
        return;
    }
    b.approve(rma, b.rma(rma).createdAt + rng.between(1, 20) * kHour);
    if (dice < 20) {
        b.cancel(rma, b.rma(rma).approvedAt + 8 * kHour);
        return;
    }
    if (dice < 40) {
        if (rng.chance(60))
            b.rma(rma).shipments.front().status = "Shipped";
        return; // Approved, on its way
    }
    b.receive(rma, b.start() - rng.between(26, 70) * kHour);
    b.putAway(rma, b.rma(rma).receivedAt + 3 * kHour, kQuarantine);
    if (dice < 55)
        return; // Received
    const bool part = dice < 60 && b.rma(rma).units.size() > 1;
    b.inspect(rma, b.start() - rng.between(3, 22) * kHour, part ? 1 : -1);
}

void exchanged(Builder& b)
{
    const Instant at = b.start() - b.world().rng.between(3, 8) * kDay;
    const std::size_t rma = everydayRequest(b, PayMethod::Account, kExchange, at);
    b.approve(rma, at + 4 * kHour);
    b.rma(rma).exchangeOrderName = b.rma(rma).orderName + "-X1";
}

} // namespace

void plantEveryday(Builder& b)
{
    const std::int64_t dice = b.world().rng.below(100);
    if (dice < 22)
        settledOnAccount(b, false);
    else if (dice < 27)
        settledOnAccount(b, true);
    else if (dice < 38)
        settledByCard(b, kToCard);
    else if (dice < 40)
        settledByCard(b, kToCode);
    else if (dice < 45)
        settledInvoice(b);
    else if (dice < 48)
        keptByBuyer(b);
    else if (dice < 52)
        exchanged(b);
    else
        stillUnderWay(b, b.world().rng.below(66));
}

Populated populate(const World::Options& options)
{
    Populated out;
    out.world = std::make_unique<World>(options);
    World& w = *out.world;
    out.builder = std::make_unique<Builder>(w);
    Builder& b = *out.builder;
    b.setStart(options.start);
    w.policy.goLive = options.start - 50 * kDay;
    b.openShop();
    b.tradeInBackground(kBackgroundOrders);
    {
        // The bench: an account order nobody returns, for proof runs.
        const std::size_t bench = kCompanies.size() - 1;
        const std::size_t order =
            b.order(b.usualOrder(bench, PayMethod::Account, options.start - 3 * kDay, 1));
        out.proofOrder = w.orders[order].name;
    }
    const auto table = scenarioTable();
    std::size_t made = 0;
    while (made < options.returns) {
        const std::size_t round = made / kReturnsARound;
        const std::size_t place = made % kReturnsARound;
        if (options.scenarios && place < table.size()) {
            Stage stage(b, round);
            const std::size_t before = w.rmas.size();
            const std::size_t index = table[place].plant(stage);
            for (std::size_t i = before; i < w.rmas.size(); ++i)
                w.rmas[i].scenario = table[place].name;
            out.planted.push_back({table[place].name, table[place].type, w.rmas[index].id});
        } else {
            plantEveryday(b);
        }
        ++made;
    }
    b.settleStockAndLimits();
    w.holdClock(options.start);
    w.releaseClock();
    World* world = out.world.get();
    w.creditTarget = [world](std::size_t customer, Minor drop) {
        return settledBy(*world, customer, drop);
    };
    return out;
}

} // namespace counterfoil::sandbox
