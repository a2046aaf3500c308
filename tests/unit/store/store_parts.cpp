#include "core/store/bulk/handle.h"
#include "core/store/bulk/packing.h"
#include "core/store/codec.h"
#include "core/store/connection.h"
#include "tests/unit/store/store_fixture.h"

#include <gmock/gmock.h>

namespace counterfoil::store {

using testing::SizeIs;

namespace {

FindingContent content()
{
    FindingContent content;
    domain::Finding& finding = content.finding;
    finding.type = domain::FindingType::OverCredit;
    finding.subject = "91";
    finding.variant = "exchange";
    finding.owner = domain::Owner::Integration;
    finding.severity = domain::Severity::Critical;
    finding.atRisk = money::Money::fromMinor(-480, currency("JPY"));
    finding.atRiskShop = gbp(300);
    finding.riskKind = domain::RiskKind::Stock;
    finding.finality = domain::Finality::Final;
    finding.expected = "480";
    finding.actual = "0 \"quoted\" \xE2\x82\xAC";
    finding.title = domain::Phrase("t").with("a", "1").with("a", "2");
    finding.cause = domain::Phrase("c");
    finding.causeCode = "retail";
    finding.sku = "KETTLE-1L";
    finding.lines = {LineId("91"), LineId("92")};
    finding.units = {UnitId("u")};
    finding.hiddenTypes = {domain::FindingType::PoMissing};
    finding.since = minutes(1);
    finding.graceUntil = minutes(2);
    finding.evidence.push_back(
        {"unit-price",
         "12.50",
         {Platform::Shopify, domain::DocumentKind::OrderLines, "5", 3, minutes(4)},
         "/lineItems/nodes/0"});
    content.row = {"1", "2", "#3", "PO", "Northwind Cafes Ltd", "Net 30", "Done", "account"};
    return content;
}

} // namespace

TEST(StoreCodec, AFindingComesBackWhole)
{
    const FindingContent before = content();
    const std::string text = findingText(before);
    const FindingContent after = NEED(findingFromText(text));
    EXPECT_EQ(findingText(after), text);
    EXPECT_EQ(after.finding.atRisk, before.finding.atRisk);
    EXPECT_EQ(after.finding.title, before.finding.title);
    EXPECT_EQ(after.finding.evidence[0].document, before.finding.evidence[0].document);
    EXPECT_EQ(after.finding.graceUntil, before.finding.graceUntil);
    EXPECT_EQ(after.row.customerNote, "Net 30");
}

TEST(StoreCodec, AnotherReadingOfTheSameValueIsTheSameFinding)
{
    FindingContent other = content();
    other.finding.evidence[0].document.version = 9;
    other.finding.evidence[0].document.observedAt = minutes(99);
    EXPECT_EQ(findingHash(other), findingHash(content()));
    other.finding.evidence[0].value = "12.51";
    EXPECT_NE(findingHash(other), findingHash(content()));
    FindingContent amount = content();
    amount.finding.atRisk = money::Money::fromMinor(-481, currency("JPY"));
    EXPECT_NE(findingHash(amount), findingHash(content()));
}

TEST(StoreCodec, ARowOfAnotherProgramIsAStoreError)
{
    for (const char* text : {"", "{", "[]", R"({"finding":{"type":"nothing"},"row":{}})"}) {
        const auto read = findingFromText(text);
        ASSERT_FALSE(read.has_value()) << text;
        EXPECT_EQ(read.error().code, ErrorCode::Store);
    }
    EXPECT_EQ(actionFromText("{}").error().code, ErrorCode::Store);
    EXPECT_EQ(judgementFromText("{}").error().code, ErrorCode::Store);
}

TEST(StoreCodec, EveryKindAndStateHasItsWord)
{
    for (int i = 0; i < 16; ++i) {
        const auto kind = static_cast<domain::DocumentKind>(i);
        EXPECT_EQ(documentKindFromWord(documentKindWord(kind)), kind);
        EXPECT_NE(platformOf(kind), Platform::None);
    }
    for (int i = 0; i < 14; ++i) {
        const auto state = static_cast<domain::ActionState>(i);
        EXPECT_EQ(actionStateFromWord(actionStateWord(state)), state);
    }
    EXPECT_FALSE(documentKindFromWord("invoice").has_value());
    EXPECT_EQ(joinName(" #1001 "), "1001");
    EXPECT_EQ(joinName("B2B-1042"), "B2B-1042");
}

TEST(StorePacking, BytesComeBackExactly)
{
    bulk::Packer packer;
    std::string mixed;
    for (int i = 0; i < 5000; ++i)
        mixed.push_back(static_cast<char>((i * 7919) >> 3));
    for (const std::string& body : {std::string(), std::string("{}"), mixed}) {
        const std::string packed(packer.pack(body));
        EXPECT_EQ(NEED(bulk::unpack(packed)), body);
    }
    EXPECT_EQ(bulk::unpack("not packed").error().code, ErrorCode::Store);
    std::string cut(packer.pack(mixed));
    cut.resize(cut.size() / 2);
    EXPECT_FALSE(bulk::unpack(cut).has_value());
    EXPECT_NE(bulk::bodyDigest("a"), bulk::bodyDigest("b"));
    EXPECT_EQ(bulk::hexText(std::string("\x00\xff", 2)), "00ff");
}

TEST(StoreConnection, TheLinkedSqliteIsTheOneThatQtLoaded)
{
    TempFolder folder;
    Connection::Options options;
    options.what = "facts";
    const auto connection = NEED(Connection::open((folder.path() / "x.db").string(), options));
    EXPECT_EQ(NEED(connection->row("select sqlite_source_id()"))->text(0), bulk::linkedSourceId());
    EXPECT_EQ(NEED(connection->row("pragma page_size"))->integer(0), 16384);
    EXPECT_EQ(NEED(connection->row("pragma journal_mode"))->text(0), "wal");
    EXPECT_EQ(NEED(connection->row("pragma synchronous"))->integer(0), 1);
    EXPECT_EQ(NEED(connection->row("pragma wal_autocheckpoint"))->integer(0), 20000);
    options.isFullySynced = true;
    const auto full = NEED(Connection::open((folder.path() / "y.db").string(), options));
    EXPECT_EQ(NEED(full->row("pragma synchronous"))->integer(0), 2);
}

TEST(StoreConnection, ValuesComeBackAsTheyWentIn)
{
    TempFolder folder;
    Connection::Options options;
    options.what = "facts";
    auto connection = NEED(Connection::open((folder.path() / "x.db").string(), options));
    NEED(connection->run("create table t(a, b, c, d)"));
    const std::string bytes("\x00\x01\xff", 3);
    NEED(connection->run(
        "insert into t values(?, ?, ?, ?)",
        {std::int64_t{9'007'199'254'740'993}, "caf\xC3\xA9 \"x\"", Blob{bytes}, Value()}));
    const auto rows = NEED(connection->rows("select a, b, c, d from t"));
    ASSERT_THAT(rows, SizeIs(1));
    EXPECT_EQ(rows[0].integer(0), 9'007'199'254'740'993);
    EXPECT_EQ(rows[0].text(1), "caf\xC3\xA9 \"x\"");
    EXPECT_EQ(rows[0].text(2), bytes);
    EXPECT_TRUE(rows[0].isNull(3));
}

TEST(StoreConnection, ATransactionLeftOpenIsRolledBack)
{
    TempFolder folder;
    Connection::Options options;
    options.what = "facts";
    auto connection = NEED(Connection::open((folder.path() / "x.db").string(), options));
    NEED(connection->run("create table t(a)"));
    {
        auto transaction = NEED(Transaction::begin(*connection));
        NEED(connection->run("insert into t values(1)"));
    }
    EXPECT_EQ(NEED(connection->row("select count(*) from t"))->integer(0), 0);
}

} // namespace counterfoil::store
