#include "ui/quarantine/quarantine_page.h"

#include "core/phrases/phrases.h"
#include "ui/quarantine/inspection_pane.h"
#include "ui/quarantine/lot_list.h"
#include "ui/quarantine/release_tray.h"
#include "ui/quarantine/scan_reader.h"
#include "ui/theme/text.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/page_bar.h"
#include "ui/widgets/plain_label.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace counterfoil::quarantine {

using theme::FontRole;
using theme::Theme;
using widgets::Chip;

namespace {

constexpr int kTrayWidth = 328;
constexpr int kTrayNarrow = 280;
constexpr int kNarrow = 1100, kWide = 1280;
constexpr int kListHeight = 560;
constexpr int kPaneHeight = 230;

QString q(const std::string& text)
{
    return theme::Text::isolated(QString::fromStdString(text));
}

struct ChipOf {
    LotFilter filter;
    const char* objectName;
};
constexpr std::array<ChipOf, 4> kChips{{{LotFilter::All, "chipAll"},
                                        {LotFilter::ToDo, "chipToDo"},
                                        {LotFilter::Ready, "chipReady"},
                                        {LotFilter::Held, "chipHeld"}}};

QString chipText(LotFilter filter)
{
    switch (filter) {
    case LotFilter::All:
        return QuarantinePage::tr("All lots");
    case LotFilter::ToDo:
        return QuarantinePage::tr("To do");
    case LotFilter::Ready:
        return QuarantinePage::tr("Ready");
    case LotFilter::Held:
        return QuarantinePage::tr("Held");
    }
    return {};
}

bool isLabelOf(const view::LotView& lot, const QString& label)
{
    const auto same = [&](const std::string& text) {
        return !text.empty() &&
               QString::fromStdString(text).compare(label, Qt::CaseInsensitive) == 0;
    };
    return same(lot.id) || same(lot.sku) || same(lot.rma) || same("RMA" + lot.rma);
}

} // namespace

QuarantinePage::QuarantinePage(workspace::Workspace* source, QWidget* parent)
    : QWidget(parent), m_workspace(source), m_model(new LotModel(this)),
      m_list(new LotList(m_model, this)), m_pane(new InspectionPane(this)),
      m_tray(new ReleaseTray(source, this)), m_scanner(new ScanReader(this)),
      m_empty(new widgets::EmptyState(this)),
      m_summary(new widgets::PlainLabel({}, FontRole::Small, &Theme::text2, this))
{
    widgets::nameWidget(this, QStringLiteral("quarantinePage"), tr("Quarantine stock"));
    layOut();
    connectParts();
    showChips();
    refresh();
}

QWidget* QuarantinePage::makeBar()
{
    auto* bar = new widgets::PageBar(tr("Quarantine stock"), this);
    for (const ChipOf& entry : kChips) {
        auto* chip = new Chip(chipText(entry.filter), bar);
        chip->setObjectName(QString::fromLatin1(entry.objectName));
        connect(chip, &Chip::clicked, this, [this, filter = entry.filter] {
            m_model->setFilter(filter);
            for (std::size_t i = 0; i < m_chips.size(); ++i)
                m_chips[i]->setChecked(kChips[i].filter == filter);
        });
        m_chips.push_back(chip);
        bar->row()->addWidget(chip);
    }
    m_chips.front()->setChecked(true);
    m_summary->setObjectName(QStringLiteral("quarantineSummary"));
    m_summary->setMinimumWidth(1); // no words of the bar may hold the window wide
    bar->row()->addWidget(m_summary);
    bar->row()->addStretch(1);
    m_legend = new VerdictLegend(bar);
    bar->row()->addWidget(m_legend);
    return bar;
}

void QuarantinePage::layOut()
{
    auto* lots = new QWidget(this);
    auto* lotsColumn = new QVBoxLayout(lots);
    lotsColumn->setContentsMargins(0, 0, 0, 0);
    lotsColumn->setSpacing(0);
    lotsColumn->addWidget(new LotHeader(m_list, lots));
    lotsColumn->addWidget(m_list, 1);
    m_splitter = new QSplitter(Qt::Vertical, this);
    m_splitter->setObjectName(QStringLiteral("quarantineSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(lots);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({kListHeight, kPaneHeight});
    m_empty->setTexts(tr("Reading the local copy"), {});
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_splitter);
    auto* left = new QVBoxLayout;
    left->setSpacing(0);
    left->addWidget(makeBar());
    left->addWidget(m_stack, 1);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addLayout(left, 1);
    m_tray->setFixedWidth(kTrayWidth);
    row->addWidget(m_tray);
}

void QuarantinePage::connectParts()
{
    connect(m_workspace, &workspace::Workspace::queueChanged, this, [this] { refresh(); });
    connect(m_workspace, &workspace::Workspace::actionChanged, this, [this] { refresh(); });
    connect(m_list, &LotList::lotChanged, this, &QuarantinePage::showLot);
    connect(m_list, &LotList::opened, m_pane, &InspectionPane::startInspecting);
    connect(m_pane, &InspectionPane::left, this,
            [this] { m_list->setFocus(Qt::OtherFocusReason); });
    connect(m_pane, &InspectionPane::recorded, this, &QuarantinePage::record);
    connect(m_tray, &ReleaseTray::releaseRequested, this, &QuarantinePage::releaseRequested);
    connect(m_scanner, &ScanReader::scanned, this, &QuarantinePage::take);
    connect(m_scanner, &ScanReader::key, this, &QuarantinePage::pressKey);
    m_list->installEventFilter(this);
    m_pane->list()->installEventFilter(this);
    setFocusProxy(m_list);
}

void QuarantinePage::refresh()
{
    if (m_isAsking) {
        m_isAskedAgain = true;
        return;
    }
    m_isAsking = true;
    m_workspace->readQuarantine(this, [this,
                                       landed = m_landed](Result<view::QuarantineView> answer) {
        m_isAsking = false;
        if (answer) {
            for (const UnitId& unit : landed) {
                m_pending.erase(unit);
                m_landed.erase(unit);
            }
            showAnswer(*answer);
        } else if (m_model->lots().empty()) {
            m_empty->setTexts(tr("The lots cannot be shown"), q(phrases::sentence(answer.error())));
        } else {
            m_pane->setProblem(q(phrases::sentence(answer.error())));
        }
        Q_EMIT shown();
        if (m_isAskedAgain) {
            m_isAskedAgain = false;
            refresh();
        }
    });
}

void QuarantinePage::applyPending(std::vector<view::LotView>& lots) const
{
    if (m_pending.empty())
        return;
    for (view::LotView& lot : lots) {
        for (view::InspectionUnit& unit : lot.rows) {
            const auto found = m_pending.find(unit.unit);
            if (found == m_pending.end())
                continue;
            if (!unit.verdict)
                --lot.toDo;
            else
                --lot.counts[*unit.verdict];
            unit.verdict = found->second.verdict;
            unit.cause = found->second.cause;
            unit.note = found->second.note;
            unit.person = tr("being recorded").toStdString();
            unit.at.clear();
            unit.shareText.clear();
            ++lot.counts[*unit.verdict];
        }
    }
}

void QuarantinePage::showAnswer(const view::QuarantineView& view)
{
    std::vector<view::LotView> lots = view.lots;
    applyPending(lots);
    const auto frame = m_workspace->frame();
    m_model->setLots(std::move(lots), frame ? frame->at : Instant{});
    m_summary->setText(q(view.summary));
    showChips();
    if (m_model->lots().empty()) {
        m_empty->setTexts(tr("Nothing is in quarantine"),
                          tr("Received returns stand here until their units are inspected and "
                             "released."));
        m_stack->setCurrentWidget(m_empty);
        m_pane->clear();
        m_tray->setCase({}, CaseId(), {});
        return;
    }
    m_stack->setCurrentWidget(m_splitter);
    const view::LotView* lot = m_model->lot(m_pane->key());
    if (lot) {
        m_pane->setLot(*lot);
        m_tray->refresh();
        return;
    }
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->lotAt(row)) {
            m_list->setCurrentIndex(m_model->index(row));
            break;
        }
    }
}

void QuarantinePage::showChips()
{
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        const int count = m_model->count(kChips[i].filter);
        m_chips[i]->setCount(QString::number(count));
        m_chips[i]->setVisible(kChips[i].filter != LotFilter::Held || count > 0);
    }
}

void QuarantinePage::showLot(const QString& key)
{
    m_model->hold(key);
    const view::LotView* lot = m_model->lot(key);
    if (!lot)
        return;
    m_pane->setLot(*lot);
    m_tray->setCase(lot->site, lot->caseId,
                    rmaText(*lot) + QStringLiteral(", ") + q(lot->customer));
}

void QuarantinePage::record(const std::vector<domain::Inspection>& rows)
{
    const view::LotView* lot = m_model->lot(m_pane->key());
    if (!lot || rows.empty())
        return;
    const std::string site = lot->site;
    const CaseId id = lot->caseId;
    std::vector<UnitId> units;
    for (const domain::Inspection& row : rows) {
        units.push_back(row.unit);
        m_pending.insert_or_assign(row.unit, row);
        m_landed.erase(row.unit);
    }
    std::vector<view::LotView> lots = m_model->lots();
    applyPending(lots);
    m_model->setLots(std::move(lots), m_model->now());
    if (const view::LotView* newer = m_model->lot(m_pane->key()))
        m_pane->setLot(*newer);
    showChips();
    m_workspace->inspect(this, site, id, rows, [this, units](Result<void> done) {
        for (const UnitId& unit : units) {
            if (done)
                m_landed.insert(unit);
            else
                m_pending.erase(unit);
        }
        if (!done)
            m_pane->setProblem(tr("Not recorded. %1").arg(q(phrases::sentence(done.error()))));
        refresh();
    });
}

bool QuarantinePage::select(const QString& label)
{
    const QString wanted = label.trimmed();
    // A lot of the return that is open comes first: one SKU lies in many returns.
    const view::LotView* open = m_model->lot(m_pane->key());
    const view::LotView* best = nullptr;
    for (const view::LotView& lot : m_model->lots()) {
        if (!isLabelOf(lot, wanted))
            continue;
        if (!best || (open && lot.caseId == open->caseId && best->caseId != open->caseId))
            best = &lot;
    }
    return best && m_list->select(lotKey(*best));
}

void QuarantinePage::take(const QString& label)
{
    const view::LotView* open = m_model->lot(m_pane->key());
    const bool isSecond =
        open && isLabelOf(*open, label) && m_lastScan.compare(label, Qt::CaseInsensitive) == 0;
    if (isSecond) {
        m_pane->countOneMore();
        return;
    }
    if (!select(label)) {
        m_pane->setProblem(tr("No lot has the label %1.").arg(theme::Text::isolated(label)));
        return;
    }
    m_lastScan = label;
    m_pane->setProblem({});
    m_pane->startInspecting();
}

void QuarantinePage::pressKey(QChar character)
{
    const bool isInspecting = m_pane->list()->hasFocus();
    const QChar upper = character.toUpper();
    if (upper == QLatin1Char('J') || upper == QLatin1Char('K')) {
        QKeyEvent move(QEvent::KeyPress, upper == QLatin1Char('J') ? Qt::Key_Down : Qt::Key_Up,
                       Qt::NoModifier);
        QCoreApplication::sendEvent(isInspecting ? static_cast<QObject*>(m_pane->list()) : m_list,
                                    &move);
    } else if (character == QLatin1Char('#')) {
        m_pane->startCounting();
    } else if (upper == QLatin1Char('L')) {
        m_tray->press();
    } else if (isInspecting && upper == QLatin1Char('N')) {
        m_pane->startNote();
    } else if (!isInspecting || !m_pane->list()->pressVerdict(character)) {
        // No key of this page: the window may know it ("/", "?", "G").
        QKeyEvent other(QEvent::KeyPress, upper.unicode(), Qt::NoModifier, QString(character));
        if (parentWidget())
            QCoreApplication::sendEvent(parentWidget(), &other);
    }
}

bool QuarantinePage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_list && watched != m_pane->list())
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride && m_scanner->isReading()) {
        event->accept(); // a letter in the middle of a label is no shortcut
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)
        return m_scanner->feedEnter();
    const bool isPlain = !(key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier));
    const QString text = key->text();
    const bool isPrintable =
        isPlain && text.size() == 1 && text.at(0).isPrint() && !text.at(0).isSpace();
    if (!isPrintable)
        return QWidget::eventFilter(watched, event);
    m_scanner->feed(text);
    return true;
}

void QuarantinePage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_tray->setFixedWidth(width() < kNarrow ? kTrayNarrow : kTrayWidth);
    m_legend->setVisible(width() >= kNarrow);
    m_summary->setVisible(width() >= kWide);
}

} // namespace counterfoil::quarantine
