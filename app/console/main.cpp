// counterfoil: the console's window.

#include <QApplication>
#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <QPointer>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThreadPool>

#include "app/console/demo.h"
#include "app/console/pictures.h"
#include "app/console/start_times.h"
#include "core/base/heap.h"
#include "core/phrases/phrases.h"
#include "core/platform/http/key_store.h"
#include "core/workspace/connection_probe.h"
#include "core/workspace/local_workspace.h"
#include "core/workspace/queue_json.h"
#include "ui/firstrun/first_run_wizard.h"
#include "ui/shell/main_window.h"
#include "ui/theme/theme_service.h"
#include "ui/widgets/queue_view.h"

#include <CLI/CLI.hpp>

#include <algorithm>
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
    window.setLocalOnly(options.isLocal);
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

/// The look that the person chose last.
void installTheme(bool makesPictures)
{
    if (makesPictures) {
        theme::ThemeService::install(theme::Mode::Light).setReducesMotion(true);
        return;
    }
    const QSettings settings;
    const int mode = std::clamp(settings.value(QStringLiteral("look/theme"), 0).toInt(), 0, 2);
    auto& service = theme::ThemeService::install(
        static_cast<theme::Mode>(mode), settings.value(QStringLiteral("look/text"), 100).toInt());
    service.setReducesMotion(settings.value(QStringLiteral("look/reduceMotion")).toBool());
}

/// Keeps a secret in the desktop's key store without holding the window up.
void keepSecret(QObject* context, const std::string& name, const std::string& secret,
                firstrun::SetupServices::Kept kept)
{
    QPointer<QObject> alive(context);
    QThreadPool::globalInstance()->start([alive, name, secret, kept = std::move(kept)] {
        http::DesktopKeyStore keys;
        const Result<void> result = keys.write(name, Secret(secret));
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [alive, kept, result] {
                if (alive)
                    kept(result);
            },
            Qt::QueuedConnection);
    });
}

/// Tries one connection of the wizard beside the window. What a later step asks is left out.
void tryConnection(QObject* context, firstrun::Step step, const firstrun::SetupAnswers& answers,
                   firstrun::SetupServices::Tested tested)
{
    firstrun::SetupAnswers tried = answers;
    tried.hasSparklayer = step == firstrun::Step::SparkLayer;
    tried.hasReturngo = step == firstrun::Step::ReturnGo;
    tried.hasMoneyRules = false;
    tried.goLive.clear();
    const Platform platform = step == firstrun::Step::SparkLayer ? Platform::SparkLayer
                              : step == firstrun::Step::ReturnGo ? Platform::ReturnGo
                                                                 : Platform::Shopify;
    QPointer<QObject> alive(context);
    QThreadPool::globalInstance()->start([alive, tried, platform, tested = std::move(tested)] {
        const auto config = workspace::parseConfig(firstrun::configJson(tried));
        std::vector<view::DoctorCheck> checks;
        if (config)
            checks = workspace::probeConnection(*config, platform);
        else
            checks.push_back({"config", "The answers do not fit together", config.error().detail,
                              view::CheckState::Blocking});
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [alive, tested, checks] {
                if (alive)
                    tested(checks);
            },
            Qt::QueuedConnection);
    });
}

/// Six steps to a config. @return its path, or empty: the person closed the window. @p wantsSample
/// is set when they asked for the sample data.
std::string firstRun(const std::string& path, bool& wantsSample)
{
    firstrun::FirstRunWizard wizard;
    const QFileInfo file(QString::fromStdString(path));
    QDir().mkpath(file.absolutePath());
    wizard.setPaths(file.absoluteFilePath(),
                    QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    firstrun::SetupServices services;
    services.keepSecret = keepSecret;
    services.test = tryConnection;
    wizard.setServices(std::move(services));
    QString written;
    QEventLoop loop;
    QObject::connect(&wizard, &firstrun::FirstRunWizard::finished, &loop,
                     [&](const QString& where) {
                         written = where;
                         loop.quit();
                     });
    QObject::connect(&wizard, &firstrun::FirstRunWizard::useSampleData, &loop, [&] {
        wantsSample = true;
        loop.quit();
    });
    QObject::connect(qApp, &QGuiApplication::lastWindowClosed, &loop, &QEventLoop::quit);
    wizard.resize(1100, 760);
    wizard.show();
    loop.exec();
    return written.toStdString();
}

/// Reads or opens what is there, then draws it without a screen.
int runPictures(const std::string& path, const Options& options)
{
    const auto config = workspace::loadConfig(path);
    if (!config)
        return refuse(config.error());
    workspace::LocalWorkspace workspace;
    if (const auto opened = workspace.open(*config, options.person); !opened)
        return refuse(opened.error());
    return makePictures(workspace, options);
}

/// The window first; the store opens behind it.
int runWindow(const std::string& path, const Options& options)
{
    workspace::LocalWorkspace workspace;
    shell::MainWindow window(&workspace);
    window.resize(1440, 900);
    window.restore();
    window.setLocalOnly(options.isLocal);
    StartTimes times(&window);
    nameRows(workspace, times);
    window.show();
    const auto config = workspace::loadConfig(path);
    if (!config)
        return refuse(config.error());
    workspace.openLater(*config, options.person, &window, [&](Result<void> opened) {
        if (!opened)
            return window.showProblem(QString::fromStdString(phrases::sentence(opened.error())));
        const auto people = workspace.people();
        const bool isKnown = std::any_of(people.begin(), people.end(), [&](const auto& one) {
            return one.first == workspace.person();
        });
        if (!isKnown && people.size() > 1)
            window.choosePerson();
    });
    if (!options.isLocal)
        workspace.startEngine();
    return QApplication::exec();
}

int run(const Options& options)
{
    installTheme(options.makesPictures());
    Demo demo;
    std::string path = options.config.empty() ? workspace::defaultConfigPath() : options.config;
    bool isDemo = options.isDemo;
    const bool isThere = QFileInfo::exists(QString::fromStdString(path));
    if (!isDemo && options.config.empty() && !isThere && !options.makesPictures()) {
        path = firstRun(path, isDemo);
        if (path.empty() && !isDemo)
            return kDone;
    }
    if (isDemo) {
        path = demo.start(options.seed, options.returns).toStdString();
        if (path.empty())
            return refuse(Error(ErrorCode::Config, "the demo's platforms cannot start"));
    }
    return options.makesPictures() ? runPictures(path, options) : runWindow(path, options);
}

} // namespace
} // namespace counterfoil::console

int main(int argc, char** argv)
{
    using namespace counterfoil::console;
    counterfoil::keepFreedMemory();
    Options options;
    CLI::App cli("Counterfoil, operations console for wholesale returns", "counterfoil");
    cli.set_version_flag("--version", "counterfoil " COUNTERFOIL_VERSION);
    cli.add_option("--config", options.config, "config file");
    cli.add_flag("--demo", options.isDemo, "simulated platforms in this process, nothing is kept");
    cli.add_flag("--local", options.isLocal, "show the local copy, read nothing");
    cli.add_option("--seed", options.seed, "seed of the demo's world");
    cli.add_option("--returns", options.returns, "returns the demo begins with");
    cli.add_option("--as", options.person, "login of who sits here");
    cli.add_option("--headless", options.headless, "no window: read once, print, two pictures");
    cli.add_option("--screenshots", options.screenshots, "no window: the pictures of the handbook");
    CLI11_PARSE(cli, argc, argv);
    if (options.makesPictures() && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("counterfoil"));
    QApplication::setOrganizationName(QStringLiteral("counterfoil"));
    QTemporaryDir unused; // pictures look the same whatever a person chose
    if (options.makesPictures()) {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, unused.path());
    }
    return run(options);
}
