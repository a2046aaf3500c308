#pragma once

#include "core/store/impl.h"

#include <set>
#include <string>
#include <vector>

namespace counterfoil::store {

/// Stores one page inside the open facts transaction and finds the cases that it touches.
class PageWriter {
public:
    PageWriter(Store::Impl& store, const PageWrite& page) : m_store(store), m_page(page) {}

    /// Documents, set-aside records and the watermark. Errors: Store.
    [[nodiscard]] Result<void> write(PageOutcome& outcome);
    /// What is due for a detail read; after judging, when cases know their orders.
    [[nodiscard]] Result<void> findDue(PageOutcome& outcome);
    [[nodiscard]] std::set<CaseKey>& dirty() { return m_dirty; }

private:
    [[nodiscard]] Result<void> writeSetAside();
    [[nodiscard]] Result<void> writeWatermark();
    [[nodiscard]] Result<void> touch(const domain::PageDocument& document,
                                     const bulk::PutOutcome& put);
    [[nodiscard]] Result<void> touchOrder(const std::string& order, const std::string& name);
    [[nodiscard]] Result<void> touchReturns(const domain::PageDocument& document);
    [[nodiscard]] Result<void> touchTransaction(const domain::PageDocument& document);
    [[nodiscard]] Result<void> touchRma(const std::string& rma, const std::string& order,
                                        const std::string& name);
    [[nodiscard]] Result<void> touchSelected(const std::string& where, const std::string& value);
    [[nodiscard]] Result<void> touchKey(const std::string& key);
    [[nodiscard]] Result<void> touchCase(const std::string& caseId, const std::string& order = {});
    [[nodiscard]] Result<void> touchHabit(const domain::PageDocument& purchase,
                                          const bulk::PutOutcome& put);
    [[nodiscard]] Result<void> keepPrice(const domain::PageDocument& document);

    Store::Impl& m_store;
    const PageWrite& m_page;
    std::set<CaseKey> m_dirty;
    std::set<std::string> m_orders; ///< orders that may want their parts read
};

} // namespace counterfoil::store
