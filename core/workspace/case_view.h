#pragma once

#include "core/domain/case_facts.h"
#include "core/workspace/site_context.h"
#include "core/workspace/view.h"

#include <vector>

namespace counterfoil::workspace {

/// The drill-down of one case, without its findings' rows. Pure; any thread.
[[nodiscard]] view::CaseView caseView(const domain::CaseFacts& facts,
                                      const domain::Judgement& judgement, const SiteContext& sites);

/// What the rules said, node by node.
[[nodiscard]] std::vector<view::TraceView> traceViews(const domain::Judgement& judgement);

} // namespace counterfoil::workspace
