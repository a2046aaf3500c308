#include "ui/actions/release_sheet.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/actions/check_list.h"
#include "ui/actions/claim_sheet.h"
#include "ui/actions/conflict.h"
#include "ui/actions/figure_table.h"
#include "ui/actions/sheet_parts.h"
#include "ui/actions/sheets.h"
#include "ui/actions/step_list.h"
#include "ui/actions/surfaces.h"
#include "ui/actions/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/paragraph.h"
#include "ui/widgets/plain_label.h"

#include <algorithm>

namespace counterfoil::actionsheets {

using theme::FontRole;
using theme::Theme;
using widgets::Button;
using widgets::Paragraph;
using widgets::PlainLabel;

namespace {

constexpr int kRightWidth = 340;
constexpr QSize kMaxSize{940, 620};

int unitsOf(const view::ReleasePreview& plan)
{
    int units = 0;
    for (const view::ReleaseLine& line : plan.lines)
        units += line.units;
    return units;
}

QString returnName(const view::ReleasePreview& plan, const CaseId& id)
{
    const bool isKnown = !plan.lines.empty() && !plan.lines.front().rma.empty();
    if (isKnown)
        return QStringLiteral("RMA") + shown(plan.lines.front().rma);
    constexpr std::string_view kRma = "rma:";
    return id.value.starts_with(kRma) ? QStringLiteral("RMA") + shown(id.value.substr(kRma.size()))
                                      : shown(id.value);
}

} // namespace

ReleaseSheet::ReleaseSheet(workspace::Workspace* source, QWidget* window, std::string site,
                           CaseId id)
    : ActionSheet(source, window, QStringLiteral("releaseSheet"), kMaxSize),
      m_site(std::move(site)), m_id(std::move(id)), m_pages(new QStackedWidget(this))
{
    setTitle(tr("Release from quarantine"));
    setSubtitle(tr("Working out the plan"));
    m_pages->addWidget(makePlanPage());
    m_conflict = new ConflictForm(tr("A value this release is bound to moved while the sheet was "
                                     "open. Nothing was sent; what was signed before is void."));
    m_pages->addWidget(m_conflict);
    bodyLayout()->addWidget(m_pages);
    makeFoot(tr("Release"));
    block(tr("The plan is being worked out"));
    connect(source, &workspace::Workspace::queueChanged, this,
            [this](const std::vector<std::string>& cases) {
                if (std::find(cases.begin(), cases.end(), m_id.value) != cases.end())
                    read();
            });
    read();
}

QWidget* ReleaseSheet::makePlanPage()
{
    auto* page = new QWidget;
    auto* across = new QHBoxLayout(page);
    across->setContentsMargins(1, 0, 1, 0);
    across->setSpacing(0);
    auto* left = new QWidget;
    auto* down = new QVBoxLayout(left);
    down->setContentsMargins(kSheetPadding, 12, kSheetPadding, 14);
    down->setSpacing(8);
    m_lines = new FigureTable(left);
    widgets::nameWidget(m_lines, QStringLiteral("releaseLines"),
                        tr("Available before and after, by line and location"));
    down->addWidget(m_lines);
    m_totals = new Paragraph(left, FontRole::Small, &Theme::text2);
    down->addWidget(m_totals);
    m_steps = addSteps(down, left, {});
    connect(m_steps, &StepList::stopped, this, [this](const QString& reason) {
        sayStopped(source(), this, m_site, m_id, reason, [this](Result<void> done) {
            if (done)
                read();
            else
                setProblem(shown(done.error()));
        });
    });
    down->addStretch(1);
    across->addWidget(scrolled(left, QStringLiteral("planScroll")), 1);

    auto* side = new Surface(&Theme::sunken);
    side->setLeftLine(true);
    side->setFixedWidth(kRightWidth);
    auto* inside = new QWidget;
    auto* list = new QVBoxLayout(inside);
    list->setContentsMargins(kSheetPadding, 14, kSheetPadding, 12);
    list->setSpacing(10);
    auto* checksHead = new QHBoxLayout;
    checksHead->addWidget(
        new PlainLabel(tr("Checks before sending"), FontRole::SmallStrong, &Theme::text, inside));
    checksHead->addStretch(1);
    m_checkSummary = new PlainLabel({}, FontRole::Small, &Theme::text2, inside);
    checksHead->addWidget(m_checkSummary);
    list->addLayout(checksHead);
    m_checks = new CheckList(inside);
    m_checks->setObjectName(QStringLiteral("checks"));
    list->addWidget(m_checks);
    list->addWidget(new Rule(inside));
    list->addWidget(new PlainLabel(tr("Approval"), FontRole::SmallStrong, &Theme::text, inside));
    m_approval = new Paragraph(inside, FontRole::Small);
    m_approval->setObjectName(QStringLiteral("approvalHere"));
    list->addWidget(m_approval);
    list->addStretch(1);
    auto* sideDown = new QVBoxLayout(side);
    sideDown->setContentsMargins(1, 0, 0, 0);
    sideDown->addWidget(scrolled(inside, QStringLiteral("checksScroll")));
    across->addWidget(side);
    return page;
}

void ReleaseSheet::read()
{
    source()->previewRelease(this, m_site, m_id, [this](Result<view::ReleasePreview> answer) {
        if (isSubmitting())
            return;
        if (!answer) {
            setSubtitle(QString());
            block(shown(answer.error()));
        } else if (m_plan && m_plan->planHash != answer->planHash) {
            showConflict(*answer);
        } else if (!m_moved) {
            showPlan(*answer);
        }
    });
}

void ReleaseSheet::showPlan(const view::ReleasePreview& plan)
{
    m_plan = plan;
    m_pages->setCurrentIndex(0);
    const int units = unitsOf(plan);
    setTitle(units == 0   ? tr("Release from quarantine")
             : units == 1 ? tr("Release 1 unit from quarantine")
                          : tr("Release %1 units from quarantine").arg(units));
    setSubtitle(units == 0 ? returnName(plan, m_id)
                           : tr("%1, invoiced value %2. Units still to inspect stay.")
                                 .arg(returnName(plan, m_id), shown(plan.valueText)),
                units == 0 ? QString() : shown(plan.valueText));
    std::vector<FigureRow> rows;
    for (const view::ReleaseLine& line : plan.lines) {
        QStringList second{tr("to %1").arg(shown(line.location))};
        if (!line.lot.empty())
            second << shown(line.lot);
        if (!line.note.empty())
            second << shown(line.note);
        rows.push_back({shown(line.sku),
                        shown(line.title),
                        second.join(QStringLiteral(" · ")),
                        {{QString::number(line.units), true, &Theme::text},
                         {QString::number(line.availableBefore), false, &Theme::text2},
                         {QString::number(line.availableAfter), true, &Theme::text}},
                        false});
    }
    m_lines->setContent({tr("Line and destination"), tr("Units"), tr("Available"), tr("Then")},
                        std::move(rows));
    QStringList totals;
    for (const auto& [location, count] : plan.unitsByLocation)
        totals << tr("%1 to %2").arg(QString::number(count), shown(location));
    m_totals->setText(totals.isEmpty() ? QString() : totals.join(QStringLiteral(", ")) + u'.');
    if (!m_steps->hasText())
        m_steps->setSteps(plan.steps, returnName(plan, m_id));
    m_checks->setChecks(plan.checks);
    m_checkSummary->setText(m_checks->summary());
    m_approval->setText(units == 0 ? QString() : shown(plan.approvalText));
    refreshPrimary();
    if (isVisible() && primary()->isEnabled())
        primary()->setFocus(Qt::OtherFocusReason);
}

void ReleaseSheet::refreshPrimary()
{
    const view::ReleasePreview* plan = m_moved ? &*m_moved : m_plan ? &*m_plan : nullptr;
    if (plan == nullptr || isSubmitting())
        return;
    primary()->setText(unitsOf(*plan) == 0 ? tr("Release") : shown(plan->releaseLabel));
    if (!plan->release.isAllowed)
        return block(shown(plan->release.reason));
    primary()->setAllowed();
    setNote(theme::Icon::Undo,
            tr("Held %1 s before it is sent. Later only moved back by a new action.")
                .arg(kHoldSeconds));
}

void ReleaseSheet::showConflict(const view::ReleasePreview& now)
{
    m_moved = now;
    setTitle(tr("The plan changed"));
    setSubtitle(returnName(now, m_id));
    m_conflict->rows()->setContent({QString(), tr("When opened"), tr("Now")},
                                   conflictRows(*m_plan, now));
    m_pages->setCurrentIndex(1);
    refreshPrimary();
}

bool ReleaseSheet::hasText() const
{
    return m_steps->hasText();
}

void ReleaseSheet::submit()
{
    if (m_moved) {
        m_plan = m_moved;
        m_moved.reset();
    }
    const view::ReleasePreview plan = *m_plan;
    primary()->setBlocked(tr("Being filed"));
    const bool isAlone = !plan.isRequest;
    const int units = unitsOf(plan);
    source()->submitRelease(this, plan, isAlone, [this, isAlone, units](Result<ActionId> answer) {
        if (answer) {
            const QString count = units == 1 ? tr("1 unit") : tr("%1 units").arg(units);
            finish(isAlone ? tr("Release of %1 is held.").arg(count)
                           : tr("Release of %1 requested.").arg(count),
                   *answer, isAlone);
            return;
        }
        readyAgain();
        refreshPrimary();
        if (answer.error().code == ErrorCode::Conflict)
            read();
        else
            setProblem(shown(answer.error()));
    });
}

ActionSheet* openReleaseSheet(workspace::Workspace* source, QWidget* window,
                              const std::string& site, const CaseId& id)
{
    auto* sheet = new ReleaseSheet(source, window, site, id);
    sheet->open();
    return sheet;
}

} // namespace counterfoil::actionsheets
