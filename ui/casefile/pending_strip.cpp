#include "ui/casefile/pending_strip.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/casefile/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/paragraph.h"

#include <algorithm>

namespace counterfoil::casefile {

using theme::FontRole;
using theme::Theme;
using widgets::Button;
using widgets::ButtonKind;

namespace {

constexpr int kReasonMax = 500;

bool isWaiting(const view::ActionView& action)
{
    return action.approve.isAllowed || action.undo.isAllowed;
}

} // namespace

PendingStrip::PendingStrip(QWidget* parent)
    : PaintedWidget(parent), m_what(new widgets::Paragraph(this, FontRole::Small)),
      m_approve(new Button(tr("Approve"), ButtonKind::Primary, this)),
      m_decline(new Button(tr("Decline"), ButtonKind::Plain, this)),
      m_takeBack(new Button(tr("Take back"), ButtonKind::Plain, this)),
      m_reason(new QLineEdit(this)),
      m_problem(new widgets::Paragraph(this, FontRole::Micro, &Theme::crit))
{
    setObjectName(QStringLiteral("pendingStrip"));
    m_what->setObjectName(QStringLiteral("pendingWhat"));
    m_approve->setObjectName(QStringLiteral("approve"));
    m_approve->setKeyHint(QStringLiteral("Y"));
    m_decline->setObjectName(QStringLiteral("decline"));
    m_takeBack->setObjectName(QStringLiteral("takeBack"));
    m_problem->setObjectName(QStringLiteral("pendingProblem"));
    widgets::nameWidget(m_reason, QStringLiteral("declineReason"), tr("Why it is declined"));
    m_reason->setPlaceholderText(tr("Why it is declined, Enter sends"));
    m_reason->setMaxLength(kReasonMax);
    auto* down = new QVBoxLayout(this);
    down->setContentsMargins(12, 9, 12, 9);
    down->setSpacing(6);
    down->addWidget(m_what);
    auto* across = new QHBoxLayout;
    across->setSpacing(8);
    across->addWidget(m_approve);
    across->addWidget(m_decline);
    across->addWidget(m_takeBack);
    across->addStretch(1);
    down->addLayout(across);
    down->addWidget(m_reason);
    down->addWidget(m_problem);
    connect(m_approve, &Button::clicked, this, [this] { Q_EMIT approveWanted(shownId()); });
    connect(m_takeBack, &Button::clicked, this, [this] { Q_EMIT takeBackWanted(shownId()); });
    connect(m_decline, &Button::clicked, this, &PendingStrip::decline);
    connect(m_reason, &QLineEdit::returnPressed, this, &PendingStrip::decline);
    clear();
}

QString PendingStrip::shownId() const
{
    return m_actions.empty() ? QString() : QString::fromStdString(m_actions.front().id.value);
}

/// The first press asks why; the second one, with a reason, sends it.
void PendingStrip::decline()
{
    const QString reason = m_reason->text().trimmed();
    m_reason->setVisible(true);
    if (reason.isEmpty())
        return m_reason->setFocus(Qt::OtherFocusReason);
    Q_EMIT declineWanted(shownId(), reason);
}

void PendingStrip::setActions(std::vector<view::ActionView> actions)
{
    const QString before = shownId();
    std::erase_if(actions, [](const view::ActionView& action) { return !isWaiting(action); });
    std::stable_sort(
        actions.begin(), actions.end(),
        [](const view::ActionView& a, const view::ActionView& b) { return a.at < b.at; });
    m_actions = std::move(actions);
    if (m_actions.empty())
        return clear();
    if (shownId() != before) { // what was written or said is about another action
        m_reason->clear();
        m_reason->hide();
        setProblem({});
    }
    show(m_actions.front());
}

void PendingStrip::show(const view::ActionView& action)
{
    const QString more = m_actions.size() > 1
                             ? tr(" %n more wait.", nullptr, static_cast<int>(m_actions.size()) - 1)
                             : QString();
    m_what->setText(tr("by %1, %2. %3%4")
                        .arg(shown(action.by), shown(action.stateText),
                             action.approve.isAllowed
                                 ? tr("Held 10 s after the last signature, then sent once.")
                                 : tr("It can still be taken back."),
                             more),
                    shown(action.title) + QLatin1Char(','));
    m_approve->setVisible(action.approve.isAllowed);
    m_decline->setVisible(action.reject.isAllowed);
    m_takeBack->setVisible(action.undo.isAllowed);
    setVisible(true);
    updateGeometry();
}

void PendingStrip::clear()
{
    m_actions.clear();
    m_reason->clear();
    m_reason->hide();
    setProblem({});
    setVisible(false);
}

void PendingStrip::setProblem(const QString& sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

bool PendingStrip::pressApprove()
{
    if (!isVisible() || !m_approve->isVisibleTo(this) || !m_approve->isEnabled())
        return false;
    m_approve->click();
    return true;
}

void PendingStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::current().should);
    widgets::hairline(painter, 0, 0, width(), theme::current().line2);
}

} // namespace counterfoil::casefile
