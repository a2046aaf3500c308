#pragma once

#include <QColor>
#include <QFont>

#include <array>
#include <cstdint>

namespace counterfoil::theme {

/// What the person chose: follow the system, or one of the two.
enum class Mode : std::uint8_t { System, Light, Dark };

/// How bad a finding is. Shape first, colour second.
enum class Severity : std::uint8_t { Critical, High, Medium, Low };

/// Where a finding stands; the eleven marks of the queue's last column.
enum class State : std::uint8_t {
    Open,
    Expected,
    InProgress,
    AwaitingApproval,
    WaitingFor,
    Settling,
    SaidDone, ///< a person ticked a deep link and no read agrees yet
    Closed,
    Accepted,
    Snoozed,
    History,
};

/// How fresh one platform's data is.
enum class Freshness : std::uint8_t { Fresh, Late, Failing, NotConnected };

/// The tint a badge, banner or text carries.
enum class Tone : std::uint8_t { Neutral, Critical, High, Medium, Ok, Accent };

/// Roles of the type scale. *Strong* is weight 600, *Medium* weight 500.
enum class FontRole : std::uint8_t {
    Display,
    Title,
    Heading,
    Body,
    BodyMedium,
    BodyStrong,
    Small,
    SmallMedium,
    SmallStrong,
    Micro,
    MicroStrong,
    Code,
    Initials,
};
inline constexpr std::size_t kFontRoleCount = 13;

/// Distances, radii and heights in logical px at 100 % text size. Heights of things that hold text
/// go through Theme::px, so that they grow with the text size setting; distances stay.
namespace metric {
inline constexpr int kGutter = 16, kCellPadding = 8, kCardPadding = 14, kCardGap = 12;
inline constexpr int kRadiusCheck = 3, kRadiusBadge = 4, kRadiusChip = 5, kRadiusButton = 6,
                     kRadiusToast = 7, kRadiusCard = 8, kRadiusSheet = 10;
inline constexpr int kTopBar = 48, kSubBar = 40, kTableHead = 28, kRow = 44, kRowCompact = 28,
                     kGroupRow = 30, kCompareRow = 22, kProvenanceRow = 28, kLane = 22,
                     kBulkBar = 44, kRailItem = 28, kStatusBar = 24, kButton = 30,
                     kButtonSmall = 26, kField = 32, kChip = 24, kBadge = 18, kBanner = 40,
                     kToast = 38, kLotRow = 38;
inline constexpr int kRail = 216, kRailNarrow = 52, kPanel = 560, kPanelMin = 480;
inline constexpr int kFocusRing = 2, kSlaBar = 3, kTouchMin = 24;
} // namespace metric

/// Milliseconds of every motion; all 0 when motion is reduced.
namespace motion {
inline constexpr int kPanel = 120, kBulkBar = 100, kRowRemoval = 140, kFlash = 900,
                     kSpinnerAfter = 400;
} // namespace motion

/// Every colour token of the product, and the text size. A value: copy it to paint off the current
/// theme.
struct Theme {
    bool isDark = false;
    int textPercent = 100; ///< 90, 100, 115 or 130

    QColor window, rail, panel, raised, sunken, hover;
    QColor line, line2, ctl;
    QColor text, text2, text3;
    QColor accent, onAccent, accentText;
    QColor sel, selLine, railSel;
    QColor crit, critBg;
    QColor high, highBg, highFill;
    QColor med, medBg, medFill;
    QColor low;
    QColor ok, okBg;
    QColor mark, markLine;
    QColor should, track, scrim;
    std::array<QColor, 6> series; ///< chart series 1 to 6

    [[nodiscard]] static Theme light();
    [[nodiscard]] static Theme dark();

    /// A length of the design scaled by the text size setting, rounded to whole px.
    [[nodiscard]] int px(int designPx) const;
    /// The line height of a role, scaled.
    [[nodiscard]] int lineHeight(FontRole role) const;
    /// The focus ring: accent in light, accentText in dark.
    [[nodiscard]] QColor focusRing() const { return isDark ? accentText : accent; }
    [[nodiscard]] QColor severityFill(Severity severity) const;
    [[nodiscard]] QColor stateColor(State state) const;
    /// Text and tint of a tone, for badges and banners.
    [[nodiscard]] QColor toneText(Tone tone) const;
    [[nodiscard]] QColor toneFill(Tone tone) const;
};

/// The theme in force. GUI thread only; before ThemeService exists, the light one.
[[nodiscard]] const Theme& current();

/// The font of a role at the text size in force. The reference lives until the theme changes.
[[nodiscard]] const QFont& font(FontRole role);

/// WCAG 2 contrast of two opaque colours, 1 to 21.
[[nodiscard]] double contrast(const QColor& first, const QColor& second);

} // namespace counterfoil::theme
