#include "ui/health/facts_card.h"

#include "ui/models/marks.h"
#include "ui/widgets/card.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/sparkline.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QToolTip>
#include <QVBoxLayout>

#include <cmath>

namespace counterfoil::health {

using theme::FontRole;
using theme::Text;

namespace {

constexpr int kLine = 20;
constexpr int kMark = 16;
constexpr int kGap = 8;

theme::Tone toneOf(view::FeedHealth health)
{
    switch (health) {
    case view::FeedHealth::Fresh:
        return theme::Tone::Ok;
    case view::FeedHealth::Late:
        return theme::Tone::High;
    case view::FeedHealth::Failing:
        return theme::Tone::Critical;
    case view::FeedHealth::NotConnected:
    case view::FeedHealth::NeverRead:
        return theme::Tone::Neutral;
    }
    return theme::Tone::Neutral;
}

QString stateOf(const view::PlatformCard& card)
{
    switch (card.health) {
    case view::FeedHealth::Fresh:
        return PlatformHead::tr("working");
    case view::FeedHealth::Late:
        return PlatformHead::tr("late");
    case view::FeedHealth::Failing:
        return PlatformHead::tr("not answering");
    case view::FeedHealth::NotConnected:
        return PlatformHead::tr("not connected");
    case view::FeedHealth::NeverRead:
        return PlatformHead::tr("never read");
    }
    return Text::isolated(QString::fromStdString(card.stateText));
}

} // namespace

FactsList::FactsList(QWidget* parent) : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FactsList::setFacts(std::vector<Fact> facts)
{
    if (facts == m_facts)
        return;
    const bool isSameHeight = facts.size() == m_facts.size();
    m_facts = std::move(facts);
    QStringList sentences;
    for (const Fact& fact : m_facts)
        sentences << fact.label + QStringLiteral(": ") + fact.value;
    setAccessibleDescription(sentences.join(QStringLiteral(". ")));
    if (!isSameHeight)
        updateGeometry();
    update();
}

QSize FactsList::sizeHint() const
{
    return {240, theme::current().px(kLine) * static_cast<int>(m_facts.size())};
}

QRectF FactsList::lineRect(std::size_t index) const
{
    const int height = theme::current().px(kLine);
    return {0, static_cast<double>(height) * static_cast<double>(index),
            static_cast<double>(width()), static_cast<double>(height)};
}

void FactsList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    for (std::size_t i = 0; i < m_facts.size(); ++i) {
        const Fact& fact = m_facts[i];
        const QRectF line = lineRect(i);
        const double labelWidth =
            std::min(line.width() * 0.6, std::ceil(Text::width(fact.label, FontRole::Small)) + 1);
        Text::draw(painter, QRectF(line.topLeft(), QSizeF(labelWidth, line.height())),
                   Qt::AlignLeft | Qt::AlignVCenter, fact.label, FontRole::Small, t.text2);
        Text::drawTabular(painter, line.adjusted(labelWidth + kGap, 0, 0, 0),
                          Qt::AlignRight | Qt::AlignVCenter, fact.value,
                          fact.isCode ? FontRole::Code : FontRole::Small, t.text);
    }
}

bool FactsList::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::hideText();
        for (std::size_t i = 0; i < m_facts.size(); ++i) {
            if (lineRect(i).contains(help->pos()))
                QToolTip::showText(help->globalPos(), m_facts[i].value.toHtmlEscaped(), this);
        }
        return true;
    }
    return PaintedWidget::event(event);
}

PlatformHead::PlatformHead(QWidget* parent) : PaintedWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void PlatformHead::setPlatform(const view::PlatformCard& card)
{
    const auto name = platformName(card.platform);
    m_name = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    m_state = stateOf(card);
    m_health = card.health;
    setAccessibleName(m_name + QStringLiteral(", ") + m_state);
    updateGeometry();
    update();
}

QSize PlatformHead::sizeHint() const
{
    const double words =
        Text::width(m_name, FontRole::BodyStrong) + Text::width(m_state, FontRole::SmallMedium);
    return {kMark + static_cast<int>(std::ceil(words)) + kGap + 4, theme::current().px(kLine)};
}

void PlatformHead::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const theme::Theme& t = theme::current();
    widgets::paintFreshness(painter, QRectF(0, 0, 8, height()), models::freshnessOf(m_health));
    const double nameWidth = Text::width(m_name, FontRole::BodyStrong) + 1;
    Text::draw(painter, QRectF(kMark, 0, nameWidth, height()), Qt::AlignLeft | Qt::AlignVCenter,
               m_name, FontRole::BodyStrong, t.text);
    const double stateX = kMark + nameWidth + kGap;
    Text::draw(painter, QRectF(stateX, 0, width() - stateX, height()),
               Qt::AlignLeft | Qt::AlignVCenter, m_state, FontRole::SmallMedium,
               t.toneText(toneOf(m_health)));
}

PlatformPanel::PlatformPanel(QWidget* parent)
    : QWidget(parent), m_head(new PlatformHead(this)), m_line(new widgets::Sparkline(this)),
      m_facts(new FactsList(this))
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* card = new widgets::Card(this);
    outer->addWidget(card);
    auto* head = new QHBoxLayout;
    head->addWidget(m_head, 1);
    head->addWidget(m_line);
    m_line->setFixedSize(m_line->sizeHint());
    card->bodyLayout()->addLayout(head);
    card->bodyLayout()->addWidget(m_facts);
    card->bodyLayout()->addStretch(1);
}

void PlatformPanel::setPlatform(const view::PlatformCard& card)
{
    m_head->setPlatform(card);
    m_line->setVisible(card.answerMillis.size() > 1);
    m_line->setValues(std::vector<double>(card.answerMillis.begin(), card.answerMillis.end()),
                      toneOf(card.health));
    std::vector<FactsList::Fact> facts;
    for (const auto& [label, value] : card.rows)
        facts.push_back({Text::isolated(QString::fromStdString(label)),
                         Text::isolated(QString::fromStdString(value))});
    m_facts->setFacts(std::move(facts));
}

} // namespace counterfoil::health
