#include "ui/firstrun/first_run_wizard.h"

#include "core/phrases/phrases.h"
#include "core/workspace/config.h"
#include "ui/firstrun/form_column.h"
#include "ui/firstrun/secret_field.h"
#include "ui/firstrun/wizard_parts.h"
#include "ui/firstrun/wizard_words.h"
#include "ui/theme/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"

#include <QCoreApplication>
#include <QDate>
#include <QDir>
#include <QFile>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPointer>
#include <QSaveFile>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QThreadPool>
#include <QTimeZone>
#include <QVBoxLayout>

namespace counterfoil::firstrun {

using theme::FontRole;
using theme::Theme;
using widgets::Button;
using widgets::ButtonKind;
using widgets::PlainLabel;

namespace {

constexpr int kFormWidth = 452;
constexpr int kTestWidth = 440;
constexpr int kBodyWidth = 932;
constexpr int kMargin = 64;

/// Written with the owner's rights only; never over a file that is there. Worker thread. Empty when
/// it is done, else why not.
QString writeConfig(const QString& path, const QByteArray& text)
{
    const QFileInfo info(path);
    if (info.exists())
        return FirstRunWizard::tr("%1 is there already; nothing was written.").arg(path);
    if (!QDir().mkpath(info.absolutePath()))
        return FirstRunWizard::tr("The folder %1 cannot be made.").arg(info.absolutePath());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return FirstRunWizard::tr("%1: %2").arg(path, file.errorString());
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (file.write(text) != text.size() || !file.commit())
        return FirstRunWizard::tr("%1: %2").arg(path, file.errorString());
    return {};
}

} // namespace

FirstRunWizard::FirstRunWizard(QWidget* parent)
    : QWidget(parent), m_rail(new StepRail(this)), m_pages(new QStackedWidget(this)),
      m_said(new PlainLabel({}, FontRole::Small, &Theme::crit, this)),
      m_configPath(QString::fromStdString(workspace::defaultConfigPath()))
{
    widgets::nameWidget(this, QStringLiteral("firstRun"), tr("Set up Counterfoil"));
    layOut();
    connect(m_rail, &StepRail::picked, this, &FirstRunWizard::goTo);
    setPaths(m_configPath, QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                               QStringLiteral("/counterfoil"));
    setServices({});
    goTo(0);
}

void FirstRunWizard::layOut()
{
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    for (int step = 0; step < kStepCount; ++step)
        m_pages->addWidget(makePage(static_cast<Step>(step)));
    right->addWidget(m_pages, 1);
    right->addWidget(makeFoot());
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addLayout(right, 1);
}

QWidget* FirstRunWizard::makeFoot()
{
    auto* foot = new WizardFoot(this);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(kMargin, 16, kMargin, 16);
    row->setSpacing(12);
    m_back = new Button(tr("Back"), ButtonKind::Plain, foot);
    widgets::nameWidget(m_back, QStringLiteral("backButton"), tr("Back"));
    m_said->setObjectName(QStringLiteral("firstRunSaid"));
    m_said->setWordWrap(true);
    auto* sample = new Button(tr("Use sample data instead"), ButtonKind::Quiet, foot);
    widgets::nameWidget(sample, QStringLiteral("sampleButton"), sample->text());
    m_skip = new Button(tr("Skip this step"), ButtonKind::Quiet, foot);
    widgets::nameWidget(m_skip, QStringLiteral("skipButton"), tr("Skip this step"));
    m_next = new Button(tr("Continue"), ButtonKind::Primary, foot);
    widgets::nameWidget(m_next, QStringLiteral("primary"), tr("Continue"));
    m_next->setKeyHint(QStringLiteral("↵"));
    row->addWidget(m_back);
    row->addWidget(m_said, 1);
    row->addWidget(sample);
    row->addWidget(m_skip);
    row->addWidget(m_next);
    connect(m_back, &Button::clicked, this, [this] { goTo(m_step - 1); });
    connect(m_skip, &Button::clicked, this, &FirstRunWizard::skip);
    connect(m_next, &Button::clicked, this, &FirstRunWizard::goOn);
    connect(sample, &Button::clicked, this, &FirstRunWizard::useSampleData);
    return foot;
}

QWidget* FirstRunWizard::makePage(Step step)
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(kMargin, 44, kMargin, 28);
    column->setSpacing(0);
    column->addWidget(
        new PlainLabel(tr("Step %1 of %2").arg(static_cast<int>(step) + 1).arg(kStepCount),
                       FontRole::Small, &Theme::text2, page));
    auto* title = new PlainLabel(stepTitle(step), FontRole::Display, &Theme::text, page);
    title->setObjectName(QStringLiteral("stepTitle%1").arg(static_cast<int>(step)));
    column->addWidget(title);
    column->addSpacing(6);
    auto* lead = new PlainLabel(stepLead(step), FontRole::Body, &Theme::text2, page);
    lead->setWordWrap(true);
    lead->setMaximumWidth(600);
    column->addWidget(lead);
    column->addSpacing(28);

    Page& parts = m_parts[static_cast<std::size_t>(step)];
    parts.form = new FormColumn(page);
    parts.form->setMaximumWidth(kFormWidth);
    auto* row = new QHBoxLayout;
    row->setSpacing(40);
    row->addWidget(parts.form, 1);
    if (step <= Step::ReturnGo) {
        parts.test = new TestCard(page);
        parts.test->setMaximumWidth(kTestWidth);
        row->addWidget(parts.test, 1);
        connect(parts.test, &TestCard::requested, this, &FirstRunWizard::runTest);
        connect(parts.form, &FormColumn::changed, this, [this, at = static_cast<int>(step)] {
            if (m_services.test)
                m_parts[static_cast<std::size_t>(at)].test->reset();
        });
    }
    row->addStretch();
    column->addLayout(row);
    if (const StepUses uses = stepUses(step); !uses.reads.isEmpty()) {
        column->addSpacing(24);
        column->addWidget(new PlainLabel(tr("What this connection is used for"),
                                         FontRole::BodyStrong, &Theme::text, page));
        column->addSpacing(8);
        auto* cards = new UseCards(uses.reads, uses.writes, uses.cannot, page);
        cards->setMaximumWidth(kBodyWidth);
        column->addWidget(cards);
    }
    column->addStretch(1);
    switch (step) {
    case Step::Shopify:
        fillShopify(*parts.form);
        break;
    case Step::SparkLayer:
        fillSparklayer(*parts.form);
        break;
    case Step::ReturnGo:
        fillReturngo(*parts.form);
        break;
    case Step::Erp:
        parts.form->addWords(tr("No ERP is read yet. Its credit notes stay outside what is "
                                "compared; nothing is judged about them."));
        break;
    case Step::MoneyRules:
        fillMoneyRules(*parts.form);
        break;
    case Step::GoLive:
        parts.form->addText(
            QStringLiteral("goLive"), tr("Go-live line"),
            QDate::currentDate().toString(Qt::ISODate).toStdString(),
            tr("What was finished before this day is history and is not opened. Empty: "
               "everything is judged."));
        parts.form->addText(QStringLiteral("storeFolder"), tr("Folder of the local copy"), {});
        parts.form->addWords(tr("The first read begins when you finish. It reads all open returns "
                                "and the orders of the last 60 days."));
        break;
    }
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(page);
    return scroll;
}

void FirstRunWizard::fillShopify(FormColumn& form)
{
    const SetupAnswers start;
    form.addText(QStringLiteral("shopifyUrl"), tr("Shop address"), {},
                 tr("The address that ends in myshopify.com."));
    m_parts[0].secret = form.addSecret(QStringLiteral("shopifyToken"), tr("Admin API token"));
    form.addText(QStringLiteral("siteName"), tr("Name shown"), {});
    form.addText(QStringLiteral("siteId"), tr("Short id"), start.siteId,
                 tr("For the command line and the filter, for example uk."));
    form.addText(QStringLiteral("currency"), tr("Currency of the shop"), {});
    form.addText(QStringLiteral("timezone"), tr("Time zone"),
                 QTimeZone::systemTimeZoneId().toStdString());
    form.addText(QStringLiteral("apiVersion"), tr("API version"), start.apiVersion);
}

void FirstRunWizard::fillSparklayer(FormColumn& form)
{
    const SetupAnswers start;
    form.addText(QStringLiteral("sparklayerSiteId"), tr("Site id"), {});
    form.addText(QStringLiteral("sparklayerClientId"), tr("Client id"), {});
    m_parts[1].secret = form.addSecret(QStringLiteral("sparklayerSecret"), tr("Client secret"));
    form.addText(QStringLiteral("sparklayerUrl"), tr("Address"), start.sparklayerUrl);
}

void FirstRunWizard::fillReturngo(FormColumn& form)
{
    const SetupAnswers start;
    m_parts[2].secret = form.addSecret(QStringLiteral("returngoKey"), tr("API key"));
    form.addText(QStringLiteral("returngoShop"), tr("Shop name"), {},
                 tr("As ReturnGO knows it; mostly the same as in Shopify."));
    form.addText(QStringLiteral("returngoUrl"), tr("Address"), start.returngoUrl);
}

void FirstRunWizard::fillMoneyRules(FormColumn& form)
{
    const SetupAnswers start;
    form.addText(QStringLiteral("personName"), tr("Who sits here"), {});
    form.addText(QStringLiteral("personLogin"), tr("Login"),
                 qEnvironmentVariable("USER").toStdString());
    form.addChoice(QStringLiteral("personRole"), tr("Role"), roleChoices(), start.personRole);
    form.addChoice(QStringLiteral("creditRoute"), tr("How an account credit is issued"),
                   routeChoices(), start.creditRoute,
                   tr("It stays locked until its proof run has passed."));
    form.addChoice(QStringLiteral("inspection"), tr("Credit waits for inspection"),
                   inspectionChoices(), start.inspection);
    form.addText(QStringLiteral("limitAlone"), tr("One person alone up to"), start.limitAlone);
    form.addText(QStringLiteral("limitTwo"), tr("Two people up to"), start.limitTwo);
    form.addText(QStringLiteral("limitLead"), tr("With the finance lead up to"), start.limitLead);
    form.addText(QStringLiteral("quarantineLocations"), tr("Quarantine locations"), {},
                 tr("Numbers from Shopify's location pages, with commas. Without them nothing is "
                    "judged about stock."));
    form.addText(QStringLiteral("sellableLocations"), tr("Sellable locations"), {});
    form.addText(QStringLiteral("outletLocations"), tr("Outlet locations"), {},
                 tr("B-grade goods go to the first of them."));
}

void FirstRunWizard::setPaths(const QString& configPath, const QString& storeFolder)
{
    m_configPath = configPath;
    if (auto* folder = findChild<QLineEdit*>(QStringLiteral("storeFolder")))
        folder->setText(storeFolder);
}

void FirstRunWizard::setServices(SetupServices services)
{
    m_services = std::move(services);
    for (Page& part : m_parts) {
        if (part.secret)
            part.secret->setKeyStoreAvailable(static_cast<bool>(m_services.keepSecret));
        if (part.test && m_services.test)
            part.test->reset();
        else if (part.test)
            part.test->setBlocked(tr("Nothing can be tested here; counterfoilctl doctor does."));
    }
}

std::string FirstRunWizard::entryOf(Step step) const
{
    const char* word = step == Step::Shopify      ? "shopify"
                       : step == Step::SparkLayer ? "sparklayer"
                                                  : "returngo";
    return m_parts[0].form->text(QStringLiteral("siteId")) + "/" + word;
}

SetupAnswers FirstRunWizard::answers() const
{
    SetupAnswers out;
    const auto text = [this](Step step, const char* field) {
        return m_parts[static_cast<std::size_t>(step)].form->text(QString::fromLatin1(field));
    };
    const auto secret = [this](Step step) {
        return m_parts[static_cast<std::size_t>(step)].secret->answer(entryOf(step));
    };
    out.shopifyUrl = text(Step::Shopify, "shopifyUrl");
    out.siteName = text(Step::Shopify, "siteName");
    out.siteId = text(Step::Shopify, "siteId");
    out.currency = QString::fromStdString(text(Step::Shopify, "currency")).toUpper().toStdString();
    out.timezone = text(Step::Shopify, "timezone");
    out.apiVersion = text(Step::Shopify, "apiVersion");
    out.shopifyToken = secret(Step::Shopify);
    out.hasSparklayer = m_hasSparklayer;
    out.sparklayerUrl = text(Step::SparkLayer, "sparklayerUrl");
    out.sparklayerSiteId = text(Step::SparkLayer, "sparklayerSiteId");
    out.sparklayerClientId = text(Step::SparkLayer, "sparklayerClientId");
    out.sparklayerSecret = secret(Step::SparkLayer);
    out.hasReturngo = m_hasReturngo;
    out.returngoUrl = text(Step::ReturnGo, "returngoUrl");
    out.returngoShop = text(Step::ReturnGo, "returngoShop");
    out.returngoKey = secret(Step::ReturnGo);
    out.hasMoneyRules = m_hasMoneyRules;
    out.personName = text(Step::MoneyRules, "personName");
    out.personLogin = text(Step::MoneyRules, "personLogin");
    out.personRole = text(Step::MoneyRules, "personRole");
    out.creditRoute = text(Step::MoneyRules, "creditRoute");
    out.inspection = text(Step::MoneyRules, "inspection");
    out.limitAlone = text(Step::MoneyRules, "limitAlone");
    out.limitTwo = text(Step::MoneyRules, "limitTwo");
    out.limitLead = text(Step::MoneyRules, "limitLead");
    out.quarantineLocations = text(Step::MoneyRules, "quarantineLocations");
    out.sellableLocations = text(Step::MoneyRules, "sellableLocations");
    out.outletLocations = text(Step::MoneyRules, "outletLocations");
    out.goLive = text(Step::GoLive, "goLive");
    out.storeFolder = text(Step::GoLive, "storeFolder");
    return out;
}

std::array<QString, kStepCount> FirstRunWizard::notes() const
{
    const SetupAnswers a = answers();
    const auto host = [](const std::string& address) {
        return QString::fromStdString(addressOf(address)).section(QStringLiteral("://"), 1);
    };
    const QString skipped = tr("Skipped");
    return {m_step > 0 ? host(a.shopifyUrl) : tr("Address and token"),
            m_step <= 1       ? tr("Prices and account balances")
            : a.hasSparklayer ? tr("Site %1").arg(QString::fromStdString(a.sparklayerSiteId))
                              : skipped,
            m_step <= 2     ? tr("Returns and inspections")
            : a.hasReturngo ? QString::fromStdString(a.returngoShop)
                            : skipped,
            tr("Can be added later"),
            m_step <= 4       ? tr("Credit route, limits, four eyes")
            : a.hasMoneyRules ? tr("Credit route: %1").arg(QString::fromStdString(a.creditRoute))
                              : tr("Skipped, read only"),
            tr("From which day, where it is kept")};
}

void FirstRunWizard::goTo(int step)
{
    m_step = std::clamp(step, 0, kStepCount - 1);
    m_pages->setCurrentIndex(m_step);
    m_rail->setStep(m_step, notes());
    m_back->setVisible(m_step > 0);
    const Step at = static_cast<Step>(m_step);
    m_skip->setVisible(at == Step::SparkLayer || at == Step::ReturnGo || at == Step::MoneyRules);
    m_next->setText(at == Step::GoLive
                        ? tr("Finish and read")
                        : tr("Continue to %1").arg(stepName(static_cast<Step>(m_step + 1))));
    m_next->setAccessibleName(m_next->text());
    m_next->updateGeometry();
    m_next->setAllowed();
    say({});
    m_parts[static_cast<std::size_t>(m_step)].form->start();
    if (at == Step::ReturnGo) {
        auto* shop = findChild<QLineEdit*>(QStringLiteral("returngoShop"));
        if (shop && shop->text().isEmpty())
            shop->setText(notes()[0]);
    }
}

void FirstRunWizard::say(const QString& sentence)
{
    m_said->setText(sentence);
}

void FirstRunWizard::withSecret(const std::function<void()>& next)
{
    SecretField* field = m_parts[static_cast<std::size_t>(m_step)].secret;
    const std::string secret = field ? field->typed().toStdString() : std::string();
    if (secret.empty() || !m_services.keepSecret) {
        next();
        return;
    }
    const std::string entry = entryOf(step());
    m_next->setBlocked(tr("The key store is asked."));
    m_services.keepSecret(this, entry, secret, [this, field, entry, next](Result<void> kept) {
        m_next->setAllowed();
        if (!kept) {
            say(theme::Text::isolated(QString::fromStdString(phrases::sentence(kept.error()))));
            return;
        }
        field->setKept(QString::fromStdString(entry));
        next();
    });
}

void FirstRunWizard::goOn()
{
    bool& isUsed = step() == Step::SparkLayer ? m_hasSparklayer
                   : step() == Step::ReturnGo ? m_hasReturngo
                                              : m_hasMoneyRules;
    if (step() == Step::SparkLayer || step() == Step::ReturnGo || step() == Step::MoneyRules)
        isUsed = true;
    withSecret([this] {
        FormColumn* form = m_parts[static_cast<std::size_t>(m_step)].form;
        const std::vector<Problem> problems = problemsOf(step(), answers());
        form->showProblems(problems);
        if (!problems.empty())
            return;
        if (step() == Step::GoLive)
            finish();
        else
            goTo(m_step + 1);
    });
}

void FirstRunWizard::skip()
{
    if (step() == Step::SparkLayer)
        m_hasSparklayer = false;
    else if (step() == Step::ReturnGo)
        m_hasReturngo = false;
    else
        m_hasMoneyRules = false;
    m_parts[static_cast<std::size_t>(m_step)].form->showProblems({});
    goTo(m_step + 1);
}

void FirstRunWizard::runTest()
{
    if (!m_services.test)
        return;
    withSecret([this] {
        const Step at = step();
        Page& part = m_parts[static_cast<std::size_t>(at)];
        const std::vector<Problem> problems = problemsOf(at, answers());
        part.form->showProblems(problems);
        if (!problems.empty())
            return;
        part.test->setRunning();
        m_services.test(
            this, at, answers(),
            [card = QPointer<TestCard>(part.test)](const std::vector<view::DoctorCheck>& checks) {
                if (card)
                    card->setChecks(checks);
            });
    });
}

void FirstRunWizard::finish()
{
    for (int step = 0; step < kStepCount; ++step) {
        const std::vector<Problem> problems = problemsOf(static_cast<Step>(step), answers());
        const bool isOwn = step == m_step;
        if (problems.empty())
            continue;
        if (!isOwn)
            goTo(step);
        m_parts[static_cast<std::size_t>(step)].form->showProblems(problems);
        return;
    }
    const std::string text = configJson(answers());
    // The program itself has the last word on what it accepts.
    if (const auto parsed = workspace::parseConfig(text); !parsed) {
        say(theme::Text::isolated(QString::fromStdString(parsed.error().detail)));
        return;
    }
    m_next->setBlocked(tr("The file is being written."));
    QThreadPool::globalInstance()->start([wizard = QPointer<FirstRunWizard>(this),
                                          path = m_configPath,
                                          bytes = QByteArray::fromStdString(text)] {
        const QString problem = writeConfig(path, bytes);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [wizard, path, problem] {
                if (!wizard)
                    return;
                wizard->m_next->setAllowed();
                wizard->say(problem);
                if (problem.isEmpty())
                    Q_EMIT wizard->finished(path);
            },
            Qt::QueuedConnection);
    });
}

void FirstRunWizard::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_next->isEnabled())
        goOn();
    else
        QWidget::keyPressEvent(event);
}

} // namespace counterfoil::firstrun
