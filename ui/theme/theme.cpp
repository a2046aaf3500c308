#include "ui/theme/theme.h"

#include <cmath>

namespace counterfoil::theme {

namespace {

QColor rgb(std::uint32_t value)
{
    return QColor::fromRgb(static_cast<QRgb>(value));
}

double linear(double channel)
{
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

} // namespace

Theme Theme::light()
{
    Theme t;
    t.window = rgb(0xF4F5F7);
    t.rail = rgb(0xEEF0F3);
    t.panel = rgb(0xFFFFFF);
    t.raised = rgb(0xFFFFFF);
    t.sunken = rgb(0xF7F8FA);
    t.hover = rgb(0xF3F5F8);
    t.line = rgb(0xE3E6EB);
    t.line2 = rgb(0xC9CED6);
    t.ctl = rgb(0x868F9C);
    t.text = rgb(0x171A1F);
    t.text2 = rgb(0x454D58);
    t.text3 = rgb(0x5C6571);
    t.accent = rgb(0x3A50C8);
    t.onAccent = rgb(0xFFFFFF);
    t.accentText = rgb(0x3346B5);
    t.sel = rgb(0xE8ECFB);
    t.selLine = rgb(0xB9C4F2);
    t.railSel = rgb(0xDFE4F5);
    t.crit = rgb(0xB8320B);
    t.critBg = rgb(0xFCEBE5);
    t.high = rgb(0x8F4E00);
    t.highBg = rgb(0xFDF1DF);
    t.highFill = rgb(0xD97B00);
    t.med = rgb(0x4A6280);
    t.medBg = rgb(0xEAF0F6);
    t.medFill = rgb(0x5F7C9E);
    t.low = t.text3;
    t.ok = rgb(0x0A6E64);
    t.okBg = rgb(0xE2F3F0);
    t.mark = rgb(0xFCEBE5);
    t.markLine = rgb(0xD8613B);
    t.should = rgb(0xF2F4FD);
    t.track = rgb(0xDDE1E7);
    t.scrim = QColor(23, 26, 31, 97);
    t.series = {rgb(0x3A50C8), rgb(0x0A7D72), rgb(0xD97B00),
                rgb(0xB8320B), rgb(0x7A8696), rgb(0x8C6BB8)};
    return t;
}

Theme Theme::dark()
{
    Theme t;
    t.isDark = true;
    t.window = rgb(0x111316);
    t.rail = rgb(0x0D0F12);
    t.panel = rgb(0x16191D);
    t.raised = rgb(0x1D2126);
    t.sunken = rgb(0x13161A);
    t.hover = rgb(0x1C2026);
    t.line = rgb(0x272C33);
    t.line2 = rgb(0x3B424C);
    t.ctl = rgb(0x66707D);
    t.text = rgb(0xE7EAEE);
    t.text2 = rgb(0xA9B2BE);
    t.text3 = rgb(0x8F99A7);
    t.accent = rgb(0x4C61DC);
    t.onAccent = rgb(0xFFFFFF);
    t.accentText = rgb(0x9AA8FF);
    t.sel = rgb(0x1F2745);
    t.selLine = rgb(0x3F4F94);
    t.railSel = rgb(0x1D2540);
    t.crit = rgb(0xFF8A65);
    t.critBg = rgb(0x351D16);
    t.high = rgb(0xF2B04A);
    t.highBg = rgb(0x33260F);
    t.highFill = rgb(0xF0A030);
    t.med = rgb(0x9DB7D6);
    t.medBg = rgb(0x1C2733);
    t.medFill = rgb(0x7FA0C6);
    t.low = t.text3;
    t.ok = rgb(0x55CBBB);
    t.okBg = rgb(0x10302C);
    t.mark = rgb(0x3A1F17);
    t.markLine = rgb(0xE07A55);
    t.should = rgb(0x1A2036);
    t.track = rgb(0x2C323A);
    t.scrim = QColor(4, 5, 7, 153);
    t.series = {rgb(0x8293FF), rgb(0x4CC3B3), rgb(0xF0A030),
                rgb(0xFF8A65), rgb(0x8A94A2), rgb(0xB79BE0)};
    return t;
}

int Theme::px(int designPx) const
{
    return (designPx * textPercent + 50) / 100;
}

int Theme::lineHeight(FontRole role) const
{
    switch (role) {
    case FontRole::Display:
        return px(30);
    case FontRole::Title:
        return px(24);
    case FontRole::Heading:
        return px(20);
    case FontRole::Body:
    case FontRole::BodyMedium:
    case FontRole::BodyStrong:
        return px(18);
    case FontRole::Small:
    case FontRole::SmallMedium:
    case FontRole::SmallStrong:
    case FontRole::Code:
        return px(16);
    case FontRole::Micro:
    case FontRole::MicroStrong:
        return px(14);
    case FontRole::Initials:
        return px(12);
    }
    return px(18);
}

QColor Theme::severityFill(Severity severity) const
{
    switch (severity) {
    case Severity::Critical:
        return crit;
    case Severity::High:
        return highFill;
    case Severity::Medium:
        return medFill;
    case Severity::Low:
        return low;
    }
    return low;
}

QColor Theme::stateColor(State state) const
{
    switch (state) {
    case State::InProgress:
    case State::SaidDone:
        return highFill;
    case State::AwaitingApproval:
    case State::Settling:
        return isDark ? accentText : accent; // the dark accent alone is below 3:1 on selected rows
    case State::Closed:
    case State::Accepted:
        return ok;
    case State::Open:
    case State::WaitingFor:
        return text2;
    case State::Expected:
    case State::Snoozed:
    case State::History:
        return text3;
    }
    return text3;
}

QColor Theme::toneText(Tone tone) const
{
    switch (tone) {
    case Tone::Critical:
        return crit;
    case Tone::High:
        return high;
    case Tone::Medium:
        return med;
    case Tone::Ok:
        return ok;
    case Tone::Accent:
        return accentText;
    case Tone::Neutral:
        return text2;
    }
    return text2;
}

QColor Theme::toneFill(Tone tone) const
{
    switch (tone) {
    case Tone::Critical:
        return critBg;
    case Tone::High:
        return highBg;
    case Tone::Medium:
        return medBg;
    case Tone::Ok:
        return okBg;
    case Tone::Accent:
        return sel;
    case Tone::Neutral:
        return sunken;
    }
    return sunken;
}

double contrast(const QColor& first, const QColor& second)
{
    const double a = luminance(first);
    const double b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace counterfoil::theme
