#pragma once

#include <QTextLayout>

#include "ui/theme/icons.h"
#include "ui/widgets/widget_base.h"

#include <optional>

namespace counterfoil::widgets {

/// Plain text that wraps: an optional mark, an optional lead in strong weight, then the rest. Grows
/// with its width, follows the theme, is never mark-up. Its text is its accessible name.
class Paragraph final : public PaintedWidget {
    Q_OBJECT

public:
    explicit Paragraph(QWidget* parent = nullptr, theme::FontRole role = theme::FontRole::Body,
                       theme::ColorToken color = &theme::Theme::text);
    void setText(const QString& text, const QString& lead = {});
    [[nodiscard]] QString text() const;
    void setColor(theme::ColorToken color);
    void setLeadColor(theme::ColorToken color);
    void setGlyph(std::optional<theme::Icon> icon, theme::ColorToken color = &theme::Theme::text2);
    void setSeverity(std::optional<theme::Severity> severity);
    /// At most @p lines lines; what is cut ends in an ellipsis and stands in the tip. 0: all.
    void setMaxLines(int lines);
    /// Breaks anywhere (calls, hashes) instead of between words.
    void setBreaksAnywhere(bool breaks);
    void setAlignment(Qt::Alignment alignment);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int indent() const;
    [[nodiscard]] QString shownText() const;
    /// Lays the lines out in @p width; the height in px.
    int layOut(QTextLayout& layout, int width) const;
    void paintCut(QPainter& painter, QString rest, int start, double y) const;

    theme::FontRole m_role;
    theme::ColorToken m_color;
    theme::ColorToken m_leadColor = &theme::Theme::text;
    QString m_lead;
    QString m_text;
    std::optional<theme::Icon> m_glyph;
    theme::ColorToken m_glyphColor = &theme::Theme::text2;
    std::optional<theme::Severity> m_severity;
    int m_maxLines = 0;
    bool m_breaksAnywhere = false;
    Qt::Alignment m_alignment = Qt::AlignLeft;
};

} // namespace counterfoil::widgets
