#pragma once

#include <QFont>
#include <QObject>

#include "ui/theme/theme.h"

#include <array>

namespace counterfoil::theme {

/// Owns the theme in force: palette, style sheet, fonts and icon cache of the application. One per
/// process, on the GUI thread, made by ThemeService::install after QApplication. Widgets repaint on
/// `changed`.
class ThemeService final : public QObject {
    Q_OBJECT

public:
    /// Loads fonts and icons, sets the style and applies the theme. Later calls return the same
    /// object.
    static ThemeService& install(Mode mode = Mode::System, int textPercent = 100);
    /// The installed service, or nullptr before install.
    [[nodiscard]] static ThemeService* instance();

    [[nodiscard]] const Theme& theme() const { return m_theme; }
    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] int textPercent() const { return m_theme.textPercent; }
    /// True when animations must not run; every duration goes through duration().
    [[nodiscard]] bool reducesMotion() const { return m_reducesMotion; }
    [[nodiscard]] int duration(int milliseconds) const
    {
        return m_reducesMotion ? 0 : milliseconds;
    }

    void setMode(Mode mode);
    /// @param percent 90, 100, 115 or 130; anything else goes to the nearest of them.
    void setTextPercent(int percent);
    void setReducesMotion(bool reduces) { m_reducesMotion = reduces; }

    [[nodiscard]] const QFont& font(FontRole role) const;

Q_SIGNALS:
    /// Colours or text size changed: repaint, and ask for the size again.
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    explicit ThemeService(QObject* parent);
    void apply();
    [[nodiscard]] bool systemIsDark() const;

    Theme m_theme = Theme::light();
    Mode m_mode = Mode::System;
    bool m_reducesMotion = false;
    bool m_systemIsDark = false;
    bool m_isApplying = false;
    std::array<QFont, kFontRoleCount> m_fonts;
};

} // namespace counterfoil::theme
