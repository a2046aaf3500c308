// The window: what stands where, and what the frame says. Places and cases stand in
// main_window_pages.cpp, commands in main_window_commands.cpp.
#include "ui/shell/main_window.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenuBar>
#include <QSettings>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/casefile/case_pane.h"
#include "ui/queue/queue_page.h"
#include "ui/shell/case_dock.h"
#include "ui/shell/case_window.h"
#include "ui/shell/frame_words.h"
#include "ui/shell/held_toasts.h"
#include "ui/shell/rail_ends.h"
#include "ui/theme/theme_service.h"
#include "ui/widgets/filter_field.h"

namespace counterfoil::shell {
namespace {

constexpr int kWideFrom = 1280;
constexpr int kCaseDelayMillis = 40;
constexpr QSize kSmallest{1100, 700};

/// The bar over the pages: painted as a panel with a line under it.
class TopBar final : public widgets::PaintedWidget {
public:
    using PaintedWidget::PaintedWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), theme::current().panel);
        widgets::hairline(painter, 0, height() - 1, width(), theme::current().line2);
    }
};

QString q(const std::string& text)
{
    return QString::fromStdString(text);
}

} // namespace

MainWindow::MainWindow(workspace::Workspace* source, QWidget* parent)
    : QMainWindow(parent), m_workspace(source), m_content(new QWidget(this)),
      m_rail(new widgets::Rail), m_site(new SiteHead), m_person(new PersonFoot),
      m_railHost(new QWidget), m_money(new widgets::MoneyTable),
      m_freshness(new widgets::FreshnessIndicator), m_banner(new widgets::Banner),
      m_status(new widgets::StatusBar), m_pages(new QStackedWidget),
      m_queue(new queue::QueuePage(source)), m_dock(new CaseDock(m_queue)),
      m_second(new QTimer(this)), m_caseDelay(new QTimer(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Counterfoil"));
    setMinimumSize(kSmallest);
    setCentralWidget(m_content);
    m_queryError = m_queue->field()->makeErrorLabel(m_content);
    layOut();
    m_toasts = new HeldToasts(source, m_pages, this);
    m_queue->setSheetHost(m_content);
    refreshRail();
    m_rail->setCurrentPlace(m_place);
    makeCommands();
    connectParts();
    connectQueue();
    m_step = {m_place, m_queue->query()};
    m_second->setInterval(1'000);
    m_second->start();
    fitWidth();
    showFrame();
    m_queue->list()->setFocus();
}

MainWindow::~MainWindow() = default;

void MainWindow::layOut()
{
    auto* rail = new QVBoxLayout(m_railHost);
    rail->setContentsMargins(0, 0, 0, 0);
    rail->setSpacing(0);
    rail->addWidget(m_site);
    rail->addSpacing(8);
    rail->addWidget(m_rail, 1);
    rail->addWidget(m_person);
    m_railHost->setObjectName(QStringLiteral("railHost"));
    m_railHost->setAutoFillBackground(true);
    auto* bar = new TopBar;
    bar->setObjectName(QStringLiteral("topBar"));
    auto* top = new QHBoxLayout(bar);
    top->setContentsMargins(12, 0, theme::metric::kGutter, 0);
    top->setSpacing(14);
    top->addWidget(m_queue->field(), 1);
    top->addWidget(m_money);
    top->addWidget(m_freshness);
    m_queryError->setContentsMargins(14, 4, 14, 4);
    m_dock->setObjectName(QStringLiteral("caseDock"));
    m_pages->setObjectName(QStringLiteral("pages"));
    m_pages->addWidget(m_dock);
    auto* page = new QVBoxLayout;
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(0);
    page->addWidget(bar);
    page->addWidget(m_queryError);
    page->addWidget(m_banner);
    page->addWidget(m_pages, 1);
    page->addWidget(m_status);
    auto* all = new QHBoxLayout(m_content);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_railHost);
    all->addLayout(page, 1);
    const auto paint = [this, bar] {
        paintParts();
        bar->setFixedHeight(theme::current().px(theme::metric::kTopBar));
    };
    paint();
    if (auto* service = theme::ThemeService::instance())
        connect(service, &theme::ThemeService::changed, this, paint);
}

void MainWindow::paintParts()
{
    const theme::Theme& t = theme::current();
    QPalette colors = m_railHost->palette();
    colors.setColor(QPalette::Window, t.rail);
    m_railHost->setPalette(colors);
    if (!m_case)
        return;
    QPalette panel = m_case->palette();
    panel.setColor(QPalette::Window, t.panel);
    m_case->setPalette(panel);
}

void MainWindow::connectParts()
{
    connect(m_workspace, &workspace::Workspace::queueChanged, this, [this] { showFrame(); });
    connect(m_workspace, &workspace::Workspace::engineError, this,
            [this](const QString& text) { showProblem(text); });
    connect(m_second, &QTimer::timeout, this, &MainWindow::showAges);
    connect(m_rail, &widgets::Rail::placePicked, this, &MainWindow::goTo);
    connect(m_banner, &widgets::Banner::acted, this, [this](const QString& id) {
        if (id == QLatin1String("engine"))
            readNow();
        else
            goTo(QStringLiteral("health"));
    });
    connect(m_banner, &widgets::Banner::moreRequested, this,
            [this] { goTo(QStringLiteral("health")); });
    connect(m_freshness, &widgets::FreshnessIndicator::clicked, this,
            [this] { goTo(QStringLiteral("health")); });
    connect(m_status, &widgets::StatusBar::clicked, this,
            [this] { goTo(QStringLiteral("health")); });
    connect(m_money, &widgets::MoneyTable::picked, this, &MainWindow::pickMoney);
    connect(m_person, &PersonFoot::personWanted, this, &MainWindow::openPeople);
    connect(m_person, &PersonFoot::settingsWanted, this, &MainWindow::openSettings);
}

void MainWindow::connectQueue()
{
    using queue::QueuePage;
    connect(m_queue, &QueuePage::opened, this, &MainWindow::openCurrent);
    connect(m_queue, &QueuePage::windowWanted, this, &MainWindow::openWindow);
    connect(m_queue, &QueuePage::currentMoved, this, &MainWindow::caseMoved);
    connect(m_queue, &QueuePage::shownChanged, this, &MainWindow::showShown);
    connect(m_queue, &QueuePage::readWanted, this, &MainWindow::readNow);
    connect(m_queue, &QueuePage::toastWanted, m_toasts, &HeldToasts::say);
    connect(m_queue, &QueuePage::queryChanged, this, &MainWindow::remember);
    connect(m_queue, &QueuePage::viewsChanged, this, [this] {
        m_viewsOf.clear();
        refreshRail();
    });
    const auto toList = [this] { m_queue->list()->setFocus(Qt::ShortcutFocusReason); };
    connect(m_queue->field(), &QLineEdit::returnPressed, this, [this, toList] {
        if (m_pages->currentWidget() != m_dock)
            showPage(QStringLiteral("all"));
        toList();
    });
    connect(m_queue->field(), &widgets::FilterField::left, this, toList);
    m_caseDelay->setSingleShot(true);
    m_caseDelay->setInterval(kCaseDelayMillis);
    connect(m_caseDelay, &QTimer::timeout, this, &MainWindow::openCurrent);
}

casefile::CasePane* MainWindow::casePane()
{
    if (m_case)
        return m_case;
    m_case = new casefile::CasePane(m_workspace, nullptr);
    m_dock->setPane(m_case);
    paintParts();
    serveCasePane(m_case, m_workspace, m_content, m_toasts);
    connect(m_case, &casefile::CasePane::caseShown, this, &MainWindow::caseShown);
    connect(m_case, &casefile::CasePane::closeWanted, this, &MainWindow::closeCase);
    connect(m_case, &casefile::CasePane::windowWanted, this, &MainWindow::openWindow);
    return m_case;
}

Instant MainWindow::now() const
{
    return m_sinceFrame.isValid() ? m_frameAt + Millis(m_sinceFrame.elapsed()) : m_frameAt;
}

void MainWindow::showProblem(const QString& sentence)
{
    m_engineProblem = sentence;
    showFrame();
}

void MainWindow::setLocalOnly(bool isLocalOnly)
{
    m_isLocalOnly = isLocalOnly;
    showFrame();
}

void MainWindow::refreshRail()
{
    const auto frame = m_workspace->frame();
    const QString site = frame ? q(frame->siteName) : QString();
    if (m_viewsOf == site && m_rail->model()->rowCount() > 0)
        return;
    m_viewsOf = site;
    m_views = site.isEmpty() ? std::vector<queue::SavedView>() : queue::savedViews(site);
    m_rail->setItems(railPlaces(m_views));
    m_rail->setCurrentPlace(m_place);
}

void MainWindow::showFrame()
{
    const auto frame = m_workspace->frame();
    if (!frame)
        return showAges();
    m_frameAt = frame->at;
    m_sinceFrame.start();
    setWindowTitle(tr("%1 - Counterfoil").arg(q(frame->siteName)));
    refreshRail();
    if (!frame->isCounting)
        showCounts(*frame, *m_rail);
    const QString sites =
        frame->siteCount == 1 ? tr("1 site") : tr("%1 sites").arg(frame->siteCount);
    m_site->setSite(q(frame->siteName),
                    sites + (m_isLocalOnly ? tr(" · local copy") : tr(" · live")));
    m_person->setPerson(q(frame->personName), q(frame->personNote));
    if (!frame->isCounting)
        m_money->setLines(moneyLines(*frame));
    showShown();
    showAges();
}

void MainWindow::showAges()
{
    const auto frame = m_workspace->frame();
    if (!frame) // nothing was read yet, but a store that does not open must be told
        return m_banner->setContents(
            banners(view::FrameView(), {m_engineProblem, m_isLocalOnly}, now()));
    m_freshness->setItems(freshnessItems(*frame, now()));
    m_banner->setContents(banners(*frame, {m_engineProblem, m_isLocalOnly}, now()));
    const bool isQueue = m_pages->currentWidget() == m_dock;
    m_status->setSegments(
        statusSegments(*frame, isQueue ? std::optional(m_queue->shown()) : std::nullopt, now()));
}

void MainWindow::showShown()
{
    if (const auto frame = m_workspace->frame(); frame && !frame->isCounting)
        m_queue->field()->setCountText(
            tr("%1 shown of %2 open").arg(m_queue->shown()).arg(frame->open));
}

void MainWindow::fitWidth()
{
    const bool isNarrow = width() < kWideFrom;
    m_railHost->setFixedWidth(isNarrow ? theme::metric::kRailNarrow : theme::metric::kRail);
    m_rail->setNarrow(isNarrow);
    m_site->setNarrow(isNarrow);
    m_person->setNarrow(isNarrow);
    m_freshness->setDotsOnly(isNarrow);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    fitWidth();
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_dock->isPaneShown() &&
        m_pages->currentWidget() == m_dock)
        return closeCase();
    QMainWindow::keyPressEvent(event);
}

void MainWindow::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Alt && event->modifiers() == Qt::NoModifier)
        menuBar()->setVisible(!menuBar()->isVisible());
    QMainWindow::keyReleaseEvent(event);
}

void MainWindow::restore()
{
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    const QString place = settings.value(QStringLiteral("window/place")).toString();
    const QString query = settings.value(QStringLiteral("window/query")).toString();
    if (!query.isEmpty() && query.size() < 1'000)
        m_queue->setQuery(query);
    if (place == QLatin1String("quarantine") || place == QLatin1String("health"))
        return; // such a page reads at once: the start stays light
    m_past.clear();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/place"), m_place);
    settings.setValue(QStringLiteral("window/query"), m_queue->query());
    QMainWindow::closeEvent(event);
}

} // namespace counterfoil::shell
