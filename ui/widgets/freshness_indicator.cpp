#include "ui/widgets/freshness_indicator.h"

#include "ui/theme/style.h"
#include "ui/widgets/marks.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kDot = 8;
constexpr int kDotGap = 6;
constexpr int kAgeGap = 5;
constexpr int kItemGap = 12;

} // namespace

FreshnessIndicator::FreshnessIndicator(QWidget* parent) : PaintedWidget(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    nameWidget(this, QStringLiteral("freshness"), tr("Freshness of the platforms"));
}

void FreshnessIndicator::setItems(std::vector<FreshnessItem> items)
{
    m_items = std::move(items);
    m_focused = std::clamp(m_focused, 0, std::max(0, static_cast<int>(m_items.size()) - 1));
    QStringList sentences;
    for (const FreshnessItem& item : m_items) {
        QString sentence = item.platform + QStringLiteral(", ") + freshnessText(item.freshness);
        if (!item.age.isEmpty())
            sentence += QStringLiteral(", ") + tr("last read %1 ago").arg(item.age);
        sentences.append(sentence);
    }
    setAccessibleDescription(sentences.join(QStringLiteral(". ")));
    updateGeometry();
    update();
}

void FreshnessIndicator::setDotsOnly(bool dotsOnly)
{
    m_dotsOnly = dotsOnly;
    updateGeometry();
    update();
}

int FreshnessIndicator::itemWidth(const FreshnessItem& item) const
{
    if (m_dotsOnly)
        return theme::metric::kTouchMin - kItemGap;
    return kDot + kDotGap +
           static_cast<int>(std::ceil(Text::width(item.platform, FontRole::Small))) +
           (item.age.isEmpty()
                ? 0
                : kAgeGap +
                      static_cast<int>(std::ceil(Text::tabularWidth(item.age, FontRole::Small))));
}

QSize FreshnessIndicator::sizeHint() const
{
    int width = 4;
    for (const FreshnessItem& item : m_items)
        width += itemWidth(item) + (width > 4 ? kItemGap : 0);
    return {width, theme::current().px(theme::metric::kTouchMin)};
}

int FreshnessIndicator::itemAt(int x) const
{
    int left = 2;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const int right = left + itemWidth(m_items[i]);
        if (x < right + kItemGap / 2)
            return static_cast<int>(i);
        left = right + kItemGap;
    }
    return static_cast<int>(m_items.size()) - 1;
}

void FreshnessIndicator::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    double x = 2;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const FreshnessItem& item = m_items[i];
        const int width = itemWidth(item);
        paintFreshness(painter, QRectF(x, 0, m_dotsOnly ? width : kDot, height()), item.freshness);
        if (!m_dotsOnly) {
            const double nameWidth = std::ceil(Text::width(item.platform, FontRole::Small));
            const double textX = x + kDot + kDotGap;
            Text::draw(painter, QRectF(textX, 0, nameWidth + 1, height()), Qt::AlignVCenter,
                       item.platform, FontRole::Small, t.text2);
            Text::drawTabular(painter, QRectF(textX + nameWidth + kAgeGap, 0, width, height()),
                              Qt::AlignVCenter, item.age, FontRole::Small,
                              item.freshness == theme::Freshness::Failing ? t.crit : t.text3);
        }
        if (showsFocusRing() && m_focused == static_cast<int>(i))
            theme::paintFocusRing(painter, QRectF(x - 4, 0, width + 8, height()),
                                  theme::metric::kRadiusChip);
        x += width + kItemGap;
    }
}

void FreshnessIndicator::mouseReleaseEvent(QMouseEvent* event)
{
    const int hit = itemAt(event->pos().x());
    if (hit >= 0)
        Q_EMIT clicked(m_items[static_cast<std::size_t>(hit)].id);
}

void FreshnessIndicator::keyPressEvent(QKeyEvent* event)
{
    const int last = static_cast<int>(m_items.size()) - 1;
    if (event->key() == Qt::Key_Left)
        m_focused = std::max(0, m_focused - 1);
    else if (event->key() == Qt::Key_Right)
        m_focused = std::min(last, m_focused + 1);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
              event->key() == Qt::Key_Space) &&
             last >= 0)
        Q_EMIT clicked(m_items[static_cast<std::size_t>(m_focused)].id);
    else
        PaintedWidget::keyPressEvent(event);
    update();
}

bool FreshnessIndicator::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int hit = itemAt(help->pos().x());
        if (hit >= 0) {
            const FreshnessItem& item = m_items[static_cast<std::size_t>(hit)];
            const QString text = m_dotsOnly ? item.platform + QStringLiteral(" ") + item.age +
                                                  QStringLiteral(". ") + item.tip
                                            : item.tip;
            QToolTip::showText(help->globalPos(), text.toHtmlEscaped(), this);
        }
        return true;
    }
    return PaintedWidget::event(event);
}

} // namespace counterfoil::widgets
