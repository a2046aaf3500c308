#include "ui/queue/bulk_bar.h"

#include <QHBoxLayout>
#include <QVariantAnimation>

#include "ui/theme/theme_service.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"

#include <cmath>

namespace counterfoil::queue {

using widgets::Button;
using widgets::ButtonKind;
using widgets::ButtonSize;

namespace {

constexpr int kLeft = 12;
constexpr int kGap = 8;

int widthOf(const QString& text, theme::FontRole role)
{
    return static_cast<int>(std::ceil(theme::Text::tabularWidth(text, role)));
}

} // namespace

BulkBar::BulkBar(QWidget* parent) : PaintedWidget(parent), m_slide(new QVariantAnimation(this))
{
    widgets::nameWidget(this, QStringLiteral("bulkBar"), tr("Selected exceptions"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(kLeft, 0, 12, 0);
    row->setSpacing(kGap);
    struct Verb {
        const char* name;
        QString text;
        const char* key;
        void (BulkBar::*signal)();
    };
    const Verb verbs[] = {{"bulkAssign", tr("Assign"), "I", &BulkBar::assignWanted},
                          {"bulkSnooze", tr("Snooze"), "S", &BulkBar::snoozeWanted},
                          {"bulkOwner", tr("Change owner"), "O", &BulkBar::ownerWanted},
                          {"bulkNote", tr("Add note"), "N", &BulkBar::noteWanted},
                          {"bulkCheck", tr("Check again"), "R", &BulkBar::checkWanted}};
    for (const Verb& verb : verbs) {
        auto* button = new Button(verb.text, ButtonKind::Plain, this, ButtonSize::Small);
        button->setObjectName(QLatin1String(verb.name));
        button->setKeyHint(QLatin1String(verb.key));
        connect(button, &Button::clicked, this, verb.signal);
        row->addWidget(button);
    }
    row->addStretch(1);
    row->addWidget(new widgets::PlainLabel(tr("Money is never sent from here"),
                                           theme::FontRole::Small, &theme::Theme::text3, this));
    auto* clear = new Button(tr("Clear"), ButtonKind::Quiet, this, ButtonSize::Small);
    clear->setObjectName(QStringLiteral("bulkClear"));
    clear->setKeyHint(QStringLiteral("Esc"));
    connect(clear, &Button::clicked, this, &BulkBar::clearWanted);
    row->addWidget(clear);
    connect(m_slide, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& value) { setFixedHeight(value.toInt()); });
    hide();
}

QSize BulkBar::sizeHint() const
{
    return {200, theme::current().px(theme::metric::kBulkBar)};
}

void BulkBar::setScope(int count, const QString& about)
{
    const bool wasShown = m_count > 0;
    m_count = count;
    m_about = about;
    const QString words = tr("%1 selected").arg(count);
    setAccessibleDescription(words + QStringLiteral(", ") + about);
    m_buttonsAt = kLeft + widthOf(words, theme::FontRole::BodyStrong) + 6 +
                  widthOf(about, theme::FontRole::Body) + 18;
    layout()->setContentsMargins(m_buttonsAt, 0, 12, 0);
    update();
    if ((count > 0) == wasShown)
        return;
    m_slide->stop();
    auto* service = theme::ThemeService::instance();
    const int time = service ? service->duration(theme::motion::kBulkBar) : 0;
    const int full = sizeHint().height();
    setHidden(count == 0);
    if (count > 0 && time > 0 && isVisible()) {
        m_slide->setDuration(time);
        m_slide->setEasingCurve(QEasingCurve::OutCubic);
        m_slide->setStartValue(1);
        m_slide->setEndValue(full);
        m_slide->start();
    } else {
        setFixedHeight(full);
    }
}

void BulkBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    painter.fillRect(rect(), t.panel);
    widgets::hairline(painter, 0, 0, width(), t.line2);
    const QString words = tr("%1 selected").arg(m_count);
    const int wordsWidth = widthOf(words, theme::FontRole::BodyStrong) + 1;
    theme::Text::drawTabular(painter, QRectF(kLeft, 0, wordsWidth, height()),
                             Qt::AlignLeft | Qt::AlignVCenter, words, theme::FontRole::BodyStrong,
                             t.text);
    theme::Text::drawTabular(
        painter, QRectF(kLeft + wordsWidth + 6, 0, m_buttonsAt - kLeft - wordsWidth, height()),
        Qt::AlignLeft | Qt::AlignVCenter, m_about, theme::FontRole::Body, t.text2);
}

} // namespace counterfoil::queue
