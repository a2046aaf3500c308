#include "core/store/impl.h"

#include "core/base/check.h"
#include "core/store/case_loader.h"
#include "core/store/migrations.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <unordered_map>

namespace counterfoil::store {

using domain::Finding;
using domain::Judgement;

namespace {

constexpr const char* kJudgedThrough = "judged_through_ledger_seq";
constexpr const char* kFactsTx = "tx";

/// A finding_state row as it stands.
struct StateRow {
    std::string id, state, hash, closedBy, content;
    std::int64_t firstSeen = 0, changedAt = 0;
    std::optional<Instant> closedAt;
    bool isRegressed = false, isInherited = false;
    std::int64_t seq = 0;
};

constexpr std::string_view kStateColumns =
    "select finding_id, state, content_hash, closed_by, content, first_seen, changed_at, "
    "closed_at, is_regressed, is_inherited, seq from finding_state ";

StateRow stateRow(const Row& row)
{
    StateRow state;
    state.id = row.text(0);
    state.state = row.text(1);
    state.hash = row.text(2);
    state.closedBy = row.text(3);
    state.content = row.text(4);
    state.firstSeen = row.integer(5);
    state.changedAt = row.integer(6);
    state.closedAt = row.maybeInstant(7);
    state.isRegressed = row.flag(8);
    state.isInherited = row.flag(9);
    state.seq = row.integer(10);
    return state;
}

/// What retracting an entry needs to put back.
std::string beforeText(const StateRow& row)
{
    const nlohmann::json value{
        {"state", row.state},
        {"hash", row.hash},
        {"closed_by", row.closedBy},
        {"content", row.content},
        {"first_seen", row.firstSeen},
        {"changed_at", row.changedAt},
        {"closed_at", row.closedAt ? nlohmann::json(toMillis(*row.closedAt)) : nlohmann::json()},
        {"regressed", row.isRegressed},
        {"inherited", row.isInherited}};
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string stateWord(const Finding& finding, const Judgement& judgement)
{
    if (judgement.isHistory)
        return "history";
    return finding.graceUntil ? "expected" : "open";
}

bool isNotJudged(const Judgement& judgement, domain::FindingType type)
{
    for (const domain::NotJudged& entry : judgement.notJudged) {
        if (entry.type == type)
            return true;
    }
    return false;
}

/// A return that ended with no money and no stock moved (law.md 7).
bool isMoot(const JudgedCase& judged)
{
    if (judged.isGone)
        return true;
    const auto& rma = judged.facts.rma;
    if (!rma || (rma->status.value != domain::RmaStatus::Rejected &&
                 rma->status.value != domain::RmaStatus::Canceled))
        return false;
    for (const domain::RmaTransaction& transaction : rma->transactions) {
        if (transaction.status.value != domain::RmaTransactionStatus::Failed)
            return false;
    }
    for (const domain::OwnAction& action : judged.facts.actions) {
        if (mayHaveTakenEffect(action.state))
            return false;
    }
    if (!judged.facts.order || !judged.facts.order->returns || !judged.facts.order->refunds)
        return false;
    if (!judged.facts.order->refunds->empty())
        return false;
    for (const domain::ShopifyReturn& entry : *judged.facts.order->returns) {
        if (!entry.dispositions.empty())
            return false;
    }
    return true;
}

/// Writes the journal of one judged case inside the open ledger transaction.
class CaseJournal {
public:
    CaseJournal(Connection& ledger, const JudgedCase& judged, Instant at, const std::string& epoch,
                std::int64_t factsTx)
        : m_ledger(ledger), m_judged(judged), m_at(at), m_epoch(epoch), m_factsTx(factsTx)
    {
    }

    Result<void> write(bool isBeforeGoLive)
    {
        std::unordered_map<std::string, StateRow> known;
        CF_LET(rows, m_ledger.rows(std::string(kStateColumns) + "where site = ? and case_id = ?",
                                   {m_judged.key.first, m_judged.key.second}));
        for (const Row& row : rows) {
            StateRow state = stateRow(row);
            known.emplace(state.id, std::move(state));
        }
        for (const Finding& finding : m_judged.judgement.findings) {
            const FindingId id = findingKey(SiteId(m_judged.key.first), CaseId(m_judged.key.second),
                                            finding.type, finding.subject);
            const auto found = known.find(id.value);
            CF_TRY(apply(id.value, finding, found == known.end() ? nullptr : &found->second,
                         isBeforeGoLive));
            if (found != known.end())
                known.erase(found);
        }
        for (const Row& row : rows) {
            const auto left = known.find(row.text(0));
            if (left != known.end() && left->second.state != "closed")
                CF_TRY(close(left->second));
        }
        return {};
    }

private:
    Result<std::int64_t> append(const std::string& id, const char* event, const std::string& detail,
                                const StateRow* before)
    {
        CF_TRY(m_ledger.run("insert into journal(at, site, case_id, finding_id, event, person, "
                            "detail, epoch, facts_tx, before_state) "
                            "values(?, ?, ?, ?, ?, 'engine', ?, ?, ?, ?)",
                            {m_at, m_judged.key.first, m_judged.key.second, id, event, detail,
                             m_epoch, m_factsTx, before ? Value(beforeText(*before)) : Value()}));
        return m_ledger.lastInsertId();
    }

    Result<void> apply(const std::string& id, const Finding& finding, const StateRow* known,
                       bool isBeforeGoLive)
    {
        const FindingContent content{finding, m_judged.row};
        const std::string hash = findingHash(content);
        const std::string state = stateWord(finding, m_judged.judgement);
        if (known)
            CF_TRY(dropSeenClaim(id));
        if (known && known->state == state && known->hash == hash)
            return {};
        const bool isReopened = known && known->state == "closed";
        const char* event = !known ? "opened" : isReopened ? "regressed" : "updated";
        const std::string text = findingText(content);
        CF_LET(seq, append(id, event, known ? findingSummary(finding) : text, known));
        // A finding broken again keeps its first sight: its age is that of the fault.
        const bool isRegressed = isReopened || (known && known->isRegressed);
        CF_TRY(m_ledger.run(
            "insert into finding_state(finding_id, site, case_id, type, subject, state, "
            "first_seen, changed_at, closed_at, closed_by, is_regressed, is_inherited, content, "
            "content_hash, seq) values(?, ?, ?, ?, ?, ?, ?, ?, null, '', ?, ?, ?, ?, ?) "
            "on conflict(finding_id) do update set state = excluded.state, "
            "changed_at = excluded.changed_at, closed_at = null, closed_by = '', "
            "is_regressed = excluded.is_regressed, content = excluded.content, "
            "content_hash = excluded.content_hash, seq = excluded.seq",
            {id, m_judged.key.first, m_judged.key.second, findingTypeId(finding.type),
             finding.subject, state, m_at, m_at, isRegressed,
             known ? known->isInherited : isBeforeGoLive, text, hash, seq}));
        return {};
    }

    /// "Said done, not seen" ends when a platform was read after it was said, and the finding still
    /// stands (law.md 7).
    Result<void> dropSeenClaim(const std::string& id)
    {
        const auto& facts = m_judged.facts;
        if (facts.claims.empty())
            return {};
        Instant seen = facts.rma ? facts.rma->document.observedAt : Instant{};
        if (facts.order)
            seen = std::max(seen, facts.order->moneyRef.observedAt);
        CF_LET(dropped, m_ledger.run("update people_state set is_claimed = 0 where "
                                     "finding_id = ? and is_claimed = 1 and claimed_at < ?",
                                     {id, seen}));
        if (dropped == 0)
            return {};
        CF_LET(seq, append(id, "claim-not-seen", "{}", nullptr));
        CF_TRY(m_ledger.run("update journal set facts_tx = null where seq = ?", {seq}));
        CF_TRY(m_ledger.run("update finding_state set seq = ? where finding_id = ?", {seq, id}));
        return {};
    }

    Result<void> close(const StateRow& known)
    {
        CF_LET(content, findingFromText(known.content));
        if (!m_judged.isGone && isNotJudged(m_judged.judgement, content.finding.type))
            return {};
        const char* by = isMoot(m_judged) ? "moot" : m_judged.isPolicyOnly ? "policy" : "proof";
        CF_LET(seq, append(known.id, "closed", objectText({{"by", by}}), &known));
        CF_TRY(m_ledger.run("update finding_state set state = 'closed', closed_at = ?, "
                            "closed_by = ?, changed_at = ?, seq = ? where finding_id = ?",
                            {m_at, by, m_at, seq, known.id}));
        return {};
    }

    Connection& m_ledger;
    const JudgedCase& m_judged;
    Instant m_at;
    const std::string& m_epoch;
    std::int64_t m_factsTx;
};

} // namespace

void stopHere(const char* place)
{
    const char* wanted = std::getenv("COUNTERFOIL_STORE_STOP");
    if (wanted && std::strcmp(wanted, place) == 0)
        std::raise(SIGKILL);
}

Result<JudgedCase> Store::Impl::judgeOne(const CaseKey& key, Instant at, const Judge& judge,
                                         bool isPolicyOnly)
{
    JudgedCase judged;
    judged.key = key;
    CF_LET(loaded, CaseLoader(*this, key.first, at).load(key.second));
    if (!loaded) {
        judged.isGone = true;
        judged.facts.site = SiteId(key.first);
        judged.facts.id = CaseId(key.second);
        judged.facts.kind = caseKind(key.second);
        judged.facts.now = at;
        return judged;
    }
    judged.facts = std::move(*loaded);
    judged.judgement = judge(judged.facts);
    judged.row = caseRow(judged.facts, site(key.first).policy);
    if (isPolicyOnly) {
        CF_LET(before, facts->row("select policy_hash from cases where site = ? and case_id = ?",
                                  {key.first, key.second}));
        judged.isPolicyOnly =
            before && !before->text(0).empty() && before->text(0) != site(key.first).policy.hash;
    }
    return judged;
}

Result<bool> Store::Impl::writeJournal(const std::vector<JudgedCase>& judged, Instant at,
                                       std::int64_t factsTransaction)
{
    CF_LET(before, newestSeq());
    CF_LET(transaction, Transaction::begin(*ledger));
    for (const JudgedCase& entry : judged) {
        const auto& goLive = site(entry.key.first).policy.goLive;
        const bool isInherited = goLive && entry.facts.rma && entry.facts.rma->createdAt &&
                                 *entry.facts.rma->createdAt < *goLive;
        CF_TRY(CaseJournal(*ledger, entry, at, factsEpoch, factsTransaction).write(isInherited));
    }
    CF_LET(after, newestSeq());
    // Nothing new: no commit, so that a quiet page costs no forced write to the disk.
    if (after == before)
        return false;
    CF_TRY(transaction.commit());
    return true;
}

Result<void> Store::Impl::writeJudgement(const JudgedCase& judged, Instant at)
{
    const auto& [siteId, caseId] = judged.key;
    CF_TRY(facts->run("delete from not_judged where site = ? and case_id = ?", {siteId, caseId}));
    CF_TRY(facts->run("delete from case_key where site = ? and case_id = ?", {siteId, caseId}));
    if (judged.isGone) {
        CF_TRY(
            facts->run("delete from judgement where site = ? and case_id = ?", {siteId, caseId}));
        CF_TRY(facts->run("delete from cases where site = ? and case_id = ?", {siteId, caseId}));
        return {};
    }
    CF_TRY(facts->run("insert into judgement(site, case_id, body) values(?, ?, ?) "
                      "on conflict(site, case_id) do update set body = excluded.body",
                      {siteId, caseId, judgementText(judged.judgement)}));
    std::int64_t ord = 0;
    for (const domain::NotJudged& entry : judged.judgement.notJudged) {
        CF_TRY(facts->run("insert into not_judged(site, case_id, type, rma_id, reason, ord) "
                          "values(?, ?, ?, ?, ?, ?)",
                          {siteId, caseId, findingTypeId(entry.type), judged.row.rma,
                           phraseText(entry.reason), ord++}));
    }
    std::set<std::string> keys;
    if (judged.facts.order && judged.facts.order->lines) {
        for (const domain::OrderLine& line : *judged.facts.order->lines) {
            if (!line.inventoryItem.empty())
                keys.insert("item:" + line.inventoryItem.value);
            if (!line.sku.empty())
                keys.insert("sku:" + line.sku);
        }
    }
    for (const std::string& key : keys) {
        CF_TRY(facts->run("insert or ignore into case_key(site, key, case_id) values(?, ?, ?)",
                          {siteId, key, caseId}));
    }
    const std::string customer = judged.facts.order   ? judged.facts.order->customer.value
                                 : judged.facts.draft ? judged.facts.draft->customer.value
                                                      : std::string();
    CF_TRY(facts->run(
        "insert into cases(site, case_id, rma_id, order_id, order_name, customer_id, judged_at, "
        "judge_again_at, is_history, policy_hash) values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "on conflict(site, case_id) do update set rma_id = excluded.rma_id, "
        "order_id = excluded.order_id, order_name = excluded.order_name, "
        "customer_id = excluded.customer_id, judged_at = excluded.judged_at, "
        "judge_again_at = excluded.judge_again_at, is_history = excluded.is_history, "
        "policy_hash = excluded.policy_hash",
        {siteId, caseId, judged.row.rma, judged.row.order, joinName(judged.row.orderName), customer,
         at, judged.judgement.judgeAgainAt, judged.judgement.isHistory, site(siteId).policy.hash}));
    return {};
}

Result<std::size_t> Store::Impl::judgeAndCommit(std::set<CaseKey> dirty, Instant at,
                                                const Judge& judge, bool isPolicyOnly)
{
    CF_CHECK(facts->isInTransaction());
    CF_LET(through, newestSeq());
    CF_TRY(addTouched(dirty));
    std::vector<JudgedCase> judged;
    judged.reserve(dirty.size());
    for (const CaseKey& key : dirty) {
        CF_LET(entry, judgeOne(key, at, judge, isPolicyOnly));
        judged.push_back(std::move(entry));
    }
    for (const JudgedCase& entry : judged)
        CF_TRY(writeJudgement(entry, at));
    const std::int64_t tx = factsTx + 1;
    CF_TRY(writeMeta(*facts, kFactsTx, std::to_string(tx)));
    CF_TRY(writeMeta(*facts, kJudgedThrough, std::to_string(through)));
    stopHere("before-ledger");
    if (!judged.empty()) {
        CF_LET(hasNews, writeJournal(judged, at, tx));
        if (hasNews)
            stopHere("between-news");
    }
    stopHere("between");
    if (auto done = facts->commit(); !done) {
        // The ledger already tells of this page: take it back now as a restart would.
        if (auto taken = retractLost(); !taken)
            return fail(taken.error());
        return fail(done.error());
    }
    factsTx = tx;
    stopHere("after-facts");
    return judged.size();
}

Result<void> Store::Impl::judgeTouched(Instant at, const Judge& judge)
{
    const auto transaction = Transaction::begin(*facts);
    CF_TRY(transaction);
    CF_TRY(judgeAndCommit({}, at, judge, false));
    return {};
}

Result<void> Store::Impl::addTouched(std::set<CaseKey>& dirty)
{
    CF_LET(through, readMeta(*facts, kJudgedThrough));
    const std::int64_t seq = through ? std::strtoll(through->c_str(), nullptr, 10) : 0;
    CF_LET(rows, ledger->rows(std::string("select distinct site, case_id from journal where "
                                          "seq > ? and case_id <> '' and event not in (") +
                                  kJudgeEvents + ")",
                              {seq}));
    for (const Row& row : rows)
        dirty.emplace(row.text(0), row.text(1));
    return {};
}

Result<void> Store::Impl::readEpoch()
{
    CF_LET(epoch, readMeta(*facts, "epoch"));
    CF_LET(tx, readMeta(*facts, kFactsTx));
    factsEpoch = epoch.value_or("");
    factsTx = tx ? std::strtoll(tx->c_str(), nullptr, 10) : 0;
    return {};
}

Result<void> Store::Impl::retractLost()
{
    CF_LET(lost, ledger->rows("select seq, finding_id, site, case_id, before_state, event from "
                              "journal where epoch = ? and facts_tx > ? order by seq desc",
                              {factsEpoch, factsTx}));
    if (lost.empty())
        return {};
    CF_LET(transaction, Transaction::begin(*ledger));
    for (const Row& row : lost) {
        CF_LET(seq, append(now(), row.text(2), row.text(3), row.text(1), "", "retracted", "engine",
                           objectText({{"event", row.text(5)},
                                       {"seq", std::to_string(row.integer(0))},
                                       {"why", "the reading it rested on was not stored"}})));
        CF_TRY(ledger->run("update journal set facts_tx = null where seq = ?", {row.integer(0)}));
        if (row.isNull(4)) {
            CF_TRY(ledger->run("delete from finding_state where finding_id = ?", {row.text(1)}));
            continue;
        }
        const auto before = nlohmann::json::parse(row.text(4), nullptr, false);
        if (before.is_discarded())
            return fail(ErrorCode::Store, "An entry of the journal is damaged.");
        const nlohmann::json& closed = before["closed_at"];
        CF_TRY(ledger->run(
            "update finding_state set state = ?, content_hash = ?, closed_by = ?, content = ?, "
            "first_seen = ?, changed_at = ?, closed_at = ?, is_regressed = ?, is_inherited = ?, "
            "seq = ? where finding_id = ?",
            {before["state"].get<std::string>(), before["hash"].get<std::string>(),
             before["closed_by"].get<std::string>(), before["content"].get<std::string>(),
             before["first_seen"].get<std::int64_t>(), before["changed_at"].get<std::int64_t>(),
             closed.is_null() ? Value() : Value(closed.get<std::int64_t>()),
             before["regressed"].get<bool>(), before["inherited"].get<bool>(), seq, row.text(1)}));
    }
    return transaction.commit();
}

Result<std::int64_t> Store::Impl::newestSeq() const
{
    CF_LET(row, ledger->row("select coalesce(max(seq), 0) from journal"));
    return row ? row->integer(0) : std::int64_t{0};
}

Result<std::int64_t> Store::Impl::append(Instant at, const std::string& siteId,
                                         const std::string& caseId, const std::string& finding,
                                         const std::string& action, const std::string& event,
                                         const std::string& person, const std::string& detail) const
{
    CF_TRY(ledger->run("insert into journal(at, site, case_id, finding_id, action_id, event, "
                       "person, detail) values(?, ?, ?, ?, ?, ?, ?, ?)",
                       {at, siteId, caseId, finding, action, event, person, detail}));
    return ledger->lastInsertId();
}

Result<void> Store::Impl::touchFindings(const std::string& siteId, const std::string& caseId,
                                        std::int64_t seq) const
{
    CF_TRY(ledger->run("update finding_state set seq = ? where site = ? and case_id = ?",
                       {seq, siteId, caseId}));
    return {};
}

} // namespace counterfoil::store
