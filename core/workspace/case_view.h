#pragma once

#include "core/actions/planning.h"
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

/// Units in quarantine of one case, a lot for each SKU. Empty when nothing was received.
[[nodiscard]] std::vector<view::LotView> lotsOf(const domain::CaseFacts& facts,
                                                const SiteContext& sites);

} // namespace counterfoil::workspace
