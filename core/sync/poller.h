#pragma once

#include "core/base/seams.h"
#include "core/sync/fact_sink.h"
#include "core/sync/work_queue.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace counterfoil::sync {

/// What became of one loop, or of the details behind it.
struct LoopReport {
    std::string loop; ///< "shopify/orders-changed"
    Platform platform = Platform::None;
    std::size_t pages = 0;
    std::size_t newVersions = 0;
    std::optional<Error> error; ///< the newest one; nullopt: all went well
};

/// What one synchronisation did.
struct SyncReport {
    std::vector<LoopReport> loops;
    [[nodiscard]] LoopReport& row(const std::string& loop, Platform platform);
    /// A platform failed.
    [[nodiscard]] bool hasFailed() const;
};

/// Polls one platform of one site: loops with their intervals, and a queue of details. One thing
/// at a time, so one polling request is in flight (design.md 5). Engine thread.
class Poller {
public:
    Poller(std::string site, Platform platform, FactSink& sink, Clock& clock);
    virtual ~Poller() = default;
    Poller(const Poller&) = delete;
    Poller& operator=(const Poller&) = delete;

    /// Every loop once, now. @p report must outlive the task.
    [[nodiscard]] Task<void> sweepOnce(SyncReport* report);
    /// Works off the queue until nothing is left that can still be read; what fails is tried at
    /// most three times. A platform that refuses us, or that several details in a row could not
    /// reach, is asked nothing more: what is left stays unread.
    [[nodiscard]] Task<void> drain(SyncReport* report);
    /// Loops by their intervals and details between them, for ever.
    [[nodiscard]] Task<void> run();

    /// What waits for the details of a sweep to be read, its end above all. Called when nothing is
    /// due.
    [[nodiscard]] virtual Result<void> settle() { return {}; }

    /// How often each loop runs now, budgets counted in.
    [[nodiscard]] std::vector<std::pair<std::string, Millis>> intervals();

    void enqueue(std::string key) { m_work.push(Work(std::move(key))); }
    [[nodiscard]] std::size_t queued() const { return m_work.size(); }
    /// Something that the last sweep asked for was given up: its mark must not move.
    [[nodiscard]] bool hasUnread() const { return m_hasUnread; }

protected:
    struct Loop {
        std::string name; ///< "shopify/orders-changed"
        Millis interval{};
        std::function<Task<Result<void>>()> body;
        Instant dueAt{};
    };

    /// Reads what one key of the queue stands for.
    [[nodiscard]] virtual Task<Result<void>> readWork(Work work) = 0;
    /// Loop name that details are booked under.
    [[nodiscard]] virtual std::string detailLoop() const = 0;
    /// True when an error of one detail means that every other one will fail alike.
    [[nodiscard]] virtual bool endsReading(const Error&) const { return false; }
    /// Factor on a loop's interval; budgets stretch it.
    [[nodiscard]] virtual int stretch(const std::string&) { return 1; }

    void addLoop(std::string name, Millis interval, std::function<Task<Result<void>>()> body);
    /// Stores a page of a loop. @p mark and @p isEnd as in store::PageWrite.
    [[nodiscard]] Result<store::PageOutcome> apply(const std::string& loop,
                                                   domain::DocumentPage page,
                                                   std::optional<std::string> mark, bool isEnd,
                                                   std::vector<std::string> vanished = {});
    [[nodiscard]] Result<std::string> markOf(const std::string& loop);
    [[nodiscard]] Instant now() const { return m_clock.now(); }

    std::string m_site;
    Platform m_platform;
    FactSink& m_sink;
    Clock& m_clock;
    WorkQueue m_work;

private:
    /// @return what went wrong
    [[nodiscard]] Task<std::optional<Error>> runLoop(Loop* loop, SyncReport* report);
    /// @return false when nothing was due
    [[nodiscard]] Task<bool> workOnce(SyncReport* report, int attemptsMax);
    void failed(const std::string& loop, const Error& error, SyncReport* report);
    /// Books a detail that is given up, and decides whether the others are worth a try.
    void giveUp(const Error& error);

    std::vector<Loop> m_loops;
    SyncReport m_running; ///< of run(), for the pages booked by apply()
    SyncReport* m_report = nullptr;
    bool m_hasUnread = false;
    bool m_isEnded = false;    ///< of a synchronisation: the platform answers nothing more
    int m_unreachedInARow = 0; ///< details given up without a usable answer
};

} // namespace counterfoil::sync
