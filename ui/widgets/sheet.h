#pragma once

#include <QPointer>

#include "ui/widgets/widget_base.h"

#include <functional>

class QHBoxLayout;
class QVBoxLayout;

namespace counterfoil::widgets {

class Button;

/// The plain dark fill behind a sheet. It covers its parent, takes every click, and lets nothing
/// behind it be reached.
class Scrim final : public QWidget {
    Q_OBJECT

public:
    explicit Scrim(QWidget* host);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

/// A window-modal sheet: a child of @p host above a scrim, with head, body and foot. Focus is
/// trapped inside and given back on close. Esc closes, unless the escape guard says that something
/// would be lost. The page fills bodyLayout() and footLayout(); both are owned by the sheet.
class Sheet : public QWidget {
    Q_OBJECT

public:
    /// @param host the window's central widget; the sheet is shown by open(), and deletes itself
    /// after closing.
    Sheet(QWidget* host, const QString& objectName, QSize maxSize = {1000, 768});
    ~Sheet() override;

    void setTitle(const QString& title);
    /// The line under the title, plain text; words in @p strong (an amount) are set in 600.
    void setSubtitle(const QString& text, const QString& strong = {});
    /// Right end of the head's second line: the switch.
    [[nodiscard]] QHBoxLayout* headLayout() { return m_headExtra; }
    [[nodiscard]] QVBoxLayout* bodyLayout() { return m_body; }
    [[nodiscard]] QHBoxLayout* footLayout() { return m_foot; }
    /// Asked before Esc or the cross closes: true closes. Without a guard they always close.
    void setCloseGuard(std::function<bool()> guard) { m_guard = std::move(guard); }
    /// The button that Ctrl+Enter presses.
    void setPrimary(Button* primary) { m_primary = primary; }

    void open();
    /// Closes without asking, gives the focus back, and deletes the sheet later.
    void close();
    /// The same through the guard.
    void requestClose();

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    [[nodiscard]] QRect bodyRect() const;
    [[nodiscard]] int headHeight() const;

    Scrim* m_scrim;
    QSize m_maxSize;
    QString m_title;
    QString m_subtitle;
    QString m_strong;
    QVBoxLayout* m_body;
    QHBoxLayout* m_headExtra;
    QHBoxLayout* m_foot;
    QWidget* m_footHost;
    Button* m_cross;
    Button* m_primary = nullptr;
    QPointer<QWidget> m_focusBefore;
    std::function<bool()> m_guard;
    bool m_isClosing = false;
};

} // namespace counterfoil::widgets
