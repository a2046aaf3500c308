#include "app/ctl/act.h"

#include "app/ctl/text.h"

#include "core/base/text.h"
#include "core/workspace/grades.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace counterfoil::ctl {

namespace {

using workspace::Desk;

/// Longest wait for a proof at a terminal: the proof's own limit and the hold before it.
constexpr Millis kProofWait = std::chrono::minutes(25);

void say(const Options& options, const std::string& text)
{
    if (options.format != "json")
        std::fprintf(stderr, "%s\n", text.c_str());
}

/// Settled and confirmed are the wanted ends; everything else is a "no" with its reason shown.
int exitOfState(domain::ActionState state)
{
    return state == domain::ActionState::Settled || state == domain::ActionState::Confirmed ? kDone
                                                                                            : kNo;
}

/// Sends approved actions when nobody else does: this process becomes the engine for that moment.
int sendAll(Desk& desk, const Options& options, const std::vector<ActionId>& ids)
{
    const auto locked = desk.lockEngine();
    if (locked) {
        if (const auto connected = desk.connect(); !connected)
            return report(connected.error());
    } else {
        say(options, "Another process sends at this store: waiting for it.");
    }
    // Beside each other: one that settles slowly holds up no other. Writes of one balance or item
    // queue in the runner.
    std::vector<Task<Result<view::ActionView>>> tasks;
    for (const ActionId& id : ids)
        tasks.push_back(desk.runAction(id, kProofWait));
    waitForAll(tasks);
    int exit = kDone;
    std::vector<view::ActionView> ended;
    for (auto& task : tasks) {
        const auto done = task.take();
        if (!done) {
            exit = std::max(exit, report(done.error()));
            continue;
        }
        exit = std::max(exit, exitOfState(done->state));
        ended.push_back(*done);
    }
    if (options.format == "json") {
        print(actionsJson(ended));
    } else {
        for (const view::ActionView& row : ended)
            print(actionText(row));
    }
    return exit;
}

/// The actions as they stand now.
int show(Desk& desk, const Options& options, const std::vector<ActionId>& ids)
{
    const auto rows = desk.actions();
    if (!rows)
        return report(rows.error());
    std::vector<view::ActionView> shown;
    for (const view::ActionView& row : *rows) {
        if (std::find(ids.begin(), ids.end(), row.id) != ids.end())
            shown.push_back(row);
    }
    if (options.format == "json") {
        print(actionsJson(shown));
    } else {
        for (const view::ActionView& row : shown)
            print(actionText(row));
    }
    return kDone;
}

/// What is said of an action that is not there.
Error ofAction(Error error, const std::string& id)
{
    if (error.code == ErrorCode::NotFound)
        error.detail = "no action " + id;
    return error;
}

int approveAndSend(Desk& desk, const Options& options, const std::vector<ActionId>& ids,
                   const std::string& reason)
{
    int exit = kDone;
    std::vector<ActionId> ready;
    for (const ActionId& id : ids) {
        const auto isApproved = desk.approve(id, reason);
        // One that may not be signed holds up no other.
        if (!isApproved)
            exit = std::max(exit, report(ofAction(isApproved.error(), id.value)));
        else if (*isApproved)
            ready.push_back(id);
        else
            say(options,
                fmt::format("{} waits for another signature: counterfoilctl approve {} --as PERSON",
                            id.value, id.value));
    }
    if (ready.empty())
        return exit == kDone ? show(desk, options, ids) : exit;
    say(options, "Approved. Held 10 s before it is sent.");
    return std::max(exit, sendAll(desk, options, ready));
}

int filed(Desk& desk, const Options& options, const std::vector<ActionId>& ids, Mode mode,
          const std::string& reason)
{
    if (mode == Mode::Act) {
        for (const ActionId& id : ids)
            say(options, "Filed as " + id.value);
        return approveAndSend(desk, options, ids, reason);
    }
    return show(desk, options, ids);
}

Error refusal(const std::string& reason)
{
    return Error(ErrorCode::Forbidden, reason, Platform::Console);
}

} // namespace

int credit(const Options& options, const std::string& rma, Mode mode, const std::string& reason)
{
    const auto target = findCase(options, rma);
    if (!target)
        return report(target.error());
    Desk& desk = *target->desk;
    const auto preview = desk.previewCredit(target->site, target->id, false);
    if (!preview)
        return report(preview.error());
    if (mode == Mode::Preview) {
        print(options.format == "json" ? creditJson(*preview) : creditText(*preview));
        return preview->propose.isAllowed ? kDone : kNo;
    }
    if (!preview->propose.isAllowed)
        return report(refusal(preview->propose.reason));
    const auto id =
        desk.proposeCredit(target->site, target->id, preview->planHash, "command-line", reason);
    if (!id)
        return report(id.error());
    return filed(desk, options, {*id}, mode, reason);
}

namespace {

/// Returns whose units a person named: one by RMA or order, or all that hold a SKU.
struct ReleaseTargets {
    std::unique_ptr<Desk> desk;
    std::vector<std::pair<std::string, CaseId>> cases;
    std::string sku; ///< "" for all of a return
};

Result<ReleaseTargets> releaseTargets(const Options& options, const std::string& rmaOrSku)
{
    auto desk = openDesk(options);
    if (!desk)
        return fail(desk.error());
    ReleaseTargets out;
    out.desk = *std::move(desk);
    std::string site;
    const auto id = out.desk->findCase(options.site, rmaOrSku, &site);
    if (id) {
        out.cases.emplace_back(site, *id);
        return out;
    }
    if (id.error().code != ErrorCode::NotFound)
        return fail(id.error());
    const auto quarantine = out.desk->quarantine();
    if (!quarantine)
        return fail(quarantine.error());
    for (const view::LotView& lot : quarantine->lots) {
        if (folded(lot.sku) == folded(rmaOrSku))
            out.cases.emplace_back(lot.site, lot.caseId);
    }
    out.sku = rmaOrSku;
    if (out.cases.empty())
        return fail(
            ErrorCode::NotFound,
            fmt::format("no return, order or SKU in quarantine '{}'; run sync first", rmaOrSku),
            Platform::Console);
    return out;
}

/// The plans of all targets, without those that a SKU finds nothing inspected in.
Result<std::vector<view::ReleasePreview>> previewsOf(const ReleaseTargets& targets)
{
    std::vector<view::ReleasePreview> out;
    for (const auto& [site, id] : targets.cases) {
        auto preview = targets.desk->previewRelease(site, id, targets.sku);
        if (!preview)
            return fail(preview.error());
        if (targets.cases.size() == 1 || !preview->lines.empty())
            out.push_back(*std::move(preview));
    }
    if (out.empty())
        return fail(refusal("No inspected unit is waiting in quarantine"));
    return out;
}

int showReleases(const Options& options, const ReleaseTargets& targets,
                 const std::vector<view::ReleasePreview>& previews)
{
    int exit = kNo;
    for (const view::ReleasePreview& preview : previews) {
        exit = preview.release.isAllowed ? kDone : exit;
        if (options.format != "json")
            print(releaseText(preview));
    }
    if (options.format == "json")
        print(targets.sku.empty() ? releaseJson(previews.front()) : releasesJson(previews));
    return exit;
}

} // namespace

int release(const Options& options, const std::string& rmaOrSku, Mode mode,
            const std::string& reason)
{
    const auto targets = releaseTargets(options, rmaOrSku);
    if (!targets)
        return report(targets.error());
    const auto previews = previewsOf(*targets);
    if (!previews)
        return report(previews.error());
    if (mode == Mode::Preview)
        return showReleases(options, *targets, *previews);
    std::vector<ActionId> ids;
    int exit = kDone;
    for (const view::ReleasePreview& preview : *previews) {
        for (const view::ReleaseLine& line : preview.lines) {
            if (!line.isOn && preview.release.isAllowed)
                std::fprintf(stderr, "counterfoilctl: %s × %d %s\n", line.sku.c_str(), line.units,
                             line.note.c_str());
        }
        if (!preview.release.isAllowed) {
            exit = std::max(exit, report(refusal(preview.release.reason)));
            continue;
        }
        const auto filedNow = targets->desk->proposeRelease(
            preview.site, preview.lines.front().caseId, preview.planHash, reason, targets->sku);
        if (!filedNow)
            exit = std::max(exit, report(filedNow.error()));
        else
            ids.insert(ids.end(), filedNow->begin(), filedNow->end());
    }
    return ids.empty() ? exit : std::max(exit, filed(*targets->desk, options, ids, mode, reason));
}

int setPo(const Options& options, const std::string& order, const std::string& po, Mode mode)
{
    const auto target = findCase(options, order);
    if (!target)
        return report(target.error());
    Desk& desk = *target->desk;
    if (mode == Mode::Preview) {
        const auto view = desk.caseView(target->site, target->id);
        if (!view)
            return report(view.error());
        if (options.format == "json")
            print(nlohmann::ordered_json{{"order", view->order},
                                         {"before", view->po},
                                         {"after", po},
                                         {"allowed", view->setPo.isAllowed}}
                      .dump(2) +
                  "\n");
        else
            print(fmt::format("Shopify poNumber of {}: {} > {}\n", view->order,
                              view->po.empty() ? "empty" : view->po, po));
        return view->setPo.isAllowed ? kDone : report(refusal(view->setPo.reason));
    }
    const auto id = desk.proposePo(target->site, target->id, po);
    if (!id)
        return report(id.error());
    return filed(desk, options, {*id}, mode, "PO number");
}

int inspect(const Options& options, const std::string& rma, const std::string& grades,
            const std::string& sku, const std::vector<std::string>& units, const std::string& note,
            Mode mode)
{
    const auto target = findCase(options, rma);
    if (!target)
        return report(target.error());
    Desk& desk = *target->desk;
    const auto counts = workspace::parseGrades(grades);
    if (!counts)
        return report(counts.error());
    const auto facts = desk.store().loadCase(target->site, target->id, desk.now());
    if (!facts || !*facts)
        return report(facts ? Error(ErrorCode::NotFound, "no such return", Platform::Console)
                            : facts.error());
    auto rows = workspace::inspectionsFor(**facts, *counts, sku, units);
    if (!rows)
        return report(rows.error());
    for (domain::Inspection& row : *rows)
        row.note = note;
    if (mode == Mode::Preview) {
        if (options.format == "json")
            print(nlohmann::ordered_json{{"would_grade", rows->size()}}.dump(2) + "\n");
        else
            print(fmt::format("{} units would be graded.\n", rows->size()));
        return kDone;
    }
    const std::size_t count = rows->size();
    if (const auto done = desk.inspect(target->site, *std::move(rows)); !done)
        return report(done.error());
    if (options.format == "json")
        print(nlohmann::ordered_json{{"rma", (*facts)->rma ? (*facts)->rma->id.value : ""},
                                     {"graded", count}}
                  .dump(2) +
              "\n");
    else
        print(fmt::format("{} units graded.\n", count));
    return kDone;
}

int approve(const Options& options, const std::string& id, const std::string& reason,
            bool isSending)
{
    auto desk = openDesk(options);
    if (!desk)
        return report(desk.error());
    if (isSending)
        return approveAndSend(**desk, options, {ActionId(id)}, reason);
    const auto isApproved = (*desk)->approve(ActionId(id), reason);
    if (!isApproved)
        return report(ofAction(isApproved.error(), id));
    say(options, *isApproved ? "Approved." : "Signed; another signature is needed.");
    return show(**desk, options, {ActionId(id)});
}

int reject(const Options& options, const std::string& id, const std::string& reason)
{
    auto desk = openDesk(options);
    if (!desk)
        return report(desk.error());
    if (const auto done = (*desk)->reject(ActionId(id), reason); !done)
        return report(ofAction(done.error(), id));
    return show(**desk, options, {ActionId(id)});
}

int runActions(Desk& desk, const Options& options, const std::string& id)
{
    const auto rows = desk.actions();
    if (!rows)
        return report(rows.error());
    std::vector<ActionId> ids;
    bool isThere = id.empty();
    for (const view::ActionView& row : *rows) {
        isThere = isThere || row.id.value == id;
        const bool isUnderWay = row.state == domain::ActionState::Approved ||
                                row.state == domain::ActionState::Leased ||
                                row.state == domain::ActionState::Sending ||
                                row.state == domain::ActionState::Unknown ||
                                row.state == domain::ActionState::Confirmed;
        if (isUnderWay && (id.empty() || row.id.value == id))
            ids.push_back(row.id);
    }
    if (!isThere)
        return report(Error(ErrorCode::NotFound, "no action " + id, Platform::Console));
    if (ids.empty()) {
        say(options, "Nothing to send.");
        if (options.format == "json")
            print("[]\n");
        return kDone;
    }
    return sendAll(desk, options, ids);
}

int prove(const Options& options, const std::string& write)
{
    auto desk = openDesk(options);
    if (!desk)
        return report(desk.error());
    if (const auto locked = (*desk)->lockEngine(); !locked)
        return report(locked.error());
    if (const auto connected = (*desk)->connect(); !connected)
        return report(connected.error());
    std::vector<std::string> writes{write};
    if (write.empty())
        writes = {"credit-metafield", "release", "set-po"};
    int exit = kDone;
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const auto& site : (*desk)->sites().sites()) {
        if (!options.site.empty() && site.site.id.value != options.site)
            continue;
        for (const std::string& name : writes) {
            const auto proof = wait((*desk)->prove(site.site.id.value, name));
            if (!proof) {
                report(proof.error());
                exit = kNo;
                continue;
            }
            exit = proof->isGood ? exit : kNo;
            out.push_back({{"site", proof->site},
                           {"write", proof->write},
                           {"good", proof->isGood},
                           {"at", formatInstant(proof->at)},
                           {"detail", proof->detail}});
            if (options.format != "json")
                print(fmt::format("{} {}: {}\n", proof->site, proof->write,
                                  proof->isGood ? "proved" : "NOT as expected: " + proof->detail));
        }
    }
    if (options.format == "json")
        print(out.dump(2) + "\n");
    return exit;
}

int stopAll(const Options& options, bool isStopped, const std::string& reason)
{
    auto desk = openDesk(options);
    if (!desk)
        return report(desk.error());
    if (const auto done = (*desk)->stopAll(isStopped, reason); !done)
        return report(done.error());
    if (options.format == "json")
        print(nlohmann::ordered_json{{"stopped", isStopped}}.dump(2) + "\n");
    else
        print(isStopped ? "Stopped: nothing leaves until stop-all is taken off.\n"
                        : "Sending is on again.\n");
    return kDone;
}

} // namespace counterfoil::ctl
