#include "ui/actions/step_list.h"

#include <QCheckBox>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/actions/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/paragraph.h"
#include "ui/widgets/plain_label.h"

#include <algorithm>

namespace counterfoil::actionsheets {

using theme::FontRole;
using theme::Theme;

namespace {

constexpr int kCallLines = 3;

/// One step: a line above it, the High tint while a person must act first.
class StepRow final : public widgets::PaintedWidget {
public:
    StepRow(bool isFirst, bool isAttention, QWidget* parent)
        : PaintedWidget(parent), m_isFirst(isFirst), m_isAttention(isAttention)
    {
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const Theme& t = theme::current();
        if (m_isAttention)
            painter.fillRect(rect().adjusted(1, 1, -1, 0), t.highBg);
        if (!m_isFirst)
            widgets::hairline(painter, 0, 0, width(), t.line2);
    }

private:
    bool m_isFirst;
    bool m_isAttention;
};

} // namespace

void openLink(const std::string& url)
{
    const QUrl target(QString::fromStdString(url), QUrl::StrictMode);
    if (target.isValid() && target.scheme() == QLatin1String("https"))
        QDesktopServices::openUrl(target);
}

StepList::StepList(QWidget* parent) : PaintedWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    widgets::nameWidget(this, QStringLiteral("steps"), tr("Steps"));
}

QWidget* StepList::makeClaimLine(const view::SheetStep& step, const QString& returnName)
{
    auto* host = new QWidget;
    auto* line = new QHBoxLayout(host);
    line->setContentsMargins(0, 3, 0, 2);
    line->setSpacing(10);
    if (!step.url.empty()) {
        auto* open = new widgets::Button(tr("Open %1").arg(returnName), widgets::ButtonKind::Plain,
                                         host, widgets::ButtonSize::Small);
        widgets::nameWidget(open, QStringLiteral("openReturn"),
                            tr("Open %1 in ReturnGO").arg(returnName));
        open->setGlyph(theme::Icon::Detach);
        connect(open, &widgets::Button::clicked, this, [url = step.url] { openLink(url); });
        line->addWidget(open);
    }
    if (step.canTick) {
        auto* tick = new QCheckBox(tr("Stopped in ReturnGO"), host);
        widgets::nameWidget(tick, QStringLiteral("stoppedTick"), tr("Stopped in ReturnGO"));
        auto* reason = new QLineEdit(host);
        widgets::nameWidget(reason, QStringLiteral("stoppedReason"),
                            tr("Reason, who stopped it and how"));
        reason->setPlaceholderText(tr("Reason, then Enter"));
        reason->setMaxLength(500);
        const auto say = [this, tick, reason] {
            const QString text = reason->text().trimmed();
            if (!tick->isChecked() || text.isEmpty() || !tick->isEnabled())
                return;
            tick->setEnabled(false);
            reason->setEnabled(false);
            Q_EMIT stopped(text);
        };
        connect(reason, &QLineEdit::returnPressed, this, say);
        connect(tick, &QCheckBox::toggled, this, [say, reason](bool isOn) {
            if (isOn && reason->text().trimmed().isEmpty())
                reason->setFocus(Qt::OtherFocusReason);
            else
                say();
        });
        line->addWidget(tick);
        line->addWidget(reason, 1);
    } else {
        line->addStretch(1);
    }
    return host;
}

QWidget* StepList::makeRow(const view::SheetStep& step, const QString& returnName)
{
    auto* row = new StepRow(m_layout->isEmpty(), step.isAttention, this);
    auto* across = new QHBoxLayout(row);
    across->setContentsMargins(11, 6, 11, 6);
    across->setSpacing(0);
    auto* number =
        new widgets::PlainLabel(QString::number(step.number), FontRole::Small, &Theme::text2, row);
    number->setFixedWidth(20);
    across->addWidget(number, 0, Qt::AlignTop);
    auto* inside = new QVBoxLayout;
    inside->setSpacing(1);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    auto* title = new widgets::Paragraph(row, FontRole::Small, &Theme::text2);
    title->setText(shown(step.system), shown(step.title));
    title->setMaxLines(1);
    head->addWidget(title, 1);
    auto* state = new widgets::PlainLabel(
        shown(step.state), step.isAttention ? FontRole::SmallStrong : FontRole::Small,
        step.isAttention ? &Theme::high : &Theme::text2, row);
    head->addWidget(state);
    inside->addLayout(head);
    for (const std::string& call : step.calls) {
        if (call.empty())
            continue;
        auto* code = new widgets::Paragraph(row, FontRole::Code, &Theme::text);
        code->setText(shown(call));
        code->setMaxLines(kCallLines);
        code->setBreaksAnywhere(true);
        inside->addWidget(code);
    }
    if (step.hasDeepLink || step.canTick)
        inside->addWidget(makeClaimLine(step, returnName));
    across->addLayout(inside, 1);
    row->setAccessibleName(tr("Step %1, %2, %3, %4")
                               .arg(QString::number(step.number), shown(step.title),
                                    shown(step.system), shown(step.state)));
    return row;
}

void StepList::setSteps(const std::vector<view::SheetStep>& steps, const QString& returnName)
{
    m_steps = steps;
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (const view::SheetStep& step : m_steps)
        m_layout->addWidget(makeRow(step, returnName));
}

QString StepList::copyText() const
{
    QStringList lines;
    for (const view::SheetStep& step : m_steps) {
        lines << QStringLiteral("%1 %2 (%3): %4")
                     .arg(QString::number(step.number), shown(step.title), shown(step.system),
                          shown(step.state));
        for (const std::string& call : step.calls)
            lines << QStringLiteral("    ") + QString::fromStdString(call);
    }
    return lines.join(QLatin1Char('\n'));
}

bool StepList::hasText() const
{
    const auto* reason = findChild<QLineEdit*>(QStringLiteral("stoppedReason"));
    return reason != nullptr && reason->isEnabled() && !reason->text().trimmed().isEmpty();
}

void StepList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& t = theme::current();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.line2, 1));
    painter.setBrush(t.sunken);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace counterfoil::actionsheets
