#include "ui/casefile/case_header.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/casefile/words.h"
#include "ui/models/marks.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/button.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/paragraph.h"
#include "ui/widgets/plain_label.h"

namespace counterfoil::casefile {

using theme::FontRole;
using theme::Theme;
using widgets::Button;
using widgets::PlainLabel;

namespace {

theme::Tone toneOf(theme::Severity severity)
{
    switch (severity) {
    case theme::Severity::Critical:
        return theme::Tone::Critical;
    case theme::Severity::High:
        return theme::Tone::High;
    case theme::Severity::Medium:
        return theme::Tone::Medium;
    case theme::Severity::Low:
        return theme::Tone::Neutral;
    }
    return theme::Tone::Neutral;
}

} // namespace

CaseHeader::CaseHeader(QWidget* parent)
    : PaintedWidget(parent), m_ids(new PlainLabel({}, FontRole::Small, &Theme::text2, this)),
      m_title(new widgets::Paragraph(this, FontRole::Title)),
      m_amount(new PlainLabel({}, FontRole::Title, &Theme::text, this)),
      m_severity(new widgets::Badge({}, this)), m_avatar(new widgets::Avatar(this, 20)),
      m_owner(new PlainLabel({}, FontRole::Small, &Theme::text2, this)),
      m_age(new PlainLabel({}, FontRole::Small, &Theme::text2, this)),
      m_sla(new PlainLabel({}, FontRole::Small, &Theme::text2, this))
{
    auto* down = new QVBoxLayout(this);
    down->setContentsMargins(theme::metric::kGutter, 8, theme::metric::kGutter, 10);
    down->setSpacing(3);
    auto* first = new QHBoxLayout;
    first->setSpacing(2);
    m_ids->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_ids->setMinimumWidth(40);
    first->addWidget(m_ids, 1);
    const auto add = [&](theme::Icon icon, const char* name, const QString& text, auto signal) {
        auto* button = new Button(icon, text, this);
        button->setObjectName(QString::fromLatin1(name));
        connect(button, &Button::clicked, this, signal);
        first->addWidget(button);
    };
    add(theme::Icon::Refresh, "checkAgain", tr("Check again (R)"), &CaseHeader::checkAgain);
    add(theme::Icon::Detach, "openWindow", tr("Open in its own window (Ctrl+Enter)"),
        &CaseHeader::windowWanted);
    add(theme::Icon::Cross, "closeCase", tr("Close (Esc)"), &CaseHeader::closeWanted);
    down->addLayout(first);
    auto* second = new QHBoxLayout;
    second->setSpacing(12);
    m_title->setObjectName(QStringLiteral("caseTitle"));
    m_title->setMaxLines(2);
    second->addWidget(m_title, 1);
    m_amount->setObjectName(QStringLiteral("caseAmount"));
    second->addWidget(m_amount, 0, Qt::AlignTop);
    down->addLayout(second);
    auto* third = new QHBoxLayout;
    third->setSpacing(8);
    third->addWidget(m_severity);
    third->addWidget(m_avatar);
    third->addWidget(m_owner);
    third->addWidget(m_age);
    third->addWidget(m_sla);
    third->addStretch(1);
    down->addLayout(third);
}

void CaseHeader::show(const view::CaseView& view)
{
    QStringList ids;
    if (!view.rma.empty())
        ids << QStringLiteral("RMA") + shown(view.rma);
    for (const std::string& id : {view.order, view.po, view.customer}) {
        if (!id.empty())
            ids << shown(id);
    }
    m_ids->setText(ids.join(QStringLiteral("  ·  ")));
    m_title->setText(shown(view.title));
    m_amount->setText(view.atRisk ? shown(view.atRisk->displayText()) : QString());
    const theme::Severity severity = models::severityOf(view.severity);
    const bool isOpen = !view.findings.empty();
    m_severity->setVisible(isOpen);
    m_severity->setContent(
        {widgets::severityText(severity), toneOf(severity), std::nullopt, severity});
    m_avatar->setVisible(isOpen);
    const std::string name = view.ownerText.substr(0, view.ownerText.find(','));
    m_avatar->setName(name == "Unassigned" ? QString() : shown(name));
    m_owner->setText(shown(view.ownerText));
    m_age->setText(shown(view.ageText));
    const bool isPast = view.slaText.find("past") != std::string::npos;
    m_sla->setToken(isPast ? &Theme::crit : &Theme::text2);
    m_sla->setText(shown(view.slaText));
    setAccessibleName(m_title->text());
}

void CaseHeader::showProblem(const QString& title)
{
    m_title->setText(title);
    for (PlainLabel* label : {m_amount, m_owner, m_age, m_sla})
        label->clear();
    m_severity->hide();
    m_avatar->hide();
}

void CaseHeader::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::current().panel);
}

} // namespace counterfoil::casefile
