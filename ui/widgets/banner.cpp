#include "ui/widgets/banner.h"

#include "ui/theme/icons.h"
#include "ui/widgets/button.h"

#include <QAccessible>

#include <algorithm>
#include <cmath>

namespace counterfoil::widgets {

using theme::FontRole;
using theme::Text;

Banner::Banner(QWidget* parent)
    : PaintedWidget(parent),
      m_button(new Button(QStringLiteral(" "), ButtonKind::Plain, this, ButtonSize::Small)),
      m_more(new Button(QStringLiteral(" "), ButtonKind::Quiet, this, ButtonSize::Small))
{
    setObjectName(QStringLiteral("banner"));
    m_button->setObjectName(QStringLiteral("bannerButton"));
    m_more->setObjectName(QStringLiteral("bannerMore"));
    m_more->hide();
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_button, &Button::clicked, this, [this] {
        if (m_content)
            Q_EMIT acted(m_content->id);
    });
    connect(m_more, &Button::clicked, this, &Banner::moreRequested);
    hide();
}

void Banner::setContents(const std::vector<BannerContent>& contents)
{
    const auto worst =
        std::max_element(contents.begin(), contents.end(),
                         [](const auto& a, const auto& b) { return a.kind < b.kind; });
    if (worst == contents.end()) {
        m_content.reset();
        hide();
        return;
    }
    const bool isNew = !m_content || m_content->lead != worst->lead;
    m_content = *worst;
    setAccessibleName(m_content->lead + QLatin1Char(' ') + m_content->effect);
    m_button->setText(m_content->buttonText);
    m_button->setAccessibleName(m_content->buttonText);
    m_button->setHidden(m_content->buttonText.isEmpty());
    m_more->setText(tr("%n more", nullptr, static_cast<int>(contents.size()) - 1));
    m_more->setHidden(contents.size() < 2);
    placeButtons();
    show();
    update();
    if (isNew) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

QSize Banner::sizeHint() const
{
    return {400, theme::current().px(theme::metric::kBanner)};
}

void Banner::placeButtons()
{
    int right = width() - theme::metric::kGutter;
    for (Button* button : {m_button, m_more}) {
        if (button->isHidden())
            continue;
        const QSize size = button->sizeHint();
        button->setGeometry(right - size.width(), (height() - size.height()) / 2, size.width(),
                            size.height());
        right -= size.width() + 8;
    }
}

void Banner::resizeEvent(QResizeEvent* event)
{
    PaintedWidget::resizeEvent(event);
    placeButtons();
}

void Banner::paintEvent(QPaintEvent*)
{
    if (!m_content)
        return;
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    const bool isError = m_content->kind == BannerKind::Error;
    const bool isReadOnly = m_content->kind == BannerKind::ReadOnly;
    painter.fillRect(rect(), isError ? t.critBg : isReadOnly ? t.medBg : t.highBg);
    hairline(painter, 0, height() - 1, width(), isError ? t.markLine : t.line2);
    const QColor sign = isError ? t.crit : isReadOnly ? t.text2 : t.high;
    drawIcon(painter, QRectF(theme::metric::kGutter, (height() - 16) / 2.0, 16, 16),
             isReadOnly ? theme::Icon::Eye : theme::Icon::Alert, sign);
    int right = width() - theme::metric::kGutter;
    for (const Button* button : {m_button, m_more})
        if (!button->isHidden())
            right = std::min(right, button->x() - 10);
    const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
    double x = theme::metric::kGutter + 26;
    const double nextWidth =
        m_content->next.isEmpty()
            ? 0
            : std::ceil(Text::tabularWidth(m_content->next, FontRole::Small)) + 9;
    const double limit = right - nextWidth;
    const double leadWidth =
        std::min(std::ceil(Text::width(m_content->lead, FontRole::BodyStrong)) + 1, limit - x);
    Text::draw(painter, QRectF(x, 0, leadWidth, height()), left, m_content->lead,
               FontRole::BodyStrong, t.text);
    x += leadWidth + 4;
    Text::draw(painter, QRectF(x, 0, limit - x, height()), left, m_content->effect, FontRole::Body,
               t.text);
    Text::drawTabular(painter, QRectF(limit, 0, nextWidth, height()),
                      Qt::AlignRight | Qt::AlignVCenter, m_content->next, FontRole::Small, t.text2);
}

} // namespace counterfoil::widgets
