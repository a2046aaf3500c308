#include "core/store/store.h"

#include "core/store/impl.h"

#include <fmt/format.h>

namespace counterfoil::store {

using actions::ActionRecord;
using actions::AuditEntry;
using domain::ActionState;

namespace {

constexpr std::string_view kRecordColumns = "select body, plan from action ";

std::string_view purposeWord(domain::Purpose purpose)
{
    return purpose == domain::Purpose::Principal ? "principal" : "correction";
}

/// Refuses a share that another standing action holds, and a sum above the unit's value.
Result<void> checkShare(Connection& ledger, const ActionRecord& record,
                        const actions::UnitShare& share)
{
    const std::string book(bookWord(record.head.book));
    CF_LET(taken, ledger.row("select action_id from action_unit where site = ? and unit_id = ? and "
                             "book = ? and purpose = ? and is_live = 1 and action_id <> ?",
                             {record.site, share.unit.value, book, purposeWord(record.head.purpose),
                              record.head.id.value}));
    if (taken) {
        return fail(
            ErrorCode::Conflict,
            fmt::format("unit {} is already part of action {}", share.unit.value, taken->text(0)),
            Platform::Console);
    }
    CF_LET(sum, ledger.row("select coalesce(sum(amount_minor), 0) from action_unit where "
                           "site = ? and unit_id = ? and book = ? and is_live = 1 and "
                           "action_id <> ?",
                           {record.site, share.unit.value, book, record.head.id.value}));
    const std::int64_t before = sum ? sum->integer(0) : 0;
    std::int64_t total = 0;
    if (__builtin_add_overflow(before, share.amountMinor, &total) || total > share.valueMinorMax) {
        return fail(ErrorCode::Conflict,
                    fmt::format("unit {}: {} minor units credited before and {} now exceed its "
                                "value of {}",
                                share.unit.value, before, share.amountMinor, share.valueMinorMax),
                    Platform::Console);
    }
    return {};
}

Result<void> writeShares(Connection& ledger, const ActionRecord& record)
{
    const bool isLive = !isWithdrawn(record.head.state);
    for (const actions::UnitShare& share : record.shares) {
        if (isLive)
            CF_TRY(checkShare(ledger, record, share));
        CF_TRY(
            ledger.run("insert into action_unit(action_id, site, unit_id, line_id, book, purpose, "
                       "amount_minor, value_minor_max, is_live) values(?, ?, ?, ?, ?, ?, ?, ?, ?) "
                       "on conflict(action_id, unit_id) do update set is_live = excluded.is_live",
                       {record.head.id.value, record.site, share.unit.value, share.line.value,
                        bookWord(record.head.book), purposeWord(record.head.purpose),
                        share.amountMinor, share.valueMinorMax, isLive}));
    }
    return {};
}

Result<void> writeAttempt(Connection& ledger, const ActionId& action,
                          const actions::Attempt& attempt)
{
    CF_TRY(ledger.run(
        "insert into attempt(action_id, number, at, label, body, request_hash, idempotency_key, "
        "pre_text, outcome, detail, request_id) values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "on conflict(action_id, number) do update set outcome = excluded.outcome, "
        "detail = excluded.detail, request_id = excluded.request_id",
        {action.value, attempt.number, attempt.at, attempt.label, attempt.body, attempt.requestHash,
         attempt.idempotencyKey, attempt.preText, attempt.outcome, attempt.detail,
         attempt.requestId}));
    return {};
}

Result<void> writeApprovals(Connection& ledger, const ActionRecord& record)
{
    for (const actions::Approval& approval : record.approvals) {
        CF_TRY(ledger.run("insert or ignore into approval(action_id, person, role, plan_hash, at, "
                          "is_enforced, reason) values(?, ?, ?, ?, ?, ?, ?)",
                          {record.head.id.value, approval.person.value, roleWord(approval.role),
                           approval.planHash, approval.at, approval.isEnforced, approval.reason}));
    }
    return {};
}

/// Copies the newest versions of the case's documents into the ledger: what the plan rests on.
Result<void> copyDocuments(const Store::Impl& store, const ActionRecord& record)
{
    const domain::OwnAction& head = record.head;
    CF_LET(rows,
           store.facts->rows(
               "select d.kind, d.external_id, v.digest, d.observed_at, v.body from document d "
               "join document_version v on v.id = (d.id << 20) + d.version where "
               "d.id in (select id from document where site = ?1 and order_id <> '' and "
               "order_id = ?2 union select id from document where site = ?1 and "
               "rma_id <> '' and rma_id = ?3 union select a.id from document o join document "
               "a on a.site = ?1 and a.kind = 'account' and a.external_id = o.customer_id "
               "where o.site = ?1 and o.kind = 'order' and o.external_id = ?2)",
               {record.site, head.order.value, head.rma.value}));
    for (const Row& row : rows) {
        CF_TRY(store.ledger->run(
            "insert or ignore into document_copy(site, kind, external_id, digest, observed_at, "
            "action_id, body) values(?, ?, ?, ?, ?, ?, ?)",
            {record.site, row.text(0), row.text(1), Blob{row.text(2)}, row.integer(3),
             head.id.value, Blob{row.text(4)}}));
    }
    return {};
}

Result<ActionRecord> recordOf(Connection& ledger, const Row& row)
{
    CF_LET(record, actionFromText(row.text(0)));
    record.planJson = row.text(1);
    const std::string& id = record.head.id.value;
    CF_LET(shares, ledger.rows("select unit_id, line_id, amount_minor, value_minor_max from "
                               "action_unit where action_id = ? order by unit_id",
                               {id}));
    for (const Row& share : shares) {
        record.shares.push_back(
            {UnitId(share.text(0)), LineId(share.text(1)), share.integer(2), share.integer(3)});
    }
    CF_LET(approvals, ledger.rows("select person, role, plan_hash, at, is_enforced, reason from "
                                  "approval where action_id = ? order by at, person",
                                  {id}));
    for (const Row& entry : approvals) {
        record.approvals.push_back(
            {PersonId(entry.text(0)),
             domain::roleFromWord(entry.text(1)).value_or(domain::Role::Auditor), entry.text(2),
             entry.instant(3), entry.flag(4), entry.text(5)});
    }
    CF_LET(attempts, ledger.rows("select number, at, label, body, request_hash, idempotency_key, "
                                 "pre_text, outcome, detail, request_id from attempt where "
                                 "action_id = ? order by number",
                                 {id}));
    for (const Row& entry : attempts) {
        record.attempts.push_back({static_cast<int>(entry.integer(0)), entry.instant(1),
                                   entry.text(2), entry.text(3), entry.text(4), entry.text(5),
                                   entry.text(6), entry.text(7), entry.text(8), entry.text(9)});
    }
    return std::move(record);
}

Result<std::vector<ActionRecord>> recordsOf(Connection& ledger, const std::string& where,
                                            Params params)
{
    CF_LET(rows, ledger.rows(std::string(kRecordColumns) + where, std::move(params)));
    std::vector<ActionRecord> records;
    for (const Row& row : rows) {
        CF_LET(record, recordOf(ledger, row));
        records.push_back(std::move(record));
    }
    return records;
}

Result<void> noteAction(const Store::Impl& store, const ActionRecord& record,
                        const std::string& event, const AuditEntry& audit, Instant at)
{
    CF_LET(seq, store.append(at, record.site, record.caseId.value, "", record.head.id.value, event,
                             audit.person.value, audit.detail));
    CF_TRY(store.touchFindings(record.site, record.caseId.value, seq));
    return store.appendAudit(audit, at);
}

/// @pre inside a transaction of the ledger
Result<void> fileOne(Store::Impl& store, const ActionRecord& record, const AuditEntry& audit)
{
    Connection& ledger = *store.ledger;
    CF_LET(same, ledger.row("select state from action where id = ?", {record.head.id.value}));
    if (same) {
        return fail(ErrorCode::Conflict,
                    fmt::format("action {} is filed already and is {}", record.head.id.value,
                                same->text(0)),
                    Platform::Console);
    }
    CF_TRY(writeShares(ledger, record));
    const domain::OwnAction& head = record.head;
    CF_TRY(ledger.run(
        "insert into action(id, site, case_id, finding_id, kind, state, natural_key, plan_hash, "
        "amount_minor, currency, created_at, changed_at, sent_at, plan, body) "
        "values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {head.id.value, record.site, record.caseId.value, record.finding.value,
         actionKindWord(head.kind), actionStateWord(head.state), record.naturalKey, record.planHash,
         head.amount.minor(), head.amount.currency().code(), head.createdAt, head.changedAt,
         head.sentAt, record.planJson, actionText(record)}));
    CF_TRY(writeApprovals(ledger, record));
    CF_TRY(copyDocuments(store, record));
    return noteAction(store, record, "action.filed", audit, head.createdAt);
}

} // namespace

Result<void> Store::fileAction(const ActionRecord& record, const AuditEntry& audit)
{
    return fileActions({{record, audit}});
}

Result<void>
Store::fileActions(const std::vector<std::pair<ActionRecord, actions::AuditEntry>>& filings)
{
    CF_LET(transaction, Transaction::begin(*m_impl->ledger));
    for (const auto& [record, audit] : filings)
        CF_TRY(fileOne(*m_impl, record, audit));
    return transaction.commit();
}

Result<void> Store::moveAction(const ActionRecord& changed, ActionState from,
                               const AuditEntry& audit)
{
    Connection& ledger = *m_impl->ledger;
    const domain::OwnAction& head = changed.head;
    CF_LET(transaction, Transaction::begin(ledger));
    // The plan, its hash and its amount never change after filing: they are not written here.
    CF_LET(moved, ledger.run("update action set state = ?, changed_at = ?, sent_at = ?, body = ? "
                             "where id = ? and state = ? and plan_hash = ? and amount_minor = ?",
                             {actionStateWord(head.state), head.changedAt, head.sentAt,
                              actionText(changed), head.id.value, actionStateWord(from),
                              changed.planHash, head.amount.minor()}));
    if (moved != 1) {
        return fail(ErrorCode::Conflict,
                    fmt::format("action {} is no longer {}, or is another plan", head.id.value,
                                actionStateWord(from)),
                    Platform::Console);
    }
    CF_TRY(writeShares(ledger, changed));
    CF_TRY(writeApprovals(ledger, changed));
    for (const actions::Attempt& attempt : changed.attempts)
        CF_TRY(writeAttempt(ledger, head.id, attempt));
    CF_TRY(noteAction(*m_impl, changed, fmt::format("action.{}", actionStateWord(head.state)),
                      audit, head.changedAt));
    return transaction.commit();
}

Result<void> Store::saveAttempt(const ActionId& action, const actions::Attempt& attempt,
                                const AuditEntry& audit)
{
    CF_LET(transaction, Transaction::begin(*m_impl->ledger));
    CF_LET(known, m_impl->ledger->row("select 1 from action where id = ?", {action.value}));
    if (!known)
        return fail(ErrorCode::NotFound, fmt::format("there is no action {}", action.value));
    CF_TRY(writeAttempt(*m_impl->ledger, action, attempt));
    CF_TRY(m_impl->appendAudit(audit, attempt.at));
    return transaction.commit();
}

Result<std::optional<ActionRecord>> Store::action(const ActionId& id) const
{
    CF_LET(records, recordsOf(*m_impl->ledger, "where id = ?", {id.value}));
    return records.empty() ? std::nullopt : std::optional<ActionRecord>(std::move(records.front()));
}

Result<std::vector<ActionRecord>>
Store::actionsInStates(const std::vector<ActionState>& states) const
{
    if (states.empty())
        return std::vector<ActionRecord>();
    std::string marks;
    Params params;
    for (const ActionState state : states) {
        marks += marks.empty() ? "?" : ",?";
        params.emplace_back(actionStateWord(state));
    }
    return recordsOf(*m_impl->ledger, "where state in (" + marks + ") order by created_at, id",
                     std::move(params));
}

Result<std::vector<ActionRecord>> Store::allActions(std::size_t limit) const
{
    return recordsOf(*m_impl->ledger, "order by created_at desc, id limit ?",
                     {static_cast<std::int64_t>(limit)});
}

Result<std::int64_t> Store::creditedSince(const std::string& site, const std::string& currency,
                                          Instant since) const
{
    CF_LET(row, m_impl->ledger->row(
                    "select coalesce(sum(abs(amount_minor)), 0) from action where site = ? and "
                    "kind = 'credit' and currency = ? and sent_at >= ? and state in "
                    "('sending','unknown','confirmed','settled','stuck','drift')",
                    {site, currency, since}));
    return row ? row->integer(0) : std::int64_t{0};
}

} // namespace counterfoil::store
