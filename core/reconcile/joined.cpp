#include "core/reconcile/joined.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace counterfoil::reconcile {

using namespace domain;

namespace {

bool isDeadStatus(RmaStatus status)
{
    return status == RmaStatus::Rejected || status == RmaStatus::Canceled;
}

bool isReceivedStatus(RmaStatus status)
{
    return status == RmaStatus::Received || status == RmaStatus::Validated ||
           status == RmaStatus::Done;
}

bool isKeepItem(const RmaUnit& unit)
{
    return sameText(unit.returnMethodType, "No shipment required");
}

void matchLine(const CaseFacts& facts, const LineId& line, JoinedUnit& unit)
{
    if (!facts.order || !facts.order->lines) {
        unit.match = Match::Unread;
        return;
    }
    const std::vector<OrderLine>& lines = *facts.order->lines;
    if (!line.empty()) {
        const auto found = std::find_if(lines.begin(), lines.end(),
                                        [&](const OrderLine& row) { return row.id == line; });
        unit.match = found == lines.end() ? Match::Unmatched : Match::ById;
        if (found != lines.end())
            unit.line = static_cast<std::size_t>(found - lines.begin());
        return;
    }
    std::size_t hits = 0;
    for (std::size_t i = 0; i < lines.size() && !unit.sku.empty(); ++i) {
        if (lines[i].sku == unit.sku) {
            ++hits;
            unit.line = i;
        }
    }
    unit.match = hits == 1 ? Match::BySku : hits == 0 ? Match::Unmatched : Match::Ambiguous;
    if (hits != 1)
        unit.line = JoinedUnit::kNoLine;
}

/// Share of a verdict by the site's table; nullopt: damaged, and nobody said by whom.
std::optional<int> shareOf(UnitVerdict verdict, DamageCause cause, const CreditShares& shares)
{
    switch (verdict) {
    case UnitVerdict::AGrade:
        return shares.aGrade;
    case UnitVerdict::BGrade:
        return shares.bGrade;
    case UnitVerdict::WrongItem:
        return shares.wrongItem;
    case UnitVerdict::Missing:
        return shares.missing;
    case UnitVerdict::Damaged:
        if (cause == DamageCause::Transit)
            return shares.damagedTransit;
        if (cause == DamageCause::Buyer)
            return shares.damagedBuyer;
        return std::nullopt;
    }
    return std::nullopt;
}

/// What ReturnGO's validation says once somebody looked; both flags are false before that
/// (returngo.md 1.5), so only the date makes them count.
void applyValidation(const Validation& validation, JoinedUnit& unit)
{
    if (!validation.at)
        return;
    unit.isInspected = true;
    unit.inspectedAt = validation.at;
    if (validation.isReturned == false)
        unit.verdict = UnitVerdict::Missing;
    else if (validation.isRestockable == true)
        unit.verdict = UnitVerdict::AGrade;
    else if (validation.isRestockable == false)
        unit.verdict = UnitVerdict::Damaged;
}

void applyVerdict(const CaseFacts& facts, const Policy& policy, JoinedUnit& unit)
{
    if (unit.rma)
        applyValidation(unit.rma->validation, unit);
    const Inspection* newest = nullptr;
    for (const Inspection& row : facts.inspections) {
        if (row.unit == unit.id && (!newest || newest->at < row.at))
            newest = &row;
    }
    if (newest) {
        unit.verdict = newest->verdict;
        unit.cause = newest->cause;
        unit.isInspected = true;
        // A second look does not make a credit due later than the first one did.
        if (!unit.inspectedAt || newest->at < *unit.inspectedAt)
            unit.inspectedAt = newest->at;
        unit.isReceived = unit.isReceived || newest->verdict != UnitVerdict::Missing;
    }
    if (newest && newest->sharePercent)
        unit.share = std::clamp(*newest->sharePercent, 0, 100);
    else if (unit.verdict)
        unit.share = shareOf(*unit.verdict, unit.cause, policy.shares);
}

/// When goods counted as received; nullopt: not known.
std::optional<Instant> receivedAt(const CaseFacts& facts, const JoinedUnit& unit)
{
    if (!facts.rma)
        return unit.inspectedAt;
    if (facts.rma->receivedAt)
        return facts.rma->receivedAt;
    if (isReceivedStatus(facts.rma->status.value) && facts.rma->statusSince)
        return facts.rma->statusSince;
    return unit.inspectedAt;
}

void applyDue(const CaseFacts& facts, const Policy& policy, bool isDead, JoinedUnit& unit)
{
    if (isDead || unit.isExchange)
        return;
    if (unit.isKeepItem) {
        unit.isDue = facts.rma && (facts.rma->status.value == RmaStatus::Approved ||
                                   isReceivedStatus(facts.rma->status.value));
        unit.share = unit.share.value_or(100);
        if (unit.isDue)
            unit.dueSince = facts.rma->approvedAt ? facts.rma->approvedAt : facts.rma->statusSince;
        return;
    }
    const bool isDecided = unit.share.has_value();
    if (facts.rma && facts.rma->status.value == RmaStatus::Pending)
        return;
    unit.isDue = unit.isReceived && (isDecided || !policy.inspectionRequired);
    if (!unit.isDue)
        return;
    if (!isDecided)
        unit.share = 100;
    // Who inspected the piece had it before them: what is known of its receipt may be later only
    // because it was read later.
    unit.dueSince =
        policy.inspectionRequired && unit.inspectedAt ? unit.inspectedAt : receivedAt(facts, unit);
}

void addRmaUnits(const CaseFacts& facts, const Policy& policy, Joined& joined)
{
    for (const RmaUnit& row : facts.rma->units) {
        JoinedUnit unit;
        unit.id = row.id;
        unit.sku = row.sku;
        unit.rma = &row;
        unit.isExchange = row.hasExchange || row.resolution.value == Resolution::Exchange;
        unit.isKeepItem = isKeepItem(row);
        unit.isReceived = isReceivedUnit(*facts.rma, row);
        matchLine(facts, row.line, unit);
        applyVerdict(facts, policy, unit);
        applyDue(facts, policy, joined.isDead, unit);
        joined.units.push_back(std::move(unit));
    }
}

constexpr std::int64_t kUnitsOfALineMax = 100'000;

void addShopifyUnits(const CaseFacts& facts, const Policy& policy, Joined& joined)
{
    for (const ShopifyReturn* back : returnsOf(facts)) {
        for (const ShopifyReturnLine& line : back->lines) {
            const std::int64_t count = std::clamp<std::int64_t>(line.quantity, 0, kUnitsOfALineMax);
            for (std::int64_t i = 0; i < count; ++i) {
                JoinedUnit unit;
                unit.id = UnitId(fmt::format("{}#{}", line.id, i + 1));
                unit.isReceived = i < line.processedQuantity;
                matchLine(facts, line.line, unit);
                if (unit.hasLine())
                    unit.sku = (*facts.order->lines)[unit.line].sku;
                applyVerdict(facts, policy, unit);
                applyDue(facts, policy, joined.isDead, unit);
                joined.units.push_back(std::move(unit));
            }
        }
    }
}

void markCredited(const CaseFacts& facts, Joined& joined)
{
    std::set<UnitId> credited;
    for (const OwnAction& action : facts.actions) {
        if (action.kind == ActionKind::Credit && !isWithdrawn(action.state))
            credited.insert(action.units.begin(), action.units.end());
    }
    for (JoinedUnit& unit : joined.units)
        unit.isCredited = credited.count(unit.id) > 0;
}

bool rmaIdLess(const RmaId& a, const RmaId& b)
{
    // Numeric texts: the shorter number is the smaller one.
    return a.value.size() != b.value.size() ? a.value.size() < b.value.size() : a < b;
}

void groupLines(const CaseFacts& facts, Joined& joined)
{
    std::map<LineId, JoinedLine> lines;
    for (std::size_t i = 0; i < joined.units.size(); ++i) {
        if (!joined.units[i].hasLine())
            continue;
        const std::size_t at = joined.units[i].line;
        JoinedLine& line = lines[(*facts.order->lines)[at].id];
        line.line = at;
        line.units.push_back(i);
    }
    for (const SiblingUnit& sibling : facts.siblings) {
        const auto found = lines.find(sibling.line);
        if (found == lines.end() || isDeadStatus(sibling.rmaStatus.value))
            continue;
        ++found->second.siblingUnits;
        if (facts.rma && rmaIdLess(sibling.rma, facts.rma->id))
            ++found->second.siblingsBefore;
    }
    for (auto& [id, line] : lines)
        joined.lines.push_back(std::move(line));
}

void applyState(const CaseFacts& facts, Joined& joined)
{
    if (facts.rma) {
        const RmaStatus status = facts.rma->status.value;
        joined.isDead = isDeadStatus(status);
        joined.isOpen = !joined.isDead && status != RmaStatus::Done;
        joined.began = facts.rma->createdAt;
    }
    const std::vector<const ShopifyReturn*> returns = returnsOf(facts);
    if (!facts.rma && !returns.empty()) {
        joined.isDead = std::all_of(returns.begin(), returns.end(), [](const ShopifyReturn* back) {
            return back->status.value == ShopifyReturnStatus::Declined ||
                   back->status.value == ShopifyReturnStatus::Canceled;
        });
        joined.isOpen = std::any_of(returns.begin(), returns.end(), [](const ShopifyReturn* back) {
            return back->status.value == ShopifyReturnStatus::Open ||
                   back->status.value == ShopifyReturnStatus::Requested;
        });
    }
    if (joined.began)
        return;
    for (const ShopifyReturn* back : returns) {
        if (back->createdAt && (!joined.began || *back->createdAt < *joined.began))
            joined.began = back->createdAt;
    }
}

/// Whether @p text names the return as a word of its own: "B2B-1042-R1" is not in "B2B-1042-R12".
bool names(std::string_view text, std::string_view name)
{
    for (std::size_t at = text.find(name); at != std::string_view::npos;
         at = text.find(name, at + 1)) {
        const std::size_t end = at + name.size();
        if (end == text.size() || text[end] < '0' || text[end] > '9')
            return true;
    }
    return false;
}

} // namespace

bool JoinedUnit::isPassed() const
{
    return isInspected &&
           (!verdict || *verdict == UnitVerdict::AGrade || *verdict == UnitVerdict::BGrade);
}

bool isReceivedUnit(const Rma& rma, const RmaUnit& unit)
{
    std::size_t inbound = 0;
    const Shipment* own = nullptr;
    for (const Shipment& shipment : rma.shipments) {
        inbound += shipment.isOutbound ? 0U : 1U;
        if (!shipment.id.empty() && shipment.id == unit.shipmentId)
            own = &shipment;
    }
    const auto arrived = [](const Shipment& shipment) {
        return shipment.status.value == ShipmentStatus::Received ||
               shipment.status.value == ShipmentStatus::Validated;
    };
    if (isDeadStatus(rma.status.value) || rma.status.value == RmaStatus::Pending)
        return false;
    // Goods come in several parcels: what is still on its way is not received.
    if (own && inbound > 1 && rma.status.value != RmaStatus::Done)
        return arrived(*own);
    return isReceivedStatus(rma.status.value) || (own && arrived(*own));
}

std::vector<const ShopifyReturn*> returnsOf(const CaseFacts& facts)
{
    std::vector<const ShopifyReturn*> all;
    if (!facts.order || !facts.order->returns)
        return all;
    std::vector<const ShopifyReturn*> named;
    for (const ShopifyReturn& back : *facts.order->returns) {
        if (facts.kind == CaseKind::ShopifyReturn) {
            if (facts.id.value == "return:" + back.id.value)
                all.push_back(&back);
            continue;
        }
        if (facts.rma) {
            const bool isNamed = std::any_of(
                facts.rma->comments.begin(), facts.rma->comments.end(), [&](const RmaComment& c) {
                    return !back.name.empty() && names(c.text, back.name);
                });
            if (isNamed)
                named.push_back(&back);
            const auto touches = [&](const ShopifyReturnLine& line) {
                return std::any_of(facts.rma->units.begin(), facts.rma->units.end(),
                                   [&](const RmaUnit& u) { return u.line == line.line; });
            };
            if (!std::any_of(back.lines.begin(), back.lines.end(), touches))
                continue;
        }
        all.push_back(&back);
    }
    return named.empty() ? all : named;
}

Joined join(const CaseFacts& facts, const Policy& policy)
{
    Joined joined;
    applyState(facts, joined);
    if (facts.rma && facts.rma->hasDetail) {
        joined.hasUnits = true;
        addRmaUnits(facts, policy, joined);
    } else if (!facts.rma && facts.order && facts.order->returns) {
        joined.hasUnits = true;
        addShopifyUnits(facts, policy, joined);
    }
    std::sort(joined.units.begin(), joined.units.end(),
              [](const JoinedUnit& a, const JoinedUnit& b) { return a.id < b.id; });
    markCredited(facts, joined);
    groupLines(facts, joined);
    return joined;
}

} // namespace counterfoil::reconcile
