#include "ui/actions/conflict.h"

#include <QCoreApplication>

#include "ui/actions/words.h"

#include <algorithm>

namespace counterfoil::actionsheets {

using theme::Theme;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ConflictForm", text);
}

FigureRow moved(const QString& label, const std::string& before, const std::string& after)
{
    const bool isMoved = before != after;
    return {label,
            {},
            {},
            {{shown(before), false, &Theme::text2},
             {shown(after), isMoved, isMoved ? &Theme::crit : &Theme::text}},
            false};
}

QString unitsLabel(const view::CreditPreview& opened, const view::CreditPreview& now)
{
    return opened.total.unitsNow == now.total.unitsNow
               ? tr("Credit, %1 units").arg(now.total.unitsNow)
               : tr("Credit, %1 units then, %2 now")
                     .arg(opened.total.unitsNow)
                     .arg(now.total.unitsNow);
}

} // namespace

std::vector<FigureRow> conflictRows(const view::CreditPreview& opened,
                                    const view::CreditPreview& now)
{
    std::vector<FigureRow> rows;
    rows.push_back(moved(unitsLabel(opened, now), opened.total.creditNow, now.total.creditNow));
    for (const view::SheetLine& line : now.lines) {
        const auto before =
            std::find_if(opened.lines.begin(), opened.lines.end(),
                         [&](const view::SheetLine& row) { return row.sku == line.sku; });
        const bool isNew = before == opened.lines.end();
        if (isNew || before->creditNow != line.creditNow)
            rows.push_back(moved(tr("%1, credit now").arg(shown(line.sku)),
                                 isNew ? std::string("-") : before->creditNow, line.creditNow));
        if (!isNew && before->verdicts != line.verdicts)
            rows.push_back(
                moved(tr("%1, verdicts").arg(shown(line.sku)), before->verdicts, line.verdicts));
    }
    for (const view::SheetLine& line : opened.lines) {
        const bool isGone =
            std::none_of(now.lines.begin(), now.lines.end(),
                         [&](const view::SheetLine& row) { return row.sku == line.sku; });
        if (isGone)
            rows.push_back(
                moved(tr("%1, credit now").arg(shown(line.sku)), line.creditNow, std::string("-")));
    }
    if (!opened.steps.empty() && !now.steps.empty() &&
        opened.steps.front().state != now.steps.front().state)
        rows.push_back(
            moved(tr("The other payment"), opened.steps.front().state, now.steps.front().state));
    FigureRow owed = moved(tr("Owed, moves freely, read at send"), opened.owedNow, now.owedNow);
    owed.figures.back().isStrong = false;
    owed.figures.back().color = &Theme::text;
    rows.push_back(std::move(owed));
    return rows;
}

std::vector<FigureRow> conflictRows(const view::ReleasePreview& opened,
                                    const view::ReleasePreview& now)
{
    std::vector<FigureRow> rows;
    rows.push_back(moved(tr("Release"), opened.releaseLabel, now.releaseLabel));
    const auto same = [](const view::ReleaseLine& a, const view::ReleaseLine& b) {
        return a.sku == b.sku && a.location == b.location;
    };
    const auto unitsIn = [&same](const view::ReleasePreview& plan, const view::ReleaseLine& line) {
        int units = 0;
        for (const view::ReleaseLine& row : plan.lines)
            units += same(row, line) ? row.units : 0;
        return std::to_string(units);
    };
    std::vector<view::ReleaseLine> lines = opened.lines;
    for (const view::ReleaseLine& line : now.lines) {
        if (std::none_of(lines.begin(), lines.end(),
                         [&](const view::ReleaseLine& row) { return same(row, line); }))
            lines.push_back(line);
    }
    for (const view::ReleaseLine& line : lines)
        rows.push_back(moved(tr("%1, units to %2").arg(shown(line.sku), shown(line.location)),
                             unitsIn(opened, line), unitsIn(now, line)));
    return rows;
}

} // namespace counterfoil::actionsheets
