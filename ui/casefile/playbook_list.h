#pragma once

#include "core/workspace/view.h"
#include "ui/widgets/widget_base.h"

class QVBoxLayout;

namespace counterfoil::casefile {

/// The numbered steps: ticked where the systems prove it, a button where the step is an action,
/// a deep link where only the platform's own page can do it.
class PlaybookList final : public QWidget {
    Q_OBJECT

public:
    explicit PlaybookList(QWidget* parent = nullptr);
    void setSteps(const std::vector<view::PlaybookStep>& steps);
    /// "1 of 6".
    [[nodiscard]] QString summary() const;

Q_SIGNALS:
    /// "credit", "release", "stop-payment", "set-po", "inspect".
    void actionWanted(const QString& action);
    void linkWanted(const QString& url);

private:
    QWidget* makeRow(const view::PlaybookStep& step, int number, bool isNext);

    std::vector<view::PlaybookStep> m_steps;
    QVBoxLayout* m_list;
};

} // namespace counterfoil::casefile
