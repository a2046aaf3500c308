#include "ui/actions/credit_sheet.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/actions/balance_strip.h"
#include "ui/actions/check_list.h"
#include "ui/actions/claim_sheet.h"
#include "ui/actions/conflict.h"
#include "ui/actions/figure_table.h"
#include "ui/actions/sheet_parts.h"
#include "ui/actions/sheets.h"
#include "ui/actions/step_list.h"
#include "ui/actions/surfaces.h"
#include "ui/actions/words.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/paragraph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/segmented_control.h"

#include <algorithm>

namespace counterfoil::actionsheets {

using theme::FontRole;
using theme::Theme;
using widgets::Button;
using widgets::Paragraph;
using widgets::PlainLabel;

namespace {

constexpr int kRightWidth = 352;
constexpr QSize kMaxSize{1000, 768};

QString returnName(const view::CreditPreview& plan)
{
    return plan.rma.empty() ? shown(plan.order) : QStringLiteral("RMA") + shown(plan.rma);
}

} // namespace

CreditSheet::CreditSheet(workspace::Workspace* source, QWidget* window, std::string site, CaseId id)
    : ActionSheet(source, window, QStringLiteral("creditSheet"), kMaxSize), m_site(std::move(site)),
      m_id(std::move(id))
{
    setTitle(tr("Settle the return: account credit"));
    setSubtitle(tr("Working out the plan"));
    layOut();
    makeFoot(tr("Request approval"), tr("Issue"));
    connect(second(), &Button::clicked, this, [] {}); // only ever shows why it cannot be pressed
    second()->hide();
    block(tr("The plan is being worked out"));
    connect(source, &workspace::Workspace::queueChanged, this,
            [this](const std::vector<std::string>& cases) {
                if (std::find(cases.begin(), cases.end(), m_id.value) != cases.end())
                    read();
            });
    read();
}

void CreditSheet::layOut()
{
    m_switch = new widgets::SegmentedControl(this);
    widgets::nameWidget(m_switch, QStringLiteral("creditSwitch"), tr("Credit now or wait"));
    m_switch->hide();
    connect(m_switch, &widgets::SegmentedControl::picked, this, [this](const QString& id) {
        m_isWhole = id == QLatin1String("whole");
        read();
    });
    headLayout()->addWidget(m_switch);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(makePlanPage());
    m_pages->addWidget(makeConflictPage());
    bodyLayout()->addWidget(m_pages);
}

QWidget* CreditSheet::makePlanPage()
{
    auto* page = new QWidget;
    auto* across = new QHBoxLayout(page);
    across->setContentsMargins(1, 0, 1, 0);
    across->setSpacing(0);
    across->addWidget(scrolled(makeLeft(), QStringLiteral("planScroll")), 1);
    auto* right = new Surface(&Theme::sunken);
    right->setLeftLine(true);
    right->setFixedWidth(kRightWidth);
    auto* down = new QVBoxLayout(right);
    down->setContentsMargins(1, 0, 0, 0);
    down->setSpacing(0);
    down->addWidget(scrolled(makeRight(), QStringLiteral("checksScroll")), 1);
    down->addWidget(makeReason());
    across->addWidget(right);
    return page;
}

QWidget* CreditSheet::makeLeft()
{
    auto* left = new QWidget;
    auto* down = new QVBoxLayout(left);
    down->setContentsMargins(kSheetPadding, 12, kSheetPadding, 14);
    down->setSpacing(0);
    m_lines = new FigureTable(left);
    widgets::nameWidget(m_lines, QStringLiteral("creditLines"), tr("Lines by verdict"));
    m_balance = new BalanceStrip(left);
    m_balance->setObjectName(QStringLiteral("balance"));
    down->addWidget(m_lines);
    down->addWidget(m_balance);
    m_steps = addSteps(down, left, tr("each its own action, each waits for the one before"));
    connect(m_steps, &StepList::stopped, this, &CreditSheet::claim);
    m_notSent = new Paragraph(left, FontRole::Small, &Theme::text2);
    m_notSent->setObjectName(QStringLiteral("notSent"));
    m_notSent->setGlyph(theme::Icon::Info);
    down->addSpacing(12);
    down->addWidget(m_notSent);
    down->addStretch(1);
    return left;
}

QWidget* CreditSheet::makeRight()
{
    auto* right = new QWidget;
    auto* down = new QVBoxLayout(right);
    down->setContentsMargins(kSheetPadding, 14, kSheetPadding, 12);
    down->setSpacing(10);
    auto* head = new QHBoxLayout;
    head->addWidget(
        new PlainLabel(tr("Checks before sending"), FontRole::SmallStrong, &Theme::text, right));
    head->addStretch(1);
    m_checkSummary = new PlainLabel({}, FontRole::Small, &Theme::text2, right);
    m_checkSummary->setObjectName(QStringLiteral("checkSummary"));
    head->addWidget(m_checkSummary);
    down->addLayout(head);
    m_checks = new CheckList(right);
    m_checks->setObjectName(QStringLiteral("checks"));
    auto* tint = new Surface(&Theme::highBg);
    tint->setRadius(6);
    auto* tinted = new QVBoxLayout(tint);
    tinted->setContentsMargins(10, 7, 10, 7);
    m_attention = new Paragraph(tint, FontRole::Small);
    m_attention->setObjectName(QStringLiteral("attention"));
    m_attention->setGlyph(theme::Icon::Alert, &Theme::high);
    tinted->addWidget(m_attention);
    m_attentionBox = tint;
    down->addWidget(m_attentionBox);
    down->addWidget(m_checks);
    down->addWidget(new Rule(right));
    down->addWidget(new PlainLabel(tr("Approval"), FontRole::SmallStrong, &Theme::text, right));
    m_rule = new Paragraph(right, FontRole::Small, &Theme::text2);
    m_here = new Paragraph(right, FontRole::Small);
    m_here->setObjectName(QStringLiteral("approvalHere"));
    down->addWidget(m_rule);
    down->addWidget(m_here);
    m_signers = new QVBoxLayout;
    m_signers->setSpacing(4);
    down->addLayout(m_signers);
    down->addStretch(1);
    return right;
}

QWidget* CreditSheet::makeReason()
{
    auto* host = new Surface(&Theme::sunken);
    host->setTopLine(true);
    auto* down = new QVBoxLayout(host);
    down->setContentsMargins(kSheetPadding, 12, kSheetPadding, 14);
    down->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(new PlainLabel(tr("Reason"), FontRole::SmallStrong, &Theme::text, host));
    head->addWidget(
        new PlainLabel(tr("goes into the audit log"), FontRole::Small, &Theme::text2, host));
    head->addStretch(1);
    down->addLayout(head);
    m_reasonCode = new QComboBox(host);
    widgets::nameWidget(m_reasonCode, QStringLiteral("reasonCode"), tr("Reason"));
    m_reasonCode->setPlaceholderText(tr("Choose a reason"));
    m_reasonCode->setFont(theme::font(FontRole::Small));
    connect(m_reasonCode, &QComboBox::currentIndexChanged, this, [this] { refreshPrimary(); });
    down->addWidget(m_reasonCode);
    m_reasonText = new QPlainTextEdit(host);
    widgets::nameWidget(m_reasonText, QStringLiteral("reasonText"), tr("Reason in words"));
    m_reasonText->setPlaceholderText(tr("In words: what was wrong, what is right"));
    m_reasonText->setFont(theme::font(FontRole::Small));
    m_reasonText->setTabChangesFocus(true);
    m_reasonText->setFixedHeight(theme::current().px(50));
    connect(m_reasonText, &QPlainTextEdit::textChanged, this, [this] { refreshPrimary(); });
    down->addWidget(m_reasonText);
    return host;
}

QWidget* CreditSheet::makeConflictPage()
{
    m_conflict = new ConflictForm(tr("A value this credit is bound to moved while the sheet was "
                                     "open. Nothing was sent; what was signed before is void."));
    auto* look = new Button(tr("Show the whole new plan"), widgets::ButtonKind::Plain, m_conflict,
                            widgets::ButtonSize::Small);
    look->setObjectName(QStringLiteral("showNewPlan"));
    connect(look, &Button::clicked, this, [this] {
        const view::CreditPreview now = *m_moved;
        m_moved.reset();
        showPlan(now);
    });
    m_conflict->below()->addWidget(look, 0, Qt::AlignLeft);
    return m_conflict;
}

void CreditSheet::read()
{
    const bool isWhole = m_isWhole;
    source()->previewCredit(this, m_site, m_id, isWhole,
                            [this, isWhole](Result<view::CreditPreview> answer) {
                                if (isWhole != m_isWhole || isSubmitting())
                                    return; // an older question
                                if (!answer) {
                                    setSubtitle(QString());
                                    block(shown(answer.error()));
                                    return;
                                }
                                if (m_plan && m_plan->planHash != answer->planHash)
                                    showConflict(*answer);
                                else if (!m_moved)
                                    showPlan(*answer);
                            });
}

void CreditSheet::showPlan(const view::CreditPreview& plan)
{
    m_plan = plan;
    m_pages->setCurrentIndex(0);
    setTitle(tr("Settle the return: account credit"));
    QStringList ids{returnName(plan)};
    if (!plan.order.empty() && !plan.rma.empty())
        ids << tr("order %1").arg(shown(plan.order));
    if (!plan.po.empty())
        ids << shown(plan.po);
    setSubtitle(shown(plan.headline) + QLatin1Char(' ') + ids.join(QStringLiteral(", ")) +
                    QLatin1Char('.'),
                shown(plan.total.creditNow));
    m_switch->setSegments(
        {{QStringLiteral("due"), shown(plan.dueText), theme::Tone::Accent, {}},
         {QStringLiteral("whole"), shown(plan.forecastText), theme::Tone::Accent, {}}});
    m_switch->setChosen(m_isWhole ? QStringLiteral("whole") : QStringLiteral("due"));
    m_switch->show();
    showLines(plan);
    m_balance->setContent({shown(plan.owedNow), shown(plan.owedAfter), shown(plan.availableNow),
                           shown(plan.availableAfter), shown(plan.limitText), shown(plan.shareText),
                           shown(plan.readText)});
    if (!m_steps->hasText())
        m_steps->setSteps(plan.steps, returnName(plan));
    m_notSent->setText(shown(plan.notSent));
    m_notSent->setHidden(plan.notSent.empty());
    m_checks->setChecks(plan.checks, plan.attentionText);
    m_checkSummary->setText(m_checks->summary());
    m_attentionBox->setHidden(plan.attentionText.empty());
    m_attention->setText(shown(plan.attentionText));
    showApproval(plan);
    if (m_reasonCode->count() == 0) {
        for (const std::string& choice : plan.reasonChoices)
            m_reasonCode->addItem(shown(choice), QString::fromStdString(choice));
        m_reasonCode->setCurrentIndex(-1);
        if (isVisible())
            m_reasonCode->setFocus(Qt::OtherFocusReason);
    }
    refreshPrimary();
}

void CreditSheet::showLines(const view::CreditPreview& plan)
{
    const auto figures = [](const view::SheetLine& line, bool isTotal) {
        return std::vector<Figure>{
            {QString::number(line.unitsNow), false, &Theme::text},
            {shown(line.net), false, &Theme::text},
            {shown(line.tax), false, isTotal ? &Theme::text : &Theme::text2},
            {shown(line.creditNow), true, &Theme::text},
            {shown(line.forecast), false, isTotal ? &Theme::text : &Theme::text2},
            {shown(line.notDue), false, isTotal ? &Theme::text : &Theme::text2},
            {line.returngo.empty() ? tr("not known") : shown(line.returngo), false,
             line.isReturngoOff ? &Theme::crit
             : isTotal          ? &Theme::text
                                : &Theme::text2}};
    };
    std::vector<FigureRow> rows;
    for (const view::SheetLine& line : plan.lines)
        rows.push_back({shown(line.sku), shown(line.title), shown(line.verdicts),
                        figures(line, false), false});
    rows.push_back({shown(plan.feesText), {}, {}, {}, false});
    rows.push_back({shown(plan.total.sku), {}, {}, figures(plan.total, true), true});
    m_lines->setContent({tr("Line, by verdict"), tr("Now"), tr("Net"), tr("VAT"), tr("Credit now"),
                         tr("Forecast"), tr("Not due"), tr("ReturnGO")},
                        std::move(rows));
}

void CreditSheet::showApproval(const view::CreditPreview& plan)
{
    m_rule->setText(shown(plan.approvalRule));
    m_here->setText(shown(plan.approvalHere));
    while (QLayoutItem* item = m_signers->takeAt(0)) {
        if (item->widget() != nullptr)
            item->widget()->deleteLater();
        delete item;
    }
    for (const std::string& signer : plan.signers) {
        auto* row = new QWidget;
        auto* across = new QHBoxLayout(row);
        across->setContentsMargins(0, 0, 0, 0);
        across->setSpacing(8);
        auto* avatar = new widgets::Avatar(row, 20);
        avatar->setName(shown(signer.substr(0, signer.find(' ', signer.find(' ') + 1))));
        across->addWidget(avatar);
        auto* words = new Paragraph(row, FontRole::Small);
        words->setText(shown(signer));
        across->addWidget(words, 1);
        m_signers->addWidget(row);
    }
}

QString CreditSheet::reasonProblem() const
{
    if (m_reasonCode->currentIndex() < 0)
        return tr("Choose a reason first");
    const bool isOther = m_reasonCode->currentIndex() == m_reasonCode->count() - 1;
    if (isOther && m_reasonText->toPlainText().trimmed().isEmpty())
        return tr("Write the reason in words");
    return {};
}

void CreditSheet::refreshPrimary()
{
    const view::CreditPreview* plan = m_moved ? &*m_moved : m_plan ? &*m_plan : nullptr;
    if (plan == nullptr || isSubmitting())
        return;
    const bool isAlone = plan->issue.isAllowed;
    const QString amount = shown(plan->total.creditNow);
    primary()->setText(isAlone   ? tr("Issue %1").arg(amount)
                       : m_moved ? tr("Request approval of %1").arg(amount)
                                 : shown(plan->proposeLabel));
    second()->setText(shown(plan->issueLabel));
    second()->setHidden(isAlone || m_moved.has_value());
    if (!isAlone)
        second()->setBlocked(shown(plan->issue.reason));
    if (!isAlone && !plan->propose.isAllowed)
        return block(shown(plan->propose.reason));
    if (const QString problem = reasonProblem(); !problem.isEmpty())
        return block(problem);
    primary()->setAllowed();
    const QString held =
        tr("Held %1 s before it is sent. Later only a reverse entry by two people.")
            .arg(kHoldSeconds);
    // The button that cannot be pressed has its reason beside it.
    setNote(theme::Icon::Undo,
            isAlone || m_moved ? held : shown(plan->issue.reason) + QStringLiteral(". ") + held);
}

bool CreditSheet::hasText() const
{
    return !m_reasonText->toPlainText().trimmed().isEmpty() || m_steps->hasText();
}

void CreditSheet::submit()
{
    if (m_moved) {
        // Pressed on the conflict form: the new amount is what was seen and is filed.
        m_plan = m_moved;
        m_moved.reset();
    }
    send(*m_plan);
}

void CreditSheet::send(const view::CreditPreview& plan)
{
    const bool isAlone = plan.issue.isAllowed;
    primary()->setBlocked(tr("Being filed"));
    const QString amount = shown(plan.total.creditNow);
    const QString buyer = plan.customer.empty() ? returnName(plan) : shown(plan.customer);
    source()->submitCredit(
        this, plan, m_reasonCode->currentData().toString().toStdString(),
        m_reasonText->toPlainText().trimmed().toStdString(), isAlone,
        [this, isAlone, amount, buyer](Result<ActionId> answer) {
            if (answer) {
                finish(isAlone ? tr("Approved %1 for %2.").arg(amount, buyer)
                               : tr("Approval of %1 for %2 requested.").arg(amount, buyer),
                       *answer, isAlone);
                return;
            }
            readyAgain();
            refreshPrimary();
            if (answer.error().code == ErrorCode::Conflict)
                read(); // says what moved
            else
                setProblem(shown(answer.error()));
        });
}

void CreditSheet::showConflict(const view::CreditPreview& now)
{
    m_moved = now;
    const bool isAmount = m_plan->total.creditNow != now.total.creditNow;
    setTitle(isAmount ? tr("The amount changed") : tr("The plan changed"));
    setSubtitle(returnName(now) + QStringLiteral(", ") + shown(now.customer));
    m_conflict->rows()->setContent({QString(), tr("When opened"), tr("Now")},
                                   conflictRows(*m_plan, now));
    m_switch->hide();
    m_pages->setCurrentIndex(1);
    refreshPrimary();
    if (isVisible())
        primary()->isEnabled() ? primary()->setFocus(Qt::OtherFocusReason)
                               : setFocus(Qt::OtherFocusReason);
}

void CreditSheet::claim(const QString& reason)
{
    sayStopped(source(), this, m_site, m_id, reason, [this](Result<void> done) {
        if (done)
            read();
        else
            setProblem(shown(done.error()));
    });
}

ActionSheet* openCreditSheet(workspace::Workspace* source, QWidget* window, const std::string& site,
                             const CaseId& id)
{
    auto* sheet = new CreditSheet(source, window, site, id);
    sheet->open();
    return sheet;
}

} // namespace counterfoil::actionsheets
