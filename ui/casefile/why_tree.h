#pragma once

#include <QWidget>

#include "core/workspace/view.h"

#include <vector>

class QVBoxLayout;

namespace counterfoil::widgets {
class Button;
}

namespace counterfoil::casefile {

/// Rule by rule why something is an exception or is none: what differs stands open with its
/// values, what passes is folded to a count.
class WhyTree final : public QWidget {
    Q_OBJECT

public:
    explicit WhyTree(QWidget* parent = nullptr);
    void setTraces(const std::vector<view::TraceView>& traces);
    void showProblem(const QString& sentence);
    [[nodiscard]] QString copyText() const;
    [[nodiscard]] bool isShown() const { return m_isShown; }

Q_SIGNALS:
    /// A person asked for the rules.
    void wanted();

private:
    void clear();
    void addTrace(QVBoxLayout* into, const view::TraceView& trace);

    std::vector<view::TraceView> m_traces;
    widgets::Button* m_ask;
    widgets::Button* m_copy;
    QVBoxLayout* m_list;
    bool m_isShown = false;
};

} // namespace counterfoil::casefile
