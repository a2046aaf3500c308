// The truth against the catalogue: every planted scenario yields its finding and no other, and
// neither near misses nor everyday returns yield any.

#include "app/sandbox/world/generator.h"
#include "app/sandbox/world/scenarios/scenario.h"
#include "app/sandbox/world/truth.h"

#include <chrono>
#include <map>
#include <set>

#include <gtest/gtest.h>

namespace counterfoil::sandbox {
namespace {

constexpr Instant kStart = 1'795'500'000'000; // a fixed day in November 2026

World::Options optionsOf(std::uint64_t seed, std::size_t returns)
{
    World::Options options;
    options.seed = seed;
    options.returns = returns;
    options.start = kStart;
    options.speed = 0.0;
    return options;
}

std::map<std::string, std::vector<TruthEntry>> byRma(World& world)
{
    std::map<std::string, std::vector<TruthEntry>> out;
    for (const TruthEntry& e : truthOf(world))
        out[e.rma].push_back(e);
    return out;
}

/// The scenario's own type, and what the same facts imply beside it.
std::multiset<std::string> wanted(const Planted& planted)
{
    std::multiset<std::string> out{std::string(planted.type)};
    for (const Scenario& scenario : scenarioTable())
        if (scenario.name == planted.scenario && !scenario.also.empty())
            out.insert(std::string(scenario.also));
    return out;
}

class TruthOfSeed : public testing::TestWithParam<std::uint64_t> {};

TEST_P(TruthOfSeed, FindsEveryScenarioAndNothingElse)
{
    SCOPED_TRACE("seed " + std::to_string(GetParam()));
    Populated p = populate(optionsOf(GetParam(), 300));
    ASSERT_EQ(p.planted.size(), scenarioTable().size());
    auto truth = byRma(*p.world);
    std::set<std::string> plantedHits;
    for (const Planted& planted : p.planted) {
        const auto& found = truth[std::to_string(planted.rma)];
        if (planted.type.empty()) {
            EXPECT_TRUE(found.empty()) << planted.scenario << " must stay silent, but "
                                       << (found.empty() ? "" : found.front().type);
            continue;
        }
        plantedHits.insert(std::to_string(planted.rma));
        std::multiset<std::string> types;
        for (const TruthEntry& e : found) {
            types.insert(e.type);
            EXPECT_EQ(e.scenario, planted.scenario);
            EXPECT_FALSE(e.owner.empty());
        }
        EXPECT_EQ(types, wanted(planted)) << planted.scenario << " rma " << planted.rma;
    }
    for (const auto& [rma, found] : truth)
        for (const TruthEntry& e : found)
            EXPECT_TRUE(plantedHits.contains(rma))
                << "rma " << rma << " of an everyday return: " << e.type << " " << e.amount;
}

INSTANTIATE_TEST_SUITE_P(Seeds, TruthOfSeed, testing::Range<std::uint64_t>(1, 21));

TEST(Truth, AmountsAreThoseOfTheCase)
{
    Populated p = populate(optionsOf(7, 300));
    for (const TruthEntry& e : truthOf(*p.world)) {
        if (e.scenario == "over-tolerance") {
            EXPECT_EQ(e.amount, 4);
        } else if (e.scenario == "unexplained") {
            EXPECT_EQ(e.amount, 1137);
        } else if (e.scenario == "buyer-blocked") {
            EXPECT_EQ(e.riskKind, "blocked");
        } else if (e.scenario == "euro-uncredited") {
            EXPECT_EQ(e.currency, "EUR");
        }
        static const std::set<std::string> kPlain{"po-missing",
                                                  "po-conflict",
                                                  "unknown-value",
                                                  "return-status-drift",
                                                  "return-stalled",
                                                  "purchase-mismatch",
                                                  "return-line-unmatched",
                                                  "received-quantity-mismatch"};
        const bool money = !kPlain.contains(e.type) && e.scenario != "paid-not-done";
        EXPECT_EQ(money, !e.riskKind.empty()) << e.type << " " << e.scenario;
        EXPECT_EQ(money, e.amount > 0) << e.type << " " << e.scenario;
    }
}

TEST(Truth, CreditOnTheBalanceSettlesTheMissingCredit)
{
    Populated p = populate(optionsOf(3, 300));
    World& w = *p.world;
    Id rma = 0;
    for (const Planted& planted : p.planted)
        if (planted.scenario == "credit-forgotten")
            rma = planted.rma;
    const Rma& r = *w.rmaById(rma);
    const std::size_t customer = w.orders[r.order].customer;
    const std::string owner = gid("Customer", w.customers[customer].id);
    const Metafield* field = w.metafield(owner, "sparklayer", "payment_on_account");
    const std::string digest = World::compareDigest(*field);
    const Minor balance = w.account(customer)->balance;
    std::string value = field->value;
    const std::string old = fixedText(balance, "GBP");
    value.replace(value.find(old), old.size(), fixedText(balance - expectedCredit(w, r), "GBP"));

    const WriteResult done = w.setMetafields(
        {{owner, "sparklayer", "payment_on_account", "json", value, Guard::Digest, digest}});

    EXPECT_TRUE(done.ok()) << done.code;
    EXPECT_TRUE(byRma(w)[std::to_string(rma)].empty());
    const WriteResult again = w.setMetafields(
        {{owner, "sparklayer", "payment_on_account", "json", value, Guard::Digest, digest}});
    EXPECT_EQ(again.code, "STALE_OBJECT");
}

TEST(World, SameSeedSameWorldOtherSeedAnother)
{
    const auto print = [](std::uint64_t seed) {
        Populated p = populate(optionsOf(seed, 120));
        std::string out;
        for (const Order& o : p.world->orders)
            out += o.name + std::to_string(o.updatedAt) + std::to_string(World::totals(o).current);
        for (const Rma& r : p.world->rmas)
            out += std::to_string(r.id) + wordOf(r.state);
        for (const Customer& c : p.world->customers)
            out += c.metafields.front().value;
        return out;
    };
    EXPECT_EQ(print(5), print(5));
    EXPECT_NE(print(5), print(6));
}

TEST(World, LevelsEqualTheJournal)
{
    Populated p = populate(optionsOf(11, 300));
    World& w = *p.world;
    // Opening stock is not in the journal: what a level moved since must be.
    World::Options fresh = optionsOf(11, 0);
    World opening(fresh);
    Builder builder(opening);
    builder.setStart(kStart);
    builder.openShop();
    std::map<std::pair<std::size_t, Id>, std::int64_t> moved;
    for (const Posting& posting : w.journal) {
        if (posting.from == Account::Stock)
            moved[{posting.product, posting.fromLocation}] -= posting.units;
        if (posting.to == Account::Stock)
            moved[{posting.product, posting.toLocation}] += posting.units;
    }
    std::size_t checked = 0;
    for (std::size_t i = 0; i < w.products.size(); ++i)
        for (const Id location : {kSellable, kQuarantine, kOutlet}) {
            const std::int64_t before =
                opening.level(opening.products[i].inventoryItemId, location)->available;
            const std::int64_t now = w.level(w.products[i].inventoryItemId, location)->available;
            EXPECT_EQ(now, before + moved[std::pair(i, location)])
                << w.products[i].sku << " " << location;
            ++checked;
        }
    EXPECT_EQ(checked, 180U);
}

TEST(World, BalancesEqualTheJournal)
{
    Populated p = populate(optionsOf(12, 300));
    World& w = *p.world;
    std::map<std::size_t, Minor> owed;
    for (const Posting& posting : w.journal) {
        if (posting.to == Account::SparkBalance)
            owed[posting.customer] += posting.minor;
        if (posting.from == Account::SparkBalance)
            owed[posting.customer] -= posting.minor;
    }
    for (std::size_t c = 0; c < w.customers.size(); ++c)
        EXPECT_EQ(w.account(c)->balance, owed[c]) << w.customers[c].company;
}

TEST(World, StartsFastAtThreeHundredAndAtTwentyThousand)
{
    const auto start = std::chrono::steady_clock::now();
    Populated p = populate(optionsOf(1, 20000));
    const auto took = std::chrono::steady_clock::now() - start;
    EXPECT_GE(p.world->rmas.size(), 20000U);
    RecordProperty("milliseconds",
                   int(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
    const std::size_t perRound = p.planted.size() * 300 / 20000;
    EXPECT_GE(perRound, scenarioTable().size() - 2);
}

} // namespace
} // namespace counterfoil::sandbox
