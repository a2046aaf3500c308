#include "ui/widgets/key_cap.h"

#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kGap = 5;
constexpr int kMinWidth = 18;

bool isWord(const QString& key)
{
    return key == QLatin1String("then") || key == QLatin1String("or");
}

int partWidth(const QString& key)
{
    return isWord(key) ? static_cast<int>(std::ceil(Text::width(key, FontRole::Small)))
                       : keyCapWidth(key);
}

} // namespace

int keyCapWidth(const QString& key)
{
    return std::max(theme::current().px(kMinWidth),
                    10 + static_cast<int>(std::ceil(Text::width(key, FontRole::Micro))));
}

void paintKeyCap(QPainter& painter, const QRectF& box, const QString& key)
{
    const theme::Theme& t = theme::current();
    const double height = t.px(18);
    const QRectF cap(box.x(), std::round(box.y() + (box.height() - height) / 2), keyCapWidth(key),
                     height);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.line2, 1));
    painter.setBrush(t.panel);
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), theme::metric::kRadiusBadge,
                            theme::metric::kRadiusBadge);
    painter.restore();
    Text::draw(painter, cap, Qt::AlignCenter, key, FontRole::Micro, t.text2);
}

KeyCap::KeyCap(QStringList keys, QWidget* parent) : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setKeys(keys);
}

void KeyCap::setKeys(const QStringList& keys)
{
    m_keys = keys;
    setAccessibleName(keys.join(QLatin1Char(' ')));
    updateGeometry();
    update();
}

QSize KeyCap::sizeHint() const
{
    int width = 0;
    for (const QString& key : m_keys)
        width += partWidth(key) + (width > 0 ? kGap : 0);
    return {width, theme::current().px(20)};
}

void KeyCap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    double x = 0;
    for (const QString& key : m_keys) {
        const int width = partWidth(key);
        const QRectF box(x, 0, width, height());
        if (isWord(key))
            Text::draw(painter, box, Qt::AlignCenter, key, FontRole::Small, theme::current().text2);
        else
            paintKeyCap(painter, box, key);
        x += width + kGap;
    }
}

} // namespace counterfoil::widgets
