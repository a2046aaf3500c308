#include "tests/unit/store/store_fixture.h"

#include "core/store/connection.h"
#include "core/store/migrations.h"

#include <gmock/gmock.h>

#include <sys/resource.h>

#include <array>
#include <chrono>
#include <csignal>
#include <fstream>

namespace counterfoil::store {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

/// Lets no file of this process grow beyond a size: to SQLite, a disk that takes no more.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limited{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limited);
    }
    ~FileSizeLimit() { lift(); }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;
    void lift() const { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

std::unique_ptr<Connection> openFile(const std::filesystem::path& path, const char* what)
{
    Connection::Options options;
    options.what = what;
    return NEED(Connection::open(path.string(), options));
}

} // namespace

/// What is particular to two SQLite files in a folder.
class StoreFiles : public testing::Test {
protected:
    [[nodiscard]] std::string url() const { return sqliteUrl(folder.path()); }
    [[nodiscard]] std::filesystem::path file(const char* name) const
    {
        return folder.path() / name;
    }
    std::unique_ptr<Store> open() const
    {
        auto store = NEED(Store::open(url(), {}));
        SiteSettings settings;
        settings.currency = currency("GBP");
        store->configureSite("uk", settings);
        return store;
    }
    Error openError() const
    {
        auto opened = Store::open(url(), {});
        EXPECT_FALSE(opened.has_value());
        return opened ? Error() : opened.error();
    }
    TempFolder folder;
};

TEST_F(StoreFiles, AStoreOfAnotherKindIsAConfigError)
{
    EXPECT_EQ(Store::open("mysql://x", {}).error().code, ErrorCode::Config);
}

TEST_F(StoreFiles, ANewerStoreIsRefusedByNameAndLeftAlone)
{
    open().reset();
    {
        auto ledger = openFile(file("ledger.db"), "ledger");
        NEED(ledger->run("pragma user_version=99"));
        NEED(writeMeta(*ledger, "written_by", "Counterfoil 9.1"));
    }
    const Error error = openError();
    EXPECT_EQ(error.code, ErrorCode::Store);
    EXPECT_THAT(error.detail, HasSubstr("Counterfoil 9.1"));
    EXPECT_THAT(error.detail, HasSubstr("version 99"));
    EXPECT_THAT(error.detail, HasSubstr("Update this program"));
    auto ledger = openFile(file("ledger.db"), "ledger");
    EXPECT_EQ(NEED(ledger->row("pragma user_version"))->integer(0), 99);
}

TEST_F(StoreFiles, ALedgerThatIsGoneIsNotReplacedByAnEmptyOne)
{
    open().reset();
    std::filesystem::rename(file("ledger.db"), file("moved.db"));
    const Error error = openError();
    EXPECT_EQ(error.code, ErrorCode::Store);
    EXPECT_THAT(error.detail, HasSubstr("ledger.db is gone"));
    EXPECT_FALSE(std::filesystem::exists(file("ledger.db")));
    std::filesystem::rename(file("moved.db"), file("ledger.db"));
    open().reset();
    std::filesystem::remove(file("facts.db"));
    open().reset(); // facts can be read again
}

TEST_F(StoreFiles, AMigrationRunsOnceForwardAndCopiesTheLedgerBefore)
{
    constexpr std::array<Migration, 2> kSteps{
        {{1, "create table meta(key text primary key, value text not null);\n"
             "create table a(x integer);\n"},
         {2, "-- adds a column\nalter table a add column y text;\n"}}};
    const auto path = file("ledger.db");
    {
        auto connection = openFile(path, "ledger");
        NEED(migrate(*connection, std::span(kSteps).first(1), folder.path().string()));
        NEED(connection->run("insert into a(x) values(7)"));
        EXPECT_FALSE(std::filesystem::exists(file("ledger-version-1.copy.db")));
        NEED(migrate(*connection, kSteps, folder.path().string()));
        NEED(migrate(*connection, kSteps, folder.path().string()));
        EXPECT_EQ(NEED(connection->row("pragma user_version"))->integer(0), 2);
        EXPECT_EQ(NEED(connection->row("select x, y from a"))->integer(0), 7);
    }
    auto copy = openFile(file("ledger-version-1.copy.db"), "ledger");
    EXPECT_EQ(NEED(copy->row("pragma user_version"))->integer(0), 1);
    EXPECT_EQ(NEED(copy->row("select x from a"))->integer(0), 7);
}

TEST_F(StoreFiles, AMigrationThatFailsLeavesNothingHalf)
{
    constexpr std::array<Migration, 1> kBroken{
        {{1, "create table meta(key text primary key, value text not null);\n"
             "create table a(x integer);\ninsert into nowhere values(1);\n"}}};
    auto connection = openFile(file("x.db"), "ledger");
    EXPECT_FALSE(migrate(*connection, kBroken, "").has_value());
    EXPECT_EQ(NEED(connection->row("pragma user_version"))->integer(0), 0);
    EXPECT_THAT(NEED(connection->rows("select name from sqlite_master")), IsEmpty());
}

TEST_F(StoreFiles, AFileThatIsNoDatabaseIsNamedDamaged)
{
    open().reset();
    std::ofstream(file("facts.db"), std::ios::trunc) << std::string(40000, 'x');
    std::filesystem::remove(file("facts.db-wal"));
    const Error error = openError();
    EXPECT_EQ(error.code, ErrorCode::Store);
    EXPECT_THAT(error.detail, HasSubstr("facts.db is damaged"));
    EXPECT_THAT(error.detail, HasSubstr("read again from the platforms"));
}

TEST_F(StoreFiles, ALedgerWithBrokenPagesIsFoundAtStartAndNothingIsWritten)
{
    {
        auto store = open();
        for (int i = 0; i < 400; ++i)
            NEED(store->audit({PersonId("mara"), "view", std::to_string(i), "{}"}));
    }
    {
        auto ledger = openFile(file("ledger.db"), "ledger");
        NEED(ledger->row("pragma wal_checkpoint(truncate)"));
    }
    const auto size = std::filesystem::file_size(file("ledger.db"));
    {
        std::fstream stream(file("ledger.db"), std::ios::in | std::ios::out | std::ios::binary);
        // The schema page stays whole: only reading the tables themselves finds it.
        for (std::uintmax_t offset = 16384; offset + 64 < size; offset += 4096) {
            stream.seekp(static_cast<std::streamoff>(offset));
            stream << std::string(64, '\xA5');
        }
    }
    const Error error = openError();
    EXPECT_EQ(error.code, ErrorCode::Store);
    EXPECT_THAT(error.detail, HasSubstr("ledger.db is damaged"));
    EXPECT_THAT(error.detail, HasSubstr("newest backup"));
}

TEST_F(StoreFiles, AFullDiskIsSaidPlainlyAndThePageIsWhollyUndone)
{
    auto store = open();
    NEED(store->applyPage(page({summary("1", "Received")}, minutes(0)), unpaidJudge));
    const std::string before = NEED(store->normalForm());
    const std::int64_t seq = store->changeSeq();
    const FileSizeLimit limit(512U << 10U);
    std::vector<domain::PageDocument> many;
    for (int i = 0; i < 3000; ++i) {
        auto document = summary(std::to_string(10000 + i), "Received");
        for (int k = 0; k < 40; ++k)
            document.body += std::to_string(i * 7919 + k * 104729) + ",";
        many.push_back(document);
    }
    const auto full = store->applyPage(page(many, minutes(1)), unpaidJudge);
    limit.lift();
    ASSERT_FALSE(full.has_value());
    EXPECT_EQ(full.error().code, ErrorCode::Store);
    EXPECT_THAT(full.error().detail, HasSubstr("full"));
    EXPECT_THAT(full.error().detail, HasSubstr("Free some space"));
    EXPECT_EQ(NEED(store->normalForm()), before);
    EXPECT_EQ(store->changeSeq(), seq);
    NEED(store->applyPage(page({summary("2", "Received")}, minutes(2)), unpaidJudge));
    EXPECT_THAT(NEED(store->findings(false)), SizeIs(2));
}

TEST_F(StoreFiles, AStoreLockedByAnotherProgramIsGivenUpAfterTwoSeconds)
{
    auto store = open();
    auto other = openFile(file("facts.db"), "facts");
    NEED(other->begin());
    const auto start = std::chrono::steady_clock::now();
    const auto locked = store->applyPage(page({summary("1", "Received")}, minutes(0)), unpaidJudge);
    const auto waited = std::chrono::steady_clock::now() - start;
    ASSERT_FALSE(locked.has_value());
    EXPECT_EQ(locked.error().code, ErrorCode::Store);
    EXPECT_THAT(locked.error().detail, HasSubstr("locked by another program"));
    EXPECT_GE(waited, std::chrono::milliseconds(1900));
    EXPECT_LT(waited, std::chrono::seconds(6));
    other->rollback();
    NEED(store->applyPage(page({summary("1", "Received")}, minutes(0)), unpaidJudge));
}

TEST_F(StoreFiles, AReaderOfAFolderWithoutAStoreIsRefused)
{
    OpenOptions options;
    options.isReadOnly = true;
    EXPECT_EQ(Store::open(url(), options).error().code, ErrorCode::Store);
    EXPECT_EQ(Store::open(url() + "/nowhere", options).error().code, ErrorCode::Store);
}

TEST_F(StoreFiles, FindingsStillShowWhenTheFactsAreLost)
{
    {
        auto store = open();
        NEED(store->applyPage(page({summary("1", "Received")}, minutes(0)), unpaidJudge));
    }
    for (const char* name : {"facts.db", "facts.db-wal", "facts.db-shm"})
        std::filesystem::remove(file(name));
    auto store = open();
    const auto found = NEED(store->findings(false));
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].orderName, "B2B-1042");
    EXPECT_EQ(found[0].finding.atRisk, gbp(1));
    EXPECT_EQ(found[0].finding.reason.code, "credit-not-posted.plain");
    // Read again, it is the same finding with its first sight.
    NEED(store->applyPage(page({summary("1", "Received")}, minutes(9)), unpaidJudge));
    const auto again = NEED(store->findings(false));
    ASSERT_THAT(again, SizeIs(1));
    EXPECT_EQ(again[0].firstSeen, minutes(0));
    EXPECT_FALSE(again[0].isRegressed);
}

TEST_F(StoreFiles, WhatALostFactsTransactionToldIsTakenBackAtStart)
{
    {
        auto store = open();
        NEED(store->applyPage(page({summary("1", "Received")}, minutes(0)), unpaidJudge));
    }
    const auto keep = folder.path() / "facts.keep";
    {
        auto facts = openFile(file("facts.db"), "facts");
        NEED(facts->row("pragma wal_checkpoint(truncate)"));
    }
    std::filesystem::copy_file(file("facts.db"), keep);
    {
        auto store = open();
        NEED(store->applyPage(page({summary("1", "Done"), summary("2", "Received")}, minutes(1)),
                              unpaidJudge));
        EXPECT_EQ(NEED(store->findings(true)).size(), 2U);
    }
    // A power cut: the ledger's commit was forced to the disk, that of the facts was not.
    for (const char* name : {"facts.db-wal", "facts.db-shm"})
        std::filesystem::remove(file(name));
    std::filesystem::rename(keep, file("facts.db"));
    auto store = open();
    const auto found = NEED(store->findings(true));
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].state, "open") << "not closed by a reading that is gone";
    EXPECT_FALSE(found[0].closedAt.has_value());
    std::vector<std::string> events;
    for (const JournalEntry& entry : NEED(store->journal(unpaidOf("1"))))
        events.push_back(entry.event);
    EXPECT_THAT(events, ElementsAre("opened", "closed", "retracted"));
    // The page comes again.
    NEED(store->applyPage(page({summary("1", "Done"), summary("2", "Received")}, minutes(2)),
                          unpaidJudge));
    for (const StoredFinding& stored : NEED(store->findings(true))) {
        EXPECT_EQ(stored.state, stored.rma == "1" ? "closed" : "open");
        EXPECT_FALSE(stored.isRegressed);
    }
}

} // namespace counterfoil::store
