#include "core/sync/fact_sink.h"

namespace counterfoil::sync {

StoreSink::StoreSink(store::Store& store, store::Judge judge)
    : m_store(store), m_judge(std::move(judge))
{
}

Result<store::PageOutcome> StoreSink::applyPage(const store::PageWrite& page)
{
    return m_store.applyPage(page, m_judge);
}

Result<void> StoreSink::applyFailure(const std::string& site, const std::string& loop,
                                     Platform platform, const Error& error, Instant at)
{
    return m_store.applyFailure(site, loop, platform, error, at, m_judge);
}

Result<std::size_t> StoreSink::judgeDue(Instant now)
{
    return m_store.judgeDue(now, m_judge);
}

Result<std::optional<domain::CaseFacts>> StoreSink::loadCase(const std::string& site,
                                                             const CaseId& caseId, Instant now)
{
    return m_store.loadCase(site, caseId, now);
}

Result<std::optional<domain::Judgement>> StoreSink::storedJudgement(const std::string& site,
                                                                    const CaseId& caseId)
{
    return m_store.storedJudgement(site, caseId);
}

Result<std::optional<CaseId>> StoreSink::findCase(const std::string& site, const std::string& text)
{
    return m_store.findCase(site, text);
}

Result<std::vector<CaseId>> StoreSink::allCases(const std::string& site)
{
    return m_store.allCases(site);
}

Result<std::optional<store::Watermark>> StoreSink::watermark(const std::string& site,
                                                             const std::string& loop)
{
    return m_store.watermark(site, loop);
}

Result<std::vector<RmaId>> StoreSink::rmasInStates(const std::string& site,
                                                   const std::vector<std::string>& states)
{
    return m_store.rmasInStates(site, states);
}

Result<std::vector<RmaId>> StoreSink::oldestDetails(const std::string& site, std::size_t limit)
{
    return m_store.oldestDetails(site, limit);
}

Result<void> StoreSink::addCall(const store::CallLedgerRow& row)
{
    return m_store.addCall(row);
}

Result<std::vector<store::CallLedgerRow>> StoreSink::callsSince(Platform platform, Instant since)
{
    return m_store.callsSince(platform, since);
}

} // namespace counterfoil::sync
