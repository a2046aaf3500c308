#include "ui/theme/text.h"

#include <QCache>
#include <QFontMetricsF>
#include <QGlyphRun>
#include <QRawFont>
#include <QStaticText>

#include <cmath>

namespace counterfoil::theme {

namespace {

// About forty screens of the queue; a layout takes around 1 KB.
constexpr int kLayoutsMax = 16'384;

struct Key {
    QString text;
    int widthPx; ///< -1: not elided
    FontRole role;
    bool isTabular;
    bool operator==(const Key&) const = default;
};

size_t qHash(const Key& key, size_t seed = 0)
{
    const int mixed =
        (key.widthPx * 64 + static_cast<int>(key.role)) * 2 + static_cast<int>(key.isTabular);
    return ::qHash(key.text, seed) ^
           (static_cast<size_t>(static_cast<unsigned>(mixed)) * 0x9E3779B97F4A7C15U);
}

struct Layout {
    QStaticText prose;
    QGlyphRun glyphs; ///< set when the text was laid out on tabular digits
    double width = 0;
    double height = 0;
    double ascent = 0;
};

QCache<Key, Layout>& layouts()
{
    static QCache<Key, Layout> cache(kLayoutsMax);
    return cache;
}

struct RoleFont {
    QRawFont raw;
    double zeroAdvance = 0;
    double spacing = 0;
    double ascent = 0;
    double descent = 0;
    bool isSet = false;
};

std::array<RoleFont, kFontRoleCount>& roleFonts()
{
    static std::array<RoleFont, kFontRoleCount> fonts;
    return fonts;
}

const RoleFont& roleFont(FontRole role)
{
    RoleFont& entry = roleFonts().at(static_cast<std::size_t>(role));
    if (!entry.isSet) {
        const QFont& chosen = font(role);
        entry.raw = QRawFont::fromFont(chosen);
        const auto zero = entry.raw.glyphIndexesForString(QStringLiteral("0"));
        const auto advance = entry.raw.advancesForGlyphIndexes(zero, QRawFont::SeparateAdvances);
        entry.zeroAdvance = advance.isEmpty() ? 0 : advance.first().x();
        entry.spacing = chosen.letterSpacing();
        const QFontMetricsF metrics(chosen);
        entry.ascent = metrics.ascent();
        entry.descent = metrics.descent();
        entry.isSet = true;
    }
    return entry;
}

/// Lays @p text out glyph by glyph; false when the face lacks a letter or the text needs shaping.
bool layOutTabular(const QString& text, FontRole role, QGlyphRun& run, double& width)
{
    for (const QChar letter : text)
        if (letter.unicode() > 0x2FFF || (letter.unicode() >= 0x0300 && letter.unicode() < 0x2000))
            return false;
    const RoleFont& face = roleFont(role);
    const auto glyphs = face.raw.glyphIndexesForString(text);
    if (glyphs.size() != text.size() || glyphs.contains(0U))
        return false;
    const auto advances = face.raw.advancesForGlyphIndexes(glyphs, QRawFont::SeparateAdvances);
    QList<QPointF> positions;
    positions.reserve(glyphs.size());
    double x = 0;
    for (qsizetype i = 0; i < glyphs.size(); ++i) {
        const bool isDigit = text.at(i) >= QLatin1Char('0') && text.at(i) <= QLatin1Char('9');
        const double advance = advances.at(i).x();
        const double cell = isDigit ? face.zeroAdvance : advance;
        positions.append({x + (cell - advance) / 2, 0.0});
        x += cell + face.spacing;
    }
    run.setRawFont(face.raw);
    run.setGlyphIndexes(glyphs);
    run.setPositions(positions);
    width = x;
    return true;
}

QString elidedTabular(const QString& text, FontRole role, double width)
{
    QString shortened = text;
    QGlyphRun run;
    double used = 0;
    while (!shortened.isEmpty()) {
        shortened.chop(1);
        const QString candidate = shortened + QChar(0x2026);
        if (!layOutTabular(candidate, role, run, used) || used <= width)
            return candidate;
    }
    return QString(QChar(0x2026));
}

Layout makeLayout(const Key& key)
{
    const RoleFont& face = roleFont(key.role);
    const QString clean = Text::isolated(key.text);
    Layout layout;
    layout.ascent = face.ascent;
    layout.height = face.ascent + face.descent;
    if (key.isTabular && layOutTabular(clean, key.role, layout.glyphs, layout.width)) {
        if (key.widthPx >= 0 && layout.width > key.widthPx + 0.5)
            layOutTabular(elidedTabular(clean, key.role, key.widthPx), key.role, layout.glyphs,
                          layout.width);
        return layout;
    }
    layout.glyphs = QGlyphRun();
    const QFontMetricsF metrics(font(key.role));
    QString shown = clean;
    layout.width = metrics.horizontalAdvance(shown);
    if (key.widthPx >= 0 && layout.width > key.widthPx + 0.5) {
        shown = metrics.elidedText(clean, Qt::ElideRight, key.widthPx);
        layout.width = metrics.horizontalAdvance(shown);
    }
    layout.prose.setTextFormat(Qt::PlainText);
    layout.prose.setPerformanceHint(QStaticText::AggressiveCaching);
    layout.prose.setText(shown);
    layout.prose.prepare(QTransform(), font(key.role));
    return layout;
}

const Layout& layoutOf(const Key& key)
{
    if (const Layout* found = layouts().object(key))
        return *found;
    auto* made = new Layout(makeLayout(key));
    layouts().insert(key, made); // the cache owns it; cost 1 is far below the limit, so it stays
    return *made;
}

void drawKey(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const Key& key,
             const QColor& color)
{
    const Layout& layout = layoutOf(key);
    double x = box.x();
    if (alignment & Qt::AlignRight)
        x = box.right() - layout.width;
    else if (alignment & Qt::AlignHCenter)
        x = box.x() + (box.width() - layout.width) / 2;
    double y = box.y();
    if (alignment & Qt::AlignBottom)
        y = box.bottom() - layout.height;
    else if (alignment & Qt::AlignVCenter)
        y = box.y() + (box.height() - layout.height) / 2;
    painter.setPen(color);
    if (!layout.glyphs.isEmpty()) {
        painter.drawGlyphRun({x, std::round(y + layout.ascent)}, layout.glyphs);
        return;
    }
    painter.setFont(font(key.role));
    // The base line, not the top, stands on a whole px: the ascent of Inter is a fraction.
    painter.drawStaticText(QPointF(x, std::round(y + layout.ascent) - layout.ascent), layout.prose);
}

bool isControl(QChar letter)
{
    const char16_t code = letter.unicode();
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0x200E || code == 0x200F ||
           code == 0x2028 || code == 0x2029;
}

} // namespace

void Text::draw(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text,
                FontRole role, const QColor& color)
{
    if (text.isEmpty() || box.width() < 1)
        return;
    drawKey(painter, box, alignment, {text, static_cast<int>(box.width()), role, false}, color);
}

void Text::drawTabular(QPainter& painter, const QRectF& box, Qt::Alignment alignment,
                       const QString& text, FontRole role, const QColor& color)
{
    if (text.isEmpty() || box.width() < 1)
        return;
    drawKey(painter, box, alignment, {text, static_cast<int>(box.width()), role, true}, color);
}

double Text::width(const QString& text, FontRole role)
{
    return text.isEmpty() ? 0 : layoutOf({text, -1, role, false}).width;
}

double Text::tabularWidth(const QString& text, FontRole role)
{
    return text.isEmpty() ? 0 : layoutOf({text, -1, role, true}).width;
}

QString Text::isolated(const QString& text)
{
    bool needsCleaning = false;
    bool isRightToLeft = false;
    for (const QChar letter : text) {
        needsCleaning = needsCleaning || isControl(letter);
        const QChar::Direction direction = letter.direction();
        isRightToLeft = isRightToLeft || direction == QChar::DirR || direction == QChar::DirAL;
    }
    if (!needsCleaning && !isRightToLeft)
        return text;
    QString clean;
    clean.reserve(text.size() + 2);
    for (const QChar letter : text) {
        if (!isControl(letter))
            clean.append(letter);
        else if (letter == QLatin1Char('\n') || letter == QLatin1Char('\t') ||
                 letter == QChar(0x2028))
            clean.append(QLatin1Char(' '));
    }
    return isRightToLeft ? QChar(0x2068) + clean + QChar(0x2069) : clean;
}

void clearTextCache()
{
    layouts().clear();
    roleFonts() = {};
}

} // namespace counterfoil::theme
