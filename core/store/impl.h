#pragma once

#include "core/decode/adapter.h"
#include "core/store/bulk/document_writer.h"
#include "core/store/codec.h"
#include "core/store/connection.h"
#include "core/store/decoded_cache.h"
#include "core/store/store.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

namespace counterfoil::store {

/// What the store knows of a site's set-up.
struct SiteContext {
    decode::Adapters adapters;
    domain::Policy policy;
    money::Currency currency;
};

/// A case by site and id, ordered so that judging is in one order whatever came first.
using CaseKey = std::pair<std::string, std::string>;

/// A judged case on its way into both files.
struct JudgedCase {
    CaseKey key;
    domain::CaseFacts facts;
    domain::Judgement judgement;
    CaseRow row;
    bool isGone = false;       ///< the case stands no more: its findings close as moot
    bool isPolicyOnly = false; ///< judged again with other settings and the same documents
};

struct Store::Impl {
    std::string folder;
    bool isReadOnly = false;
    std::function<Instant()> now;
    std::unique_ptr<Connection> facts, ledger;
    std::map<std::string, SiteContext> sites;
    std::unique_ptr<bulk::DocumentWriter> documents;
    std::string factsEpoch;   ///< names this facts file: a new file gets a new one
    std::int64_t factsTx = 0; ///< number of the newest committed facts transaction
    mutable DecodedCache decoded;

    /// The context of a site; defaults for one that was not configured.
    [[nodiscard]] const SiteContext& site(const std::string& id) const;

    // ---- opening
    [[nodiscard]] Result<void> openFiles(bool readOnly);
    [[nodiscard]] Result<void> readEpoch();
    /// Takes back journal entries whose facts transaction was lost (power cut, kill between the two
    /// commits).
    [[nodiscard]] Result<void> retractLost();

    // ---- judging
    /// Loads and judges @p dirty, writes the ledger first and then the rows of the facts
    /// transaction that is open, commits both.
    [[nodiscard]] Result<std::size_t> judgeAndCommit(std::set<CaseKey> dirty, Instant at,
                                                     const Judge& judge, bool isPolicyOnly);
    /// Judges what the ledger made due; for the calls that wrote to it just now.
    [[nodiscard]] Result<void> judgeTouched(Instant at, const Judge& judge);
    [[nodiscard]] Result<void> addTouched(std::set<CaseKey>& dirty);
    [[nodiscard]] Result<void> addSameOrder(std::set<CaseKey>& dirty, const std::string& site,
                                            const std::string& order);
    [[nodiscard]] Result<void> addFeedCase(std::set<CaseKey>& dirty, const std::string& site,
                                           Platform platform);
    [[nodiscard]] Result<void> registerCase(const std::string& site, const std::string& caseId);
    [[nodiscard]] Result<JudgedCase> judgeOne(const CaseKey& key, Instant at, const Judge& judge,
                                              bool isPolicyOnly);
    /// @return false when there was nothing new to write
    [[nodiscard]] Result<bool> writeJournal(const std::vector<JudgedCase>& judged, Instant at,
                                            std::int64_t factsTransaction);
    [[nodiscard]] Result<void> writeJudgement(const JudgedCase& judged, Instant at);

    // ---- ledger
    /// Appends to the journal inside the open ledger transaction. @return its seq
    [[nodiscard]] Result<std::int64_t> append(Instant at, const std::string& site,
                                              const std::string& caseId, const std::string& finding,
                                              const std::string& action, const std::string& event,
                                              const std::string& person,
                                              const std::string& detail) const;
    [[nodiscard]] Result<void> appendAudit(const actions::AuditEntry& entry, Instant at) const;
    [[nodiscard]] Result<std::int64_t> newestSeq() const;
    /// Bumps the change feed for every finding of a case.
    [[nodiscard]] Result<void> touchFindings(const std::string& site, const std::string& caseId,
                                             std::int64_t seq) const;
};

/// The queue row's view of a case.
[[nodiscard]] CaseRow caseRow(const domain::CaseFacts& facts, const domain::Policy& policy);
[[nodiscard]] domain::CaseKind caseKind(const std::string& caseId);
/// What follows the prefix: "rma:7000412" -> "7000412".
[[nodiscard]] std::string caseSubject(const std::string& caseId);
/// Events that the judge itself writes: they make no case due for judging.
inline constexpr const char* kJudgeEvents =
    "'opened','updated','closed','regressed','claim-not-seen'";
/// Steps of a claim that file an order as blocked before any return.
inline constexpr const char* kFiledBlockedStep = "filed-blocked";

/// For crash tests: ends the process on the spot when the environment variable
/// COUNTERFOIL_STORE_STOP names @p place.
void stopHere(const char* place);

} // namespace counterfoil::store
