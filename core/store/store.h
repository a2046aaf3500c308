#pragma once

#include "core/actions/record.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/domain/case_facts.h"
#include "core/domain/finding.h"
#include "core/domain/observation.h"
#include "core/domain/policy.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace counterfoil::store {

/// Where reading stands for one loop of one platform: "shopify/orders-changed" ...
struct Watermark {
    std::string site;
    std::string loop;
    std::string mark;                   ///< high-water mark as text; its form is the loop's own
    std::optional<Instant> lastSuccess; ///< end of the newest complete sweep
    std::optional<Instant> previousSuccess;
    std::optional<Instant> failingSince;
    std::string lastError; ///< errorWord and detail, plain; empty: none
    std::string lastRequestId;
};

/// A record that would not decode, as it waits for being read again.
struct SetAsideRow {
    domain::DocumentKind kind = domain::DocumentKind::Order;
    std::string externalId; ///< empty when not even that could be read
    std::string reason;     ///< names the field
    Instant at{};
};

/// A page to store: its documents, what was set aside, and where the loop stands afterwards. One
/// transaction.
struct PageWrite {
    std::string site;
    std::string loop;
    Instant observedAt{};
    std::vector<domain::PageDocument> documents;
    std::vector<domain::SetAside> setAside;
    Platform platform = Platform::None;
    std::optional<std::string> newMark; ///< set with the last page of a sweep only
    bool isSweepEnd = false;            ///< the loop's lastSuccess becomes observedAt
    std::vector<std::string>
        vanishedRmas; ///< RMA ids no longer in the open sweep: their case is dirty
};

struct PageOutcome {
    std::size_t newVersions = 0; ///< documents whose digest differs from their newest version
    std::size_t unchanged = 0;
    std::size_t casesJudged = 0;
    std::vector<RmaId> rmasToDetail;     ///< list rows that are new or moved, and RMAs whose
                                         ///< transaction changed: a detail call is due
    std::vector<OrderId> ordersToDetail; ///< orders (of a case) whose head moved
    std::int64_t changeSeq = 0;          ///< newest seq of the change feed
};

/// The judge, handed in: the store knows no rule. Pure; called inside the transaction, on the
/// engine thread.
using Judge = std::function<domain::Judgement(const domain::CaseFacts&)>;

/// A finding with its journal and people's state: what a queue row is made of.
struct StoredFinding {
    FindingId id;
    std::string site;
    CaseId caseId;
    domain::Finding finding; ///< its owner is the team it was handed to, when it was
    std::string state; ///< words of design.md 10: open, expected, in-progress, awaiting-approval,
                       ///< waiting-for, settling, snoozed, closed, accepted, history
    Instant firstSeen{};
    std::optional<Instant> closedAt;
    std::string closedBy; ///< proof, accepted, moot, policy
    bool isRegressed = false;
    bool isInherited = false;
    bool isClaimed = false; ///< said done, not seen
    std::string assignee;   ///< person id
    std::string waitingFor, ticket;
    std::optional<Instant> snoozedUntil;
    Millis pausedFor{0}; ///< resolve clock paused so far
    std::string rma, order, orderName, po, customer, customerNote, rmaStatus, paymentWord;
    std::int64_t seq = 0;
};

struct StoredNotJudged {
    std::string site;
    CaseId caseId;
    std::string rma;
    domain::NotJudged entry;
};

/// One step of a finding's life.
struct JournalEntry {
    std::int64_t seq = 0;
    FindingId finding;
    std::string event; ///< opened, updated, closed, regressed, claimed, snoozed, assigned, note ...
    Instant at{};
    PersonId person;
    std::string detail; ///< canonical JSON
};

/// Counts of calls in the rolling 24 h of one key.
struct CallLedgerRow {
    Instant at{};
    std::string site;
    Platform platform = Platform::None;
    std::string callClass; ///< resolution, operator, focus, sweep-a ... e
    std::string label;
    int status = 0; ///< 0: no answer
};

struct AuditRow {
    std::int64_t seq = 0;
    Instant at{};
    actions::AuditEntry entry;
    std::string previousHash, hash;
};
struct AuditVerdict {
    std::int64_t entries = 0;
    std::string head;
    std::optional<std::int64_t> brokenAt; ///< first entry that does not follow from the one before
    std::string what;                     ///< names the break
};

struct DocumentVersion {
    domain::DocumentRef ref;
    std::string body;
    std::optional<Instant> sourceTime;
};

/// A proof run's result for one write at one site.
struct ProofRecord {
    std::string site;
    std::string write; ///< "credit-metafield", "release", "set-po"
    Instant at{};
    std::string apiVersion;
    bool isGood = false;
    std::string detail; ///< canonical JSON: sign, delay, side effects seen
    PersonId person;
};

/// How a case is put together needs the adapter settings and the policy of its site: handed in
/// once, by site.
struct SiteSettings {
    std::string adapterJson; ///< overrides, canonical; "" for defaults
    domain::Policy policy;
    money::Currency currency;
};

struct OpenOptions {
    bool isReadOnly = false;
    std::function<Instant()> now; ///< for rows the store stamps itself
};

/// One store: two SQLite files in one folder (facts: derived; ledger: decided). One writer object,
/// engine thread only; further read-only objects, one a thread. Errors of all: Store (damaged,
/// locked for longer than 2 s, full, read-only, newer than this program), with a plain text of
/// what, where and what to do.
class Store {
public:
    /// @param url "sqlite:/path/to/folder"; the folder is made when missing.
    [[nodiscard]] static Result<std::unique_ptr<Store>> open(const std::string& url,
                                                             OpenOptions options);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    void configureSite(const std::string& site, SiteSettings settings);

    // ---- facts: observe and judge
    // -------------------------------------------------------------------------------
    /// Stores a page: document versions, watermark, and the judgement of every case it touches, in
    /// one transaction of the facts file; the journal entries go to the ledger file first. Kill it
    /// anywhere: nothing half, nothing twice.
    [[nodiscard]] Result<PageOutcome> applyPage(const PageWrite& page, const Judge& judge);
    /// Records a failed sweep (for feed-stale and access-refused) and judges the feed's case.
    [[nodiscard]] Result<void> applyFailure(const std::string& site, const std::string& loop,
                                            Platform platform, const Error& error, Instant at,
                                            const Judge& judge);
    /// Judges every case whose `judgeAgainAt` has passed, every case touched by ledger rows since
    /// `judged_through_ledger_seq`, and every feed case. Call at start and once a minute.
    [[nodiscard]] Result<std::size_t> judgeDue(Instant now, const Judge& judge);
    /// Judges every case again (policy or program changed).
    [[nodiscard]] Result<std::size_t> judgeAll(Instant now, const Judge& judge);
    [[nodiscard]] Result<std::optional<domain::CaseFacts>>
    loadCase(const std::string& site, const CaseId& caseId, Instant now) const;
    /// The case of an RMA id, an order id or an order name.
    [[nodiscard]] Result<std::optional<CaseId>> findCase(const std::string& site,
                                                         std::string_view rmaOrOrder) const;
    [[nodiscard]] Result<std::vector<CaseId>> allCases(const std::string& site) const;
    [[nodiscard]] Result<std::optional<domain::Judgement>>
    storedJudgement(const std::string& site, const CaseId& caseId) const;
    [[nodiscard]] Result<std::optional<Watermark>> watermark(const std::string& site,
                                                             const std::string& loop) const;
    [[nodiscard]] Result<std::vector<Watermark>> watermarks(const std::string& site) const;
    /// Records that would not decode and were not read well since, newest first, at most
    /// @p rowsMax.
    [[nodiscard]] Result<std::vector<SetAsideRow>> setAside(const std::string& site,
                                                            std::size_t rowsMax) const;
    [[nodiscard]] Result<std::optional<DocumentVersion>>
    document(const std::string& site, domain::DocumentKind kind, const std::string& externalId,
             std::optional<std::int64_t> version) const;
    [[nodiscard]] Result<std::vector<DocumentVersion>> documentVersions(const std::string& site,
                                                                        const CaseId& caseId) const;
    /// RMA ids that the newest list rows show in one of these states.
    [[nodiscard]] Result<std::vector<RmaId>>
    rmasInStates(const std::string& site, const std::vector<std::string>& states) const;
    /// Open RMAs whose detail is oldest, oldest first (job E of returngo.md 4).
    [[nodiscard]] Result<std::vector<RmaId>> oldestDetails(const std::string& site,
                                                           std::size_t limit) const;
    [[nodiscard]] Result<std::map<UnitId, RmaId>>
    rmasOfUnits(const std::string& site, const std::vector<UnitId>& units) const;

    // ---- findings and people's state
    // ------------------------------------------------------------------------------
    [[nodiscard]] Result<std::vector<StoredFinding>> findings(bool includeClosed) const;
    /// Every live finding (not closed), case by case in the order of site and case: what a queue
    /// row shows, without evidence and hidden types. The visitor may take the finding's parts away.
    /// One snapshot; holds one finding at a time.
    using FindingVisitor = std::function<void(StoredFinding&)>;
    [[nodiscard]] Result<void> visitLive(const FindingVisitor& visitor) const;
    /// The same for the cases of the first @p count live findings in the queue's default order:
    /// costs the same whatever the store holds.
    [[nodiscard]] Result<void> visitFirst(std::size_t count, const FindingVisitor& visitor) const;
    /// The same for one case.
    [[nodiscard]] Result<std::vector<StoredFinding>> liveOfCase(const std::string& site,
                                                                const CaseId& caseId) const;
    /// Whether more than @p count findings are live; reads no more than that many.
    [[nodiscard]] Result<bool> hasLiveBeyond(std::size_t count) const;
    /// Findings whose seq is above @p seq, closed ones included: the change feed.
    [[nodiscard]] Result<std::vector<StoredFinding>> findingsSince(std::int64_t seq) const;
    [[nodiscard]] Result<std::vector<StoredNotJudged>> notJudged() const;
    [[nodiscard]] Result<std::vector<JournalEntry>> journal(const FindingId& finding) const;
    [[nodiscard]] Result<void> setPeopleState(const FindingId& finding, const std::string& event,
                                              const std::string& detailJson, const PersonId& person,
                                              Instant at);
    [[nodiscard]] Result<void> addInspections(const std::string& site,
                                              const std::vector<domain::Inspection>& rows,
                                              const PersonId& person, const Judge& judge,
                                              Instant at);
    [[nodiscard]] Result<void> addClaim(const std::string& site, const CaseId& caseId,
                                        const domain::Claim& claim, const Judge& judge);
    [[nodiscard]] std::int64_t changeSeq() const;

    // ---- actions
    // ----------------------------------------------------------------------------------------------------
    /// Files an action: the record, its unit shares (unique per site, unit, book, purpose among
    /// actions not withdrawn; the sum in one book never above the unit's value) and the audit entry
    /// in ONE FULL transaction. Errors also: Conflict, its detail names the other action.
    [[nodiscard]] Result<void> fileAction(const actions::ActionRecord& record,
                                          const actions::AuditEntry& audit);
    /// Files several actions in one transaction: all of them, or none.
    [[nodiscard]] Result<void>
    fileActions(const std::vector<std::pair<actions::ActionRecord, actions::AuditEntry>>& filings);
    /// Moves an action from one state to another with whatever changed, or Conflict when it is no
    /// longer in @p from.
    [[nodiscard]] Result<void> moveAction(const actions::ActionRecord& changed,
                                          domain::ActionState from,
                                          const actions::AuditEntry& audit);
    [[nodiscard]] Result<void> saveAttempt(const ActionId& action, const actions::Attempt& attempt,
                                           const actions::AuditEntry& audit);
    [[nodiscard]] Result<std::optional<actions::ActionRecord>> action(const ActionId& id) const;
    [[nodiscard]] Result<std::vector<actions::ActionRecord>>
    actionsInStates(const std::vector<domain::ActionState>& states) const;
    [[nodiscard]] Result<std::vector<actions::ActionRecord>> allActions(std::size_t limit) const;
    /// Sum sent (or maybe sent) since @p since at one site, in minor units of @p currency: for the
    /// caps.
    [[nodiscard]] Result<std::int64_t>
    creditedSince(const std::string& site, const std::string& currency, Instant since) const;
    [[nodiscard]] Result<void> saveProof(const ProofRecord& proof,
                                         const actions::AuditEntry& audit);
    [[nodiscard]] Result<std::optional<ProofRecord>> proof(const std::string& site,
                                                           const std::string& write) const;
    [[nodiscard]] Result<void> setStopAll(bool isStopped, const PersonId& person,
                                          const std::string& reason);
    [[nodiscard]] Result<bool> isStopAll() const;

    // ---- calls, audit, upkeep
    // -------------------------------------------------------------------------------------
    [[nodiscard]] Result<void> addCall(const CallLedgerRow& row);
    [[nodiscard]] Result<std::vector<CallLedgerRow>> callsSince(Platform platform,
                                                                Instant since) const;
    [[nodiscard]] Result<void> audit(const actions::AuditEntry& entry);
    [[nodiscard]] Result<AuditVerdict> verifyAudit() const;
    [[nodiscard]] Result<std::vector<AuditRow>> auditRows(std::int64_t beforeSeq,
                                                          std::size_t limit) const;
    /// Facts and findings without reading times and row ids, as canonical text: what two stores
    /// must share to be equal.
    [[nodiscard]] Result<std::string> normalForm() const;

    struct Impl; ///< named by the other files of this folder only

private:
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace counterfoil::store
