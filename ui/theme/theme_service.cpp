#include "ui/theme/theme_service.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/text.h"

#include <QApplication>
#include <QEvent>
#include <QPalette>
#include <QPointer>
#include <QToolTip>

#include <cstdlib>

namespace counterfoil::theme {

namespace {

QPointer<ThemeService> g_service;

constexpr std::array<int, 4> kTextPercents = {90, 100, 115, 130};

QPalette paletteOf(const Theme& t)
{
    QPalette palette;
    palette.setColor(QPalette::Window, t.window);
    palette.setColor(QPalette::Base, t.panel);
    palette.setColor(QPalette::AlternateBase, t.sunken);
    palette.setColor(QPalette::Button, t.panel);
    for (const QPalette::ColorRole role :
         {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(role, t.text);
    palette.setColor(QPalette::BrightText, t.onAccent);
    palette.setColor(QPalette::PlaceholderText, t.text3);
    palette.setColor(QPalette::Highlight, t.sel);
    palette.setColor(QPalette::HighlightedText, t.text);
    palette.setColor(QPalette::Link, t.accentText);
    palette.setColor(QPalette::LinkVisited, t.accentText);
    palette.setColor(QPalette::Light, t.raised);
    palette.setColor(QPalette::Midlight, t.line);
    palette.setColor(QPalette::Mid, t.line);
    palette.setColor(QPalette::Dark, t.line2);
    palette.setColor(QPalette::Shadow, t.line2);
    palette.setColor(QPalette::ToolTipBase, t.text);
    palette.setColor(QPalette::ToolTipText, t.panel);
    for (const QPalette::ColorRole role :
         {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, t.text3);
    return palette;
}

} // namespace

ThemeService& ThemeService::install(Mode mode, int textPercent)
{
    if (g_service)
        return *g_service;
    loadFonts();
    loadIcons();
    QApplication::setStyle(new Style);
    auto* service = new ThemeService(qApp); // owned by the application
    g_service = service;
    service->m_mode = mode;
    service->m_theme.textPercent = textPercent;
    service->m_systemIsDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    service->setTextPercent(textPercent);
    service->apply();
    return *service;
}

ThemeService* ThemeService::instance()
{
    return g_service;
}

ThemeService::ThemeService(QObject* parent) : QObject(parent)
{
    qApp->installEventFilter(this);
}

const QFont& ThemeService::font(FontRole role) const
{
    return m_fonts.at(static_cast<std::size_t>(role));
}

void ThemeService::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    apply();
}

void ThemeService::setTextPercent(int percent)
{
    int nearest = kTextPercents.front();
    for (const int candidate : kTextPercents)
        if (std::abs(candidate - percent) < std::abs(nearest - percent))
            nearest = candidate;
    if (nearest == m_theme.textPercent)
        return;
    m_theme.textPercent = nearest;
    apply();
}

bool ThemeService::systemIsDark() const
{
    return m_systemIsDark;
}

bool ThemeService::eventFilter(QObject* watched, QEvent* event)
{
    // Qt 6.4 has no QStyleHints::colorScheme; the platform theme tells of a switch by a new
    // application palette.
    if (event->type() == QEvent::ApplicationPaletteChange && watched == qApp && !m_isApplying &&
        m_mode == Mode::System) {
        const bool isDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
        if (isDark != m_systemIsDark) {
            m_systemIsDark = isDark;
            apply();
        }
    }
    return QObject::eventFilter(watched, event);
}

void ThemeService::apply()
{
    m_isApplying = true;
    const int percent = m_theme.textPercent;
    const bool isDark = m_mode == Mode::Dark || (m_mode == Mode::System && systemIsDark());
    m_theme = isDark ? Theme::dark() : Theme::light();
    m_theme.textPercent = percent;
    for (std::size_t i = 0; i < kFontRoleCount; ++i)
        m_fonts.at(i) = makeFont(static_cast<FontRole>(i), percent);
    clearTextCache();
    clearIconCache();
    QApplication::setFont(font(FontRole::Body));
    QApplication::setPalette(paletteOf(m_theme));
    QToolTip::setFont(font(FontRole::Micro));
    qApp->setStyleSheet(styleSheetOf(m_theme));
    m_isApplying = false;
    Q_EMIT changed();
}

const Theme& current()
{
    static const Theme kFallback = Theme::light();
    return g_service ? g_service->theme() : kFallback;
}

const QFont& font(FontRole role)
{
    static const QFont kFallback;
    return g_service ? g_service->font(role) : kFallback;
}

} // namespace counterfoil::theme
