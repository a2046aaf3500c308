#pragma once

#include <QAbstractButton>

#include "ui/theme/icons.h"
#include "ui/widgets/widget_base.h"

#include <optional>

namespace counterfoil::widgets {

/// A small rounded switch with a live count: quick filters ("Past SLA 4"), and the waiting rows ("4
/// new" with its key). Checkable; a chip that is on is filled sel with a selLine edge.
class Chip final : public QAbstractButton {
    Q_OBJECT

public:
    explicit Chip(const QString& text, QWidget* parent = nullptr);
    /// Text of the count; empty hides it.
    void setCount(const QString& count);
    /// A key cap inside the chip, right of the text.
    void setKeyCap(const QString& key);
    void setGlyph(std::optional<theme::Icon> icon);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void refreshName();

    QString m_count;
    QString m_keyCap;
    std::optional<theme::Icon> m_glyph;
    bool m_showsFocusRing = false;
};

} // namespace counterfoil::widgets
