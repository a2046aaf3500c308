#pragma once

#include "ui/theme/icons.h"
#include "ui/widgets/widget_base.h"

#include <optional>

namespace counterfoil::widgets {

/// What a badge shows: a word on a tint, with an icon or a severity mark before it.
struct BadgeContent {
    QString text;
    theme::Tone tone = theme::Tone::Neutral;
    std::optional<theme::Icon> icon;
    std::optional<theme::Severity> severity; ///< paints that mark in place of the icon
    bool operator==(const BadgeContent&) const = default;
};

[[nodiscard]] int badgeWidth(const BadgeContent& content);
/// Paints a badge at the left of @p box, 18 px high, centred vertically, cut to the box's width.
void paintBadge(QPainter& painter, const QRectF& box, const BadgeContent& content);

/// A badge as a widget of its own. Its text is its accessible name.
class Badge final : public PaintedWidget {
    Q_OBJECT

public:
    explicit Badge(BadgeContent content = {}, QWidget* parent = nullptr);
    void setContent(const BadgeContent& content);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    BadgeContent m_content;
};

} // namespace counterfoil::widgets
