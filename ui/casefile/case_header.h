#pragma once

#include "core/workspace/view.h"
#include "ui/widgets/widget_base.h"

namespace counterfoil::widgets {
class Avatar;
class Badge;
class Paragraph;
class PlainLabel;
} // namespace counterfoil::widgets

namespace counterfoil::casefile {

/// Ids, title and amount, severity, owner, age and time to the service level.
class CaseHeader final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit CaseHeader(QWidget* parent = nullptr);
    void show(const view::CaseView& view);
    void showProblem(const QString& title);

Q_SIGNALS:
    void checkAgain();
    void windowWanted();
    void closeWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    widgets::PlainLabel* m_ids;
    widgets::Paragraph* m_title;
    widgets::PlainLabel* m_amount;
    widgets::Badge* m_severity;
    widgets::Avatar* m_avatar;
    widgets::PlainLabel* m_owner;
    widgets::PlainLabel* m_age;
    widgets::PlainLabel* m_sla;
};

} // namespace counterfoil::casefile
