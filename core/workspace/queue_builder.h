#pragma once

#include "core/store/store.h"
#include "core/workspace/queue_table.h"
#include "core/workspace/queue_view.h"
#include "core/workspace/site_context.h"
#include "core/workspace/view.h"

#include <memory>
#include <string>
#include <vector>

namespace counterfoil::workspace {

/// Makes the queue's table with its counts and totals in one pass over findings that come case by
/// case; holds one case at a time. One thread.
class QueueBuilder {
public:
    /// @param sites outlives this
    QueueBuilder(const SiteContext& sites, std::string person, Instant now);
    /// Takes the finding's parts. The findings of a case come one after the other.
    void add(store::StoredFinding& finding);
    /// The table in the default order, at most @p rowsMax rows of it; and counts and totals of
    /// everything that was added, in @p frame.
    [[nodiscard]] std::shared_ptr<const QueueTable> finish(view::FrameView& frame,
                                                           std::size_t rowsMax);

private:
    void closeCase();

    const SiteContext& m_sites;
    std::string m_person;
    Instant m_now;
    std::vector<store::StoredFinding> m_case;
    std::size_t m_used = 0; ///< of m_case; the others are kept for their memory
    std::vector<const store::StoredFinding*> m_pointers;
    view::FrameView m_counts;
    RiskSum m_risk;
    std::shared_ptr<QueueTable> m_table;
};

} // namespace counterfoil::workspace
