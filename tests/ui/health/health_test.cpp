#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

#include "tests/ui/health/pictures.h"
#include "tests/ui/health/still_workspace.h"
#include "ui/health/facts_card.h"
#include "ui/health/health_page.h"
#include "ui/health/health_words.h"
#include "ui/health/report_table.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"

#include <gtest/gtest.h>

namespace counterfoil::tests {
namespace {

using health::HealthPage;
using health::ReportTable;
using widgets::Button;

view::ActionView action(domain::ActionState state, const char* title, const char* words)
{
    view::ActionView out;
    out.state = state;
    out.title = title;
    out.stateText = words;
    out.goesTo = "Shopify";
    out.by = "Priya Shah";
    out.at = parseInstant("2026-11-24T10:42:00Z").value();
    return out;
}

view::HealthView sample()
{
    view::HealthView out;
    view::PlatformCard shopify;
    shopify.platform = Platform::Shopify;
    shopify.health = view::FeedHealth::Fresh;
    shopify.stateText = "working";
    shopify.rows = {{"Last read", "10:41:58, 12 s ago"}, {"API version", "2026-07"}};
    shopify.answerMillis = {210, 240, 220, 260, 240};
    view::PlatformCard sparklayer = shopify;
    sparklayer.platform = Platform::SparkLayer;
    view::PlatformCard returngo = shopify;
    returngo.platform = Platform::ReturnGo;
    returngo.health = view::FeedHealth::Failing;
    returngo.stateText = "not answering";
    returngo.rows = {{"Last read", "10:29:14, 13 min ago"}, {"Answer", "HTTP 500, 4 times"}};
    out.platforms = {shopify, sparklayer, returngo};
    out.budget = {{"sweep-a", "sweep-a", 268},
                  {"operator", "operator", 70},
                  {"resolution", "resolution", 6},
                  {"focus", "focus", 62}};
    out.budgetUsed = 406;
    out.budgetCap = 2000;
    out.budgetSteps = {1400, 1700, 1900};
    out.auditEntries = 4182;
    out.auditState = "Not verified";
    out.auditHead = "c41e9a07aaaaaaaaaaaaaaaaaaaa5d2b";
    out.auditLastEntry = "action.filed";
    out.changes = {
        action(domain::ActionState::Proposed, "Account credit £41.60, RMA7000412",
               "waits for approval"),
        action(domain::ActionState::Settled, "Release 6 × HNY-340, RMA7000340", "proved"),
        action(domain::ActionState::Stuck, "PO number, order B2B-1011", "stuck")};
    out.loops = {{"returngo/open-rmas", "", "failed 10:32", true},
                 {"sparklayer/purchases", "60 s", "10:41:30", false},
                 {"erp/unheard-of", "", "10:00", false}};
    out.setAside = {"returngo rma 7000999: no status", "shopify order 5: not JSON"};
    return out;
}

template <class T> T* find(QWidget& page, const char* name)
{
    auto* found = page.findChild<T*>(QString::fromLatin1(name));
    EXPECT_NE(found, nullptr) << name;
    return found;
}

TEST(HealthPage, showsEveryPartOfTheAnswer)
{
    StillWorkspace source;
    source.frameView.siteName = "Larkfield Supply UK";
    source.health = sample();
    HealthPage page(&source);
    page.resize(1224, 828);
    page.show();
    EXPECT_EQ(page.findChildren<health::PlatformPanel*>().size(), 3);
    EXPECT_EQ(find<QLabel>(page, "budgetSum")->text(), QStringLiteral("406 of 2,000"));
    const auto& changes = find<ReportTable>(page, "changesTable")->report();
    ASSERT_EQ(changes.rowCount(), 3);
    EXPECT_EQ(changes.index(2, 4).data().toString(), QStringLiteral("stuck"));
    EXPECT_EQ(changes.cell(changes.index(2, 4)).tone, theme::Tone::Critical);
    EXPECT_EQ(changes.cell(changes.index(1, 4)).tone, theme::Tone::Ok);
    const auto& loops = find<ReportTable>(page, "loopsTable")->report();
    EXPECT_EQ(loops.index(0, 0).data().toString(), QStringLiteral("Open RMAs"));
    EXPECT_EQ(loops.index(2, 0).data().toString(), QStringLiteral("erp/unheard-of"));
    EXPECT_EQ(loops.cell(loops.index(0, 2)).tone, theme::Tone::Critical);
    EXPECT_TRUE(find<QLabel>(page, "setAside")->text().contains(QStringLiteral("7000999")));
    savePictures(page, QStringLiteral("health"));
}

TEST(HealthPage, callsOfPeopleAndOfWritesAreYours)
{
    const auto parts = health::budgetParts(sample());
    const auto yours = std::find_if(parts.begin(), parts.end(), [](const auto& part) {
        return part.label == QStringLiteral("Your actions");
    });
    ASSERT_NE(yours, parts.end());
    EXPECT_EQ(yours->calls, 76);
    EXPECT_EQ(parts.back().calls, 2000 - 406);
    int sum = 0;
    for (const auto& part : parts)
        sum += part.calls;
    EXPECT_EQ(sum, 2000);
}

TEST(HealthPage, anUnknownPurposeIsShownAndCounted)
{
    view::HealthView odd = sample();
    odd.budget.push_back({"probe", "probe", 4});
    const auto parts = health::budgetParts(odd);
    EXPECT_TRUE(std::any_of(parts.begin(), parts.end(), [](const auto& part) {
        return part.label == QStringLiteral("probe") && part.calls == 4;
    }));
}

TEST(HealthPage, verifyingChangesTheBadgeAndABrokenLogSaysWhere)
{
    StillWorkspace source;
    source.health = sample();
    HealthPage page(&source);
    auto* badge = find<widgets::Badge>(page, "auditState");
    EXPECT_EQ(badge->accessibleName(), QStringLiteral("Not verified"));
    find<Button>(page, "verifyAudit")->click();
    EXPECT_EQ(source.verifications, 1);
    EXPECT_EQ(badge->accessibleName(), QStringLiteral("Unbroken"));
    source.verified = "Broken at entry 7: hash";
    find<Button>(page, "verifyAudit")->click();
    EXPECT_TRUE(badge->accessibleName().startsWith(QStringLiteral("Broken at entry 7")));
}

TEST(HealthPage, readEverythingSaysHowItEnded)
{
    StillWorkspace source;
    source.health = sample();
    HealthPage page(&source);
    find<Button>(page, "readEverything")->click();
    EXPECT_EQ(source.everythingReads, 1);
    EXPECT_EQ(find<QLabel>(page, "healthSaid")->text(), QStringLiteral("Everything was read"));
    source.done = fail(ErrorCode::Network, "no answer", Platform::ReturnGo);
    find<Button>(page, "readEverything")->click();
    EXPECT_FALSE(find<QLabel>(page, "healthSaid")->text().isEmpty());
    EXPECT_NE(find<QLabel>(page, "healthSaid")->text(), QStringLiteral("Everything was read"));
    EXPECT_TRUE(find<Button>(page, "readEverything")->isEnabled());
}

TEST(HealthPage, sendingStopsOnlyWithAReason)
{
    StillWorkspace source;
    source.health = sample();
    HealthPage page(&source);
    page.show();
    auto* stop = find<Button>(page, "stopSending");
    auto* why = find<QLineEdit>(page, "stopReason");
    EXPECT_FALSE(stop->isEnabled());
    EXPECT_FALSE(stop->blockedReason().isEmpty());
    QTest::keyClicks(why, QStringLiteral("wrong price list"));
    EXPECT_TRUE(stop->isEnabled());
    QTest::keyClick(why, Qt::Key_Return);
    ASSERT_EQ(source.stops.size(), 1U);
    EXPECT_EQ(source.stops[0], (std::pair<bool, std::string>(true, "wrong price list")));
    EXPECT_EQ(stop->text(), QStringLiteral("Send again"));
    EXPECT_TRUE(why->isHidden());
    stop->click();
    ASSERT_EQ(source.stops.size(), 2U);
    EXPECT_FALSE(source.stops[1].first);
}

TEST(HealthPage, aRefreshKeepsTheCurrentRow)
{
    StillWorkspace source;
    source.health = sample();
    HealthPage page(&source);
    page.show();
    auto* table = find<ReportTable>(page, "changesTable");
    table->setCurrentIndex(table->model()->index(1, 0));
    source.health.changes[0].stateText = "held 8 s";
    Q_EMIT source.queueChanged({});
    EXPECT_EQ(table->currentIndex().row(), 1);
    EXPECT_EQ(table->model()->index(0, 4).data().toString(), QStringLiteral("held 8 s"));
    EXPECT_EQ(source.healthReads, 2);
}

} // namespace
} // namespace counterfoil::tests
