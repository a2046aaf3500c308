#include "core/workspace/local_workspace.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QThread>
#include <QTimer>

#include "core/base/heap.h"
#include "core/domain/finding_types.h"
#include "core/phrases/phrases.h"
#include "core/workspace/desk.h"
#include "core/workspace/queue_changes.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace counterfoil::workspace {
namespace {

/// How often the engine thread looks for changes of the store, and how many times as long as a look
/// took it leaves it alone.
constexpr int kLookMillis = 1000;
constexpr int kRest = 10;
/// Rows of the first table of a big store: more than a screen shows.
constexpr std::size_t kFirstRows = 120;
/// A queue beyond this size is shown in two steps.
constexpr std::size_t kBigQueue = 2000;

/// What one look at the store gave; shared with the GUI thread and never changed afterwards.
struct Snapshot {
    std::shared_ptr<const view::FrameView> frame;
    std::shared_ptr<const QueueTable> table;
    std::vector<std::string> changedCases;
};

template <class T> Task<void> carry(Task<Result<T>> task, std::function<void(Result<T>)> done)
{
    Result<T> result = co_await std::move(task);
    done(std::move(result));
}

/// Lives on the engine thread with the one Desk.
class Worker final : public QObject {
public:
    using Publish = std::function<void(Snapshot)>;
    using Complain = std::function<void(Error)>;

    Worker(Publish publish, Complain complain)
        : m_publish(std::move(publish)), m_complain(std::move(complain)), m_look(this)
    {
        m_look.setInterval(kLookMillis);
        connect(&m_look, &QTimer::timeout, this, [this] { look(); });
    }

    ~Worker() override
    {
        // Tasks point into the desk: they go first.
        m_run.reset();
        m_tasks.clear();
        m_desk.reset();
    }

    Result<void> open(const WorkspaceConfig& config, const std::string& person)
    {
        DeskOptions options;
        options.person = person;
        auto desk = Desk::open(config, std::move(options));
        if (!desk)
            return fail(desk.error());
        m_desk = std::move(*desk);
        m_look.start();
        // Not in this call: the window shows itself meanwhile.
        QMetaObject::invokeMethod(
            this, [this] { lookFirst(); }, Qt::QueuedConnection);
        return {};
    }

    void startEngine()
    {
        if (!m_desk || m_run)
            return;
        if (const auto locked = m_desk->lockEngine(); !locked)
            return m_complain(locked.error());
        if (const auto connected = connectOnce(); !connected)
            return m_complain(connected.error());
        m_run.emplace(m_desk->run());
        m_run->start();
    }

    [[nodiscard]] Result<void> connectOnce()
    {
        if (m_isConnected)
            return {};
        auto connected = m_desk->connect();
        m_isConnected = connected.has_value();
        return connected;
    }

    [[nodiscard]] Desk* desk() { return m_desk.get(); }

    template <class T> void keep(Task<Result<T>> task, std::function<void(Result<T>)> done)
    {
        m_tasks.emplace_back(carry<T>(std::move(task), std::move(done)));
        m_tasks.back().start();
    }

    /// Publishes when the store moved since the last look. @p always: in any case
    void look(bool always = false)
    {
        std::erase_if(m_tasks, [](const Task<void>& task) { return task.done(); });
        if (!m_desk)
            return;
        const std::int64_t seq = m_desk->store().changeSeq();
        if (!always && m_seq == seq)
            return;
        QElapsedTimer took;
        took.start();
        auto shown = m_desk->shown();
        if (!shown)
            return m_complain(shown.error());
        m_seq = seq;
        publish(std::move(*shown), true);
        giveBackMemory();
        // A long look leaves the engine most of the time.
        m_look.setInterval(std::max(kLookMillis, static_cast<int>(took.elapsed()) * kRest));
    }

private:
    /// The first screen of a big store at once, then everything.
    void lookFirst()
    {
        if (!m_desk || m_seq)
            return;
        const auto isBig = m_desk->store().hasLiveBeyond(kBigQueue);
        if (isBig && *isBig) {
            if (auto shown = m_desk->shown(kFirstRows))
                publish(std::move(*shown), false);
        }
        look();
    }

    void publish(Desk::Shown shown, bool isWhole)
    {
        Snapshot snapshot;
        if (m_table)
            snapshot.changedCases = casesBetween(*m_table, *shown.table);
        if (isWhole)
            m_table = shown.table;
        snapshot.frame = std::make_shared<const view::FrameView>(std::move(shown.frame));
        snapshot.table = std::move(shown.table);
        m_publish(std::move(snapshot));
    }

    Publish m_publish;
    Complain m_complain;
    QTimer m_look;
    std::unique_ptr<Desk> m_desk;
    std::optional<Task<void>> m_run;
    std::list<Task<void>> m_tasks;
    std::optional<std::int64_t> m_seq;
    std::shared_ptr<const QueueTable> m_table; ///< newest whole one
    bool m_isConnected = false;
};

} // namespace

struct LocalWorkspace::Impl {
    explicit Impl(LocalWorkspace* workspace) : owner(workspace) {}

    LocalWorkspace* owner;
    QThread thread;
    Worker* worker = nullptr; ///< deleted on its thread
    WorkspaceConfig config;
    std::string person;
    std::shared_ptr<const view::FrameView> frame;
    std::shared_ptr<const QueueTable> table;

    void begin();
    void end();
    /// Wraps a callback so that it can be called on the engine thread and runs on the GUI thread,
    /// unless @p context died.
    template <class T>
    std::function<void(Result<T>)> back(QObject* context, std::function<void(Result<T>)> answer)
    {
        QPointer<QObject> alive(context);
        return [target = owner, alive, answer = std::move(answer)](Result<T> result) {
            QMetaObject::invokeMethod(
                target,
                [alive, answer, result = std::move(result)]() mutable {
                    if (alive && answer)
                        answer(std::move(result));
                },
                Qt::QueuedConnection);
        };
    }
    template <class T>
    void ask(QObject* context, std::function<void(Result<T>)> answer,
             std::function<Result<T>(Desk&)> job)
    {
        auto done = back<T>(context, std::move(answer));
        if (!worker)
            return done(fail(ErrorCode::Store, "no store is open"));
        QMetaObject::invokeMethod(
            worker,
            [w = worker, done = std::move(done), job = std::move(job)] {
                done(w->desk() ? job(*w->desk()) : fail(ErrorCode::Store, "no store is open"));
                w->look();
            },
            Qt::QueuedConnection);
    }
    /// A job that needs the platforms: connects first, then keeps the task until it ends.
    template <class T>
    void askTask(QObject* context, std::function<void(Result<T>)> answer,
                 std::function<Task<Result<T>>(Desk&)> job)
    {
        auto done = back<T>(context, std::move(answer));
        if (!worker)
            return done(fail(ErrorCode::Store, "no store is open"));
        QMetaObject::invokeMethod(
            worker,
            [w = worker, done = std::move(done), job = std::move(job)] {
                if (!w->desk())
                    return done(fail(ErrorCode::Store, "no store is open"));
                if (const auto connected = w->connectOnce(); !connected)
                    return done(fail(connected.error()));
                std::function<void(Result<T>)> finish = [w, done](Result<T> result) {
                    w->look(true);
                    done(std::move(result));
                };
                w->template keep<T>(job(*w->desk()), std::move(finish));
            },
            Qt::QueuedConnection);
    }
    void state(QObject* context, const std::vector<FindingId>& findings, const std::string& event,
               const nlohmann::json& detail, Done done)
    {
        ask<void>(context, std::move(done), [findings, event, text = detail.dump()](Desk& desk) {
            return desk.peopleState(findings, event, text);
        });
    }
};

void LocalWorkspace::Impl::begin()
{
    LocalWorkspace* target = owner;
    worker = new Worker(
        [target, this](Snapshot snapshot) {
            QMetaObject::invokeMethod(
                target,
                [target, this, snapshot = std::move(snapshot)] {
                    frame = snapshot.frame;
                    table = snapshot.table;
                    Q_EMIT target->queueChanged(snapshot.changedCases);
                },
                Qt::QueuedConnection);
        },
        [target](const Error& error) {
            const QString sentence = QString::fromStdString(phrases::sentence(error));
            QMetaObject::invokeMethod(
                target, [target, sentence] { Q_EMIT target->engineError(sentence); },
                Qt::QueuedConnection);
        });
    worker->moveToThread(&thread);
    QObject::connect(&thread, &QThread::finished, worker, &QObject::deleteLater);
    thread.setObjectName(QStringLiteral("engine"));
    thread.start();
}

void LocalWorkspace::Impl::end()
{
    if (!worker)
        return;
    thread.quit();
    thread.wait();
    worker = nullptr;
}

LocalWorkspace::LocalWorkspace(QObject* parent)
    : Workspace(parent), m_impl(std::make_unique<Impl>(this))
{
}

LocalWorkspace::~LocalWorkspace()
{
    m_impl->end();
}

Result<void> LocalWorkspace::open(const WorkspaceConfig& config, const std::string& personId)
{
    m_impl->end();
    m_impl->config = config;
    m_impl->person = personId.empty() ? config.person : personId;
    m_impl->begin();
    Result<void> opened;
    QMetaObject::invokeMethod(
        m_impl->worker, [&] { opened = m_impl->worker->open(config, m_impl->person); },
        Qt::BlockingQueuedConnection);
    if (!opened)
        m_impl->end();
    return opened;
}

void LocalWorkspace::openLater(const WorkspaceConfig& config, const std::string& personId,
                               QObject* context, Done done)
{
    m_impl->end();
    m_impl->config = config;
    m_impl->person = personId.empty() ? config.person : personId;
    m_impl->begin();
    QMetaObject::invokeMethod(
        m_impl->worker,
        [w = m_impl->worker, config, person = m_impl->person,
         told = m_impl->back<void>(context, std::move(done))] { told(w->open(config, person)); },
        Qt::QueuedConnection);
}

void LocalWorkspace::startEngine()
{
    if (m_impl->worker)
        QMetaObject::invokeMethod(
            m_impl->worker, [w = m_impl->worker] { w->startEngine(); }, Qt::QueuedConnection);
}

void LocalWorkspace::stopEngine()
{
    m_impl->end();
}

std::vector<std::pair<std::string, std::string>> LocalWorkspace::people() const
{
    std::map<std::string, std::string> names;
    for (const SiteConfig& site : m_impl->config.sites) {
        for (const domain::Person& one : site.site.people)
            names.emplace(one.id.value, one.name);
    }
    return {names.begin(), names.end()};
}

std::string LocalWorkspace::person() const
{
    return m_impl->person;
}

void LocalWorkspace::setPerson(const std::string& personId)
{
    m_impl->person = personId;
    if (m_impl->worker) {
        QMetaObject::invokeMethod(
            m_impl->worker,
            [w = m_impl->worker, personId] {
                if (w->desk())
                    w->desk()->setPerson(personId);
                w->look(true);
            },
            Qt::QueuedConnection);
    }
}

std::shared_ptr<const view::FrameView> LocalWorkspace::frame() const
{
    return m_impl->frame;
}

std::shared_ptr<const QueueTable> LocalWorkspace::queue() const
{
    return m_impl->table;
}

void LocalWorkspace::readCase(QObject* context, const std::string& site, const CaseId& id,
                              Answer<view::CaseView> answer)
{
    m_impl->ask<view::CaseView>(context, std::move(answer),
                                [site, id](Desk& desk) { return desk.caseView(site, id); });
}

void LocalWorkspace::readDocument(QObject* context, const std::string& site,
                                  const domain::DocumentRef& ref, Answer<view::DocumentView> answer)
{
    m_impl->ask<view::DocumentView>(context, std::move(answer),
                                    [site, ref](Desk& desk) { return desk.document(site, ref); });
}

void LocalWorkspace::readWhy(QObject* context, const std::string& site, const CaseId& id,
                             Answer<std::vector<view::TraceView>> answer)
{
    m_impl->ask<std::vector<view::TraceView>>(
        context, std::move(answer), [site, id](Desk& desk) { return desk.why(site, id); });
}

void LocalWorkspace::readQuarantine(QObject* context, Answer<view::QuarantineView> answer)
{
    m_impl->ask<view::QuarantineView>(context, std::move(answer),
                                      [](Desk& desk) { return desk.quarantine(); });
}

void LocalWorkspace::readHealth(QObject* context, Answer<view::HealthView> answer)
{
    m_impl->ask<view::HealthView>(context, std::move(answer),
                                  [](Desk& desk) { return desk.health(); });
}

void LocalWorkspace::readActions(QObject* context, Answer<std::vector<view::ActionView>> answer)
{
    m_impl->ask<std::vector<view::ActionView>>(context, std::move(answer),
                                               [](Desk& desk) { return desk.actions(); });
}

void LocalWorkspace::previewCredit(QObject* context, const std::string& site, const CaseId& id,
                                   bool wholeForecast, Answer<view::CreditPreview> answer)
{
    m_impl->ask<view::CreditPreview>(context, std::move(answer),
                                     [site, id, wholeForecast](Desk& desk) {
                                         return desk.previewCredit(site, id, wholeForecast);
                                     });
}

void LocalWorkspace::previewRelease(QObject* context, const std::string& site, const CaseId& id,
                                    Answer<view::ReleasePreview> answer)
{
    m_impl->ask<view::ReleasePreview>(context, std::move(answer), [site, id](Desk& desk) {
        return desk.previewRelease(site, id);
    });
}

void LocalWorkspace::submitCredit(QObject* context, const view::CreditPreview& preview,
                                  const std::string& reasonCode, const std::string& reasonText,
                                  bool approveToo, Answer<ActionId> answer)
{
    m_impl->ask<ActionId>(
        context, std::move(answer),
        [site = preview.site, id = preview.caseId, hash = preview.planHash, reasonCode, reasonText,
         approveToo](Desk& desk) -> Result<ActionId> {
            auto filed = desk.proposeCredit(site, id, hash, reasonCode, reasonText);
            if (!filed || !approveToo)
                return filed;
            if (const auto signedNow = desk.approve(*filed, reasonText); !signedNow)
                return fail(signedNow.error());
            return filed;
        });
}

void LocalWorkspace::submitRelease(QObject* context, const view::ReleasePreview& preview,
                                   bool approveToo, Answer<ActionId> answer)
{
    const CaseId id = preview.lines.empty() ? CaseId() : preview.lines.front().caseId;
    m_impl->ask<ActionId>(context, std::move(answer),
                          [site = preview.site, id, hash = preview.planHash,
                           approveToo](Desk& desk) -> Result<ActionId> {
                              const auto filed = desk.proposeRelease(site, id, hash, {});
                              if (!filed)
                                  return fail(filed.error());
                              if (filed->empty())
                                  return fail(ErrorCode::Invalid, "nothing to release");
                              for (const ActionId& one : *filed) {
                                  if (!approveToo)
                                      break;
                                  if (const auto signedNow = desk.approve(one, {}); !signedNow)
                                      return fail(signedNow.error());
                              }
                              return filed->front();
                          });
}

void LocalWorkspace::setPo(QObject* context, const std::string& site, const CaseId& id,
                           const std::string& po, Answer<ActionId> answer)
{
    m_impl->ask<ActionId>(context, std::move(answer),
                          [site, id, po](Desk& desk) { return desk.proposePo(site, id, po); });
}

void LocalWorkspace::approve(QObject* context, const ActionId& id, Done done)
{
    m_impl->ask<void>(context, std::move(done), [id](Desk& desk) -> Result<void> {
        if (const auto signedNow = desk.approve(id, {}); !signedNow)
            return fail(signedNow.error());
        return {};
    });
}

void LocalWorkspace::reject(QObject* context, const ActionId& id, const std::string& reason,
                            Done done)
{
    m_impl->ask<void>(context, std::move(done),
                      [id, reason](Desk& desk) { return desk.reject(id, reason); });
}

void LocalWorkspace::undo(QObject* context, const ActionId& id, Done done)
{
    m_impl->ask<void>(context, std::move(done), [id](Desk& desk) { return desk.undo(id); });
}

void LocalWorkspace::inspect(QObject* context, const std::string& site, const CaseId&,
                             std::vector<domain::Inspection> rows, Done done)
{
    m_impl->ask<void>(context, std::move(done), [site, rows = std::move(rows)](Desk& desk) {
        return desk.inspect(site, rows);
    });
}

void LocalWorkspace::claim(QObject* context, const std::string& site, const FindingId& finding,
                           const CaseId& id, const std::string& step, const std::string& reason,
                           Done done)
{
    m_impl->ask<void>(context, std::move(done), [site, finding, id, step, reason](Desk& desk) {
        return desk.claim(site, id, finding, step, reason);
    });
}

void LocalWorkspace::assign(QObject* context, const std::vector<FindingId>& findings,
                            const std::string& personId, Done done)
{
    m_impl->state(context, findings, personId.empty() ? "unassigned" : "assigned",
                  {{"assignee", personId}}, std::move(done));
}

void LocalWorkspace::snooze(QObject* context, const std::vector<FindingId>& findings, Instant until,
                            const std::string& why, Done done)
{
    m_impl->state(context, findings, "snoozed", {{"until", formatInstant(until)}, {"reason", why}},
                  std::move(done));
}

void LocalWorkspace::addNote(QObject* context, const std::vector<FindingId>& findings,
                             const std::string& text, Done done)
{
    m_impl->state(context, findings, "note", {{"text", text}}, std::move(done));
}

void LocalWorkspace::setOwner(QObject* context, const std::vector<FindingId>& findings,
                              domain::Owner owner, Done done)
{
    m_impl->state(context, findings, "handed-off", {{"owner", domain::ownerWord(owner)}},
                  std::move(done));
}

void LocalWorkspace::checkAgain(QObject* context, const std::string& site, const CaseId& id,
                                Done done)
{
    m_impl->askTask<void>(context, std::move(done),
                          [site, id](Desk& desk) { return desk.rereadCase(site, id); });
}

void LocalWorkspace::readEverything(QObject* context, Done done)
{
    Answer<sync::SyncReport> answer = [done = std::move(done)](Result<sync::SyncReport> report) {
        if (report && report->hasFailed())
            done(fail(ErrorCode::Network, "a platform did not answer; its rows are as last read"));
        else if (report)
            done({});
        else
            done(fail(report.error()));
    };
    m_impl->askTask<sync::SyncReport>(context, std::move(answer),
                                      [](Desk& desk) { return desk.syncOnce(); });
}

void LocalWorkspace::stopAll(QObject* context, bool isStopped, const std::string& reason, Done done)
{
    m_impl->ask<void>(context, std::move(done),
                      [isStopped, reason](Desk& desk) { return desk.stopAll(isStopped, reason); });
}

void LocalWorkspace::verifyAudit(QObject* context, Answer<std::string> answer)
{
    m_impl->ask<std::string>(context, std::move(answer), [](Desk& desk) -> Result<std::string> {
        const auto verdict = desk.store().verifyAudit();
        if (!verdict)
            return fail(verdict.error());
        if (verdict->brokenAt)
            return "Broken at entry " + std::to_string(*verdict->brokenAt) + ": " + verdict->what;
        return "Unbroken, " + std::to_string(verdict->entries) + " entries";
    });
}

void LocalWorkspace::runProof(QObject* context, const std::string& site, const std::string& write,
                              Answer<std::string> answer)
{
    Answer<store::ProofRecord> said = [answer](Result<store::ProofRecord> record) {
        if (record)
            answer(record->isGood ? std::string("proved") : record->detail);
        else
            answer(fail(record.error()));
    };
    m_impl->askTask<store::ProofRecord>(
        context, std::move(said), [site, write](Desk& desk) { return desk.prove(site, write); });
}

void LocalWorkspace::setFocus(const std::string& site, const CaseId& id)
{
    m_impl->ask<void>(this, {}, [site, id](Desk& desk) -> Result<void> {
        desk.setFocus(site, id);
        return {};
    });
}

} // namespace counterfoil::workspace
