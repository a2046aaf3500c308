#include "app/ctl/text.h"

#include "core/workspace/terminal_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace counterfoil::ctl {

namespace {

using nlohmann::ordered_json;
using workspace::fitted;
using workspace::plainLine;

std::string dump(const ordered_json& json)
{
    return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

constexpr std::array<std::string_view, 5> kSystems{"sparklayer", "shopify", "returngo", "erp",
                                                   "should_be"};
constexpr std::array<std::string_view, 7> kCellStates{"equal",    "differs", "late", "unread",
                                                      "not-held", "empty",   "ask"};
constexpr std::array<std::string_view, 3> kCheckStates{"passed", "attention", "blocking"};

std::string cellText(const view::ComparisonRow& row, view::System system)
{
    const auto found = row.cells.find(system);
    if (found == row.cells.end() || found->second.state == view::CellState::NotHeld)
        return "—";
    const view::ComparisonCell& cell = found->second;
    switch (cell.state) {
    case view::CellState::Unread:
        return "not read yet";
    case view::CellState::Empty:
        return "empty";
    case view::CellState::Ask:
        return "ask";
    case view::CellState::Differs:
        return "≠ " + plainLine(cell.text);
    case view::CellState::Late:
        return plainLine(cell.text) + " (old)";
    case view::CellState::Equal:
    case view::CellState::NotHeld:
        break;
    }
    return plainLine(cell.text);
}

std::string comparisonText(const std::vector<view::ComparisonGroup>& groups)
{
    std::string out = fitted("", 22);
    for (const char* name : {"SparkLayer", "Shopify", "ReturnGO", "ERP", "Should be"})
        out += fitted(name, 18);
    out += '\n';
    for (const view::ComparisonGroup& group : groups) {
        if (!group.title.empty())
            out += fmt::format("{}  {}  {}\n", plainLine(group.title), plainLine(group.subtitle),
                               plainLine(group.summary));
        for (const view::ComparisonRow& row : group.rows) {
            out += fitted("  " + plainLine(row.label), 22);
            for (const view::System system :
                 {view::System::SparkLayer, view::System::Shopify, view::System::ReturnGo,
                  view::System::Erp, view::System::ShouldBe})
                out += fitted(cellText(row, system), 17) + ' ';
            out += '\n';
            if (!row.provenance.empty()) {
                std::string boxes;
                for (const std::string& box : row.provenance)
                    boxes += (boxes.empty() ? "" : " > ") + plainLine(box);
                out += fmt::format("    why {}: {}\n", plainLine(row.provenanceResult), boxes);
            }
        }
    }
    return out;
}

ordered_json cellsJson(const view::ComparisonRow& row)
{
    ordered_json out = ordered_json::object();
    for (const auto& [system, cell] : row.cells) {
        ordered_json item;
        item["text"] = cell.text;
        item["state"] = kCellStates[static_cast<std::size_t>(cell.state)];
        item["source"] = cell.document.externalId.empty()
                             ? ordered_json(nullptr)
                             : ordered_json{{"platform", platformWord(cell.document.platform)},
                                            {"kind", domain::documentKindWord(cell.document.kind)},
                                            {"id", cell.document.externalId},
                                            {"version", cell.document.version},
                                            {"pointer", cell.pointer},
                                            {"read", formatInstant(cell.document.observedAt)}};
        out[std::string(kSystems[static_cast<std::size_t>(system)])] = std::move(item);
    }
    return out;
}

ordered_json comparisonJson(const std::vector<view::ComparisonGroup>& groups)
{
    ordered_json out = ordered_json::array();
    for (const view::ComparisonGroup& group : groups) {
        ordered_json rows = ordered_json::array();
        for (const view::ComparisonRow& row : group.rows)
            rows.push_back(
                {{"label", row.label}, {"cells", cellsJson(row)}, {"provenance", row.provenance}});
        out.push_back(
            {{"title", group.title}, {"summary", group.summary}, {"rows", std::move(rows)}});
    }
    return out;
}

ordered_json allowedJson(const view::Allowed& allowed)
{
    return {
        {"allowed", allowed.isAllowed},
        {"reason", allowed.reason.empty() ? ordered_json(nullptr) : ordered_json(allowed.reason)}};
}

std::string stepsText(const std::vector<view::SheetStep>& steps)
{
    std::string out;
    for (const view::SheetStep& step : steps) {
        out += fmt::format("  {} {} ({}): {}\n", step.number, step.title, step.system,
                           plainLine(step.state));
        for (const std::string& call : step.calls)
            out += fmt::format("      {}\n", plainLine(call));
    }
    return out;
}

std::string sheetChecksText(const std::vector<view::SheetCheck>& checks)
{
    std::string out;
    for (const view::SheetCheck& check : checks) {
        const char* mark = check.state == view::CheckState::Passed      ? "ok  "
                           : check.state == view::CheckState::Attention ? "look"
                                                                        : "STOP";
        out += fmt::format("  {} {}  {}\n", mark, plainLine(check.text), plainLine(check.value));
    }
    return out;
}

ordered_json sheetChecksJson(const std::vector<view::SheetCheck>& checks)
{
    ordered_json out = ordered_json::array();
    for (const view::SheetCheck& check : checks)
        out.push_back({{"state", kCheckStates[static_cast<std::size_t>(check.state)]},
                       {"text", check.text},
                       {"value", check.value}});
    return out;
}

ordered_json planOf(const std::string& text)
{
    const ordered_json parsed = ordered_json::parse(text, nullptr, false);
    return parsed.is_discarded() ? ordered_json(nullptr) : parsed;
}

ordered_json actionJson(const view::ActionView& action)
{
    return {
        {"id", action.id.value},
        {"kind", domain::actionKindWord(action.kind)},
        {"state", domain::actionStateWord(action.state)},
        {"site", action.site},
        {"case", action.caseId.value},
        {"rma", action.rma},
        {"title", action.title},
        {"state_text", action.stateText},
        {"by", action.by},
        {"at", formatInstant(action.at)},
        {"held_until",
         action.heldUntil ? ordered_json(formatInstant(*action.heldUntil)) : ordered_json(nullptr)},
        {"problem", action.problem.empty() ? ordered_json(nullptr) : ordered_json(action.problem)}};
}

} // namespace

std::string caseText(const view::CaseView& view, Instant)
{
    std::string out =
        fmt::format("{}  {}\nRMA{} · {} · {} · {}\n{}  {}  {}\n", plainLine(view.title),
                    view.atRisk ? view.atRisk->displayText() : "", view.rma, plainLine(view.order),
                    view.po.empty() ? "no PO" : plainLine(view.po), plainLine(view.customer),
                    view.ownerText, view.ageText, view.slaText);
    for (const view::FindingSentence& row : view.sentences)
        out += fmt::format("  {:<8} {} {}\n", domain::severityWord(row.severity),
                           plainLine(row.bold), plainLine(row.rest));
    if (view.sentences.empty())
        out += "  No exception on this return.\n";
    for (const std::string& row : view.notJudged)
        out += fmt::format("  not judged: {}\n", plainLine(row));
    out += '\n' + comparisonText(view.comparison);
    if (!view.unexplained.empty())
        out += plainLine(view.unexplained) + "\n";
    const auto line = [&](const char* name, const view::Allowed& allowed) {
        out += fmt::format("{:<22}{}\n", name,
                           allowed.isAllowed ? "yes" : "no: " + plainLine(allowed.reason));
    };
    out += '\n';
    line("Issue account credit", view.credit);
    line("Release stock", view.release);
    line("Fix PO", view.setPo);
    return out;
}

std::string caseJson(const view::CaseView& view)
{
    ordered_json findings = ordered_json::array();
    for (const view::QueueRow& row : view.findings) {
        findings.push_back(
            {{"id", row.id.value},
             {"type", domain::findingTypeId(row.type)},
             {"state", view::rowStateWord(row.state)},
             {"title", row.title},
             {"reason", row.reason},
             {"cause", row.cause},
             {"expected", row.expected},
             {"actual", row.actual},
             {"at_risk", row.atRisk ? ordered_json{{"amount", row.atRisk->decimalText()},
                                                   {"currency", row.atRisk->currency().code()}}
                                    : ordered_json(nullptr)}});
    }
    ordered_json out;
    out["case"] = view.id.value;
    out["site"] = view.site;
    out["rma"] = view.rma;
    out["order"] = view.order;
    out["po"] = view.po.empty() ? ordered_json(nullptr) : ordered_json(view.po);
    out["customer"] = view.customer;
    out["findings"] = std::move(findings);
    out["not_judged"] = view.notJudged;
    out["comparison"] = comparisonJson(view.comparison);
    out["actions"] = {{"credit", allowedJson(view.credit)},
                      {"release", allowedJson(view.release)},
                      {"set_po", allowedJson(view.setPo)}};
    return dump(out);
}

std::string whyText(const std::vector<view::TraceView>& trace)
{
    std::string out;
    for (const view::TraceView& row : trace) {
        out += fmt::format("{:<14} {:<30} {}\n", row.outcome, domain::findingTypeId(row.type),
                           plainLine(row.text));
        for (const auto& [label, value] : row.values)
            out += fmt::format("{:<15}{}: {}\n", "", plainLine(label), plainLine(value));
    }
    return out;
}

std::string whyJson(const std::vector<view::TraceView>& trace)
{
    ordered_json out = ordered_json::array();
    for (const view::TraceView& row : trace) {
        ordered_json values = ordered_json::object();
        for (const auto& [label, value] : row.values)
            values[label] = value;
        out.push_back({{"type", domain::findingTypeId(row.type)},
                       {"outcome", row.outcome},
                       {"text", row.text},
                       {"values", std::move(values)}});
    }
    return dump(out);
}

std::string creditText(const view::CreditPreview& preview)
{
    std::string out = fmt::format("{} RMA{}, order {}.\n\n", plainLine(preview.headline),
                                  preview.rma, plainLine(preview.order));
    out += fmt::format("{}{}{}{}{}{}{}{}\n", fitted("Line", 16), fitted("Verdicts", 34),
                       fitted("Now", 6), fitted("Net", 12), fitted("VAT", 10),
                       fitted("Credit now", 14), fitted("Forecast", 12), "ReturnGO");
    std::vector<view::SheetLine> lines = preview.lines;
    lines.push_back(preview.total);
    for (const view::SheetLine& line : lines)
        out += fmt::format("{}{}{}{}{}{}{}{}\n", fitted(plainLine(line.sku), 16),
                           fitted(line.verdicts, 34), fitted(std::to_string(line.unitsNow), 6),
                           fitted(line.net, 12), fitted(line.tax, 10), fitted(line.creditNow, 14),
                           fitted(line.forecast, 12), line.returngo);
    out += preview.feesText + "\n";
    if (!preview.owedNow.empty())
        out += fmt::format("Owed {} > {}   available {} > {} ({})\n", preview.owedNow,
                           preview.owedAfter, preview.availableNow, preview.availableAfter,
                           preview.limitText);
    out += "\nSteps\n" + stepsText(preview.steps) + "\nChecks\n" + sheetChecksText(preview.checks);
    out += fmt::format("\n{}\n{}\n{}\nPlan {}\n", preview.approvalRule,
                       plainLine(preview.approvalHere), preview.notSent, preview.planHash);
    if (!preview.propose.isAllowed)
        out += fmt::format("Not possible now: {}\n", plainLine(preview.propose.reason));
    return out;
}

namespace {

/// An amount as it is shown, without the commas that are for people: "1,987.57" is "1987.57".
ordered_json decimalOf(std::string text)
{
    std::erase(text, ',');
    return text.empty() ? ordered_json(nullptr) : ordered_json(std::move(text));
}

} // namespace

std::string creditJson(const view::CreditPreview& preview)
{
    ordered_json out;
    out["case"] = preview.caseId.value;
    out["rma"] = preview.rma;
    out["headline"] = preview.headline;
    out["allowed"] = preview.propose.isAllowed;
    out["reason"] = preview.propose.reason.empty() ? ordered_json(nullptr)
                                                   : ordered_json(preview.propose.reason);
    out["balance"] = {{"before", decimalOf(preview.owedNow)},
                      {"after", decimalOf(preview.owedAfter)}};
    out["checks"] = sheetChecksJson(preview.checks);
    out["plan_hash"] = preview.planHash;
    out["plan"] = planOf(preview.planJson);
    return dump(out);
}

std::string releaseText(const view::ReleasePreview& preview)
{
    std::string out = preview.releaseLabel + "\n";
    for (const view::ReleaseLine& line : preview.lines) {
        if (line.isOn || !preview.release.isAllowed)
            out += fmt::format("  {} +{}  {}: {} > {}  {}\n", plainLine(line.sku), line.units,
                               plainLine(line.location), line.availableBefore, line.availableAfter,
                               plainLine(line.note));
        else
            out += fmt::format("  {} × {}  {}\n", plainLine(line.sku), line.units,
                               plainLine(line.note));
    }
    out += "\nChecks\n" + sheetChecksText(preview.checks) +
           fmt::format("\nValue {}. {}\n", preview.valueText, preview.approvalText);
    if (!preview.release.isAllowed)
        out += fmt::format("Not possible now: {}\n", plainLine(preview.release.reason));
    return out;
}

namespace {

ordered_json releaseObject(const view::ReleasePreview& preview)
{
    ordered_json lines = ordered_json::array();
    for (const view::ReleaseLine& line : preview.lines)
        lines.push_back({{"sku", line.sku},
                         {"units", line.units},
                         {"location", line.location},
                         {"before", line.availableBefore},
                         {"after", line.availableAfter},
                         {"released", line.isOn},
                         {"note", line.note}});
    return {{"rma", preview.lines.empty() ? "" : preview.lines.front().rma},
            {"allowed", preview.release.isAllowed},
            {"reason", preview.release.reason.empty() ? ordered_json(nullptr)
                                                      : ordered_json(preview.release.reason)},
            {"lines", std::move(lines)},
            {"checks", sheetChecksJson(preview.checks)},
            {"plan_hash", preview.planHash}};
}

} // namespace

std::string releaseJson(const view::ReleasePreview& preview)
{
    return dump(releaseObject(preview));
}

std::string releasesJson(const std::vector<view::ReleasePreview>& previews)
{
    ordered_json out = ordered_json::array();
    for (const view::ReleasePreview& preview : previews)
        out.push_back(releaseObject(preview));
    return dump(out);
}

std::string actionText(const view::ActionView& action)
{
    std::string out = fmt::format("{}  {:<10} {}  {}  by {}\n", action.id.value,
                                  domain::actionStateWord(action.state), plainLine(action.title),
                                  plainLine(action.stateText), plainLine(action.by));
    if (!action.problem.empty())
        out += fmt::format("    {}\n", plainLine(action.problem));
    return out;
}

std::string actionsJson(const std::vector<view::ActionView>& actions)
{
    ordered_json out = ordered_json::array();
    for (const view::ActionView& action : actions)
        out.push_back(actionJson(action));
    return dump(out);
}

std::string checksText(const std::vector<view::DoctorCheck>& checks)
{
    std::string out;
    for (const view::DoctorCheck& check : checks) {
        const char* mark = check.state == view::CheckState::Passed      ? "ok  "
                           : check.state == view::CheckState::Attention ? "look"
                                                                        : "FAIL";
        out += fmt::format("{} {}{}{}\n", mark, plainLine(check.text),
                           check.detail.empty() ? "" : ": ", plainLine(check.detail));
    }
    return out;
}

std::string checksJson(const std::vector<view::DoctorCheck>& checks)
{
    ordered_json out = ordered_json::array();
    for (const view::DoctorCheck& check : checks)
        out.push_back({{"id", check.id},
                       {"state", kCheckStates[static_cast<std::size_t>(check.state)]},
                       {"text", check.text},
                       {"detail", check.detail}});
    return dump(out);
}

} // namespace counterfoil::ctl
