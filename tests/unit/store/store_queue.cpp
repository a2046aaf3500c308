// The quick reading of the queue says what the plain one says, and in the default order.

#include "core/reconcile/risk.h"
#include "tests/unit/store/store_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace counterfoil::store {

using testing::ElementsAreArray;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

constexpr std::array<const char*, 6> kCurrencies{"GBP", "JPY", "KWD", "CLF", "EUR", "USD"};

/// Findings with every member filled, whose currency, amount and finality follow from the id.
domain::Judgement manyKinds(const domain::CaseFacts& facts)
{
    domain::Judgement judgement = unpaidJudge(facts);
    for (domain::Finding& finding : judgement.findings) {
        const auto number =
            static_cast<std::size_t>(std::strtoull(facts.rma->id.value.c_str(), nullptr, 10));
        const auto code = currency(kCurrencies[number % kCurrencies.size()]);
        finding.atRisk =
            money::Money::fromMinor(static_cast<std::int64_t>(number * 7919 % 1009), code);
        if (number % 2 == 0)
            finding.atRiskShop = gbp(static_cast<std::int64_t>(number * 104'729 % 997));
        if (number % 7 == 0)
            finding.atRisk.reset();
        finding.finality = static_cast<domain::Finality>(number % 4);
        finding.severity = static_cast<domain::Severity>(number % 4);
        finding.variant = "plain \"quoted\" \xc3\xa9";
        finding.subject = "s";
        finding.causeCode = "retail-price";
        finding.cause = domain::Phrase("cause.retail-price").with("sku", "A/\\B").with("unit", "1");
        finding.sku = "BEAN-1KG";
        finding.lines = {LineId("1"), LineId("2")};
        finding.units = {UnitId("11"), UnitId("12")};
        finding.since = fromMillis(1'700'000'000'000);
        if (number % 5 == 0)
            finding.graceUntil = minutes(99);
    }
    return judgement;
}

domain::Judgement twoFindings(const domain::CaseFacts& facts)
{
    domain::Judgement judgement = manyKinds(facts);
    if (!judgement.findings.empty()) {
        judgement.findings.push_back(judgement.findings.front());
        judgement.findings.back().type = domain::FindingType::PoMissing;
    }
    return judgement;
}

/// Everything of a row that the queue shows, as one text.
std::string shown(const StoredFinding& row)
{
    const auto amount = [](const std::optional<money::Money>& money) {
        return money ? money->decimalText() + std::string(money->currency().code())
                     : std::string("-");
    };
    const auto phrase = [](const domain::Phrase& from) {
        std::string text = from.code;
        for (const auto& [name, value] : from.values)
            text += fmt::format(" {}={}", name, value);
        return text;
    };
    const auto at = [](const std::optional<Instant>& instant) {
        return instant ? toMillis(*instant) : -1;
    };
    const domain::Finding& finding = row.finding;
    std::string text =
        fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} {} {} {}", row.id.value, row.site,
                    row.caseId.value, row.state, toMillis(row.firstSeen), row.isRegressed,
                    row.isInherited, row.isClaimed, row.assignee, row.waitingFor, row.ticket,
                    at(row.snoozedUntil), row.pausedFor.count(), row.seq, row.closedBy);
    text += fmt::format(" | {} {} {} {} {} {} {} {}", row.rma, row.order, row.orderName, row.po,
                        row.customer, row.customerNote, row.rmaStatus, row.paymentWord);
    text += fmt::format(" | {} {} {} {} {} {} {} {} {} {} {}", findingTypeId(finding.type),
                        finding.subject, finding.variant, ownerWord(finding.owner),
                        severityWord(finding.severity), amount(finding.atRisk),
                        amount(finding.atRiskShop), riskKindWord(finding.riskKind),
                        static_cast<int>(finding.finality), finding.expected, finding.actual);
    text += fmt::format(" | {} | {} | {} | {} {} {} {}", phrase(finding.title),
                        phrase(finding.reason), phrase(finding.cause), finding.causeCode,
                        finding.sku, at(finding.since), at(finding.graceUntil));
    for (const LineId& line : finding.lines)
        text += " line " + line.value;
    for (const UnitId& unit : finding.units)
        text += " unit " + unit.value;
    return text;
}

class StoreQueue : public StoreTest {
protected:
    void fill(const Judge& judge)
    {
        std::vector<domain::PageDocument> rows;
        for (int i = 1; i <= 60; ++i)
            rows.push_back(summary(std::to_string(7'000'000 + i), "Received"));
        apply(page(std::move(rows), minutes(0)), judge);
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, StoreQueue, testing::Values(Backend{"sqlite", &sqliteUrl}),
                         &backendName);

TEST_P(StoreQueue, TheQuickReadingSaysWhatThePlainOneSays)
{
    fill(twoFindings);
    const PersonId mara("mara");
    auto all = NEED(store->findings(false));
    ASSERT_THAT(all, SizeIs(120));
    NEED(store->setPeopleState(all[3].id, "assigned", R"({"assignee":"mara"})", mara, minutes(1)));
    NEED(store->setPeopleState(all[4].id, "waiting", R"({"for":"buyer","ticket":"T-7"})", mara,
                               minutes(1)));
    NEED(store->setPeopleState(all[5].id, "snoozed", R"({"until":"2099-01-01T00:00:00Z"})", mara,
                               minutes(1)));
    NEED(store->setPeopleState(all[6].id, "accepted", R"({"reason":"agreed"})", mara, minutes(1)));
    NEED(store->setPeopleState(all[7].id, "handed-off", R"({"owner":"warehouse"})", mara,
                               minutes(1)));
    apply(page({summary("7000009", "Done")}, minutes(2)), twoFindings);
    now = minutes(31);

    std::vector<std::string> plain, quick;
    for (const StoredFinding& row : NEED(store->findings(false)))
        plain.push_back(shown(row));
    std::vector<std::string> cases;
    NEED(store->visitLive([&](StoredFinding& row) {
        quick.push_back(shown(row));
        cases.push_back(row.caseId.value);
    }));
    EXPECT_TRUE(std::is_sorted(cases.begin(), cases.end())) << "case by case";
    std::sort(plain.begin(), plain.end());
    std::sort(quick.begin(), quick.end());
    ASSERT_THAT(quick, SizeIs(118));
    EXPECT_THAT(quick, ElementsAreArray(plain));
    EXPECT_THAT(NEED(store->liveOfCase("uk", CaseId("rma:7000010"))), SizeIs(2));
    EXPECT_THAT(NEED(store->liveOfCase("uk", CaseId("rma:7000009"))), IsEmpty());
    EXPECT_TRUE(NEED(store->hasLiveBeyond(117)));
    EXPECT_FALSE(NEED(store->hasLiveBeyond(118)));
}

TEST_P(StoreQueue, TheFirstRowsAreThoseOfTheDefaultOrder)
{
    fill(manyKinds);
    auto all = NEED(store->findings(false));
    ASSERT_THAT(all, SizeIs(60));
    std::sort(all.begin(), all.end(), [](const StoredFinding& a, const StoredFinding& b) {
        const auto left = reconcile::orderKey(a.finding);
        const auto right = reconcile::orderKey(b.finding);
        return std::tie(right, a.firstSeen, a.id) < std::tie(left, b.firstSeen, b.id);
    });
    for (const std::size_t count : {1U, 5U, 20U, 60U, 100U}) {
        std::vector<std::string> expected, found;
        for (std::size_t i = 0; i < std::min<std::size_t>(count, all.size()); ++i)
            expected.push_back(all[i].id.value);
        NEED(store->visitFirst(count, [&](StoredFinding& row) { found.push_back(row.id.value); }));
        std::sort(expected.begin(), expected.end());
        std::sort(found.begin(), found.end());
        EXPECT_THAT(found, ElementsAreArray(expected)) << count;
    }
}

} // namespace
} // namespace counterfoil::store
