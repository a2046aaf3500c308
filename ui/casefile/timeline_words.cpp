#include "ui/casefile/timeline_words.h"

#include <QCoreApplication>
#include <QDateTime>

#include "ui/casefile/words.h"

#include <algorithm>
#include <array>

namespace counterfoil::casefile {

using view::System;

namespace {

constexpr std::array<System, 4> kLanes{System::SparkLayer, System::Shopify, System::ReturnGo,
                                       System::Erp};
constexpr qint64 kHourMs = 3'600'000;
constexpr qint64 kMarginMs = 8 * kHourMs;

QString tr(const char* text)
{
    return QCoreApplication::translate("CaseTimeline", text);
}

QString spanText(qint64 ms)
{
    const qint64 hours = ms / kHourMs;
    if (hours >= 24)
        return tr("drift %1 d %2 h").arg(hours / 24).arg(hours % 24);
    return tr("drift %1 h").arg(hours);
}

} // namespace

widgets::TimelineContent timelineOf(const view::TimelineView& view, Instant now)
{
    widgets::TimelineContent out;
    out.nowMs = toMillis(now);
    out.toMs = out.nowMs + kHourMs;
    out.fromMs = out.nowMs - 24 * kHourMs;
    out.zone = QTimeZone::systemTimeZone();
    out.nowText = QDateTime::fromMSecsSinceEpoch(out.nowMs).toString(QStringLiteral("HH:mm"));
    for (const System system : kLanes) {
        widgets::TimelineLane lane;
        lane.name = systemName(system);
        for (const view::TimelineEvent& event : view.events) {
            if (event.lane != system)
                continue;
            widgets::TimelineEvent row;
            row.atMs = toMillis(event.at);
            row.text = shown(event.text);
            row.mark = event.isDriftStart ? widgets::TimelineMark::DriftStart
                       : event.isPhysical ? widgets::TimelineMark::Physical
                                          : widgets::TimelineMark::Step;
            row.sentence =
                QStringLiteral("%1, %2, %3").arg(lane.name, row.text, timeText(event.at));
            out.fromMs = std::min(out.fromMs, row.atMs - kMarginMs);
            lane.events.push_back(std::move(row));
        }
        // A note stands where a lane has nothing else.
        if (const auto note = view.laneNotes.find(system);
            lane.events.empty() && note != view.laneNotes.end())
            lane.note = shown(note->second);
        std::stable_sort(lane.events.begin(), lane.events.end(),
                         [](const auto& a, const auto& b) { return a.atMs < b.atMs; });
        if (system != System::Erp || !lane.events.empty() || !lane.note.isEmpty())
            out.lanes.push_back(std::move(lane));
    }
    if (view.driftSince && *view.driftSince < now) {
        const qint64 from = toMillis(*view.driftSince);
        out.drift = widgets::TimelineDrift{from, out.nowMs, spanText(out.nowMs - from)};
        out.fromMs = std::min(out.fromMs, from - kMarginMs);
    }
    return out;
}

QString driftText(const view::TimelineView& view)
{
    return view.driftSince ? tr("Drift since %1").arg(timeText(*view.driftSince)) : QString();
}

} // namespace counterfoil::casefile
