#include "ui/shell/case_dock.h"

#include <QMouseEvent>
#include <QPainter>
#include <QSettings>
#include <QVariantAnimation>

#include "ui/theme/theme_service.h"
#include "ui/widgets/widget_base.h"

#include <algorithm>

namespace counterfoil::shell {
namespace {

constexpr int kSideBySideFrom = 1280;
constexpr int kHandle = 6;

QString widthKey()
{
    return QStringLiteral("window/paneWidth");
}

int defaultWidth(int windowWidth)
{
    if (windowWidth >= 2'560)
        return 720;
    if (windowWidth >= 1'920)
        return 640;
    if (windowWidth >= 1'440 || windowWidth < kSideBySideFrom)
        return theme::metric::kPanel;
    return 520;
}

} // namespace

CaseDock::CaseDock(QWidget* list, QWidget* parent)
    : QWidget(parent), m_list(list), m_edge(new QWidget(this)), m_handle(new QWidget(this)),
      m_slide(new QVariantAnimation(this)), m_wanted(QSettings().value(widthKey()).toInt())
{
    list->setParent(this);
    m_edge->setAutoFillBackground(true);
    m_edge->hide();
    if (auto* service = theme::ThemeService::instance())
        connect(service, &theme::ThemeService::changed, this, &CaseDock::layOut);
    m_handle->setObjectName(QStringLiteral("paneHandle"));
    m_handle->setCursor(Qt::SplitHCursor);
    m_handle->installEventFilter(this);
    m_handle->hide();
    connect(m_slide, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        m_offset = value.toInt();
        layOut();
    });
}

void CaseDock::setPane(QWidget* pane)
{
    m_pane = pane;
    pane->setParent(this);
    pane->setAutoFillBackground(true);
    pane->hide();
}

bool CaseDock::isOverlay() const
{
    return window()->width() < kSideBySideFrom;
}

int CaseDock::paneWidth() const
{
    const int windowWidth = window()->width();
    const int wanted = m_wanted > 0 && !isOverlay() ? m_wanted : defaultWidth(windowWidth);
    const int most = std::max(theme::metric::kPanelMin, windowWidth / 2);
    return std::min(
        std::clamp(wanted, theme::metric::kPanelMin, isOverlay() ? theme::metric::kPanel : most),
        width());
}

void CaseDock::layOut()
{
    const int pane = paneWidth();
    const bool isBeside = m_isShown && !isOverlay();
    m_list->setGeometry(0, 0, isBeside ? width() - pane : width(), height());
    // One px at the pane's left is the line between the two, also where the pane lies over.
    QPalette colours = m_edge->palette();
    colours.setColor(QPalette::Window, theme::current().line2);
    m_edge->setPalette(colours);
    m_edge->setGeometry(width() - pane + m_offset, 0, 1, height());
    m_edge->setVisible(m_isShown);
    m_edge->raise();
    if (m_pane)
        m_pane->setGeometry(width() - pane + 1 + m_offset, 0, pane - 1, height());
    m_handle->setGeometry(width() - pane - kHandle / 2, 0, kHandle, height());
    m_handle->setVisible(isBeside);
    if (isBeside)
        m_handle->raise();
    update();
}

void CaseDock::setPaneShown(bool isShown)
{
    if (isShown == m_isShown || !m_pane)
        return;
    m_isShown = isShown;
    m_slide->stop();
    m_offset = 0;
    auto* service = theme::ThemeService::instance();
    const int time = service ? service->duration(theme::motion::kPanel) : 0;
    if (isShown && time > 0 && isVisible()) {
        m_slide->setDuration(time);
        m_slide->setEasingCurve(QEasingCurve::OutCubic);
        m_slide->setStartValue(paneWidth() / 4);
        m_slide->setEndValue(0);
        m_slide->start();
    }
    m_pane->setVisible(isShown);
    m_pane->raise();
    layOut();
}

void CaseDock::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void CaseDock::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::current().panel);
}

bool CaseDock::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_handle)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::MouseMove) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        m_wanted = width() - mapFromGlobal(mouse->globalPosition().toPoint()).x();
        m_wanted = std::max(m_wanted, theme::metric::kPanelMin);
        layOut();
        return true;
    }
    if (event->type() == QEvent::MouseButtonRelease)
        QSettings().setValue(widthKey(), m_wanted);
    if (event->type() == QEvent::MouseButtonDblClick) {
        m_wanted = 0;
        QSettings().remove(widthKey());
        layOut();
        return true;
    }
    return false;
}

} // namespace counterfoil::shell
