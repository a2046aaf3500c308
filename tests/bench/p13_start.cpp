#include "tests/bench/bench.h"
#include "tests/bench/store_maker.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QProcessEnvironment>

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <map>

namespace counterfoil::bench {
namespace {

constexpr int kPatienceMillis = 60'000;
/// From the last line that is waited for to the reading of the memory.
constexpr int kSettleMillis = 1'500;
constexpr const char* kNoChromium = "Chromium: not installed";

/// One start of a program with a window: its lines of StartTimes, and its memory at rest.
struct Start {
    std::map<std::string, double> millis;
    double megabytes = 0;
};

/// Resident memory, shared pages included.
double residentMegabytes(qint64 process)
{
    std::ifstream file(fmt::format("/proc/{}/smaps_rollup", process));
    std::string word;
    while (file >> word) {
        double kilobytes = 0;
        if (word == "Rss:" && file >> kilobytes)
            return kilobytes / 1024;
    }
    giveUp("no memory figure of the process");
}

/// Starts @p program and waits for the line that begins with @p last.
Start started(const QString& program, const QStringList& arguments, const std::string& last,
              bool withMemory)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    environment.insert(
        QStringLiteral("COUNTERFOIL_START_TIMES"),
        QString::number(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()));
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    Start out;
    QElapsedTimer patience;
    patience.start();
    while (!out.millis.contains(last)) {
        if (patience.elapsed() > kPatienceMillis || process.state() == QProcess::NotRunning) {
            process.kill();
            process.waitForFinished();
            giveUp("P13: " + program.toStdString() + " never said " + last);
        }
        process.waitForReadyRead(100);
        while (process.canReadLine()) {
            const QList<QByteArray> words = process.readLine().trimmed().split(' ');
            if (words.size() == 2)
                out.millis[words[0].toStdString()] = words[1].toDouble();
        }
    }
    if (withMemory) {
        process.waitForFinished(kSettleMillis);
        out.megabytes = residentMegabytes(process.processId());
    }
    process.kill();
    process.waitForFinished();
    return out;
}

QString binary(const char* name)
{
    return QStringLiteral(COUNTERFOIL_BINARY_DIR "/bin/") + QLatin1String(name);
}

Start product(const std::string& config, bool withMemory)
{
    return started(
        binary("counterfoil"),
        {QStringLiteral("--local"), QStringLiteral("--config"), QString::fromStdString(config)},
        "all-rows", withMemory);
}

Start bare(bool withMemory)
{
    return started(binary("counterfoil-bench-window"), {}, "first-paint", withMemory);
}

} // namespace

std::vector<Outcome> measureStart(int rounds)
{
    const std::string config = millionRowStore();
    std::vector<double> firstRows, allRows;
    const Rounds costs = interleaved(
        rounds,
        [&] {
            const Start start = product(config, false);
            firstRows.push_back(start.millis.at("first-rows"));
            allRows.push_back(start.millis.at("all-rows"));
            return start.millis.at("first-paint");
        },
        {}, [&] { return bare(false).millis.at("first-paint"); });
    Rounds rows = costs;
    rows.product.assign(firstRows.begin() + 1, firstRows.end()); // without the warm-up
    std::vector<Outcome> out(2);
    for (Outcome& row : out) {
        row.id = "P13";
        row.unit = "ms";
        row.peerName = kNoChromium;
        row.limitName = "first paint of a bare QWidget";
    }
    out[0].work = "start to first paint of the window";
    fill(out[0], costs, [](double cost) { return cost; });
    judgeAbsolute(out[0], 100, 29);
    out[1].work = fmt::format("start to the first rows of a 1M-row store (all 100k live ones after "
                              "{:.0f} ms)",
                              median(allRows));
    fill(out[1], rows, [](double cost) { return cost; });
    judgeAbsolute(out[1], 200, 29);
    return out;
}

std::vector<Outcome> measureMemory(int rounds)
{
    const std::string config = millionRowStore();
    const Rounds costs = interleaved(
        std::max(5, rounds - 2), [&] { return product(config, true).megabytes; }, {},
        [&] { return bare(true).megabytes; });
    Outcome out;
    out.id = "P14";
    out.work = "resident memory, 1M-row store open, 100k rows in the queue";
    out.unit = "MB";
    out.peerName = kNoChromium;
    out.limitName = "bare QWidget";
    out.goal = "80 MB";
    fill(out, costs, [](double cost) { return cost; });
    out.isMet = out.value <= 80;
    return {out};
}

} // namespace counterfoil::bench
