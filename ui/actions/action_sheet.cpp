#include "ui/actions/action_sheet.h"

#include <QAccessible>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMainWindow>

#include "ui/widgets/button.h"
#include "ui/widgets/paragraph.h"

namespace counterfoil::actionsheets {

using theme::FontRole;
using theme::Theme;
using widgets::Button;
using widgets::ButtonKind;

namespace {

QWidget* hostOf(QWidget* window)
{
    auto* main = qobject_cast<QMainWindow*>(window);
    return main != nullptr && main->centralWidget() != nullptr ? main->centralWidget() : window;
}

} // namespace

ActionSheet::ActionSheet(workspace::Workspace* source, QWidget* window, const QString& objectName,
                         QSize maxSize)
    : Sheet(hostOf(window), objectName, maxSize), m_workspace(source)
{
    setCloseGuard([this] { return mayClose(); });
}

void ActionSheet::makeFoot(const QString& primaryText, const QString& secondText)
{
    m_footRow = new QWidget(this);
    auto* row = new QHBoxLayout(m_footRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_note = new widgets::Paragraph(m_footRow, FontRole::Small, &Theme::text2);
    m_note->setObjectName(QStringLiteral("sheetNote"));
    m_note->setMaxLines(2);
    row->addWidget(m_note, 1, Qt::AlignVCenter);
    auto* cancel = new Button(tr("Cancel"), ButtonKind::Plain, m_footRow);
    cancel->setObjectName(QStringLiteral("cancel"));
    connect(cancel, &Button::clicked, this, &Sheet::requestClose);
    row->addWidget(cancel);
    if (!secondText.isEmpty()) {
        m_second = new Button(secondText, ButtonKind::Plain, m_footRow);
        m_second->setObjectName(QStringLiteral("second"));
        row->addWidget(m_second);
    }
    m_primaryButton = new Button(primaryText, ButtonKind::Primary, m_footRow);
    m_primaryButton->setObjectName(QStringLiteral("primary"));
    m_primaryButton->setKeyHint(tr("Ctrl") + QStringLiteral(" ↵"));
    connect(m_primaryButton, &Button::clicked, this, [this] {
        if (m_isSubmitting)
            return;
        m_isSubmitting = true;
        submit();
    });
    row->addWidget(m_primaryButton);
    setPrimary(m_primaryButton);

    m_askRow = new QWidget(this);
    m_askRow->setObjectName(QStringLiteral("discardBar"));
    auto* ask = new QHBoxLayout(m_askRow);
    ask->setContentsMargins(0, 0, 0, 0);
    ask->setSpacing(8);
    auto* question = new widgets::Paragraph(m_askRow, FontRole::Body);
    question->setText(tr("What you wrote is lost when this closes. Nothing was sent."));
    question->setGlyph(theme::Icon::Alert, &Theme::high);
    ask->addWidget(question, 1, Qt::AlignVCenter);
    auto* keep = new Button(tr("Keep writing"), ButtonKind::Plain, m_askRow);
    keep->setObjectName(QStringLiteral("keepWriting"));
    connect(keep, &Button::clicked, this, &ActionSheet::keepWriting);
    ask->addWidget(keep);
    auto* discard = new Button(tr("Close and lose it"), ButtonKind::Plain, m_askRow);
    discard->setObjectName(QStringLiteral("discard"));
    connect(discard, &Button::clicked, this, &Sheet::close);
    ask->addWidget(discard);
    m_askRow->hide();
    footLayout()->addWidget(m_footRow, 1);
    footLayout()->addWidget(m_askRow, 1);
}

void ActionSheet::setNote(theme::Icon icon, const QString& text)
{
    m_note->setColor(&Theme::text2);
    m_note->setGlyph(icon);
    m_note->setText(text);
}

void ActionSheet::setProblem(const QString& text)
{
    m_note->setColor(&Theme::crit);
    m_note->setGlyph(theme::Icon::Alert, &Theme::crit);
    m_note->setText(text);
    QAccessibleEvent alert(m_note, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void ActionSheet::block(const QString& reason)
{
    m_primaryButton->setBlocked(reason);
    setNote(theme::Icon::Lock, reason);
}

void ActionSheet::readyAgain()
{
    m_isSubmitting = false;
}

void ActionSheet::finish(const QString& sentence, const ActionId& action, bool isHeld)
{
    widgets::ToastContent toast;
    toast.icon = theme::Icon::Tick;
    toast.text = isHeld ? tr("%1 Sends in %2 s.").arg(sentence).arg(kHoldSeconds) : sentence;
    toast.id = QString::fromStdString(action.value);
    if (!action.empty()) {
        toast.verb = tr("Undo");
        toast.verbKey = QStringLiteral("Z");
    }
    Q_EMIT toastWanted(toast);
    close();
}

bool ActionSheet::mayClose()
{
    if (m_isSubmitting)
        return false; // the answer is on its way, and says what became of it
    if (!hasText() || m_askRow == nullptr)
        return true;
    if (m_askRow->isVisibleTo(this)) {
        keepWriting(); // Esc on the question is the careful answer
        return false;
    }
    m_focusBeforeAsking = QApplication::focusWidget();
    m_footRow->hide();
    m_askRow->show();
    if (auto* keep = m_askRow->findChild<Button*>(QStringLiteral("keepWriting")))
        keep->setFocus(Qt::ShortcutFocusReason);
    return false;
}

void ActionSheet::keepWriting()
{
    m_askRow->hide();
    m_footRow->show();
    if (m_focusBeforeAsking)
        m_focusBeforeAsking->setFocus(Qt::OtherFocusReason);
}

bool ActionSheet::eventFilter(QObject* watched, QEvent* event)
{
    // Ctrl+Enter is the primary wherever the focus stands, also on another button.
    if (event->type() == QEvent::KeyPress && isVisible()) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        auto* target = qobject_cast<QWidget*>(watched);
        if (isEnter && (key->modifiers() & Qt::ControlModifier) && target != nullptr &&
            isAncestorOf(target)) {
            if (m_primaryButton != nullptr && m_primaryButton->isEnabled() &&
                m_footRow->isVisibleTo(this))
                m_primaryButton->click();
            return true;
        }
    }
    return Sheet::eventFilter(watched, event);
}

} // namespace counterfoil::actionsheets
