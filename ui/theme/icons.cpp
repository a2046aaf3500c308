#include "ui/theme/icons.h"

#include <QCache>
#include <QFile>
#include <QIconEngine>
#include <QPixmap>
#include <QSvgRenderer>

#include "core/base/check.h"

#include <cmath>

// Must stand outside every namespace: the macro declares a function of the resource compiler.
static void initIconResources()
{
    Q_INIT_RESOURCE(counterfoil_icons);
}

namespace counterfoil::theme {

namespace {

constexpr std::array<const char*, kIconCount> kIconNames = {
    "inbox",     "person",     "people", "headset",  "coins",  "box",    "plug",     "snooze",
    "bookmark",  "quarantine", "credit", "calendar", "trend",  "audit",  "activity", "health",
    "search",    "tick",       "cross",  "plus",     "minus",  "caret",  "caretr",   "updown",
    "alert",     "info",       "lock",   "clock",    "camera", "detach", "refresh",  "settings",
    "columns",   "rows",       "group",  "flag",     "note",   "export", "link",     "sign",
    "bell",      "keyboard",   "eye",    "chain",    "bolt",   "swap",   "pause",    "undo",
    "arrowdown", "arrowup",    "return", "mark",
};

constexpr int kPixmapsMax = 1'024;

struct PixmapKey {
    Icon icon;
    QRgb color;
    int sizePx; ///< device px
    bool operator==(const PixmapKey&) const = default;
};

size_t qHash(const PixmapKey& key, size_t seed = 0)
{
    return qHashMulti(seed, static_cast<int>(key.icon), key.color, key.sizePx);
}

std::array<QByteArray, kIconCount>& sources()
{
    static std::array<QByteArray, kIconCount> bytes;
    return bytes;
}

QCache<PixmapKey, QPixmap>& pixmaps()
{
    static QCache<PixmapKey, QPixmap> cache(kPixmapsMax);
    return cache;
}

QPixmap render(Icon icon, const QColor& color, int sizePx)
{
    const PixmapKey key{icon, color.rgba(), sizePx};
    if (const QPixmap* found = pixmaps().object(key))
        return *found;
    QByteArray svg = sources().at(static_cast<std::size_t>(icon));
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(svg);
    QPixmap picture(sizePx, sizePx);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(color.alphaF());
    renderer.render(&painter, QRectF(0, 0, sizePx, sizePx));
    painter.end();
    pixmaps().insert(key, new QPixmap(picture));
    return picture;
}

/// Tints one SVG with a token of the theme in force.
class IconEngine final : public QIconEngine {
public:
    IconEngine(Icon icon, ColorToken token) : m_icon(icon), m_token(token) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        drawIcon(*painter, rect, m_icon, colorFor(mode));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        return render(m_icon, colorFor(mode), std::min(size.width(), size.height()));
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal) override
    {
        return render(m_icon, colorFor(mode), std::min(size.width(), size.height()));
    }

    QIconEngine* clone() const override { return new IconEngine(*this); }
    QString key() const override { return QStringLiteral("counterfoil"); }

private:
    [[nodiscard]] QColor colorFor(QIcon::Mode mode) const
    {
        return mode == QIcon::Disabled ? current().text3 : current().*m_token;
    }

    Icon m_icon;
    ColorToken m_token;
};

} // namespace

QString iconName(Icon icon)
{
    return QLatin1String(kIconNames.at(static_cast<std::size_t>(icon)));
}

QIcon icon(Icon icon, ColorToken token)
{
    return QIcon(new IconEngine(icon, token));
}

void drawIcon(QPainter& painter, const QRectF& box, Icon icon, const QColor& color)
{
    const double ratio = deviceScale(painter);
    const double side = std::min(box.width(), box.height());
    QPixmap picture = render(icon, color, static_cast<int>(std::lround(side * ratio)));
    picture.setDevicePixelRatio(ratio);
    const QPointF corner(box.x() + (box.width() - side) / 2, box.y() + (box.height() - side) / 2);
    // On whole device px, or the thin strokes blur.
    painter.drawPixmap(
        QPointF(std::round(corner.x() * ratio) / ratio, std::round(corner.y() * ratio) / ratio),
        picture);
}

double deviceScale(const QPainter& painter)
{
    const double scale = painter.deviceTransform().m11();
    return scale > 0 ? scale : 1.0;
}

void loadIcons()
{
    initIconResources();
    for (std::size_t i = 0; i < kIconCount; ++i) {
        QFile file(QStringLiteral(":/counterfoil/icons/") + QLatin1String(kIconNames.at(i)) +
                   QStringLiteral(".svg"));
        CF_CHECK(file.open(QIODevice::ReadOnly));
        sources().at(i) = file.readAll();
    }
}

void clearIconCache()
{
    pixmaps().clear();
}

} // namespace counterfoil::theme
