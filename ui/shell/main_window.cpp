#include "ui/shell/main_window.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

#include "core/phrases/phrases.h"
#include "ui/casefile/case_pane.h"
#include "ui/queue/queue_page.h"
#include "ui/shell/frame_words.h"
#include "ui/widgets/filter_field.h"

#include <algorithm>

namespace counterfoil::shell {

MainWindow::MainWindow(workspace::Workspace* source, QWidget* parent)
    : QWidget(parent), m_workspace(source), m_rail(new widgets::Rail(this)),
      m_filter(new widgets::FilterField(this)), m_money(new widgets::MoneyTable(this)),
      m_freshness(new widgets::FreshnessIndicator(this)), m_status(new widgets::StatusBar(this)),
      m_filterError(m_filter->makeErrorLabel(this)), m_problem(new QLabel(this)),
      m_splitter(new QSplitter(Qt::Horizontal, this)), m_queue(new queue::QueuePage),
      m_case(new casefile::CasePane)
{
    setWindowTitle(QStringLiteral("Counterfoil"));
    setMinimumSize(1000, 600);
    m_rail->setItems(railPlaces());
    m_rail->setCurrentPlace(QStringLiteral("all"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_case->hide();
    layOut();
    connectParts();
    showFrame();
    m_queue->list()->setFocus();
}

void MainWindow::layOut()
{
    auto* top = new QHBoxLayout;
    top->setContentsMargins(theme::metric::kGutter, 8, theme::metric::kGutter, 8);
    top->setSpacing(theme::metric::kGutter);
    top->addWidget(m_filter, 1);
    top->addWidget(m_money);
    top->addWidget(m_freshness);
    m_splitter->addWidget(m_queue);
    m_splitter->addWidget(m_case);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_case->setMinimumWidth(theme::metric::kPanelMin);
    auto* page = new QVBoxLayout;
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addLayout(top);
    page->addWidget(m_filterError);
    page->addWidget(m_problem);
    page->addWidget(m_splitter, 1);
    m_rail->setFixedWidth(theme::metric::kRail);
    auto* middle = new QHBoxLayout;
    middle->setContentsMargins(0, 0, 0, 0);
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addLayout(page, 1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(middle, 1);
    all->addWidget(m_status);
}

void MainWindow::connectParts()
{
    connect(m_workspace, &workspace::Workspace::queueChanged, this, [this] { showFrame(); });
    connect(m_workspace, &workspace::Workspace::engineError, this, [this](const QString& text) {
        m_problem->setText(text);
        m_problem->show();
    });
    connect(m_rail, &widgets::Rail::placePicked, this,
            [this](const QString& place) { m_filter->setText(filterOf(place)); });
    connect(m_filter, &QLineEdit::textChanged, this, [this] { applyFilter(); });
    connect(m_filter, &QLineEdit::returnPressed, this, [this] { m_queue->list()->setFocus(); });
    connect(m_filter, &widgets::FilterField::left, this, [this] { m_queue->list()->setFocus(); });
    connect(m_queue, &queue::QueuePage::opened, this, [this] { openCurrent(); });
    connect(m_queue, &queue::QueuePage::currentMoved, this, [this] {
        if (m_case->isVisible())
            openCurrent();
    });
    auto* slash = new QShortcut(QKeySequence(Qt::Key_Slash), this);
    connect(slash, &QShortcut::activated, this,
            [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
}

void MainWindow::showFrame()
{
    const auto frame = m_workspace->frame();
    const auto table = m_workspace->queue();
    if (!frame || !table)
        return;
    setWindowTitle(QString::fromStdString(frame->siteName) + QStringLiteral(" - Counterfoil"));
    showCounts(*frame, *m_rail);
    m_money->setLines(moneyLines(*frame));
    m_freshness->setItems(freshnessItems(*frame));
    m_status->setSegments(statusSegments(*frame));
    m_queue->setTable(table, frame->at, m_workspace->person());
    countShown();
}

void MainWindow::applyFilter()
{
    auto filter = query::parse(m_filter->text().toStdString(), true);
    if (!filter) {
        m_filter->setVerdict(filter.error().isIncomplete ? widgets::FilterValidity::Incomplete
                                                         : widgets::FilterValidity::Invalid,
                             QString::fromStdString(filter.error().message));
        return; // the list stays as the last sound filter made it
    }
    m_filter->setVerdict(widgets::FilterValidity::Valid);
    m_queue->setFilter(std::move(*filter));
    countShown();
}

void MainWindow::countShown()
{
    const auto frame = m_workspace->frame();
    if (frame)
        m_filter->setCountText(
            QStringLiteral("%1 shown of %2 open").arg(m_queue->shown()).arg(frame->open));
}

void MainWindow::openCurrent()
{
    m_queue->ensureCurrent();
    const auto row = m_queue->current();
    if (!row)
        return;
    m_wanted = row->caseId;
    m_workspace->setFocus(row->site, row->caseId);
    m_workspace->readCase(
        this, row->site, row->caseId, [this, id = row->caseId](Result<view::CaseView> answer) {
            if (m_wanted != id)
                return;
            if (answer)
                m_case->show(*answer);
            else
                m_case->showProblem(QString::fromStdString(phrases::sentence(answer.error())));
            if (m_case->isHidden()) {
                m_case->setVisible(true);
                const int pane = std::min(theme::metric::kPanel, m_splitter->width() / 2);
                m_splitter->setSizes({m_splitter->width() - pane, pane});
            }
            Q_EMIT caseShown();
        });
}

void MainWindow::closeCase()
{
    m_wanted = CaseId();
    m_case->hide();
    m_queue->list()->setFocus();
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_case->isVisible())
        return closeCase();
    QWidget::keyPressEvent(event);
}

} // namespace counterfoil::shell
