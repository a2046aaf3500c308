#include "core/reconcile/case_states.h"
#include "core/rules/case_drift.h"
#include "core/rules/registry.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace counterfoil::rules {

using namespace domain;
using reconcile::StateCell;
using reconcile::StateColumn;
using reconcile::StateTable;
using Verdict = reconcile::StateCell::Verdict;

namespace {

/// What one column says; Fits and Silent differ only in the trace.
enum class Answer : std::uint8_t { Fits, Silent, Open, Waits, Drifts };

struct Drift {
    StateCell cell;
    std::string variant; ///< "shopify-return" or "shipment"
    std::string state;
    std::optional<Instant> since;
    Phrase reason;
};

/// What the case knows of the facts that a cell may ask for.
struct Known {
    bool isAllProcessed = false;
    bool isKeepItem = false;
};

Fact factOf(const Context& context, const std::string& name, const Known& known)
{
    if (name == "all_units_processed")
        return known.isAllProcessed ? Fact::Yes : Fact::No;
    if (name == "keep_item")
        return known.isKeepItem ? Fact::Yes : Fact::No;
    return context.policy.facts.returngoCreatesShopifyReturn;
}

/// The cell with its condition worked out; nullopt: the fact is not known, the report says so.
std::optional<StateCell> resolved(const Context& context, StateColumn column,
                                  const std::string& state, const Known& known, Report& report)
{
    const StateTable& table = StateTable::get();
    const RmaStatus status = context.facts.rma->status.value;
    StateCell cell = table.cell(status, column, state);
    if (cell.fact.empty())
        return cell;
    const Fact fact = factOf(context, cell.fact, known);
    if (fact == Fact::Unknown) {
        report.notJudged(Phrase("not-judged.fact").with("fact", cell.fact));
        return std::nullopt;
    }
    if ((fact == Fact::Yes) == (cell.value == "yes"))
        cell.verdict = Verdict::Ok;
    else if (cell.verdict == Verdict::Unnamed)
        cell = table.otherwise(status, column);
    return cell;
}

Answer judgeReturn(const Context& context, Drift& drift, Report& report)
{
    if (context.facts.draft && !context.facts.order)
        return Answer::Silent; // a draft has no returns
    const reconcile::ReturnState found = reconcile::returnStateOf(context.facts);
    if (!found.problem.code.empty()) {
        report.notJudged(found.problem);
        return Answer::Open;
    }
    const Rma& rma = *context.facts.rma;
    std::string state = found.word;
    constexpr const char* kProcessed = "CLOSED_with_processed_units";
    if (state == "CLOSED" && found.hasProcessed &&
        StateTable::get().names(rma.status.value, StateColumn::ShopifyReturn, kProcessed))
        state = kProcessed;
    const auto cell =
        resolved(context, StateColumn::ShopifyReturn, state, {found.isAllProcessed, false}, report);
    if (!cell)
        return Answer::Open;
    if (cell->verdict == Verdict::Ok || cell->verdict == Verdict::Unnamed)
        return cell->verdict == Verdict::Ok ? Answer::Fits : Answer::Silent;
    drift.cell = *cell;
    drift.variant = "shopify-return";
    drift.state = found.word;
    drift.reason = found.back
                       ? Phrase("return-status.shopify-return.reason")
                             .with("rma", rma.status.raw)
                             .with("return", found.back->name)
                             .with("state", found.back->status.raw)
                       : Phrase("return-status.no-return.reason").with("rma", rma.status.raw);
    drift.since =
        found.back && found.since ? laterOf(rma.statusSince, found.since) : rma.statusSince;
    // Shopify does not say when a return was canceled or declined: the order's own time of change
    // is the latest it can have been.
    std::optional<Instant> changed = drift.since;
    if (found.back && !found.since && context.facts.order->updatedAt)
        changed = std::max(changed.value_or(Instant{}), *context.facts.order->updatedAt);
    const Instant at = changed.value_or(Instant{});
    const bool isRead = wasReadSince(context, Platform::Shopify, at, report) &&
                        wasReadSince(context, Platform::ReturnGo, at, report);
    return isRead ? Answer::Drifts : Answer::Waits;
}

/// Several parcels: of an open return the one that fits best counts, of a finished one the worst.
bool isBetter(Verdict a, Verdict b, bool isOpen)
{
    const auto rank = [](Verdict verdict) {
        return verdict == Verdict::Ok        ? 0
               : verdict == Verdict::Unnamed ? 1
               : verdict == Verdict::Late    ? 2
                                             : 3;
    };
    return isOpen ? rank(a) < rank(b) : rank(a) > rank(b);
}

Answer judgeShipment(const Context& context, Drift& drift, Report& report)
{
    const Rma& rma = *context.facts.rma;
    const reconcile::ShipmentStates found = reconcile::shipmentStatesOf(context.facts);
    if (!found.problem.code.empty()) {
        report.notJudged(found.problem);
        return Answer::Open;
    }
    std::optional<StateCell> best;
    std::string state;
    for (const std::string& word : found.words) {
        // A row that does not speak of "none" means shipments that are there.
        if (word == "none" &&
            !StateTable::get().names(rma.status.value, StateColumn::Shipment, word))
            return Answer::Silent;
        const auto cell =
            resolved(context, StateColumn::Shipment, word, {false, found.isKeepItem}, report);
        if (!cell)
            return Answer::Open;
        if (!best || isBetter(cell->verdict, best->verdict, context.joined.isOpen)) {
            best = cell;
            state = word;
        }
    }
    if (best->verdict == Verdict::Ok || best->verdict == Verdict::Unnamed)
        return best->verdict == Verdict::Ok ? Answer::Fits : Answer::Silent;
    drift.cell = *best;
    drift.variant = "shipment";
    drift.state = state;
    drift.reason = state == "none"
                       ? Phrase("return-status.no-shipment.reason").with("rma", rma.status.raw)
                       : Phrase("return-status.shipment.reason")
                             .with("rma", rma.status.raw)
                             .with("state", state);
    const bool isByArrival = state == "Received";
    drift.since = isByArrival ? laterOf(rma.statusSince, rma.receivedAt) : rma.statusSince;
    // The list may tell a newer status than the record that holds the shipments.
    const bool isRead = rma.document.observedAt == Instant{} || !rma.statusSince ||
                        rma.document.observedAt >= *rma.statusSince;
    if (!isRead)
        report.waits(Phrase("trace.waits-for-read").with("platform", "ReturnGO"));
    return isRead ? Answer::Drifts : Answer::Waits;
}

std::optional<Finding> findingOf(const Context& context, const Drift& drift, Report& report)
{
    const Rma& rma = *context.facts.rma;
    if (drift.cell.verdict == Verdict::Late && !drift.since) {
        report.notJudged(Phrase("not-judged.state-since").with("state", drift.state));
        return std::nullopt;
    }
    const StateColumn column =
        drift.variant == "shipment" ? StateColumn::Shipment : StateColumn::ShopifyReturn;
    Finding finding = startFinding(context, FindingType::ReturnStatusDrift);
    finding.variant = drift.variant;
    setUnits(context, allUnits(context), finding);
    finding.expected =
        fmt::format("{}", fmt::join(StateTable::get().fitting(rma.status.value, column), ", "));
    finding.actual = drift.state;
    finding.title = Phrase("return-status." + drift.variant + ".title");
    finding.reason = drift.reason;
    finding.causeCode = "status-drift";
    finding.since = drift.since;
    finding.evidence.push_back(evidence("status", rma.status.raw, rma.document));
    finding.evidence.push_back(
        evidence(drift.variant, drift.state,
                 column == StateColumn::Shipment ? rma.document : context.facts.order->returnsRef));
    if (drift.cell.verdict == Verdict::Late)
        applyGrace(context, *drift.since, drift.cell.late, finding, report);
    return finding;
}

} // namespace

// The RMA, its Shopify return and its shipment tell different stories (law.md 5, columns Shopify
// return and shipment). Closes when the states fit.
void returnStatusDrift(const Context& context, Report& report)
{
    if (!hasKnownStatus(context, report))
        return;
    std::optional<Finding> worst;
    bool isOpen = false;
    for (const auto judgeColumn : {judgeReturn, judgeShipment}) {
        Drift drift;
        const Answer answer = judgeColumn(context, drift, report);
        isOpen = isOpen || answer == Answer::Open || answer == Answer::Waits;
        if (answer != Answer::Drifts)
            continue;
        std::optional<Finding> found = findingOf(context, drift, report);
        isOpen = isOpen || !found;
        if (found && (!worst || (worst->graceUntil && !found->graceUntil)))
            worst = std::move(found);
    }
    if (worst)
        report.found(std::move(*worst));
    else if (!isOpen)
        report.passes(Phrase("trace.return-status.fits"));
}

} // namespace counterfoil::rules
