#pragma once

#include "ui/widgets/widget_base.h"

class QVBoxLayout;
class QHBoxLayout;

namespace counterfoil::widgets {

/// A panel with a line2 edge and radius 8, and an optional head: title, a note beside it, widgets
/// at the right.
class Card final : public PaintedWidget {
    Q_OBJECT

public:
    explicit Card(QWidget* parent = nullptr);
    /// An empty title hides the head.
    void setTitle(const QString& title);
    void setNote(const QString& note);
    /// A line between head and body.
    void setHeadLine(bool hasLine);
    /// Right end of the head, for buttons, links and badges.
    [[nodiscard]] QHBoxLayout* headLayout() { return m_head; }
    /// Where the content goes; margins of 14 by default.
    [[nodiscard]] QVBoxLayout* bodyLayout() { return m_body; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int headHeight() const;
    void refreshMargins();

    QString m_title;
    QString m_note;
    bool m_hasLine = true;
    QVBoxLayout* m_outer;
    QWidget* m_headHost;
    QHBoxLayout* m_head;
    QVBoxLayout* m_body;
};

} // namespace counterfoil::widgets
