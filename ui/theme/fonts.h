#pragma once

#include <QFont>

#include "ui/theme/theme.h"

namespace counterfoil::theme {

/// Registers Inter and JetBrains Mono from the resources. Aborts when a face is missing: the build
/// put them there.
void loadFonts();

/// The font of a role at @p textPercent of its design size.
[[nodiscard]] QFont makeFont(FontRole role, int textPercent);

} // namespace counterfoil::theme
