#pragma once

#include "core/actions/approvals.h"
#include "core/actions/plan.h"
#include "core/actions/record.h"
#include "core/domain/case_facts.h"
#include "core/workspace/site_context.h"
#include "core/workspace/view.h"

#include <string>
#include <vector>

namespace counterfoil::workspace {

/// The credit sheet of a plan. @p record: the action already filed for it, nullptr before. Pure;
/// any thread.
[[nodiscard]] view::CreditPreview creditPreview(const actions::Plan& plan,
                                                const actions::Requirement& requirement,
                                                const domain::CaseFacts& facts,
                                                const SiteContext& sites, const std::string& person,
                                                bool wholeForecast);

/// The release sheet of the plans of one case, one for each SKU and destination.
[[nodiscard]] view::ReleasePreview
releasePreview(const std::vector<actions::Plan>& plans,
               const std::vector<actions::Requirement>& requirements,
               const domain::CaseFacts& facts, const SiteContext& sites, const std::string& person);

/// One row of "Changes to send".
[[nodiscard]] view::ActionView actionView(const actions::ActionRecord& record,
                                          const SiteContext& sites, const std::string& person,
                                          Instant now);

/// What a person may do alone at a site: "Approves to £50.00", "Releases to £500.00" ...
[[nodiscard]] std::string personNote(const SiteConfig& site, std::string_view person);

/// Where a person can do what ReturnGO's API cannot; empty without an RMA.
[[nodiscard]] std::string returngoUrl(const std::string& rma);

/// The buyer's company as Shopify names it, else as the account does; may be empty.
[[nodiscard]] std::string customerName(const domain::CaseFacts& facts);

/// "5 A, 1 B, 1 damaged in transit, 1 to do".
[[nodiscard]] std::string verdictSummary(const domain::CaseFacts& facts,
                                         const std::vector<UnitId>& units);

} // namespace counterfoil::workspace
