#pragma once

#include "core/actions/plan.h"
#include "core/base/result.h"
#include "core/base/task.h"
#include "core/domain/inspection.h"
#include "core/store/store.h"
#include "core/sync/poller.h"
#include "core/workspace/queue_table.h"
#include "core/workspace/site_context.h"
#include "core/workspace/view.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::workspace {

struct DeskOptions {
    DeskOptions() {}

    std::string person;      ///< login of who acts; empty: the config's person, else the login name
    bool isReadOnly = false; ///< no engine, no writes
};

/// Everything of one process at one store, on one thread with an event loop: the one writer,
/// clients, pollers, plan runner, and the views made from it. The command line uses it directly;
/// LocalWorkspace runs it on its engine thread.
class Desk {
public:
    /// Opens the store. Network parts (secrets, clients) are made on the first use of
    /// startEngine(), syncOnce() or a command that needs them. Errors: Store, Config.
    [[nodiscard]] static Result<std::unique_ptr<Desk>> open(const WorkspaceConfig& config,
                                                            DeskOptions options);
    ~Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    [[nodiscard]] store::Store& store();
    [[nodiscard]] const SiteContext& sites() const;
    [[nodiscard]] const std::string& person() const;
    void setPerson(const std::string& person);
    [[nodiscard]] Instant now() const;

    /// Takes the engine lock of this store. Errors: Store, when another process holds it (its name
    /// and pid in the detail).
    [[nodiscard]] Result<void> lockEngine();
    [[nodiscard]] bool holdsEngine() const;
    /// Fetches secrets and builds clients, pollers and runner. May block for the key store. Errors:
    /// Config.
    [[nodiscard]] Result<void> connect();
    /// Polls and sends until the owner drops the task. @pre connect(), lockEngine()
    [[nodiscard]] Task<void> run();
    /// Every loop once to its end, with the details behind it. @pre connect()
    [[nodiscard]] Task<Result<sync::SyncReport>> syncOnce();

    // Reads.
    [[nodiscard]] Result<std::vector<view::QueueRow>> queue(bool withClosed) const;
    /// Frame and open rows of one reading of the findings.
    struct Shown {
        view::FrameView frame;
        std::shared_ptr<const QueueTable> table;
    };
    /// @param first only so many rows of the default order, at the same cost whatever the store
    /// holds; the frame's counts and totals are then left out (isCounting)
    [[nodiscard]] Result<Shown> shown(std::optional<std::size_t> first = std::nullopt) const;
    [[nodiscard]] Result<view::FrameView> frame() const;
    [[nodiscard]] Result<CaseId> findCase(const std::string& site, const std::string& text,
                                          std::string* siteFound) const;
    [[nodiscard]] Result<view::CaseView> caseView(const std::string& site, const CaseId& id) const;
    [[nodiscard]] Result<std::vector<view::TraceView>> why(const std::string& site,
                                                           const CaseId& id) const;
    [[nodiscard]] Result<view::DocumentView> document(const std::string& site,
                                                      const domain::DocumentRef& ref) const;
    [[nodiscard]] Result<view::QuarantineView> quarantine() const;
    [[nodiscard]] Result<view::HealthView> health() const;
    [[nodiscard]] Result<std::vector<view::ActionView>> actions() const;
    [[nodiscard]] Result<view::CreditPreview>
    previewCredit(const std::string& site, const CaseId& id, bool wholeForecast) const;
    /// What is not blocked is planned; what is, is shown with its reason and left out.
    /// @param sku only units of this SKU; "" for all of the return
    [[nodiscard]] Result<view::ReleasePreview>
    previewRelease(const std::string& site, const CaseId& id, std::string_view sku = {}) const;

    // Commands. Each saves before anything leaves.
    [[nodiscard]] Result<ActionId> proposeCredit(const std::string& site, const CaseId& id,
                                                 const std::string& expectedHash,
                                                 const std::string& reasonCode,
                                                 const std::string& reasonText);
    [[nodiscard]] Result<std::vector<ActionId>>
    proposeRelease(const std::string& site, const CaseId& id, const std::string& expectedHash,
                   const std::string& reasonText, std::string_view sku = {});
    [[nodiscard]] Result<ActionId> proposePo(const std::string& site, const CaseId& id,
                                             const std::string& po);
    /// @return true when all signatures are there
    [[nodiscard]] Result<bool> approve(const ActionId& id, const std::string& reason);
    [[nodiscard]] Result<void> reject(const ActionId& id, const std::string& reason);
    [[nodiscard]] Result<void> undo(const ActionId& id);
    [[nodiscard]] Result<void> inspect(const std::string& site,
                                       std::vector<domain::Inspection> rows);
    [[nodiscard]] Result<void> claim(const std::string& site, const CaseId& id,
                                     const FindingId& finding, const std::string& step,
                                     const std::string& reason);
    [[nodiscard]] Result<void> peopleState(const std::vector<FindingId>& findings,
                                           const std::string& event, const std::string& detailJson);
    [[nodiscard]] Result<void> stopAll(bool isStopped, const std::string& reason);
    /// Runs one action to a state in which it rests (settled, stuck, stale ...) or to @p limit.
    /// @pre connect(), lockEngine()
    [[nodiscard]] Task<Result<view::ActionView>> runAction(ActionId id, Millis limit);
    /// @pre connect()
    [[nodiscard]] Task<Result<void>> rereadCase(std::string site, CaseId id);
    [[nodiscard]] Task<Result<store::ProofRecord>> prove(std::string site, std::string write);
    /// Can everything be read, is the store sound, what is missing? @pre connect() was tried
    [[nodiscard]] Task<Result<std::vector<view::DoctorCheck>>> doctor();
    /// Whether one platform of the first site answers, with one cheap read; nothing is stored.
    [[nodiscard]] Task<std::vector<view::DoctorCheck>> probe(Platform platform);
    void setFocus(const std::string& site, const CaseId& id);

private:
    /// Runs the proofs never tried at sites whose config says so (`proof.at_start`).
    [[nodiscard]] Task<void> proveMissing();
    void countCases(view::FrameView& frame) const;
    struct Impl;
    explicit Desk(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace counterfoil::workspace
