#include "core/actions/plan_parts.h"
#include "core/actions/writes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace counterfoil::actions {

namespace {

using domain::Phrase;
using parts::check;

LocationId destinationOf(domain::UnitVerdict verdict, const domain::Policy& policy)
{
    if (verdict == domain::UnitVerdict::AGrade)
        return LocationId(policy.destinationA);
    if (verdict == domain::UnitVerdict::BGrade)
        return LocationId(policy.destinationB);
    return {}; // damaged, wrong and missing pieces stay (law.md 4)
}

const domain::Inspection* inspectionOf(const domain::CaseFacts& facts, const UnitId& unit)
{
    for (const domain::Inspection& row : facts.inspections) {
        if (row.unit == unit)
            return &row;
    }
    return nullptr;
}

const domain::OrderLine* lineOf(const domain::CaseFacts& facts, const domain::RmaUnit& unit)
{
    if (!facts.order || !facts.order->lines)
        return nullptr;
    const domain::OrderLine* bySku = nullptr;
    int sameSku = 0;
    for (const domain::OrderLine& line : *facts.order->lines) {
        if (!unit.line.empty() && line.id == unit.line)
            return &line;
        if (unit.line.empty() && line.sku == unit.sku) {
            bySku = &line;
            ++sameSku;
        }
    }
    return sameSku == 1 ? bySku : nullptr;
}

bool isHeld(const domain::CaseFacts& facts, const UnitId& unit)
{
    return std::any_of(
        facts.actions.begin(), facts.actions.end(), [&unit](const domain::OwnAction& row) {
            return row.kind == domain::ActionKind::Release && !domain::isWithdrawn(row.state) &&
                   std::find(row.units.begin(), row.units.end(), unit) != row.units.end();
        });
}

const domain::StockLevel* levelAt(const domain::CaseFacts& facts, const InventoryItemId& item,
                                  const LocationId& location)
{
    for (const domain::StockLevel& row : facts.stock) {
        if (row.item == item && row.location == location)
            return &row;
    }
    return nullptr;
}

domain::LocationKind kindOf(const domain::Policy& policy, const LocationId& location)
{
    const auto found = policy.locations.find(location.value);
    return found == policy.locations.end() ? domain::LocationKind::Unlisted : found->second;
}

/// The quarantine that holds the item; the fullest where several do.
LocationId quarantineOf(const domain::CaseFacts& facts, const domain::Policy& policy,
                        const InventoryItemId& item)
{
    LocationId best;
    std::int64_t most = -1;
    for (const domain::StockLevel& row : facts.stock) {
        if (row.item != item || kindOf(policy, row.location) != domain::LocationKind::Quarantine)
            continue;
        if (row.available && *row.available > most) {
            most = *row.available;
            best = row.location;
        }
    }
    return best;
}

/// Pieces of a line that dispositions put into @p location; nullopt: returns not read, or none name
/// a disposition.
std::optional<std::int64_t> disposedInto(const domain::CaseFacts& facts, const LineId& line,
                                         const LocationId& location)
{
    if (!facts.order || !facts.order->returns)
        return std::nullopt;
    std::optional<std::int64_t> total;
    for (const domain::ShopifyReturn& row : *facts.order->returns) {
        for (const domain::Disposition& disposition : row.dispositions) {
            if (disposition.line != line ||
                disposition.type.value != domain::DispositionType::Restocked)
                continue;
            total = total.value_or(0);
            if (disposition.location == location)
                *total += disposition.quantity;
        }
    }
    return total;
}

void checkLevels(Plan& plan, const domain::CaseFacts& facts, const domain::Policy& policy)
{
    const domain::StockLevel* from = levelAt(facts, plan.item, plan.from);
    const domain::StockLevel* to = levelAt(facts, plan.item, plan.to);
    const bool isRead = from != nullptr && from->available && to != nullptr && to->available;
    check(plan, isRead, Phrase("check.levels-read"), Phrase("refuse.levels-unread"));
    check(plan, kindOf(policy, plan.from) == domain::LocationKind::Quarantine,
          Phrase("check.from-quarantine"), Phrase("refuse.not-quarantine"));
    const domain::LocationKind target = kindOf(policy, plan.to);
    check(plan, target == domain::LocationKind::Sellable || target == domain::LocationKind::Outlet,
          Phrase("check.to-listed"), Phrase("refuse.no-destination"));
    if (!isRead)
        return;
    check(plan, from->isTracked && to->isTracked, Phrase("check.tracked"),
          Phrase("refuse.untracked"));
    check(plan, to->isActive, Phrase("check.target-active"), Phrase("refuse.target-inactive"));
    check(plan, *from->available >= plan.quantity, Phrase("check.enough-in-quarantine"),
          Phrase("refuse.too-few-in-quarantine"),
          fmt::format("{} of {}", plan.quantity, *from->available));
    plan.bound["level.quarantine"] = std::to_string(*from->available);
    plan.predictions.push_back({Platform::Shopify, "quarantine-level",
                                std::to_string(*from->available),
                                std::to_string(*from->available - plan.quantity), false});
    plan.predictions.push_back({Platform::Shopify, "sellable-level", std::to_string(*to->available),
                                std::to_string(*to->available + plan.quantity), true});
}

void checkInQuarantine(Plan& plan, const domain::CaseFacts& facts)
{
    std::map<LineId, std::int64_t> perLine;
    for (const PlanUnit& unit : plan.units)
        ++perLine[unit.line];
    bool isThere = true;
    for (const auto& [line, units] : perLine) {
        const std::optional<std::int64_t> there = disposedInto(facts, line, plan.from);
        isThere = isThere && (!there || *there >= units);
    }
    check(plan, isThere, Phrase("check.lot-in-quarantine"), Phrase("refuse.not-in-quarantine"));
}

} // namespace

std::vector<ReleaseChoice> releaseChoices(const domain::CaseFacts& facts,
                                          const domain::Policy& policy)
{
    std::map<std::tuple<std::string, LocationId, LocationId>, ReleaseChoice> choices;
    if (!facts.rma || !facts.order)
        return {};
    for (const domain::RmaUnit& unit : facts.rma->units) {
        const domain::Inspection* inspection = inspectionOf(facts, unit.id);
        const domain::OrderLine* line = lineOf(facts, unit);
        if (inspection == nullptr || line == nullptr || isHeld(facts, unit.id))
            continue;
        const LocationId to = destinationOf(inspection->verdict, policy);
        const LocationId from = quarantineOf(facts, policy, line->inventoryItem);
        if (to.empty() || from.empty())
            continue;
        ReleaseChoice& choice = choices[{line->sku, from, to}];
        choice.sku = line->sku;
        choice.item = line->inventoryItem;
        choice.from = from;
        choice.to = to;
        PlanUnit row;
        row.unit = unit.id;
        row.line = line->id;
        row.sku = line->sku;
        row.verdict = std::string(verdictWord(inspection->verdict));
        row.invoicedGross = line->discountedUnit.presentment;
        row.net = row.tax = row.gross = money::Money::zero(facts.order->currency);
        choice.units.push_back(std::move(row));
    }
    std::vector<ReleaseChoice> list;
    for (auto& [key, choice] : choices)
        list.push_back(std::move(choice));
    return list;
}

Plan planRelease(const domain::CaseFacts& facts, const domain::Policy& policy,
                 const ReleaseChoice& choice, const PlanContext& context)
{
    Plan plan;
    plan.kind = domain::ActionKind::Release;
    plan.units = choice.units;
    std::sort(plan.units.begin(), plan.units.end(),
              [](const PlanUnit& a, const PlanUnit& b) { return a.unit < b.unit; });
    plan.sku = choice.sku;
    plan.item = choice.item;
    plan.from = choice.from;
    plan.to = choice.to;
    plan.quantity = static_cast<std::int64_t>(choice.units.size());
    const money::Currency currency = facts.order ? facts.order->currency : money::Currency();
    plan.net = plan.tax = plan.gross = plan.forecast = plan.notDue = money::Money::zero(currency);
    parts::fillHead(plan, facts, "stock|" + choice.from.value + "|" + choice.to.value);
    check(plan, !plan.units.empty(), Phrase("check.units-inspected"),
          Phrase("refuse.nothing-to-release"), std::to_string(plan.units.size()));
    parts::checkUnknownWords(plan, facts);
    parts::checkUnitsFree(plan, facts);
    const bool isAllowed =
        std::all_of(plan.units.begin(), plan.units.end(), [&](const PlanUnit& unit) {
            const domain::Inspection* inspection = inspectionOf(facts, unit.unit);
            return inspection != nullptr && destinationOf(inspection->verdict, policy) == plan.to;
        });
    check(plan, isAllowed, Phrase("check.units-have-verdict"),
          Phrase("refuse.unit-without-verdict").with("units", ""));
    checkLevels(plan, facts, policy);
    checkInQuarantine(plan, facts);
    check(plan, context.isProved, Phrase("check.proved"), Phrase("refuse.proof-missing"));
    money::Money value = money::Money::zero(currency);
    for (const PlanUnit& unit : plan.units) {
        plan.bound["unit." + unit.unit.value] = unit.line.value + " " + unit.verdict;
        const Result<money::Money> next = value.plus(unit.invoicedGross);
        if (next)
            value = *next;
    }
    plan.constraints = {"target-active", "quarantine-holds-enough"};
    plan.need.shopMinor = parts::shopMinor(facts, value).value_or(value.minor());
    plan.need.isExactInTwo = true;
    plan.sideEffects = {Phrase("effect.becomes-sellable"), Phrase("effect.sparklayer-follows")};
    plan.notSent = {Phrase("not-sent.sparklayer-stock")};
    PlannedCall call;
    call.label = "shopify ReleaseStock";
    call.platform = Platform::Shopify;
    call.readAtSend = {"quarantine level"};
    const domain::StockLevel* from = levelAt(facts, plan.item, plan.from);
    if (from != nullptr && from->available) {
        const Result<request::PreparedRequest> write =
            releaseWrite(plan, actionIdOf(plan), *from->available, context);
        if (write) {
            call.method = write->method;
            call.path = write->path;
            call.body = write->body;
        }
    }
    plan.calls.push_back(std::move(call));
    parts::fillSteps(plan, facts, policy, context, 3);
    return plan;
}

Plan planSetPo(const domain::CaseFacts& facts, const domain::Policy& policy,
               const std::string& poNumber, const PlanContext& context)
{
    Plan plan;
    plan.kind = domain::ActionKind::SetPo;
    plan.poAfter = poNumber;
    plan.poBefore = facts.order ? facts.order->poNumber : std::string();
    const money::Currency currency = facts.order ? facts.order->currency : money::Currency();
    plan.net = plan.tax = plan.gross = plan.forecast = plan.notDue = money::Money::zero(currency);
    parts::fillHead(plan, facts, "po|" + plan.poBefore + "|" + plan.poAfter);
    check(plan, facts.order.has_value(), Phrase("check.order-read"), Phrase("refuse.order-unread"));
    // Shopify refuses longer ones; 255 is the limit of its short texts.
    check(plan, !poNumber.empty() && poNumber.size() <= 255, Phrase("check.po-given"),
          Phrase("refuse.po-empty"));
    check(plan, poNumber != plan.poBefore, Phrase("check.po-differs"), Phrase("refuse.po-same"));
    check(plan, context.isProved, Phrase("check.proved"), Phrase("refuse.proof-missing"));
    plan.bound["po"] = plan.poBefore;
    plan.predictions.push_back({Platform::Shopify, "po", plan.poBefore, plan.poAfter, false});
    plan.need.isExactInTwo = true;
    plan.sideEffects = {Phrase("effect.po-only")};
    plan.notSent = {Phrase("not-sent.note-and-attributes")};
    PlannedCall call;
    call.label = "shopify SetPo";
    call.platform = Platform::Shopify;
    const Result<request::PreparedRequest> write = poWrite(plan, context);
    if (write) {
        call.method = write->method;
        call.path = write->path;
        call.body = write->body;
    }
    plan.calls.push_back(std::move(call));
    parts::fillSteps(plan, facts, policy, context, -1);
    return plan;
}

} // namespace counterfoil::actions
