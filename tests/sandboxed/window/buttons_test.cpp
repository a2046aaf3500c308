// Both buttons from the window to the end: keys and clicks of people, the engine on its thread, the
// platforms over HTTP; afterwards the platforms hold what the sheet predicted, exactly once.

#include <QComboBox>
#include <QDeadlineTimer>
#include <QTemporaryDir>
#include <QTest>

#include "app/sandbox/server/sandbox_server.h"
#include "app/sandbox/world/world.h"
#include "core/workspace/config.h"
#include "core/workspace/local_workspace.h"
#include "ui/actions/action_sheet.h"
#include "ui/actions/sheets.h"
#include "ui/casefile/case_pane.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/button.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <functional>

namespace counterfoil {
namespace {

using widgets::Button;

/// Longest wait for anything that people wait for here: reading, or hold, send and proof.
constexpr int kPatienceMillis = 90'000;

class WindowOnSandbox : public testing::Test {
protected:
    void SetUp() override
    {
        sandbox::SandboxServer::Options options;
        options.seed = 1;
        options.returns = 30;
        m_server = std::make_unique<sandbox::SandboxServer>(options);
        ASSERT_TRUE(m_server->start());
        for (const auto& [name, value] : sandbox::SandboxServer::environment())
            qputenv(name.constData(), value);
        auto json = nlohmann::json::parse(
            m_server->configJson(m_folder.filePath(QStringLiteral("store"))).toStdString());
        const auto config = workspace::parseConfig(json.dump());
        ASSERT_TRUE(config) << config.error().detail;
        ASSERT_TRUE(desk.open(*config, "priya"));
        ASSERT_TRUE(waitFor([this](auto done) {
            desk.readEverything(&m_context, [done](Result<void> read) { done(read.has_value()); });
        }));
        window = std::make_unique<shell::MainWindow>(&desk);
        window->resize(1440, 900);
        window->show();
        desk.startEngine();
    }
    void TearDown() override
    {
        window.reset();
        desk.stopEngine();
    }

    /// Runs the event loop until @p start called back; its answer, false when nothing came.
    bool waitFor(const std::function<void(std::function<void(bool)>)>& start)
    {
        std::optional<bool> answer;
        start([&answer](bool good) { answer = good; });
        static_cast<void>(
            QTest::qWaitFor([&answer] { return answer.has_value(); }, kPatienceMillis));
        return answer.value_or(false);
    }
    template <class T> std::optional<T> ask(const std::function<void(workspace::Answer<T>)>& start)
    {
        std::optional<T> out;
        waitFor([&](auto done) {
            start([&out, done](Result<T> answer) {
                if (answer)
                    out = *answer;
                done(answer.has_value());
            });
        });
        return out;
    }
    std::optional<view::CaseView> caseOf(const std::string& site, const CaseId& id)
    {
        return ask<view::CaseView>(
            [&](auto answer) { desk.readCase(&m_context, site, id, std::move(answer)); });
    }
    std::vector<view::ActionView> actions()
    {
        return ask<std::vector<view::ActionView>>(
                   [&](auto answer) { desk.readActions(&m_context, std::move(answer)); })
            .value_or(std::vector<view::ActionView>());
    }
    /// Waits until every action is in @p wanted or beyond it; their states then.
    std::vector<domain::ActionState> settled(std::size_t count, domain::ActionState wanted)
    {
        std::vector<domain::ActionState> states;
        QDeadlineTimer deadline(kPatienceMillis);
        while (!deadline.hasExpired()) {
            states.clear();
            bool isResting = true;
            for (const view::ActionView& action : actions()) {
                states.push_back(action.state);
                isResting = isResting && (action.state == domain::ActionState::Settled ||
                                          action.state == wanted);
            }
            if (isResting && states.size() == count)
                break;
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 200);
        }
        return states;
    }
    /// Sum of what all accounts of that currency owe, minor units, as the platform holds it.
    std::int64_t owed(const std::string& currency)
    {
        std::int64_t sum = 0;
        sandbox::World& world = m_server->world();
        for (std::size_t i = 0; i < world.customers.size(); ++i) {
            const auto figures = world.account(i);
            if (figures && world.customers[i].currency == currency)
                sum += figures->balance;
        }
        return sum;
    }
    std::int64_t postings(const std::string& what)
    {
        std::int64_t count = 0;
        for (const sandbox::Posting& posting : m_server->world().journal)
            count += posting.what == what ? 1 : 0;
        return count;
    }
    /// Opens the case in the window's drill-down and gives the keys to it.
    void openCase(const std::string& site, const CaseId& id)
    {
        window->casePane()->setVisible(true);
        window->casePane()->open(site, id);
        ASSERT_TRUE(QTest::qWaitFor(
            [&] { return !window->casePane()->shown().creditLabel.empty(); }, kPatienceMillis));
        window->casePane()->setFocus();
    }
    template <class T> T* part(const char* name)
    {
        T* found = nullptr;
        static_cast<void>(QTest::qWaitFor(
            [&] {
                found = window->findChild<T*>(QString::fromLatin1(name));
                return found != nullptr;
            },
            kPatienceMillis));
        return found;
    }
    /// Waits until the button may be pressed, then presses it.
    void press(QWidget* on, const char* name)
    {
        ASSERT_NE(on, nullptr);
        auto* button = on->findChild<Button*>(QString::fromLatin1(name));
        ASSERT_NE(button, nullptr) << name;
        ASSERT_TRUE(QTest::qWaitFor([button] { return button->isEnabled() && button->isVisible(); },
                                    kPatienceMillis))
            << name << ": " << button->toolTip().toStdString();
        button->click();
    }
    std::string auditState()
    {
        return ask<std::string>(
                   [&](auto answer) { desk.verifyAudit(&m_context, std::move(answer)); })
            .value_or("no answer");
    }

    QTemporaryDir m_folder;
    QObject m_context;
    std::unique_ptr<sandbox::SandboxServer> m_server;
    workspace::LocalWorkspace desk;
    std::unique_ptr<shell::MainWindow> window;
};

TEST_F(WindowOnSandbox, ACreditIsAskedForSignedSentOnceAndProved)
{
    std::optional<view::CaseView> found;
    const auto table = desk.queue();
    for (std::size_t i = 0; i < table->size() && !found; ++i) {
        const view::QueueRow row = table->row(i);
        const auto one = row.caseId.value.empty() ? std::nullopt : caseOf(row.site, row.caseId);
        if (one && one->credit.isAllowed && row.type == domain::FindingType::CreditNotPosted)
            found = one;
    }
    ASSERT_TRUE(found) << "seed 1 has no credit that may be issued";
    const auto plan = ask<view::CreditPreview>([&](auto answer) {
        desk.previewCredit(&m_context, found->site, found->id, false, std::move(answer));
    });
    ASSERT_TRUE(plan);
    ASSERT_TRUE(found->atRisk);
    const money::Money amount = *found->atRisk;
    const std::string currency(amount.currency().code());
    const std::int64_t before = owed(currency);
    const std::int64_t credits = postings("credited by console");

    openCase(found->site, found->id);
    Q_EMIT window->casePane()->creditWanted();
    auto* sheet = part<QWidget>("creditSheet");
    auto* reason = part<QComboBox>("reasonCode");
    ASSERT_NE(reason, nullptr);
    ASSERT_TRUE(QTest::qWaitFor([reason] { return reason->count() > 0; }, kPatienceMillis));
    reason->setCurrentIndex(0);
    press(sheet, "primary");
    ASSERT_TRUE(QTest::qWaitFor([this] { return !actions().empty(); }, kPatienceMillis));
    ASSERT_EQ(actions().size(), 1U);
    EXPECT_EQ(owed(currency), before) << "nothing may leave before it is signed and held";
    if (actions().front().state == domain::ActionState::Proposed) {
        desk.setPerson("tom");
        openCase(found->site, found->id);
        press(part<QWidget>("pendingStrip"), "approve");
    }
    const auto states = settled(1, domain::ActionState::Settled);
    ASSERT_EQ(states.size(), 1U);
    EXPECT_EQ(states[0], domain::ActionState::Settled) << actions().front().stateText;

    EXPECT_EQ(before - owed(currency), amount.minor()) << "the account owes less by the credit";
    EXPECT_EQ(postings("credited by console") - credits, 1);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            const auto now = caseOf(found->site, found->id);
            return now && std::none_of(now->findings.begin(), now->findings.end(),
                                       [](const view::QueueRow& row) {
                                           return row.type == domain::FindingType::CreditNotPosted;
                                       });
        },
        kPatienceMillis))
        << "the exception closes by itself";
    EXPECT_EQ(auditState().substr(0, 8), "Unbroken");
}

TEST_F(WindowOnSandbox, AReleaseMovesInspectedStockOnce)
{
    desk.setPerson("nora");
    const auto board = ask<view::QuarantineView>(
        [&](auto answer) { desk.readQuarantine(&m_context, std::move(answer)); });
    ASSERT_TRUE(board);
    std::optional<view::LotView> lot;
    for (const view::LotView& one : board->lots) {
        std::vector<domain::Inspection> rows;
        for (const view::InspectionUnit& unit : one.rows) {
            domain::Inspection row;
            row.rma = RmaId(one.rma);
            row.unit = unit.unit;
            rows.push_back(std::move(row));
        }
        waitFor([&](auto done) {
            desk.inspect(&m_context, one.site, one.caseId, std::move(rows),
                         [done](Result<void> kept) { done(kept.has_value()); });
        });
        const auto plan = ask<view::ReleasePreview>([&](auto answer) {
            desk.previewRelease(&m_context, one.site, one.caseId, std::move(answer));
        });
        if (plan && plan->release.isAllowed && plan->lines.size() == 1) {
            lot = one;
            break;
        }
    }
    ASSERT_TRUE(lot) << "seed 1 has no lot that may be released";
    const std::int64_t moves = postings("adjusted by console");

    openCase(lot->site, lot->caseId);
    Q_EMIT window->casePane()->releaseWanted();
    press(part<QWidget>("releaseSheet"), "primary");
    ASSERT_TRUE(QTest::qWaitFor([this] { return !actions().empty(); }, kPatienceMillis));
    EXPECT_EQ(postings("adjusted by console"), moves) << "held before it is sent";
    // Shopify's answer was read; that SparkLayer shows it too takes its own loop's time.
    const auto states = settled(1, domain::ActionState::Confirmed);
    ASSERT_EQ(states.size(), 1U);
    EXPECT_TRUE(states[0] == domain::ActionState::Confirmed ||
                states[0] == domain::ActionState::Settled)
        << actions().front().stateText;
    EXPECT_EQ(postings("adjusted by console") - moves, 2) << "out of quarantine, into sellable";
    const auto after = ask<view::QuarantineView>(
        [&](auto answer) { desk.readQuarantine(&m_context, std::move(answer)); });
    ASSERT_TRUE(after);
    EXPECT_TRUE(std::none_of(after->lots.begin(), after->lots.end(), [&](const view::LotView& one) {
        return one.id == lot->id;
    })) << "what was released is off the board";
    EXPECT_EQ(auditState().substr(0, 8), "Unbroken");
}

} // namespace
} // namespace counterfoil
