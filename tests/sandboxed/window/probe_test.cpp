// The Test buttons of the first run: one read of a platform over HTTP, and what a person is told.

#include <QTemporaryDir>
#include <QTest>

#include "app/sandbox/server/sandbox_server.h"
#include "core/workspace/connection_probe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace counterfoil {
namespace {

constexpr int kPatienceMillis = 60'000;

class ConnectionProbe : public testing::Test {
protected:
    void SetUp() override
    {
        sandbox::SandboxServer::Options options;
        options.seed = 3;
        options.returns = 5;
        m_server = std::make_unique<sandbox::SandboxServer>(options);
        ASSERT_TRUE(m_server->start());
        for (const auto& [name, value] : sandbox::SandboxServer::environment())
            qputenv(name.constData(), value);
        const auto parsed = workspace::parseConfig(
            m_server->configJson(m_folder.filePath(QStringLiteral("store"))).toStdString());
        ASSERT_TRUE(parsed) << parsed.error().detail;
        config = *parsed;
    }

    /// Runs the probe beside the event loop that serves the sandbox.
    std::vector<view::DoctorCheck> probe(Platform platform)
    {
        std::vector<view::DoctorCheck> out;
        std::atomic<bool> isDone = false;
        std::thread worker([&] {
            out = workspace::probeConnection(config, platform);
            isDone = true;
        });
        EXPECT_TRUE(QTest::qWaitFor([&isDone] { return isDone.load(); }, kPatienceMillis));
        worker.join();
        return out;
    }

    static bool isGood(const std::vector<view::DoctorCheck>& checks)
    {
        return !checks.empty() && std::all_of(checks.begin(), checks.end(), [](const auto& check) {
            return check.state == view::CheckState::Passed;
        });
    }

    workspace::WorkspaceConfig config;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<sandbox::SandboxServer> m_server;
};

TEST_F(ConnectionProbe, EveryPlatformOfTheSandboxAnswers)
{
    for (const Platform platform : {Platform::Shopify, Platform::SparkLayer, Platform::ReturnGo}) {
        const auto checks = probe(platform);
        EXPECT_TRUE(isGood(checks))
            << platformName(platform) << ": "
            << (checks.empty() ? "nothing" : checks.back().text + " " + checks.back().detail);
    }
}

TEST_F(ConnectionProbe, AWrongKeyIsNamed)
{
    for (const auto& [name, value] : sandbox::SandboxServer::environment())
        qputenv(name.constData(), "wrong");
    for (const Platform platform : {Platform::Shopify, Platform::SparkLayer, Platform::ReturnGo}) {
        const auto checks = probe(platform);
        ASSERT_FALSE(checks.empty());
        EXPECT_EQ(checks.back().state, view::CheckState::Blocking) << platformName(platform);
        EXPECT_NE(checks.back().text.find("cannot be read"), std::string::npos);
        EXPECT_FALSE(checks.back().detail.empty());
    }
}

TEST_F(ConnectionProbe, AnotherCurrencyThanTheShopsIsPointedOut)
{
    config.sites.front().site.currency = *money::Currency::fromCode("USD");
    const auto checks = probe(Platform::Shopify);
    const auto found = std::find_if(checks.begin(), checks.end(),
                                    [](const auto& check) { return check.id == "currency"; });
    ASSERT_NE(found, checks.end());
    EXPECT_EQ(found->state, view::CheckState::Attention);
    EXPECT_NE(found->detail.find("USD"), std::string::npos);
}

} // namespace
} // namespace counterfoil
