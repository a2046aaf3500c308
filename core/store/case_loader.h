#pragma once

#include "core/base/result.h"
#include "core/domain/case_facts.h"
#include "core/store/connection.h"
#include "core/store/decoded_cache.h"
#include "core/store/impl.h"

#include <optional>
#include <string>
#include <vector>

namespace counterfoil::store {

/// A stored document without its bytes.
struct DocumentRow {
    std::int64_t id = 0;
    domain::DocumentRef ref;
    std::string order, customer, rma, name, status;
    bool hasPo = false;
};

/// Puts one case together from stored documents, decoded again, and from the ledger. Reads only.
/// One for a case; the thread of its store.
class CaseLoader {
public:
    CaseLoader(const Store::Impl& store, const std::string& site, Instant now);
    /// nullopt: nothing is known of that case. A document that does not decode leaves its part
    /// unread and is named in `unknowns`. Errors: Store.
    [[nodiscard]] Result<std::optional<domain::CaseFacts>> load(const std::string& caseId);

private:
    using Facts = domain::CaseFacts;
    [[nodiscard]] Result<bool> loadRma(Facts& facts);
    [[nodiscard]] Result<bool> loadOrderCase(Facts& facts, const std::string& id);
    [[nodiscard]] Result<bool> loadReturnCase(Facts& facts, const std::string& gid);
    [[nodiscard]] Result<void> loadOrder(Facts& facts, const std::string& order);
    [[nodiscard]] Result<void> loadDraft(Facts& facts, const DocumentRow& row);
    [[nodiscard]] Result<void> findDraft(domain::CaseFacts& facts, const std::string& id);
    [[nodiscard]] Result<void> loadPurchase(Facts& facts, const std::vector<DocumentRow>& rows);
    [[nodiscard]] Result<void> loadTransactions(domain::Rma& rma, Facts& facts);
    [[nodiscard]] Result<void> loadSiblings(Facts& facts, const std::vector<DocumentRow>& rows);
    [[nodiscard]] Result<void> loadAccount(Facts& facts, const std::string& customer);
    [[nodiscard]] Result<void> loadStock(Facts& facts);
    [[nodiscard]] Result<void> loadHints(Facts& facts, const std::string& customer);
    [[nodiscard]] Result<void> loadHint(Facts& facts, const std::string& order);
    [[nodiscard]] Result<void> loadPrice(Facts& facts, const std::string& customer,
                                         const domain::OrderLine& line);
    [[nodiscard]] Result<void> loadLedger(Facts& facts);
    [[nodiscard]] Result<void> loadFeeds(Facts& facts);
    [[nodiscard]] Result<void> loadSetAside(Facts& facts, Platform platform);
    [[nodiscard]] Result<void> fillTimes(domain::Rma& rma, const std::vector<DocumentRow>& rows);

    [[nodiscard]] Result<std::vector<DocumentRow>> documents(std::string_view where,
                                                             Params params) const;
    [[nodiscard]] Result<std::string> body(const DocumentRow& row) const;
    [[nodiscard]] Result<std::string> body(std::int64_t document, std::int64_t version) const;
    [[nodiscard]] Result<void> addUnknowns(Facts& facts, const DocumentRow& row) const;
    void addProblem(Facts& facts, const domain::DocumentRef& ref, const std::string& problem) const;
    [[nodiscard]] std::string cacheKey(const DocumentRow& row) const;
    template <class T, class Decode>
    [[nodiscard]] Result<DecodedCache::Kept<T>> decoded(const DocumentRow& row, Decode decode);

    const Store::Impl& m_store;
    const SiteContext& m_context;
    std::string m_site;
    Instant m_now;
};

/// Decodes a stored version, or takes it from the cache. A failed decode is an entry too.
template <class T, class Decode>
Result<DecodedCache::Kept<T>> CaseLoader::decoded(const DocumentRow& row, Decode decode)
{
    Error readError;
    bool isRead = true;
    auto kept = m_store.decoded.get<T>(cacheKey(row), [&] {
        DecodedCache::Entry<T> entry;
        const Result<std::string> bytes = body(row);
        if (!bytes) {
            readError = bytes.error();
            isRead = false;
            entry.problem = bytes.error().detail;
            return entry;
        }
        Result<T> value = decode(*bytes);
        if (value)
            entry.value = std::move(*value);
        else
            entry.problem = value.error().detail.empty() ? "not readable" : value.error().detail;
        return entry;
    });
    if (!isRead) {
        m_store.decoded.clear();
        return fail(std::move(readError));
    }
    return kept;
}

} // namespace counterfoil::store
