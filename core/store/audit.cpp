#include "core/store/store.h"

#include "core/base/digest.h"
#include "core/store/impl.h"
#include "core/store/migrations.h"

#include <fmt/format.h>

namespace counterfoil::store {

using actions::AuditEntry;

namespace {

constexpr const char* kHeadKey = "audit_head";
constexpr const char* kStopKey = "stop_all";
/// Entries read at a time while the chain is verified.
constexpr std::int64_t kVerifyBatch = 5000;
constexpr std::string_view kColumns =
    "select seq, at, person, what, object, detail, previous_hash, hash from audit ";

/// Parts are separated by a byte that texts do not hold, so that no two entries read alike.
std::string entryHash(const std::string& previous, std::int64_t seq, std::int64_t at,
                      const AuditEntry& entry)
{
    return sha256Hex(fmt::format("{}\x1f{}\x1f{}\x1f{}\x1f{}\x1f{}\x1f{}", previous, seq, at,
                                 entry.person.value, entry.what, entry.object, entry.detail));
}

std::string headText(std::int64_t seq, const std::string& hash)
{
    return fmt::format("{}:{}", seq, hash);
}

AuditRow auditRow(const Row& row)
{
    AuditRow entry;
    entry.seq = row.integer(0);
    entry.at = row.instant(1);
    entry.entry = {PersonId(row.text(2)), row.text(3), row.text(4), row.text(5)};
    entry.previousHash = row.text(6);
    entry.hash = row.text(7);
    return entry;
}

/// "" when @p row follows from the entry before, else what is wrong with it.
std::string breakOf(const AuditRow& row, std::int64_t seqBefore, const std::string& hashBefore)
{
    if (row.seq != seqBefore + 1) {
        return fmt::format("entries {} to {} are missing", seqBefore + 1, row.seq - 1);
    }
    if (row.previousHash != hashBefore)
        return fmt::format("entry {} does not follow from entry {}", row.seq, seqBefore);
    if (row.hash != entryHash(row.previousHash, row.seq, toMillis(row.at), row.entry))
        return fmt::format("entry {} ({}) was changed after it was written", row.seq,
                           row.entry.what);
    return {};
}

} // namespace

Result<void> Store::Impl::appendAudit(const AuditEntry& entry, Instant at) const
{
    CF_LET(last, ledger->row("select seq, hash from audit order by seq desc limit 1"));
    const std::int64_t seq = last ? last->integer(0) + 1 : 1;
    const std::string previous = last ? last->text(1) : std::string();
    const std::string hash = entryHash(previous, seq, toMillis(at), entry);
    CF_TRY(ledger->run(
        "insert into audit(seq, at, person, what, object, detail, previous_hash, "
        "hash) values(?, ?, ?, ?, ?, ?, ?, ?)",
        {seq, at, entry.person.value, entry.what, entry.object, entry.detail, previous, hash}));
    return writeMeta(*ledger, kHeadKey, headText(seq, hash));
}

Result<void> Store::audit(const AuditEntry& entry)
{
    CF_LET(transaction, Transaction::begin(*m_impl->ledger));
    CF_TRY(m_impl->appendAudit(entry, m_impl->now()));
    return transaction.commit();
}

Result<AuditVerdict> Store::verifyAudit() const
{
    AuditVerdict verdict;
    std::int64_t seq = 0;
    for (;;) {
        CF_LET(rows,
               m_impl->ledger->rows(std::string(kColumns) + "where seq > ? order by seq limit ?",
                                    {seq, kVerifyBatch}));
        for (const Row& row : rows) {
            const AuditRow entry = auditRow(row);
            verdict.what = breakOf(entry, seq, verdict.head);
            if (!verdict.what.empty()) {
                verdict.brokenAt = entry.seq;
                return verdict;
            }
            seq = entry.seq;
            verdict.head = entry.hash;
            ++verdict.entries;
        }
        if (static_cast<std::int64_t>(rows.size()) < kVerifyBatch)
            break;
    }
    CF_LET(head, readMeta(*m_impl->ledger, kHeadKey));
    const std::string expected = verdict.entries == 0 ? "" : headText(seq, verdict.head);
    if (head.value_or("") != expected) {
        verdict.brokenAt = seq + 1;
        verdict.what = fmt::format("entries after {} were cut off", seq);
    }
    return verdict;
}

Result<std::vector<AuditRow>> Store::auditRows(std::int64_t beforeSeq, std::size_t limit) const
{
    CF_LET(rows,
           m_impl->ledger->rows(std::string(kColumns) + "where seq < ? order by seq desc limit ?",
                                {beforeSeq, static_cast<std::int64_t>(limit)}));
    std::vector<AuditRow> entries;
    for (const Row& row : rows)
        entries.push_back(auditRow(row));
    return entries;
}

Result<void> Store::saveProof(const ProofRecord& proof, const AuditEntry& entry)
{
    CF_LET(transaction, Transaction::begin(*m_impl->ledger));
    CF_TRY(m_impl->ledger->run("insert into proof(site, write_name, at, api_version, is_good, "
                               "detail, person) values(?, ?, ?, ?, ?, ?, ?)",
                               {proof.site, proof.write, proof.at, proof.apiVersion, proof.isGood,
                                proof.detail, proof.person.value}));
    CF_TRY(m_impl->append(proof.at, proof.site, "", "", "", "proof", proof.person.value, "{}"));
    CF_TRY(m_impl->appendAudit(entry, proof.at));
    return transaction.commit();
}

Result<std::optional<ProofRecord>> Store::proof(const std::string& site,
                                                const std::string& write) const
{
    CF_LET(row, m_impl->ledger->row("select site, write_name, at, api_version, is_good, detail, "
                                    "person from proof where site = ? and write_name = ? "
                                    "order by id desc limit 1",
                                    {site, write}));
    if (!row)
        return std::optional<ProofRecord>();
    return std::optional<ProofRecord>(ProofRecord{row->text(0), row->text(1), row->instant(2),
                                                  row->text(3), row->flag(4), row->text(5),
                                                  PersonId(row->text(6))});
}

Result<void> Store::setStopAll(bool isStopped, const PersonId& person, const std::string& reason)
{
    const Instant at = m_impl->now();
    CF_LET(transaction, Transaction::begin(*m_impl->ledger));
    CF_TRY(writeMeta(*m_impl->ledger, kStopKey, isStopped ? "1" : "0"));
    const std::string detail = objectText({{"reason", reason}});
    const std::string event = isStopped ? "stop-all.on" : "stop-all.off";
    CF_TRY(m_impl->append(at, "", "", "", "", event, person.value, detail));
    CF_TRY(m_impl->appendAudit({person, event, "all", detail}, at));
    return transaction.commit();
}

Result<bool> Store::isStopAll() const
{
    CF_LET(value, readMeta(*m_impl->ledger, kStopKey));
    return value && *value == "1";
}

Result<void> Store::addCall(const CallLedgerRow& row)
{
    CF_LET(transaction, Transaction::begin(*m_impl->ledger));
    CF_TRY(m_impl->ledger->run(
        "insert into call(at, site, platform, call_class, label, status) "
        "values(?, ?, ?, ?, ?, ?)",
        {row.at, row.site, platformWord(row.platform), row.callClass, row.label, row.status}));
    return transaction.commit();
}

Result<std::vector<CallLedgerRow>> Store::callsSince(Platform platform, Instant since) const
{
    CF_LET(rows, m_impl->ledger->rows("select at, site, platform, call_class, label, status from "
                                      "call where platform = ? and at >= ? order by at, id",
                                      {platformWord(platform), since}));
    std::vector<CallLedgerRow> calls;
    calls.reserve(rows.size());
    for (const Row& row : rows) {
        calls.push_back({row.instant(0), row.text(1), platform, row.text(3), row.text(4),
                         static_cast<int>(row.integer(5))});
    }
    return calls;
}

} // namespace counterfoil::store
