#pragma once

#include <QIcon>
#include <QPainter>

#include "ui/theme/theme.h"

namespace counterfoil::theme {

/// Our own 16 px line icons; one SVG file each in resources/icons.
enum class Icon : std::uint8_t {
    Inbox,
    Person,
    People,
    Headset,
    Coins,
    Box,
    Plug,
    Snooze,
    Bookmark,
    Quarantine,
    Credit,
    Calendar,
    Trend,
    Audit,
    Activity,
    Health,
    Search,
    Tick,
    Cross,
    Plus,
    Minus,
    CaretDown,
    CaretRight,
    UpDown,
    Alert,
    Info,
    Lock,
    Clock,
    Camera,
    Detach,
    Refresh,
    Settings,
    Columns,
    Rows,
    Group,
    Flag,
    Note,
    Export,
    Link,
    Sign,
    Bell,
    Keyboard,
    Eye,
    Chain,
    Bolt,
    Swap,
    Pause,
    Undo,
    ArrowDown,
    ArrowUp,
    ReturnKey,
    ProductMark,
};
inline constexpr std::size_t kIconCount = 52;

/// A token of the theme, read when the icon is painted: an icon follows a theme switch by itself.
using ColorToken = QColor Theme::*;

/// File name without folder and ending, for tests and logs.
[[nodiscard]] QString iconName(Icon icon);

/// An icon for buttons, menus and actions, sharp at any size and device pixel ratio; disabled it
/// takes text3.
[[nodiscard]] QIcon icon(Icon icon, ColorToken token = &Theme::text2);

/// Paints an icon into @p box in one colour. Cached per (icon, colour, size, device pixel ratio).
void drawIcon(QPainter& painter, const QRectF& box, Icon icon, const QColor& color);

/// Device px a logical px of @p painter becomes. From its transform, so that a widget rendered into
/// a picture is as sharp as on a screen.
[[nodiscard]] double deviceScale(const QPainter& painter);

/// Reads the SVG files of the resources. Aborts when one is missing.
void loadIcons();
/// Forgets the rendered pictures; ThemeService calls it on a theme switch.
void clearIconCache();

} // namespace counterfoil::theme
