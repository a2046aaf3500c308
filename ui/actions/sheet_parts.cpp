#include "ui/actions/sheet_parts.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/actions/figure_table.h"
#include "ui/actions/step_list.h"
#include "ui/widgets/button.h"
#include "ui/widgets/paragraph.h"
#include "ui/widgets/plain_label.h"

namespace counterfoil::actionsheets {

using theme::FontRole;
using theme::Theme;
using widgets::Button;
using widgets::Paragraph;
using widgets::PlainLabel;

StepList* addSteps(QVBoxLayout* down, QWidget* host, const QString& note)
{
    auto* steps = new StepList(host);
    auto* head = new QHBoxLayout;
    head->setSpacing(10);
    head->setContentsMargins(0, 6, 0, 5);
    head->addWidget(
        new PlainLabel(StepList::tr("Steps"), FontRole::SmallStrong, &Theme::text, host));
    if (!note.isEmpty())
        head->addWidget(new PlainLabel(note, FontRole::Small, &Theme::text2, host));
    head->addStretch(1);
    auto* copy = new Button(StepList::tr("Copy all"), widgets::ButtonKind::Quiet, host,
                            widgets::ButtonSize::Small);
    widgets::nameWidget(copy, QStringLiteral("copySteps"),
                        StepList::tr("Copy all steps and their calls"));
    QObject::connect(copy, &Button::clicked, steps,
                     [steps] { QApplication::clipboard()->setText(steps->copyText()); });
    head->addWidget(copy);
    down->addLayout(head);
    down->addWidget(steps);
    return steps;
}

ConflictForm::ConflictForm(const QString& sentence, QWidget* parent)
    : QWidget(parent), m_rows(new FigureTable(this)), m_below(new QVBoxLayout)
{
    setObjectName(QStringLiteral("conflictForm"));
    auto* down = new QVBoxLayout(this);
    down->setContentsMargins(kSheetPadding, 18, kSheetPadding, 18);
    down->setSpacing(12);
    auto* text = new Paragraph(this, FontRole::Body, &Theme::text2);
    text->setObjectName(QStringLiteral("conflictText"));
    text->setText(sentence);
    widgets::nameWidget(m_rows, QStringLiteral("conflictRows"), tr("What changed"));
    m_rows->setFramed(true);
    down->addWidget(text);
    down->addWidget(m_rows);
    down->addLayout(m_below);
    down->addStretch(1);
}

} // namespace counterfoil::actionsheets
