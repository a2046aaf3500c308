#include "core/store/store.h"

#include "core/base/check.h"
#include "core/store/impl.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace counterfoil::store {

namespace {

/// What a person may do to a finding, with the members its detail must hold.
struct PeopleEvent {
    std::string_view word;
    std::string_view member; ///< a text that must stand in the detail; empty: none
};
constexpr std::array<PeopleEvent, 11> kEvents{{{"assigned", "assignee"},
                                               {"unassigned", ""},
                                               {"handed-off", "owner"},
                                               {"snoozed", "until"},
                                               {"unsnoozed", ""},
                                               {"waiting", "for"},
                                               {"resumed", ""},
                                               {"note", "text"},
                                               {"accepted", "reason"},
                                               {"reopened", "reason"},
                                               {"claimed", ""}}};

Result<nlohmann::json> checkedDetail(const std::string& event, const std::string& detailJson)
{
    const auto found = std::find_if(kEvents.begin(), kEvents.end(),
                                    [&](const PeopleEvent& entry) { return entry.word == event; });
    if (found == kEvents.end())
        return fail(ErrorCode::Invalid, fmt::format("\"{}\" is nothing a finding can be", event));
    nlohmann::json detail = detailJson.empty() ? nlohmann::json::object()
                                               : nlohmann::json::parse(detailJson, nullptr, false);
    if (!detail.is_object())
        return fail(ErrorCode::Invalid, "the detail is not a JSON object");
    const std::string member(found->member);
    if (!member.empty() && (!detail.contains(member) || !detail[member].is_string())) {
        return fail(ErrorCode::Invalid,
                    fmt::format("detail.{}: expected a text for \"{}\"", member, event));
    }
    if (event == "handed-off" && !domain::ownerFromWord(detail["owner"].get<std::string>())) {
        return fail(ErrorCode::Invalid,
                    "detail.owner: expected finance, cx, warehouse or integration");
    }
    return detail;
}

/// Ends a running pause: its time is added to what was paused before.
constexpr std::string_view kEndPause =
    "update people_state set paused_ms = paused_ms + max(0, ?2 - coalesce(paused_since, ?2)), "
    "paused_since = null, waiting_for = '', ticket = '' where finding_id = ?1";

Result<void> applyEvent(Connection& ledger, const std::string& id, const std::string& event,
                        const nlohmann::json& detail, Instant at)
{
    CF_TRY(ledger.run("insert or ignore into people_state(finding_id) values(?)", {id}));
    if (event == "assigned" || event == "unassigned") {
        CF_TRY(ledger.run("update people_state set assignee = ? where finding_id = ?",
                          {event == "assigned" ? detail.value("assignee", "") : "", id}));
    } else if (event == "handed-off") {
        // The person it was assigned to belongs to the team that gave it away.
        CF_TRY(ledger.run("update people_state set handed_to = ?, assignee = '' "
                          "where finding_id = ?",
                          {detail.value("owner", ""), id}));
    } else if (event == "snoozed") {
        CF_LET(until, parseInstant(detail.value("until", "")));
        CF_TRY(ledger.run("update people_state set snoozed_until = ? where finding_id = ?",
                          {until, id}));
    } else if (event == "unsnoozed") {
        CF_TRY(
            ledger.run("update people_state set snoozed_until = null where finding_id = ?", {id}));
    } else if (event == "waiting") {
        CF_TRY(ledger.run(kEndPause, {id, at}));
        CF_TRY(ledger.run("update people_state set waiting_for = ?, ticket = ?, paused_since = ? "
                          "where finding_id = ?",
                          {detail.value("for", ""), detail.value("ticket", ""), at, id}));
    } else if (event == "resumed") {
        CF_TRY(ledger.run(kEndPause, {id, at}));
    } else if (event == "accepted") {
        CF_TRY(ledger.run("update people_state set accepted_hash = (select content_hash from "
                          "finding_state where finding_id = ?1) where finding_id = ?1",
                          {id}));
    } else if (event == "reopened") {
        CF_TRY(ledger.run("update people_state set accepted_hash = '' where finding_id = ?", {id}));
    } else if (event == "claimed") {
        CF_TRY(ledger.run("update people_state set is_claimed = 1, claimed_at = ? "
                          "where finding_id = ?",
                          {at, id}));
    }
    return {};
}

} // namespace

Result<void> Store::setPeopleState(const FindingId& finding, const std::string& event,
                                   const std::string& detailJson, const PersonId& person,
                                   Instant at)
{
    CF_LET(detail, checkedDetail(event, detailJson));
    Connection& ledger = *m_impl->ledger;
    CF_LET(transaction, Transaction::begin(ledger));
    CF_LET(row, ledger.row("select site, case_id from finding_state where finding_id = ?",
                           {finding.value}));
    if (!row) {
        return fail(ErrorCode::NotFound,
                    fmt::format("there is no finding {} in this store", finding.value));
    }
    CF_TRY(applyEvent(ledger, finding.value, event, detail, at));
    // Without the case: what people note changes nothing that the judge reads.
    CF_LET(seq, m_impl->append(at, row->text(0), "", finding.value, "", event, person.value,
                               detail.dump()));
    CF_TRY(
        ledger.run("update finding_state set seq = ? where finding_id = ?", {seq, finding.value}));
    CF_TRY(m_impl->appendAudit({person, "finding." + event, finding.value, "{}"}, at));
    return transaction.commit();
}

Result<void> Store::addInspections(const std::string& site,
                                   const std::vector<domain::Inspection>& rows,
                                   const PersonId& person, const Judge& judge, Instant at)
{
    Connection& ledger = *m_impl->ledger;
    {
        CF_LET(transaction, Transaction::begin(ledger));
        std::set<std::string> rmas;
        for (const domain::Inspection& entry : rows) {
            CF_TRY(ledger.run(
                "insert into inspection(site, rma_id, unit_id, verdict, cause, share_percent, "
                "reason, note, person, at) values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                {site, entry.rma.value, entry.unit.value, static_cast<int>(entry.verdict),
                 static_cast<int>(entry.cause),
                 entry.sharePercent ? Value(*entry.sharePercent) : Value(), entry.reason,
                 entry.note, entry.person.empty() ? person.value : entry.person.value,
                 entry.at == Instant{} ? at : entry.at}));
            rmas.insert(entry.rma.value);
        }
        for (const std::string& rma : rmas) {
            CF_TRY(m_impl->append(at, site, "rma:" + rma, "", "", "inspected", person.value, "{}"));
            CF_TRY(m_impl->appendAudit({person, "inspection.recorded", rma,
                                        objectText({{"units", std::to_string(rows.size())}})},
                                       at));
        }
        CF_TRY(transaction.commit());
    }
    // The verdicts are safe now; whatever happens from here, the journal makes the case due.
    return m_impl->judgeTouched(at, judge);
}

Result<void> Store::addClaim(const std::string& site, const CaseId& caseId,
                             const domain::Claim& claim, const Judge& judge)
{
    Connection& ledger = *m_impl->ledger;
    {
        CF_LET(transaction, Transaction::begin(ledger));
        CF_TRY(ledger.run("insert into claim(site, case_id, finding_id, step, person, at, reason) "
                          "values(?, ?, ?, ?, ?, ?, ?)",
                          {site, caseId.value, claim.finding.value, claim.step, claim.person.value,
                           claim.at, claim.reason}));
        if (!claim.finding.empty()) {
            CF_TRY(applyEvent(ledger, claim.finding.value, "claimed", nlohmann::json::object(),
                              claim.at));
        }
        CF_LET(seq, m_impl->append(claim.at, site, caseId.value, claim.finding.value, "", "claimed",
                                   claim.person.value,
                                   objectText({{"step", claim.step}, {"reason", claim.reason}})));
        CF_TRY(m_impl->touchFindings(site, caseId.value, seq));
        CF_TRY(m_impl->appendAudit({claim.person, "finding.claimed",
                                    claim.finding.empty() ? caseId.value : claim.finding.value,
                                    objectText({{"step", claim.step}})},
                                   claim.at));
        CF_TRY(transaction.commit());
    }
    return m_impl->judgeTouched(claim.at, judge);
}

} // namespace counterfoil::store
