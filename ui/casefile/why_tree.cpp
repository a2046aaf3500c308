#include "ui/casefile/why_tree.h"

#include <QApplication>
#include <QClipboard>
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

bool isFolded(const view::TraceView& trace)
{
    return trace.outcome == "passes" || trace.outcome == "not applicable";
}

QString typeId(const view::TraceView& trace)
{
    const std::string_view id = domain::findingTypeId(trace.type);
    return QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()));
}

} // namespace

WhyTree::WhyTree(QWidget* parent)
    : QWidget(parent), m_ask(new Button(tr("Show every rule"), widgets::ButtonKind::Plain, this,
                                        widgets::ButtonSize::Small)),
      m_copy(new Button(tr("Copy as text"), widgets::ButtonKind::Quiet, this,
                        widgets::ButtonSize::Small)),
      m_list(new QVBoxLayout)
{
    setObjectName(QStringLiteral("why"));
    auto* down = new QVBoxLayout(this);
    down->setContentsMargins(0, 0, 0, 0);
    down->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    widgets::nameWidget(m_ask, QStringLiteral("whyAsk"), tr("Why, or why not: show every rule"));
    widgets::nameWidget(m_copy, QStringLiteral("whyCopy"), tr("Copy the rules as text"));
    m_copy->hide();
    row->addWidget(m_ask);
    row->addWidget(m_copy);
    row->addStretch(1);
    down->addLayout(row);
    m_list->setSpacing(6);
    down->addLayout(m_list);
    connect(m_ask, &Button::clicked, this, &WhyTree::wanted);
    connect(m_copy, &Button::clicked, this,
            [this] { QApplication::clipboard()->setText(copyText()); });
}

void WhyTree::clear()
{
    while (QLayoutItem* item = m_list->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
}

void WhyTree::addTrace(QVBoxLayout* into, const view::TraceView& trace)
{
    auto* row = new widgets::Paragraph(this, FontRole::Small, &Theme::text2);
    const bool isFail = trace.outcome == "fails";
    row->setGlyph(isFail            ? theme::Icon::Alert
                  : isFolded(trace) ? theme::Icon::Tick
                                    : theme::Icon::Info,
                  isFail            ? &Theme::crit
                  : isFolded(trace) ? &Theme::ok
                                    : &Theme::text2);
    QString text = shown(trace.outcome);
    if (!trace.text.empty())
        text += QStringLiteral(": ") + shown(trace.text);
    for (const auto& [label, value] : trace.values)
        text += QStringLiteral("\n") + shown(label) + QStringLiteral(" = ") + shown(value);
    row->setText(text, typeId(trace));
    into->addWidget(row);
}

void WhyTree::setTraces(const std::vector<view::TraceView>& traces)
{
    m_traces = traces;
    m_isShown = true;
    m_ask->setText(tr("Read again"));
    m_copy->show();
    clear();
    int folded = 0;
    for (const view::TraceView& trace : m_traces) {
        if (isFolded(trace))
            ++folded;
        else
            addTrace(m_list, trace);
    }
    if (folded == 0)
        return;
    auto* host = new QWidget(this);
    auto* down = new QVBoxLayout(host);
    down->setContentsMargins(0, 0, 0, 0);
    down->setSpacing(6);
    auto* button = new Button(tr("%1 rules pass or do not apply").arg(folded),
                              widgets::ButtonKind::Quiet, host, widgets::ButtonSize::Small);
    button->setObjectName(QStringLiteral("whyFolded"));
    button->setGlyph(theme::Icon::CaretRight);
    down->addWidget(button, 0, Qt::AlignLeft);
    connect(button, &Button::clicked, host, [this, button, down] {
        button->hide();
        for (const view::TraceView& trace : m_traces) {
            if (isFolded(trace))
                addTrace(down, trace);
        }
    });
    m_list->addWidget(host);
}

void WhyTree::showProblem(const QString& sentence)
{
    clear();
    auto* row = new widgets::Paragraph(this, FontRole::Small, &Theme::crit);
    row->setText(sentence);
    m_list->addWidget(row);
}

QString WhyTree::copyText() const
{
    QStringList lines;
    for (const view::TraceView& trace : m_traces) {
        lines << typeId(trace) + QStringLiteral(": ") + shown(trace.outcome) +
                     (trace.text.empty() ? QString() : QStringLiteral(", ") + shown(trace.text));
        for (const auto& [label, value] : trace.values)
            lines << QStringLiteral("    ") + shown(label) + QStringLiteral(" = ") + shown(value);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace counterfoil::casefile
