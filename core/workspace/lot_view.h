#pragma once

#include "core/domain/case_facts.h"
#include "core/workspace/site_context.h"
#include "core/workspace/view.h"

#include <vector>

namespace counterfoil::workspace {

/// Received units of one case that no release of ours took out, a lot for each SKU, with their
/// invoiced value and where Shopify says they were put. Levels by location are not divided into
/// lots yet. Empty when nothing was received.
[[nodiscard]] std::vector<view::LotView> lotsOf(const domain::CaseFacts& facts,
                                                const SiteContext& sites);

} // namespace counterfoil::workspace
