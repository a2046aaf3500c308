#pragma once

#include <QString>

#include "core/phrases/phrases.h"
#include "core/workspace/view.h"
#include "ui/theme/text.h"

namespace counterfoil::casefile {

/// Platform text made safe to stand beside ours.
[[nodiscard]] inline QString shown(const std::string& text)
{
    return theme::Text::isolated(QString::fromStdString(text));
}
[[nodiscard]] inline QString shown(const Error& error)
{
    return shown(phrases::sentence(error));
}

[[nodiscard]] QString systemName(view::System system);
/// "24 Nov 10:42" in this computer's zone.
[[nodiscard]] QString timeText(Instant at);

} // namespace counterfoil::casefile
