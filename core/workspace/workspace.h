#pragma once

#include <QObject>
#include <QString>

#include "core/base/result.h"
#include "core/domain/inspection.h"
#include "core/workspace/queue_table.h"
#include "core/workspace/view.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace counterfoil::workspace {

struct WorkspaceConfig;

/// What a command answers: nothing, or why not (a sentence for people is in core/phrases).
using Done = std::function<void(Result<void>)>;
template <class T> using Answer = std::function<void(Result<T>)>;

/// The one door for the window. GUI thread only: every call returns at once; answers arrive later
/// on the GUI thread, as values, through the callback (dropped when @p context dies) or a signal.
/// The engine runs on its own thread with the one writer; reads run on a query thread with their
/// own connection.
class Workspace : public QObject {
    Q_OBJECT

public:
    explicit Workspace(QObject* parent = nullptr);
    ~Workspace() override;

    /// Opens store and sites. @p personId: who sits here (single seat: chosen knowingly). Errors:
    /// Config, Store.
    [[nodiscard]] Result<void> open(const WorkspaceConfig& config, const std::string& personId);
    /// Starts polling and sending. Without it the workspace only reads the local copy.
    void startEngine();
    void stopEngine();

    /// Who may sit here (people of the config).
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> people() const; ///< id, name
    [[nodiscard]] std::string person() const;
    void setPerson(const std::string& personId);

    /// Newest frame and table; never null after the first `queueChanged`.
    [[nodiscard]] std::shared_ptr<const view::FrameView> frame() const;
    [[nodiscard]] std::shared_ptr<const QueueTable> queue() const;

    // ---- reads: answer on the GUI thread
    // ---------------------------------------------------------------------------
    void readCase(QObject* context, const std::string& site, const CaseId& id,
                  Answer<view::CaseView> answer);
    void readDocument(QObject* context, const std::string& site, const domain::DocumentRef& ref,
                      Answer<view::DocumentView> answer);
    void readWhy(QObject* context, const std::string& site, const CaseId& id,
                 Answer<std::vector<view::TraceView>> answer);
    void readQuarantine(QObject* context, Answer<view::QuarantineView> answer);
    void readHealth(QObject* context, Answer<view::HealthView> answer);
    void readActions(QObject* context, Answer<std::vector<view::ActionView>> answer);
    /// @param wholeForecast false: what is due now; true: wait for the rest (shown, not sent)
    void previewCredit(QObject* context, const std::string& site, const CaseId& id,
                       bool wholeForecast, Answer<view::CreditPreview> answer);
    void previewRelease(QObject* context, const std::string& site, const CaseId& id,
                        Answer<view::ReleasePreview> answer);

    // ---- commands
    // ------------------------------------------------------------------------------------------------------
    /// Files what the preview showed (same plan hash, else Conflict) and, where one person may do
    /// both, approves it.
    void submitCredit(QObject* context, const view::CreditPreview& preview,
                      const std::string& reasonCode, const std::string& reasonText, bool approveToo,
                      Answer<ActionId> answer);
    void submitRelease(QObject* context, const view::ReleasePreview& preview, bool approveToo,
                       Answer<ActionId> answer);
    void setPo(QObject* context, const std::string& site, const CaseId& id, const std::string& po,
               Answer<ActionId> answer);
    void approve(QObject* context, const ActionId& id, Done done);
    void reject(QObject* context, const ActionId& id, const std::string& reason, Done done);
    /// Takes back what is still held.
    void undo(QObject* context, const ActionId& id, Done done);
    void inspect(QObject* context, const std::string& site, const CaseId& id,
                 std::vector<domain::Inspection> rows, Done done);
    /// "Said done, not seen": re-read at once.
    void claim(QObject* context, const std::string& site, const FindingId& finding,
               const CaseId& id, const std::string& step, const std::string& reason, Done done);
    void assign(QObject* context, const std::vector<FindingId>& findings,
                const std::string& personId, Done done);
    void snooze(QObject* context, const std::vector<FindingId>& findings, Instant until,
                const std::string& why, Done done);
    void addNote(QObject* context, const std::vector<FindingId>& findings, const std::string& text,
                 Done done);
    void setOwner(QObject* context, const std::vector<FindingId>& findings, domain::Owner owner,
                  Done done);
    /// Reads the case's documents again now. Costs calls.
    void checkAgain(QObject* context, const std::string& site, const CaseId& id, Done done);
    void readEverything(QObject* context, Done done);
    void stopAll(QObject* context, bool isStopped, const std::string& reason, Done done);
    void verifyAudit(QObject* context, Answer<std::string> answer);
    void runProof(QObject* context, const std::string& site, const std::string& write,
                  Answer<std::string> answer);
    /// The operator looks at this case: focus reads at most every 60 s.
    void setFocus(const std::string& site, const CaseId& id);

Q_SIGNALS:
    /// frame() and queue() are new. @p changedCases hold the ids of cases that moved.
    void queueChanged(const std::vector<std::string>& changedCases);
    void actionChanged(const QString& actionId);
    void engineError(const QString& sentence);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace counterfoil::workspace
