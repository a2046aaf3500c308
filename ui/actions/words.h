#pragma once

#include <QString>

#include "core/base/error.h"
#include "core/phrases/phrases.h"
#include "ui/theme/text.h"

#include <string>

namespace counterfoil::actionsheets {

/// Platform text made safe to stand beside ours.
[[nodiscard]] inline QString shown(const std::string& text)
{
    return theme::Text::isolated(QString::fromStdString(text));
}

[[nodiscard]] inline QString shown(const Error& error)
{
    return shown(phrases::sentence(error));
}

} // namespace counterfoil::actionsheets
