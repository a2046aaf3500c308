#pragma once

#include <QWidget>

#include "core/workspace/view.h"

class QLabel;

namespace counterfoil::widgets {
class ComparisonGrid;
}

namespace counterfoil::casefile {

/// One case at the right of the queue: what is wrong in sentences, and the systems side by side.
/// Takes values only. GUI thread.
class CasePane final : public QWidget {
    Q_OBJECT

public:
    explicit CasePane(QWidget* parent = nullptr);
    void show(const view::CaseView& view);
    /// The case could not be read: the sentence says why.
    void showProblem(const QString& sentence);

private:
    QLabel* m_title;
    QLabel* m_facts;
    QLabel* m_sentences;
    widgets::ComparisonGrid* m_grid;
};

} // namespace counterfoil::casefile
