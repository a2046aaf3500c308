#pragma once

#include "core/workspace/view.h"
#include "ui/widgets/queue_delegate.h"

#include <QMenu>

namespace counterfoil::queue {

/// "customer:"Kestrel Hotels Group"" for the value of one column of a row; empty where the language
/// has no key for it.
[[nodiscard]] QString termOf(const view::QueueRow& row, widgets::QueueColumn column);
/// What Ctrl+C takes: the value of a column, or the whole row as one tab-separated line.
[[nodiscard]] QString copyText(const view::QueueRow& row);
/// The same with ids, source and time.
[[nodiscard]] QString copyTextWithSource(const view::QueueRow& row, Instant now);

/// Fills the "filter by this value" part of a context menu: the column under the pointer first.
/// @param pick called with the term
void addFilterActions(QMenu& menu, const view::QueueRow& row, widgets::QueueColumn under,
                      const std::function<void(const QString&)>& pick);

} // namespace counterfoil::queue
