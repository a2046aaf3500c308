#include "core/workspace/queue_builder.h"

#include <utility>

namespace counterfoil::workspace {

QueueBuilder::QueueBuilder(const SiteContext& sites, std::string person, Instant now)
    : m_sites(sites), m_person(std::move(person)), m_now(now),
      m_table(std::make_shared<QueueTable>())
{
}

void QueueBuilder::add(store::StoredFinding& finding)
{
    if (m_used > 0 && (m_case[0].caseId != finding.caseId || m_case[0].site != finding.site))
        closeCase();
    if (m_used == m_case.size())
        m_case.emplace_back();
    std::swap(m_case[m_used++], finding);
}

void QueueBuilder::closeCase()
{
    m_pointers.clear();
    for (std::size_t i = 0; i < m_used; ++i)
        m_pointers.push_back(&m_case[i]);
    const std::vector<view::QueueRow> rows = caseRows(m_pointers, m_sites, m_now);
    countCase(rows, m_person, m_counts);
    m_risk.add(m_pointers);
    for (const view::QueueRow& row : rows)
        m_table->append(row);
    m_used = 0;
}

std::shared_ptr<const QueueTable> QueueBuilder::finish(view::FrameView& frame, std::size_t rowsMax)
{
    if (m_used > 0)
        closeCase();
    frame.open = m_counts.open;
    frame.cases = m_counts.cases;
    frame.mine = m_counts.mine;
    frame.finance = m_counts.finance;
    frame.customerService = m_counts.customerService;
    frame.warehouse = m_counts.warehouse;
    frame.integration = m_counts.integration;
    frame.snoozed = m_counts.snoozed;
    frame.expected = m_counts.expected;
    frame.totals = m_risk.totals(m_sites.sites().front().site.currency);
    m_table->sortDefault(rowsMax);
    m_table->seal();
    return std::exchange(m_table, nullptr);
}

} // namespace counterfoil::workspace
