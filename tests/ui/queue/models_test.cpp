// How rows become lines of the list: order, groups, what waits, what a case puts at risk.
#include <QCoreApplication>
#include <QSignalSpy>

#include "core/workspace/case_sums.h"
#include "ui/models/queue_model.h"
#include "ui/models/row_text.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace counterfoil::models {
namespace {

using namespace std::chrono_literals;

const Instant kNow = fromMillis(1'795'517'000'000);

view::QueueRow row(int number, int minor = 0, const char* caseId = nullptr)
{
    view::QueueRow row;
    row.id = FindingId(fmt::format("{:016x}00000000", number));
    row.caseId = CaseId(caseId ? caseId : fmt::format("rma:{}", number));
    row.site = "uk";
    row.title = fmt::format("Row {}", number);
    row.firstSeen = kNow - std::chrono::hours(number);
    if (minor != 0) {
        row.atRisk = money::Money::fromMinor(minor, *money::Currency::fromCode("GBP"));
        row.riskKind = domain::RiskKind::Over;
    }
    return row;
}

std::shared_ptr<const workspace::QueueTable> table(const std::vector<view::QueueRow>& rows)
{
    auto made = std::make_shared<workspace::QueueTable>();
    for (const view::QueueRow& one : rows)
        made->append(one);
    made->seal();
    return made;
}

ArrangeRequest request(const std::vector<view::QueueRow>& rows, const char* query)
{
    ArrangeRequest made;
    made.table = table(rows);
    made.filter = query::parse(query).value_or(query::Filter());
    made.now = kNow;
    return made;
}

std::vector<money::Money> summed(const std::vector<view::QueueRow>& rows)
{
    return workspace::caseSums(rows);
}

std::vector<int> numbers(const Arrangement& made)
{
    std::vector<int> out;
    for (const quint64 id : made.order)
        out.push_back(static_cast<int>(id));
    return out;
}

TEST(Arrange, SortsAsTheFilterAsks)
{
    std::vector<view::QueueRow> rows{row(2), row(9), row(5)};
    rows[0].due = kNow + 3h;
    rows[2].due = kNow - 1h;
    rows[1].severity = domain::Severity::Critical;
    rows[0].customer = "beech";
    rows[1].customer = "Ash";
    rows[2].customer = "Cedar";
    const auto sorted = [&](const char* query) { return numbers(arrange(request(rows, query))); };
    EXPECT_EQ(sorted("sort:risk"), (std::vector<int>{2, 9, 5})) << "the table's own order";
    EXPECT_EQ(sorted("sort:age"), (std::vector<int>{9, 5, 2}));
    EXPECT_EQ(sorted("-sort:age"), (std::vector<int>{2, 5, 9}));
    EXPECT_EQ(sorted("sort:sla"), (std::vector<int>{5, 2, 9})) << "without a clock last";
    EXPECT_EQ(sorted("sort:severity"), (std::vector<int>{9, 2, 5}));
    EXPECT_EQ(sorted("sort:customer"), (std::vector<int>{9, 2, 5}));
}

TEST(Arrange, PutsExceptionsOfACaseUnderOneHead)
{
    const Arrangement made = arrange(request({row(1, 0, "a"), row(2), row(3, 0, "a")}, "is:open"));
    ASSERT_EQ(made.places.size(), 4U);
    EXPECT_EQ(made.places[0].kind, Place::Kind::Group);
    EXPECT_EQ(made.places[0].id, caseNumber("uk", "a"));
    EXPECT_EQ(made.places[1].id, 1U);
    EXPECT_EQ(made.places[2].kind, Place::Kind::LastChild);
    EXPECT_EQ(made.places[3].kind, Place::Kind::Single);
}

TEST(Arrange, ACaseOfAnotherSiteIsAnotherCase)
{
    std::vector<view::QueueRow> rows{row(1, 0, "a"), row(2, 0, "a")};
    rows[1].site = "de";
    EXPECT_EQ(arrange(request(rows, "is:open")).places.size(), 2U);
}

TEST(Arrange, HeldItLetsNothingInAndNothingOut)
{
    ArrangeRequest held = request({row(4), row(2), row(3)}, "is:open");
    held.isHeld = true;
    held.order = {1, 2, 3};
    const Arrangement made = arrange(held);
    EXPECT_EQ(numbers(made), (std::vector<int>{1, 2, 3}));
    EXPECT_EQ(made.places[0].row, kGone);
    EXPECT_EQ(made.waiting, 1);
    EXPECT_EQ(made.stale, 1);
}

TEST(Arrange, HeldItLetsGoWhatAPersonActedOn)
{
    std::vector<view::QueueRow> rows{row(1), row(2)};
    rows[0].state = view::RowState::Snoozed;
    ArrangeRequest held = request(rows, "is:open");
    held.isHeld = true;
    held.order = {1, 2};
    held.leaving = {1, 2};
    EXPECT_EQ(numbers(arrange(held)), std::vector<int>{2}) << "what still matches stays";
}

TEST(CaseSums, NeverExceedWhatWouldLeave)
{
    // RMA7000412: the whole refund 176.80, in it 57.60 of wrong value (law.md 6).
    view::QueueRow refund = row(1, 17'680);
    refund.type = domain::FindingType::AccountOrderGatewayRefund;
    view::QueueRow wrong = row(2, 5'760);
    wrong.type = domain::FindingType::CreditValueMismatch;
    view::QueueRow stock = row(3, 3'200);
    stock.riskKind = domain::RiskKind::Stock;
    const auto sums = summed({refund, wrong, stock});
    ASSERT_EQ(sums.size(), 1U);
    EXPECT_EQ(sums.front().minor(), 17'680);
    EXPECT_EQ(summed({stock}).front().minor(), 3'200) << "stock where nothing else is at risk";
}

TEST(CaseSums, OneLeavingSumToldFromTwoSidesCountsOnce)
{
    view::QueueRow byHand = row(1, 21'600);
    byHand.type = domain::FindingType::ManualRefundOpenReturn;
    view::QueueRow early = row(2, 21'600);
    early.type = domain::FindingType::PaidBeforeInspection;
    EXPECT_EQ(summed({byHand, early}).front().minor(), 21'600);
    view::QueueRow code = row(3, 5'000);
    code.type = domain::FindingType::AccountOrderStoreCredit;
    view::QueueRow card = row(4, 7'000);
    card.type = domain::FindingType::AccountOrderGatewayRefund;
    EXPECT_EQ(summed({code, card}).front().minor(), 12'000) << "two sums by two means";
}

TEST(CaseSums, ACreditThatIsMissingAndAReturnDoneWithoutItAreOneSum)
{
    view::QueueRow missing = row(1, 5'724);
    missing.type = domain::FindingType::CreditNotPosted;
    missing.riskKind = domain::RiskKind::Under;
    view::QueueRow done = row(2, 5'724);
    done.type = domain::FindingType::MoneyStateDrift;
    done.riskKind = domain::RiskKind::Under;
    EXPECT_EQ(summed({missing, done}).front().minor(), 5'724);
    EXPECT_EQ(summed({done}).front().minor(), 5'724) << "alone it counts";
}

TEST(CaseSums, NeverAddCurrencies)
{
    view::QueueRow euros = row(2, 500);
    euros.atRisk = money::Money::fromMinor(500, *money::Currency::fromCode("EUR"));
    EXPECT_EQ(summed({row(1, 1'000), euros}).size(), 2U);
    EXPECT_EQ(riskText({row(1, 1'000), euros}), QStringLiteral("€5.00, £10.00"));
}

TEST(QueueModel, AnEmptyListTakesWhatComes)
{
    QueueModel model;
    model.setFilter(query::parse("is:open").value());
    model.setTable(table({}), kNow, "priya", {});
    EXPECT_EQ(model.exceptions(), 0);
    model.setTable(table({row(1), row(2)}), kNow, "priya", {});
    EXPECT_EQ(model.exceptions(), 2) << "nothing was shown that could move";
    EXPECT_EQ(model.waiting(), 0);
    model.setTable(table({row(1), row(2), row(3)}), kNow, "priya", {});
    EXPECT_EQ(model.exceptions(), 2);
    EXPECT_EQ(model.waiting(), 1) << "later ones wait";
}

TEST(QueueModel, ArrangesALargeTableElsewhereAndSwapsItInOnce)
{
    int count = 0;
    char* none = nullptr;
    const std::unique_ptr<QCoreApplication> application(
        QCoreApplication::instance() ? nullptr : new QCoreApplication(count, &none));
    std::vector<view::QueueRow> rows;
    for (int i = 1; i <= static_cast<int>(QueueModel::kSmall) + 500; ++i)
        rows.push_back(row(i));
    QueueModel model;
    QSignalSpy arranged(&model, &QueueModel::arranged);
    model.setTable(table(rows), kNow, "priya", {});
    EXPECT_EQ(model.count(), 0) << "the GUI thread does not wait";
    ASSERT_TRUE(arranged.wait());
    EXPECT_EQ(model.count(), static_cast<int>(rows.size()));
    rows.push_back(row(9'999));
    model.setTable(table(rows), kNow, "priya", {"rma:9999"});
    QSignalSpy taken(&model, &QueueModel::taken);
    ASSERT_TRUE(taken.wait());
    EXPECT_EQ(model.waiting(), 1);
    EXPECT_EQ(arranged.count(), 1) << "a poll moves nothing";
}

TEST(RowText, ReadsARowOutAsOneSentence)
{
    view::QueueRow one = row(1, 17'680);
    one.severity = domain::Severity::Critical;
    one.title = "Card refund set on a Pay on Account order";
    one.riskNote = "over";
    one.customer = "Northwind Cafes Ltd";
    one.rma = "7000412";
    one.owner = domain::Owner::Finance;
    one.assigneeName = "Priya Shah";
    one.due = kNow - 1h;
    EXPECT_EQ(
        printed(one, kNow).sentence,
        QStringLiteral("Critical. Card refund set on a Pay on Account order. £176.80 at risk, "
                       "over. Northwind Cafes Ltd, RMA7000412. 1 h past SLA. Owner "
                       "Finance, Priya Shah. Open."));
}

} // namespace
} // namespace counterfoil::models
