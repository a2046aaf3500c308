#include "ui/queue/queue_page.h"

#include <QScopedValueRollback>
#include <QSettings>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/models/row_text.h"
#include "ui/queue/bulk_bar.h"
#include "ui/queue/sub_bar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/empty_state.h"

#include <algorithm>
#include <set>
#include <utility>

namespace counterfoil::queue {

using models::text;
using widgets::QueueColumn;

namespace {

constexpr int kAgeTickMillis = 30'000;
/// Longest time a first reading lets rows in by itself.
constexpr int kFollowMillis = 5 * 60'000;

QString densityKey()
{
    return QStringLiteral("queue/density");
}

QString columnsKey()
{
    return QStringLiteral("queue/hiddenColumns");
}

std::vector<query::Filter> countedFilters()
{
    std::vector<query::Filter> filters;
    for (const QuickFilter& quick : quickFilters()) {
        const QString whole =
            quick.id == QLatin1String("all") ? quick.term : QStringLiteral("is:open ") + quick.term;
        filters.push_back(query::parse(whole.toStdString()).value_or(query::Filter()));
    }
    return filters;
}

/// A platform that is connected was never read to the end yet.
bool isFirstReading(const view::FrameView& frame)
{
    return std::any_of(frame.feeds.begin(), frame.feeds.end(), [](const view::Freshness& feed) {
        return feed.health == view::FeedHealth::NeverRead;
    });
}

} // namespace

QueuePage::QueuePage(workspace::Workspace* source, QWidget* parent)
    : QWidget(parent), m_workspace(source), m_model(new models::QueueModel(this)),
      m_query(new QueryBox(this)), m_commands(new RowCommands(source, this)),
      m_bar(new SubBar(this)), m_stack(new QStackedLayout), m_list(new widgets::QueueView(this)),
      m_empty(new widgets::EmptyState(this)), m_bulk(new BulkBar(this))
{
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);
    setObjectName(QStringLiteral("queuePage"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    layout->addLayout(m_stack, 1);
    layout->addWidget(m_bulk);
    m_empty->setObjectName(QStringLiteral("queueEmpty"));
    m_model->setCounted(countedFilters());
    m_list->setSource(m_model);
    m_list->setLoading(true);
    const QSettings settings;
    setDensity(settings.value(densityKey()).toString() == QLatin1String("compact")
                   ? widgets::Density::Compact
                   : widgets::Density::Comfortable);
    m_list->setHiddenColumns(static_cast<std::uint16_t>(settings.value(columnsKey()).toUInt()));
    makeActions();
    connectParts();
    setQuery(QStringLiteral("is:open"));
    if (m_workspace->queue())
        takeTable({});
}

QueuePage::~QueuePage()
{
    m_list->setSource(nullptr);
}

void QueuePage::connectParts()
{
    connect(m_workspace, &workspace::Workspace::queueChanged, this, &QueuePage::takeTable);
    connect(m_model, &models::QueueModel::arranged, this, &QueuePage::refreshList);
    connect(m_model, &models::QueueModel::taken, this, &QueuePage::refreshBars);
    connect(m_model, &models::QueueModel::lineChanged, m_list, &widgets::QueueView::rowChanged);
    connect(m_query, &QueryBox::filterChanged, this, [this](const query::Filter& filter) {
        m_model->setFilter(filter);
        const bool isTurned = filter.isSortAscending;
        switch (filter.sort) {
        case query::SortBy::Risk:
            m_list->setSort(QueueColumn::AtRisk, !isTurned);
            break;
        case query::SortBy::Age:
        case query::SortBy::Sla:
            m_list->setSort(QueueColumn::Age, !isTurned);
            break;
        case query::SortBy::Severity:
            m_list->setSort(QueueColumn::Severity, !isTurned);
            break;
        case query::SortBy::Customer:
            m_list->setSort(QueueColumn::Customer, isTurned);
            break;
        }
        m_bar->setGrouped(filter.group == query::GroupBy::Case);
        refreshBars();
        Q_EMIT queryChanged();
    });
    connect(m_list, &widgets::QueueView::activated, this, [this](quint64) { Q_EMIT opened(); });
    connect(m_list, &widgets::QueueView::windowRequested, this, [this](quint64 id) {
        m_list->setCurrentId(id);
        Q_EMIT windowWanted();
    });
    connect(m_list, &widgets::QueueView::currentIdChanged, this, [this](quint64 id) {
        if (m_isRefreshing)
            return;
        m_lastIndex = m_model->indexOf(id);
        Q_EMIT currentMoved();
    });
    connect(m_list, &widgets::QueueView::caseToggled, m_model, &models::QueueModel::setCaseOpen);
    connect(m_list, &widgets::QueueView::selectionChanged, this, &QueuePage::refreshBulk);
    connect(m_list, &widgets::QueueView::sortRequested, this, &QueuePage::sortBy);
    connect(m_list, &widgets::QueueView::menuRequested, this, &QueuePage::openMenu);
    connect(m_bar, &SubBar::filterPicked, this, [this](const QString& id) {
        for (const QuickFilter& quick : quickFilters())
            if (quick.id == id)
                id == QLatin1String("all") ? setQuery(quick.term) : m_query->toggleTerm(quick.term);
    });
    connect(m_bar, &SubBar::saveViewWanted, this, &QueuePage::saveView);
    connect(m_bar, &SubBar::waitingWanted, this, &QueuePage::showWaiting);
    connect(m_bar, &SubBar::groupingWanted, this, [this](bool isGrouped) {
        m_query->setTerm(QStringLiteral("group"),
                         isGrouped ? QString() : QStringLiteral("group:none"));
    });
    connect(m_bar, &SubBar::densityWanted, this, &QueuePage::toggleDensity);
    connect(m_bar, &SubBar::columnsWanted, this, &QueuePage::openColumnsMenu);
    connect(m_bulk, &BulkBar::assignWanted, this, [this] { act(RowVerb::Assign); });
    connect(m_bulk, &BulkBar::snoozeWanted, this, [this] { act(RowVerb::Snooze); });
    connect(m_bulk, &BulkBar::ownerWanted, this, [this] { act(RowVerb::ChangeOwner); });
    connect(m_bulk, &BulkBar::noteWanted, this, [this] { act(RowVerb::Note); });
    connect(m_bulk, &BulkBar::checkWanted, this, [this] { m_commands->checkAgain(targets()); });
    connect(m_bulk, &BulkBar::clearWanted, m_list, &widgets::QueueView::clearSelection);
    connect(m_commands, &RowCommands::toastWanted, this, &QueuePage::toastWanted);
    connect(m_commands, &RowCommands::actedOn, this,
            [this](const std::vector<view::QueueRow>& rows) {
                std::vector<quint64> ids;
                for (const view::QueueRow& row : rows)
                    ids.push_back(models::numberOf(row.id.value));
                m_model->letGo(ids);
                m_list->clearSelection();
            });
    auto* tick = new QTimer(this);
    connect(tick, &QTimer::timeout, this, [this] {
        m_model->setNow(now());
        m_list->refreshColumn(QueueColumn::Age);
    });
    tick->start(kAgeTickMillis);
}

void QueuePage::setQuery(const QString& text)
{
    m_query->setText(text);
}

Instant QueuePage::now() const
{
    return m_sinceFrame.isValid() ? m_frameAt + Millis(m_sinceFrame.elapsed()) : m_frameAt;
}

void QueuePage::takeTable(const std::vector<std::string>& changedCases)
{
    const auto frame = m_workspace->frame();
    const auto table = m_workspace->queue();
    if (!frame || !table)
        return;
    m_frameAt = frame->at;
    m_sinceFrame.start();
    m_list->setLoading(false);
    if (isFirstReading(*frame) && !m_sinceEmpty.isValid())
        m_sinceEmpty.start();
    const bool wasCounting = std::exchange(m_hasFirstRowsOnly, frame->isCounting);
    if (wasCounting || isFollowing())
        m_model->expectWhole();
    m_model->setTable(table, frame->at, m_workspace->person(), changedCases);
    m_query->setRows(table, m_model->context());
}

/// While a store is filled for the first time and nobody has touched the list, everything that is
/// found comes in: nothing could move under a cursor.
bool QueuePage::isFollowing() const
{
    return m_sinceEmpty.isValid() && !m_isTouched && m_sinceEmpty.elapsed() < kFollowMillis;
}

bool QueuePage::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
        m_isTouched = true;
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void QueuePage::refreshList()
{
    const quint64 before = m_list->currentId();
    {
        const QScopedValueRollback guard(m_isRefreshing, true);
        m_list->resetRows();
        // The row that was worked on left: the next one takes its place.
        if (before != 0 && m_model->indexOf(before) < 0 && m_model->count() > 0)
            m_list->setCurrentId(m_model->idAt(std::clamp(m_lastIndex, 0, m_model->count() - 1)));
    }
    m_lastIndex = m_model->indexOf(m_list->currentId());
    if (m_list->currentId() != before)
        Q_EMIT currentMoved();
    refreshEmpty();
    refreshBulk();
    refreshBars();
}

void QueuePage::refreshBars()
{
    const auto& counts = m_model->counts();
    const auto& quick = quickFilters();
    QStringList on;
    for (std::size_t i = 0; i < quick.size(); ++i) {
        if (i < counts.size())
            m_bar->setCount(quick[i].id, counts[i]);
        if (m_query->holds(quick[i].term))
            on << quick[i].id;
    }
    m_bar->setOn(on);
    m_bar->setWaiting(m_model->waiting(), m_model->stale());
    Q_EMIT shownChanged();
}

void QueuePage::refreshEmpty()
{
    const bool isEmpty = m_model->table() && m_model->count() == 0;
    const bool wasEmpty = m_stack->currentIndex() == 1;
    if (isEmpty && !wasEmpty)
        m_hadFocus = window()->focusWidget() == m_list;
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    // A hidden list cannot keep the focus: it gets it back with its rows, unless a person types.
    if (wasEmpty && !isEmpty && m_hadFocus && window()->focusWidget() != m_query->field())
        m_list->setFocus();
    if (!isEmpty)
        return;
    const auto frame = m_workspace->frame();
    m_empty->clearButtons();
    const QString query = m_query->text().trimmed();
    if (frame && isFirstReading(*frame)) {
        m_empty->setTexts(tr("Reading the platforms for the first time"),
                          tr("Exceptions appear here as they are found."));
        return;
    }
    if (query == QLatin1String("is:open") || query.isEmpty()) {
        QString said = tr("Everything that was read agrees.");
        if (frame && frame->notJudgedReturns > 0)
            said += QLatin1Char(' ') + tr("%1 returns not judged: %2.")
                                           .arg(frame->notJudgedReturns)
                                           .arg(text(frame->notJudgedReasons));
        m_empty->setTexts(tr("No open exceptions"), said);
        connect(m_empty->addButton(QStringLiteral("emptyRead"), tr("Read now")),
                &widgets::Button::clicked, this, [this] { Q_EMIT readWanted(); });
        return;
    }
    m_empty->setTexts(tr("No exception matches %1").arg(query),
                      tr("%1 are open.").arg(frame ? frame->open : 0));
    connect(m_empty->addButton(QStringLiteral("emptyClear"), tr("Clear filter")),
            &widgets::Button::clicked, this, [this] { setQuery(QStringLiteral("is:open")); });
    const auto terms = query::tokens(query.toStdString());
    if (terms.size() > 1 && !terms.back().key.empty()) {
        const QString key = QString::fromStdString(terms.back().key);
        connect(m_empty->addButton(QStringLiteral("emptyRemove"), tr("Remove %1").arg(key)),
                &widgets::Button::clicked, this,
                [this, key] { m_query->setText(m_query->without(key)); });
    }
}

void QueuePage::refreshBulk()
{
    const std::vector<quint64> ids = m_list->selectedIds();
    if (ids.empty())
        return m_bulk->setScope(0, {});
    const std::vector<view::QueueRow> rows = m_model->exceptionsOf(ids);
    std::set<std::string> people;
    std::set<domain::Owner> teams;
    for (const view::QueueRow& row : rows) {
        if (!row.assignee.empty())
            people.insert(row.assignee);
        teams.insert(row.owner);
    }
    QStringList parts;
    if (const QString sum = models::riskText(rows); !sum.isEmpty())
        parts << tr("%1 at risk").arg(sum);
    const QString who = people.size() == 1 ? tr("1 person") : tr("%1 people").arg(people.size());
    const QString team = teams.size() == 1 ? tr("1 team") : tr("%1 teams").arg(teams.size());
    parts << (people.empty() ? team : who + QStringLiteral(", ") + team);
    m_bulk->setScope(static_cast<int>(rows.size()), parts.join(tr(" · ")));
}

std::optional<view::QueueRow> QueuePage::current() const
{
    return m_model->exceptionOf(m_list->currentId());
}

void QueuePage::ensureCurrent()
{
    if (m_model->indexOf(m_list->currentId()) < 0 && m_model->count() > 0)
        m_list->setCurrentId(m_model->idAt(0));
}

std::vector<view::QueueRow> QueuePage::targets() const
{
    const std::vector<quint64> selected = m_list->selectedIds();
    if (!selected.empty())
        return m_model->exceptionsOf(selected);
    const quint64 current = m_list->currentId();
    return current == 0 ? std::vector<view::QueueRow>() : m_model->exceptionsOf({current});
}

QWidget* QueuePage::sheetHost() const
{
    return m_sheetHost ? m_sheetHost.data() : window();
}

void QueuePage::setDensity(widgets::Density density)
{
    m_list->setDensity(density);
    m_bar->setDensity(density);
}

void QueuePage::toggleDensity()
{
    const bool toCompact = m_list->density() == widgets::Density::Comfortable;
    setDensity(toCompact ? widgets::Density::Compact : widgets::Density::Comfortable);
    QSettings().setValue(densityKey(),
                         toCompact ? QStringLiteral("compact") : QStringLiteral("comfortable"));
}

} // namespace counterfoil::queue
