#include "ui/health/health_words.h"

#include "ui/theme/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <string_view>

namespace counterfoil::health {

namespace {

using domain::ActionState;
using theme::Icon;
using theme::Tone;

constexpr int kSeriesLeft = 8; ///< BudgetBar: track

struct Words {
    Q_DECLARE_TR_FUNCTIONS(counterfoil::health)
};

QString q(const std::string& text)
{
    return theme::Text::isolated(QString::fromStdString(text));
}

struct LoopName {
    std::string_view loop;
    const char* text;
};
constexpr std::array<LoopName, 19> kLoops{{
    {"returngo/open-rmas", QT_TRANSLATE_NOOP("counterfoil::health", "Open RMAs")},
    {"returngo/transactions", QT_TRANSLATE_NOOP("counterfoil::health", "ReturnGO transactions")},
    {"returngo/changed-rmas", QT_TRANSLATE_NOOP("counterfoil::health", "Changed RMAs")},
    {"returngo/details", QT_TRANSLATE_NOOP("counterfoil::health", "RMA details")},
    {"returngo/rolling", QT_TRANSLATE_NOOP("counterfoil::health", "RMA details, rolling")},
    {"shopify/setup", QT_TRANSLATE_NOOP("counterfoil::health", "Shop, locations, scopes")},
    {"shopify/orders-changed", QT_TRANSLATE_NOOP("counterfoil::health", "Orders that changed")},
    {"shopify/open-returns", QT_TRANSLATE_NOOP("counterfoil::health", "Open Shopify returns")},
    {"shopify/open-account-orders",
     QT_TRANSLATE_NOOP("counterfoil::health", "Open account orders")},
    {"shopify/drafts", QT_TRANSLATE_NOOP("counterfoil::health", "Draft orders")},
    {"shopify/quarantine-stock", QT_TRANSLATE_NOOP("counterfoil::health", "Stock in quarantine")},
    {"shopify/other-stock", QT_TRANSLATE_NOOP("counterfoil::health", "Stock elsewhere")},
    {"shopify/case-reread", QT_TRANSLATE_NOOP("counterfoil::health", "Cases, read again")},
    {"shopify/full-sweep", QT_TRANSLATE_NOOP("counterfoil::health", "All orders, once a day")},
    {"shopify/case-details", QT_TRANSLATE_NOOP("counterfoil::health", "Order details")},
    {"sparklayer/purchases", QT_TRANSLATE_NOOP("counterfoil::health", "Purchases")},
    {"sparklayer/purchase-details", QT_TRANSLATE_NOOP("counterfoil::health", "Purchase details")},
    {"sparklayer/stock", QT_TRANSLATE_NOOP("counterfoil::health", "SparkLayer stock")},
    {"sparklayer/prices", QT_TRANSLATE_NOOP("counterfoil::health", "SparkLayer prices")},
}};

struct ClassName {
    std::string_view callClass;
    const char* text;
    int series;
};
constexpr std::array<ClassName, 7> kClasses{{
    {"sweep-a", QT_TRANSLATE_NOOP("counterfoil::health", "Open sweep"), 0},
    {"sweep-b", QT_TRANSLATE_NOOP("counterfoil::health", "Transactions"), 1},
    {"sweep-c", QT_TRANSLATE_NOOP("counterfoil::health", "Changed"), 5},
    {"detail", QT_TRANSLATE_NOOP("counterfoil::health", "Details on change"), 4},
    {"rolling", QT_TRANSLATE_NOOP("counterfoil::health", "Rolling re-read"), 2},
    {"focus", QT_TRANSLATE_NOOP("counterfoil::health", "In focus"), 6},
    {"operator", QT_TRANSLATE_NOOP("counterfoil::health", "Your actions"), 7},
}};

Tone toneOf(ActionState state)
{
    switch (state) {
    case ActionState::Proposed:
    case ActionState::Approved:
    case ActionState::Leased:
    case ActionState::Sending:
    case ActionState::Unknown:
        return Tone::High;
    case ActionState::Confirmed:
    case ActionState::Settled:
        return Tone::Ok;
    case ActionState::Stale:
    case ActionState::Refused:
    case ActionState::Stuck:
    case ActionState::Drift:
        return Tone::Critical;
    case ActionState::Rejected:
    case ActionState::Cancelled:
    case ActionState::Expired:
        return Tone::Neutral;
    }
    return Tone::Neutral;
}

Icon iconOf(ActionState state)
{
    switch (toneOf(state)) {
    case Tone::Ok:
        return Icon::Tick;
    case Tone::High:
        return Icon::Clock;
    case Tone::Critical:
        return Icon::Alert;
    default:
        return state == ActionState::Cancelled ? Icon::Undo : Icon::Cross;
    }
}

} // namespace

QString loopText(const std::string& loop)
{
    for (const LoopName& name : kLoops) {
        if (name.loop == loop)
            return Words::tr(name.text);
    }
    return q(loop);
}

std::vector<widgets::BudgetPart> budgetParts(const view::HealthView& view)
{
    std::vector<widgets::BudgetPart> parts;
    for (const ClassName& name : kClasses)
        parts.push_back({Words::tr(name.text), 0, name.series});
    for (const view::BudgetSlice& slice : view.budget) {
        const std::string_view word =
            slice.callClass == "resolution" ? "operator" : std::string_view(slice.callClass);
        const auto found = std::find_if(kClasses.begin(), kClasses.end(),
                                        [&](const ClassName& n) { return n.callClass == word; });
        if (found == kClasses.end())
            parts.push_back({q(slice.label), slice.calls, 3});
        else
            parts[static_cast<std::size_t>(found - kClasses.begin())].calls += slice.calls;
    }
    parts.push_back(
        {Words::tr("Left"), std::max(0, view.budgetCap - view.budgetUsed), kSeriesLeft});
    return parts;
}

std::vector<widgets::BudgetStep> budgetSteps(const view::HealthView& view)
{
    std::vector<widgets::BudgetStep> steps;
    for (std::size_t i = 0; i < view.budgetSteps.size(); ++i) {
        const QString calls = QLocale().toString(view.budgetSteps[i]);
        QString label = calls;
        if (i == 0)
            label = Words::tr("%1 read slower").arg(calls);
        else if (i + 1 == view.budgetSteps.size())
            label = Words::tr("%1 only you").arg(calls);
        steps.push_back({view.budgetSteps[i], label});
    }
    return steps;
}

std::vector<ReportCell> changeRow(const view::ActionView& action)
{
    ReportCell what{q(action.title),     std::nullopt, iconOf(action.state), true, {},
                    toneOf(action.state)};
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(toMillis(action.at));
    const bool isToday = at.date() == QDate::currentDate();
    ReportCell when{at.toString(isToday ? QStringLiteral("HH:mm") : QStringLiteral("d MMM HH:mm")),
                    std::nullopt, std::nullopt, false,
                    at.toString(QStringLiteral("d MMM yyyy HH:mm:ss"))};
    ReportCell state{q(action.stateText), toneOf(action.state), std::nullopt, false,
                     q(action.problem)};
    return {what, ReportCell{q(action.goesTo), {}, {}, false, {}},
            ReportCell{q(action.by), {}, {}, false, {}}, when, state};
}

bool isWaiting(ActionState state)
{
    return toneOf(state) == Tone::High;
}

} // namespace counterfoil::health
