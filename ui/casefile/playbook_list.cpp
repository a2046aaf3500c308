#include "ui/casefile/playbook_list.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/casefile/words.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/paragraph.h"

#include <algorithm>

namespace counterfoil::casefile {

using theme::FontRole;
using theme::Theme;
using widgets::Button;

namespace {

constexpr int kCircle = 18;

/// The number of a step in a circle; a tick once it is proved.
class StepMark final : public widgets::PaintedWidget {
public:
    StepMark(int number, bool isDone, bool isNext, QWidget* parent)
        : PaintedWidget(parent), m_number(number), m_isDone(isDone), m_isNext(isNext)
    {
        setFixedSize(kCircle + 1, kCircle + 2);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const Theme& t = theme::current();
        const QRectF circle(0.5, 1.5, kCircle - 1, kCircle - 1);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(m_isDone ? QPen(Qt::NoPen) : QPen(m_isNext ? t.accent : t.line2, 1));
        painter.setBrush(m_isDone ? t.okBg : t.panel);
        painter.drawEllipse(circle);
        if (m_isDone)
            drawIcon(painter, circle.adjusted(3, 3, -3, -3), theme::Icon::Tick, t.ok);
        else
            theme::Text::draw(painter, circle, Qt::AlignCenter, QString::number(m_number),
                              FontRole::Micro, m_isNext ? t.accentText : t.text2);
    }

private:
    int m_number;
    bool m_isDone;
    bool m_isNext;
};

bool isSame(const view::PlaybookStep& a, const view::PlaybookStep& b)
{
    return a.text == b.text && a.owner == b.owner && a.isDone == b.isDone && a.action == b.action &&
           a.url == b.url;
}

QString buttonText(const view::PlaybookStep& step)
{
    if (step.action == "credit")
        return PlaybookList::tr("Issue credit");
    if (step.action == "release")
        return PlaybookList::tr("Release");
    if (step.action == "set-po")
        return PlaybookList::tr("Fix PO number");
    if (step.action == "inspect")
        return PlaybookList::tr("Inspect");
    if (step.action == "stop-payment")
        return PlaybookList::tr("Stop payment");
    if (step.url.empty())
        return {};
    return step.action == "open-shopify" ? PlaybookList::tr("Open order")
                                         : PlaybookList::tr("Open RMA");
}

} // namespace

PlaybookList::PlaybookList(QWidget* parent) : QWidget(parent), m_list(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("playbook"));
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(10);
}

void PlaybookList::setSteps(const std::vector<view::PlaybookStep>& steps)
{
    // A poll that changes nothing must not take the focus from a button.
    if (std::equal(steps.begin(), steps.end(), m_steps.begin(), m_steps.end(), isSame))
        return;
    m_steps = steps;
    while (QLayoutItem* item = m_list->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    bool isNextFound = false;
    int number = 0;
    for (const view::PlaybookStep& step : m_steps) {
        const bool isNext = !step.isDone && !isNextFound;
        isNextFound = isNextFound || isNext;
        m_list->addWidget(makeRow(step, ++number, isNext));
    }
}

QWidget* PlaybookList::makeRow(const view::PlaybookStep& step, int number, bool isNext)
{
    auto* row = new QWidget(this);
    auto* across = new QHBoxLayout(row);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(9);
    across->addWidget(new StepMark(number, step.isDone, isNext, row), 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    auto* text = new widgets::Paragraph(row, isNext ? FontRole::BodyMedium : FontRole::Body,
                                        step.isDone ? &Theme::text2 : &Theme::text);
    text->setText(shown(step.text));
    words->addWidget(text);
    if (!step.owner.empty()) {
        auto* owner = new widgets::Paragraph(row, FontRole::Small, &Theme::text2);
        owner->setText(shown(step.owner));
        words->addWidget(owner);
    }
    across->addLayout(words, 1);
    const QString verb = step.isDone ? QString() : buttonText(step);
    if (!verb.isEmpty()) {
        auto* button =
            new Button(verb, widgets::ButtonKind::Plain, row, widgets::ButtonSize::Small);
        button->setObjectName(QStringLiteral("step%1").arg(number));
        button->setAccessibleName(QStringLiteral("%1: %2").arg(verb, shown(step.text)));
        const bool isLink =
            !step.url.empty() && (step.action.starts_with("open-") || step.action.empty());
        if (isLink)
            button->setGlyph(theme::Icon::Detach);
        connect(button, &Button::clicked, this,
                [this, isLink, action = QString::fromStdString(step.action),
                 url = QString::fromStdString(step.url)] {
                    if (isLink)
                        Q_EMIT linkWanted(url);
                    else
                        Q_EMIT actionWanted(action);
                });
        across->addWidget(button, 0, Qt::AlignTop);
    }
    row->setAccessibleName(
        tr("Step %1, %2, %3")
            .arg(QString::number(number), shown(step.text), step.isDone ? tr("done") : tr("open")));
    return row;
}

QString PlaybookList::summary() const
{
    const auto done = std::count_if(m_steps.begin(), m_steps.end(),
                                    [](const view::PlaybookStep& step) { return step.isDone; });
    return m_steps.empty() ? QString() : tr("%1 of %2").arg(done).arg(m_steps.size());
}

} // namespace counterfoil::casefile
