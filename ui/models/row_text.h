#pragma once

#include <QString>

#include "core/workspace/view.h"
#include "ui/models/marks.h"
#include "ui/widgets/queue_row.h"

#include <vector>

namespace counterfoil::models {

[[nodiscard]] inline QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

/// "Finance", "Customer service" ...
[[nodiscard]] QString teamName(domain::Owner owner);
/// "RMA7000412"; empty for a case without a return.
[[nodiscard]] QString returnName(const std::string& rma);
/// "2 d 4 h", "19 h", "52 min": how long something is open at @p now.
[[nodiscard]] QString ageText(Instant since, Instant now);

/// An exception printed for the list. Its id is numberOf(from.id).
[[nodiscard]] widgets::QueueRow printed(const view::QueueRow& from, Instant now);
/// The head of a case: customer, "3 exceptions", ids, the sum, "Can leave now". @pre rows not empty
[[nodiscard]] widgets::QueueRow printedCase(const std::vector<view::QueueRow>& rows, quint64 id,
                                            bool isOpen);
/// Which columns of the list read differently in @p after: bits of widgets::QueueColumn.
[[nodiscard]] std::uint16_t changedColumns(const view::QueueRow& before,
                                           const view::QueueRow& after);

/// "£1,205.00, €412.00": sums of any rows, per currency, each case as workspace::caseSums says.
[[nodiscard]] QString riskText(const std::vector<view::QueueRow>& rows);

/// The row's number: finding ids are hex digits of a hash, the first 16 of them are it. Never 0.
[[nodiscard]] quint64 numberOf(std::string_view findingId);

} // namespace counterfoil::models
