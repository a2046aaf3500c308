#pragma once

#include <QAction>
#include <QPointer>
#include <QStringList>

#include "ui/theme/icons.h"

#include <optional>
#include <vector>

namespace counterfoil::palette {

/// Where a command can be used; the key sheet shows only what can be used where it was opened.
enum class Scope : std::uint8_t { Everywhere, GoTo, Queue, Panel, Inspection };

/// One thing a person can do, as the palette and the key sheet show it.
struct Command {
    QString text;
    QStringList keys; ///< caps in order, "then" and "or" between them
    Scope scope = Scope::Everywhere;
    std::optional<theme::Icon> icon;
    QPointer<QAction> action; ///< none: a key of a list, shown only in the key sheet
};

/// "Everywhere", "Go to", "Queue" ...
[[nodiscard]] QString scopeName(Scope scope);

} // namespace counterfoil::palette
