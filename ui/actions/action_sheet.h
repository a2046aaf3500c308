#pragma once

#include "core/workspace/workspace.h"
#include "ui/theme/icons.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/toast.h"

namespace counterfoil::widgets {
class Button;
class Paragraph;
} // namespace counterfoil::widgets

namespace counterfoil::actionsheets {

/// What every sheet of an action shares: a foot with a note, Cancel and one primary, Ctrl+Enter
/// anywhere inside, Esc that asks once something is written, and the toast of what was done. The
/// object name of the primary is "primary". Deletes itself after closing.
class ActionSheet : public widgets::Sheet {
    Q_OBJECT

public:
    /// @p source must outlive the sheet. @p window: what the sheet lies over; the central widget of
    /// a main window.
    ActionSheet(workspace::Workspace* source, QWidget* window, const QString& objectName,
                QSize maxSize);

Q_SIGNALS:
    /// One sentence for the toast of the window; its id is the action's, its verb takes it back.
    void toastWanted(const counterfoil::widgets::ToastContent& content);

protected:
    [[nodiscard]] workspace::Workspace* source() const { return m_workspace; }
    /// Cancel, an optional second button left of the primary, the primary.
    void makeFoot(const QString& primaryText, const QString& secondText = {});
    [[nodiscard]] widgets::Button* primary() const { return m_primaryButton; }
    [[nodiscard]] widgets::Button* second() const { return m_second; }
    /// The note at the left of the foot; a problem is in the critical colour and announced.
    void setNote(theme::Icon icon, const QString& text);
    void setProblem(const QString& text);
    /// Blocks the primary and says why in the foot.
    void block(const QString& reason);
    /// True while a person would lose something by closing.
    [[nodiscard]] virtual bool hasText() const = 0;
    /// The primary was pressed; called once until readyAgain().
    virtual void submit() = 0;
    void readyAgain();
    [[nodiscard]] bool isSubmitting() const { return m_isSubmitting; }
    /// Says what was done and closes. @p isHeld: it leaves by itself after the hold.
    void finish(const QString& sentence, const ActionId& action, bool isHeld);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool mayClose();
    void keepWriting();

    workspace::Workspace* m_workspace;
    QWidget* m_footRow = nullptr;
    QWidget* m_askRow = nullptr;
    widgets::Paragraph* m_note = nullptr;
    widgets::Button* m_second = nullptr;
    widgets::Button* m_primaryButton = nullptr;
    QPointer<QWidget> m_focusBeforeAsking;
    bool m_isSubmitting = false;
};

/// Seconds that a write is held before it is sent (law.md 8).
inline constexpr int kHoldSeconds = 10;

} // namespace counterfoil::actionsheets
