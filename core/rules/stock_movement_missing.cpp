#include "core/reconcile/case_states.h"
#include "core/rules/case_drift.h"
#include "core/rules/registry.h"
#include "core/rules/stock_facts.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

/// Whether money or a credit for this unit was booked anywhere.
bool isCredited(const Context& context, const reconcile::JoinedUnit& unit)
{
    const reconcile::UnitMoney* money = context.returngo.unit(unit.id);
    if (money && money->succeeded.isPositive())
        return true;
    const reconcile::BookCredit& book = context.credited.balance;
    if (!book.isApplicable || !book.amount.isPositive())
        return false;
    return book.units.empty() ||
           std::find(book.units.begin(), book.units.end(), unit.id) != book.units.end();
}

bool shouldHaveMoved(const Context& context, const reconcile::JoinedUnit& unit)
{
    const bool isAbsent = unit.verdict == UnitVerdict::Missing;
    return unit.isReceived && !unit.isKeepItem && !unit.isExchange && !isAbsent &&
           isCredited(context, unit);
}

struct Unmoved {
    std::vector<UnitId> units;
    std::optional<Money> value;
};

Unmoved unmovedOf(const Context& context)
{
    Unmoved out;
    for (const reconcile::JoinedLine& line : context.joined.lines) {
        const OrderLine& order = (*context.facts.order->lines)[line.line];
        // What nobody counts cannot move.
        if (!order.isTracked || hasMovement(context, order))
            continue;
        std::int64_t count = 0;
        for (const std::size_t i : line.units) {
            const reconcile::JoinedUnit& unit = context.joined.units[i];
            if (!shouldHaveMoved(context, unit))
                continue;
            out.units.push_back(unit.id);
            ++count;
        }
        if (count > 0)
            addInvoiced(context, order, count, out.value);
    }
    return out;
}

} // namespace

// Received and credited, and no stock movement anywhere: no disposition, no restock in a refund, no
// release of ours. Only where the site books returns by disposition (law.md 10). Closes when the
// movement exists.
void stockMovementMissing(const Context& context, Report& report)
{
    if (!context.policy.isReturnsByDisposition) {
        report.notApplicable(Phrase("trace.stock-movement.not-by-disposition"));
        return;
    }
    if (!hasKnownStatus(context, report) || !areStockFactsRead(context, report))
        return;
    Unmoved found = unmovedOf(context);
    if (found.units.empty()) {
        report.passes(Phrase("trace.stock-movement.none"));
        return;
    }
    const std::optional<Instant> since = context.facts.rma->receivedAt
                                             ? context.facts.rma->receivedAt
                                             : context.facts.rma->statusSince;
    if (!since) {
        report.notJudged(Phrase("not-judged.received-since"));
        return;
    }
    if (!wasReadSince(context, Platform::Shopify, *since, report))
        return;
    const std::string count = std::to_string(found.units.size());
    Finding finding = startFinding(context, FindingType::StockMovementMissing);
    setUnits(context, std::move(found.units), finding);
    if (found.value)
        setRisk(context, *found.value, RiskKind::Stock, finding);
    finding.riskKind = RiskKind::Stock;
    finding.expected = count;
    finding.actual = "0";
    finding.title = Phrase("stock-movement.title").with("count", count);
    finding.reason = Phrase("stock-movement.reason").with("count", count);
    finding.causeCode = "stock-movement-missing";
    finding.evidence.push_back(evidence("restocked", "0", context.facts.order->returnsRef));
    applyGrace(context, *since, context.policy.grace.stockMovement, finding, report);
    report.found(std::move(finding));
}

} // namespace counterfoil::rules
