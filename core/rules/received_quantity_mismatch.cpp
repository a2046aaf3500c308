#include "core/reconcile/case_states.h"
#include "core/rules/case_drift.h"
#include "core/rules/registry.h"

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using money::Money;

namespace {

struct Counted {
    std::vector<UnitId> missing, wrong;
    std::optional<Instant> since; ///< of the last verdict
};

void add(const reconcile::JoinedUnit& unit, std::vector<UnitId>& units, Counted& out)
{
    units.push_back(unit.id);
    if (unit.inspectedAt && (!out.since || *out.since < *unit.inspectedAt))
        out.since = unit.inspectedAt;
}

Counted countedOf(const Context& context)
{
    Counted out;
    for (const reconcile::JoinedUnit& unit : context.joined.units) {
        if (unit.isKeepItem || !unit.isInspected || !unit.verdict)
            continue;
        if (*unit.verdict == UnitVerdict::Missing)
            add(unit, out.missing, out);
        else if (*unit.verdict == UnitVerdict::WrongItem)
            add(unit, out.wrong, out);
    }
    return out;
}

/// Pieces that the warehouse booked as missing in Shopify while no unit says so.
void addBookedMissing(const Context& context, Counted& out)
{
    if (!out.missing.empty())
        return;
    for (const ShopifyReturn* back : reconcile::returnsOf(context.facts)) {
        for (const Disposition& row : back->dispositions) {
            if (row.type.value != DispositionType::Missing)
                continue;
            std::int64_t left = row.quantity;
            for (const reconcile::JoinedUnit& unit : context.joined.units) {
                const bool isOfLine =
                    unit.hasLine() && (*context.facts.order->lines)[unit.line].id == row.line;
                if (left <= 0 || !isOfLine || unit.isInspected || unit.isKeepItem)
                    continue;
                out.missing.push_back(unit.id);
                --left;
            }
            if (row.createdAt && (!out.since || *out.since < *row.createdAt))
                out.since = row.createdAt;
        }
    }
}

/// A parcel that may still bring the rest.
bool hasOpenShipment(const Context& context)
{
    const Rma& rma = *context.facts.rma;
    return std::any_of(rma.shipments.begin(), rma.shipments.end(), [](const Shipment& row) {
        return !row.isOutbound && row.status.value != ShipmentStatus::Received &&
               row.status.value != ShipmentStatus::Validated &&
               row.status.value != ShipmentStatus::Canceled;
    });
}

/// "Credited = accepted units" (product.md 2): the close test; nullopt: the credit is not known.
std::optional<bool> isSettled(const Context& context)
{
    if (!context.expected.isJudgeable())
        return std::nullopt;
    Money paid = Money::zero(context.expected.currency);
    for (const reconcile::UnitMoney& unit : context.returngo.units)
        paid = paid.plus(unit.succeeded).value_or(paid);
    const reconcile::BookCredit& book = context.credited.balance;
    if (context.payment.isAccount() && book.isApplicable) {
        if (!book.isKnown())
            return std::nullopt;
        paid = paid.plus(book.amount).value_or(paid);
    }
    const Money& accepted = context.expected.total.gross;
    const auto units = static_cast<std::int64_t>(context.expected.units.size());
    const bool isEqual = reconcile::isRounding(paid, accepted, units);
    return isEqual && (paid.isPositive() || !context.joined.isOpen);
}

} // namespace

// Short, over or another SKU than announced, by what the inspection counted; after the last open
// shipment, or long after the first (law.md 10: there the site's age of a stalled receipt). Closes
// when exactly the accepted units were credited.
void receivedQuantityMismatch(const Context& context, Report& report)
{
    if (!hasKnownStatus(context, report))
        return;
    if (context.joined.isDead || !context.joined.hasUnits) {
        if (context.joined.isDead)
            report.notApplicable(Phrase("trace.received-quantity.ended"));
        else
            report.notJudged(Phrase("not-judged.return-unread"));
        return;
    }
    Counted counted = countedOf(context);
    addBookedMissing(context, counted);
    if (counted.missing.empty() && counted.wrong.empty()) {
        report.passes(Phrase("trace.received-quantity.none"));
        return;
    }
    const std::optional<Instant>& first = context.facts.rma->receivedAt;
    if (hasOpenShipment(context)) {
        const bool isLong = first && context.now() >= *first + context.policy.grace.stalledReceived;
        if (!isLong) {
            if (first)
                report.judgeAgain(*first + context.policy.grace.stalledReceived);
            report.waits(Phrase("trace.received-quantity.more-parcels"));
            return;
        }
    }
    const std::optional<bool> settled = isSettled(context);
    if (settled && *settled) {
        report.passes(Phrase("trace.received-quantity.settled"));
        return;
    }
    if (!settled && !context.joined.isOpen) {
        report.notJudged(Phrase("not-judged.credit-unread"));
        return;
    }
    Finding finding = startFinding(context, FindingType::ReceivedQuantityMismatch);
    std::vector<UnitId> units = counted.missing;
    units.insert(units.end(), counted.wrong.begin(), counted.wrong.end());
    const std::size_t all = context.joined.units.size();
    finding.expected = std::to_string(all);
    finding.actual = std::to_string(all - units.size());
    setUnits(context, std::move(units), finding);
    finding.since = counted.since;
    finding.variant = counted.missing.empty() ? "wrong-item" : "short";
    const std::string missing = std::to_string(counted.missing.size());
    const std::string wrong = std::to_string(counted.wrong.size());
    finding.title = Phrase("received-quantity.title").with("missing", missing).with("wrong", wrong);
    finding.reason = Phrase("received-quantity.reason")
                         .with("announced", finding.expected)
                         .with("missing", missing)
                         .with("wrong", wrong);
    finding.causeCode = "received-quantity";
    finding.evidence.push_back(evidence("units", finding.actual, context.facts.rma->document));
    report.found(std::move(finding));
}

} // namespace counterfoil::rules
