#pragma once

#include <QHash>
#include <QWidget>

#include "core/workspace/workspace.h"
#include "ui/widgets/widget_base.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

class QVBoxLayout;

namespace counterfoil::widgets {
class Badge;
class Button;
class PlainLabel;
} // namespace counterfoil::widgets

namespace counterfoil::quarantine {

/// One line of a release: product, where to, available before and after, what it is made of.
class ReleaseLineRow final : public widgets::PaintedWidget {
    Q_OBJECT

public:
    explicit ReleaseLineRow(QWidget* parent = nullptr);
    void setLine(const view::ReleaseLine& line);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    view::ReleaseLine m_line;
};

/// What the inspected units of one return would become: a line a product and place, and the button
/// that opens the release sheet. Asks for the preview of the return it is given. GUI thread.
class ReleaseTray final : public QWidget {
    Q_OBJECT

public:
    explicit ReleaseTray(workspace::Workspace* source, QWidget* parent = nullptr);
    /// The return of the current lot; asks for its preview. An empty id shows nothing.
    void setCase(const std::string& site, const CaseId& id, const QString& rma);
    /// Asks again for the same return.
    void refresh();
    /// What the button does, by key.
    void press();

Q_SIGNALS:
    void releaseRequested(const std::string& site, const counterfoil::CaseId& id);
    void shown();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void layOut();
    void showAnswer(const view::ReleasePreview& preview);
    void showReason(const QString& reason);
    void setLines(const std::vector<view::ReleaseLine>& lines);

    workspace::Workspace* m_workspace;
    std::string m_site;
    CaseId m_case;
    widgets::PlainLabel* m_title;
    widgets::Badge* m_size;
    widgets::PlainLabel* m_what;
    QVBoxLayout* m_lines;
    std::vector<ReleaseLineRow*> m_rows;
    widgets::PlainLabel* m_sums;
    widgets::PlainLabel* m_approval;
    widgets::Button* m_release;
};

} // namespace counterfoil::quarantine
