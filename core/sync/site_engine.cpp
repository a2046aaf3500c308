#include "core/sync/site_engine.h"

#include <algorithm>

namespace counterfoil::sync {

using platform::CallClass;

namespace {

constexpr auto kFocusEvery = std::chrono::seconds(60);
constexpr auto kJudgeEvery = std::chrono::minutes(1);
constexpr int kDrainRoundsMax = 8; ///< platforms hand work to each other this often at most
constexpr auto kProbeDays = std::chrono::hours(24 * 7);
constexpr const char* kPrices = "sparklayer/prices";

LedgerBudget::Limits limitsOf(const decode::ReturngoAdapter& adapter)
{
    LedgerBudget::Limits limits;
    limits.cap = std::max<std::int64_t>(1, (adapter.dailyCap - adapter.reservedForOthers) /
                                               std::max<std::int64_t>(1, adapter.seats));
    limits.window = adapter.window;
    return limits;
}

/// The first failure wins; later ones are in the watermarks.
void keep(Result<void>& first, const Result<void>& next)
{
    if (first && !next)
        first = next;
}

} // namespace

SiteEngine::SiteEngine(SiteSetup setup, FactSink& sink, Transport& transport, Clock& clock,
                       Random& random)
    : m_setup(std::move(setup)), m_sink(sink), m_clock(clock),
      m_shopifyClient(m_setup.shopify, transport, clock, random),
      m_shopify(m_setup, m_shopifyClient, sink, clock, *this)
{
    CrossRead& cross = *this;
    if (m_setup.sparklayer) {
        m_sparkClient = std::make_unique<platform::SparklayerClient>(*m_setup.sparklayer, transport,
                                                                     clock, random);
        m_spark = std::make_unique<SparklayerPoller>(m_setup.site, m_setup.sparklayer->adapter,
                                                     m_setup.shopify.adapter, *m_sparkClient, sink,
                                                     clock);
    }
    if (m_setup.returngo) {
        const decode::ReturngoAdapter& adapter = m_setup.returngo->adapter;
        m_budget = std::make_unique<LedgerBudget>(m_setup.site, limitsOf(adapter), sink, clock);
        m_returngoClient = std::make_unique<platform::ReturngoClient>(*m_setup.returngo, transport,
                                                                      clock, random, *m_budget);
        m_returngo = std::make_unique<ReturngoPoller>(m_setup.site, adapter, *m_returngoClient,
                                                      *m_budget, sink, clock, cross);
    }
}

SiteEngine::~SiteEngine() = default;

void SiteEngine::caseSeen(const CaseId& caseId, Platform by)
{
    if (by != Platform::Shopify)
        m_shopify.enqueue("case:" + caseId.value);
    if (m_spark && by != Platform::SparkLayer)
        m_spark->enqueue("case:" + caseId.value);
}

void SiteEngine::rmaDue(const RmaId& rma)
{
    if (m_returngo)
        m_returngo->enqueue("rma:" + rma.value);
}

void SiteEngine::orderMoved(const OrderId& order)
{
    m_shopify.enqueue("order:" + order.value);
}

void SiteEngine::quarantined(std::vector<std::string> skus)
{
    if (m_spark)
        m_spark->setQuarantined(std::move(skus));
}

std::optional<Error> SiteEngine::enqueueKnownCases()
{
    auto cases = m_sink.allCases(m_setup.site);
    if (!cases)
        return cases.error();
    for (const CaseId& id : *cases) {
        if (id.value.rfind("feed:", 0) != 0)
            caseSeen(id, Platform::None);
    }
    return std::nullopt;
}

bool SiteEngine::hasWork() const
{
    return m_shopify.queued() > 0 || (m_spark && m_spark->queued() > 0) ||
           (m_returngo && m_returngo->queued() > 0);
}

Task<Result<domain::DocumentPage>> SiteEngine::probe(Platform platform)
{
    if (platform == Platform::Shopify)
        co_return co_await m_shopifyClient.setup(Lane::Operator);
    if (platform == Platform::SparkLayer && m_sparkClient) {
        auto list =
            co_await m_sparkClient->purchases(m_clock.now() - kProbeDays, 0, Lane::Operator);
        if (!list)
            co_return fail(list.error());
        co_return domain::DocumentPage();
    }
    if (platform == Platform::ReturnGo && m_returngoClient) {
        request::returngo::RmaFilter filter;
        filter.updatedSince = m_clock.now() - kProbeDays;
        co_return co_await m_returngoClient->rmas(std::move(filter), std::string(),
                                                  CallClass::Operator);
    }
    co_return fail(ErrorCode::NotFound, "this platform is not set up", platform);
}

std::vector<std::pair<std::string, Millis>> SiteEngine::intervals()
{
    std::vector<std::pair<std::string, Millis>> out = m_shopify.intervals();
    for (Poller* poller :
         {static_cast<Poller*>(m_spark.get()), static_cast<Poller*>(m_returngo.get())}) {
        if (poller == nullptr)
            continue;
        for (auto& row : poller->intervals())
            out.push_back(std::move(row));
    }
    return out;
}

Task<SyncReport> SiteEngine::syncOnce()
{
    SyncReport report;
    {
        TaskGroup sweeps;
        sweeps.spawn(m_shopify.sweepOnce(&report));
        if (m_returngo)
            sweeps.spawn(m_returngo->sweepOnce(&report));
        if (m_spark)
            sweeps.spawn(m_spark->sweepOnce(&report));
        co_await sweeps.join();
    }
    if (const auto problem = enqueueKnownCases())
        report.row("store", Platform::Console).error = *problem;
    for (int round = 0; hasWork() && round < kDrainRoundsMax; ++round) {
        TaskGroup details;
        if (m_returngo)
            details.spawn(m_returngo->drain(&report));
        details.spawn(m_shopify.drain(&report));
        if (m_spark)
            details.spawn(m_spark->drain(&report));
        co_await details.join();
    }
    if (m_spark) {
        // What lies in quarantine was known only when Shopify's levels were read.
        const Result<void> stock = co_await m_spark->readQuarantined();
        if (!stock)
            report.row("sparklayer/stock", Platform::SparkLayer).error = stock.error();
        if (auto settled = m_spark->settle(); !settled)
            report.row("store", Platform::Console).error = settled.error();
    }
    if (m_returngo) {
        if (auto settled = m_returngo->settle(); !settled)
            report.row("store", Platform::Console).error = settled.error();
    }
    co_await explainAll(&report);
    if (auto judged = m_sink.judgeDue(m_clock.now()); !judged)
        report.row("store", Platform::Console).error = judged.error();
    co_return report;
}

Task<void> SiteEngine::explainAll(SyncReport* report)
{
    if (!m_spark)
        co_return;
    auto cases = m_sink.allCases(m_setup.site);
    if (!cases)
        co_return;
    for (const CaseId& id : *cases) {
        const Result<void> done = co_await m_spark->explainPrices(id);
        if (!done)
            report->row(kPrices, Platform::SparkLayer).error = done.error();
    }
}

Task<void> SiteEngine::judgeForEver()
{
    for (;;) {
        // A store that cannot judge cannot take pages either, and those say so.
        static_cast<void>(m_sink.judgeDue(m_clock.now()));
        co_await m_clock.sleep(kJudgeEvery);
    }
}

Task<void> SiteEngine::run()
{
    static_cast<void>(enqueueKnownCases());
    TaskGroup group;
    group.spawn(m_shopify.run());
    if (m_returngo)
        group.spawn(m_returngo->run());
    if (m_spark)
        group.spawn(m_spark->run());
    group.spawn(judgeForEver());
    co_await group.join();
}

Task<Result<void>> SiteEngine::refreshFocus(CaseId caseId)
{
    const Instant at = m_clock.now();
    const auto last = m_focused.find(caseId.value);
    if (last != m_focused.end() && at - last->second < kFocusEvery)
        co_return Result<void>();
    m_focused[caseId.value] = at;
    auto facts = m_sink.loadCase(m_setup.site, caseId, at);
    if (!facts)
        co_return fail(facts.error());
    if (!*facts)
        co_return Result<void>();
    RereadScope scope;
    scope.caseId = caseId;
    scope.callClass = "focus";
    if ((*facts)->rma)
        scope.rma = (*facts)->rma->id;
    if ((*facts)->order) {
        scope.order = (*facts)->order->id;
        scope.customer = (*facts)->order->customer;
    } else if ((*facts)->rma) {
        scope.order = (*facts)->rma->order;
    }
    scope.withPurchase = true;
    co_return co_await reread(std::move(scope));
}

Task<Result<void>> SiteEngine::reread(RereadScope scope)
{
    Result<void> first;
    if (!scope.rma.empty() && m_returngo) {
        const CallClass callClass = platform::callClassFromWord(scope.callClass);
        const Result<void> read = co_await m_returngo->readDetail(scope.rma, callClass);
        keep(first, read);
    }
    const Result<void> shop = co_await rereadShopify(scope);
    keep(first, shop);
    if (m_spark) {
        const Result<void> spark = co_await rereadSpark(scope);
        keep(first, spark);
    }
    co_return first;
}

Task<Result<void>> SiteEngine::rereadShopify(RereadScope scope)
{
    if (!scope.order.empty()) {
        Result<void> read = co_await m_shopify.readOrder(scope.order, true, Lane::Operator);
        if (!read)
            co_return read;
    }
    if (!scope.customer.empty()) {
        Result<void> read = co_await m_shopify.readAccount(scope.customer, Lane::Operator);
        if (!read)
            co_return read;
    }
    if (scope.item.empty())
        co_return Result<void>();
    for (const LocationId& location : scope.locations) {
        Result<void> read = co_await m_shopify.readStock(location, scope.item, Lane::Operator);
        if (!read)
            co_return read;
    }
    co_return Result<void>();
}

Task<Result<void>> SiteEngine::rereadSpark(RereadScope scope)
{
    if (scope.withPurchase && !scope.order.empty()) {
        Result<void> read = co_await m_spark->readPurchase(scope.order, Lane::Operator);
        if (!read)
            co_return read;
    }
    if (scope.sparkSku.empty())
        co_return Result<void>();
    std::vector<std::string> skus(1, scope.sparkSku);
    co_return co_await m_spark->readStock(std::move(skus), Lane::Operator);
}

Task<Result<HttpReply>> SiteEngine::sendWrite(Platform platform, request::PreparedRequest write)
{
    if (platform == Platform::Shopify)
        co_return co_await m_shopifyClient.sendWrite(std::move(write));
    if (platform == Platform::ReturnGo && m_returngoClient)
        co_return co_await m_returngoClient->sendWrite(std::move(write));
    co_return fail(ErrorCode::Forbidden, "no writes go to this platform", platform);
}

} // namespace counterfoil::sync
