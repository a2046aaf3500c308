#include "ui/shell/frame_words.h"

#include "core/workspace/site_context.h"

#include <algorithm>
#include <string>

namespace counterfoil::shell {
namespace {

QString q(const std::string& text)
{
    return QString::fromStdString(text);
}

widgets::RailItem place(const char* id, const char* text, theme::Icon icon)
{
    widgets::RailItem item;
    item.id = QString::fromLatin1(id);
    item.text = QString::fromLatin1(text);
    item.icon = icon;
    return item;
}

theme::Freshness freshnessOf(view::FeedHealth health)
{
    switch (health) {
    case view::FeedHealth::Fresh:
        return theme::Freshness::Fresh;
    case view::FeedHealth::Late:
        return theme::Freshness::Late;
    case view::FeedHealth::Failing:
        return theme::Freshness::Failing;
    case view::FeedHealth::NotConnected:
    case view::FeedHealth::NeverRead:
        return theme::Freshness::NotConnected;
    }
    return theme::Freshness::NotConnected;
}

widgets::StatusSegment segment(const char* id, const QString& text, bool isOnRight = false)
{
    widgets::StatusSegment made;
    made.id = QString::fromLatin1(id);
    made.text = text;
    made.isOnRight = isOnRight;
    return made;
}

} // namespace

std::vector<widgets::RailItem> railPlaces()
{
    return {place("all", "All exceptions", theme::Icon::Inbox),
            place("mine", "Mine", theme::Icon::Person),
            place("cx", "Customer service", theme::Icon::Headset),
            place("finance", "Finance", theme::Icon::Coins),
            place("warehouse", "Warehouse", theme::Icon::Box),
            place("integration", "Integration", theme::Icon::Plug),
            place("snoozed", "Snoozed", theme::Icon::Snooze)};
}

QString filterOf(const QString& place)
{
    if (place == QLatin1String("mine") || place == QLatin1String("snoozed"))
        return QStringLiteral("is:") + place;
    if (place.isEmpty() || place == QLatin1String("all"))
        return {};
    return QStringLiteral("owner:") + place;
}

void showCounts(const view::FrameView& frame, widgets::Rail& rail)
{
    const auto show = [&rail](const char* id, int count) {
        rail.setCount(QString::fromLatin1(id), count > 0 ? QString::number(count) : QString());
    };
    show("all", frame.open);
    show("mine", frame.mine);
    show("cx", frame.customerService);
    show("finance", frame.finance);
    show("warehouse", frame.warehouse);
    show("integration", frame.integration);
    show("snoozed", frame.snoozed);
}

std::vector<widgets::MoneyLine> moneyLines(const view::FrameView& frame)
{
    std::vector<widgets::MoneyLine> lines;
    for (const view::RiskTotals& total : frame.totals) {
        widgets::MoneyLine line;
        // The sign is what stands before the figure in the money's own print.
        const QString shown = q(total.over.magnitude().displayText());
        const QString figure = q(total.over.magnitude().groupedText());
        line.currencySign = QString(shown).remove(figure).trimmed();
        line.over = q(total.over.groupedText());
        line.under = q(total.under.groupedText());
        line.blocked = q(total.blocked.groupedText());
        line.overTip = line.underTip = line.blockedTip = q(total.sumShown);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<widgets::FreshnessItem> freshnessItems(const view::FrameView& frame)
{
    std::vector<widgets::FreshnessItem> items;
    for (const view::Freshness& feed : frame.feeds) {
        widgets::FreshnessItem item;
        item.id = q(std::string(platformWord(feed.platform)));
        item.platform = q(std::string(platformName(feed.platform)));
        item.freshness = freshnessOf(feed.health);
        if (feed.lastRead) {
            const Millis age = std::max(frame.at - *feed.lastRead, Millis(0));
            item.age = q(workspace::shortDuration(age));
        }
        item.tip = q(feed.detail);
        items.push_back(std::move(item));
    }
    return items;
}

std::vector<widgets::StatusSegment> statusSegments(const view::FrameView& frame)
{
    std::vector<widgets::StatusSegment> segments;
    segments.push_back(
        segment("open", QStringLiteral("%1 open in %2 cases").arg(frame.open).arg(frame.cases)));
    if (frame.notJudgedReturns > 0) {
        segments.push_back(
            segment("notJudged", QStringLiteral("%1 not judged").arg(frame.notJudgedReturns)));
        segments.back().tip = q(frame.notJudgedReasons);
    }
    if (frame.writesWaiting > 0)
        segments.push_back(
            segment("writes", QStringLiteral("%1 changes to send").arg(frame.writesWaiting)));
    if (frame.isStopAll)
        segments.push_back(segment("stopAll", QStringLiteral("Stopped: nothing leaves")));
    if (frame.isReadOnly)
        segments.push_back(segment("readOnly", QStringLiteral("Read only")));
    segments.push_back(segment("calls",
                               QStringLiteral("ReturnGO calls %1 of %2")
                                   .arg(frame.returngoCallsUsed)
                                   .arg(frame.returngoCallsCap),
                               true));
    segments.push_back(segment("person", q(frame.personName), true));
    return segments;
}

} // namespace counterfoil::shell
