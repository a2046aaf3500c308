#pragma once

#include "core/workspace/queue_table.h"

#include <string>
#include <vector>

namespace counterfoil::workspace {

/// Ids of cases of which a row came, went or changed, each once. Pure; any thread.
[[nodiscard]] std::vector<std::string> casesBetween(const QueueTable& before,
                                                    const QueueTable& after);

} // namespace counterfoil::workspace
