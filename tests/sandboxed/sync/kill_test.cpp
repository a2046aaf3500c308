// `counterfoilctl sync --once` is killed at random moments, begun again, killed again: what it ends
// with is what an undisturbed one ends with.
//
// COUNTERFOIL_KILLS: how often in all (10); COUNTERFOIL_SEED: of the moments (else a new one,
// printed).

#include "app/sandbox/server/sandbox_server.h"
#include "core/store/store.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <random>
#include <sstream>
#include <string>

namespace counterfoil {
namespace {

constexpr int kKillsAStore = 5; ///< then it is read to the end, compared, and a new one begun
constexpr std::uint64_t kStoresAKill = 4;
constexpr int kPatienceMs = 120'000;

std::uint64_t numberFrom(const char* variable, std::uint64_t fallback)
{
    bool isSet = false;
    const qulonglong value = qEnvironmentVariable(variable).toULongLong(&isSet);
    return isSet ? value : fallback;
}

class Shop {
public:
    explicit Shop(std::uint64_t seed)
    {
        sandbox::SandboxServer::Options options;
        options.seed = seed;
        options.returns = 40;
        options.speed = 0; // nothing happens by itself: every reading reads the same shop
        options.returngoCap = 1'000'000;
        options.shopifyBucket = 1'000'000;
        options.shopifyRestore = 100'000;
        m_server = std::make_unique<sandbox::SandboxServer>(options);
        if (!m_server->start() ||
            !m_server->writeSecrets(m_folder.filePath(QStringLiteral("secrets"))))
            throw std::runtime_error("the sandbox does not start");
    }
    /// The config of a store of its own; empty when it cannot be written.
    QString configOf(const QString& store)
    {
        auto config = nlohmann::json::parse(
            m_server
                ->configJson(m_folder.filePath(store), m_folder.filePath(QStringLiteral("secrets")))
                .toStdString());
        for (auto& site : config["sites"]) {
            site.erase("proof"); // its runs write to the shop: each store would read another one
            site["adapters"]["sparklayer"]["rate_per_s"] = 1000;
            site["adapters"]["returngo"]["budget"]["daily_cap"] = 1'000'000;
        }
        QFile file(m_folder.filePath(store + QStringLiteral(".json")));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(QByteArray::fromStdString(config.dump()));
        return file.fileName();
    }
    std::string normalForm(const QString& store)
    {
        store::OpenOptions options;
        options.now = [] { return fromMillis(QDateTime::currentMSecsSinceEpoch()); };
        auto opened =
            store::Store::open("sqlite:" + m_folder.filePath(store).toStdString(), options);
        EXPECT_TRUE(opened) << (opened ? "" : opened.error().detail);
        auto text = opened ? (*opened)->normalForm() : Result<std::string>(std::string());
        EXPECT_TRUE(text);
        return text.value_or("");
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<sandbox::SandboxServer> m_server;
};

struct Ending {
    bool isKilled = false;
    int code = -1;
    std::string said;
};

/// Runs one reading; kills it after @p killAfterMs, never when that is negative. The shop is served
/// meanwhile.
Ending read(const QString& config, int killAfterMs)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    QEventLoop loop;
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QObject::connect(&process, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    QTimer timer;
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, &process, &QProcess::kill);
    process.start(
        QStringLiteral(COUNTERFOIL_BINARY_DIR "/bin/counterfoilctl"),
        {QStringLiteral("--config"), config, QStringLiteral("sync"), QStringLiteral("--once")});
    timer.start(killAfterMs < 0 ? kPatienceMs : killAfterMs);
    loop.exec();
    if (process.state() != QProcess::NotRunning)
        process.waitForFinished();
    Ending ending;
    ending.isKilled = process.exitStatus() == QProcess::CrashExit;
    ending.code = process.exitCode();
    ending.said = process.readAll().toStdString();
    return ending;
}

std::string firstDifference(const std::string& left, const std::string& right)
{
    std::istringstream a(left), b(right);
    for (std::string lineA, lineB;;) {
        const bool hasA = static_cast<bool>(std::getline(a, lineA));
        const bool hasB = static_cast<bool>(std::getline(b, lineB));
        if (!hasA && !hasB)
            return {};
        if (!hasA || !hasB || lineA != lineB)
            return (hasA ? lineA : "(end)") + "\n" + (hasB ? lineB : "(end)");
    }
}

TEST(SandboxedKill, AReadingKilledAtAnyMomentEndsAsOneThatWasNot)
{
    const std::uint64_t kills = numberFrom("COUNTERFOIL_KILLS", 10);
    const std::uint64_t seed = numberFrom("COUNTERFOIL_SEED", std::random_device()());
    std::cout << "COUNTERFOIL_SEED=" << seed << ", " << kills << " kills\n";
    std::mt19937_64 random(seed);
    Shop shop(6);
    QElapsedTimer clock;
    clock.start();
    const Ending whole = read(shop.configOf(QStringLiteral("calm")), -1);
    ASSERT_FALSE(whole.isKilled);
    ASSERT_EQ(whole.code, 0) << whole.said;
    const auto wholeMs = static_cast<int>(clock.elapsed());
    const std::string expected = shop.normalForm(QStringLiteral("calm"));
    ASSERT_NE(expected.find("\nfinding "), std::string::npos);

    // Only a reading that was cut off counts; one that ended before its moment ends its store.
    std::uint64_t done = 0;
    for (std::uint64_t stores = 0; done < kills; ++stores) {
        ASSERT_LT(stores, kills * kStoresAKill) << "the moments are too late";
        const QString store = QStringLiteral("store-%1").arg(stores);
        const QString config = shop.configOf(store);
        bool hasEnded = false;
        for (int i = 0; i < kKillsAStore && done < kills && !hasEnded; ++i) {
            const int moment = std::uniform_int_distribution(1, wholeMs)(random);
            const Ending cut = read(config, moment);
            hasEnded = !cut.isKilled;
            done += cut.isKilled ? 1U : 0U;
        }
        const Ending last = read(config, -1);
        ASSERT_EQ(last.code, 0) << last.said;
        ASSERT_EQ(firstDifference(expected, shop.normalForm(store)), "") << "after " << done;
    }
}

} // namespace
} // namespace counterfoil

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
