#include "core/sync/sparklayer_poller.h"

#include "core/base/check.h"
#include "core/base/text.h"

#include <algorithm>
#include <set>

namespace counterfoil::sync {

using domain::DocumentKind;
using domain::DocumentPage;

namespace {

constexpr const char* kPurchases = "sparklayer/purchases";
constexpr const char* kDetails = "sparklayer/purchase-details";
constexpr const char* kStock = "sparklayer/stock";
constexpr const char* kPrices = "sparklayer/prices";

constexpr auto kStockEvery = std::chrono::minutes(10);
constexpr auto kAbsentAgain = std::chrono::hours(24); ///< unless the list names it before
constexpr int kPagesMax = 40;                         ///< of one sweep: 20,000 purchases
constexpr std::size_t kSkusPerCall = 100;

void append(DocumentPage& whole, DocumentPage part)
{
    std::move(part.documents.begin(), part.documents.end(), std::back_inserter(whole.documents));
    std::move(part.setAside.begin(), part.setAside.end(), std::back_inserter(whole.setAside));
}

/// The credit of this case differs, and no price that we know of explains by how much.
bool isUnexplained(const domain::Judgement& judgement)
{
    return std::any_of(judgement.findings.begin(), judgement.findings.end(),
                       [](const domain::Finding& finding) {
                           return finding.type == domain::FindingType::CreditValueMismatch &&
                                  finding.causeCode.empty();
                       });
}

/// The answer "there is none", as a document: the judge may say so of this order from now on.
DocumentPage absentPurchase(const OrderId& order)
{
    DocumentPage page;
    domain::PageDocument document;
    document.kind = DocumentKind::Purchase;
    document.externalId = order.value;
    document.body = "null";
    document.keys.order = order;
    document.keys.status = decode::sparklayer::kAbsentStatus;
    page.documents.push_back(std::move(document));
    return page;
}

/// What a list or a price endpoint answers that this shop does not have.
bool isNotOffered(const Error& error)
{
    return error.code == ErrorCode::NotFound || error.code == ErrorCode::Invalid;
}

} // namespace

SparklayerPoller::SparklayerPoller(std::string site, const decode::SparklayerAdapter& adapter,
                                   const decode::ShopifyAdapter& shopify,
                                   platform::SparklayerClient& client, FactSink& sink, Clock& clock)
    : Poller(std::move(site), Platform::SparkLayer, sink, clock), m_adapter(adapter),
      m_history(std::chrono::hours(24 * shopify.historyDays)),
      m_cartAttribute(shopify.cartIdAttribute), m_paymentAttribute(shopify.paymentTypeAttribute),
      m_client(client)
{
    addLoop(kPurchases, adapter.purchasesDelta, [this] { return sweepPurchases(); });
    addLoop(kStock, kStockEvery, [this] { return sweepStock(); });
}

std::string SparklayerPoller::detailLoop() const
{
    return kDetails;
}

void SparklayerPoller::setQuarantined(std::vector<std::string> skus)
{
    m_quarantined = std::move(skus);
}

Task<Result<void>> SparklayerPoller::sweepPurchases()
{
    auto mark = markOf(kPurchases);
    if (!mark)
        co_return fail(mark.error());
    const Instant began = now();
    std::optional<Instant> since = began - m_history;
    if (const auto at = parseInstant(*mark); at && !mark->empty())
        since = *at - m_adapter.purchasesOverlap;
    std::int64_t offset = 0;
    for (int pages = 0;; ++pages) {
        auto list = co_await m_client.purchases(since, offset, Lane::Polling);
        if (!list)
            co_return fail(list.error());
        for (const auto& row : list->rows) {
            auto done = noteRow(row);
            if (!done)
                co_return done;
        }
        const bool isEnd = list->received < m_adapter.pageLimit || pages + 1 >= kPagesMax;
        offset += list->received;
        DocumentPage page;
        page.setAside = std::move(list->setAside);
        auto outcome = apply(kPurchases, std::move(page), std::nullopt, false);
        if (!outcome)
            co_return fail(outcome.error());
        if (isEnd) {
            // The list names purchases and has no lines: the sweep has ended when their details
            // were read, see settle().
            m_endedSweep = formatInstant(began);
            co_return Result<void>();
        }
    }
}

Result<void> SparklayerPoller::settle()
{
    // Details that failed are asked for again from the same mark.
    if (!m_endedSweep || queued() > 0 || hasUnread())
        return {};
    auto outcome = apply(kPurchases, DocumentPage(), *m_endedSweep, true);
    if (!outcome)
        return fail(outcome.error());
    m_endedSweep.reset();
    return {};
}

Result<OrderId> SparklayerPoller::orderOf(const decode::sparklayer::PurchaseRow& row)
{
    if (!row.order.empty() || row.visibleName.empty())
        return row.order;
    // No number of Shopify's: the order's name says whose it is (sparklayer.md 3.1).
    auto known = m_sink.findCase(m_site, row.visibleName);
    if (!known)
        return fail(known.error());
    if (!*known)
        return OrderId();
    auto facts = m_sink.loadCase(m_site, **known, now());
    if (!facts)
        return fail(facts.error());
    return *facts && (*facts)->order ? (*facts)->order->id : OrderId();
}

/// The list has no lines: the detail of a purchase is read when its order belongs to a case.
Result<void> SparklayerPoller::noteRow(const decode::sparklayer::PurchaseRow& row)
{
    const Result<OrderId> named = orderOf(row);
    if (!named)
        return fail(named.error());
    const OrderId& order = *named;
    if (order.empty())
        return {};
    const auto seen = m_seen.find(order.value);
    if (seen != m_seen.end() && row.updatedAt && *row.updatedAt <= seen->second)
        return {};
    auto known = m_sink.findCase(m_site, order.value);
    if (!known)
        return fail(known.error());
    if (!*known)
        return {};
    // Any order that we know has a name as a case; only a filed one is one.
    if ((*known)->value.rfind("order:", 0) == 0) {
        auto facts = m_sink.loadCase(m_site, **known, now());
        if (!facts)
            return fail(facts.error());
        if (!*facts || !(*facts)->isFiledBlocked)
            return {};
    }
    if (row.updatedAt)
        m_wanted[order.value] = *row.updatedAt;
    m_absentUntil.erase(order.value);
    enqueue("order:" + order.value);
    return {};
}

Task<Result<void>> SparklayerPoller::sweepStock()
{
    auto last = m_sink.watermark(m_site, kStock);
    if (!last)
        co_return fail(last.error());
    // With nothing to ask for, nothing was answered: only an old failure is over.
    if (m_quarantined.empty() && !(*last && (*last)->failingSince))
        co_return Result<void>();
    std::vector<std::string> skus = m_quarantined;
    Result<void> done = co_await readStock(std::move(skus), Lane::Polling);
    if (!done && isNotOffered(done.error()))
        co_return Result<void>(); // stock stays unread
    if (!done)
        co_return done;
    auto outcome = apply(kStock, DocumentPage(), std::nullopt, true);
    if (!outcome)
        co_return fail(outcome.error());
    co_return Result<void>();
}

Task<Result<void>> SparklayerPoller::readStock(std::vector<std::string> skus, Lane lane)
{
    for (std::size_t at = 0; at < skus.size(); at += kSkusPerCall) {
        const std::size_t end = std::min(skus.size(), at + kSkusPerCall);
        std::vector<std::string> some(skus.begin() + static_cast<std::ptrdiff_t>(at),
                                      skus.begin() + static_cast<std::ptrdiff_t>(end));
        auto page = co_await m_client.stock(std::move(some), lane);
        if (!page)
            co_return fail(page.error());
        auto outcome = apply(kStock, std::move(*page), std::nullopt, false);
        if (!outcome)
            co_return fail(outcome.error());
    }
    co_return Result<void>();
}

Result<std::vector<platform::PurchaseKey>> SparklayerPoller::otherKeys(const OrderId& order)
{
    std::vector<platform::PurchaseKey> keys;
    auto known = m_sink.findCase(m_site, order.value);
    if (!known)
        return fail(known.error());
    if (!*known)
        return keys;
    auto facts = m_sink.loadCase(m_site, **known, now());
    if (!facts)
        return fail(facts.error());
    if (!*facts || !(*facts)->order || (*facts)->order->id != order)
        return keys;
    const domain::Attribute* cart = (*facts)->order->attribute(m_cartAttribute);
    if (!cart && !(*facts)->order->attribute(m_paymentAttribute))
        return keys; // never went through SparkLayer (sparklayer.md 6.1)
    if (cart && !trimmed(cart->value).empty())
        keys.emplace_back("sparklayer", std::string(trimmed(cart->value)));
    // Whether the name keeps its leading '#' there is not known: both are asked for.
    const std::string name(trimmed((*facts)->order->name));
    if (name.empty())
        return keys;
    keys.emplace_back("visible", name);
    if (name.front() == '#' && name.size() > 1)
        keys.emplace_back("visible", name.substr(1));
    return keys;
}

/// @return false when SparkLayer has none under this key, or only another order's
Task<Result<bool>> SparklayerPoller::readPurchaseBy(platform::PurchaseKey key, OrderId order,
                                                    Lane lane)
{
    const bool isByNumber = key.lookupBy == "platform";
    auto purchase = co_await m_client.purchase(key, lane);
    if (!purchase) {
        // A cart's id that is no UUID is refused: SparkLayer does not know the order by it.
        const ErrorCode code = purchase.error().code;
        if (code == ErrorCode::NotFound || (!isByNumber && code == ErrorCode::Rejected))
            co_return false;
        co_return fail(purchase.error());
    }
    for (domain::PageDocument& row : purchase->documents) {
        if (!isByNumber && !row.keys.order.empty() && row.keys.order != order)
            co_return false;
        row.externalId = order.value;
        row.keys.order = order;
    }
    for (domain::SetAside& row : purchase->setAside)
        row.externalId = order.value;
    DocumentPage whole;
    append(whole, std::move(*purchase));
    auto transactions = co_await m_client.transactions(key, order, lane);
    if (!transactions)
        co_return fail(transactions.error());
    append(whole, std::move(*transactions));
    auto outcome = apply(kDetails, std::move(whole), std::nullopt, false);
    if (!outcome)
        co_return fail(outcome.error());
    co_return true;
}

Task<Result<void>> SparklayerPoller::readPurchase(OrderId order, Lane lane)
{
    platform::PurchaseKey first("platform", order.value);
    Result<bool> isFound = co_await readPurchaseBy(std::move(first), order, lane);
    if (isFound && !*isFound) {
        auto keys = otherKeys(order);
        if (!keys)
            co_return fail(keys.error());
        for (platform::PurchaseKey& key : *keys) {
            isFound = co_await readPurchaseBy(std::move(key), order, lane);
            if (!isFound || *isFound)
                break;
        }
    }
    if (!isFound)
        co_return fail(isFound.error());
    if (*isFound) {
        m_absentUntil.erase(order.value);
        if (const auto wanted = m_wanted.find(order.value); wanted != m_wanted.end())
            m_seen[order.value] = wanted->second;
        co_return Result<void>();
    }
    m_absentUntil[order.value] = now() + kAbsentAgain;
    auto outcome = apply(kDetails, absentPurchase(order), std::nullopt, false);
    if (!outcome)
        co_return fail(outcome.error());
    co_return Result<void>();
}

Task<Result<void>> SparklayerPoller::completeCase(CaseId caseId)
{
    auto facts = m_sink.loadCase(m_site, caseId, now());
    if (!facts)
        co_return fail(facts.error());
    if (!*facts)
        co_return Result<void>();
    // A payment may move no date of the purchase: what is known is read again once a day
    // (sparklayer.md 12).
    const bool isWhole = (*facts)->purchase && (*facts)->purchaseTransactions;
    if (isWhole && (*facts)->purchase->document.observedAt + m_adapter.fullSweep > now())
        co_return Result<void>();
    OrderId order = (*facts)->order ? (*facts)->order->id : OrderId();
    if (order.empty() && (*facts)->rma)
        order = (*facts)->rma->order;
    const auto absent = m_absentUntil.find(order.value);
    if (order.empty() || (absent != m_absentUntil.end() && now() < absent->second))
        co_return Result<void>();
    co_return co_await readPurchase(std::move(order), Lane::Polling);
}

Task<Result<void>> SparklayerPoller::explainPrices(CaseId caseId)
{
    auto judgement = m_sink.storedJudgement(m_site, caseId);
    if (!judgement)
        co_return fail(judgement.error());
    if (!*judgement || !isUnexplained(**judgement))
        co_return Result<void>();
    auto facts = m_sink.loadCase(m_site, caseId, now());
    if (!facts)
        co_return fail(facts.error());
    if (!*facts || !(*facts)->order || !(*facts)->order->lines || !(*facts)->rma ||
        (*facts)->order->customer.empty())
        co_return Result<void>();
    const CustomerId customer = (*facts)->order->customer;
    std::set<std::string> returned;
    for (const domain::RmaUnit& unit : (*facts)->rma->units)
        returned.insert(unit.sku);
    const std::vector<domain::OrderLine> lines = *(*facts)->order->lines;
    for (const domain::OrderLine& line : lines) {
        if (line.sku.empty() || returned.erase(line.sku) == 0)
            continue;
        std::vector<request::sparklayer::PricedLine> asked{{line.sku, line.quantity}};
        auto body = co_await m_client.customerPricing(customer, std::move(asked), Lane::Polling);
        if (!body && (body.error().code == ErrorCode::Rejected || isNotOffered(body.error())))
            continue; // no price list, or no such service: nothing to explain with
        if (!body)
            co_return fail(body.error());
        DocumentPage page;
        domain::PageDocument document;
        document.kind = DocumentKind::PriceExplanation;
        document.externalId = customer.value + "|" + line.sku;
        document.body = std::move(*body);
        document.keys.customer = customer;
        document.keys.sku = line.sku;
        page.documents.push_back(std::move(document));
        auto outcome = apply(kPrices, std::move(page), std::nullopt, false);
        if (!outcome)
            co_return fail(outcome.error());
    }
    co_return Result<void>();
}

Task<Result<void>> SparklayerPoller::readWork(Work work)
{
    if (work.key.rfind("order:", 0) == 0)
        return readPurchase(OrderId(work.key.substr(6)), Lane::Polling);
    if (work.key.rfind("prices:", 0) == 0)
        return explainPrices(CaseId(work.key.substr(7)));
    CF_CHECK(work.key.rfind("case:", 0) == 0);
    return completeCase(CaseId(work.key.substr(5)));
}

} // namespace counterfoil::sync
