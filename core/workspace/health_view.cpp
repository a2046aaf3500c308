#include "core/workspace/health_view.h"

#include "core/base/text.h"
#include "core/phrases/phrases.h"
#include "core/workspace/site_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace counterfoil::workspace {

namespace {

constexpr std::array<Platform, 3> kPlatforms{Platform::Shopify, Platform::SparkLayer,
                                             Platform::ReturnGo};

Millis limitOf(Platform platform, const domain::Policy& policy)
{
    switch (platform) {
    case Platform::Shopify:
        return policy.grace.feedShopify;
    case Platform::SparkLayer:
        return policy.grace.feedSparklayer;
    default:
        return policy.grace.feedReturngo;
    }
}

view::Freshness freshnessOf(Platform platform, const std::vector<store::Watermark>& marks,
                            const domain::Policy& policy, Instant now)
{
    view::Freshness out;
    out.platform = platform;
    bool isFailing = false;
    for (const store::Watermark& mark : marks) {
        if (!mark.loop.starts_with(std::string(platformWord(platform)) + "/"))
            continue;
        if (mark.lastSuccess && (!out.lastRead || *mark.lastSuccess > *out.lastRead))
            out.lastRead = mark.lastSuccess;
        if (mark.failingSince) {
            isFailing = true;
            out.detail = fmt::format("failing since {}: {}", formatInstant(*mark.failingSince),
                                     mark.lastError);
        }
    }
    if (isFailing)
        out.health = view::FeedHealth::Failing;
    else if (!out.lastRead)
        out.health = view::FeedHealth::NeverRead;
    else
        out.health = now - *out.lastRead > limitOf(platform, policy) ? view::FeedHealth::Late
                                                                     : view::FeedHealth::Fresh;
    return out;
}

int badness(view::FeedHealth health)
{
    switch (health) {
    case view::FeedHealth::Fresh:
    case view::FeedHealth::NotConnected:
        return 0;
    case view::FeedHealth::NeverRead:
        return 1;
    case view::FeedHealth::Late:
        return 2;
    case view::FeedHealth::Failing:
        return 3;
    }
    return 3;
}

} // namespace

std::vector<view::Freshness> freshness(const std::vector<store::Watermark>& marks,
                                       const domain::Policy& policy, Instant now)
{
    std::vector<view::Freshness> out;
    for (const Platform platform : kPlatforms)
        out.push_back(freshnessOf(platform, marks, policy, now));
    return out;
}

void keepWorse(std::vector<view::Freshness> ofSite, const std::string& siteName,
               std::vector<view::Freshness>& feeds)
{
    for (view::Freshness& feed : ofSite) {
        if (!feed.detail.empty())
            feed.detail = siteName + ": " + feed.detail;
        const auto same = std::find_if(feeds.begin(), feeds.end(), [&](const auto& known) {
            return known.platform == feed.platform;
        });
        if (same == feeds.end())
            feeds.push_back(std::move(feed));
        else if (badness(feed.health) > badness(same->health) ||
                 (feed.health == same->health && feed.lastRead < same->lastRead))
            *same = std::move(feed);
    }
}

void fillNotJudged(const std::vector<store::StoredNotJudged>& open, view::FrameView& frame)
{
    std::set<std::pair<std::string, std::string>> cases;
    std::map<std::string, std::set<std::string>> reasons;
    for (const store::StoredNotJudged& row : open) {
        cases.insert({row.site, row.caseId.value});
        reasons[phrases::text(row.entry.reason)].insert(row.caseId.value);
    }
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const auto& [text, rows] : reasons)
        ranked.emplace_back(rows.size(), text);
    std::sort(ranked.rbegin(), ranked.rend());
    frame.notJudgedReturns = static_cast<int>(cases.size());
    for (std::size_t i = 0; i < ranked.size() && i < 3; ++i)
        frame.notJudgedReasons +=
            fmt::format("{}{} {}", i == 0 ? "" : ", ", ranked[i].first, ranked[i].second);
}

void fillHealth(const std::vector<store::Watermark>& marks,
                const std::vector<store::CallLedgerRow>& calls, const domain::Policy& policy,
                const reconcile::TimeZone& zone, Instant now, view::HealthView& out)
{
    for (const view::Freshness& feed : freshness(marks, policy, now)) {
        view::PlatformCard card;
        card.platform = feed.platform;
        card.health = feed.health;
        card.stateText = feed.health == view::FeedHealth::Failing     ? "not answering"
                         : feed.health == view::FeedHealth::NeverRead ? "never read"
                                                                      : "working";
        card.rows.emplace_back(
            "Last read", feed.lastRead ? fmt::format("{}, {} ago", localClock(*feed.lastRead, zone),
                                                     durationText(now - *feed.lastRead))
                                       : std::string("never"));
        if (!feed.detail.empty())
            card.rows.emplace_back("Answer", feed.detail);
        out.platforms.push_back(std::move(card));
    }
    for (const store::Watermark& mark : marks) {
        view::LoopRow row;
        row.label = mark.loop;
        row.isFailing = mark.failingSince.has_value();
        row.last = row.isFailing      ? "failed " + localClock(*mark.failingSince, zone)
                   : mark.lastSuccess ? localClock(*mark.lastSuccess, zone)
                                      : "never";
        out.loops.push_back(std::move(row));
    }
    std::map<std::string, int> classes;
    for (const store::CallLedgerRow& call : calls)
        ++classes[call.callClass];
    for (const auto& [name, count] : classes)
        out.budget.push_back({name, name, count});
    out.budgetUsed = static_cast<int>(calls.size());
    out.budgetSteps = {1400, 1700, 1900};
}

void fillIntervals(const std::vector<std::pair<std::string, Millis>>& intervals,
                   view::HealthView& out)
{
    for (view::LoopRow& row : out.loops) {
        const auto found =
            std::find_if(intervals.begin(), intervals.end(),
                         [&](const auto& interval) { return interval.first == row.label; });
        if (found != intervals.end())
            row.interval = durationText(found->second);
    }
}

void fillSetAside(const std::vector<store::SetAsideRow>& rows, const reconcile::TimeZone& zone,
                  view::HealthView& out)
{
    for (const store::SetAsideRow& row : rows)
        out.setAside.push_back(
            fmt::format("{} {} · {} · {}", domain::documentKindWord(row.kind),
                        row.externalId.empty() ? "without an id" : row.externalId,
                        sanitised(row.reason), localClock(row.at, zone)));
}

} // namespace counterfoil::workspace
