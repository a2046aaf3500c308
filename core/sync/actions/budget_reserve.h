#pragma once

#include "core/sync/actions/ledger.h"
#include "core/sync/ledger_budget.h"

#include <functional>
#include <map>
#include <string>

namespace counterfoil::sync {

/// The call reserve over each site's ReturnGO budget. Engine thread.
class BudgetReserve final : public CallReserve {
public:
    /// @param budgetOf the budget of a site, nullptr where it has none: nothing to reserve then
    explicit BudgetReserve(std::function<LedgerBudget*(const std::string& site)> budgetOf);
    ~BudgetReserve() override;
    BudgetReserve(const BudgetReserve&) = delete;
    BudgetReserve& operator=(const BudgetReserve&) = delete;

    /// An action holds at most one reservation; asked again it keeps the one it has.
    [[nodiscard]] Result<void> reserve(const std::string& site, const ActionId& action,
                                       int calls) override;
    void release(const ActionId& action) override;

private:
    struct Held {
        std::string site;
        int calls = 0;
    };
    std::function<LedgerBudget*(const std::string&)> m_budgetOf;
    std::map<ActionId, Held> m_held;
};

} // namespace counterfoil::sync
