#include "ui/firstrun/wizard_parts.h"

#include "ui/theme/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>
#include <QMouseEvent>
#include <QTime>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace counterfoil::firstrun {

using theme::FontRole;
using theme::Icon;
using theme::Text;
using theme::Theme;

namespace {

constexpr int kRailWidth = 300;
constexpr int kRailTop = 72;
constexpr int kStep = 50;
constexpr int kCircle = 20;
constexpr int kCheckRow = 34;

QString q(const std::string& text)
{
    return Text::isolated(QString::fromStdString(text));
}

} // namespace

QString stepName(Step step)
{
    switch (step) {
    case Step::Shopify:
        return StepRail::tr("Shopify");
    case Step::SparkLayer:
        return StepRail::tr("SparkLayer");
    case Step::ReturnGo:
        return StepRail::tr("ReturnGO");
    case Step::Erp:
        return StepRail::tr("ERP");
    case Step::MoneyRules:
        return StepRail::tr("Money rules");
    case Step::GoLive:
        return StepRail::tr("Go-live line and first read");
    }
    return {};
}

StepRail::StepRail(QWidget* parent) : PaintedWidget(parent)
{
    setFixedWidth(kRailWidth);
    widgets::nameWidget(this, QStringLiteral("stepRail"), tr("Steps"));
}

void StepRail::setStep(int current, std::array<QString, kStepCount> notes)
{
    m_current = current;
    m_notes = std::move(notes);
    setAccessibleDescription(tr("Step %1 of %2, %3")
                                 .arg(current + 1)
                                 .arg(kStepCount)
                                 .arg(stepName(static_cast<Step>(current))));
    update();
}

QSize StepRail::sizeHint() const
{
    return {kRailWidth, kRailTop + kStepCount * theme::current().px(kStep)};
}

QRectF StepRail::stepRect(int step) const
{
    const double height = theme::current().px(kStep);
    return {20, kRailTop + step * height, kRailWidth - 40.0, height};
}

void StepRail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& t = theme::current();
    painter.fillRect(rect(), t.rail);
    widgets::hairlineVertical(painter, width() - 1, 0, height(), t.line2);
    theme::drawIcon(painter, QRectF(30, 28, 20, 20), Icon::ProductMark, t.accentText);
    Text::draw(painter, QRectF(58, 24, 200, 28), Qt::AlignLeft | Qt::AlignVCenter,
               QStringLiteral("Counterfoil"), FontRole::Heading, t.text);
    for (int step = 0; step < kStepCount; ++step) {
        const QRectF box = stepRect(step);
        const bool isCurrent = step == m_current;
        painter.setRenderHint(QPainter::Antialiasing);
        if (isCurrent) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(t.railSel);
            painter.drawRoundedRect(box, theme::metric::kRadiusChip, theme::metric::kRadiusChip);
        }
        const QRectF circle(box.x() + 10, box.y() + 8, kCircle, kCircle);
        const bool isDone = step < m_current;
        painter.setPen(isDone ? QPen(Qt::NoPen) : QPen(isCurrent ? t.accent : t.ctl, 1.2));
        painter.setBrush(isDone ? t.okBg : t.panel);
        painter.drawEllipse(circle.adjusted(0.6, 0.6, -0.6, -0.6));
        painter.setRenderHint(QPainter::Antialiasing, false);
        if (isDone)
            theme::drawIcon(painter, circle.adjusted(4, 4, -4, -4), Icon::Tick, t.ok);
        else
            Text::draw(painter, circle, Qt::AlignCenter, QString::number(step + 1),
                       FontRole::MicroStrong, isCurrent ? t.accentText : t.text2);
        const double x = circle.right() + 12;
        const double first = t.lineHeight(FontRole::BodyMedium);
        Text::draw(painter, QRectF(x, box.y() + 6, box.right() - x - 6, first),
                   Qt::AlignLeft | Qt::AlignVCenter, stepName(static_cast<Step>(step)),
                   isCurrent ? FontRole::BodyStrong : FontRole::BodyMedium, t.text);
        Text::draw(
            painter,
            QRectF(x, box.y() + 6 + first, box.right() - x - 6, t.lineHeight(FontRole::Small)),
            Qt::AlignLeft | Qt::AlignVCenter, m_notes[static_cast<std::size_t>(step)],
            FontRole::Small, t.text2);
    }
    theme::drawIcon(painter, QRectF(30, height() - 76.0, 14, 14), Icon::Lock, t.text2);
    Text::draw(painter, QRectF(52, height() - 80.0, 220, 22), Qt::AlignLeft | Qt::AlignVCenter,
               tr("Read only until you say so"), FontRole::SmallMedium, t.text2);
    Text::draw(painter, QRectF(30, height() - 56.0, kRailWidth - 50, 18),
               Qt::AlignLeft | Qt::AlignVCenter, tr("Nothing is written to any platform"),
               FontRole::Small, t.text2);
    Text::draw(painter, QRectF(30, height() - 38.0, kRailWidth - 50, 18),
               Qt::AlignLeft | Qt::AlignVCenter, tr("during set-up."), FontRole::Small, t.text2);
}

void StepRail::mouseReleaseEvent(QMouseEvent* event)
{
    for (int step = 0; step < m_current; ++step) {
        if (stepRect(step).contains(event->position()))
            Q_EMIT picked(step);
    }
}

CheckLines::CheckLines(QWidget* parent) : PaintedWidget(parent)
{
    widgets::nameWidget(this, QStringLiteral("testLines"), tr("Result of the test"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void CheckLines::setChecks(std::vector<view::DoctorCheck> checks)
{
    m_checks = std::move(checks);
    QStringList sentences;
    for (const view::DoctorCheck& check : m_checks) {
        const QString mark = check.state == view::CheckState::Passed      ? tr("passed")
                             : check.state == view::CheckState::Attention ? tr("note")
                                                                          : tr("failed");
        sentences << mark + QStringLiteral(": ") + q(check.text) +
                         (check.detail.empty() ? QString()
                                               : QStringLiteral(", ") + q(check.detail));
    }
    setAccessibleDescription(sentences.join(QStringLiteral(". ")));
    setToolTip(sentences.join(QLatin1Char('\n')).toHtmlEscaped());
    updateGeometry();
    update();
}

QSize CheckLines::sizeHint() const
{
    return {300, theme::current().px(kCheckRow) * static_cast<int>(m_checks.size())};
}

void CheckLines::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& t = theme::current();
    const double height = t.px(kCheckRow);
    double y = 0;
    for (const view::DoctorCheck& check : m_checks) {
        const bool isGood = check.state == view::CheckState::Passed;
        const bool isNote = check.state == view::CheckState::Attention;
        if (!isGood)
            painter.fillRect(QRectF(1, y, width() - 2, height), isNote ? t.highBg : t.critBg);
        widgets::hairline(painter, 0, y + height - 1, width(), t.line);
        const QColor color = isGood ? t.ok : isNote ? t.high : t.crit;
        theme::drawIcon(painter, QRectF(14, y + (height - 14) / 2, 14, 14),
                        isGood   ? Icon::Tick
                        : isNote ? Icon::Alert
                                 : Icon::Cross,
                        color);
        const double textWidth =
            std::min(width() * 0.55, std::ceil(Text::width(q(check.text), FontRole::Small)) + 1);
        Text::draw(painter, QRectF(36, y, textWidth, height), Qt::AlignLeft | Qt::AlignVCenter,
                   q(check.text), FontRole::Small, t.text);
        Text::draw(painter, QRectF(36 + textWidth + 8, y, width() - 36 - textWidth - 22, height),
                   Qt::AlignRight | Qt::AlignVCenter, q(check.detail), FontRole::Small,
                   isGood ? t.text2 : color);
        y += height;
    }
}

TestCard::TestCard(QWidget* parent)
    : QWidget(parent), m_card(new widgets::Card(this)),
      m_sum(new widgets::PlainLabel({}, FontRole::Small, &Theme::text2, m_card)),
      m_lines(new CheckLines(m_card)),
      m_words(new widgets::PlainLabel({}, FontRole::Small, &Theme::text2, m_card)),
      m_test(new widgets::Button(tr("Test"), widgets::ButtonKind::Plain, this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    m_card->setTitle(tr("Test"));
    m_sum->setObjectName(QStringLiteral("testSum"));
    m_card->headLayout()->addWidget(m_sum);
    m_card->bodyLayout()->setContentsMargins(0, 0, 0, 0);
    m_card->bodyLayout()->setSpacing(0);
    m_card->bodyLayout()->addWidget(m_lines);
    m_words->setWordWrap(true);
    m_words->setMargin(theme::metric::kCardPadding);
    m_words->setObjectName(QStringLiteral("testWords"));
    m_card->bodyLayout()->addWidget(m_words);
    column->addWidget(m_card);
    auto* foot = new QHBoxLayout;
    m_test->setGlyph(Icon::Refresh);
    widgets::nameWidget(m_test, QStringLiteral("testButton"), tr("Test this connection"));
    foot->addWidget(m_test);
    foot->addWidget(m_test->makeReasonLabel(this), 1);
    foot->addStretch(1);
    column->addLayout(foot);
    column->addStretch(1);
    connect(m_test, &widgets::Button::clicked, this, &TestCard::requested);
    reset();
}

void TestCard::reset()
{
    m_lines->setChecks({});
    m_lines->hide();
    m_sum->clear();
    m_words->show();
    m_words->setText(tr("Not tried yet. A test only reads; you can continue without it."));
    m_test->setText(tr("Test"));
    m_test->updateGeometry();
    m_test->setAllowed();
}

void TestCard::setRunning()
{
    m_test->setBlocked(tr("Trying the connection."));
}

void TestCard::setBlocked(const QString& reason)
{
    m_test->setBlocked(reason);
}

void TestCard::setChecks(const std::vector<view::DoctorCheck>& checks)
{
    const auto passed = std::count_if(checks.begin(), checks.end(), [](const auto& check) {
        return check.state == view::CheckState::Passed;
    });
    m_sum->setText(tr("%1 of %2 passed, %3")
                       .arg(passed)
                       .arg(checks.size())
                       .arg(QTime::currentTime().toString(QStringLiteral("HH:mm:ss"))));
    m_lines->setChecks(checks);
    m_lines->show();
    m_words->hide();
    m_test->setText(tr("Test again"));
    m_test->updateGeometry();
    m_test->setAllowed();
}

UseCards::UseCards(const QString& reads, const QString& writes, const QString& cannot,
                   QWidget* parent)
    : PaintedWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    const std::array<std::pair<QString, QString>, 3> cells{
        {{tr("Reads"), reads},
         {tr("Writes when you allow it"), writes},
         {tr("Cannot do"), cannot}}};
    for (const auto& [title, text] : cells) {
        auto* cell = new QVBoxLayout;
        cell->setContentsMargins(16, 14, 16, 14);
        cell->setSpacing(4);
        cell->addWidget(new widgets::PlainLabel(title, FontRole::BodyMedium, &Theme::text, this));
        auto* words = new widgets::PlainLabel(text, FontRole::Small, &Theme::text2, this);
        words->setWordWrap(true);
        words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        cell->addWidget(words, 1);
        row->addLayout(cell, 1);
    }
}

void UseCards::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& t = theme::current();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.line2, 1));
    painter.setBrush(t.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5),
                            theme::metric::kRadiusCard, theme::metric::kRadiusCard);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (int cell = 1; cell < 3; ++cell)
        widgets::hairlineVertical(painter, std::round(width() * cell / 3.0), 1, height() - 2,
                                  t.line2);
}

} // namespace counterfoil::firstrun
