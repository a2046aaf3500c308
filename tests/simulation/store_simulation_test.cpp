#include "core/store/store.h"
#include "tests/simulation/world.h"

#include <QCoreApplication>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace counterfoil::simulation {

namespace {

/// Actions, attempts, signatures and audit in the real store, opened anew after every crash; the
/// facts stay in memory. What the invariants look at is read back from the store after each write.
class RealLedger final : public MemoryLedger {
public:
    RealLedger(Disk& disk, const std::string& folder) : MemoryLedger(disk, Planted::None)
    {
        auto opened = store::Store::open("sqlite:" + folder, store::OpenOptions());
        if (opened)
            m_store = std::move(*opened);
        else
            disk.breaches.push_back("store: " + opened.error().detail);
    }
    ~RealLedger() override
    {
        const auto verdict = m_store->verifyAudit();
        if (!verdict || verdict->brokenAt)
            m_disk.breaches.emplace_back("the audit chain does not verify");
    }
    Result<void> fileAction(const actions::ActionRecord& record,
                            const actions::AuditEntry& audit) override
    {
        if (const Result<void> open = beginWrite(); !open)
            return open;
        return mirrored(record.head.id, m_store->fileAction(record, audit));
    }
    Result<void> fileActions(const std::vector<sync::Filing>& filings) override
    {
        if (const Result<void> open = beginWrite(); !open)
            return open;
        Result<void> done = m_store->fileActions(filings);
        for (const auto& [record, audit] : filings)
            done = mirrored(record.head.id, std::move(done));
        return done;
    }
    Result<void> moveAction(const actions::ActionRecord& changed, domain::ActionState from,
                            const actions::AuditEntry& audit) override
    {
        if (const Result<void> open = beginWrite(); !open)
            return open;
        if (!actions::isLegalMove(from, changed.head.state))
            m_disk.breaches.emplace_back("illegal move");
        return mirrored(changed.head.id, m_store->moveAction(changed, from, audit));
    }
    Result<void> saveAttempt(const ActionId& id, const actions::Attempt& attempt,
                             const actions::AuditEntry& audit) override
    {
        if (const Result<void> open = beginWrite(); !open)
            return open;
        return mirrored(id, m_store->saveAttempt(id, attempt, audit));
    }
    Result<std::optional<actions::ActionRecord>> action(const ActionId& id) const override
    {
        if (isCrashed())
            return fail(ErrorCode::Store, "this run is over");
        return m_store->action(id);
    }
    Result<std::vector<actions::ActionRecord>>
    actionsInStates(const std::vector<domain::ActionState>& states) const override
    {
        if (isCrashed())
            return fail(ErrorCode::Store, "this run is over");
        return m_store->actionsInStates(states);
    }
    Result<std::vector<actions::ActionRecord>> recentActions(std::size_t limit) const override
    {
        return m_store->allActions(limit);
    }
    Result<std::int64_t> creditedSince(const std::string& site, const std::string& currency,
                                       Instant since) const override
    {
        return m_store->creditedSince(site, currency, since);
    }

private:
    Result<void> mirrored(const ActionId& id, Result<void> done)
    {
        const auto kept = m_store->action(id);
        if (kept && *kept)
            m_disk.actions[id] = **kept;
        return done;
    }
    std::unique_ptr<store::Store> m_store;
};

} // namespace

TEST(StoreSimulation, InvariantsHoldOverTheRealStore)
{
    const char* text = std::getenv("COUNTERFOIL_STORE_SIMULATION_SEEDS");
    const std::uint64_t seeds = text != nullptr ? std::strtoull(text, nullptr, 10) : 200;
    // Memory where there is such a folder: the disk's own safety is another test's matter.
    const std::filesystem::path base = std::filesystem::is_directory("/dev/shm")
                                           ? std::filesystem::path("/dev/shm")
                                           : std::filesystem::temp_directory_path();
    const std::filesystem::path folder =
        base / ("counterfoil-simulation-" + std::to_string(QCoreApplication::applicationPid()));
    std::uint64_t broken = 0;
    Outcome sum;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        std::filesystem::remove_all(folder);
        World world{Options(seed, [&folder](Disk& disk) -> std::unique_ptr<MemoryLedger> {
            return std::make_unique<RealLedger>(disk, folder.string());
        })};
        const Outcome one = world.run();
        sum.crashes += one.crashes;
        sum.credits += one.credits;
        sum.releases += one.releases;
        sum.settled += one.settled;
        sum.doubts += one.doubts;
        broken += one.breaches.empty() ? 0U : 1U;
        if (!one.breaches.empty() && broken <= 5) {
            for (const std::string& what : one.breaches)
                ADD_FAILURE() << "seed " << seed << ": " << what;
        }
    }
    std::filesystem::remove_all(folder);
    std::cout << "seeds 1.." << seeds << " over the real store, broken " << broken << ", crashes "
              << sum.crashes << ", credits " << sum.credits << ", releases " << sum.releases
              << ", settled " << sum.settled << ", sent more than once " << sum.doubts << "\n";
    EXPECT_EQ(broken, 0U);
    EXPECT_GT(sum.credits, seeds / 4);
    EXPECT_GT(sum.crashes, seeds / 2);
}

} // namespace counterfoil::simulation

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
