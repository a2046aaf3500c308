#include "core/sync/poller.h"

#include <algorithm>

namespace counterfoil::sync {

namespace {

constexpr int kAttemptsMax = 3;  ///< of one detail in one synchronisation
constexpr int kUnreachedMax = 3; ///< loops or details in a row without a usable answer: it is down
constexpr int kAttemptsEver = 1000; ///< while polling: the pause below bounds the rate
constexpr auto kTickMax = std::chrono::milliseconds(500);
constexpr auto kRefusedPause = std::chrono::minutes(5);
constexpr auto kFailedPauseMax = std::chrono::minutes(15);
constexpr auto kDetailPause = std::chrono::seconds(60);
constexpr int kDetailPauseMax = 30; ///< times kDetailPause

/// What another try cannot mend soon.
bool isFinal(ErrorCode code)
{
    return code == ErrorCode::NotFound || code == ErrorCode::Invalid ||
           code == ErrorCode::Forbidden || code == ErrorCode::Rejected;
}

/// The platform gave no answer of its interface, after the client's own tries: no connection, or a
/// page of something else. The next question meets the same; an error of its own (5xx) may belong
/// to the one question.
bool isUnanswered(const Error& error)
{
    return error.code == ErrorCode::Network || error.code == ErrorCode::Timeout ||
           error.code == ErrorCode::Undecodable;
}

/// Gives a piece of work back when its reading is dropped half-way.
class Unfinished {
public:
    Unfinished(WorkQueue& queue, Work work) : m_queue(queue), m_work(std::move(work)) {}
    ~Unfinished()
    {
        if (m_work)
            m_queue.pushFront(std::move(*m_work));
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    [[nodiscard]] const Work& work() const { return *m_work; }
    [[nodiscard]] Work finish()
    {
        Work work = std::move(*m_work);
        m_work.reset();
        return work;
    }

private:
    WorkQueue& m_queue;
    std::optional<Work> m_work;
};

/// Books pages under a report as long as its owner is there.
class Booking {
public:
    Booking(SyncReport*& present, SyncReport* mine) : m_present(present), m_mine(mine)
    {
        m_present = mine;
    }
    ~Booking()
    {
        if (m_present == m_mine)
            m_present = nullptr;
    }
    Booking(const Booking&) = delete;
    Booking& operator=(const Booking&) = delete;

private:
    SyncReport*& m_present;
    SyncReport* m_mine;
};

} // namespace

LoopReport& SyncReport::row(const std::string& loop, Platform platform)
{
    const auto found = std::find_if(loops.begin(), loops.end(),
                                    [&](const LoopReport& row) { return row.loop == loop; });
    if (found != loops.end())
        return *found;
    loops.push_back({loop, platform, 0, 0, std::nullopt});
    return loops.back();
}

bool SyncReport::hasFailed() const
{
    return std::any_of(loops.begin(), loops.end(),
                       [](const LoopReport& row) { return row.error.has_value(); });
}

Poller::Poller(std::string site, Platform platform, FactSink& sink, Clock& clock)
    : m_site(std::move(site)), m_platform(platform), m_sink(sink), m_clock(clock)
{
}

std::vector<std::pair<std::string, Millis>> Poller::intervals()
{
    std::vector<std::pair<std::string, Millis>> out;
    for (const Loop& loop : m_loops)
        out.emplace_back(loop.name, loop.interval * stretch(loop.name));
    return out;
}

void Poller::addLoop(std::string name, Millis interval, std::function<Task<Result<void>>()> body)
{
    Loop loop;
    loop.name = std::move(name);
    loop.interval = interval;
    loop.body = std::move(body);
    m_loops.push_back(std::move(loop));
}

Result<store::PageOutcome> Poller::apply(const std::string& loop, domain::DocumentPage page,
                                         std::optional<std::string> mark, bool isEnd,
                                         std::vector<std::string> vanished)
{
    store::PageWrite write;
    write.site = m_site;
    write.loop = loop;
    write.observedAt = m_clock.now();
    write.documents = std::move(page.documents);
    write.setAside = std::move(page.setAside);
    write.platform = m_platform;
    write.newMark = std::move(mark);
    write.isSweepEnd = isEnd;
    write.vanishedRmas = std::move(vanished);
    auto outcome = m_sink.applyPage(write);
    if (outcome && m_report) {
        LoopReport& row = m_report->row(loop, m_platform);
        ++row.pages;
        row.newVersions += outcome->newVersions;
    }
    return outcome;
}

Result<std::string> Poller::markOf(const std::string& loop)
{
    auto mark = m_sink.watermark(m_site, loop);
    if (!mark)
        return fail(mark.error());
    return *mark ? (*mark)->mark : std::string();
}

void Poller::failed(const std::string& loop, const Error& error, SyncReport* report)
{
    if (report)
        report->row(loop, m_platform).error = error;
    // A store that fails here failed the page before it; there is no third place to say so.
    static_cast<void>(m_sink.applyFailure(m_site, loop, m_platform, error, m_clock.now()));
}

Task<std::optional<Error>> Poller::runLoop(Loop* loop, SyncReport* report)
{
    const Booking booking(m_report, report);
    if (report)
        report->row(loop->name, m_platform).error.reset();
    Task<Result<void>> body = loop->body();
    const Result<void> done = co_await std::move(body);
    const Instant at = m_clock.now();
    loop->dueAt = at + loop->interval * stretch(loop->name);
    if (done)
        co_return std::nullopt;
    failed(loop->name, done.error(), report);
    // What comes round in hours only does not wait hours after one failure; a spent budget does.
    if (done.error().code != ErrorCode::QuotaSpent)
        loop->dueAt = std::min<Instant>(loop->dueAt, at + kFailedPauseMax);
    if (done.error().code == ErrorCode::Unauthorised)
        loop->dueAt = std::max<Instant>(loop->dueAt, at + kRefusedPause);
    co_return done.error();
}

Task<void> Poller::sweepOnce(SyncReport* report)
{
    m_hasUnread = false;
    m_isEnded = false;
    m_unreachedInARow = 0;
    int unanswered = 0;
    for (Loop& loop : m_loops) {
        const std::optional<Error> problem = co_await runLoop(&loop, report);
        unanswered = problem && isUnanswered(*problem) ? unanswered + 1 : 0;
        m_isEnded = unanswered >= kUnreachedMax;
        if (m_isEnded)
            co_return; // each further loop would spend its tries for the same answer
    }
}

void Poller::giveUp(const Error& error)
{
    m_hasUnread = true;
    m_unreachedInARow = isUnanswered(error) ? m_unreachedInARow + 1 : 0;
    m_isEnded = m_isEnded || endsReading(error) || error.code == ErrorCode::Store ||
                m_unreachedInARow >= kUnreachedMax;
}

Task<bool> Poller::workOnce(SyncReport* report, int attemptsMax)
{
    std::optional<Work> next = m_work.pop(m_clock.now());
    if (!next)
        co_return false;
    const Booking booking(m_report, report);
    Unfinished unfinished(m_work, std::move(*next));
    const Result<void> done = co_await readWork(unfinished.work());
    Work work = unfinished.finish();
    if (done) {
        m_unreachedInARow = 0;
        if (m_work.empty() && report && !m_hasUnread)
            report->row(detailLoop(), m_platform).error.reset();
        co_return true;
    }
    ++work.attempts;
    if (isFinal(done.error().code)) {
        if (report)
            report->row(detailLoop(), m_platform).error = done.error();
        co_return true;
    }
    const bool isPolling = attemptsMax == kAttemptsEver;
    if (report)
        report->row(detailLoop(), m_platform).error = done.error();
    // One slip is no outage: the column is late only when it does not come back soon. Booked under
    // the first loop, whose next good sweep ends it.
    // What cannot be kept is not asked for again: the disk is full, or the store is damaged.
    const bool isHopeless =
        !isPolling && (endsReading(done.error()) || done.error().code == ErrorCode::Store);
    if (work.attempts >= kAttemptsMax || isHopeless || done.error().code == ErrorCode::Unauthorised)
        failed(m_loops.empty() ? detailLoop() : m_loops.front().name, done.error(), nullptr);
    if (work.attempts >= attemptsMax || isHopeless) {
        giveUp(done.error());
    } else {
        work.dueAt =
            m_clock.now() + (isPolling ? kDetailPause * std::min(work.attempts, kDetailPauseMax)
                                       : std::chrono::seconds(2) * work.attempts);
        m_work.push(std::move(work));
    }
    co_return true;
}

Task<void> Poller::drain(SyncReport* report)
{
    for (;;) {
        if (m_isEnded) { // until the next synchronisation
            m_hasUnread = m_hasUnread || !m_work.empty();
            m_work.clear();
            co_return;
        }
        const bool hasWorked = co_await workOnce(report, kAttemptsMax);
        if (hasWorked)
            continue;
        const std::optional<Instant> next = m_work.nextDue();
        if (!next)
            co_return;
        co_await m_clock.sleep(*next - m_clock.now());
    }
}

Task<void> Poller::run()
{
    for (;;) {
        const Instant at = m_clock.now();
        // The loop that waits longest past its time first: none starves.
        auto due = std::min_element(
            m_loops.begin(), m_loops.end(),
            [](const Loop& left, const Loop& right) { return left.dueAt < right.dueAt; });
        if (due != m_loops.end() && due->dueAt <= at) {
            co_await runLoop(&*due, &m_running);
            continue;
        }
        const bool hasWorked = co_await workOnce(&m_running, kAttemptsEver);
        if (hasWorked)
            continue;
        // A store that refuses this refuses the next page too, and that one says so.
        static_cast<void>(settle());
        const Millis left = due == m_loops.end() ? Millis(kTickMax) : due->dueAt - at;
        co_await m_clock.sleep(std::min<Millis>(left, kTickMax));
    }
}

} // namespace counterfoil::sync
