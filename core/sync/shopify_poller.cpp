#include "core/sync/shopify_poller.h"

#include "core/sync/shopify_marks.h"

#include "core/base/check.h"
#include "core/decode/shopify.h"
#include "core/request/shopify.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

namespace counterfoil::sync {

using domain::DocumentKind;
using domain::DocumentPage;

namespace {

constexpr const char* kSetup = "shopify/setup";
constexpr const char* kReturns = "shopify/open-returns";
constexpr const char* kAccountOrders = "shopify/open-account-orders";
constexpr const char* kDrafts = "shopify/drafts";
constexpr const char* kQuarantine = "shopify/quarantine-stock";
constexpr const char* kOtherStock = "shopify/other-stock";
constexpr const char* kCases = "shopify/case-reread";
constexpr const char* kDetails = "shopify/case-details";

constexpr auto kSetupEvery = std::chrono::hours(6);
constexpr auto kFullLookEvery = std::chrono::hours(1); ///< whether the full sweep is due
constexpr auto kOtherStockEvery = std::chrono::minutes(15);
constexpr auto kCasesEvery = std::chrono::minutes(5);
constexpr auto kOrderAgeMax = std::chrono::hours(1);
constexpr auto kAccountAgeMax = std::chrono::minutes(15);
constexpr int kPagesMax = 2000; ///< of one sweep: 80,000 orders
constexpr int kStockPagesMax = 400;
constexpr std::array<DocumentKind, 4> kParts{DocumentKind::OrderLines, DocumentKind::OrderMoney,
                                             DocumentKind::OrderReturns,
                                             DocumentKind::OrderAgreements};

void append(DocumentPage& whole, DocumentPage part)
{
    std::move(part.documents.begin(), part.documents.end(), std::back_inserter(whole.documents));
    std::move(part.setAside.begin(), part.setAside.end(), std::back_inserter(whole.setAside));
}

bool isOpenCase(const domain::CaseFacts& facts)
{
    using domain::RmaStatus;
    if (facts.order && hasOpenReturn(*facts.order))
        return true;
    if (!facts.rma)
        return facts.kind == domain::CaseKind::ShopifyReturn;
    const RmaStatus status = facts.rma->status.value;
    return status == RmaStatus::Pending || status == RmaStatus::Approved ||
           status == RmaStatus::Received || status == RmaStatus::Validated;
}

OrderId orderOf(const domain::CaseFacts& facts)
{
    if (facts.order && !facts.order->id.empty())
        return facts.order->id;
    if (facts.draft && !facts.draft->order.empty())
        return facts.draft->order; // a return that named the draft follows it
    return facts.rma ? facts.rma->order : OrderId();
}

bool hasAllParts(const domain::Order& order)
{
    return order.head.version > 0 && order.lines && order.transactions && order.returns &&
           order.agreements;
}

/// A scope that our key lacks closes one part of an order, not the others (shopify.md 3.1).
bool isDeniedPart(const Error& error)
{
    return error.code == ErrorCode::Unauthorised && error.httpStatus == 200;
}

bool isLast(const DocumentPage& page, const std::string& cursor, int pages, int pagesMax)
{
    return !page.hasNextPage || page.endCursor.empty() || page.endCursor == cursor ||
           pages + 1 >= pagesMax;
}

} // namespace

ShopifyPoller::ShopifyPoller(const SiteSetup& setup, platform::ShopifyClient& client,
                             FactSink& sink, Clock& clock, CrossRead& cross)
    : Poller(setup.site, Platform::Shopify, sink, clock), m_setup(setup), m_client(client),
      m_cross(cross), m_openReturns(setup.shopify.adapter.returnsSweep)
{
    const decode::ShopifyAdapter& adapter = setup.shopify.adapter;
    addLoop(kOrders, adapter.ordersDelta, [this] { return sweepOrders(); });
    addLoop(kReturns, adapter.returnsSweep, [this] {
        return sweepSearch(kReturns, request::shopify::openReturns(), std::string(), false);
    });
    addLoop(kAccountOrders, adapter.openAccountOrders, [this] {
        return sweepSearch(kAccountOrders, request::shopify::openAccountOrders(std::string()),
                           std::string(), false);
    });
    addLoop(kDrafts, adapter.drafts, [this] { return sweepDrafts(); });
    addLoop(kQuarantine, adapter.quarantineStock, [this] { return sweepQuarantine(); });
    addLoop(kOtherStock, kOtherStockEvery, [this] { return sweepOtherStock(); });
    addLoop(kSetup, kSetupEvery, [this] { return readSetup(); });
    addLoop(kCases, kCasesEvery, [this] { return rereadCases(); });
    addLoop(kFull, kFullLookEvery, [this] { return sweepAll(); });
}

std::string ShopifyPoller::detailLoop() const
{
    return kDetails;
}

void ShopifyPoller::take(const store::PageOutcome& outcome)
{
    for (const RmaId& rma : outcome.rmasToDetail)
        m_cross.rmaDue(rma);
    for (const OrderId& order : outcome.ordersToDetail)
        m_cross.orderMoved(order);
}

Task<Result<void>> ShopifyPoller::readSetup()
{
    auto page = co_await m_client.setup(Lane::Polling);
    if (!page)
        co_return fail(page.error());
    auto outcome = apply(kSetup, std::move(*page), std::nullopt, true);
    if (!outcome)
        co_return fail(outcome.error());
    co_return Result<void>();
}

Task<Result<void>> ShopifyPoller::sweepOrders()
{
    auto mark = markOf(kOrders);
    if (!mark)
        co_return fail(mark.error());
    const decode::ShopifyAdapter& adapter = m_setup.shopify.adapter;
    const auto at = parseInstant(*mark);
    if (mark->empty() || !at)
        co_return co_await firstLoad(now() - std::chrono::hours(24 * adapter.historyDays));
    std::string search = request::shopify::updatedSince(*at - adapter.ordersOverlap);
    co_return co_await sweepSearch(kOrders, std::move(search), *mark, true);
}

/// Loop G: everything once a day, which repairs what the deltas missed.
Task<Result<void>> ShopifyPoller::sweepAll()
{
    auto last = m_sink.watermark(m_site, kFull);
    if (!last)
        co_return fail(last.error());
    const decode::ShopifyAdapter& adapter = m_setup.shopify.adapter;
    const Instant at = now();
    if (*last && (*last)->lastSuccess && *(*last)->lastSuccess + adapter.fullSweep > at)
        co_return Result<void>();
    co_return co_await firstLoad(at - std::chrono::hours(24 * adapter.historyDays));
}

Task<Result<void>> ShopifyPoller::sweepSearch(std::string loop, std::string search,
                                              std::string mark, bool movesMark)
{
    std::string cursor;
    std::set<std::string> seen; // an order can move to the end while the list is paged
    std::set<std::string> listed;
    for (int pages = 0;; ++pages) {
        auto page = co_await m_client.ordersChanged(search, cursor, Lane::Polling);
        if (!page)
            co_return fail(page.error());
        std::erase_if(page->documents, [&](const domain::PageDocument& row) {
            const std::string time = row.sourceTime ? formatInstant(*row.sourceTime) : "";
            return !seen.insert(row.externalId + "@" + time).second;
        });
        mark = newestOf(*page, std::move(mark));
        for (const domain::PageDocument& row : page->documents) {
            if (loop != kReturns || row.keys.hasReturn) // a filter may be passed over
                listed.insert(row.externalId);
        }
        for (const domain::SetAside& row : page->setAside)
            listed.insert(row.externalId);
        if (m_fresher && loop == kOrders)
            m_fresher->insert(listed.begin(), listed.end());
        const bool isEnd = isLast(*page, cursor, pages, kPagesMax);
        cursor = page->endCursor;
        std::optional<std::string> newMark;
        if (isEnd && movesMark)
            newMark = mark;
        auto outcome = apply(loop, std::move(*page), newMark, isEnd);
        if (!outcome)
            co_return fail(outcome.error());
        take(*outcome);
        if (!isEnd)
            continue;
        if (loop == kReturns)
            readOpenReturns(std::move(listed));
        co_return Result<void>();
    }
}

/// Looks again at what has an open return, and reads whole what has none any more.
void ShopifyPoller::readOpenReturns(std::set<std::string> listed)
{
    for (const std::string& order : m_openReturns.swept(std::move(listed)))
        enqueue("full:" + order);
    for (const std::string& order : m_openReturns.orders()) {
        if (m_openReturns.isDue(order, now()))
            enqueue("returns:" + order);
    }
}

Task<Result<void>> ShopifyPoller::readReturns(OrderId order)
{
    if (!m_openReturns.isDue(order.value, now()))
        co_return Result<void>(); // read with the rest of its order meanwhile
    auto part = co_await m_client.orderPart(DocumentKind::OrderReturns, order, Lane::Polling);
    if (!part)
        co_return fail(part.error());
    m_openReturns.wasRead(order.value, now());
    auto outcome = apply(kDetails, std::move(*part), std::nullopt, false);
    if (!outcome)
        co_return fail(outcome.error());
    co_return Result<void>();
}

Task<Result<void>> ShopifyPoller::sweepDrafts()
{
    auto mark = markOf(kDrafts);
    if (!mark)
        co_return fail(mark.error());
    const decode::ShopifyAdapter& adapter = m_setup.shopify.adapter;
    Instant since = now() - std::chrono::hours(24 * adapter.historyDays);
    if (const auto at = parseInstant(*mark); at && !mark->empty())
        since = *at - adapter.ordersOverlap;
    // No status filter: a draft that was completed must be seen to leave.
    const std::string search = request::shopify::updatedSince(since);
    std::string newest = mark->empty() ? formatInstant(since) : *mark;
    std::string cursor;
    for (int pages = 0;; ++pages) {
        auto page = co_await m_client.draftsChanged(search, cursor, Lane::Polling);
        if (!page)
            co_return fail(page.error());
        newest = newestOf(*page, std::move(newest));
        const bool isEnd = isLast(*page, cursor, pages, kPagesMax);
        cursor = page->endCursor;
        std::optional<std::string> newMark;
        if (isEnd)
            newMark = newest;
        auto outcome = apply(kDrafts, std::move(*page), newMark, isEnd);
        if (!outcome)
            co_return fail(outcome.error());
        take(*outcome);
        if (isEnd)
            co_return Result<void>();
    }
}

Task<Result<void>> ShopifyPoller::sweepQuarantine()
{
    std::set<std::string> skus;
    std::optional<Error> problem;
    for (const LocationId& location : m_setup.quarantineLocations) {
        std::string cursor;
        for (int pages = 0;; ++pages) {
            auto page = co_await m_client.locationStock(location, cursor, Lane::Polling);
            if (!page && page.error().code == ErrorCode::NotFound) {
                problem = page.error(); // a place that is gone does not hide the others
                break;
            }
            if (!page)
                co_return fail(page.error());
            for (const domain::PageDocument& row : page->documents) {
                const auto level = decode::shopify::stockLevel(row.body);
                if (level && level->available.value_or(0) != 0 && !level->sku.empty())
                    skus.insert(level->sku);
            }
            const bool isEnd = isLast(*page, cursor, pages, kStockPagesMax);
            cursor = page->endCursor;
            auto outcome = apply(kQuarantine, std::move(*page), std::nullopt, false);
            if (!outcome)
                co_return fail(outcome.error());
            if (isEnd)
                break;
        }
    }
    m_cross.quarantined(std::vector<std::string>(skus.begin(), skus.end()));
    if (problem)
        co_return fail(*problem);
    auto outcome = apply(kQuarantine, DocumentPage(), std::nullopt, true);
    if (!outcome)
        co_return fail(outcome.error());
    co_return Result<void>();
}

Task<Result<void>> ShopifyPoller::sweepOtherStock()
{
    std::optional<Error> problem;
    for (const LocationId& location : m_setup.otherLocations) {
        Result<void> done = co_await readStock(location, InventoryItemId(), Lane::Polling);
        if (!done && done.error().code != ErrorCode::NotFound)
            co_return done;
        if (!done)
            problem = done.error();
    }
    if (problem)
        co_return fail(*problem);
    auto outcome = apply(kOtherStock, DocumentPage(), std::nullopt, true);
    if (!outcome)
        co_return fail(outcome.error());
    co_return Result<void>();
}

Task<Result<void>> ShopifyPoller::readStock(LocationId location, InventoryItemId item, Lane lane)
{
    std::string cursor;
    for (int pages = 0;; ++pages) {
        auto page = co_await m_client.locationStock(location, cursor, lane);
        if (!page)
            co_return fail(page.error());
        const std::string wanted = location.value + "|" + item.value;
        const bool isFound =
            !item.empty() &&
            std::any_of(page->documents.begin(), page->documents.end(),
                        [&](const domain::PageDocument& row) { return row.externalId == wanted; });
        const bool isEnd = isFound || isLast(*page, cursor, pages, kStockPagesMax);
        cursor = page->endCursor;
        auto outcome = apply(kOtherStock, std::move(*page), std::nullopt, false);
        if (!outcome)
            co_return fail(outcome.error());
        if (isEnd)
            co_return Result<void>();
    }
}

/// Orders and accounts of open cases that no delta may show: whether `updatedAt` moves with a
/// return or a balance is not known (shopify.md 11), so they are read again by age.
Task<Result<void>> ShopifyPoller::rereadCases()
{
    auto cases = m_sink.allCases(m_site);
    if (!cases)
        co_return fail(cases.error());
    const Instant at = now();
    for (const CaseId& id : *cases) {
        if (id.value.rfind("feed:", 0) == 0)
            continue;
        auto facts = m_sink.loadCase(m_site, id, at);
        if (!facts)
            co_return fail(facts.error());
        if (!*facts || !isOpenCase(**facts))
            continue;
        const domain::CaseFacts& present = **facts;
        const OrderId order = orderOf(present);
        const bool isOld = present.order && present.order->returnsRef.version > 0 &&
                           present.order->returnsRef.observedAt + kOrderAgeMax <= at;
        if (isOld)
            enqueue("full:" + order.value);
        if (present.account && present.account->document.observedAt + kAccountAgeMax <= at)
            enqueue("account:" + present.account->customer.value);
        if (!present.order || !hasAllParts(*present.order) || !present.account)
            enqueue("case:" + id.value);
    }
    co_return Result<void>();
}

Task<Result<void>> ShopifyPoller::readOrder(OrderId order, bool withHead, Lane lane)
{
    DocumentPage whole;
    std::optional<Error> problem;
    if (withHead) {
        auto head = co_await m_client.orderHead(order, lane);
        if (head)
            append(whole, std::move(*head));
        else
            problem = head.error();
    }
    for (const DocumentKind kind : kParts) {
        if (problem && !isDeniedPart(*problem))
            break;
        auto part = co_await m_client.orderPart(kind, order, lane);
        if (part)
            append(whole, std::move(*part));
        else
            problem = part.error();
        if (part && kind == DocumentKind::OrderReturns)
            m_openReturns.wasRead(order.value, now());
    }
    // What was read before a failure is stored all the same.
    if (!whole.documents.empty() || !whole.setAside.empty()) {
        auto outcome = apply(kDetails, std::move(whole), std::nullopt, false);
        if (!outcome)
            co_return fail(outcome.error());
    }
    if (problem)
        co_return fail(*problem);
    auto known = m_sink.findCase(m_site, order.value);
    if (!known)
        co_return fail(known.error());
    if (*known)
        m_cross.caseSeen(**known, Platform::Shopify);
    co_return Result<void>();
}

/// An order moved: its parts again, its head only when we have none, its buyer's account when that
/// was never read.
Task<Result<void>> ShopifyPoller::readMoved(OrderId order)
{
    auto known = m_sink.findCase(m_site, order.value);
    if (!known)
        co_return fail(known.error());
    bool hasHead = true;
    if (*known) {
        auto facts = m_sink.loadCase(m_site, **known, now());
        if (!facts)
            co_return fail(facts.error());
        hasHead = *facts && (*facts)->order && (*facts)->order->head.version > 0;
    }
    Result<void> read = co_await readOrder(order, !hasHead, Lane::Polling);
    if (!read)
        co_return read;
    known = m_sink.findCase(m_site, order.value);
    if (!known)
        co_return fail(known.error());
    if (!*known)
        co_return Result<void>();
    const CaseId caseId = **known;
    co_return co_await readMissingAccount(caseId);
}

Task<Result<void>> ShopifyPoller::readMissingAccount(CaseId caseId)
{
    auto facts = m_sink.loadCase(m_site, caseId, now());
    if (!facts)
        co_return fail(facts.error());
    if (!*facts || !(*facts)->order || (*facts)->order->customer.empty() || (*facts)->account)
        co_return Result<void>();
    const CustomerId customer = (*facts)->order->customer;
    co_return co_await readAccount(customer, Lane::Polling);
}

Task<Result<void>> ShopifyPoller::readAccount(CustomerId customer, Lane lane)
{
    auto page = co_await m_client.account(customer, lane);
    if (!page)
        co_return fail(page.error());
    auto outcome = apply(kDetails, std::move(*page), std::nullopt, false);
    if (!outcome)
        co_return fail(outcome.error());
    co_return Result<void>();
}

/// Reads what a case lacks: its order's head and parts, its buyer's account.
Task<Result<void>> ShopifyPoller::completeCase(CaseId caseId)
{
    auto facts = m_sink.loadCase(m_site, caseId, now());
    if (!facts)
        co_return fail(facts.error());
    if (!*facts)
        co_return Result<void>();
    const OrderId order = orderOf(**facts);
    if (order.empty() || ((*facts)->draft && (*facts)->draft->order.empty() && !(*facts)->order))
        co_return Result<void>(); // a draft has no parts until it becomes an order
    const bool hasHead = (*facts)->order && (*facts)->order->head.version > 0;
    if (!hasHead || !hasAllParts(*(*facts)->order)) {
        Result<void> read = co_await readOrder(order, !hasHead, Lane::Polling);
        if (!read)
            co_return read;
    }
    co_return co_await readMissingAccount(caseId);
}

Task<Result<void>> ShopifyPoller::readWork(Work work)
{
    Task<Result<void>> reading = startReading(work.key);
    Result<void> done = co_await std::move(reading);
    if (done || done.error().code != ErrorCode::NotFound)
        co_return done;
    // An order that Shopify does not know (a draft, one beyond the scope's 60 days) is an answer; a
    // 404 is none: the address or the version is wrong (shopify.md 3.1).
    if (done.error().httpStatus != 404)
        co_return Result<void>();
    Error wrong = done.error();
    wrong.code = ErrorCode::Config;
    co_return fail(std::move(wrong));
}

Task<Result<void>> ShopifyPoller::startReading(const std::string& key)
{
    const std::size_t colon = key.find(':');
    CF_CHECK(colon != std::string::npos);
    const std::string kind = key.substr(0, colon);
    std::string id = key.substr(colon + 1);
    if (kind == "order")
        return readMoved(OrderId(std::move(id)));
    if (kind == "full")
        return readOrder(OrderId(std::move(id)), true, Lane::Polling);
    if (kind == "returns")
        return readReturns(OrderId(std::move(id)));
    if (kind == "account")
        return readAccount(CustomerId(std::move(id)), Lane::Polling);
    CF_CHECK(kind == "case");
    return completeCase(CaseId(std::move(id)));
}

} // namespace counterfoil::sync
