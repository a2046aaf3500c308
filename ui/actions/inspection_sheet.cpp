#include "ui/actions/inspection_sheet.h"

#include <QKeyEvent>
#include <QVBoxLayout>

#include "ui/actions/sheets.h"
#include "ui/actions/words.h"
#include "ui/quarantine/inspection_pane.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented_control.h"

#include <algorithm>

namespace counterfoil::actionsheets {

namespace {

constexpr QSize kMaxSize{880, 640};

/// The lot as it stands once what is given here is recorded.
view::LotView withGiven(view::LotView lot, const std::map<UnitId, domain::Inspection>& given)
{
    lot.counts.clear();
    lot.toDo = 0;
    for (view::InspectionUnit& unit : lot.rows) {
        if (const auto found = given.find(unit.unit); found != given.end()) {
            unit.verdict = found->second.verdict;
            unit.cause = found->second.cause;
            unit.note = found->second.note;
            unit.person.clear();
            unit.at.clear();
        }
        if (unit.verdict)
            ++lot.counts[*unit.verdict];
        else
            ++lot.toDo;
    }
    return lot;
}

} // namespace

InspectionSheet::InspectionSheet(workspace::Workspace* source, QWidget* window, std::string site,
                                 CaseId id)
    : ActionSheet(source, window, QStringLiteral("inspectionSheet"), kMaxSize),
      m_site(std::move(site)), m_id(std::move(id)), m_choice(new widgets::SegmentedControl(this)),
      m_pane(new quarantine::InspectionPane(this))
{
    setTitle(tr("Inspect the returned units"));
    setSubtitle(tr("Reading the lots"));
    widgets::nameWidget(m_choice, QStringLiteral("lotChoice"), tr("Lot"));
    m_choice->hide();
    connect(m_choice, &widgets::SegmentedControl::picked, this, &InspectionSheet::showLot);
    headLayout()->addWidget(m_choice);
    bodyLayout()->addWidget(m_pane);
    makeFoot(tr("Record verdicts"));
    block(tr("The lots are being read"));
    connect(m_pane, &quarantine::InspectionPane::recorded, this,
            [this](const std::vector<domain::Inspection>& rows) {
                for (const domain::Inspection& row : rows)
                    m_given[row.unit] = row;
                showLot(m_sku);
                refreshPrimary();
            });
    connect(m_pane, &quarantine::InspectionPane::left, this, &Sheet::requestClose);
    read();
}

void InspectionSheet::read()
{
    source()->readQuarantine(this, [this](Result<view::QuarantineView> answer) {
        if (!answer) {
            setSubtitle(QString());
            block(shown(answer.error()));
            return;
        }
        m_lots.clear();
        for (const view::LotView& lot : answer->lots) {
            if (lot.site == m_site && lot.caseId == m_id && !lot.rows.empty())
                m_lots.push_back(lot);
        }
        if (m_lots.empty()) {
            setSubtitle(shown(m_id.value));
            block(tr("Nothing of this return waits for inspection: not received, or released"));
            return;
        }
        std::vector<widgets::Segment> segments;
        for (const view::LotView& lot : m_lots)
            segments.push_back(
                {shown(lot.sku), shown(lot.sku), theme::Tone::Accent, shown(lot.title)});
        m_choice->setSegments(std::move(segments));
        m_choice->setVisible(m_lots.size() > 1);
        const auto open = std::find_if(m_lots.begin(), m_lots.end(),
                                       [](const view::LotView& lot) { return lot.toDo > 0; });
        showLot(shown((open == m_lots.end() ? m_lots.front() : *open).sku));
        m_pane->startInspecting();
        refreshPrimary();
    });
}

void InspectionSheet::showLot(const QString& sku)
{
    for (const view::LotView& lot : m_lots) {
        if (shown(lot.sku) != sku)
            continue;
        m_sku = sku;
        m_choice->setChosen(sku);
        const view::LotView now = withGiven(lot, m_given);
        m_pane->setLot(now);
        setSubtitle(tr("RMA%1, %2, %3 of %4 to do")
                        .arg(shown(lot.rma), shown(lot.title), QString::number(now.toDo),
                             QString::number(now.units)));
    }
}

void InspectionSheet::keyPressEvent(QKeyEvent* event)
{
    const QString text = event->text();
    if (m_pane->list()->hasFocus() && text.size() == 1) {
        if (text == QLatin1String("#"))
            return m_pane->startCounting();
        if (m_pane->list()->pressVerdict(text.at(0)))
            return;
    }
    ActionSheet::keyPressEvent(event);
}

void InspectionSheet::refreshPrimary()
{
    if (isSubmitting())
        return;
    if (m_given.empty())
        return block(tr("Give a unit its verdict first: A, B, D, W or M, or # by count"));
    primary()->setText(m_given.size() == 1 ? tr("Record 1 verdict")
                                           : tr("Record %1 verdicts").arg(m_given.size()));
    primary()->setAllowed();
    setNote(theme::Icon::Info, tr("Recorded in the audit log with your name. Nothing is sent."));
}

void InspectionSheet::submit()
{
    primary()->setBlocked(tr("Being recorded"));
    std::vector<domain::Inspection> rows;
    for (const auto& [unit, row] : m_given)
        rows.push_back(row);
    const int count = static_cast<int>(rows.size());
    source()->inspect(this, m_site, m_id, std::move(rows), [this, count](Result<void> done) {
        if (done) {
            m_given.clear();
            finish(count == 1 ? tr("1 verdict recorded.") : tr("%1 verdicts recorded.").arg(count),
                   ActionId(), false);
            return;
        }
        readyAgain();
        refreshPrimary();
        setProblem(shown(done.error()));
    });
}

ActionSheet* openInspection(workspace::Workspace* source, QWidget* window, const std::string& site,
                            const CaseId& id)
{
    auto* sheet = new InspectionSheet(source, window, site, id);
    sheet->open();
    return sheet;
}

} // namespace counterfoil::actionsheets
