#pragma once

#include "core/workspace/workspace.h"

#include "core/base/result.h"
#include "core/workspace/config.h"

#include <memory>
#include <string>

namespace counterfoil::workspace {

/// The workspace of one desk: local store, engine in this process on its own thread. GUI thread
/// only. Reads and the engine share that one thread: a long read waits for the poll's next pause.
class LocalWorkspace final : public Workspace {
    Q_OBJECT

public:
    explicit LocalWorkspace(QObject* parent = nullptr);
    ~LocalWorkspace() override;

    /// Opens store and sites. @p personId: who sits here; single seat is a choice made knowingly.
    /// Errors: Config, Store.
    [[nodiscard]] Result<void> open(const WorkspaceConfig& config, const std::string& personId);
    /// The same without waiting: the window can be on screen before the store is open. @p done is
    /// called on the GUI thread unless @p context died.
    void openLater(const WorkspaceConfig& config, const std::string& personId, QObject* context,
                   Done done);
    /// Starts polling and sending, on the engine thread. Without it the workspace only reads the
    /// local copy.
    void startEngine();
    /// Drops every task of the engine and waits for its thread.
    void stopEngine();

    // Workspace
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> people() const override;
    [[nodiscard]] std::string person() const override;
    void setPerson(const std::string& personId) override;
    [[nodiscard]] std::shared_ptr<const view::FrameView> frame() const override;
    [[nodiscard]] std::shared_ptr<const QueueTable> queue() const override;
    void readCase(QObject* context, const std::string& site, const CaseId& id,
                  Answer<view::CaseView> answer) override;
    void readDocument(QObject* context, const std::string& site, const domain::DocumentRef& ref,
                      Answer<view::DocumentView> answer) override;
    void readWhy(QObject* context, const std::string& site, const CaseId& id,
                 Answer<std::vector<view::TraceView>> answer) override;
    void readQuarantine(QObject* context, Answer<view::QuarantineView> answer) override;
    void readHealth(QObject* context, Answer<view::HealthView> answer) override;
    void readActions(QObject* context, Answer<std::vector<view::ActionView>> answer) override;
    void previewCredit(QObject* context, const std::string& site, const CaseId& id,
                       bool wholeForecast, Answer<view::CreditPreview> answer) override;
    void previewRelease(QObject* context, const std::string& site, const CaseId& id,
                        Answer<view::ReleasePreview> answer) override;
    void submitCredit(QObject* context, const view::CreditPreview& preview,
                      const std::string& reasonCode, const std::string& reasonText, bool approveToo,
                      Answer<ActionId> answer) override;
    void submitRelease(QObject* context, const view::ReleasePreview& preview, bool approveToo,
                       Answer<ActionId> answer) override;
    void setPo(QObject* context, const std::string& site, const CaseId& id, const std::string& po,
               Answer<ActionId> answer) override;
    void approve(QObject* context, const ActionId& id, Done done) override;
    void reject(QObject* context, const ActionId& id, const std::string& reason,
                Done done) override;
    void undo(QObject* context, const ActionId& id, Done done) override;
    void inspect(QObject* context, const std::string& site, const CaseId& id,
                 std::vector<domain::Inspection> rows, Done done) override;
    void claim(QObject* context, const std::string& site, const FindingId& finding,
               const CaseId& id, const std::string& step, const std::string& reason,
               Done done) override;
    void assign(QObject* context, const std::vector<FindingId>& findings,
                const std::string& personId, Done done) override;
    void snooze(QObject* context, const std::vector<FindingId>& findings, Instant until,
                const std::string& why, Done done) override;
    void addNote(QObject* context, const std::vector<FindingId>& findings, const std::string& text,
                 Done done) override;
    void setOwner(QObject* context, const std::vector<FindingId>& findings, domain::Owner owner,
                  Done done) override;
    void checkAgain(QObject* context, const std::string& site, const CaseId& id,
                    Done done) override;
    void readEverything(QObject* context, Done done) override;
    void stopAll(QObject* context, bool isStopped, const std::string& reason, Done done) override;
    void verifyAudit(QObject* context, Answer<std::string> answer) override;
    void runProof(QObject* context, const std::string& site, const std::string& write,
                  Answer<std::string> answer) override;
    void setFocus(const std::string& site, const CaseId& id) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace counterfoil::workspace
