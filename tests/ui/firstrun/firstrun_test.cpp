#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/workspace/config.h"
#include "tests/ui/health/pictures.h"
#include "ui/firstrun/first_run_wizard.h"
#include "ui/firstrun/setup_answers.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented_control.h"

#include <gtest/gtest.h>

namespace counterfoil::firstrun {
namespace {

using tests::savePictures;
using widgets::Button;

constexpr auto kSecret = "shpat_made_up_secret_41";

SetupAnswers complete()
{
    SetupAnswers a;
    a.siteId = "uk";
    a.siteName = "Larkfield Supply UK";
    a.currency = "GBP";
    a.timezone = "Europe/London";
    a.shopifyUrl = "larkfield-uk.myshopify.com/";
    a.shopifyToken = {SecretPlace::KeyStore, "uk/shopify", true};
    a.sparklayerSiteId = "larkfield";
    a.sparklayerClientId = "console";
    a.sparklayerSecret = {SecretPlace::Environment, "SPARK_SECRET", false};
    a.returngoShop = "larkfield-uk.myshopify.com";
    a.returngoKey = {SecretPlace::File, "/home/priya/.secrets/returngo", false};
    a.personName = "Priya Shah";
    a.personLogin = "priya";
    a.creditRoute = "metafield";
    a.quarantineLocations = "11";
    a.sellableLocations = "22, gid://shopify/Location/23";
    a.outletLocations = "33";
    a.goLive = "2026-11-01";
    a.storeFolder = "/home/priya/.local/share/counterfoil";
    return a;
}

TEST(SetupAnswers, theConfigIsWhatTheProgramReads)
{
    const SetupAnswers answers = complete();
    for (int step = 0; step < kStepCount; ++step)
        EXPECT_TRUE(problemsOf(static_cast<Step>(step), answers).empty()) << step;
    const auto parsed = workspace::parseConfig(configJson(answers));
    ASSERT_TRUE(parsed) << parsed.error().detail;
    EXPECT_EQ(parsed->person, "priya");
    ASSERT_EQ(parsed->sites.size(), 1U);
    const workspace::SiteConfig& site = parsed->sites[0];
    EXPECT_EQ(site.shopify.url, "https://larkfield-uk.myshopify.com");
    ASSERT_TRUE(site.shopify.token);
    EXPECT_EQ(site.shopify.token->kind, http::SecretRef::Kind::Keychain);
    EXPECT_EQ(site.shopify.token->name, "uk/shopify");
    ASSERT_TRUE(site.sparklayer);
    EXPECT_EQ(site.sparklayer->clientSecret.kind, http::SecretRef::Kind::Environment);
    ASSERT_TRUE(site.returngo);
    EXPECT_EQ(site.returngo->apiKey.kind, http::SecretRef::Kind::File);
    const domain::Policy& policy = site.site.policy;
    EXPECT_EQ(policy.creditRoute, "metafield");
    EXPECT_EQ(policy.approveAloneMinor, 5000);
    EXPECT_EQ(policy.approveLeadMinor, 500000);
    EXPECT_EQ(policy.destinationA, "gid://shopify/Location/22");
    EXPECT_EQ(policy.destinationB, "gid://shopify/Location/33");
    EXPECT_EQ(policy.locations.size(), 4U);
    EXPECT_TRUE(policy.goLive);
}

TEST(SetupAnswers, skippedMoneyRulesLeaveItReadOnly)
{
    SetupAnswers answers = complete();
    answers.hasMoneyRules = false;
    answers.hasSparklayer = false;
    answers.hasReturngo = false;
    const auto parsed = workspace::parseConfig(configJson(answers));
    ASSERT_TRUE(parsed) << parsed.error().detail;
    EXPECT_EQ(parsed->sites[0].site.policy.creditRoute, "none");
    EXPECT_TRUE(parsed->sites[0].site.people.empty());
    EXPECT_FALSE(parsed->sites[0].sparklayer);
    EXPECT_FALSE(parsed->sites[0].returngo);
}

struct Wrong {
    Step step;
    const char* field;
    void (*spoil)(SetupAnswers&);
};

TEST(SetupAnswers, eachFieldSaysWhatIsWrong)
{
    const Wrong rows[] = {
        {Step::Shopify, "shopifyUrl", [](SetupAnswers& a) { a.shopifyUrl = ""; }},
        {Step::Shopify, "shopifyUrl", [](SetupAnswers& a) { a.shopifyUrl = "ftp://shop.com"; }},
        {Step::Shopify, "shopifyUrl", [](SetupAnswers& a) { a.shopifyUrl = "http://shop.com"; }},
        {Step::Shopify, "shopifyUrl", [](SetupAnswers& a) { a.shopifyUrl = "my shop"; }},
        {Step::Shopify, "shopifyToken", [](SetupAnswers& a) { a.shopifyToken.isKept = false; }},
        {Step::Shopify, "currency", [](SetupAnswers& a) { a.currency = "POUND"; }},
        {Step::Shopify, "siteId", [](SetupAnswers& a) { a.siteId = "u k"; }},
        {Step::SparkLayer, "sparklayerSecret",
         [](SetupAnswers& a) { a.sparklayerSecret.name = "9 LIVES"; }},
        {Step::SparkLayer, "sparklayerSiteId", [](SetupAnswers& a) { a.sparklayerSiteId = " "; }},
        {Step::ReturnGo, "returngoKey", [](SetupAnswers& a) { a.returngoKey.name = "key.txt"; }},
        {Step::MoneyRules, "limitTwo", [](SetupAnswers& a) { a.limitTwo = "lots"; }},
        {Step::MoneyRules, "limitAlone", [](SetupAnswers& a) { a.limitAlone = "-5"; }},
        {Step::MoneyRules, "sellableLocations",
         [](SetupAnswers& a) { a.sellableLocations = "Hull"; }},
        {Step::MoneyRules, "sellableLocations",
         [](SetupAnswers& a) { a.sellableLocations = "11"; }},
        {Step::MoneyRules, "personLogin", [](SetupAnswers& a) { a.personLogin = "priya shah"; }},
        {Step::GoLive, "goLive", [](SetupAnswers& a) { a.goLive = "tomorrow"; }},
        {Step::GoLive, "storeFolder", [](SetupAnswers& a) { a.storeFolder = "store"; }},
    };
    for (const Wrong& row : rows) {
        SetupAnswers answers = complete();
        row.spoil(answers);
        const auto problems = problemsOf(row.step, answers);
        ASSERT_EQ(problems.size(), 1U) << row.field;
        EXPECT_EQ(problems[0].field, row.field);
        EXPECT_FALSE(problems[0].text.empty());
    }
}

class WizardTest : public testing::Test {
protected:
    void SetUp() override
    {
        ASSERT_TRUE(folder.isValid());
        path = folder.filePath(QStringLiteral("new/config.json"));
        wizard.setPaths(path, folder.filePath(QStringLiteral("store")));
        SetupServices services;
        services.keepSecret = [this](QObject*, const std::string& name, const std::string& secret,
                                     const SetupServices::Kept& kept) {
            secrets.emplace_back(name, secret);
            kept(keeps);
        };
        services.test = [this](QObject*, Step step, const SetupAnswers& answers,
                               const SetupServices::Tested& tested) {
            tests.emplace_back(step, answers);
            tested(
                {{"address", "Address answers", "180 ms", view::CheckState::Passed},
                 {"key", "Key accepted", "", view::CheckState::Passed},
                 {"write", "Writing is not proven yet", "stays off", view::CheckState::Attention}});
        };
        wizard.setServices(services);
        wizard.resize(1440, 900);
        wizard.show();
        wizard.activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&wizard));
    }
    /// The one on the page in hand where several pages have it, else the only one.
    template <class T> T* find(const char* name)
    {
        const auto all = wizard.findChildren<T*>(QString::fromLatin1(name));
        EXPECT_FALSE(all.isEmpty()) << name;
        for (T* each : all) {
            if (each->isVisible())
                return each;
        }
        return all.isEmpty() ? nullptr : all.front();
    }
    void type(const char* field, const char* text)
    {
        auto* edit = find<QLineEdit>(field);
        edit->clear();
        QTest::keyClicks(edit, QString::fromUtf8(text));
    }
    void next() { find<Button>("primary")->click(); }
    void answerShopify()
    {
        type("shopifyUrl", "larkfield-uk.myshopify.com");
        type("shopifyToken", kSecret);
        type("siteId", "uk");
        type("currency", "gbp");
    }

    QTemporaryDir folder;
    QString path;
    FirstRunWizard wizard;
    std::vector<std::pair<std::string, std::string>> secrets;
    std::vector<std::pair<Step, SetupAnswers>> tests;
    Result<void> keeps;
};

TEST_F(WizardTest, walksToAFileThatTheProgramReadsAndHoldsNoSecret)
{
    QSignalSpy finished(&wizard, &FirstRunWizard::finished);
    answerShopify();
    next();
    ASSERT_EQ(wizard.step(), Step::SparkLayer);
    type("sparklayerSiteId", "larkfield");
    type("sparklayerClientId", "console");
    type("sparklayerSecret", "spark-secret-made-up");
    next();
    ASSERT_EQ(wizard.step(), Step::ReturnGo);
    EXPECT_EQ(find<QLineEdit>("returngoShop")->text(),
              QStringLiteral("larkfield-uk.myshopify.com"));
    type("returngoKey", "returngo-secret-made-up");
    savePictures(wizard, QStringLiteral("first-run"));
    next();
    ASSERT_EQ(wizard.step(), Step::Erp);
    next();
    ASSERT_EQ(wizard.step(), Step::MoneyRules);
    type("personName", "Priya Shah");
    type("personLogin", "priya");
    type("quarantineLocations", "11");
    type("sellableLocations", "22");
    savePictures(wizard, QStringLiteral("first-run-money"));
    next();
    ASSERT_EQ(wizard.step(), Step::GoLive);
    next();
    ASSERT_TRUE(finished.wait(5000)) << find<QLabel>("firstRunSaid")->text().toStdString();
    EXPECT_EQ(finished[0][0].toString(), path);
    const auto config = workspace::loadConfig(path.toStdString());
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_EQ(config->sites[0].shopify.token->name, "uk/shopify");
    ASSERT_EQ(secrets.size(), 3U);
    EXPECT_EQ(secrets[0], (std::pair<std::string, std::string>("uk/shopify", kSecret)));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    for (const auto& [name, secret] : secrets)
        EXPECT_FALSE(text.contains(secret.c_str())) << name;
    EXPECT_EQ(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
              QFileDevice::Permissions());
}

TEST_F(WizardTest, aWrongFieldSaysSoAndHoldsTheStep)
{
    answerShopify();
    type("currency", "nonsense");
    next();
    EXPECT_EQ(wizard.step(), Step::Shopify);
    auto* error = find<QLabel>("currencyError");
    EXPECT_FALSE(error->isHidden());
    EXPECT_TRUE(find<QLineEdit>("currency")->hasFocus());
    EXPECT_TRUE(find<QLabel>("shopifyUrlError")->isHidden());
    type("currency", "GBP");
    next();
    EXPECT_EQ(wizard.step(), Step::SparkLayer);
}

TEST_F(WizardTest, aKeyStoreThatRefusesHoldsTheStep)
{
    keeps = fail(ErrorCode::Config, "the key store is locked");
    answerShopify();
    next();
    EXPECT_EQ(wizard.step(), Step::Shopify);
    EXPECT_FALSE(find<QLabel>("firstRunSaid")->text().isEmpty());
    keeps = {};
    next();
    EXPECT_EQ(wizard.step(), Step::SparkLayer);
    EXPECT_TRUE(find<QLineEdit>("shopifyToken")->text().isEmpty()) << "what was typed is forgotten";
}

TEST_F(WizardTest, withoutAKeyStoreAReferenceIsNeeded)
{
    wizard.setServices({});
    answerShopify();
    type("shopifyToken", "SHOPIFY_TOKEN");
    next();
    EXPECT_EQ(wizard.step(), Step::SparkLayer);
    EXPECT_EQ(wizard.answers().shopifyToken.place, SecretPlace::Environment);
    EXPECT_EQ(wizard.answers().shopifyToken.name, "SHOPIFY_TOKEN");
    for (Button* test : wizard.findChildren<Button*>(QStringLiteral("testButton")))
        EXPECT_FALSE(test->isEnabled());
}

TEST_F(WizardTest, aTestShowsItsResultAndAChangedAnswerForgetsIt)
{
    answerShopify();
    find<Button>("testButton")->click();
    ASSERT_EQ(tests.size(), 1U);
    EXPECT_EQ(tests[0].first, Step::Shopify);
    EXPECT_TRUE(tests[0].second.shopifyToken.isKept);
    EXPECT_TRUE(find<QLabel>("testSum")->text().startsWith(QStringLiteral("2 of 3 passed")));
    savePictures(wizard, QStringLiteral("first-run-test"));
    type("siteName", "Larkfield");
    EXPECT_TRUE(find<QLabel>("testSum")->text().isEmpty());
}

TEST_F(WizardTest, skippingMoneyRulesStaysReadOnly)
{
    QSignalSpy finished(&wizard, &FirstRunWizard::finished);
    answerShopify();
    next();
    find<Button>("skipButton")->click();
    find<Button>("skipButton")->click();
    ASSERT_EQ(wizard.step(), Step::Erp);
    next();
    find<Button>("skipButton")->click();
    next();
    ASSERT_TRUE(finished.wait(5000));
    const auto config = workspace::loadConfig(path.toStdString());
    ASSERT_TRUE(config) << config.error().detail;
    EXPECT_EQ(config->sites[0].site.policy.creditRoute, "none");
    EXPECT_FALSE(config->sites[0].returngo);
}

TEST_F(WizardTest, neverWritesOverAFileThatIsThere)
{
    path = folder.filePath(QStringLiteral("mine.json"));
    QFile mine(path);
    ASSERT_TRUE(mine.open(QIODevice::WriteOnly));
    mine.write("{}");
    mine.close();
    wizard.setPaths(path, folder.filePath(QStringLiteral("store")));
    answerShopify();
    next();
    find<Button>("skipButton")->click();
    find<Button>("skipButton")->click();
    next();
    find<Button>("skipButton")->click();
    next();
    auto* said = find<QLabel>("firstRunSaid");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !said->text().isEmpty(); }, 5000));
    EXPECT_TRUE(said->text().contains(QStringLiteral("is there already")));
    ASSERT_TRUE(mine.open(QIODevice::ReadOnly));
    EXPECT_EQ(mine.readAll(), QByteArray("{}"));
}

TEST_F(WizardTest, sampleDataIsOnePressAway)
{
    QSignalSpy sample(&wizard, &FirstRunWizard::useSampleData);
    find<Button>("sampleButton")->click();
    EXPECT_EQ(sample.size(), 1);
}

} // namespace
} // namespace counterfoil::firstrun
