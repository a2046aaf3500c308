#include "app/ctl/read.h"

#include "app/ctl/act.h"
#include "app/ctl/text.h"

#include "core/phrases/phrases.h"
#include "core/query/filter.h"
#include "core/workspace/queue_json.h"
#include "core/workspace/queue_table.h"
#include "core/workspace/terminal_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace counterfoil::ctl {

namespace {

std::string syncJson(const counterfoil::sync::SyncReport& report)
{
    nlohmann::ordered_json loops = nlohmann::ordered_json::array();
    for (const auto& loop : report.loops) {
        loops.push_back(
            {{"loop", loop.loop},
             {"platform", platformWord(loop.platform)},
             {"pages", loop.pages},
             {"new_versions", loop.newVersions},
             {"error", loop.error ? nlohmann::ordered_json(phrases::sentence(*loop.error))
                                  : nlohmann::ordered_json(nullptr)}});
    }
    return nlohmann::ordered_json{{"ok", !report.hasFailed()}, {"loops", std::move(loops)}}.dump(
               2) +
           "\n";
}

std::string syncText(const counterfoil::sync::SyncReport& report)
{
    std::string out;
    for (const auto& loop : report.loops)
        out += fmt::format("{:<28} {:>5} pages {:>6} new  {}\n", loop.loop, loop.pages,
                           loop.newVersions, loop.error ? phrases::sentence(*loop.error) : "");
    return out;
}

/// A filter that names closed ones wants them, without a flag beside it.
bool asksForClosed(const query::Filter& filter)
{
    return std::any_of(filter.terms.begin(), filter.terms.end(), [](const query::Term& term) {
        return !term.isNegated && (term.key == query::Key::Is || term.key == query::Key::State) &&
               std::any_of(term.tests.begin(), term.tests.end(), [](const query::Test& test) {
                   return test.text == "closed" || test.text == "accepted" ||
                          test.text == "history";
               });
    });
}

} // namespace

int doctor(const Options& options)
{
    auto desk = openDesk(options);
    if (!desk)
        return report(desk.error());
    const auto checks = wait((*desk)->doctor());
    if (!checks)
        return report(checks.error());
    print(options.format == "json" ? checksJson(*checks) : checksText(*checks));
    for (const view::DoctorCheck& check : *checks) {
        if (check.state == view::CheckState::Blocking)
            return kNo;
    }
    return kDone;
}

int sync(const Options& options, bool isWatching)
{
    auto desk = openDesk(options);
    if (!desk)
        return report(desk.error());
    if (const auto locked = (*desk)->lockEngine(); !locked)
        return report(locked.error());
    if (const auto connected = (*desk)->connect(); !connected)
        return report(connected.error());
    if (isTerminal() && options.format != "json")
        std::fprintf(stderr, "Reading the platforms …\n");
    const auto done = wait((*desk)->syncOnce());
    if (!done)
        return report(done.error());
    print(options.format == "json" ? syncJson(*done) : syncText(*done));
    if (isWatching)
        wait((*desk)->run());
    for (const auto& loop : done->loops) {
        if (loop.error && exitOf(*loop.error) == kStore)
            return kStore;
    }
    return done->hasFailed() ? kPlatform : kDone;
}

int queue(const Options& options, const std::string& filterText, bool withClosed)
{
    const auto filter = query::parse(filterText);
    if (!filter) {
        const query::Problem& problem = filter.error();
        std::fprintf(
            stderr, "counterfoilctl: --filter, at '%s' (character %zu): %s\n",
            workspace::plainLine(filterText.substr(problem.begin, problem.end - problem.begin))
                .c_str(),
            problem.begin + 1, problem.message.c_str());
        return kUsage;
    }
    auto desk = openDesk(options);
    if (!desk)
        return report(desk.error());
    auto rows = (*desk)->queue(withClosed || asksForClosed(*filter));
    if (!rows)
        return report(rows.error());
    workspace::QueueTable table;
    for (const view::QueueRow& row : *rows)
        table.append(row);
    const Instant now = (*desk)->now();
    const query::Context context{now, (*desk)->person()};
    std::vector<view::QueueRow> shown;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        if (filter->matches(table.queryRow(i), context) &&
            (options.site.empty() || (*rows)[i].site == options.site))
            shown.push_back(std::move((*rows)[i]));
    }
    workspace::sortRows(shown, *filter);
    if (options.format == "json")
        print(workspace::queueJson(shown) + "\n");
    else if (options.format == "csv")
        print(workspace::queueCsv(shown));
    else
        print(workspace::queueText(shown, now, terminalWidth()));
    return kDone;
}

int showCase(const Options& options, const std::string& text)
{
    const auto found = findCase(options, text);
    if (!found)
        return report(found.error());
    const auto view = found->desk->caseView(found->site, found->id);
    if (!view)
        return report(view.error());
    print(options.format == "json" ? caseJson(*view) : caseText(*view, found->desk->now()));
    return kDone;
}

int why(const Options& options, const std::string& text)
{
    const auto found = findCase(options, text);
    if (!found)
        return report(found.error());
    const auto trace = found->desk->why(found->site, found->id);
    if (!trace)
        return report(trace.error());
    print(options.format == "json" ? whyJson(*trace) : whyText(*trace));
    return kDone;
}

int listActions(const Options& options, const std::string& id, bool isRunning)
{
    auto desk = openDesk(options);
    if (!desk)
        return report(desk.error());
    if (isRunning)
        return runActions(**desk, options, id);
    const auto rows = (*desk)->actions();
    if (!rows)
        return report(rows.error());
    std::vector<view::ActionView> shown;
    for (const view::ActionView& row : *rows) {
        if (id.empty() || row.id.value.starts_with(id))
            shown.push_back(row);
    }
    if (!id.empty() && shown.empty())
        return report(
            Error(ErrorCode::NotFound, fmt::format("no action {}", id), Platform::Console));
    if (options.format == "json") {
        print(actionsJson(shown));
    } else {
        for (const view::ActionView& row : shown)
            print(actionText(row));
        if (shown.empty())
            print("No action yet.\n");
    }
    return kDone;
}

int verifyAudit(const Options& options)
{
    auto desk = openDesk(options);
    if (!desk)
        return report(desk.error());
    const auto verdict = (*desk)->store().verifyAudit();
    if (!verdict)
        return report(verdict.error());
    if (options.format == "json") {
        nlohmann::ordered_json out{{"entries", verdict->entries},
                                   {"unbroken", !verdict->brokenAt.has_value()},
                                   {"head", verdict->head}};
        out["broken_at"] = verdict->brokenAt ? nlohmann::ordered_json(*verdict->brokenAt)
                                             : nlohmann::ordered_json(nullptr);
        out["what"] = verdict->what;
        print(out.dump(2) + "\n");
    } else if (verdict->brokenAt) {
        print(fmt::format("Broken at entry {}: {}\n", *verdict->brokenAt, verdict->what));
    } else {
        print(fmt::format("Unbroken: {} entries, head {}\n", verdict->entries, verdict->head));
    }
    return verdict->brokenAt ? kNo : kDone;
}

int version(const Options& options, const std::string& number)
{
    if (options.format == "json")
        print(nlohmann::ordered_json{{"version", number}}.dump(2) + "\n");
    else
        print("counterfoilctl " + number + "\n");
    return kDone;
}

} // namespace counterfoil::ctl
