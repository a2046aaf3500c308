#include "ui/actions/po_sheet.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/actions/figure_table.h"
#include "ui/actions/sheets.h"
#include "ui/actions/words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"

#include <array>

namespace counterfoil::actionsheets {

using theme::FontRole;
using theme::Theme;
using view::System;

namespace {

constexpr QSize kMaxSize{560, 372};
constexpr int kPadding = 20;
constexpr int kMaxLength = 128;

constexpr std::array<std::pair<System, const char*>, 4> kSystems{
    {{System::SparkLayer, "SparkLayer"},
     {System::Shopify, "Shopify"},
     {System::ReturnGo, "ReturnGO"},
     {System::Erp, "ERP"}}};

/// The comparison's row of the PO number, or nullptr.
const view::ComparisonRow* poRow(const view::CaseView& shownCase)
{
    for (const view::ComparisonGroup& group : shownCase.comparison) {
        for (const view::ComparisonRow& row : group.rows) {
            if (row.label == "PO number")
                return &row;
        }
    }
    return nullptr;
}

QString heldText(const view::ComparisonCell& cell)
{
    switch (cell.state) {
    case view::CellState::Empty:
        return PoSheet::tr("empty");
    case view::CellState::Unread:
        return PoSheet::tr("not read yet");
    case view::CellState::NotHeld:
        return QString(QChar(0x2014));
    case view::CellState::Equal:
    case view::CellState::Differs:
    case view::CellState::Late:
    case view::CellState::Ask:
        break;
    }
    return shown(cell.text);
}

} // namespace

PoSheet::PoSheet(workspace::Workspace* source, QWidget* window, std::string site, CaseId id)
    : ActionSheet(source, window, QStringLiteral("poSheet"), kMaxSize), m_site(std::move(site)),
      m_id(std::move(id)), m_held(new FigureTable(this)), m_po(new QLineEdit(this))
{
    setTitle(tr("Set the PO number of the Shopify order"));
    setSubtitle(tr("Reading the case"));
    auto* inside = new QWidget(this);
    auto* down = new QVBoxLayout(inside);
    down->setContentsMargins(kPadding, 12, kPadding, 12);
    down->setSpacing(8);
    widgets::nameWidget(m_held, QStringLiteral("poHeld"), tr("PO number in each system"));
    m_held->setFramed(true);
    down->addWidget(m_held);
    down->addSpacing(4);
    down->addWidget(
        new widgets::PlainLabel(tr("New PO number"), FontRole::SmallStrong, &Theme::text, inside));
    widgets::nameWidget(m_po, QStringLiteral("po"), tr("New PO number"));
    m_po->setMaxLength(kMaxLength);
    connect(m_po, &QLineEdit::textChanged, this, [this] { refreshPrimary(); });
    down->addWidget(m_po);
    down->addStretch(1);
    bodyLayout()->addWidget(inside);
    makeFoot(tr("Set PO number"));
    block(tr("The case is being read"));
    source->readCase(this, m_site, m_id, [this](Result<view::CaseView> answer) {
        if (answer)
            showCase(*answer);
        else
            block(shown(answer.error()));
    });
}

void PoSheet::showCase(const view::CaseView& shownCase)
{
    m_case = shownCase;
    setSubtitle(tr("Order %1, %2. Only this field is written.")
                    .arg(shown(shownCase.order), shown(shownCase.customer)));
    std::vector<FigureRow> rows;
    if (const view::ComparisonRow* row = poRow(shownCase)) {
        for (const auto& [system, name] : kSystems) {
            const auto cell = row->cells.find(system);
            if (cell == row->cells.end())
                continue;
            const bool isEmpty = cell->second.state == view::CellState::Empty;
            rows.push_back(
                {QString::fromLatin1(name),
                 {},
                 {},
                 {{heldText(cell->second), false, isEmpty ? &Theme::text3 : &Theme::text}},
                 false});
        }
    }
    m_held->setContent({tr("PO number"), tr("Holds")}, std::move(rows));
    if (m_po->text().isEmpty()) {
        m_suggested = QString::fromStdString(shownCase.po).trimmed();
        m_po->setText(m_suggested);
        m_po->selectAll();
    }
    if (isVisible())
        m_po->setFocus(Qt::OtherFocusReason);
    refreshPrimary();
}

void PoSheet::refreshPrimary()
{
    if (!m_case || isSubmitting())
        return;
    const QString po = m_po->text().trimmed();
    if (!m_case->setPo.isAllowed)
        return block(shown(m_case->setPo.reason));
    if (po.isEmpty())
        return block(tr("Write the PO number first"));
    primary()->setAllowed();
    setNote(theme::Icon::Undo, tr("Held %1 s before it is sent.").arg(kHoldSeconds));
}

bool PoSheet::hasText() const
{
    return m_po->text().trimmed() != m_suggested;
}

void PoSheet::submit()
{
    primary()->setBlocked(tr("Being filed"));
    const QString po = m_po->text().trimmed();
    const QString sentence = tr("PO number %1 for order %2.").arg(po, shown(m_case->order));
    source()->setPo(this, m_site, m_id, po.toStdString(),
                    [this, sentence](Result<ActionId> answer) {
                        if (answer)
                            return approve(*answer, sentence);
                        readyAgain();
                        refreshPrimary();
                        setProblem(shown(answer.error()));
                    });
}

void PoSheet::approve(const ActionId& action, const QString& sentence)
{
    source()->approve(this, action, [this, action, sentence](Result<void> done) {
        // Filed it is either way; whoever may not sign it leaves it to somebody who may.
        finish(done ? sentence : tr("%1 It waits for a signature.").arg(sentence), action,
               done.has_value());
    });
}

ActionSheet* openSetPo(workspace::Workspace* source, QWidget* window, const std::string& site,
                       const CaseId& id)
{
    auto* sheet = new PoSheet(source, window, site, id);
    sheet->open();
    return sheet;
}

} // namespace counterfoil::actionsheets
