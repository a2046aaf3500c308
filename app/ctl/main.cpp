#include "app/ctl/act.h"
#include "app/ctl/context.h"
#include "app/ctl/read.h"
#include "core/base/heap.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

namespace counterfoil::ctl {
namespace {

struct Arguments {
    Options options;
    std::string filter, text, second, reason, note, sku;
    std::vector<std::string> units;
    bool once = false, watch = false, closed = false, isRunning = false, preview = false,
         propose = false, noSend = false, off = false;
};

Mode modeOf(const Arguments& arguments)
{
    return arguments.preview ? Mode::Preview : arguments.propose ? Mode::Propose : Mode::Act;
}

void addModes(CLI::App* command, Arguments& a)
{
    auto* preview = command->add_flag("--preview", a.preview, "show the plan, change nothing");
    command->add_flag("--propose", a.propose, "file it for approval, send nothing")
        ->excludes(preview);
    command->add_option("--reason", a.reason, "goes into the audit log");
}

void addReads(CLI::App& app, Arguments& a, int& exit)
{
    app.add_subcommand("doctor", "can everything be read, is the store sound, what is missing")
        ->callback([&] { exit = doctor(a.options); });
    auto* syncCommand = app.add_subcommand("sync", "read the platforms into the store");
    auto* once = syncCommand->add_flag("--once", a.once, "every loop once, then end (the default)");
    syncCommand->add_flag("--watch", a.watch, "go on until interrupted")->excludes(once);
    syncCommand->callback([&] { exit = sync(a.options, a.watch); });
    auto* queueCommand = app.add_subcommand("queue", "exceptions, the most urgent first");
    queueCommand->add_option("--filter", a.filter, "as in the window: type:… risk:>100 age:>2d");
    queueCommand->add_flag("--closed", a.closed, "closed ones too");
    queueCommand->callback([&] { exit = queue(a.options, a.filter, a.closed); });
    auto* caseCommand = app.add_subcommand("case", "one return, side by side");
    caseCommand->add_option("RMA", a.text, "RMA or order")->required();
    caseCommand->callback([&] { exit = showCase(a.options, a.text); });
    auto* whyCommand = app.add_subcommand("why", "rule by rule: passes, fails, not judged");
    whyCommand->add_option("RMA", a.text, "RMA or order")->required();
    whyCommand->callback([&] { exit = why(a.options, a.text); });
    auto* actionsCommand = app.add_subcommand("actions", "what was filed, and what became of it");
    actionsCommand->add_flag("--run", a.isRunning, "send what is approved, resolve what is open");
    actionsCommand->add_option("ID", a.text, "one action");
    actionsCommand->callback([&] { exit = listActions(a.options, a.text, a.isRunning); });
    auto* audit = app.add_subcommand("audit", "the audit log");
    audit->require_subcommand(1);
    audit->add_subcommand("verify", "walk the chain and name a break")->callback([&] {
        exit = verifyAudit(a.options);
    });
    app.add_subcommand("version", "this program's version")->callback([&] {
        exit = version(a.options, COUNTERFOIL_VERSION);
    });
}

void addActs(CLI::App& app, Arguments& a, int& exit)
{
    auto* creditCommand = app.add_subcommand("credit", "issue the account credit that is due now");
    creditCommand->add_option("RMA", a.text)->required();
    addModes(creditCommand, a);
    creditCommand->callback([&] { exit = credit(a.options, a.text, modeOf(a), a.reason); });
    auto* releaseCommand = app.add_subcommand("release", "release inspected units from quarantine");
    releaseCommand->add_option("RMA|SKU", a.text, "RMA or order, or a SKU: of every return")
        ->required();
    addModes(releaseCommand, a);
    releaseCommand->callback([&] { exit = release(a.options, a.text, modeOf(a), a.reason); });
    auto* inspectCommand = app.add_subcommand("inspect", "record verdicts of returned units");
    inspectCommand->add_option("RMA", a.text)->required();
    inspectCommand->add_option("GRADES", a.second, "\"22 A, 1 B, 1 D in transit, 1 W, 1 M\"")
        ->required();
    inspectCommand->add_option("--sku", a.sku, "only units of this SKU");
    inspectCommand->add_option("--unit", a.units, "these units, in this order");
    inspectCommand->add_option("--note", a.note);
    addModes(inspectCommand, a);
    inspectCommand->callback(
        [&] { exit = inspect(a.options, a.text, a.second, a.sku, a.units, a.note, modeOf(a)); });
    auto* poCommand = app.add_subcommand("set-po", "write the PO number to the Shopify order");
    poCommand->add_option("ORDER", a.text)->required();
    poCommand->add_option("PO", a.second)->required();
    addModes(poCommand, a);
    poCommand->callback([&] { exit = setPo(a.options, a.text, a.second, modeOf(a)); });
    auto* approveCommand =
        app.add_subcommand("approve", "sign an action, and send it when all have signed");
    approveCommand->add_option("ID", a.text)->required();
    approveCommand->add_option("--reason", a.reason);
    approveCommand->add_flag("--no-send", a.noSend, "only sign");
    approveCommand->callback([&] { exit = approve(a.options, a.text, a.reason, !a.noSend); });
    auto* rejectCommand = app.add_subcommand("reject", "refuse an action");
    rejectCommand->add_option("ID", a.text)->required();
    rejectCommand->add_option("--reason", a.reason)->required();
    rejectCommand->callback([&] { exit = reject(a.options, a.text, a.reason); });
    auto* proveCommand =
        app.add_subcommand("prove", "guided experiment that unlocks a write at a site");
    proveCommand->add_option("WRITE", a.text,
                             "credit-metafield, release or set-po; all without it");
    proveCommand->callback([&] { exit = prove(a.options, a.text); });
    auto* stopCommand = app.add_subcommand("stop-all", "nothing leaves any more");
    stopCommand->add_flag("--off", a.off, "take it off again");
    stopCommand->add_option("--reason", a.reason)->required();
    stopCommand->callback([&] { exit = stopAll(a.options, !a.off, a.reason); });
}

/// The first word that stands where a command should: "" when there is none.
std::string strayCommand(const CLI::App& app)
{
    const std::vector<std::string> left = app.remaining();
    return left.empty() ? std::string() : left.front();
}

/// One line: what is wrong, and where to look.
int usage(const CLI::App& app, const CLI::ParseError& error)
{
    std::string command = "counterfoilctl";
    for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
        at = at->get_subcommands().front();
        command += ' ' + at->get_name();
    }
    std::string what = error.what();
    const std::string stray = strayCommand(app);
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && app.get_subcommands().empty())
        what = stray.empty() ? "which command?" : "no command '" + stray + "'";
    std::replace(what.begin(), what.end(), '\n', ' ');
    std::fprintf(stderr, "counterfoilctl: %s; see %s --help\n", what.c_str(), command.c_str());
    return kUsage;
}

/// Tables of comma-separated values exist for the queue alone.
bool isFormatOf(const CLI::App& app, const Options& options)
{
    return options.format != "csv" || app.get_subcommand("queue")->parsed();
}

} // namespace
} // namespace counterfoil::ctl

int main(int argc, char** argv)
{
    using namespace counterfoil::ctl;
    counterfoil::keepFreedMemory();
    QCoreApplication qt(argc, argv);
    CLI::App app("Counterfoil on the command line", "counterfoilctl");
    app.require_subcommand(1);
    app.fallthrough();
    app.set_version_flag("--version", "counterfoilctl " COUNTERFOIL_VERSION);
    Arguments arguments;
    app.add_option("--config", arguments.options.configPath, "config file");
    app.add_option("--as", arguments.options.person,
                   "login of who acts (single seat: declared, and logged so)");
    app.add_option("--site", arguments.options.site, "one site of the config");
    app.add_option("--format", arguments.options.format, "text, table, json or csv")
        ->check(CLI::IsMember({"text", "table", "json", "csv"}));
    int exit = kDone;
    // Before any command runs.
    app.parse_complete_callback([&] {
        if (!isFormatOf(app, arguments.options))
            throw CLI::ValidationError("--format csv", "only the queue has it");
    });
    addReads(app, arguments, exit);
    addActs(app, arguments, exit);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked) {
        return app.exit(asked);
    } catch (const CLI::ParseError& error) {
        return usage(app, error);
    }
    return exit;
}
