#pragma once

#include "core/sync/actions/runner.h"
#include "tests/simulation/memory_ledger.h"
#include "tests/simulation/shop.h"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace counterfoil::simulation {

/// What one seed did, for the figures at the end and the comparison of two runs.
struct Outcome {
    std::vector<std::string> breaches; ///< broken invariants, empty: all held
    std::uint64_t traceHash = 0;
    std::size_t crashes = 0, faults = 0, filed = 0, credits = 0, releases = 0, settled = 0,
                stuck = 0, stale = 0, drift = 0, doubts = 0;
};

/// Opens the ledger of one run of the console: in memory, or over the real store.
using OpenLedger = std::function<std::unique_ptr<MemoryLedger>(Disk&)>;

struct Options {
    explicit Options(std::uint64_t oneSeed, Planted fault = Planted::None)
        : seed(oneSeed),
          openLedger([fault](Disk& disk) { return std::make_unique<MemoryLedger>(disk, fault); }),
          ignoresDigests(fault == Planted::NoDigest)
    {
    }
    Options(std::uint64_t oneSeed, OpenLedger open) : seed(oneSeed), openLedger(std::move(open)) {}
    std::uint64_t seed;
    OpenLedger openLedger;
    bool ignoresDigests = false; ///< the shop takes every write, whatever digest it names
};

/// One console, two operators, SparkLayer and buyers as foreign writers, a network that fails on
/// 30 % of the calls, and crashes at any event and between any two writes.
class World {
public:
    explicit World(Options options);
    ~World();
    /// Runs to the end and checks the invariants of design.md 13.
    [[nodiscard]] Outcome run();

private:
    class FaultyReader;
    class FaultySender;
    struct Incarnation;

    void buildShop();
    void buildCase(int number);
    void seeCase(const CaseId& id);
    void observe(const sync::RereadScope& scope);
    void observeAccount(const CustomerId& customer);
    void startConsole();
    void stopConsole();
    void scheduleCrash();
    void scheduleForeign();
    void scheduleOperator(int person);
    void operate(int person);
    void fileCredit(const PersonId& person, const CaseId& id);
    void fileRelease(const PersonId& person, const CaseId& id);
    void approveSome(const PersonId& person);
    void checkSend(const request::PreparedRequest& write);
    void checkCredits();
    void checkReleases();
    void checkRest();
    void breach(std::string what);
    [[nodiscard]] bool hasTime() const;

    Options m_options;
    Scheduler m_scheduler;
    VirtualClock m_clock;
    Disk m_disk;
    Shop m_shop;
    std::vector<CaseId> m_cases;
    std::map<CaseId, std::string> m_payments; ///< ReturnGO's state of each case's refund
    std::vector<sync::RunnerSite> m_sites;
    Instant m_end{};
    std::string m_cachedBalance; ///< what SparkLayer believes and writes back
    bool m_isOverwritten = false;
    bool m_isFaulty = true;
    std::unique_ptr<Incarnation> m_console;
    Outcome m_outcome;
    std::set<ActionId> m_accepted;
};

} // namespace counterfoil::simulation
