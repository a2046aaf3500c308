#pragma once

#include "core/store/store.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::sync {

/// What the pollers need of the store, and no more: tests give them one in memory. Engine thread.
class FactSink {
public:
    virtual ~FactSink() = default;
    /// Stores a page and judges what it touches, in one transaction.
    [[nodiscard]] virtual Result<store::PageOutcome> applyPage(const store::PageWrite& page) = 0;
    [[nodiscard]] virtual Result<void> applyFailure(const std::string& site,
                                                    const std::string& loop, Platform platform,
                                                    const Error& error, Instant at) = 0;
    [[nodiscard]] virtual Result<std::size_t> judgeDue(Instant now) = 0;
    [[nodiscard]] virtual Result<std::optional<domain::CaseFacts>>
    loadCase(const std::string& site, const CaseId& caseId, Instant now) = 0;
    [[nodiscard]] virtual Result<std::optional<domain::Judgement>>
    storedJudgement(const std::string& site, const CaseId& caseId) = 0;
    [[nodiscard]] virtual Result<std::optional<CaseId>> findCase(const std::string& site,
                                                                 const std::string& text) = 0;
    [[nodiscard]] virtual Result<std::vector<CaseId>> allCases(const std::string& site) = 0;
    [[nodiscard]] virtual Result<std::optional<store::Watermark>>
    watermark(const std::string& site, const std::string& loop) = 0;
    [[nodiscard]] virtual Result<std::vector<RmaId>>
    rmasInStates(const std::string& site, const std::vector<std::string>& states) = 0;
    [[nodiscard]] virtual Result<std::vector<RmaId>> oldestDetails(const std::string& site,
                                                                   std::size_t limit) = 0;
    [[nodiscard]] virtual Result<void> addCall(const store::CallLedgerRow& row) = 0;
    [[nodiscard]] virtual Result<std::vector<store::CallLedgerRow>> callsSince(Platform platform,
                                                                               Instant since) = 0;
};

/// The sink over the real store, with the judge handed in.
class StoreSink : public FactSink {
public:
    StoreSink(store::Store& store, store::Judge judge);

    Result<store::PageOutcome> applyPage(const store::PageWrite& page) override;
    Result<void> applyFailure(const std::string& site, const std::string& loop, Platform platform,
                              const Error& error, Instant at) override;
    Result<std::size_t> judgeDue(Instant now) override;
    Result<std::optional<domain::CaseFacts>> loadCase(const std::string& site, const CaseId& caseId,
                                                      Instant now) override;
    Result<std::optional<domain::Judgement>> storedJudgement(const std::string& site,
                                                             const CaseId& caseId) override;
    Result<std::optional<CaseId>> findCase(const std::string& site,
                                           const std::string& text) override;
    Result<std::vector<CaseId>> allCases(const std::string& site) override;
    Result<std::optional<store::Watermark>> watermark(const std::string& site,
                                                      const std::string& loop) override;
    Result<std::vector<RmaId>> rmasInStates(const std::string& site,
                                            const std::vector<std::string>& states) override;
    Result<std::vector<RmaId>> oldestDetails(const std::string& site, std::size_t limit) override;
    Result<void> addCall(const store::CallLedgerRow& row) override;
    Result<std::vector<store::CallLedgerRow>> callsSince(Platform platform, Instant since) override;

private:
    store::Store& m_store;
    store::Judge m_judge;
};

} // namespace counterfoil::sync
