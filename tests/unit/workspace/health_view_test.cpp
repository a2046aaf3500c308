// What the health page and the window's dots say, over several sites.
#include "core/workspace/health_view.h"

#include <gtest/gtest.h>

namespace counterfoil::workspace {
namespace {

using view::FeedHealth;

view::Freshness feed(Platform platform, FeedHealth health, const char* detail = "")
{
    view::Freshness out;
    out.platform = platform;
    out.health = health;
    out.detail = detail;
    return out;
}

TEST(Freshness, OfSeveralSitesTheWorstIsShownAndNamed)
{
    std::vector<view::Freshness> feeds;
    keepWorse({feed(Platform::Shopify, FeedHealth::Fresh),
               feed(Platform::ReturnGo, FeedHealth::Failing, "no answer")},
              "UK", feeds);
    keepWorse({feed(Platform::Shopify, FeedHealth::Failing, "key refused"),
               feed(Platform::ReturnGo, FeedHealth::Fresh)},
              "Ireland", feeds);
    ASSERT_EQ(feeds.size(), 2U);
    EXPECT_EQ(feeds[0].health, FeedHealth::Failing);
    EXPECT_EQ(feeds[0].detail, "Ireland: key refused");
    EXPECT_EQ(feeds[1].detail, "UK: no answer");
}

TEST(Health, SaysHowOftenEachLoopRuns)
{
    view::HealthView health;
    health.loops.resize(2);
    health.loops[0].label = "shopify/orders-changed";
    health.loops[1].label = "shopify/setup";
    fillIntervals({{"shopify/orders-changed", std::chrono::seconds(45)}}, health);
    EXPECT_EQ(health.loops[0].interval, "45 s");
    EXPECT_EQ(health.loops[1].interval, "") << "not known is not a figure";
}

TEST(Health, NamesRecordsThatWouldNotDecode)
{
    view::HealthView health;
    store::SetAsideRow row;
    row.kind = domain::DocumentKind::Rma;
    row.externalId = "7000999";
    row.reason = "items[3].paidPrice: not a decimal";
    fillSetAside({row}, reconcile::TimeZone(), health);
    ASSERT_EQ(health.setAside.size(), 1U);
    EXPECT_NE(health.setAside[0].find("rma 7000999"), std::string::npos) << health.setAside[0];
    EXPECT_NE(health.setAside[0].find("items[3].paidPrice"), std::string::npos);
}

} // namespace
} // namespace counterfoil::workspace
