#pragma once

#include "core/actions/approvals.h"
#include "core/actions/engine.h"
#include "core/actions/planning.h"
#include "core/base/seams.h"
#include "core/base/task.h"
#include "core/sync/actions/hearing.h"
#include "core/sync/actions/ledger.h"
#include "core/sync/ports.h"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace counterfoil::sync {

/// Where a site's proof runs may write: a test customer, order and item that the shop keeps for it.
/// Config key `proof`: {"customer": "<legacy id>", "order": "<legacy id>", "item": "<inventory item
/// gid>", "from": "<location gid>", "to": "<location gid>"}; absent: no proof run, locked buttons.
struct ProofTarget {
    CustomerId customer;
    OrderId order;
    InventoryItemId item;
    LocationId from, to;
};

/// What the runner needs to know of one site.
struct RunnerSite {
    std::string id;
    money::Currency currency;
    domain::Policy policy;
    std::vector<domain::Person> people;
    actions::PlanContext context; ///< isProved and now are filled in by the runner
    ProofTarget proof;
    /// The store itself knows who signs (design.md 8). False where people only say who they are:
    /// every signature is then marked as not enforced.
    bool isIdentityProved = false;
};

/// What a person adds when filing a plan.
struct Proposal {
    PersonId person;
    FindingId finding;
    std::string reasonCode, reasonText;
};

/// Takes plans from filing to proof: held 10 s, leased, re-read, one write, answer understood,
/// re-read, settled; or unknown and resolved; or stuck. Nothing is believed across a suspension:
/// every step loads its action again by id. Engine thread. Dropping a task of it at any moment
/// loses nothing: run() takes up what it finds.
class Runner {
public:
    struct Services {
        Clock* clock = nullptr;
        Reader* reader = nullptr;
        Sender* sender = nullptr;
        Ledger* ledger = nullptr;
        CallReserve* calls = nullptr;          ///< nullptr: no budget to keep
        Millis tick = std::chrono::seconds(1); ///< how often run() looks for what became ready
    };
    Runner(Services services, std::vector<RunnerSite> sites);
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    /// Told after every change of an action; any work it causes is posted, not done inside.
    void onChange(std::function<void(const actions::ActionRecord&)> told);

    // ---- people's commands. Errors: Forbidden with the phrase's code as detail (see
    // lastRefusal()), NotFound, Conflict, Store.
    [[nodiscard]] Result<actions::Plan> previewCredit(std::string site, CaseId caseId) const;
    /// One plan for each SKU and destination.
    [[nodiscard]] Result<std::vector<actions::Plan>> previewRelease(std::string site,
                                                                    CaseId caseId) const;
    [[nodiscard]] Result<actions::Plan> previewSetPo(std::string site, CaseId caseId,
                                                     std::string poNumber) const;
    // The same from facts that are loaded already: a drill-down shows all three.
    [[nodiscard]] Result<actions::Plan> previewCredit(const domain::CaseFacts& facts) const;
    [[nodiscard]] Result<std::vector<actions::Plan>>
    previewRelease(const domain::CaseFacts& facts) const;
    [[nodiscard]] Result<actions::Plan> previewSetPo(const domain::CaseFacts& facts,
                                                     const std::string& poNumber) const;
    /// What filing it would need now, for the sheet.
    [[nodiscard]] Result<actions::Requirement> requirement(const actions::Plan& plan,
                                                           const PersonId& person) const;
    /// Files exactly what was previewed: made again from the stored facts it must have the same
    /// hash, else Conflict.
    [[nodiscard]] Result<ActionId> propose(const actions::Plan& plan, const Proposal& proposal);
    /// Files several plans of one case at once: all of them, or none.
    [[nodiscard]] Result<std::vector<ActionId>> proposeAll(const std::vector<actions::Plan>& plans,
                                                           const Proposal& proposal);
    [[nodiscard]] Result<domain::ActionState> approve(const ActionId& id, const PersonId& person,
                                                      const std::string& reason);
    [[nodiscard]] Result<void> reject(const ActionId& id, const PersonId& person,
                                      const std::string& reason);
    /// Takes back what was not leased yet.
    [[nodiscard]] Result<void> cancel(const ActionId& id, const PersonId& person);
    /// A person looked at both sides of a stuck action.
    [[nodiscard]] Result<void> decideStuck(const ActionId& id, const PersonId& person,
                                           bool tookEffect, const std::string& reason);
    [[nodiscard]] const domain::Phrase& lastRefusal() const { return m_refusal; }

    // ---- the engine
    /// Takes one action as far as it goes: to a resting state, or to an error that says why it
    /// waits (Forbidden: stop-all or a cap; QuotaSpent; the platform's error of a failed re-read).
    [[nodiscard]] Task<Result<domain::ActionState>> drive(ActionId id);
    /// First what an earlier run left half-way, then whatever becomes ready. Never ends.
    [[nodiscard]] Task<void> run();
    /// Everything that is ready now, to rest; for one-shot commands.
    [[nodiscard]] Task<Result<void>> runOnce();
    /// Guided experiment at the site's proof target; stores and returns what it learned.
    /// @param write "credit-metafield", "release" or "set-po". Errors: Config (no target), others
    /// as the platform's. A run that fails half-way says in its detail what is left to put back.
    [[nodiscard]] Task<Result<store::ProofRecord>> prove(std::string site, std::string write,
                                                         PersonId person);

private:
    struct Loaded {
        actions::ActionRecord record;
        std::shared_ptr<const actions::Plan> plan; ///< never null
    };
    [[nodiscard]] const RunnerSite* site(const std::string& id) const;
    [[nodiscard]] const domain::Person* person(const RunnerSite& site, const PersonId& id) const;
    [[nodiscard]] Result<Loaded> load(const ActionId& id) const;
    /// The plan of a record, read once: its text never changes after filing. Null: not readable.
    [[nodiscard]] std::shared_ptr<const actions::Plan>
    planOf(const actions::ActionRecord& record) const;
    [[nodiscard]] actions::PlanContext contextFor(const RunnerSite& site,
                                                  domain::ActionKind kind) const;
    [[nodiscard]] Result<domain::CaseFacts> factsOf(const std::string& site,
                                                    const CaseId& id) const;
    [[nodiscard]] Result<actions::Plan> planAgain(const actions::Plan& plan,
                                                  const domain::CaseFacts& facts) const;
    [[nodiscard]] Result<actions::Requirement> requirementFor(const actions::ActionRecord& record,
                                                              const actions::Plan& plan,
                                                              const domain::Policy& policy) const;
    [[nodiscard]] tl::unexpected<Error> refuse(domain::Phrase why);
    /// What filing this plan would write; refused like propose().
    [[nodiscard]] Result<Filing> filingOf(const actions::Plan& plan, const Proposal& proposal);
    /// Pieces our own releases took from the plan's quarantine since it was filed.
    [[nodiscard]] Result<std::int64_t> ownMovesSince(const Loaded& loaded) const;
    [[nodiscard]] Result<void> move(actions::ActionRecord& record, domain::ActionState to,
                                    domain::Phrase problem, const PersonId& person,
                                    const std::string& note = {});
    [[nodiscard]] Result<void> saveAttempt(const actions::ActionRecord& record,
                                           const actions::Attempt& attempt,
                                           const std::string& what);
    [[nodiscard]] bool isLaneBusy(const Loaded& loaded) const;
    [[nodiscard]] Result<domain::Phrase> capsRefusal(const RunnerSite& site,
                                                     const actions::Plan& plan) const;

    // steps; each ends in a changed state or an error
    [[nodiscard]] Task<Result<void>> step(ActionId id, domain::ActionState state);
    [[nodiscard]] Task<Result<void>> stepApproved(ActionId id);
    [[nodiscard]] Result<void> stepLeased(const ActionId& id);
    [[nodiscard]] Result<void> stepSending(const ActionId& id);
    [[nodiscard]] Task<Result<void>> stepUnknown(ActionId id);
    [[nodiscard]] Task<Result<void>> stepConfirmed(ActionId id);
    [[nodiscard]] Task<Result<void>> sendLeased(ActionId id);
    /// @return the request to send, after the intent was saved; nullopt: it moved elsewhere
    [[nodiscard]] Result<std::optional<request::PreparedRequest>> prepare(const ActionId& id);
    [[nodiscard]] Task<Result<void>> transmit(ActionId id, request::PreparedRequest write);
    [[nodiscard]] Task<Result<void>> resend(ActionId id);
    [[nodiscard]] Task<Result<void>> rereadFor(ActionId id);
    [[nodiscard]] Result<actions::Resolution> resolve(const Loaded& loaded, bool isRead, int reads);
    [[nodiscard]] Result<actions::ProofReading> readProof(const Loaded& loaded, bool isRead);
    [[nodiscard]] actions::Levels levelsOf(const actions::Plan& plan) const;
    [[nodiscard]] Task<void> driveLogged(ActionId id);
    void startReady();
    void upkeep();
    void expireOld();
    void lookForLateReceipts();

    // proof runs (prove.cpp)
    [[nodiscard]] Task<Result<std::string>> proveCredit(std::string siteId);
    [[nodiscard]] Task<Result<std::string>> proveRelease(std::string siteId);
    [[nodiscard]] Task<Result<std::string>> provePo(std::string siteId);
    [[nodiscard]] Task<Result<HttpReply>> sendProof(std::string siteId,
                                                    request::PreparedRequest write);
    [[nodiscard]] Task<Result<domain::Account>> readAccount(std::string siteId);
    [[nodiscard]] Task<Result<actions::Levels>> readLevels(std::string siteId);
    [[nodiscard]] Task<Result<std::string>> readPo(std::string siteId);

    struct KnownPlan {
        std::string text;
        std::shared_ptr<const actions::Plan> plan;
    };
    Services m_services;
    std::vector<RunnerSite> m_sites;
    mutable std::map<ActionId, KnownPlan> m_plans;
    std::function<void(const actions::ActionRecord&)> m_told;
    domain::Phrase m_refusal;
    std::set<ActionId> m_driving;
    std::set<ActionId> m_fromBefore; ///< left half-way by an earlier run, not resolved yet
    std::map<ActionId, Instant> m_notBefore;
    std::map<ActionId, int> m_failures;
    Instant m_nextUpkeep{}; ///< expiring and late receipts are looked at once a minute
    TaskGroup m_group;
};

} // namespace counterfoil::sync
