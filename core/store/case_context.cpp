#include "core/store/case_loader.h"

#include "core/base/text.h"
#include "core/decode/shopify.h"
#include "core/decode/sparklayer.h"
#include "core/store/bulk/packing.h"

#include <algorithm>

namespace counterfoil::store {

using domain::CaseKind;
using domain::DocumentKind;

namespace {

constexpr std::size_t kOrderHintsMax = 10;
constexpr std::int64_t kOrderHintsRead = 20;
constexpr std::string_view kReserveSuffix = "/reserve";
/// Set-aside records that a case is shown.
constexpr int kSetAsideMax = 20;

/// The price of a SKU at a quantity: the row with the highest break that the quantity reaches.
const decode::sparklayer::PriceRow* priceAt(const std::vector<decode::sparklayer::PriceRow>& rows,
                                            const std::string& sku, std::int64_t quantity)
{
    const decode::sparklayer::PriceRow* best = nullptr;
    for (const auto& row : rows) {
        if (row.sku != sku || !row.netUnitMinor || row.fromQuantity > quantity)
            continue;
        if (!best || row.fromQuantity > best->fromQuantity)
            best = &row;
    }
    return best;
}

} // namespace

Result<void> CaseLoader::loadHints(Facts& facts, const std::string& customer)
{
    if (customer.empty())
        return {};
    const std::string own = facts.order ? facts.order->id.value : std::string();
    CF_LET(rows, m_store.facts->rows("select external_id from document where site = ? and "
                                     "customer_id = ? and kind = 'order' order by rank desc "
                                     "limit ?",
                                     {m_site, customer, kOrderHintsRead}));
    for (const Row& row : rows) {
        if (row.text(0) != own)
            CF_TRY(loadHint(facts, row.text(0)));
    }
    // Numbers mostly grow with time; imported orders are the exception (shopify.md 9).
    std::stable_sort(facts.recentOrders.begin(), facts.recentOrders.end(),
                     [](const domain::OrderHint& a, const domain::OrderHint& b) {
                         return b.createdAt < a.createdAt;
                     });
    facts.recentOrders.resize(std::min<std::size_t>(facts.recentOrders.size(), kOrderHintsMax));
    if (!facts.order || !facts.order->lines)
        return {};
    for (const domain::OrderLine& line : *facts.order->lines) {
        if (!line.sku.empty())
            CF_TRY(loadPrice(facts, customer, line));
    }
    return {};
}

Result<void> CaseLoader::loadHint(Facts& facts, const std::string& order)
{
    CF_LET(rows, documents("order_id = ? and kind in ('order','purchase')", {order}));
    const auto found = std::find_if(rows.begin(), rows.end(), [](const DocumentRow& row) {
        return row.ref.kind == DocumentKind::Order;
    });
    if (found == rows.end())
        return {};
    domain::OrderHint hint;
    hint.id = OrderId(order);
    hint.hasPo = std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.hasPo; });
    CF_LET(kept, decoded<domain::Order>(*found, [&](std::string_view doc) {
               domain::Order head;
               const auto done =
                   decode::shopify::applyOrderHead(doc, m_context.adapters.shopify, head);
               return done.map([&] { return head; });
           }));
    if (kept->problem.empty()) {
        hint.createdAt = kept->value.createdAt;
        if (kept->value.currentTotal)
            hint.total = kept->value.currentTotal->presentment;
    }
    facts.recentOrders.push_back(std::move(hint));
    return {};
}

Result<void> CaseLoader::loadPrice(Facts& facts, const std::string& customer,
                                   const domain::OrderLine& line)
{
    const std::string id = customer + "|" + line.sku;
    CF_LET(rows, documents("kind = 'price-explanation' and external_id = ?", {id}));
    if (rows.empty())
        return {};
    CF_LET(bytes, body(rows.front()));
    domain::PriceHints hints;
    if (const auto list = decode::sparklayer::calculatedPrices(bytes)) {
        if (const auto* price = priceAt(*list, line.sku, line.quantity))
            hints.tradeListToday = price->netUnitMinor;
    }
    if (const auto prices = decode::sparklayer::customerPrices(bytes, facts.order->currency)) {
        if (const auto* price = priceAt(*prices, line.sku, line.quantity))
            hints.customerToday = price->netUnitMinor;
        if (const auto* single = priceAt(*prices, line.sku, 1))
            hints.singleUnitBreak = single->netUnitMinor;
    }
    if (facts.order->createdAt) {
        CF_LET(kept, m_store.ledger->row("select body from price_snapshot where site = ? and "
                                         "external_id = ? and at <= ? order by at desc limit 1",
                                         {m_site, id, *facts.order->createdAt}));
        if (kept) {
            CF_LET(old, bulk::unpack(kept->text(0)));
            if (const auto list = decode::sparklayer::calculatedPrices(old)) {
                if (const auto* price = priceAt(*list, line.sku, line.quantity))
                    hints.tradeListAtOrder = price->netUnitMinor;
            }
        }
    }
    facts.priceHints[line.sku] = hints;
    return {};
}

Result<void> CaseLoader::loadLedger(Facts& facts)
{
    Connection& ledger = *m_store.ledger;
    if (facts.rma) {
        CF_LET(rows, ledger.rows("select unit_id, verdict, cause, share_percent, reason, note, "
                                 "person, at from inspection where site = ? and rma_id = ? "
                                 "order by id",
                                 {m_site, facts.rma->id.value}));
        for (const Row& row : rows) {
            domain::Inspection entry;
            entry.rma = facts.rma->id;
            entry.unit = UnitId(row.text(0));
            entry.verdict = static_cast<domain::UnitVerdict>(row.integer(1));
            entry.cause = static_cast<domain::DamageCause>(row.integer(2));
            if (!row.isNull(3))
                entry.sharePercent = static_cast<int>(row.integer(3));
            entry.reason = row.text(4);
            entry.note = row.text(5);
            entry.person = PersonId(row.text(6));
            entry.at = row.instant(7);
            std::erase_if(facts.inspections,
                          [&](const auto& known) { return known.unit == entry.unit; });
            facts.inspections.push_back(std::move(entry));
        }
    }
    CF_LET(actions, ledger.rows("select body from action where site = ? and case_id = ? "
                                "order by created_at, id",
                                {m_site, facts.id.value}));
    for (const Row& row : actions) {
        CF_LET(record, actionFromText(row.text(0)));
        facts.actions.push_back(record.head);
    }
    CF_LET(claims, ledger.rows("select finding_id, step, person, at, reason from claim "
                               "where site = ? and case_id = ? order by id",
                               {m_site, facts.id.value}));
    for (const Row& row : claims) {
        if (row.text(1) == kFiledBlockedStep)
            facts.isFiledBlocked = true;
        facts.claims.push_back({FindingId(row.text(0)), row.text(1), PersonId(row.text(2)),
                                row.instant(3), row.text(4)});
    }
    return {};
}

Result<void> CaseLoader::loadFeeds(Facts& facts)
{
    CF_LET(rows, m_store.facts->rows(
                     "select loop, platform, mark, last_success, previous_success, failing_since, "
                     "last_error from watermark where site = ? order by loop",
                     {m_site}));
    std::map<Platform, std::optional<Instant>> transactionSweep;
    for (const Row& row : rows) {
        const Platform platform = platformFromWord(row.text(1)).value_or(Platform::None);
        domain::FeedState& feed = facts.feeds[platform];
        const std::string& loop = row.text(0);
        if (std::string_view(loop).ends_with(kReserveSuffix)) {
            if (const auto at = parseInstant(row.text(2)))
                feed.reserveRunsOutAt = *at;
            continue;
        }
        const std::optional<Instant> success = row.maybeInstant(3);
        const std::optional<Instant> previous = row.maybeInstant(4);
        const std::optional<Instant> failing = row.maybeInstant(5);
        if (success && (!feed.lastSuccess || *success > *feed.lastSuccess))
            feed.lastSuccess = success;
        if (loop.find("transactions") != std::string::npos)
            transactionSweep[platform] = previous;
        else if (previous && (!feed.previousSuccess || *previous > *feed.previousSuccess))
            feed.previousSuccess = previous;
        if (failing && (!feed.failingSince || *failing < *feed.failingSince)) {
            feed.failingSince = failing;
            feed.lastErrorWord = row.text(6).substr(0, row.text(6).find(':'));
        }
        if (std::string_view(row.text(6)).starts_with(errorWord(ErrorCode::Unauthorised)))
            feed.isAccessRefused = true;
    }
    // A loop that fails holds its platform back, however well the others read.
    for (const Row& row : rows) {
        const std::optional<Instant> success = row.maybeInstant(3);
        const Platform platform = platformFromWord(row.text(1)).value_or(Platform::None);
        domain::FeedState& feed = facts.feeds[platform];
        if (!row.isNull(5) && success && feed.lastSuccess && *success < *feed.lastSuccess)
            feed.lastSuccess = success;
    }
    // "Two transaction sweeps passed" (law.md 10) means that loop, where a platform has one.
    for (const auto& [platform, previous] : transactionSweep)
        facts.feeds[platform].previousSuccess = previous;
    return {};
}

Result<void> CaseLoader::loadSetAside(Facts& facts, Platform platform)
{
    CF_LET(rows, m_store.facts->rows("select kind, external_id, reason, at from set_aside "
                                     "where site = ? and platform = ? "
                                     "order by kind, external_id, reason limit ?",
                                     {m_site, platformWord(platform), kSetAsideMax}));
    for (const Row& row : rows) {
        const auto kind = documentKindFromWord(row.text(0)).value_or(DocumentKind::Order);
        facts.unknowns.push_back(
            {{platform, kind, row.text(1), 0, row.instant(3)},
             row.text(1).empty() ? row.text(0) : row.text(0) + " " + row.text(1),
             row.text(2)});
    }
    return {};
}

CaseKind caseKind(const std::string& caseId)
{
    const std::string_view prefix = std::string_view(caseId).substr(0, caseId.find(':'));
    if (prefix == "return")
        return CaseKind::ShopifyReturn;
    if (prefix == "order")
        return CaseKind::Order;
    if (prefix == "feed")
        return CaseKind::Feed;
    return CaseKind::Rma;
}

std::string caseSubject(const std::string& caseId)
{
    const std::size_t cut = caseId.find(':');
    return cut == std::string::npos ? std::string() : caseId.substr(cut + 1);
}

namespace {

std::string poOf(const domain::CaseFacts& facts, const domain::Policy& policy)
{
    if (facts.order && !trimmed(facts.order->poNumber).empty())
        return std::string(trimmed(facts.order->poNumber));
    if (facts.purchase && !trimmed(facts.purchase->customerReference).empty())
        return std::string(trimmed(facts.purchase->customerReference));
    if (facts.order) {
        for (const std::string& key : policy.poAttributeKeys) {
            const domain::Attribute* attribute = facts.order->attribute(key);
            if (attribute && !trimmed(attribute->value).empty())
                return std::string(trimmed(attribute->value));
        }
    }
    return facts.draft ? std::string(trimmed(facts.draft->poNumber)) : std::string();
}

std::string_view paymentWord(domain::PaymentMethod method)
{
    switch (method) {
    case domain::PaymentMethod::Account:
        return "account";
    case domain::PaymentMethod::Invoice:
        return "invoice";
    case domain::PaymentMethod::Card:
        return "card";
    case domain::PaymentMethod::Quote:
        return "quote";
    case domain::PaymentMethod::Other:
        return "other";
    case domain::PaymentMethod::Unknown:
        break;
    }
    return "";
}

} // namespace

CaseRow caseRow(const domain::CaseFacts& facts, const domain::Policy& policy)
{
    CaseRow row;
    if (facts.rma) {
        row.rma = facts.rma->id.value;
        row.rmaStatus = facts.rma->status.raw;
        row.orderName = facts.rma->orderName;
        row.order = facts.rma->order.value;
    }
    if (facts.order) {
        row.order = facts.order->id.value;
        if (!facts.order->name.empty())
            row.orderName = facts.order->name;
        row.customer = facts.order->companyName;
    } else if (facts.draft) {
        row.orderName = facts.draft->name;
        if (!facts.draft->order.empty())
            row.order = facts.draft->order.value; // its order will be read: this case waits for it
    }
    if (facts.account) {
        if (row.customer.empty())
            row.customer = facts.account->companyName;
        row.customerNote = facts.account->netTerms;
    }
    row.po = poOf(facts, policy);
    if (facts.purchase)
        row.paymentWord = paymentWord(facts.purchase->paymentMethod.value);
    return row;
}

} // namespace counterfoil::store
