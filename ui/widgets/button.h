#pragma once

#include <QAbstractButton>

#include "ui/theme/icons.h"
#include "ui/widgets/widget_base.h"

#include <optional>

class QLabel;

namespace counterfoil::widgets {

/// Primary: the one filled button of a page or sheet. Plain: bordered. Quiet: text and icon without
/// an edge.
enum class ButtonKind : std::uint8_t { Primary, Plain, Quiet };
enum class ButtonSize : std::uint8_t { Normal, Small };

/// A push button of the design: 30 px high (26 small), an optional icon before and an optional key
/// hint after its text. A blocked button is disabled and says why: in its tip, in its accessible
/// description, and in every label made by makeReasonLabel.
class Button final : public QAbstractButton {
    Q_OBJECT

public:
    explicit Button(const QString& text, ButtonKind kind = ButtonKind::Plain,
                    QWidget* parent = nullptr, ButtonSize size = ButtonSize::Normal);
    /// A square button with only an icon; @p name is its accessible name and tip.
    Button(theme::Icon icon, const QString& name, QWidget* parent = nullptr);

    void setGlyph(std::optional<theme::Icon> icon);
    /// The key that does the same, shown after the text; it is a hint only, the shortcut belongs to
    /// the page.
    void setKeyHint(const QString& key);
    /// A number shown after the text in text3, for example "See resolved today 11".
    void setCount(const QString& count);

    /// Disables the button with a reason in plain words.
    void setBlocked(const QString& reason);
    /// Enables it again.
    void setAllowed();
    [[nodiscard]] QString blockedReason() const { return m_reason; }
    /// A small label that stands beside the button and shows the reason while there is one. Owned
    /// by its parent.
    [[nodiscard]] QLabel* makeReasonLabel(QWidget* parent);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// The reason changed; empty when the button is allowed.
    void reasonChanged(const QString& reason);

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] bool isIconOnly() const { return text().isEmpty(); }
    void paintFrame(QPainter& painter, const QRectF& shape) const;
    [[nodiscard]] QColor textColor() const;

    ButtonKind m_kind;
    ButtonSize m_size;
    std::optional<theme::Icon> m_glyph;
    QString m_keyHint;
    QString m_count;
    QString m_reason;
    bool m_showsFocusRing = false;
};

} // namespace counterfoil::widgets
