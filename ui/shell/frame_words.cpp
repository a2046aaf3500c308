#include "ui/shell/frame_words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include "core/workspace/site_context.h"
#include "ui/models/marks.h"

#include <algorithm>
#include <string>

namespace counterfoil::shell {
namespace {

/// Longer reasons stand in the tip only.
constexpr std::size_t kReasonsShown = 60;

QString q(const std::string& text)
{
    return QString::fromStdString(text);
}

QString tr(const char* words)
{
    return QCoreApplication::translate("shell", words);
}

widgets::RailItem place(const char* id, const QString& text, theme::Icon icon)
{
    widgets::RailItem item;
    item.id = QString::fromLatin1(id);
    item.text = text;
    item.icon = icon;
    return item;
}

widgets::RailItem headingItem(const QString& text)
{
    widgets::RailItem item;
    item.text = text;
    return item;
}

QString viewPlace(const QString& name)
{
    return QStringLiteral("view:") + name;
}

widgets::StatusSegment segment(const char* id, const QString& text, bool isOnRight = false)
{
    widgets::StatusSegment made;
    made.id = QString::fromLatin1(id);
    made.text = text;
    made.isOnRight = isOnRight;
    return made;
}

/// "12s", "2m", "3h": the short ages of the top bar.
QString tinyAge(Millis age)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(age).count();
    if (seconds < 60)
        return QStringLiteral("%1s").arg(seconds);
    if (seconds < 3'600)
        return QStringLiteral("%1m").arg(seconds / 60);
    if (seconds < 86'400)
        return QStringLiteral("%1h").arg(seconds / 3'600);
    return QStringLiteral("%1d").arg(seconds / 86'400);
}

QDateTime localTime(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(toMillis(at));
}

/// The oldest time to which the local copy is complete.
std::optional<Instant> oldestRead(const view::FrameView& frame)
{
    std::optional<Instant> oldest;
    for (const view::Freshness& feed : frame.feeds) {
        if (feed.health == view::FeedHealth::NotConnected)
            continue;
        if (!feed.lastRead)
            return std::nullopt;
        if (!oldest || *feed.lastRead < *oldest)
            oldest = feed.lastRead;
    }
    return oldest;
}

} // namespace

std::vector<widgets::RailItem> railPlaces(const std::vector<queue::SavedView>& views)
{
    using theme::Icon;
    std::vector<widgets::RailItem> items{place("all", tr("All open"), Icon::Inbox),
                                         place("mine", tr("Mine"), Icon::Person),
                                         place("cx", tr("Customer service"), Icon::Headset),
                                         place("finance", tr("Finance"), Icon::Coins),
                                         place("warehouse", tr("Warehouse"), Icon::Box),
                                         place("integration", tr("Integration"), Icon::Plug),
                                         place("snoozed", tr("Snoozed"), Icon::Snooze)};
    if (!views.empty())
        items.push_back(headingItem(tr("Saved views")));
    for (const queue::SavedView& view : views) {
        widgets::RailItem item;
        item.id = viewPlace(view.name);
        item.text = view.name;
        item.icon = Icon::Bookmark;
        items.push_back(std::move(item));
    }
    items.push_back(headingItem(tr("Operations")));
    items.push_back(place("quarantine", tr("Quarantine stock"), Icon::Quarantine));
    items.push_back(place("health", tr("Health"), Icon::Health));
    return items;
}

QString queryOf(const QString& place, const std::vector<queue::SavedView>& views)
{
    if (place == QLatin1String("all"))
        return QStringLiteral("is:open");
    if (place == QLatin1String("mine"))
        return QStringLiteral("is:open is:mine");
    if (place == QLatin1String("snoozed"))
        return QStringLiteral("is:snoozed");
    if (place == QLatin1String("quarantine") || place == QLatin1String("health"))
        return {};
    for (const queue::SavedView& view : views)
        if (viewPlace(view.name) == place)
            return view.query;
    return QStringLiteral("is:open owner:") + place;
}

void showCounts(const view::FrameView& frame, widgets::Rail& rail)
{
    const auto show = [&rail](const char* id, int count, bool isCritical = false) {
        rail.setCount(QString::fromLatin1(id), count > 0 ? QString::number(count) : QString(),
                      isCritical);
    };
    show("all", frame.open);
    show("mine", frame.mine);
    show("cx", frame.customerService);
    show("finance", frame.finance);
    show("warehouse", frame.warehouse);
    show("integration", frame.integration);
    show("snoozed", frame.snoozed);
    show("quarantine", frame.quarantineReturns);
    const auto failing = static_cast<int>(
        std::count_if(frame.feeds.begin(), frame.feeds.end(), [](const view::Freshness& feed) {
            return feed.health == view::FeedHealth::Failing;
        }));
    show("health", std::max(frame.healthProblems, failing), true);
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

std::vector<widgets::FreshnessItem> freshnessItems(const view::FrameView& frame, Instant now)
{
    std::vector<widgets::FreshnessItem> items;
    for (const view::Freshness& feed : frame.feeds) {
        widgets::FreshnessItem item;
        item.id = q(std::string(platformWord(feed.platform)));
        item.platform = q(std::string(platformName(feed.platform)));
        item.freshness = models::freshnessOf(feed.health);
        item.tip = q(feed.detail);
        if (feed.lastRead) {
            item.age = tinyAge(std::max(now - *feed.lastRead, Millis(0)));
            const QString at =
                tr("Last read %1.")
                    .arg(localTime(*feed.lastRead).toString(QStringLiteral("d MMM HH:mm:ss")));
            item.tip = item.tip.isEmpty() ? at : at + QLatin1Char(' ') + item.tip;
        }
        items.push_back(std::move(item));
    }
    return items;
}

std::vector<widgets::StatusSegment> statusSegments(const view::FrameView& frame,
                                                   std::optional<int> shown, Instant now)
{
    std::vector<widgets::StatusSegment> segments;
    segments.push_back(segment("open", tr("%1 open").arg(frame.open)));
    if (shown)
        segments.push_back(segment("shown", tr("%1 shown").arg(*shown)));
    segments.push_back(segment("cases", tr("%1 cases").arg(frame.cases)));
    if (frame.notJudgedReturns > 0) {
        segments.push_back(
            segment("notJudged", tr("%1 returns not judged").arg(frame.notJudgedReturns)));
        segments.back().tip = q(frame.notJudgedReasons);
        if (!frame.notJudgedReasons.empty() && frame.notJudgedReasons.size() <= kReasonsShown)
            segments.back().text += QStringLiteral(": ") + q(frame.notJudgedReasons);
    }
    if (frame.isStopAll)
        segments.push_back(segment("stopAll", tr("Stopped: nothing leaves")));
    segments.push_back(segment("writes",
                               frame.writesWaiting == 0
                                   ? tr("Writes queue empty")
                                   : tr("%1 writes wait").arg(frame.writesWaiting),
                               true));
    segments.back().isClickable = true;
    const QLocale locale;
    segments.push_back(segment(
        "calls",
        tr("ReturnGO calls %1 of %2")
            .arg(locale.toString(frame.returngoCallsUsed), locale.toString(frame.returngoCallsCap)),
        true));
    segments.back().isClickable = true;
    segments.push_back(segment(
        "clock", locale.toString(localTime(now), QStringLiteral("ddd d MMM yyyy, HH:mm")), true));
    return segments;
}

std::vector<widgets::BannerContent> banners(const view::FrameView& frame, const Notices& notices,
                                            Instant now)
{
    using widgets::BannerKind;
    std::vector<widgets::BannerContent> out;
    const auto say = [&out](BannerKind kind, const char* id, const QString& lead,
                            const QString& effect, const QString& button) {
        widgets::BannerContent content;
        content.kind = kind;
        content.id = QString::fromLatin1(id);
        content.lead = lead;
        content.effect = effect;
        content.buttonText = button;
        out.push_back(std::move(content));
    };
    for (const view::Freshness& feed : frame.feeds) {
        if (feed.health != view::FeedHealth::Failing)
            continue;
        const QString name = q(std::string(platformName(feed.platform)));
        const QString detail = q(feed.detail);
        const QString of =
            feed.lastRead ? tr("You see its data of %1.")
                                .arg(localTime(*feed.lastRead).toString(QStringLiteral("HH:mm")))
                          : tr("Nothing of it was read yet.");
        say(BannerKind::Error, "feed",
            detail.isEmpty() ? tr("%1 does not answer.").arg(name)
                             : QStringLiteral("%1 %2.").arg(name, detail),
            of, tr("See Health"));
    }
    if (!notices.engineProblem.isEmpty())
        say(BannerKind::Error, "engine", notices.engineProblem, {}, tr("Read now"));
    if (!frame.banner.empty())
        say(BannerKind::Warning, "frame", q(frame.banner), {}, q(frame.bannerAction));
    if (frame.returngoCallsCap > 0 && frame.returngoCallsUsed * 100 >= frame.returngoCallsCap * 95)
        say(BannerKind::Warning, "budget",
            tr("ReturnGO calls are nearly used, %1 of %2.")
                .arg(QLocale().toString(frame.returngoCallsUsed),
                     QLocale().toString(frame.returngoCallsCap)),
            tr("Only your own actions read it."), tr("See Health"));
    if (frame.isStopAll)
        say(BannerKind::Warning, "stopAll", tr("Sending is stopped."),
            tr("Every fix can be prepared, nothing is sent."), tr("See Health"));
    if (frame.isReadOnly)
        say(BannerKind::ReadOnly, "readOnly", tr("Read only."),
            tr("Every fix can be prepared, nothing is sent."), {});
    if (notices.isLocalOnly) {
        const auto oldest = oldestRead(frame);
        say(BannerKind::ReadOnly, "local", tr("You see the local copy."),
            oldest ? tr("Read %1 ago, nothing is read or sent.")
                         .arg(q(workspace::durationText(std::max(now - *oldest, Millis(0)))))
                   : tr("Nothing is read or sent."),
            {});
    }
    return out;
}

} // namespace counterfoil::shell
