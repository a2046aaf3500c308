#pragma once

#include "core/workspace/config.h"
#include "core/workspace/view.h"

#include <vector>

namespace counterfoil::workspace {

/// Tries one platform of the first site of @p config with one cheap read. Needs no store: what it
/// must keep lies in a folder that goes when it returns. Blocks until the platform answered or its
/// time ran out: a thread of its own, with no event loop running on it.
[[nodiscard]] std::vector<view::DoctorCheck> probeConnection(WorkspaceConfig config,
                                                             Platform platform);

} // namespace counterfoil::workspace
