#pragma once

#include <QWidget>

class QVariantAnimation;

namespace counterfoil::shell {

/// The list and, at its right, the pane of one case. From 1280 on they stand side by side with a
/// line that a pointer can draw; narrower the pane lies over the list. The pane is 480 px to half
/// of the window wide.
class CaseDock final : public QWidget {
    Q_OBJECT

public:
    /// Takes it as a child.
    explicit CaseDock(QWidget* list, QWidget* parent = nullptr);
    /// Takes it as a child, hidden. @pre once, before the first setPaneShown
    void setPane(QWidget* pane);
    void setPaneShown(bool isShown);
    [[nodiscard]] bool isPaneShown() const { return m_isShown; }
    [[nodiscard]] bool isOverlay() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] int paneWidth() const;
    void layOut();

    QWidget* m_list;
    QWidget* m_pane = nullptr; ///< nullptr: no case was opened yet
    QWidget* m_edge;           ///< the line between the two
    QWidget* m_handle;
    QVariantAnimation* m_slide;
    int m_wanted = 0; ///< width a person drew; 0: by the window
    int m_offset = 0; ///< how far the pane still stands out while it slides in
    bool m_isShown = false;
};

} // namespace counterfoil::shell
