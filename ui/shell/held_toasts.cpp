#include "ui/shell/held_toasts.h"

#include <QDateTime>
#include <QTimer>

#include "core/phrases/phrases.h"

#include <algorithm>
#include <chrono>

namespace counterfoil::shell {

using namespace std::chrono_literals;

namespace {

constexpr auto kSaid = 6s;

QString q(const std::string& text)
{
    return QString::fromStdString(text);
}

Instant wallClock()
{
    return fromMillis(QDateTime::currentMSecsSinceEpoch());
}

bool isOver(domain::ActionState state)
{
    using domain::ActionState;
    switch (state) {
    case ActionState::Settled:
    case ActionState::Rejected:
    case ActionState::Refused:
    case ActionState::Stuck:
    case ActionState::Drift:
    case ActionState::Stale:
    case ActionState::Cancelled:
    case ActionState::Expired:
        return true;
    case ActionState::Proposed:
    case ActionState::Approved:
    case ActionState::Leased:
    case ActionState::Sending:
    case ActionState::Unknown:
    case ActionState::Confirmed:
        return false;
    }
    return false;
}

QString heldText(const view::ActionView& action)
{
    const auto left = std::chrono::ceil<std::chrono::seconds>(*action.heldUntil - wallClock());
    return HeldToasts::tr("%1 is held. Sends in %2 s.")
        .arg(q(action.title))
        .arg(std::max<std::int64_t>(left.count(), 0));
}

} // namespace

HeldToasts::HeldToasts(workspace::Workspace* source, QWidget* pane, QObject* parent)
    : QObject(parent), m_workspace(source), m_toast(new widgets::Toast(pane)),
      m_second(new QTimer(this))
{
    m_second->setInterval(1s);
    connect(m_second, &QTimer::timeout, this, &HeldToasts::tick);
    connect(m_workspace, &workspace::Workspace::actionChanged, this, [this] { look(); });
    connect(m_workspace, &workspace::Workspace::queueChanged, this, [this] {
        const auto frame = m_workspace->frame();
        if ((frame && frame->writesWaiting > 0) || !m_watched.isEmpty())
            look();
    });
    connect(m_toast, &widgets::Toast::acted, this, [this](const QString& id) {
        if (m_held && id == q(m_held->id.value))
            undo();
    });
}

void HeldToasts::say(const widgets::ToastContent& content)
{
    if (m_held && content.id != q(m_held->id.value) && !content.isAssertive)
        return look(); // what can still be taken back stays; the sentence is in the list too
    m_toast->present(content, kSaid);
    look();
}

void HeldToasts::look()
{
    m_workspace->readActions(this, [this](Result<std::vector<view::ActionView>> answer) {
        if (answer)
            show(*answer);
    });
}

void HeldToasts::show(const std::vector<view::ActionView>& actions)
{
    const view::ActionView* held = nullptr;
    for (const view::ActionView& action : actions) {
        const QString id = q(action.id.value);
        if (action.heldUntil && *action.heldUntil > wallClock() && action.undo.isAllowed) {
            if (!held || *action.heldUntil > *held->heldUntil)
                held = &action;
            m_watched.insert(id);
        } else if (m_watched.contains(id) && isOver(action.state)) {
            m_watched.remove(id);
            finish(action);
        }
    }
    if (!held) {
        m_held.reset();
        m_second->stop();
        return;
    }
    const bool isNew = !m_held || m_held->id != held->id;
    m_held = *held;
    if (!isNew)
        return;
    widgets::ToastContent content;
    content.icon = theme::Icon::Clock;
    content.id = q(held->id.value);
    content.text = heldText(*held);
    content.verb = tr("Undo");
    content.verbKey = QStringLiteral("Z");
    m_toast->present(content, std::chrono::milliseconds(0));
    m_second->start();
}

void HeldToasts::tick()
{
    if (!m_held)
        return m_second->stop();
    if (*m_held->heldUntil <= wallClock()) {
        m_held.reset();
        m_second->stop();
        m_toast->dismiss();
        return;
    }
    m_toast->setText(q(m_held->id.value), heldText(*m_held));
}

void HeldToasts::finish(const view::ActionView& action)
{
    widgets::ToastContent content;
    const bool isGood = action.state == domain::ActionState::Settled;
    content.icon = isGood                                           ? theme::Icon::Tick
                   : action.state == domain::ActionState::Cancelled ? theme::Icon::Undo
                                                                    : theme::Icon::Alert;
    content.isAssertive = !isGood && action.state != domain::ActionState::Cancelled;
    content.id = QStringLiteral("done-") + q(action.id.value);
    const QString what = q(action.problem.empty() ? action.stateText : action.problem);
    content.text = QStringLiteral("%1: %2.").arg(q(action.title), what);
    m_toast->present(content, kSaid);
}

void HeldToasts::undo()
{
    if (!m_held)
        return;
    const QString title = q(m_held->title);
    const ActionId id = m_held->id;
    m_held.reset();
    m_second->stop();
    m_watched.remove(q(id.value));
    m_workspace->undo(this, id, [this, title](Result<void> result) {
        widgets::ToastContent content;
        content.id = QStringLiteral("undone");
        content.icon = result ? theme::Icon::Undo : theme::Icon::Alert;
        content.isAssertive = !result;
        content.text = result ? tr("%1 was taken back. Nothing was sent.").arg(title)
                              : q(phrases::sentence(result.error()));
        m_toast->present(content, kSaid);
    });
}

} // namespace counterfoil::shell
