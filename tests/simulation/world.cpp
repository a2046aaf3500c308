#include "tests/simulation/world.h"

#include <fmt/format.h>

#include <utility>

namespace counterfoil::simulation {

namespace {

constexpr Millis kActive = std::chrono::minutes(60); // people and faults
constexpr Millis kQuiet = std::chrono::minutes(100); // then everything must come to rest
constexpr std::uint64_t kFaultPercent = 30;
const Instant kStart = fromMillis(1'795'514'400'000); // Tuesday 2026-11-24, 10:00 UTC

} // namespace

/// Reads fail, or answer late; what is read is what the shop shows at that moment.
class World::FaultyReader final : public sync::Reader {
public:
    FaultyReader(World& world, MemoryLedger& ledger) : m_world(world), m_ledger(ledger) {}
    Task<Result<void>> reread(std::string, sync::RereadScope scope) override
    {
        Rng& rng = m_world.m_scheduler.rng;
        const bool isLost = m_world.m_isFaulty && rng.chance(kFaultPercent);
        const Millis wait(isLost ? rng.between(500, 30'000) : rng.between(50, 1'500));
        co_await m_world.m_clock.sleep(wait);
        if (isLost) {
            ++m_world.m_outcome.faults;
            co_return fail(ErrorCode::Network, "read lost");
        }
        if (m_ledger.isCrashed())
            co_return fail(ErrorCode::Store, "this run is over");
        m_world.observe(scope);
        co_return Result<void>();
    }

private:
    World& m_world;
    MemoryLedger& m_ledger;
};

/// The wire. What is on it outlives the run that sent it: its events own their data.
class World::FaultySender final : public sync::Sender {
public:
    FaultySender(World& world, MemoryLedger& ledger) : m_world(world), m_ledger(ledger) {}
    Task<Result<HttpReply>> sendWrite(std::string, Platform,
                                      request::PreparedRequest write) override
    {
        if (m_ledger.isCrashed())
            co_return fail(ErrorCode::Network, "this run is over");
        m_world.checkSend(write);
        Leaf<Result<HttpReply>> answer;
        launch(write, answer.resolver());
        Result<HttpReply> reply = co_await answer;
        co_return reply;
    }

private:
    using Answer = Resolver<Result<HttpReply>>;
    static Result<HttpReply> replyOf(int status, std::string body)
    {
        HttpReply reply;
        reply.status = status;
        reply.body = std::move(body);
        return reply;
    }
    /// @p status 0: the answer is lost on its way.
    void effect(Millis wait, request::PreparedRequest write, Answer answer, int status,
                const char* otherBody = nullptr)
    {
        World& world = m_world;
        world.m_scheduler.after(
            wait, [&world, write = std::move(write), answer, status, otherBody] {
                const std::string body = world.m_shop.apply(write, world.m_scheduler.now());
                if (status == 0)
                    return;
                Result<HttpReply> reply = replyOf(status, otherBody != nullptr ? otherBody : body);
                world.m_scheduler.after(Millis(world.m_scheduler.rng.between(20, 900)),
                                        [answer, reply] { answer(reply); });
            });
    }
    void timeout(Millis wait, Answer answer)
    {
        m_world.m_scheduler.after(
            wait, [answer] { answer(fail(ErrorCode::Timeout, "no answer in time")); });
    }
    void launch(const request::PreparedRequest& write, const Answer& answer)
    {
        Rng& rng = m_world.m_scheduler.rng;
        const Millis soon(rng.between(50, 2'000));
        const Millis patience(rng.between(30'000, 120'000));
        if (!m_world.m_isFaulty || !rng.chance(kFaultPercent)) {
            effect(soon, write, answer, 200);
            return;
        }
        ++m_world.m_outcome.faults;
        switch (rng.below(8)) {
        case 0: // lost before effect
            timeout(patience, answer);
            break;
        case 1: // reply lost
            effect(soon, write, answer, 0);
            timeout(patience, answer);
            break;
        case 2: // late past our time-out
            timeout(patience, answer);
            effect(patience + Millis(rng.between(1'000, 100'000)), write, answer, 0);
            break;
        case 3: // repeated by something on the way; the second answer may be the one we hear
            effect(soon, write, answer, rng.chance(50) ? 200 : 0);
            effect(soon + Millis(rng.between(10, 20'000)), write, answer, 200);
            break;
        case 4: // a gateway says 502 while it was done
            effect(soon, write, answer, 502, "<html>Bad gateway</html>");
            break;
        case 5: // an answer that is none
            effect(soon, write, answer, 200, "<html>maintenance</html>");
            break;
        case 6: // turned away
            m_world.m_scheduler.after(soon, [answer] { answer(replyOf(429, "")); });
            break;
        default: // gone before it was looked at
            m_world.m_scheduler.after(soon, [answer] { answer(replyOf(503, "")); });
            break;
        }
    }

    World& m_world;
    MemoryLedger& m_ledger;
};

struct World::Incarnation {
    explicit Incarnation(World& world)
        : opened(world.m_options.openLedger(world.m_disk)), ledger(*opened), reader(world, ledger),
          sender(world, ledger)
    {
        sync::Runner::Services services;
        services.clock = &world.m_clock;
        services.reader = &reader;
        services.sender = &sender;
        services.ledger = &ledger;
        services.tick = std::chrono::seconds(10);
        runner = std::make_unique<sync::Runner>(services, world.m_sites);
    }
    std::unique_ptr<MemoryLedger> opened;
    MemoryLedger& ledger;
    FaultyReader reader;
    FaultySender sender;
    std::unique_ptr<sync::Runner> runner;
    Task<void> root; // goes first: a crash destroys the whole suspended tree
};

World::World(Options options)
    : m_options(std::move(options)), m_scheduler(m_options.seed, kStart), m_clock(m_scheduler),
      m_shop(money::Currency::fromCode("GBP").value(), m_options.ignoresDigests)
{
    m_end = kStart + kActive;
}

World::~World() = default;

bool World::hasTime() const
{
    return m_scheduler.now() < m_end;
}

void World::breach(std::string what)
{
    m_outcome.breaches.push_back(formatInstant(m_scheduler.now()) + " " + std::move(what));
}

void World::startConsole()
{
    m_console = std::make_unique<Incarnation>(*this);
    m_console->root = m_console->runner->run();
    m_console->root.start();
    if (hasTime() && m_scheduler.rng.chance(40)) {
        Incarnation* const console = m_console.get();
        console->ledger.crashAtWrite(static_cast<std::size_t>(m_scheduler.rng.between(1, 14)),
                                     [this, console] {
                                         m_scheduler.after(Millis(1), [this, console] {
                                             if (m_console.get() == console)
                                                 stopConsole();
                                         });
                                     });
    }
}

void World::stopConsole()
{
    ++m_outcome.crashes;
    m_console->ledger.crash();
    m_console.reset();
    m_scheduler.after(Millis(m_scheduler.rng.between(100, 90'000)), [this] { startConsole(); });
}

void World::scheduleCrash()
{
    m_scheduler.after(Millis(m_scheduler.rng.between(5'000, 1'500'000)), [this] {
        if (!hasTime())
            return;
        if (m_console)
            stopConsole();
        scheduleCrash();
    });
}

void World::scheduleForeign()
{
    m_scheduler.after(Millis(m_scheduler.rng.between(2'000, 400'000)), [this] {
        if (!hasTime())
            return;
        Rng& rng = m_scheduler.rng;
        const CustomerId customer("77");
        const std::string item = "|gid://shopify/InventoryItem/1";
        switch (rng.below(6)) {
        case 0: // a buyer orders on account
            m_shop.addToBalance(customer, rng.between(10, 200) * 100);
            break;
        case 1: // SparkLayer writes what it believed a while ago
            if (!m_cachedBalance.empty() && m_options.seed % 4 == 0) {
                m_isOverwritten = true;
                m_shop.overwriteBalance(customer, m_cachedBalance);
            }
            m_cachedBalance = m_shop.owners.at(customer).balanceText;
            break;
        case 2:
            m_shop.addToLevel("gid://shopify/Location/22" + item, -rng.between(1, 4));
            break;
        case 3:
            m_shop.addToLevel("gid://shopify/Location/11" + item, rng.between(1, 3));
            break;
        case 4: { // somebody stops, asks for or gets the other payment
            const CaseId id = m_cases.at(rng.below(m_cases.size()));
            m_payments[id] = rng.chance(60) ? "none" : rng.chance(80) ? "requested" : "success";
            break;
        }
        default: { // the ordinary sync
            sync::RereadScope scope;
            scope.customer = customer;
            scope.item = InventoryItemId("gid://shopify/InventoryItem/1");
            observe(scope);
            for (const CaseId& id : m_cases)
                seeCase(id);
            break;
        }
        }
        scheduleForeign();
    });
}

void World::scheduleOperator(int person)
{
    m_scheduler.after(Millis(m_scheduler.rng.between(1'000, 240'000)), [this, person] {
        if (!hasTime())
            return;
        if (m_console && !m_console->ledger.isCrashed())
            operate(person);
        scheduleOperator(person);
    });
}

void World::operate(int person)
{
    const PersonId who(person == 0 ? "priya" : "tom");
    const CaseId id = m_cases.at(m_scheduler.rng.below(m_cases.size()));
    switch (m_scheduler.rng.below(8)) {
    case 0:
    case 1:
    case 2:
        fileCredit(who, id);
        break;
    case 3:
        fileRelease(who, id);
        break;
    case 4:
    case 5:
        approveSome(who);
        break;
    case 6: {
        if (m_disk.actions.empty() || !m_scheduler.rng.chance(20))
            break;
        const auto taken = m_console->runner->cancel(m_disk.actions.begin()->first, who);
        static_cast<void>(taken);
        break;
    }
    default:
        m_disk.isStopAll = !m_disk.isStopAll && m_scheduler.rng.chance(30);
        break;
    }
}

void World::fileCredit(const PersonId& person, const CaseId& id)
{
    const Result<actions::Plan> plan = m_console->runner->previewCredit("uk", id);
    if (!plan || !plan->isSendable())
        return;
    sync::Proposal proposal;
    proposal.person = person;
    proposal.reasonText = "wrong price basis";
    const Result<ActionId> filed = m_console->runner->propose(*plan, proposal);
    m_outcome.filed += filed ? 1U : 0U;
}

void World::fileRelease(const PersonId& person, const CaseId& id)
{
    const auto plans = m_console->runner->previewRelease("uk", id);
    if (!plans)
        return;
    for (const actions::Plan& plan : *plans) {
        sync::Proposal proposal;
        proposal.person = person;
        if (!plan.isSendable())
            continue;
        const Result<ActionId> filed = m_console->runner->propose(plan, proposal);
        m_outcome.filed += filed ? 1U : 0U;
    }
}

void World::approveSome(const PersonId& person)
{
    std::vector<ActionId> open;
    for (const auto& [id, record] : m_disk.actions) {
        if (record.head.state == domain::ActionState::Proposed)
            open.push_back(id);
    }
    for (const ActionId& id : open) {
        const auto state = m_console->runner->approve(id, person, "seen");
        if (state && *state == domain::ActionState::Approved)
            m_accepted.insert(id);
    }
}

Outcome World::run()
{
    buildShop();
    startConsole();
    scheduleCrash();
    scheduleForeign();
    scheduleOperator(0);
    scheduleOperator(1);
    while (m_scheduler.step(m_end)) {
    }
    m_isFaulty = false;
    m_disk.isStopAll = false;
    m_end = kStart; // nobody starts anything new
    const Instant rest = kStart + kActive + kQuiet;
    while (m_scheduler.step(rest - std::chrono::minutes(2))) {
    }
    sync::RereadScope scope;
    scope.customer = CustomerId("77");
    scope.item = InventoryItemId("gid://shopify/InventoryItem/1");
    observe(scope);
    while (m_scheduler.step(rest)) {
    }
    checkCredits();
    checkReleases();
    checkRest();
    for (const std::string& what : m_shop.breaches)
        breach(what);
    for (const std::string& what : m_disk.breaches)
        breach(what);
    m_outcome.traceHash = m_scheduler.traceHash();
    m_console.reset();
    return m_outcome;
}

} // namespace counterfoil::simulation
