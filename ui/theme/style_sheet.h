#pragma once

#include <QString>

#include "ui/theme/theme.h"

namespace counterfoil::theme {

/// The chrome of the product made from tokens: plain buttons, text fields, tabs, splitter, scroll
/// bars, menus and tips. Item views, check boxes and combo boxes have no rule here: delegates and
/// Style paint them.
[[nodiscard]] QString styleSheetOf(const Theme& theme);

} // namespace counterfoil::theme
