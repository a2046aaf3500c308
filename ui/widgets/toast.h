#pragma once

#include "ui/theme/icons.h"
#include "ui/widgets/widget_base.h"

#include <chrono>

class QTimer;

namespace counterfoil::widgets {

/// One sentence at the bottom of a pane, with at most one verb.
struct ToastContent {
    theme::Icon icon = theme::Icon::Tick;
    QString text;    ///< "Approved £138.60 for Saltmarsh Provisions. Sends in 8 s."
    QString verb;    ///< "Undo"; empty: none
    QString verbKey; ///< "Z"
    QString id;      ///< what `acted` gives back
    bool isAssertive = false;
};

/// The inverted bar at the bottom centre of its parent, one at a time. It stays while hovered or
/// focused, and for the given time otherwise. Its text may be changed while it is shown (the
/// seconds of a held write).
class Toast final : public PaintedWidget {
    Q_OBJECT

public:
    explicit Toast(QWidget* pane);
    /// Shows @p content for @p time, replacing what was shown; 0 keeps it until dismiss().
    void present(const ToastContent& content, std::chrono::milliseconds time);
    /// New words for the toast that is shown; ignored for another id.
    void setText(const QString& id, const QString& text);
    void dismiss();
    [[nodiscard]] QString shownId() const { return isVisible() ? m_content.id : QString(); }
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void acted(const QString& id);
    void dismissed(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    void expire();
    [[nodiscard]] QRectF verbRect() const;

    ToastContent m_content;
    QTimer* m_timer;
    bool m_isExpired = false;
};

} // namespace counterfoil::widgets
