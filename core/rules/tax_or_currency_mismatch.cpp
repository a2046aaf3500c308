#include "core/rules/registry.h"
#include "core/rules/value_gaps.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

/// Units that ReturnGO pays, or will pay, in another currency than the order's.
struct Foreign {
    std::set<UnitId> units;
    std::string currency; ///< ReturnGO's
    bool isSwapped = false;
    bool isRequested = false, isPaidOut = false;
};

/// Its two amounts of a price could be the wrong way round: then nothing is known (returngo.md 2).
bool isSwapped(const MoneyPair& price, money::Currency order)
{
    return price.shop.currency() == order && price.presentment.currency() != order;
}

void addForeign(const MoneyPair& price, money::Currency order, Foreign& out)
{
    out.currency = std::string(price.presentment.currency().code());
    out.isSwapped = out.isSwapped || isSwapped(price, order);
}

Foreign foreignOf(const Context& context)
{
    Foreign out;
    const money::Currency order = context.expected.currency;
    for (const RmaTransaction& row : context.facts.rma->transactions) {
        const bool isLive = row.status.value == RmaTransactionStatus::Requested ||
                            row.status.value == RmaTransactionStatus::Success;
        if (!isLive || !reconcile::isMoneyOut(row.type.value) ||
            row.amount.presentment.currency() == order)
            continue;
        addForeign(row.amount, order, out);
        out.units.insert(row.units.begin(), row.units.end());
        out.isRequested = out.isRequested || row.status.value == RmaTransactionStatus::Requested;
        out.isPaidOut = out.isPaidOut || row.status.value == RmaTransactionStatus::Success;
    }
    const std::set<UnitId> settled = context.settledUnits();
    for (const RmaUnit& unit : context.facts.rma->units) {
        const reconcile::UnitMoney* money = context.returngo.unit(unit.id);
        const bool isSet = money && money->basis == reconcile::MoneyBasis::PaidPrice &&
                           settled.count(unit.id) == 0;
        if (!isSet || !unit.paidPrice || unit.paidPrice->presentment.currency() == order)
            continue;
        addForeign(*unit.paidPrice, order, out);
        out.units.insert(unit.id);
    }
    return out;
}

void emitCurrency(const Context& context, const Foreign& foreign, Report& report)
{
    if (foreign.units.empty())
        return;
    const std::string order(context.expected.currency.code());
    if (foreign.isSwapped) {
        report.notJudged(Phrase("not-judged.returngo-currency")
                             .with("returngo", foreign.currency)
                             .with("order", order));
        return;
    }
    // Two currencies are never set against each other: the finding has no amount (law.md 3).
    Finding finding = startFinding(context, FindingType::TaxOrCurrencyMismatch);
    finding.subject = finding.variant = "currency";
    setUnits(context, {foreign.units.begin(), foreign.units.end()}, finding);
    finding.finality = foreign.isRequested ? Finality::LeavesNow
                       : foreign.isPaidOut ? Finality::Final
                                           : Finality::Ordinary;
    finding.since = context.joined.began;
    finding.expected = order;
    finding.actual = foreign.currency;
    finding.title = Phrase("tax-or-currency.currency.title").with("actual", foreign.currency);
    finding.reason = Phrase("tax-or-currency.currency.reason")
                         .with("actual", foreign.currency)
                         .with("expected", order);
    finding.causeCode = "wrong-currency";
    finding.evidence.push_back(
        evidence("paid-price", foreign.currency, context.facts.rma->document));
    finding.evidence.push_back(evidence("unit-price", order, context.facts.order->head));
    report.found(std::move(finding));
}

void emitTax(const Context& context, const std::vector<LineGap>& gaps, bool isOver, Report& report)
{
    std::vector<const LineGap*> wrong;
    for (const LineGap& gap : gaps) {
        if (!gap.taxCode.empty() && !gap.isRounding() && gap.apart().isNegative() != isOver)
            wrong.push_back(&gap);
    }
    if (wrong.empty())
        return;
    Finding finding = startFinding(context, FindingType::TaxOrCurrencyMismatch);
    finding.subject = isOver ? "over" : "under";
    finding.variant = finding.subject;
    fillFromGaps(context, wrong, isOver, finding);
    const LineGap& widest =
        **std::max_element(wrong.begin(), wrong.end(), [](const LineGap* a, const LineGap* b) {
            return a->apart().magnitude().minor() < b->apart().magnitude().minor();
        });
    finding.title = Phrase("tax-or-currency." + widest.taxCode + ".title");
    finding.reason = Phrase("tax-or-currency.reason")
                         .with("actual", finding.actual)
                         .with("expected", finding.expected);
    finding.causeCode = widest.taxCode;
    finding.cause = widest.why.code == widest.taxCode
                        ? widest.why.cause
                        : Phrase("cause.wrong-tax").with("sku", widest.line->sku);
    // It is the same difference, told by its reason (law.md 6).
    finding.hiddenTypes.push_back(FindingType::CreditValueMismatch);
    report.found(std::move(finding));
}

} // namespace

// Net taken for gross, tax counted twice or another tax on the right price, or another currency
// than the order's. Closes when both are equal in the order's currency.
void taxOrCurrencyMismatch(const Context& context, Report& report)
{
    if (!hasValues(context, report))
        return;
    emitCurrency(context, foreignOf(context), report);
    Report values(FindingType::TaxOrCurrencyMismatch);
    const std::vector<LineGap> gaps = valueGaps(context, values);
    for (const NotJudged& row : values.open) {
        const bool isToldAlready = row.reason.code == "not-judged.returngo-currency";
        if (!isToldAlready || report.findings.empty())
            report.notJudged(row.reason);
    }
    emitTax(context, gaps, true, report);
    emitTax(context, gaps, false, report);
    if (report.findings.empty() && report.open.empty())
        report.passes(Phrase("trace.tax-or-currency.equal"));
}

} // namespace counterfoil::rules
