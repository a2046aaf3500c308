#include "core/sync/actions/budget_reserve.h"

#include <utility>

namespace counterfoil::sync {

BudgetReserve::BudgetReserve(std::function<LedgerBudget*(const std::string&)> budgetOf)
    : m_budgetOf(std::move(budgetOf))
{
}

BudgetReserve::~BudgetReserve()
{
    for (const auto& [action, held] : m_held) {
        if (LedgerBudget* budget = m_budgetOf(held.site))
            budget->release(held.calls);
    }
}

Result<void> BudgetReserve::reserve(const std::string& site, const ActionId& action, int calls)
{
    if (m_held.contains(action))
        return {};
    LedgerBudget* budget = m_budgetOf(site);
    if (budget == nullptr)
        return {};
    if (!budget->reserve(calls))
        return fail(ErrorCode::QuotaSpent,
                    "too few calls are left today to find out what became of a write",
                    Platform::ReturnGo);
    m_held[action] = {site, calls};
    return {};
}

void BudgetReserve::release(const ActionId& action)
{
    const auto held = m_held.find(action);
    if (held == m_held.end())
        return;
    if (LedgerBudget* budget = m_budgetOf(held->second.site))
        budget->release(held->second.calls);
    m_held.erase(held);
}

} // namespace counterfoil::sync
