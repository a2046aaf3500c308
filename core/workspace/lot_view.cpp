#include "core/workspace/lot_view.h"

#include "core/workspace/comparison_view.h"
#include "core/workspace/sheet_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace counterfoil::workspace {

namespace {

/// A release of ours took the unit out, or may have.
bool hasLeft(const domain::CaseFacts& facts, const UnitId& unit)
{
    return std::any_of(
        facts.actions.begin(), facts.actions.end(), [&unit](const domain::OwnAction& row) {
            return row.kind == domain::ActionKind::Release &&
                   domain::mayHaveTakenEffect(row.state) &&
                   std::find(row.units.begin(), row.units.end(), unit) != row.units.end();
        });
}

/// Invoiced gross value of the lot's units, or nullopt where one of them has no known value.
std::optional<money::Money> valueOf(const reconcile::ExpectedCredit& expected,
                                    const view::LotView& lot)
{
    money::Money sum = money::Money::zero(expected.currency);
    for (const view::InspectionUnit& unit : lot.rows) {
        const auto found = std::find_if(
            expected.units.begin(), expected.units.end(),
            [&unit](const reconcile::UnitCredit& row) { return row.unit == unit.unit; });
        const auto next =
            found == expected.units.end() ? std::nullopt : std::optional(sum.plus(found->valueMax));
        if (!next || !*next)
            return std::nullopt;
        sum = **next;
    }
    return sum;
}

/// Where Shopify says that this SKU of the return was put; the site's only quarantine where it does
/// not say; empty: not known.
std::string locationOf(const domain::CaseFacts& facts, const domain::Policy& policy,
                       const std::string& sku, const SiteContext& sites)
{
    for (const domain::ShopifyReturn* row : reconcile::returnsOf(facts)) {
        for (const domain::Disposition& one : row->dispositions) {
            if (one.location.empty() || !facts.order || !facts.order->lines)
                continue;
            for (const domain::OrderLine& line : *facts.order->lines) {
                if (line.id == one.line && line.sku == sku)
                    return sites.locationName(one.location.value);
            }
        }
    }
    std::string only;
    for (const auto& [gid, kind] : policy.locations) {
        if (kind != domain::LocationKind::Quarantine)
            continue;
        if (!only.empty())
            return {};
        only = gid;
    }
    return only.empty() ? std::string() : sites.locationName(only);
}

} // namespace

std::vector<view::LotView> lotsOf(const domain::CaseFacts& facts, const SiteContext& sites)
{
    std::vector<view::LotView> out;
    const SiteConfig* site = sites.site(facts.site.value);
    if (!site || !facts.rma || !facts.rma->hasDetail)
        return out;
    const domain::RmaStatus status = facts.rma->status.value;
    if (status != domain::RmaStatus::Received && status != domain::RmaStatus::Validated &&
        status != domain::RmaStatus::Done)
        return out;
    const CasePicture picture = pictureOf(facts, site->site.policy);
    std::map<std::string, view::LotView> lots;
    for (const domain::RmaUnit& unit : facts.rma->units) {
        if (hasLeft(facts, unit.id))
            continue;
        view::LotView& lot = lots[unit.sku];
        lot.sku = unit.sku;
        lot.title = unit.title;
        view::InspectionUnit row;
        row.unit = unit.id;
        row.ordinal = ++lot.units;
        row.sku = unit.sku;
        row.title = unit.title;
        const auto found =
            std::find_if(facts.inspections.begin(), facts.inspections.end(),
                         [&](const domain::Inspection& item) { return item.unit == unit.id; });
        if (found != facts.inspections.end()) {
            row.verdict = found->verdict;
            row.cause = found->cause;
            row.note = found->note;
            row.person = sites.personName(found->person.value);
            row.at = localTime(found->at, sites.zone(facts.site.value));
            ++lot.counts[found->verdict];
        } else {
            ++lot.toDo;
        }
        lot.rows.push_back(std::move(row));
    }
    for (auto& [sku, lot] : lots) {
        lot.id = fmt::format("Q-{}-{}", facts.rma->id.value, sku);
        lot.site = facts.site.value;
        lot.caseId = facts.id;
        lot.rma = facts.rma->id.value;
        lot.customer = customerName(facts);
        lot.since = facts.rma->receivedAt;
        lot.value = valueOf(picture.expected, lot);
        lot.location = locationOf(facts, site->site.policy, lot.sku, sites);
        lot.stage = lot.toDo == lot.units ? "not-inspected"
                    : lot.toDo > 0        ? "part-inspected"
                                          : "ready";
        out.push_back(std::move(lot));
    }
    return out;
}

} // namespace counterfoil::workspace
