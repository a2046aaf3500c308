#include "core/sync/returngo_poller.h"

#include "core/base/check.h"

#include <algorithm>
#include <set>

namespace counterfoil::sync {

using platform::CallClass;
using request::returngo::RmaFilter;
using request::returngo::TransactionFilter;

namespace {

constexpr const char* kOpen = "returngo/open-rmas";
constexpr const char* kTransactions = "returngo/transactions";
constexpr const char* kChanged = "returngo/changed-rmas";
constexpr const char* kDetails = "returngo/details";
constexpr const char* kRolling = "returngo/rolling";

constexpr int kPagesMax = 40; ///< of one sweep: 20,000 rows
constexpr auto kFirstTransactions = std::chrono::hours(24 * 90);
constexpr auto kRollingEvery = std::chrono::minutes(5);
constexpr auto kDay = std::chrono::hours(24);
/// A detail that could not be read as such costs a call at most this often.
constexpr auto kSetAsideAgain = std::chrono::hours(1);
constexpr auto kGoneAgain = std::chrono::hours(24); ///< 404: looked for once more next day
constexpr std::int64_t kFirstLoadPercent = 40; ///< of the day's calls that first details may take

/// The four open states as ReturnGO spells them at this shop.
std::vector<std::string> openWords(const decode::ReturngoAdapter& adapter)
{
    using domain::RmaStatus;
    std::vector<std::string> words;
    for (const RmaStatus status :
         {RmaStatus::Pending, RmaStatus::Approved, RmaStatus::Received, RmaStatus::Validated}) {
        for (const auto& [word, meaning] : adapter.rmaStatuses) {
            if (meaning == status)
                words.push_back(word);
        }
    }
    return words;
}

std::optional<Instant> since(const std::string& mark, Millis overlap)
{
    const auto at = parseInstant(mark);
    if (mark.empty() || !at)
        return std::nullopt;
    return *at - overlap;
}

/// True when this page is the last one of its sweep.
bool isLast(const domain::DocumentPage& page, const std::string& cursor, int pages)
{
    return !page.hasNextPage || page.endCursor.empty() || page.endCursor == cursor ||
           pages + 1 >= kPagesMax;
}

} // namespace

ReturngoPoller::ReturngoPoller(std::string site, const decode::ReturngoAdapter& adapter,
                               platform::ReturngoClient& client, LedgerBudget& budget,
                               FactSink& sink, Clock& clock, CrossRead& cross)
    : Poller(std::move(site), Platform::ReturnGo, sink, clock), m_adapter(adapter),
      m_client(client), m_budget(budget), m_cross(cross)
{
    addLoop(kOpen, adapter.openSweep, [this] { return sweepOpen(); });
    addLoop(kChanged, adapter.changedSweep, [this] { return sweepChanged(); });
    addLoop(kTransactions, adapter.transactionSweep, [this] { return sweepTransactions(); });
    addLoop(kRolling, kRollingEvery, [this] { return rollingReread(); });
}

std::string ReturngoPoller::detailLoop() const
{
    return kDetails;
}

int ReturngoPoller::stretch(const std::string& loop)
{
    if (loop == kOpen)
        return m_budget.stretch(CallClass::SweepA);
    if (loop == kTransactions)
        return m_budget.stretch(CallClass::SweepB);
    return m_budget.stretch(CallClass::SweepC);
}

/// A refused key, and a budget that keeps the rest for people (returngo.md 3, 4).
bool ReturngoPoller::endsReading(const Error& error) const
{
    return error.code == ErrorCode::Unauthorised || error.code == ErrorCode::QuotaSpent;
}

void ReturngoPoller::take(const store::PageOutcome& outcome)
{
    for (const RmaId& rma : outcome.rmasToDetail)
        m_cross.rmaDue(rma);
    for (const OrderId& order : outcome.ordersToDetail)
        m_cross.orderMoved(order);
}

Task<Result<void>> ReturngoPoller::sweepOpen()
{
    const std::vector<std::string> words = openWords(m_adapter);
    auto before = m_sink.rmasInStates(m_site, words);
    if (!before)
        co_return fail(before.error());
    std::set<std::string> missing;
    for (const RmaId& rma : *before)
        missing.insert(rma.value);
    RmaFilter filter;
    filter.statuses = words;
    std::string cursor;
    for (int pages = 0;; ++pages) {
        auto page = co_await m_client.rmas(filter, cursor, CallClass::SweepA);
        if (!page)
            co_return fail(page.error());
        for (const domain::PageDocument& row : page->documents)
            missing.erase(row.externalId);
        for (const domain::SetAside& row : page->setAside)
            missing.erase(row.externalId);
        const bool isEnd = isLast(*page, cursor, pages);
        // A sweep that was cut by our own limit or by a row without a name proves no absence.
        const bool isWhole = isEnd && !page->hasNextPage && page->setAside.empty();
        cursor = page->endCursor;
        std::vector<std::string> vanished;
        if (isWhole)
            vanished.assign(missing.begin(), missing.end());
        auto outcome = apply(kOpen, std::move(*page), std::nullopt, isEnd, vanished);
        if (!outcome)
            co_return fail(outcome.error());
        take(*outcome);
        for (const std::string& rma : vanished)
            m_cross.rmaDue(RmaId(rma));
        if (isEnd)
            co_return Result<void>();
    }
}

Task<Result<void>> ReturngoPoller::sweepTransactions()
{
    auto mark = markOf(kTransactions);
    if (!mark)
        co_return fail(mark.error());
    const Instant began = now();
    TransactionFilter filter;
    filter.updatedSince = since(*mark, m_adapter.overlap);
    if (!filter.updatedSince)
        filter.updatedSince = began - kFirstTransactions;
    std::string cursor;
    for (int pages = 0;; ++pages) {
        auto page = co_await m_client.transactions(filter, cursor, CallClass::SweepB);
        if (!page)
            co_return fail(page.error());
        const bool isEnd = isLast(*page, cursor, pages);
        cursor = page->endCursor;
        // The mark moves when every page arrived and what it asked for was read: settle().
        if (isEnd)
            m_ended[kTransactions] = formatInstant(began);
        auto outcome = apply(kTransactions, std::move(*page), std::nullopt, isEnd);
        if (!outcome)
            co_return fail(outcome.error());
        take(*outcome);
        if (isEnd)
            co_return Result<void>();
    }
}

Task<Result<void>> ReturngoPoller::sweepChanged()
{
    auto mark = markOf(kChanged);
    if (!mark)
        co_return fail(mark.error());
    const Instant began = now();
    const std::optional<Instant> from = since(*mark, m_adapter.overlap);
    RmaFilter filter;
    filter.updatedSince = from;
    // The first load takes details from a bounded part of the day's calls, newest RMAs first (the
    // list runs along the id, newest first); older finished ones stay known by their list row.
    std::int64_t detailsLeft = m_budget.state().cap * kFirstLoadPercent / 100;
    std::string cursor;
    for (int pages = 0;; ++pages) {
        auto page = co_await m_client.rmas(filter, cursor, CallClass::SweepC);
        if (!page)
            co_return fail(page.error());
        const bool isEnd = isLast(*page, cursor, pages);
        cursor = page->endCursor;
        if (isEnd)
            m_ended[kChanged] = formatInstant(began);
        auto outcome = apply(kChanged, std::move(*page), std::nullopt, isEnd);
        if (!outcome)
            co_return fail(outcome.error());
        if (!from) {
            const auto wanted = static_cast<std::int64_t>(outcome->rmasToDetail.size());
            const std::int64_t granted = std::min(detailsLeft, wanted);
            outcome->rmasToDetail.resize(static_cast<std::size_t>(granted));
            detailsLeft -= granted;
        }
        take(*outcome);
        if (isEnd)
            co_return Result<void>();
    }
}

Result<void> ReturngoPoller::settle()
{
    // Which details a sweep asked for is remembered nowhere but here: until they were read, the
    // next start has to sweep from the same mark and ask for them again.
    if (queued() > 0 || hasUnread())
        return {};
    for (auto it = m_ended.begin(); it != m_ended.end(); it = m_ended.erase(it)) {
        auto outcome = apply(it->first, domain::DocumentPage(), it->second, false);
        if (!outcome)
            return fail(outcome.error());
    }
    return {};
}

Task<Result<void>> ReturngoPoller::rollingReread()
{
    auto open = m_sink.rmasInStates(m_site, openWords(m_adapter));
    if (!open)
        co_return fail(open.error());
    auto mark = markOf(kRolling);
    if (!mark)
        co_return fail(mark.error());
    const Instant began = now();
    // Every open RMA once a day: this many each time, more after a pause.
    Millis passed = kRollingEvery;
    if (const auto last = parseInstant(*mark); last && !mark->empty())
        passed = std::clamp<Millis>(began - *last, kRollingEvery, kDay);
    const auto each = static_cast<std::size_t>(
        (static_cast<std::int64_t>(open->size()) * passed.count() + Millis(kDay).count() - 1) /
        Millis(kDay).count());
    auto oldest = m_sink.oldestDetails(m_site, each);
    if (!oldest)
        co_return fail(oldest.error());
    for (const RmaId& rma : *oldest) {
        Result<void> done = co_await readDetail(rma, CallClass::RollingE);
        if (!done && done.error().code != ErrorCode::NotFound)
            co_return done;
    }
    auto outcome = apply(kRolling, domain::DocumentPage(), formatInstant(began), true);
    if (!outcome)
        co_return fail(outcome.error());
    co_return Result<void>();
}

Task<Result<void>> ReturngoPoller::readDetail(RmaId rma, CallClass callClass)
{
    auto page = co_await m_client.rma(rma, callClass);
    if (!page) {
        if (page.error().code == ErrorCode::NotFound)
            m_notBefore[rma.value] = now() + kGoneAgain;
        co_return fail(page.error());
    }
    if (page->documents.empty())
        m_notBefore[rma.value] = now() + kSetAsideAgain;
    else
        m_notBefore.erase(rma.value);
    auto outcome = apply(kDetails, std::move(*page), std::nullopt, false);
    if (!outcome)
        co_return fail(outcome.error());
    for (const OrderId& order : outcome->ordersToDetail)
        m_cross.orderMoved(order);
    m_cross.caseSeen(CaseId("rma:" + rma.value), Platform::ReturnGo);
    co_return Result<void>();
}

Task<Result<void>> ReturngoPoller::readWork(Work work)
{
    CF_CHECK(work.key.rfind("rma:", 0) == 0);
    RmaId rma(work.key.substr(4));
    const auto wait = m_notBefore.find(rma.value);
    if (wait != m_notBefore.end() && now() < wait->second)
        co_return Result<void>();
    Result<void> done = co_await readDetail(std::move(rma), CallClass::DetailD);
    if (!done && done.error().code == ErrorCode::NotFound)
        co_return Result<void>();
    co_return done;
}

} // namespace counterfoil::sync
