#include "core/workspace/case_sums.h"

#include "core/reconcile/risk.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace counterfoil::workspace {

std::vector<money::Money> caseSums(std::span<const view::QueueRow> rows)
{
    std::vector<std::pair<money::Currency, std::vector<domain::Finding>>> byCurrency;
    for (const view::QueueRow& row : rows) {
        if (!row.atRisk)
            continue;
        const money::Currency currency = row.atRisk->currency();
        auto known = std::find_if(byCurrency.begin(), byCurrency.end(),
                                  [&](const auto& entry) { return entry.first == currency; });
        if (known == byCurrency.end())
            known = byCurrency.insert(byCurrency.end(), {currency, {}});
        domain::Finding& finding = known->second.emplace_back();
        finding.type = row.type;
        finding.atRisk = row.atRisk;
        finding.riskKind = row.riskKind;
        finding.graceUntil = row.graceUntil;
    }
    std::vector<money::Money> out;
    for (const auto& [currency, findings] : byCurrency) {
        std::optional<money::Money> sum, stock;
        for (const auto& [kind, amount] : reconcile::caseAtRisk(findings)) {
            auto& target = kind == domain::RiskKind::Stock ? stock : sum;
            target = target ? target->plus(amount).value_or(*target) : amount;
        }
        if (sum || stock)
            out.push_back(sum ? *sum : *stock);
    }
    return out;
}

} // namespace counterfoil::workspace
