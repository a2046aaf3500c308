#include "ui/widgets/paragraph.h"

#include "ui/widgets/marks.h"

#include <algorithm>
#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;

namespace {

constexpr int kIndent = 22;

FontRole strongOf(FontRole role)
{
    switch (role) {
    case FontRole::Body:
    case FontRole::BodyMedium:
        return FontRole::BodyStrong;
    case FontRole::Small:
    case FontRole::SmallMedium:
        return FontRole::SmallStrong;
    case FontRole::Micro:
        return FontRole::MicroStrong;
    case FontRole::Display:
    case FontRole::Title:
    case FontRole::Heading:
    case FontRole::BodyStrong:
    case FontRole::SmallStrong:
    case FontRole::MicroStrong:
    case FontRole::Code:
    case FontRole::Initials:
        return role;
    }
    return role;
}

} // namespace

Paragraph::Paragraph(QWidget* parent, FontRole role, theme::ColorToken color)
    : PaintedWidget(parent), m_role(role), m_color(color)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void Paragraph::setText(const QString& text, const QString& lead)
{
    if (m_text == text && m_lead == lead)
        return;
    m_text = text;
    m_lead = lead;
    setAccessibleName(this->text());
    updateGeometry();
    update();
}

QString Paragraph::text() const
{
    return m_lead.isEmpty() || m_text.isEmpty() ? m_lead + m_text
                                                : m_lead + QLatin1Char(' ') + m_text;
}

void Paragraph::setColor(theme::ColorToken color)
{
    m_color = color;
    update();
}

void Paragraph::setLeadColor(theme::ColorToken color)
{
    m_leadColor = color;
    update();
}

void Paragraph::setGlyph(std::optional<theme::Icon> icon, theme::ColorToken color)
{
    m_glyph = icon;
    m_glyphColor = color;
    updateGeometry();
    update();
}

void Paragraph::setSeverity(std::optional<theme::Severity> severity)
{
    m_severity = severity;
    updateGeometry();
    update();
}

void Paragraph::setMaxLines(int lines)
{
    m_maxLines = lines;
    updateGeometry();
    update();
}

void Paragraph::setBreaksAnywhere(bool breaks)
{
    m_breaksAnywhere = breaks;
    updateGeometry();
    update();
}

void Paragraph::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

int Paragraph::indent() const
{
    return m_glyph || m_severity ? kIndent : 0;
}

QString Paragraph::shownText() const
{
    QString out = text();
    out.replace(QLatin1Char('\n'), QChar::LineSeparator);
    return out;
}

int Paragraph::layOut(QTextLayout& layout, int width) const
{
    const theme::Theme& t = theme::current();
    layout.setFont(theme::font(m_role));
    QTextOption option(m_alignment);
    option.setWrapMode(m_breaksAnywhere ? QTextOption::WrapAnywhere
                                        : QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    QList<QTextLayout::FormatRange> formats;
    if (!m_lead.isEmpty()) {
        QTextLayout::FormatRange range;
        range.start = 0;
        range.length = static_cast<int>(m_lead.size());
        range.format.setFont(theme::font(strongOf(m_role)));
        range.format.setForeground(t.*m_leadColor);
        formats.append(range);
    }
    layout.setFormats(formats);
    const int lineHeight = t.lineHeight(m_role);
    int y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(1, width - indent()));
        line.setPosition(QPointF(indent(), y + (lineHeight - line.height()) / 2));
        y += lineHeight;
        if (m_maxLines > 0 && layout.lineCount() == m_maxLines)
            break;
    }
    layout.endLayout();
    return std::max(y, lineHeight);
}

int Paragraph::heightForWidth(int width) const
{
    QTextLayout layout(shownText());
    return layOut(layout, width);
}

QSize Paragraph::sizeHint() const
{
    QTextLayout layout(shownText());
    constexpr int kWide = 100000;
    const int height = layOut(layout, kWide);
    double width = 0;
    for (int i = 0; i < layout.lineCount(); ++i)
        width = std::max(width, layout.lineAt(i).naturalTextWidth());
    return {std::min(static_cast<int>(std::ceil(width)) + indent() + 1, 460), height};
}

QSize Paragraph::minimumSizeHint() const
{
    return {std::min(60, sizeHint().width()), theme::current().lineHeight(m_role)};
}

void Paragraph::paintCut(QPainter& painter, QString rest, int start, double y) const
{
    rest.replace(QChar::LineSeparator, QLatin1Char(' '));
    const double room = width() - indent();
    const double line = theme::current().lineHeight(m_role);
    const QFontMetrics metrics(theme::font(m_role));
    QString cut = metrics.elidedText(rest, Qt::ElideRight, static_cast<int>(room));
    while (cut.size() > 1) {
        QTextLayout layout(cut, theme::font(m_role));
        if (start < m_lead.size()) {
            QTextLayout::FormatRange lead;
            lead.start = 0;
            lead.length = static_cast<int>(std::min(m_lead.size() - start, cut.size()));
            lead.format.setFont(theme::font(strongOf(m_role)));
            lead.format.setForeground(theme::current().*m_leadColor);
            layout.setFormats({lead});
        }
        layout.beginLayout();
        QTextLine only = layout.createLine();
        only.setLineWidth(1e6);
        only.setPosition(QPointF(indent(), y + (line - only.height()) / 2));
        layout.endLayout();
        if (only.naturalTextWidth() <= room) {
            layout.draw(&painter, QPointF(0, 0));
            return;
        }
        // The lead is wider than the plain font that was measured.
        cut = cut.left(cut.size() - 2) + QChar(0x2026);
    }
}

void Paragraph::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    const double line = t.lineHeight(m_role);
    if (m_severity)
        paintSeverity(painter, QRectF(0, 0, 14, line), *m_severity);
    else if (m_glyph)
        drawIcon(painter, QRectF(0, (line - 14) / 2, 14, 14), *m_glyph, t.*m_glyphColor);
    const QString shown = shownText();
    QTextLayout layout(shown);
    layOut(layout, width());
    painter.setPen(t.*m_color);
    QString tip;
    const int last = layout.lineCount() - 1;
    for (int i = 0; i <= last; ++i) {
        const QTextLine row = layout.lineAt(i);
        const int end = row.textStart() + row.textLength();
        if (i == last && end < shown.size()) {
            // What is cut: the last line that fits ends in an ellipsis, the whole is the tip.
            tip = text();
            paintCut(painter, shown.mid(row.textStart()), row.textStart(), i * line);
        } else {
            row.draw(&painter, QPointF(0, 0));
        }
    }
    tip = tip.size() > 1200 ? tip.left(1200) + QChar(0x2026) : tip;
    if (toolTip() != tip.toHtmlEscaped())
        setToolTip(tip.toHtmlEscaped());
}

} // namespace counterfoil::widgets
