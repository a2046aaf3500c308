#include "ui/actions/claim_sheet.h"

#include <QCheckBox>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include "ui/actions/sheets.h"
#include "ui/actions/step_list.h"
#include "ui/actions/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/paragraph.h"
#include "ui/widgets/plain_label.h"

#include <algorithm>

namespace counterfoil::actionsheets {

using theme::FontRole;
using theme::Theme;

namespace {

constexpr QSize kMaxSize{580, 410};
constexpr int kPadding = 20;

bool isOtherPayment(domain::FindingType type)
{
    return type == domain::FindingType::AccountOrderGatewayRefund ||
           type == domain::FindingType::AccountOrderStoreCredit;
}

} // namespace

FindingId paymentFinding(const view::CaseView& shownCase)
{
    const auto& all = shownCase.sentences;
    if (all.empty())
        return {};
    const auto found = std::find_if(all.begin(), all.end(), [](const view::FindingSentence& row) {
        return isOtherPayment(row.type);
    });
    return found == all.end() ? all.front().id : found->id;
}

void sayStopped(workspace::Workspace* source, QObject* context, const std::string& site,
                const CaseId& id, const QString& reason, workspace::Done done)
{
    source->readCase(context, site, id,
                     [source, context, site, id, reason, done](Result<view::CaseView> answer) {
                         if (!answer)
                             return done(fail(answer.error()));
                         const FindingId finding = paymentFinding(*answer);
                         if (finding.empty())
                             return done(fail(ErrorCode::NotFound,
                                              "no open exception of this return to tick this at",
                                              Platform::Console));
                         source->claim(context, site, finding, id, "stop-payment",
                                       reason.toStdString(), done);
                     });
}

ClaimSheet::ClaimSheet(workspace::Workspace* source, QWidget* window, std::string site, CaseId id)
    : ActionSheet(source, window, QStringLiteral("claimSheet"), kMaxSize), m_site(std::move(site)),
      m_id(std::move(id)), m_sentence(new widgets::Paragraph(this, FontRole::Body)),
      m_open(
          new widgets::Button(tr("Open the return in ReturnGO"), widgets::ButtonKind::Plain, this)),
      m_tick(new QCheckBox(tr("Stopped in ReturnGO"), this)), m_reason(new QPlainTextEdit(this))
{
    setTitle(tr("Stop the other payment"));
    setSubtitle(tr("Reading the case"));
    auto* inside = new QWidget(this);
    auto* down = new QVBoxLayout(inside);
    down->setContentsMargins(kPadding, 14, kPadding, 14);
    down->setSpacing(10);
    down->addWidget(m_sentence);
    widgets::nameWidget(m_open, QStringLiteral("openReturn"), tr("Open the return in ReturnGO"));
    m_open->setGlyph(theme::Icon::Detach);
    connect(m_open, &widgets::Button::clicked, this, [this] {
        if (m_case)
            openLink(m_case->returngoUrl);
    });
    down->addWidget(m_open, 0, Qt::AlignLeft);
    widgets::nameWidget(m_tick, QStringLiteral("stoppedTick"), tr("Stopped in ReturnGO"));
    connect(m_tick, &QCheckBox::toggled, this, [this] { refreshPrimary(); });
    down->addWidget(m_tick);
    down->addWidget(new widgets::PlainLabel(tr("Reason"), FontRole::SmallStrong, &Theme::text));
    widgets::nameWidget(m_reason, QStringLiteral("stoppedReason"),
                        tr("Reason, who stopped it and how"));
    m_reason->setPlaceholderText(tr("Who stopped it, and how"));
    m_reason->setTabChangesFocus(true);
    m_reason->setFixedHeight(theme::current().px(56));
    connect(m_reason, &QPlainTextEdit::textChanged, this, [this] { refreshPrimary(); });
    down->addWidget(m_reason);
    down->addStretch(1);
    bodyLayout()->addWidget(inside);
    makeFoot(tr("Say it is stopped"));
    block(tr("The case is being read"));
    source->readCase(this, m_site, m_id, [this](Result<view::CaseView> answer) {
        if (answer)
            showCase(*answer);
        else
            block(shown(answer.error()));
    });
}

void ClaimSheet::showCase(const view::CaseView& shownCase)
{
    m_case = shownCase;
    m_finding = paymentFinding(shownCase);
    setSubtitle(QStringLiteral("RMA%1, %2").arg(shown(shownCase.rma), shown(shownCase.customer)));
    const auto& all = shownCase.sentences;
    const auto found =
        std::find_if(all.begin(), all.end(),
                     [this](const view::FindingSentence& row) { return row.id == m_finding; });
    if (found != all.end())
        m_sentence->setText(shown(found->rest), shown(found->bold));
    if (shownCase.returngoUrl.empty())
        m_open->setBlocked(tr("No return in ReturnGO"));
    if (isVisible())
        (m_open->isEnabled() ? static_cast<QWidget*>(m_open) : m_tick)
            ->setFocus(Qt::OtherFocusReason);
    refreshPrimary();
}

void ClaimSheet::refreshPrimary()
{
    if (!m_case || isSubmitting())
        return;
    if (m_finding.empty())
        return block(tr("No open exception of this return to tick this at"));
    if (!m_tick->isChecked())
        return block(tr("Tick it once it is stopped there"));
    if (m_reason->toPlainText().trimmed().isEmpty())
        return block(tr("Write who stopped it, and how"));
    primary()->setAllowed();
    setNote(theme::Icon::Info,
            tr("Shown as said done, not seen, until the next read agrees. Nothing is sent."));
}

bool ClaimSheet::hasText() const
{
    return !m_reason->toPlainText().trimmed().isEmpty();
}

void ClaimSheet::submit()
{
    primary()->setBlocked(tr("Being filed"));
    source()->claim(this, m_site, m_finding, m_id, "stop-payment",
                    m_reason->toPlainText().trimmed().toStdString(), [this](Result<void> done) {
                        if (done) {
                            finish(tr("Said done. ReturnGO is read again to see it."), ActionId(),
                                   false);
                            return;
                        }
                        readyAgain();
                        refreshPrimary();
                        setProblem(shown(done.error()));
                    });
}

ActionSheet* openStopPayment(workspace::Workspace* source, QWidget* window, const std::string& site,
                             const CaseId& id)
{
    auto* sheet = new ClaimSheet(source, window, site, id);
    sheet->open();
    return sheet;
}

} // namespace counterfoil::actionsheets
