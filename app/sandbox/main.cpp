// counterfoil-sandbox: the three platforms on a loopback port.

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSocketNotifier>
#include <QTextStream>

#include "app/sandbox/server/sandbox_server.h"
#include "app/sandbox/world/shop_types.h"

#include <csignal>
#include <cstdio>
#include <utility>

#include <unistd.h>

using counterfoil::sandbox::parseInstant;
using counterfoil::sandbox::SandboxServer;

namespace {

int g_wake[2] = {-1, -1};

extern "C" void onSignal(int)
{
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(g_wake[1], &byte, 1);
}

int refuse(const QString& why)
{
    QTextStream(stderr) << "counterfoil-sandbox: " << why << Qt::endl;
    return 2;
}

bool save(const QString& path, const QByteArray& text)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
}

void addOptions(QCommandLineParser& parser)
{
    const auto add = [&parser](const char* name, const char* help, const char* value,
                               const char* fallback) {
        parser.addOption(QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(help),
                                            QString::fromLatin1(value),
                                            QString::fromLatin1(fallback)));
    };
    parser.addHelpOption();
    add("seed", "Seed of the world.", "N", "1");
    add("returns", "How many returns the world begins with.", "N", "300");
    add("story", "Whether things go on happening: on or off.", "on|off", "off");
    add("speed", "World seconds per real second.", "X", "1");
    add("faults", "Background faults: none, light or heavy.", "LEVEL", "none");
    add("port", "Port on 127.0.0.1; 0 takes any.", "P", "0");
    add("config", "Write the console's config there, secrets beside it.", "FILE", "");
    add("store", "Folder of the console's store, for the config.", "DIR", "");
    add("truth", "Write there what should be found.", "FILE", "");
    add("now", "World time at the start, RFC 3339; default: now.", "TIME", "");
    add("auto-refund", "When ReturnGO asks for refunds by itself: none, received, done.", "WHEN",
        "none");
    add("plan", "Shopify's cost bucket: standard, advanced, plus or enterprise.", "PLAN", "plus");
    add("returngo-cap", "ReturnGO calls in 24 hours before it refuses.", "N", "2000");
}

/// Points a second of the plans; the bucket holds what comes back in twenty seconds
/// (shopify.md 3.2).
bool readPlan(const QString& name, SandboxServer::Options& options)
{
    constexpr double kBucketSeconds = 20;
    const std::pair<const char*, double> plans[] = {
        {"standard", 100}, {"advanced", 200}, {"plus", 1000}, {"enterprise", 2000}};
    for (const auto& [plan, rate] : plans) {
        if (name != QLatin1String(plan))
            continue;
        options.shopifyRestore = rate;
        options.shopifyBucket = rate * kBucketSeconds;
        return true;
    }
    return false;
}

/// Empty when the options are sound, else what is wrong.
QString readOptions(const QCommandLineParser& parser, SandboxServer::Options& options)
{
    const auto value = [&parser](const char* name) {
        return parser.value(QString::fromLatin1(name));
    };
    bool seed = false;
    bool returns = false;
    bool speed = false;
    bool port = false;
    bool cap = false;
    options.seed = value("seed").toULongLong(&seed);
    options.returns = value("returns").toULongLong(&returns);
    options.speed = value("speed").toDouble(&speed);
    options.port = value("port").toUShort(&port);
    options.returngoCap = value("returngo-cap").toULongLong(&cap);
    options.story = value("story") == QLatin1String("on");
    options.faults = value("faults").toStdString();
    options.autoRefund = value("auto-refund").toStdString();
    if (!seed || !returns || !port || !cap || options.returns > 200'000)
        return QStringLiteral("--seed, --returns, --port and --returngo-cap take whole numbers");
    if (!speed || options.speed < 0 || options.speed > 100'000)
        return QStringLiteral("--speed takes a number from 0 to 100000");
    if (value("story") != QLatin1String("on") && value("story") != QLatin1String("off"))
        return QStringLiteral("--story takes on or off");
    if (options.autoRefund != "none" && options.autoRefund != "received" &&
        options.autoRefund != "done")
        return QStringLiteral("--auto-refund takes none, received or done");
    if (!readPlan(value("plan"), options))
        return QStringLiteral("--plan takes standard, advanced, plus or enterprise");
    if (const QString now = value("now"); !now.isEmpty()) {
        const auto at = parseInstant(now.toStdString());
        if (!at)
            return QStringLiteral("--now takes a time such as 2026-11-24T08:00:00Z");
        options.startMs = *at;
    }
    return {};
}

QString writeFiles(const QCommandLineParser& parser, const SandboxServer& server)
{
    const QString truth = parser.value(QStringLiteral("truth"));
    if (!truth.isEmpty() && !save(truth, server.truthJson()))
        return QStringLiteral("cannot write ") + truth;
    const QString config = parser.value(QStringLiteral("config"));
    if (config.isEmpty())
        return {};
    const QString absolute = QFileInfo(config).absoluteFilePath();
    const QString secrets = absolute + QStringLiteral(".secrets");
    QString store = parser.value(QStringLiteral("store"));
    store =
        store.isEmpty() ? absolute + QStringLiteral(".store") : QFileInfo(store).absoluteFilePath();
    if (!server.writeSecrets(secrets) || !save(absolute, server.configJson(store, secrets)))
        return QStringLiteral("cannot write ") + config;
    return {};
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("counterfoil-sandbox"));
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Simulated Shopify, SparkLayer and ReturnGO over loopback HTTP."));
    addOptions(parser);
    parser.process(app);
    SandboxServer::Options options;
    if (const QString wrong = readOptions(parser, options); !wrong.isEmpty())
        return refuse(wrong);
    SandboxServer server(options);
    if (!server.start())
        return refuse(QStringLiteral("cannot start: the port is taken, or --faults is none of "
                                     "none, light, heavy"));
    if (const QString wrong = writeFiles(parser, server); !wrong.isEmpty())
        return refuse(wrong);
    if (::pipe(g_wake) != 0)
        return refuse(QStringLiteral("no pipe for signals"));
    QSocketNotifier wake(g_wake[0], QSocketNotifier::Read);
    QObject::connect(&wake, &QSocketNotifier::activated, &app, &QCoreApplication::quit);
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);
    QTextStream out(stdout);
    QObject::connect(&server, &SandboxServer::happened, &app,
                     [&out](const QString& what) { out << "story: " << what << Qt::endl; });
    out << "listening on http://127.0.0.1:" << server.port() << Qt::endl;
    return QCoreApplication::exec();
}
