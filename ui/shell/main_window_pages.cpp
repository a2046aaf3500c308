// The window's places, the case at the right, and the way back.
#include <QStackedWidget>
#include <QTimer>

#include "ui/casefile/case_pane.h"
#include "ui/health/health_page.h"
#include "ui/quarantine/quarantine_page.h"
#include "ui/queue/queue_page.h"
#include "ui/shell/case_dock.h"
#include "ui/shell/case_window.h"
#include "ui/shell/frame_words.h"
#include "ui/shell/held_toasts.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/filter_field.h"

namespace counterfoil::shell {
namespace {

constexpr std::size_t kStepsMax = 100;

bool isPage(const QString& place)
{
    return place == QLatin1String("quarantine") || place == QLatin1String("health");
}

} // namespace

void MainWindow::goTo(const QString& place)
{
    if (!isPage(place)) {
        const QString query = queryOf(place, m_views);
        m_place = place;
        m_queue->setQuery(query);
    }
    showPage(place);
    remember();
}

void MainWindow::showPage(const QString& place)
{
    m_place = place;
    m_rail->setCurrentPlace(place);
    if (QWidget* page = isPage(place) ? makePage(place) : m_dock; m_pages->currentWidget() != page)
        m_pages->setCurrentWidget(page);
    if (isPage(place))
        m_pages->currentWidget()->setFocus(Qt::OtherFocusReason);
    else if (!m_queue->field()->hasFocus())
        m_queue->list()->setFocus();
    showAges();
}

QWidget* MainWindow::makePage(const QString& place)
{
    // Made at the first visit: the start shows the queue and nothing else.
    if (place == QLatin1String("health")) {
        if (!m_health) {
            m_health = new health::HealthPage(m_workspace, m_pages);
            m_pages->addWidget(m_health);
        }
        return m_health;
    }
    if (!m_quarantine) {
        auto* page = new quarantine::QuarantinePage(m_workspace, m_pages);
        m_quarantine = page;
        connect(page, &quarantine::QuarantinePage::releaseRequested, this,
                [this](const std::string& site, const CaseId& id) {
                    openSheet(CaseSheet::Release, m_workspace, m_content, site, id, m_toasts);
                });
        m_pages->addWidget(page);
    }
    return m_quarantine;
}

void MainWindow::remember()
{
    if (m_isStepping)
        return;
    // A query that is no place's own leaves the rail without a current line.
    if (!isPage(m_place)) {
        QString found;
        for (int row = 0; row < m_rail->model()->rowCount(); ++row) {
            const auto* model = static_cast<const widgets::RailModel*>(m_rail->model());
            const QString& id = model->item(row).id;
            if (!id.isEmpty() && !isPage(id) && queryOf(id, m_views) == m_queue->query())
                found = found.isEmpty() || id == m_place ? id : found;
        }
        m_place = found;
        m_rail->setCurrentPlace(found);
    }
    const Step now{m_place, m_queue->query()};
    if (now == m_step)
        return;
    // While a person types, each letter is no step of its own.
    if (!m_queue->field()->hasFocus() || m_past.empty() || now.place != m_step.place) {
        m_past.push_back(m_step);
        if (m_past.size() > kStepsMax)
            m_past.erase(m_past.begin());
    }
    m_future.clear();
    m_step = now;
}

void MainWindow::step(int by)
{
    std::vector<Step>& from = by < 0 ? m_past : m_future;
    std::vector<Step>& to = by < 0 ? m_future : m_past;
    if (from.empty())
        return;
    to.push_back(m_step);
    m_step = from.back();
    from.pop_back();
    m_isStepping = true;
    m_queue->setQuery(m_step.query);
    showPage(m_step.place);
    m_isStepping = false;
}

void MainWindow::openCurrent()
{
    if (m_pages->currentWidget() != m_dock)
        showPage(QStringLiteral("all"));
    m_queue->ensureCurrent();
    if (const auto row = m_queue->current())
        openRow(*row, false);
}

void MainWindow::openRow(const view::QueueRow& row, bool inWindow)
{
    m_workspace->setFocus(row.site, row.caseId);
    if (inWindow) {
        auto* opened = new CaseWindow(m_workspace, row.site, row.caseId);
        opened->show();
        return;
    }
    if (m_pages->currentWidget() != m_dock)
        showPage(QStringLiteral("all"));
    const bool isShown =
        m_dock->isPaneShown() && m_wanted == row.caseId && m_wantedSite == row.site;
    m_wanted = row.caseId;
    m_wantedSite = row.site;
    if (isShown)
        return;
    casePane()->open(row.site, row.caseId);
    m_dock->setPaneShown(true);
}

void MainWindow::openWindow()
{
    if (const auto row = m_queue->current())
        openRow(*row, true);
}

void MainWindow::caseMoved()
{
    if (m_dock->isPaneShown())
        m_caseDelay->start();
}

void MainWindow::closeCase()
{
    m_caseDelay->stop();
    m_wanted = CaseId();
    m_wantedSite.clear();
    m_dock->setPaneShown(false);
    m_queue->list()->setFocus();
}

void MainWindow::openSheetOfCurrent(int sheet)
{
    const auto row = m_queue->current();
    if (row)
        openSheet(static_cast<CaseSheet>(sheet), m_workspace, m_content, row->site, row->caseId,
                  m_toasts);
}

void MainWindow::removeView(const QString& name)
{
    queue::removeView(m_viewsOf, name);
    m_viewsOf.clear();
    m_rail->setItems({});
    refreshRail();
    showFrame();
}

} // namespace counterfoil::shell
