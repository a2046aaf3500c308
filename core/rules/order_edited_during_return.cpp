#include "core/rules/registry.h"

#include <algorithm>
#include <cstdlib>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

/// What edits did to one returned line.
struct LineEdit {
    std::int64_t removedLater = 0; ///< pieces taken off by edits after the return began
    std::int64_t removedEver = 0;  ///< by any edit
    std::int64_t priceMinor = 0;   ///< sum of price, tax and discount changes after it began
    bool isTouched = false;        ///< any edit after it began touched the line
    bool isUnclear = false;        ///< a change came without its figure
    std::optional<Instant> at;
};

void addSale(const Agreement& agreement, const AgreementSale& sale, bool isLater, LineEdit& edit)
{
    const std::int64_t pieces = sale.quantity ? std::abs(*sale.quantity) : 0;
    if (sale.action == "RETURN") {
        edit.isUnclear = edit.isUnclear || (!sale.quantity && isLater);
        edit.removedEver += pieces;
        edit.removedLater += isLater ? pieces : 0;
    } else if (sale.action == "UPDATE" && isLater) {
        edit.isUnclear = edit.isUnclear || !sale.total;
        edit.priceMinor += sale.total ? sale.total->minor() : 0;
    }
    if (isLater) {
        edit.isTouched = true;
        if (!edit.at || agreement.happenedAt < *edit.at)
            edit.at = agreement.happenedAt;
    }
}

LineEdit editOf(const Context& context, const LineId& line)
{
    LineEdit edit;
    for (const Agreement& agreement : *context.facts.order->agreements) {
        if (agreement.reason != "ORDER_EDIT")
            continue;
        const bool isLater = agreement.happenedAt > *context.joined.began;
        for (const AgreementSale& sale : agreement.sales) {
            if (sale.line == line)
                addSale(agreement, sale, isLater, edit);
        }
    }
    return edit;
}

struct Broken {
    std::vector<UnitId> units;
    std::vector<std::string> skus;
    Money value;
    bool isValueKnown = true;
    bool isRemoved = false;
    std::int64_t priceMinor = 0;
    std::optional<Instant> at;
};

/// @p units of @p quantity pieces of @p whole, rounded half up once; nullopt beyond 64 bits.
std::optional<Money> partOf(const Money& whole, std::int64_t units, std::int64_t quantity)
{
    const Result<money::Fraction> share = money::Fraction::make(units, quantity);
    const Result<money::Fraction> value =
        share ? share->times(money::Fraction(whole.minor())) : share;
    return value ? std::optional(money::rounded(*value, whole.currency())) : std::nullopt;
}

/// Whether the line no longer fits its RMA units: too few pieces left, or another price.
void checkLine(const Context& context, const reconcile::JoinedLine& line, Broken& out,
               Report& report)
{
    const OrderLine& order = (*context.facts.order->lines)[line.line];
    const LineEdit edit = editOf(context, order.id);
    if (!edit.isTouched)
        return;
    if (edit.isUnclear) {
        report.notJudged(Phrase("not-judged.edit-unclear").with("sku", order.sku));
        return;
    }
    const std::int64_t wanted = static_cast<std::int64_t>(line.units.size()) + line.siblingUnits;
    const bool isShort = edit.removedLater > 0 && order.quantity - edit.removedEver < wanted;
    const bool isRepriced = edit.priceMinor != 0;
    if (!isShort && !isRepriced)
        return;
    for (const std::size_t i : line.units)
        out.units.push_back(context.joined.units[i].id);
    out.skus.push_back(order.sku);
    out.isRemoved = out.isRemoved || isShort;
    out.priceMinor += edit.priceMinor;
    if (edit.at && (!out.at || *edit.at < *out.at))
        out.at = edit.at;
    const std::optional<reconcile::LineValue> value = reconcile::LineValue::of(
        order, context.facts.order->taxesIncluded, context.facts.order->currency);
    if (!value) {
        out.isValueKnown = false;
        return;
    }
    // As invoiced: what a later edit took off the price belongs to the edit (law.md 3).
    const Result<Money> before =
        value->whole().gross.minus(Money::fromMinor(edit.priceMinor, out.value.currency()));
    const std::optional<Money> units =
        before ? partOf(*before, static_cast<std::int64_t>(line.units.size()), value->quantity())
               : std::nullopt;
    out.isValueKnown = out.isValueKnown && units;
    if (units)
        out.value = out.value.plus(*units).value_or(out.value);
}

void emit(const Context& context, Broken found, Report& report)
{
    Finding finding = startFinding(context, FindingType::OrderEditedDuringReturn);
    finding.variant = found.isRemoved ? "removed" : "repriced";
    setUnits(context, std::move(found.units), finding);
    if (found.isValueKnown)
        setRisk(context, found.value, RiskKind::Over, finding);
    finding.since = found.at;
    const std::string count = std::to_string(finding.units.size());
    const std::string day = found.at ? formatInstant(*found.at).substr(0, 10) : "";
    finding.title = Phrase("order-edited.title");
    finding.reason =
        Phrase("order-edited." + finding.variant + ".reason").with("day", day).with("count", count);
    finding.causeCode = "order-edited";
    finding.evidence.push_back(evidence("quantity", count, context.facts.order->agreementsRef));
    report.found(std::move(finding));
}

} // namespace

// An edit committed after the return began took pieces or the price away from under it (law.md 10).
// Closes when each RMA unit maps to a line with enough pieces at the same price; until then the
// line's credit is not judged.
void orderEditedDuringReturn(const Context& context, Report& report)
{
    if (!context.isReturn() || !context.joined.isOpen) {
        report.notApplicable(Phrase("trace.order-edited.closed"));
        return;
    }
    if (!context.facts.order || !context.facts.order->lines) {
        report.notJudged(Phrase("not-judged.order-unread"));
        return;
    }
    const Order& order = *context.facts.order;
    if (!order.agreements) {
        if (order.isEdited)
            report.notJudged(Phrase("not-judged.agreements-unread"));
        else
            report.passes(Phrase("trace.order-edited.never"));
        return;
    }
    if (!context.joined.began) {
        report.notJudged(Phrase("not-judged.began-unknown"));
        return;
    }
    const bool isCut =
        std::any_of(order.agreements->begin(), order.agreements->end(), [&](const Agreement& row) {
            return row.reason == "ORDER_EDIT" && row.happenedAt > *context.joined.began &&
                   !row.salesComplete;
        });
    if (isCut)
        report.notJudged(Phrase("not-judged.agreement-cut"));
    Broken found;
    found.value = Money::zero(order.currency);
    for (const reconcile::JoinedLine& line : context.joined.lines)
        checkLine(context, line, found, report);
    if (!found.units.empty())
        emit(context, std::move(found), report);
    else if (report.open.empty())
        report.passes(Phrase("trace.order-edited.none"));
}

} // namespace counterfoil::rules
