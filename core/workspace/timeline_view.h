#pragma once

#include "core/domain/case_facts.h"
#include "core/domain/finding.h"
#include "core/workspace/view.h"

namespace counterfoil::workspace {

/// What happened to a case, in order, a lane for each system; what we ourselves sent stands in the
/// lane it went to. Pure; any thread.
[[nodiscard]] view::TimelineView timelineOf(const domain::CaseFacts& facts,
                                            const domain::Judgement& judgement);

} // namespace counterfoil::workspace
