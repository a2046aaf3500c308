#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QSet>

#include "core/workspace/workspace.h"
#include "ui/widgets/toast.h"

#include <optional>

class QTimer;

namespace counterfoil::shell {

/// The one toast of a window: sentences of its parts, and every write while it is held, with the
/// seconds that are left and Undo. Nothing is undone once the hold is over.
class HeldToasts final : public QObject {
    Q_OBJECT

public:
    /// @p pane what the toast stands in; it stays the parent of the toast
    HeldToasts(workspace::Workspace* source, QWidget* pane, QObject* parent);
    void say(const widgets::ToastContent& content);
    /// Takes back the write that is shown, if one is held.
    void undo();
    [[nodiscard]] widgets::Toast* toast() const { return m_toast; }

private:
    void look();
    void show(const std::vector<view::ActionView>& actions);
    void tick();
    void finish(const view::ActionView& action);

    workspace::Workspace* m_workspace;
    widgets::Toast* m_toast;
    QTimer* m_second;
    std::optional<view::ActionView> m_held;
    QSet<QString> m_watched; ///< actions that were held and have no end yet
};

} // namespace counterfoil::shell
