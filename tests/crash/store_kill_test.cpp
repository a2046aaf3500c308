#include "core/store/store.h"

#include <QCoreApplication>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <vector>

/// Kills a process that stores pages, files actions and records verdicts, at any moment, until it
/// is done; the store must then be what it is without a single kill: nothing half, nothing twice.
namespace counterfoil::store {

namespace {

constexpr int kPages = 40;
constexpr int kReturns = 24;
constexpr int kKillsMin = 60;
constexpr std::array<const char*, 4> kStates{"Approved", "Received", "Validated", "Done"};

std::string g_program; ///< this program, to be started again as the child

Instant pageTime(int index)
{
    return fromMillis(1'790'000'000'000 + index * 60'000LL);
}

domain::PageDocument row(int id, const char* status)
{
    domain::PageDocument document;
    document.kind = domain::DocumentKind::RmaSummary;
    document.externalId = std::to_string(id);
    document.body = fmt::format(
        R"({{"rmaId":"{}","status":"{}","order_name":"B2B-{}","events":[]}})", id, status, id);
    document.keys.rma = RmaId(document.externalId);
    document.keys.orderName = fmt::format("B2B-{}", id);
    document.keys.status = status;
    return document;
}

PageWrite pageOf(unsigned seed, int index)
{
    std::mt19937 random(seed * 1000 + static_cast<unsigned>(index));
    PageWrite page;
    page.site = "uk";
    page.loop = "returngo/open-rmas";
    page.platform = Platform::ReturnGo;
    page.observedAt = pageTime(index);
    for (int i = 0; i < kReturns; ++i)
        page.documents.push_back(row(1000 + i, kStates[random() % kStates.size()]));
    page.newMark = std::to_string(index);
    page.isSweepEnd = index % 5 == 4;
    return page;
}

domain::Judgement judge(const domain::CaseFacts& facts)
{
    domain::Judgement judgement;
    if (!facts.rma || facts.rma->status.value != domain::RmaStatus::Received)
        return judgement;
    domain::Finding finding;
    finding.type = domain::FindingType::CreditNotPosted;
    finding.actual = std::to_string(facts.inspections.size());
    finding.expected = std::to_string(facts.actions.size());
    judgement.findings.push_back(std::move(finding));
    return judgement;
}

#define CHILD_NEEDS(name, expression)                                                              \
    auto name = (expression);                                                                      \
    if (!name) {                                                                                   \
        std::cerr << name.error().detail << '\n';                                                  \
        return 3;                                                                                  \
    }

/// One action a page, found again after a restart by its id.
Result<void> fileOnce(Store& store, int index)
{
    const ActionId id(fmt::format("action-{}", index));
    const auto known = store.action(id);
    if (!known)
        return fail(known.error());
    if (*known)
        return {};
    actions::ActionRecord record;
    record.head.id = id;
    record.head.createdAt = pageTime(index);
    record.head.changedAt = pageTime(index);
    record.site = "uk";
    record.caseId = CaseId(fmt::format("rma:{}", 1000 + index % kReturns));
    record.planHash = "hash";
    record.shares.push_back({UnitId(fmt::format("unit-{}", index)), LineId("1"), 5, 5});
    return store.fileAction(record, {PersonId("mara"), "action.filed", id.value, "{}"});
}

Result<void> inspectOnce(Store& store, int index)
{
    const CaseId caseId(fmt::format("rma:{}", 1000 + index % kReturns));
    const auto facts = store.loadCase("uk", caseId, pageTime(index));
    if (!facts)
        return fail(facts.error());
    const UnitId unit(fmt::format("unit-{}", index));
    if (*facts) {
        for (const domain::Inspection& known : (*facts)->inspections) {
            if (known.unit == unit)
                return {};
        }
    }
    domain::Inspection inspection;
    inspection.rma = RmaId(std::to_string(1000 + index % kReturns));
    inspection.unit = unit;
    return store.addInspections("uk", {inspection}, PersonId("leo"), judge, pageTime(index));
}

int child(const std::string& folder, unsigned seed, long killAfterMicros, int pagesMax)
{
    if (killAfterMicros > 0) {
        sigevent event{};
        event.sigev_notify = SIGEV_SIGNAL;
        event.sigev_signo = SIGKILL;
        timer_t timer = nullptr;
        timer_create(CLOCK_MONOTONIC, &event, &timer);
        itimerspec when{};
        when.it_value.tv_sec = killAfterMicros / 1'000'000;
        when.it_value.tv_nsec = (killAfterMicros % 1'000'000) * 1000;
        timer_settime(timer, 0, &when, nullptr);
    }
    // Places to stop at count from the first page on, not for what a start judges again.
    const std::string stopAt = std::getenv("COUNTERFOIL_STORE_STOP");
    unsetenv("COUNTERFOIL_STORE_STOP");
    OpenOptions options;
    options.now = [] { return pageTime(0); };
    CHILD_NEEDS(opened, Store::open("sqlite:" + folder, options));
    Store& store = **opened;
    CHILD_NEEDS(mark, store.watermark("uk", "returngo/open-rmas"));
    const int done = *mark ? std::atoi((*mark)->mark.c_str()) : -1;
    // What a restart does first, with the moment of the newest page.
    CHILD_NEEDS(due, store.judgeDue(pageTime(std::max(0, done)), judge));
    setenv("COUNTERFOIL_STORE_STOP", stopAt.c_str(), 1);
    int left = pagesMax;
    // The page's other writes come after it: those of the newest one may be missing.
    for (int index = std::max(0, done); index < kPages; ++index) {
        if (index > done) {
            if (left-- == 0)
                return 4;
            CHILD_NEEDS(applied, store.applyPage(pageOf(seed, index), judge));
        }
        CHILD_NEEDS(filed, fileOnce(store, index));
        CHILD_NEEDS(inspected, inspectOnce(store, index));
    }
    return 0;
}

/// Everything that must come out alike, times of first sight and closing included.
std::string formOf(const std::string& folder)
{
    OpenOptions options;
    options.isReadOnly = true;
    const auto store = Store::open("sqlite:" + folder, options);
    if (!store) {
        ADD_FAILURE() << store.error().detail;
        return {};
    }
    const auto normal = (*store)->normalForm();
    const auto findings = (*store)->findings(true);
    const auto actions = (*store)->allActions(1000);
    const auto audit = (*store)->verifyAudit();
    if (!normal || !findings || !actions || !audit) {
        ADD_FAILURE() << "the store could not be read";
        return {};
    }
    EXPECT_FALSE(audit->brokenAt.has_value()) << audit->what;
    std::string form = *normal + fmt::format("audit {}\n", audit->entries);
    std::vector<std::string> lines;
    for (const StoredFinding& stored : *findings) {
        lines.push_back(fmt::format(
            "{} {} {} {} {} {} {}\n", stored.id.value, stored.state, toMillis(stored.firstSeen),
            stored.closedAt ? toMillis(*stored.closedAt) : 0, stored.closedBy, stored.isRegressed,
            stored.finding.actual + "/" + stored.finding.expected));
    }
    for (const actions::ActionRecord& record : *actions)
        lines.push_back(record.head.id.value + "\n");
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines)
        form += line;
    return form;
}

struct Ended {
    bool isKilled = false;
    int code = 0;
};

Ended run(const std::string& folder, unsigned seed, long killAfterMicros, int pagesMax,
          const char* stopAt = "")
{
    const pid_t pid = fork();
    if (pid == 0) {
        setenv("COUNTERFOIL_STORE_STOP", stopAt, 1);
        const std::string seedText = std::to_string(seed);
        const std::string killText = std::to_string(killAfterMicros);
        const std::string pagesText = std::to_string(pagesMax);
        execl(g_program.c_str(), g_program.c_str(), "--child", folder.c_str(), seedText.c_str(),
              killText.c_str(), pagesText.c_str(), nullptr);
        _exit(9);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    return {WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL,
            WIFEXITED(status) ? WEXITSTATUS(status) : -1};
}

class StoreKill : public testing::Test {
protected:
    std::string newFolder()
    {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "counterfoil-kill-XXXXXX").string();
        m_folders.emplace_back(mkdtemp(pattern.data()));
        return m_folders.back();
    }
    ~StoreKill() override
    {
        std::error_code error;
        for (const std::string& folder : m_folders)
            std::filesystem::remove_all(folder, error);
    }
    std::vector<std::string> m_folders;
};

} // namespace

TEST_F(StoreKill, KilledAtRandomMomentsItEndsAsIfItNeverWas)
{
    const char* given = std::getenv("COUNTERFOIL_SEED");
    const unsigned first = given ? static_cast<unsigned>(std::atoi(given)) : std::random_device{}();
    std::cout << "seed " << first << " (COUNTERFOIL_SEED repeats it)\n";
    std::mt19937 random(first);
    int kills = 0;
    for (unsigned round = 0; kills < kKillsMin; ++round) {
        ASSERT_LT(round, 40U) << "the processes end before they are killed";
        const unsigned seed = first % 100'000 + round;
        const std::string calm = newFolder();
        const std::string rough = newFolder();
        ASSERT_EQ(run(calm, seed, 0, kPages).code, 0);
        // Wider with every kill, so that it ends however slow the machine is.
        long reach = 20'000;
        for (;;) {
            const long micros = 1 + static_cast<long>(random() % static_cast<unsigned>(reach));
            const Ended ended = run(rough, seed, micros, kPages);
            if (!ended.isKilled) {
                ASSERT_EQ(ended.code, 0) << "seed " << seed;
                break;
            }
            ++kills;
            reach += 10'000;
        }
        ASSERT_EQ(formOf(rough), formOf(calm)) << "seed " << seed << " after " << kills << " kills";
    }
    std::cout << kills << " kills\n";
}

TEST_F(StoreKill, KilledBeforeBetweenAndAfterTheTwoCommits)
{
    const unsigned seed = 7;
    const std::string calm = newFolder();
    const std::string rough = newFolder();
    ASSERT_EQ(run(calm, seed, 0, kPages).code, 0);
    int kills = 0;
    bool isDone = false;
    while (!isDone) {
        for (const char* place : {"before-ledger", "between", "after-facts"}) {
            const Ended ended = run(rough, seed, 0, kPages, place);
            kills += ended.isKilled ? 1 : 0;
            isDone = isDone || !ended.isKilled;
            ASSERT_TRUE(ended.isKilled || ended.code == 0) << place;
        }
        const Ended ended = run(rough, seed, 0, 1);
        ASSERT_TRUE(ended.code == 4 || ended.code == 0);
    }
    ASSERT_EQ(run(rough, seed, 0, kPages).code, 0);
    EXPECT_GE(kills, 50);
    EXPECT_EQ(formOf(rough), formOf(calm));
}

TEST_F(StoreKill, AKillBetweenTheCommitsLeavesTheLedgerAheadAndTheStartPutsItRight)
{
    const unsigned seed = 11;
    const std::string folder = newFolder();
    ASSERT_EQ(run(folder, seed, 0, 3).code, 4);
    const std::string before = formOf(folder);
    ASSERT_TRUE(run(folder, seed, 0, kPages, "between-news").isKilled);
    OpenOptions readOnly;
    readOnly.isReadOnly = true;
    std::size_t ahead = 0;
    {
        const auto store = Store::open("sqlite:" + folder, readOnly);
        ASSERT_TRUE(store.has_value());
        ahead = static_cast<std::size_t>((*store)->changeSeq());
    }
    {
        const auto store = Store::open("sqlite:" + folder, {});
        ASSERT_TRUE(store.has_value()) << store.error().detail;
        EXPECT_GT(static_cast<std::size_t>((*store)->changeSeq()), ahead) << "nothing taken back";
    }
    EXPECT_EQ(formOf(folder), before);
}

} // namespace counterfoil::store

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 6 && std::string(argv[1]) == "--child") {
        return counterfoil::store::child(argv[2], static_cast<unsigned>(std::atol(argv[3])),
                                         std::atol(argv[4]), std::atoi(argv[5]));
    }
    counterfoil::store::g_program = std::filesystem::read_symlink("/proc/self/exe").string();
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
