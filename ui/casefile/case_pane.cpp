#include "ui/casefile/case_pane.h"

#include <QApplication>
#include <QDesktopServices>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QTabBar>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/casefile/action_bar.h"
#include "ui/casefile/case_header.h"
#include "ui/casefile/documents_panel.h"
#include "ui/casefile/grid_words.h"
#include "ui/casefile/notes_panel.h"
#include "ui/casefile/pending_strip.h"
#include "ui/casefile/playbook_list.h"
#include "ui/casefile/timeline_words.h"
#include "ui/casefile/why_tree.h"
#include "ui/casefile/words.h"
#include "ui/models/marks.h"
#include "ui/widgets/paragraph.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/toast.h"

#include <algorithm>

namespace counterfoil::casefile {

using theme::FontRole;
using theme::Theme;
using widgets::Paragraph;
using widgets::PlainLabel;

namespace {

constexpr int kWideFrom = 1000;
constexpr int kSideWidth = 460;
constexpr int kGutter = theme::metric::kGutter;

QScrollArea* makeScroll(QWidget* parent, const char* name, QVBoxLayout* into)
{
    auto* page = new QWidget;
    page->setLayout(into);
    into->setContentsMargins(0, 0, 0, 12);
    into->setSpacing(0);
    auto* area = new QScrollArea(parent);
    area->setObjectName(QString::fromLatin1(name));
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    area->setWidget(page);
    page->setAutoFillBackground(false); // setWidget() turns it on
    return area;
}

} // namespace

CasePane::CasePane(workspace::Workspace* source, QWidget* parent)
    : QWidget(parent), m_workspace(source), m_header(new CaseHeader(this)),
      m_tabs(new QTabBar(this)), m_scroll(nullptr), m_side(nullptr), m_main(new QVBoxLayout),
      m_beside(new QVBoxLayout), m_sentences(new QWidget), m_grid(new widgets::ComparisonGrid),
      m_timeline(new widgets::Timeline), m_playbook(new PlaybookList), m_notes(new NotesPanel),
      m_why(new WhyTree), m_documents(new DocumentsPanel(source, nullptr)),
      m_pending(new PendingStrip(this)), m_bar(new ActionBar(this))
{
    setObjectName(QStringLiteral("casePane"));
    m_scroll = makeScroll(this, "caseScroll", m_main);
    m_side = makeScroll(this, "caseSide", m_beside);
    m_side->setFixedWidth(kSideWidth);
    makeSections();
    widgets::nameWidget(m_tabs, QStringLiteral("caseTabs"), tr("Parts of the case"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setFont(theme::font(FontRole::Small));
    for (int i = 0; i < 5; ++i)
        m_tabs->addTab(QString());
    auto* tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(kGutter, 0, kGutter, 0);
    tabRow->addWidget(m_tabs);
    auto* across = new QHBoxLayout;
    across->setContentsMargins(0, 1, 0, 0);
    across->setSpacing(1);
    across->addWidget(m_scroll, 1);
    across->addWidget(m_side);
    auto* down = new QVBoxLayout(this);
    down->setContentsMargins(0, 0, 0, 0);
    down->setSpacing(0);
    down->addWidget(m_header);
    down->addLayout(tabRow);
    down->addLayout(across, 1);
    down->addWidget(m_pending);
    down->addWidget(m_bar);
    arrange(false);
    refreshTabs();
    makeKeys();
    connectParts();
}

CasePane::~CasePane() = default;

CasePane::Section CasePane::makeSection(const QString& title, const char* name, QWidget* content)
{
    Section section;
    section.host = new QWidget(this);
    section.host->setObjectName(QString::fromLatin1(name));
    auto* down = new QVBoxLayout(section.host);
    down->setContentsMargins(kGutter, 12, kGutter, 4);
    down->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->addWidget(new PlainLabel(title, FontRole::BodyStrong, &Theme::text, section.host));
    head->addStretch(1);
    section.note = new PlainLabel({}, FontRole::Small, &Theme::text2, section.host);
    head->addWidget(section.note);
    down->addLayout(head);
    down->addWidget(content);
    return section;
}

void CasePane::makeSections()
{
    m_sentences->setObjectName(QStringLiteral("caseSentences"));
    auto* lines = new QVBoxLayout(m_sentences);
    lines->setContentsMargins(kGutter, 10, kGutter, 10);
    lines->setSpacing(6);
    m_timeline->setObjectName(QStringLiteral("timeline"));
    m_timeline->setAccessibleName(tr("Timeline"));
    m_timelineSection = makeSection(tr("Timeline"), "timelineSection", m_timeline);
    m_playbookSection = makeSection(tr("Playbook"), "playbookSection", m_playbook);
    m_notesSection = makeSection(tr("Notes"), "notesSection", m_notes);
    m_notesSection.note->setText(tr("stay in Counterfoil"));
    m_whySection = makeSection(tr("Why, and why not"), "whySection", m_why);
    m_rawSection = makeSection(tr("Raw data"), "rawSection", m_documents);
    m_rawSection.note->setText(tr("Enter on a cell opens its field"));
    m_main->addWidget(m_sentences);
    m_main->addWidget(m_grid);
}

void CasePane::arrange(bool isWide)
{
    m_isWide = isWide;
    for (QWidget* host : {m_timelineSection.host, m_playbookSection.host, m_notesSection.host,
                          m_whySection.host, m_rawSection.host}) {
        m_main->removeWidget(host);
        m_beside->removeWidget(host);
    }
    for (QVBoxLayout* column : {m_main, m_beside}) {
        if (QLayoutItem* last = column->itemAt(column->count() - 1);
            last != nullptr && last->spacerItem() != nullptr)
            delete column->takeAt(column->count() - 1);
    }
    QVBoxLayout* beside = isWide ? m_beside : m_main;
    m_main->addWidget(m_timelineSection.host);
    beside->addWidget(m_playbookSection.host);
    beside->addWidget(m_notesSection.host);
    beside->addWidget(m_whySection.host);
    m_main->addWidget(m_rawSection.host);
    m_main->addStretch(1);
    m_beside->addStretch(1);
    m_side->setVisible(isWide);
    m_grid->setRoomy(isWide);
}

void CasePane::makeKeys()
{
    const auto key = [this](const QKeySequence& keys, auto&& run) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, run);
    };
    key(Qt::Key_C, [this] { m_bar->press(QStringLiteral("credit")); });
    key(Qt::Key_L, [this] { m_bar->press(QStringLiteral("release")); });
    key(Qt::Key_Y, [this] { m_pending->pressApprove(); });
    key(Qt::Key_P, [this] { doAction(QStringLiteral("set-po")); });
    key(Qt::Key_N, [this] {
        goTo(3);
        m_notes->startNote();
    });
    key(Qt::Key_R, [this] { Q_EMIT m_header->checkAgain(); });
    for (int tab = 0; tab < 5; ++tab)
        key(QKeySequence(Qt::Key_1 + tab), [this, tab] { goTo(tab); });
    key(Qt::CTRL | Qt::Key_Return, [this] { Q_EMIT windowWanted(); });
    key(Qt::CTRL | Qt::Key_Enter, [this] { Q_EMIT windowWanted(); });
}

void CasePane::connectParts()
{
    connect(m_header, &CaseHeader::windowWanted, this, &CasePane::windowWanted);
    connect(m_header, &CaseHeader::closeWanted, this, &CasePane::closeWanted);
    connect(m_header, &CaseHeader::checkAgain, this, [this] {
        if (!m_isAsked)
            return;
        say(tr("Reading this case again."));
        m_workspace->checkAgain(this, m_view.site, m_view.id, [this](Result<void> done) {
            if (!done)
                say(casefile::shown(done.error()));
        });
    });
    connect(m_bar, &ActionBar::creditWanted, this, &CasePane::creditWanted);
    connect(m_bar, &ActionBar::releaseWanted, this, &CasePane::releaseWanted);
    connect(m_bar, &ActionBar::poWanted, this, &CasePane::poWanted);
    connect(m_bar, &ActionBar::inspectWanted, this, &CasePane::inspectWanted);
    connect(m_bar, &ActionBar::stopPaymentWanted, this, &CasePane::stopPaymentWanted);
    connect(m_pending, &PendingStrip::approveWanted, this, [this](const QString& id) {
        m_workspace->approve(this, ActionId(id.toStdString()), [this](Result<void> done) {
            decidePending(tr("Signed. What all have signed is held 10 s, then sent."), done);
        });
    });
    connect(m_pending, &PendingStrip::declineWanted, this,
            [this](const QString& id, const QString& reason) {
                m_workspace->reject(this, ActionId(id.toStdString()), reason.toStdString(),
                                    [this](Result<void> done) {
                                        decidePending(tr("Declined. Nothing was sent."), done);
                                    });
            });
    connect(m_pending, &PendingStrip::takeBackWanted, this, [this](const QString& id) {
        m_workspace->undo(this, ActionId(id.toStdString()), [this](Result<void> done) {
            decidePending(tr("Taken back. Nothing was sent."), done);
        });
    });
    connect(m_workspace, &workspace::Workspace::actionChanged, this, [this] { readPending(); });
    connect(m_playbook, &PlaybookList::actionWanted, this, &CasePane::doAction);
    connect(m_playbook, &PlaybookList::linkWanted, this, [](const QString& link) {
        const QUrl url(link, QUrl::StrictMode);
        if (url.isValid() && url.scheme() == QLatin1String("https"))
            QDesktopServices::openUrl(url);
    });
    connect(m_grid, &widgets::ComparisonGrid::actionRequested, this, &CasePane::doAction);
    connect(m_grid, &widgets::ComparisonGrid::cellActivated, this, &CasePane::openDocumentOf);
    connect(m_documents, &DocumentsPanel::opened, this,
            [this] { m_scroll->ensureWidgetVisible(m_documents->text(), 0, 40); });
    connect(m_documents, &DocumentsPanel::left, this, [this] {
        QWidget* back = m_cameFrom ? m_cameFrom.data() : m_grid;
        back->setFocus(Qt::ShortcutFocusReason);
        m_scroll->ensureWidgetVisible(back, 0, 0);
    });
    connect(m_notes, &NotesPanel::noteWritten, this, [this](const QString& text) {
        std::vector<FindingId> findings;
        for (const view::QueueRow& row : m_view.findings)
            findings.push_back(row.id);
        m_workspace->addNote(this, findings, text.toStdString(), [this](Result<void> done) {
            m_notes->noteAnswered(done.has_value());
            if (done)
                readAgain();
            else
                say(casefile::shown(done.error()));
        });
    });
    connect(m_why, &WhyTree::wanted, this, [this] {
        m_workspace->readWhy(this, m_view.site, m_view.id,
                             [this](Result<std::vector<view::TraceView>> answer) {
                                 if (answer)
                                     m_why->setTraces(*answer);
                                 else
                                     m_why->showProblem(casefile::shown(answer.error()));
                             });
    });
    connect(m_tabs, &QTabBar::tabBarClicked, this, &CasePane::goTo);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        if (m_tabs->hasFocus() && !m_isJumping)
            goTo(tab);
    });
    connect(m_scroll->verticalScrollBar(), &QScrollBar::valueChanged, this,
            &CasePane::followScroll);
    connect(m_workspace, &workspace::Workspace::queueChanged, this,
            [this](const std::vector<std::string>& cases) {
                if (m_isAsked &&
                    std::find(cases.begin(), cases.end(), m_view.id.value) != cases.end())
                    readAgain();
            });
}

void CasePane::open(const std::string& site, const CaseId& id)
{
    if (m_view.id != id || m_view.site != site) {
        m_view = {};
        m_view.site = site;
        m_view.id = id;
        m_bar->clear(); // nothing may be pressed for a case that is not shown
        m_pending->clear();
    }
    m_isAsked = true;
    m_workspace->setFocus(site, id);
    readAgain();
}

void CasePane::readAgain()
{
    const std::string site = m_view.site;
    const CaseId id = m_view.id;
    m_workspace->readCase(this, site, id, [this, site, id](Result<view::CaseView> answer) {
        if (m_view.id != id || m_view.site != site)
            return;
        if (answer)
            show(*answer);
        else
            showProblem(casefile::shown(answer.error()));
        Q_EMIT caseShown();
    });
}

/// What waits for a signature on this case, or may still be taken back.
void CasePane::readPending()
{
    if (!m_isAsked)
        return;
    const std::string site = m_view.site;
    const CaseId id = m_view.id;
    m_workspace->readActions(this, [this, site, id](Result<std::vector<view::ActionView>> answer) {
        if (m_view.id != id || m_view.site != site || !answer)
            return;
        std::erase_if(*answer, [&](const view::ActionView& action) {
            return action.site != site || action.caseId != id;
        });
        m_pending->setActions(std::move(*answer));
    });
}

void CasePane::decidePending(const QString& sentence, Result<void> done)
{
    m_pending->setProblem(done ? QString() : casefile::shown(done.error()));
    if (done)
        say(sentence);
    readAgain();
}

void CasePane::show(const view::CaseView& view)
{
    const QString before = m_documents->property("case").toString();
    const QString now = QString::fromStdString(view.site + '/' + view.id.value);
    const bool isSame = before == now;
    m_documents->setProperty("case", now);
    m_view = view;
    m_isAsked = true;
    const int scrolled = m_scroll->verticalScrollBar()->value();
    m_header->show(view);
    refreshSentences();
    refreshGrid();
    if (isSame)
        m_grid->flashChanged();
    refreshTimeline();
    m_playbook->setSteps(view.playbook);
    m_playbookSection.host->setHidden(view.playbook.empty());
    m_playbookSection.note->setText(m_playbook->summary());
    m_notes->setNotes(view.notes);
    m_notes->setCanAdd(!view.findings.empty());
    m_notesSection.host->show();
    m_whySection.host->show();
    m_documents->setDocuments(view.site, view.documents);
    m_rawSection.host->setHidden(view.documents.empty());
    m_bar->show(view);
    readPending();
    refreshTabs();
    m_scroll->widget()->layout()->activate();
    // Another case starts at its top; the same one stays where it was read.
    m_scroll->verticalScrollBar()->setValue(isSame ? scrolled : 0);
    followScroll();
}

void CasePane::showProblem(const QString& sentence)
{
    const std::string site = m_view.site;
    const CaseId id = m_view.id;
    m_view = {};
    m_view.site = site;
    m_view.id = id;
    m_header->showProblem(tr("This case cannot be shown"));
    m_view.notJudged = {sentence.toStdString()};
    refreshSentences();
    m_view.notJudged.clear();
    m_grid->hide();
    for (const Section& section :
         {m_timelineSection, m_playbookSection, m_notesSection, m_whySection, m_rawSection})
        section.host->hide();
    m_bar->clear();
    m_pending->clear();
}

void CasePane::refreshSentences()
{
    struct Line {
        QString lead, text;
        std::optional<theme::Severity> severity;
        std::optional<theme::Icon> icon;
    };
    std::vector<Line> lines;
    for (const view::FindingSentence& row : m_view.sentences)
        lines.push_back({casefile::shown(row.bold), casefile::shown(row.rest),
                         models::severityOf(row.severity), std::nullopt});
    for (const std::string& row : m_view.notJudged)
        lines.push_back({{}, casefile::shown(row), std::nullopt, theme::Icon::Info});
    if (!m_view.unexplained.empty())
        lines.push_back({{}, casefile::shown(m_view.unexplained), std::nullopt, theme::Icon::Swap});
    while (m_lines.size() < lines.size()) {
        auto* line = new Paragraph(m_sentences, FontRole::Body, &Theme::text2);
        m_sentences->layout()->addWidget(line);
        m_lines.push_back(line);
    }
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        m_lines[i]->setVisible(i < lines.size());
        if (i >= lines.size())
            continue;
        m_lines[i]->setSeverity(lines[i].severity);
        m_lines[i]->setGlyph(lines[i].icon);
        m_lines[i]->setText(lines[i].text, lines[i].lead);
    }
    m_sentences->setHidden(lines.empty());
}

void CasePane::refreshGrid()
{
    const std::vector<view::System> systems = columnsOf(m_view);
    std::vector<widgets::ComparisonColumn> columns;
    for (const view::System system : systems) {
        widgets::ComparisonColumn column;
        column.title = systemName(system);
        Instant newest{};
        for (const view::ComparisonGroup& group : m_view.comparison) {
            for (const view::ComparisonRow& row : group.rows) {
                const auto cell = row.cells.find(system);
                if (cell != row.cells.end())
                    newest = std::max(newest, cell->second.document.observedAt);
            }
        }
        if (newest != Instant{})
            column.readNote = tr("read %1").arg(timeText(newest));
        columns.push_back(std::move(column));
    }
    m_grid->setContent(std::move(columns), rowsOf(m_view, systems), tr("by the invoice"));
    m_grid->setHidden(m_view.comparison.empty());
}

void CasePane::refreshTimeline()
{
    m_timelineSection.host->setHidden(m_view.timeline.events.empty());
    m_timelineSection.note->setText(driftText(m_view.timeline));
    QString made = QString::fromStdString(m_view.id.value);
    for (const view::TimelineEvent& event : m_view.timeline.events)
        made += QStringLiteral("|%1 %2").arg(toMillis(event.at)).arg(casefile::shown(event.text));
    for (const auto& [lane, note] : m_view.timeline.laneNotes)
        made += QLatin1Char('#') + casefile::shown(note);
    // A poll without news leaves zoom and the event in focus alone.
    if (made == m_timelineShown)
        return;
    m_timelineShown = made;
    m_timeline->setContent(timelineOf(m_view.timeline, m_view.at));
}

void CasePane::refreshTabs()
{
    const auto set = [this](int tab, const QString& name, const QString& count) {
        m_tabs->setTabText(tab, count.isEmpty() ? name : name + QLatin1Char(' ') + count);
    };
    set(0, tr("Compare"), m_view.differing > 0 ? tr("%1 differ").arg(m_view.differing) : QString());
    set(1, tr("Timeline"), {});
    set(2, tr("Playbook"), m_playbook->summary());
    set(3, tr("Notes"), m_view.notes.empty() ? QString() : QString::number(m_view.notes.size()));
    set(4, tr("Raw data"), {});
}

void CasePane::goTo(int tab)
{
    const std::array<QWidget*, 5> places{m_sentences, m_timelineSection.host,
                                         m_playbookSection.host, m_notesSection.host,
                                         m_rawSection.host};
    if (tab < 0 || tab >= static_cast<int>(places.size()))
        return;
    QWidget* place = places[static_cast<std::size_t>(tab)];
    m_isJumping = true;
    QScrollArea* area = m_side->isAncestorOf(place) ? m_side : m_scroll;
    area->verticalScrollBar()->setValue(place->mapTo(area->widget(), QPoint(0, 0)).y());
    m_tabs->setCurrentIndex(tab);
    m_isJumping = false;
}

void CasePane::followScroll()
{
    if (m_isJumping)
        return;
    const std::array<QWidget*, 5> places{m_sentences, m_timelineSection.host,
                                         m_playbookSection.host, m_notesSection.host,
                                         m_rawSection.host};
    const int top = m_scroll->verticalScrollBar()->value() + 30;
    int tab = 0;
    for (std::size_t i = 1; top > 30 && i < places.size(); ++i) {
        if (!places[i]->isHidden() && m_scroll->isAncestorOf(places[i]) &&
            places[i]->mapTo(m_scroll->widget(), QPoint(0, 0)).y() <= top)
            tab = static_cast<int>(i);
    }
    m_isJumping = true;
    m_tabs->setCurrentIndex(tab);
    m_isJumping = false;
}

void CasePane::doAction(const QString& action)
{
    // The same door as the buttons: what is off there is off here, and says why.
    struct Door {
        const char* word;
        view::Allowed view::CaseView::*allowed;
        void (CasePane::*signal)();
    };
    const std::array<Door, 5> doors{
        {{"credit", &view::CaseView::credit, &CasePane::creditWanted},
         {"release", &view::CaseView::release, &CasePane::releaseWanted},
         {"set-po", &view::CaseView::setPo, &CasePane::poWanted},
         {"inspect", &view::CaseView::inspect, &CasePane::inspectWanted},
         {"stop-payment", &view::CaseView::stopPayment, &CasePane::stopPaymentWanted}}};
    for (const Door& door : doors) {
        if (action != QLatin1String(door.word))
            continue;
        const view::Allowed& allowed = m_view.*door.allowed;
        if (allowed.isAllowed)
            Q_EMIT(this->*door.signal)();
        else if (!allowed.reason.empty())
            say(casefile::shown(allowed.reason));
    }
}

void CasePane::openDocumentOf(const QString& rowId, int column)
{
    const view::ComparisonCell* cell = cellAt(m_view, rowId, column);
    if (cell == nullptr || cell->document.externalId.empty()) {
        say(tr("No document stands behind this cell."));
        return;
    }
    m_cameFrom = m_grid;
    m_documents->openAt(cell->document, cell->pointer, cell->text);
}

void CasePane::say(const QString& sentence)
{
    widgets::ToastContent toast;
    toast.icon = theme::Icon::Info;
    toast.text = sentence;
    Q_EMIT toastWanted(toast);
}

void CasePane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (const bool isWide = width() >= kWideFrom; isWide != m_isWide)
        arrange(isWide);
}

void CasePane::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& t = theme::current();
    painter.fillRect(rect(), t.panel);
    widgets::hairline(painter, 0, m_scroll->y() - 1, width(), t.line2);
    if (m_isWide)
        widgets::hairlineVertical(painter, m_side->x() - 1, m_scroll->y(), m_scroll->height(),
                                  t.line2);
}

} // namespace counterfoil::casefile
