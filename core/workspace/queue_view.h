#pragma once

#include "core/store/store.h"
#include "core/workspace/site_context.h"
#include "core/workspace/view.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace counterfoil::workspace {

/// Rows of the queue from stored findings, in the default order (law.md 6): by key, ties by age.
/// Pure; any thread.
[[nodiscard]] std::vector<view::QueueRow>
queueRows(const std::vector<store::StoredFinding>& findings, const SiteContext& sites, Instant now);

/// Rows of the findings of one case, in their order.
[[nodiscard]] std::vector<view::QueueRow>
caseRows(std::span<const store::StoredFinding* const> ofCase, const SiteContext& sites,
         Instant now);

/// Money at risk of open exceptions by currency: per case the sum never exceeds what would leave.
class RiskSum {
public:
    /// All findings of one case, once.
    void add(std::span<const store::StoredFinding* const> ofCase);
    /// @p first goes first.
    [[nodiscard]] std::vector<view::RiskTotals> totals(money::Currency first) const;

private:
    struct Sum {
        view::RiskTotals total;
        int cases = 0;
    };
    std::map<money::Currency, Sum> m_sums;
};

/// Counts of the rail and the status bar: adds all rows of one case.
void countCase(std::span<const view::QueueRow> rows, const std::string& person,
               view::FrameView& frame);

} // namespace counterfoil::workspace
