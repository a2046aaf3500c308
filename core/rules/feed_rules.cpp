#include "core/rules/registry.h"

#include <array>

namespace counterfoil::rules {

using namespace domain;

namespace {

std::optional<Millis> limitOf(Platform platform, const Grace& grace)
{
    switch (platform) {
    case Platform::Shopify:
        return grace.feedShopify;
    case Platform::SparkLayer:
        return grace.feedSparklayer;
    case Platform::ReturnGo:
        return grace.feedReturngo;
    case Platform::None:
    case Platform::Erp:
    case Platform::Ipaas:
    case Platform::Console:
        return std::nullopt;
    }
    return std::nullopt;
}

/// The case of a feed knows how every platform stands, and speaks of its own one: a fact of one
/// platform is one finding.
bool isOfCase(const Context& context, Platform platform)
{
    constexpr std::string_view kFeed = "feed:";
    const std::string_view id = context.facts.id.value;
    return !id.starts_with(kFeed) || id.substr(kFeed.size()) == platformWord(platform);
}

void lagging(const Context& context, Platform platform, const FeedState& feed, Instant since,
             Report& report)
{
    Finding finding = startFinding(context, FindingType::FeedStale);
    finding.subject = std::string(platformWord(platform));
    finding.variant = "lag";
    finding.since = since;
    finding.title =
        Phrase("feed-stale.title").with("platform", std::string(platformName(platform)));
    finding.reason = Phrase("feed-stale.reason")
                         .with("platform", std::string(platformName(platform)))
                         .with("since", formatInstant(since))
                         .with("error", feed.lastErrorWord.empty() ? "none" : feed.lastErrorWord);
    finding.causeCode = feed.lastErrorWord.empty() ? "feed-lag" : feed.lastErrorWord;
    report.found(std::move(finding));
}

void reserve(const Context& context, Platform platform, Instant at, Report& report)
{
    Finding finding = startFinding(context, FindingType::FeedStale);
    finding.subject = std::string(platformWord(platform)) + ":reserve";
    finding.variant = "reserve";
    finding.title =
        Phrase("feed-reserve.title").with("platform", std::string(platformName(platform)));
    finding.reason = Phrase("feed-reserve.reason")
                         .with("platform", std::string(platformName(platform)))
                         .with("at", formatInstant(at));
    finding.causeCode = "call-reserve";
    report.found(std::move(finding));
}

} // namespace

// A platform was not read within its limit, or the operator's calls run out before old ones age
// off. Closes with the next read in time. A refused key is its own finding and says it better.
void feedStale(const Context& context, Report& report)
{
    for (const auto& [platform, feed] : context.facts.feeds) {
        const std::optional<Millis> limit = limitOf(platform, context.policy.grace);
        if (!limit || feed.isAccessRefused || !isOfCase(context, platform))
            continue;
        if (feed.reserveRunsOutAt)
            reserve(context, platform, *feed.reserveRunsOutAt, report);
        const std::optional<Instant>& since =
            feed.lastSuccess ? feed.lastSuccess : feed.failingSince;
        const std::string name(platformName(platform));
        if (!since) {
            report.notJudged(Phrase("not-judged.feed-unread").with("platform", name));
            continue;
        }
        if (context.now() - *since > *limit)
            lagging(context, platform, feed, *since, report);
        else
            report.judgeAgain(*since + *limit + Millis(1));
    }
    if (report.findings.empty() && report.open.empty())
        report.passes(Phrase("trace.feed.fresh"));
}

// A key was refused or lost a scope. Closes when a call succeeds.
void accessRefused(const Context& context, Report& report)
{
    for (const auto& [platform, feed] : context.facts.feeds) {
        if (!feed.isAccessRefused || !isOfCase(context, platform))
            continue;
        Finding finding = startFinding(context, FindingType::AccessRefused);
        finding.subject = std::string(platformWord(platform));
        finding.since = feed.failingSince;
        const std::string name(platformName(platform));
        finding.title = Phrase("access-refused.title").with("platform", name);
        finding.reason = Phrase("access-refused.reason").with("platform", name);
        finding.causeCode = "access-refused";
        report.found(std::move(finding));
    }
    if (report.findings.empty())
        report.passes(Phrase("trace.access.fine"));
}

} // namespace counterfoil::rules
