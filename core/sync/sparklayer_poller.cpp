#include "core/sync/sparklayer_poller.h"

#include "core/base/check.h"

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

} // namespace

SparklayerPoller::SparklayerPoller(std::string site, const decode::SparklayerAdapter& adapter,
                                   std::int64_t historyDays, platform::SparklayerClient& client,
                                   FactSink& sink, Clock& clock)
    : Poller(std::move(site), Platform::SparkLayer, sink, clock), m_adapter(adapter),
      m_history(std::chrono::hours(24 * historyDays)), m_client(client)
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
    if (!m_endedSweep)
        return {};
    auto outcome = apply(kPurchases, DocumentPage(), *m_endedSweep, true);
    if (!outcome)
        return fail(outcome.error());
    m_endedSweep.reset();
    return {};
}

/// The list has no lines: the detail of a purchase is read when its order belongs to a case.
Result<void> SparklayerPoller::noteRow(const decode::sparklayer::PurchaseRow& row)
{
    if (row.order.empty())
        return {};
    const auto seen = m_seen.find(row.order.value);
    if (seen != m_seen.end() && row.updatedAt && *row.updatedAt <= seen->second)
        return {};
    auto known = m_sink.findCase(m_site, row.order.value);
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
        m_seen[row.order.value] = *row.updatedAt;
    m_absentUntil.erase(row.order.value);
    enqueue("order:" + row.order.value);
    return {};
}

Task<Result<void>> SparklayerPoller::sweepStock()
{
    std::vector<std::string> skus = m_quarantined;
    Result<void> done = co_await readStock(std::move(skus), Lane::Polling);
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

Task<Result<void>> SparklayerPoller::readPurchase(OrderId order, Lane lane)
{
    DocumentPage whole;
    auto purchase = co_await m_client.purchase(order, lane);
    if (!purchase && purchase.error().code != ErrorCode::NotFound)
        co_return fail(purchase.error());
    if (!purchase) {
        // Asked, and there is none. The sweep that ends after this says so to the judge.
        m_absentUntil[order.value] = now() + kAbsentAgain;
        co_return Result<void>();
    }
    m_absentUntil.erase(order.value);
    append(whole, std::move(*purchase));
    auto transactions = co_await m_client.transactions(order, lane);
    if (transactions)
        append(whole, std::move(*transactions));
    else if (transactions.error().code != ErrorCode::NotFound)
        co_return fail(transactions.error());
    auto outcome = apply(kDetails, std::move(whole), std::nullopt, false);
    if (!outcome)
        co_return fail(outcome.error());
    co_return Result<void>();
}

Task<Result<void>> SparklayerPoller::completeCase(CaseId caseId)
{
    auto facts = m_sink.loadCase(m_site, caseId, now());
    if (!facts)
        co_return fail(facts.error());
    if (!*facts || (*facts)->purchase)
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
        if (!body && body.error().code == ErrorCode::Rejected)
            continue; // a customer without a price list: nothing to explain with
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
