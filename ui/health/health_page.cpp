#include "ui/health/health_page.h"

#include "core/phrases/phrases.h"
#include "ui/health/facts_card.h"
#include "ui/health/health_words.h"
#include "ui/health/report_table.h"
#include "ui/theme/text.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/budget_bar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/page_bar.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace counterfoil::health {

using theme::FontRole;
using theme::Theme;
using widgets::Button;
using widgets::ButtonKind;
using widgets::ButtonSize;
using widgets::Card;
using widgets::PlainLabel;

namespace {

constexpr int kChangesShownMax = 14;
constexpr int kAsideShownMax = 40;

QString q(const std::string& text)
{
    return theme::Text::isolated(QString::fromStdString(text));
}

QString sentence(const Error& error)
{
    return q(phrases::sentence(error));
}

/// "c41e9a07…5d2b": enough to compare by eye, whole in the tip.
QString shortHash(const std::string& hash)
{
    const QString all = QString::fromStdString(hash);
    return all.size() <= 16 ? all : all.left(8) + QStringLiteral(" … ") + all.right(8);
}

} // namespace

HealthPage::HealthPage(workspace::Workspace* source, QWidget* parent)
    : QWidget(parent), m_workspace(source), m_bar(new widgets::PageBar(tr("Health"), this)),
      m_site(new PlainLabel({}, FontRole::Small, &Theme::text2, m_bar)),
      m_said(new PlainLabel({}, FontRole::Small, &Theme::text2, m_bar)),
      m_read(new Button(tr("Read everything"), ButtonKind::Quiet, m_bar, ButtonSize::Small))
{
    widgets::nameWidget(this, QStringLiteral("healthPage"), tr("Health"));
    layOut();
    connect(m_workspace, &workspace::Workspace::queueChanged, this, [this] { refresh(); });
    connect(m_workspace, &workspace::Workspace::actionChanged, this, [this] { refresh(); });
    connect(m_read, &Button::clicked, this, &HealthPage::readEverything);
    connect(m_verify, &Button::clicked, this, &HealthPage::verify);
    connect(m_stop, &Button::clicked, this, &HealthPage::stopOrGoOn);
    connect(m_why, &QLineEdit::returnPressed, this, &HealthPage::stopOrGoOn);
    connect(m_why, &QLineEdit::textChanged, this, &HealthPage::showSending);
    showSending();
    refresh();
}

void HealthPage::layOut()
{
    m_bar->row()->addWidget(m_site);
    m_bar->row()->addStretch(1);
    m_said->setObjectName(QStringLiteral("healthSaid"));
    m_bar->row()->addWidget(m_said);
    m_read->setGlyph(theme::Icon::Refresh);
    widgets::nameWidget(m_read, QStringLiteral("readEverything"), tr("Read everything"));
    m_bar->row()->addWidget(m_read);

    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(theme::metric::kGutter, theme::metric::kCardGap,
                               theme::metric::kGutter, theme::metric::kGutter);
    column->setSpacing(theme::metric::kCardGap);
    m_platformRow = new QHBoxLayout;
    m_platformRow->setSpacing(theme::metric::kCardGap);
    column->addLayout(m_platformRow);

    auto* middle = new QHBoxLayout;
    middle->setSpacing(theme::metric::kCardGap);
    m_budgetCard = new Card(page);
    m_budgetCard->setTitle(tr("ReturnGO call budget"));
    m_budgetCard->setNote(tr("last 24 hours"));
    m_budgetSum = new PlainLabel({}, FontRole::SmallStrong, &Theme::text, m_budgetCard);
    m_budgetSum->setObjectName(QStringLiteral("budgetSum"));
    m_budgetCard->headLayout()->addWidget(m_budgetSum);
    m_budget = new widgets::BudgetBar(m_budgetCard);
    widgets::nameWidget(m_budget, QStringLiteral("budgetBar"), tr("ReturnGO calls by purpose"));
    m_budgetCard->bodyLayout()->addWidget(m_budget);
    m_budgetCard->bodyLayout()->addStretch(1);
    middle->addWidget(m_budgetCard, 2);
    layOutAudit(middle);
    column->addLayout(middle);

    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(theme::metric::kCardGap);
    layOutChanges(bottom);
    column->addLayout(bottom);
    column->addStretch(1);

    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("healthScroll"));
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(page);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_bar);
    outer->addWidget(scroll, 1);
}

void HealthPage::layOutAudit(QHBoxLayout* row)
{
    auto* card = new Card(this);
    card->setTitle(tr("Audit log"));
    m_auditState = new widgets::Badge({tr("Not verified"), theme::Tone::Neutral, {}, {}}, card);
    m_auditState->setObjectName(QStringLiteral("auditState"));
    card->headLayout()->addWidget(m_auditState);
    m_audit = new FactsList(card);
    widgets::nameWidget(m_audit, QStringLiteral("auditFacts"), tr("Audit log"));
    card->bodyLayout()->addWidget(m_audit);
    m_verify = new Button(tr("Verify now"), ButtonKind::Plain, card);
    widgets::nameWidget(m_verify, QStringLiteral("verifyAudit"), tr("Verify the audit log now"));
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_verify);
    foot->addStretch(1);
    card->bodyLayout()->addLayout(foot);
    card->bodyLayout()->addStretch(1);
    row->addWidget(card, 1);
}

void HealthPage::layOutChanges(QHBoxLayout* row)
{
    m_changesCard = new Card(this);
    m_changesCard->setTitle(tr("Changes to send"));
    m_changesCard->bodyLayout()->setContentsMargins(0, 0, 0, 6);
    m_changesCard->bodyLayout()->setSpacing(0);
    m_changes = new ReportTable(m_changesCard);
    widgets::nameWidget(m_changes, QStringLiteral("changesTable"), tr("Changes to send"));
    m_changes->setColumns({{tr("Change"), 0, false},
                           {tr("Goes to"), 76, false},
                           {tr("By"), 104, false},
                           {tr("At"), 96, false},
                           {tr("State"), 150, false}});
    m_changes->setRowsShownMax(kChangesShownMax);
    m_noChanges = new PlainLabel(tr("Nothing was filed yet. Credits, releases and PO numbers stand "
                                    "here from their proposal to their proof."),
                                 FontRole::Small, &Theme::text2, m_changesCard);
    m_noChanges->setWordWrap(true);
    m_noChanges->setMargin(theme::metric::kCardPadding);
    m_changesCard->bodyLayout()->addWidget(m_changes);
    m_changesCard->bodyLayout()->addWidget(m_noChanges);
    m_changesCard->bodyLayout()->addStretch(1);
    m_why = new QLineEdit(m_changesCard);
    widgets::nameWidget(m_why, QStringLiteral("stopReason"), tr("Reason to stop sending"));
    m_why->setPlaceholderText(tr("Reason"));
    m_why->setFixedWidth(180);
    m_why->setStyleSheet(QStringLiteral("min-height: 22px; border-radius: 5px;")); // a card's head
    m_stop = new Button(tr("Stop sending"), ButtonKind::Plain, m_changesCard, ButtonSize::Small);
    widgets::nameWidget(m_stop, QStringLiteral("stopSending"), tr("Stop sending"));
    m_changesCard->headLayout()->addWidget(m_why);
    m_changesCard->headLayout()->addWidget(m_stop);
    row->addWidget(m_changesCard, 7);

    auto* right = new QVBoxLayout;
    right->setSpacing(theme::metric::kCardGap);
    auto* loops = new Card(this);
    loops->setTitle(tr("Last reads"));
    loops->bodyLayout()->setContentsMargins(0, 0, 0, 6);
    m_loops = new ReportTable(loops);
    widgets::nameWidget(m_loops, QStringLiteral("loopsTable"), tr("Last reads"));
    m_loops->setColumns(
        {{tr("Read"), 0, false}, {tr("Every"), 70, false}, {tr("Last"), 130, false}});
    m_loops->setRowsShownMax(kChangesShownMax);
    loops->bodyLayout()->addWidget(m_loops);
    right->addWidget(loops);
    m_asideCard = new Card(this);
    m_asideCard->setTitle(tr("Set aside"));
    m_asideCard->setNote(tr("records that could not be read"));
    m_aside = new PlainLabel({}, FontRole::Small, &Theme::text2, m_asideCard);
    m_aside->setObjectName(QStringLiteral("setAside"));
    m_aside->setWordWrap(true);
    m_aside->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_asideCard->bodyLayout()->addWidget(m_aside);
    m_asideCard->hide();
    right->addWidget(m_asideCard);
    right->addStretch(1);
    row->addLayout(right, 5);
}

void HealthPage::refresh()
{
    // One question at a time: a burst of changes asks once more, not a hundred times.
    if (m_isAsking) {
        m_isAskedAgain = true;
        return;
    }
    m_isAsking = true;
    m_workspace->readHealth(this, [this](Result<view::HealthView> answer) {
        m_isAsking = false;
        if (answer)
            showAnswer(*answer);
        else
            showProblem(answer.error());
        Q_EMIT shown();
        if (m_isAskedAgain) {
            m_isAskedAgain = false;
            refresh();
        }
    });
}

void HealthPage::showProblem(const Error& error)
{
    m_said->setToken(&Theme::crit);
    m_said->setText(sentence(error));
}

void HealthPage::showAnswer(const view::HealthView& view)
{
    if (const auto frame = m_workspace->frame())
        m_site->setText(q(frame->siteName));
    showPlatforms(view);
    showBudget(view);
    showAudit(view);
    showChanges(view);
    showLoops(view);
    showSending();
}

void HealthPage::showPlatforms(const view::HealthView& view)
{
    while (m_platforms.size() < view.platforms.size()) {
        auto* panel = new PlatformPanel(this);
        // Filled before it is laid out: a hidden child does not tell its parent that it grew.
        panel->setPlatform(view.platforms[m_platforms.size()]);
        m_platforms.push_back(panel);
        m_platformRow->addWidget(panel, 1);
    }
    for (std::size_t i = 0; i < m_platforms.size(); ++i) {
        if (i < view.platforms.size())
            m_platforms[i]->setPlatform(view.platforms[i]);
        m_platforms[i]->setVisible(i < view.platforms.size());
    }
}

void HealthPage::showBudget(const view::HealthView& view)
{
    m_budget->setBudget(budgetParts(view), budgetSteps(view), view.budgetCap);
    const QLocale locale;
    m_budgetSum->setText(
        tr("%1 of %2").arg(locale.toString(view.budgetUsed), locale.toString(view.budgetCap)));
    const bool isShort = !view.budgetSteps.empty() && view.budgetUsed >= view.budgetSteps.front();
    m_budgetSum->setToken(isShort ? &Theme::high : &Theme::text);
}

void HealthPage::showAudit(const view::HealthView& view)
{
    const QString state = m_verified.isEmpty() ? q(view.auditState) : m_verified;
    const bool isBroken = state.startsWith(QLatin1String("Broken"));
    const bool isWhole = state.startsWith(QLatin1String("Unbroken"));
    // The badge holds the word; the count of the check stands in its line below.
    m_auditState->setContent({state.section(QLatin1Char(','), 0, 0),
                              isBroken  ? theme::Tone::Critical
                              : isWhole ? theme::Tone::Ok
                                        : theme::Tone::Neutral,
                              theme::Icon::Chain,
                              {}});
    std::vector<FactsList::Fact> facts{
        {tr("Entries"), QLocale().toString(static_cast<qlonglong>(view.auditEntries)), false},
        {tr("Last entry"), view.auditLastEntry.empty() ? tr("none") : q(view.auditLastEntry),
         false},
        {tr("Last check"), m_verified.isEmpty() ? tr("not since the start") : m_verified, false}};
    if (!view.auditHead.empty())
        facts.push_back({tr("Head"), shortHash(view.auditHead), true});
    m_audit->setFacts(std::move(facts));
}

void HealthPage::showChanges(const view::HealthView& view)
{
    std::vector<std::vector<ReportCell>> rows;
    int waiting = 0;
    for (const view::ActionView& action : view.changes) {
        waiting += isWaiting(action.state) ? 1 : 0;
        rows.push_back(changeRow(action));
    }
    m_changesCard->setNote(rows.empty() ? QString() : tr("%1 waiting").arg(waiting));
    m_changes->setHidden(rows.empty());
    m_noChanges->setVisible(rows.empty());
    m_changes->setRows(std::move(rows));
}

void HealthPage::showLoops(const view::HealthView& view)
{
    std::vector<std::vector<ReportCell>> rows;
    for (const view::LoopRow& loop : view.loops) {
        ReportCell name{loopText(loop.label), {}, {}, true, q(loop.label)};
        ReportCell every{
            loop.interval.empty() ? QStringLiteral("—") : q(loop.interval), {}, {}, false, {}};
        ReportCell last{q(loop.last), {}, {}, false, {}};
        if (loop.isFailing)
            last.tone = theme::Tone::Critical;
        rows.push_back({name, every, last});
    }
    m_loops->setRows(std::move(rows));
    QStringList aside;
    for (std::size_t i = 0; i < view.setAside.size() && i < kAsideShownMax; ++i)
        aside << q(view.setAside[i]);
    if (view.setAside.size() > kAsideShownMax)
        aside << tr("and %1 more").arg(view.setAside.size() - kAsideShownMax);
    m_aside->setText(aside.join(QLatin1Char('\n')));
    m_asideCard->setHidden(aside.isEmpty());
}

void HealthPage::showSending()
{
    const auto frame = m_workspace->frame();
    const bool isStopped = frame && frame->isStopAll;
    m_why->setHidden(isStopped);
    m_stop->setText(isStopped ? tr("Send again") : tr("Stop sending"));
    m_stop->setAccessibleName(m_stop->text());
    if (!isStopped && m_why->text().trimmed().isEmpty())
        m_stop->setBlocked(tr("Write a reason first: it goes into the audit log."));
    else
        m_stop->setAllowed();
    m_stop->updateGeometry();
}

void HealthPage::readEverything()
{
    m_read->setBlocked(tr("The platforms are being read now."));
    m_said->setToken(&Theme::text2);
    m_said->setText(tr("Reading Shopify, SparkLayer and ReturnGO"));
    m_workspace->readEverything(this, [this](Result<void> done) {
        m_read->setAllowed();
        if (done)
            m_said->setText(tr("Everything was read"));
        else
            showProblem(done.error());
        refresh();
    });
}

void HealthPage::verify()
{
    m_verify->setBlocked(tr("The log is being verified."));
    m_workspace->verifyAudit(this, [this](Result<std::string> answer) {
        m_verify->setAllowed();
        if (answer)
            m_verified = q(*answer);
        else
            showProblem(answer.error());
        refresh();
    });
}

void HealthPage::stopOrGoOn()
{
    const auto frame = m_workspace->frame();
    const bool isStopped = frame && frame->isStopAll;
    const QString why = m_why->text().trimmed();
    if (!isStopped && why.isEmpty())
        return;
    m_stop->setBlocked(tr("Being written to the log."));
    m_workspace->stopAll(this, !isStopped, why.toStdString(), [this, isStopped](Result<void> done) {
        if (done) {
            m_why->clear();
            m_said->setToken(&Theme::text2);
            m_said->setText(isStopped ? tr("Changes are sent again")
                                      : tr("Nothing is sent until somebody says so"));
        } else {
            showProblem(done.error());
        }
        showSending();
        refresh();
    });
}

} // namespace counterfoil::health
