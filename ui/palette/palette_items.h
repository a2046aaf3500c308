#pragma once

#include <QString>
#include <QStringList>

#include "core/query/filter.h"
#include "core/workspace/queue_table.h"
#include "ui/palette/command.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace counterfoil::palette {

/// What the palette looks through.
struct Sources {
    std::vector<Command> commands; ///< those that can run now
    std::shared_ptr<const workspace::QueueTable> table;
    Instant now{};
    std::string person;
    QString about; ///< title of the current row, for the head of its commands
    std::vector<std::pair<std::string, std::string>> people;
    std::function<void(const view::QueueRow&, bool inWindow)> openCase;
    std::function<void(const QString&)> setQuery;
};

/// One line of the palette; without run() it is a heading.
struct Item {
    QString text;
    QString note;  ///< after the text, quieter
    QString right; ///< "£176.80", "Customer"
    QStringList keys;
    std::optional<theme::Icon> icon;
    std::optional<theme::Severity> severity;
    std::function<void(bool inWindow)> run;
};

/// What a person typed finds: commands, exceptions, records, a filter. ">" only commands, "@" only
/// people, "#" only returns and orders. Headings stand before their lines; nothing found: empty.
[[nodiscard]] std::vector<Item> findItems(const QString& typed, const Sources& sources);

} // namespace counterfoil::palette
