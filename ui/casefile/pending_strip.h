#pragma once

#include "core/workspace/view.h"
#include "ui/widgets/widget_base.h"

#include <vector>

class QLineEdit;
class QVBoxLayout;

namespace counterfoil::widgets {
class Button;
class Paragraph;
} // namespace counterfoil::widgets

namespace counterfoil::casefile {

/// The action of this case that waits for somebody: what it is and how much, who asked for it, and
/// the buttons of the person who signs. It stands in the drill-down, so that sum and buyer are in
/// view when it is signed. Hidden while nothing waits.
class PendingStrip final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit PendingStrip(QWidget* parent = nullptr);
    /// The oldest one that waits is shown; the others follow when it is decided.
    void setActions(std::vector<view::ActionView> actions);
    void clear();
    /// Why the last press did not work; empty: it did.
    void setProblem(const QString& sentence);
    /// Presses approve if it may be pressed; false: it may not.
    bool pressApprove();

Q_SIGNALS:
    void approveWanted(const QString& action);
    void declineWanted(const QString& action, const QString& reason);
    void takeBackWanted(const QString& action);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void show(const view::ActionView& action);
    [[nodiscard]] QString shownId() const;
    void decline();

    std::vector<view::ActionView> m_actions;
    widgets::Paragraph* m_what;
    widgets::Button* m_approve;
    widgets::Button* m_decline;
    widgets::Button* m_takeBack;
    QLineEdit* m_reason;
    widgets::Paragraph* m_problem;
};

} // namespace counterfoil::casefile
