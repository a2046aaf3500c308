#include "ui/casefile/case_pane.h"

#include <QLabel>
#include <QScrollArea>
#include <QStringList>
#include <QVBoxLayout>

#include "core/phrases/phrases.h"
#include "ui/theme/text.h"
#include "ui/widgets/comparison_grid.h"
#include "ui/widgets/toast.h"

#include <array>
#include <set>

namespace counterfoil::casefile {
namespace {

using view::System;

QString q(const std::string& text)
{
    return theme::Text::isolated(QString::fromStdString(text));
}

constexpr std::array<System, 4> kSystems{System::SparkLayer, System::Shopify, System::ReturnGo,
                                         System::Erp};

QString nameOf(System system)
{
    switch (system) {
    case System::SparkLayer:
        return QStringLiteral("SparkLayer");
    case System::Shopify:
        return QStringLiteral("Shopify");
    case System::ReturnGo:
        return QStringLiteral("ReturnGO");
    case System::Erp:
        return QStringLiteral("ERP");
    case System::ShouldBe:
        return QStringLiteral("Should be");
    }
    return {};
}

widgets::CellState stateOf(view::CellState state)
{
    switch (state) {
    case view::CellState::Equal:
        return widgets::CellState::Equal;
    case view::CellState::Differs:
        return widgets::CellState::Differs;
    case view::CellState::Late:
        return widgets::CellState::Late;
    case view::CellState::Unread:
        return widgets::CellState::Unread;
    case view::CellState::NotHeld:
        return widgets::CellState::NotHeld;
    case view::CellState::Empty:
        return widgets::CellState::Empty;
    case view::CellState::Ask:
        return widgets::CellState::Hint;
    }
    return widgets::CellState::Unread;
}

/// The systems that hold something in this case; the three platforms always have their column.
std::vector<System> columnsOf(const view::CaseView& view)
{
    std::set<System> held{System::SparkLayer, System::Shopify, System::ReturnGo};
    for (const auto& group : view.comparison) {
        for (const auto& row : group.rows) {
            if (row.cells.contains(System::Erp))
                held.insert(System::Erp);
        }
    }
    std::vector<System> columns;
    for (const System system : kSystems) {
        if (held.contains(system))
            columns.push_back(system);
    }
    return columns;
}

widgets::ComparisonCell cellOf(const view::ComparisonRow& row, System system)
{
    widgets::ComparisonCell cell;
    const auto found = row.cells.find(system);
    if (found == row.cells.end())
        return cell;
    cell.value = q(found->second.text);
    cell.state = stateOf(found->second.state);
    cell.isNumber = found->second.isNumber;
    cell.tip = q(found->second.tip);
    return cell;
}

widgets::ComparisonRow fieldOf(const view::ComparisonRow& from, const QString& groupId, int number,
                               const std::vector<System>& columns)
{
    widgets::ComparisonRow row;
    row.kind =
        from.isStrong ? widgets::ComparisonRowKind::Total : widgets::ComparisonRowKind::Field;
    row.id = groupId + QLatin1Char('/') + QString::number(number);
    row.parentId = groupId;
    row.label = q(from.label);
    for (const System system : columns)
        row.cells.push_back(cellOf(from, system));
    if (const auto should = from.cells.find(System::ShouldBe); should != from.cells.end()) {
        row.should = q(should->second.text);
        row.shouldIsNumber = should->second.isNumber;
        row.shouldTip = q(should->second.tip);
    }
    return row;
}

widgets::ComparisonRow provenanceOf(const view::ComparisonRow& from, const QString& fieldId,
                                    const QString& groupId)
{
    widgets::ComparisonRow row;
    row.kind = widgets::ComparisonRowKind::Provenance;
    row.id = fieldId + QStringLiteral("/why");
    row.parentId = groupId;
    row.provenance.lead = QStringLiteral("Why ") + q(from.provenanceResult);
    for (const std::string& step : from.provenance)
        row.provenance.steps.push_back(q(step));
    row.provenance.result = q(from.provenanceResult);
    return row;
}

std::vector<widgets::ComparisonRow> rowsOf(const view::CaseView& view,
                                           const std::vector<System>& columns)
{
    std::vector<widgets::ComparisonRow> rows;
    for (const auto& group : view.comparison) {
        const QString groupId = QString::fromStdString(group.title);
        if (!groupId.isEmpty()) {
            widgets::ComparisonRow head;
            head.kind = widgets::ComparisonRowKind::Group;
            head.id = groupId;
            head.label = q(group.title);
            head.note = q(group.subtitle);
            (group.isAgreeing ? head.agreement : head.summary) = q(group.summary);
            head.startsOpen = group.isOpen;
            rows.push_back(std::move(head));
        }
        int number = 0;
        for (const auto& from : group.rows) {
            rows.push_back(fieldOf(from, groupId, number++, columns));
            const QString fieldId = rows.back().id;
            if (!from.provenance.empty())
                rows.push_back(provenanceOf(from, fieldId, groupId));
        }
    }
    return rows;
}

QLabel* plainLabel(QWidget* parent, const char* name, theme::FontRole role)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setTextFormat(Qt::PlainText); // platform text is never mark-up
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFont(theme::font(role));
    return label;
}

} // namespace

CasePane::CasePane(QWidget* parent) : CasePane(nullptr, parent) {}

CasePane::CasePane(workspace::Workspace* source, QWidget* parent)
    : QWidget(parent), m_workspace(source),
      m_title(plainLabel(this, "caseTitle", theme::FontRole::Title)),
      m_facts(plainLabel(this, "caseFacts", theme::FontRole::Small)),
      m_sentences(plainLabel(this, "caseSentences", theme::FontRole::Body)),
      m_grid(new widgets::ComparisonGrid(this))
{
    auto* page = new QWidget;
    auto* inside = new QVBoxLayout(page);
    inside->setContentsMargins(theme::metric::kGutter, theme::metric::kGutter,
                               theme::metric::kGutter, theme::metric::kGutter);
    inside->setSpacing(theme::metric::kCardGap);
    inside->addWidget(m_title);
    inside->addWidget(m_facts);
    inside->addWidget(m_sentences);
    inside->addWidget(m_grid);
    inside->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(page);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
}

void CasePane::open(const std::string& site, const CaseId& id)
{
    m_view = {};
    m_view.site = site;
    m_view.id = id;
    m_workspace->setFocus(site, id);
    m_workspace->readCase(this, site, id, [this, site, id](Result<view::CaseView> answer) {
        if (m_view.id != id || m_view.site != site)
            return;
        if (answer)
            show(*answer);
        else
            showProblem(QString::fromStdString(phrases::sentence(answer.error())));
        Q_EMIT caseShown();
    });
}

void CasePane::show(const view::CaseView& view)
{
    m_view = view;
    m_title->setText(q(view.title));
    QStringList facts;
    for (const std::string& fact :
         {view.rma.empty() ? std::string() : "RMA " + view.rma, view.order, view.po, view.customer,
          view.atRisk ? view.atRisk->displayText() : std::string(), view.ownerText, view.ageText,
          view.slaText}) {
        if (!fact.empty())
            facts << q(fact);
    }
    m_facts->setText(facts.join(QStringLiteral("  ·  ")));
    QStringList sentences;
    for (const auto& sentence : view.sentences)
        sentences << q(sentence.bold) + QLatin1Char(' ') + q(sentence.rest);
    for (const std::string& sentence : view.notJudged)
        sentences << q(sentence);
    if (!view.unexplained.empty())
        sentences << q(view.unexplained);
    m_sentences->setText(sentences.join(QStringLiteral("\n\n")));
    const std::vector<System> systems = columnsOf(view);
    std::vector<widgets::ComparisonColumn> columns;
    for (const System system : systems) {
        widgets::ComparisonColumn column;
        column.title = nameOf(system);
        columns.push_back(column);
    }
    m_grid->setContent(std::move(columns), rowsOf(view, systems));
    m_grid->setVisible(true);
}

void CasePane::showProblem(const QString& sentence)
{
    m_title->setText(QStringLiteral("This case cannot be shown"));
    m_facts->clear();
    m_sentences->setText(sentence);
    m_grid->setVisible(false);
}

} // namespace counterfoil::casefile
