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

/// Received units of one case that no release of ours took out, a lot for each SKU. Where they lie
/// is not looked at: levels by location are not divided into lots yet. Empty when nothing was
/// received.
[[nodiscard]] std::vector<view::LotView> lotsOf(const domain::CaseFacts& facts,
                                                const SiteContext& sites);

} // namespace counterfoil::workspace
