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
    using QObject::QObject;

    /// Who may sit here (people of the config).
    [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>>
    people() const = 0; ///< id, name
    [[nodiscard]] virtual std::string person() const = 0;
    virtual void setPerson(const std::string& personId) = 0;

    /// Newest frame and table; never null after the first `queueChanged`.
    [[nodiscard]] virtual std::shared_ptr<const view::FrameView> frame() const = 0;
    [[nodiscard]] virtual std::shared_ptr<const QueueTable> queue() const = 0;

    // Reads: answer on the GUI thread.
    virtual void readCase(QObject* context, const std::string& site, const CaseId& id,
                          Answer<view::CaseView> answer) = 0;
    virtual void readDocument(QObject* context, const std::string& site,
                              const domain::DocumentRef& ref,
                              Answer<view::DocumentView> answer) = 0;
    virtual void readWhy(QObject* context, const std::string& site, const CaseId& id,
                         Answer<std::vector<view::TraceView>> answer) = 0;
    virtual void readQuarantine(QObject* context, Answer<view::QuarantineView> answer) = 0;
    virtual void readHealth(QObject* context, Answer<view::HealthView> answer) = 0;
    virtual void readActions(QObject* context, Answer<std::vector<view::ActionView>> answer) = 0;
    /// @param wholeForecast false: what is due now; true: wait for the rest (shown, not sent)
    virtual void previewCredit(QObject* context, const std::string& site, const CaseId& id,
                               bool wholeForecast, Answer<view::CreditPreview> answer) = 0;
    virtual void previewRelease(QObject* context, const std::string& site, const CaseId& id,
                                Answer<view::ReleasePreview> answer) = 0;

    // Commands.
    /// Files what the preview showed (same plan hash, else Conflict) and, where one person may do
    /// both, approves it.
    virtual void submitCredit(QObject* context, const view::CreditPreview& preview,
                              const std::string& reasonCode, const std::string& reasonText,
                              bool approveToo, Answer<ActionId> answer) = 0;
    virtual void submitRelease(QObject* context, const view::ReleasePreview& preview,
                               bool approveToo, Answer<ActionId> answer) = 0;
    virtual void setPo(QObject* context, const std::string& site, const CaseId& id,
                       const std::string& po, Answer<ActionId> answer) = 0;
    virtual void approve(QObject* context, const ActionId& id, Done done) = 0;
    virtual void reject(QObject* context, const ActionId& id, const std::string& reason,
                        Done done) = 0;
    /// Takes back what is still held.
    virtual void undo(QObject* context, const ActionId& id, Done done) = 0;
    virtual void inspect(QObject* context, const std::string& site, const CaseId& id,
                         std::vector<domain::Inspection> rows, Done done) = 0;
    /// "Said done, not seen": re-read at once.
    virtual void claim(QObject* context, const std::string& site, const FindingId& finding,
                       const CaseId& id, const std::string& step, const std::string& reason,
                       Done done) = 0;
    virtual void assign(QObject* context, const std::vector<FindingId>& findings,
                        const std::string& personId, Done done) = 0;
    virtual void snooze(QObject* context, const std::vector<FindingId>& findings, Instant until,
                        const std::string& why, Done done) = 0;
    virtual void addNote(QObject* context, const std::vector<FindingId>& findings,
                         const std::string& text, Done done) = 0;
    virtual void setOwner(QObject* context, const std::vector<FindingId>& findings,
                          domain::Owner owner, Done done) = 0;
    /// Reads the case's documents again now. Costs calls.
    virtual void checkAgain(QObject* context, const std::string& site, const CaseId& id,
                            Done done) = 0;
    virtual void readEverything(QObject* context, Done done) = 0;
    virtual void stopAll(QObject* context, bool isStopped, const std::string& reason,
                         Done done) = 0;
    virtual void verifyAudit(QObject* context, Answer<std::string> answer) = 0;
    virtual void runProof(QObject* context, const std::string& site, const std::string& write,
                          Answer<std::string> answer) = 0;
    /// The operator looks at this case: focus reads at most every 60 s.
    virtual void setFocus(const std::string& site, const CaseId& id) = 0;

Q_SIGNALS:
    /// frame() and queue() are new. @p changedCases hold the ids of cases that moved.
    void queueChanged(const std::vector<std::string>& changedCases);
    void actionChanged(const QString& actionId);
    void engineError(const QString& sentence);
};

} // namespace counterfoil::workspace
