// counterfoil: the console's window.

#include <QApplication>
#include <QEventLoop>

#include "app/console/demo.h"
#include "app/console/pictures.h"
#include "app/console/start_times.h"
#include "core/phrases/phrases.h"
#include "core/workspace/local_workspace.h"
#include "core/workspace/queue_json.h"
#include "ui/shell/main_window.h"
#include "ui/theme/theme_service.h"
#include "ui/widgets/queue_view.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace counterfoil::console {
namespace {

/// Exit codes as on the command line (design.md 10).
enum Exit : int { kDone = 0, kUsage = 2, kConfig = 3, kPlatform = 4, kStore = 5 };
constexpr std::size_t kTextColumns = 140;

struct Options {
    std::string config, person, headless, screenshots;
    bool isDemo = false;
    bool isLocal = false;
    std::uint64_t seed = 1;
    std::size_t returns = 300;

    [[nodiscard]] bool makesPictures() const { return !headless.empty() || !screenshots.empty(); }
};

int refuse(const Error& error)
{
    std::fprintf(stderr, "counterfoil: %s\n", phrases::sentence(error).c_str());
    if (error.code == ErrorCode::Config)
        return kConfig;
    return error.code == ErrorCode::Store ? kStore : kPlatform;
}

/// Reads every platform once and waits for the end of it.
Result<void> readAll(workspace::LocalWorkspace& workspace)
{
    Result<void> outcome;
    QEventLoop loop;
    workspace.readEverything(&loop, [&](Result<void> result) {
        outcome = std::move(result);
        loop.quit();
    });
    loop.exec();
    return outcome;
}

/// The first frame and table are published on the way back from the engine thread.
void waitForQueue(workspace::LocalWorkspace& workspace)
{
    if (workspace.queue())
        return;
    QEventLoop loop;
    QObject::connect(&workspace, &workspace::Workspace::queueChanged, &loop, &QEventLoop::quit);
    QObject::connect(&workspace, &workspace::Workspace::engineError, &loop, &QEventLoop::quit);
    loop.exec();
}

void printQueue(const workspace::LocalWorkspace& workspace)
{
    std::vector<view::QueueRow> rows;
    const auto table = workspace.queue();
    for (std::size_t index = 0; index < (table ? table->size() : 0); ++index)
        rows.push_back(table->row(index));
    const auto frame = workspace.frame();
    const Instant now = frame ? frame->at : Instant{};
    std::fputs(workspace::queueText(rows, now, kTextColumns).c_str(), stdout);
    std::fflush(stdout);
}

int makePictures(workspace::LocalWorkspace& workspace, const Options& options)
{
    if (!options.isLocal) {
        if (const auto read = readAll(workspace); !read)
            return refuse(read.error());
    }
    waitForQueue(workspace);
    printQueue(workspace);
    shell::MainWindow window(&workspace);
    window.resize(1440, 900);
    window.show();
    bool isSaved = true;
    if (!options.headless.empty())
        isSaved = saveHeadless(window, QString::fromStdString(options.headless));
    if (!options.screenshots.empty()) {
        window.closeCase();
        isSaved = saveAll(window, QString::fromStdString(options.screenshots)) && isSaved;
    }
    if (!isSaved)
        std::fputs("counterfoil: the pictures cannot be written there\n", stderr);
    return isSaved ? kDone : kUsage;
}

/// Names the paint of the first rows and the one of all of them, when somebody times the start.
void nameRows(const workspace::LocalWorkspace& workspace, StartTimes& times)
{
    QObject::connect(&workspace, &workspace::Workspace::queueChanged, &times,
                     [&workspace, &times, before = 0]() mutable {
                         const bool isFirst = workspace.frame()->isCounting;
                         const int more = before;
                         before = static_cast<int>(workspace.queue()->size());
                         times.expect(isFirst ? "first-rows" : "all-rows", [more](QWidget& at) {
                             const auto* list =
                                 qobject_cast<const widgets::QueueView*>(at.parentWidget());
                             return list && list->listCount() > more;
                         });
                     });
}

int run(const Options& options)
{
    Demo demo;
    std::string path = options.config.empty() ? workspace::defaultConfigPath() : options.config;
    if (options.isDemo) {
        path = demo.start(options.seed, options.returns).toStdString();
        if (path.empty())
            return refuse(Error(ErrorCode::Config, "the demo's platforms cannot start"));
    }
    const auto config = workspace::loadConfig(path);
    if (!config)
        return refuse(config.error());
    workspace::LocalWorkspace workspace;
    if (const auto opened = workspace.open(*config, options.person); !opened)
        return refuse(opened.error());
    theme::ThemeService::install(options.makesPictures() ? theme::Mode::Light
                                                         : theme::Mode::System);
    if (options.makesPictures())
        return makePictures(workspace, options);
    shell::MainWindow window(&workspace);
    window.resize(1440, 900);
    StartTimes times(&window);
    nameRows(workspace, times);
    window.show();
    if (!options.isLocal)
        workspace.startEngine();
    return QApplication::exec();
}

} // namespace
} // namespace counterfoil::console

int main(int argc, char** argv)
{
    using namespace counterfoil::console;
    Options options;
    CLI::App cli("Counterfoil, operations console for wholesale returns", "counterfoil");
    cli.add_option("--config", options.config, "config file");
    cli.add_flag("--demo", options.isDemo, "simulated platforms in this process, nothing is kept");
    cli.add_flag("--local", options.isLocal, "show the local copy, read nothing");
    cli.add_option("--seed", options.seed, "seed of the demo's world");
    cli.add_option("--returns", options.returns, "returns the demo begins with");
    cli.add_option("--as", options.person, "login of who sits here");
    cli.add_option("--headless", options.headless, "no window: read once, print, two pictures");
    cli.add_option("--screenshots", options.screenshots, "no window: eight pictures");
    CLI11_PARSE(cli, argc, argv);
    if (options.makesPictures() && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("counterfoil"));
    return run(options);
}
