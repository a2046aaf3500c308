#include "core/store/store.h"

#include "core/store/bulk/queue_reader.h"
#include "core/store/impl.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace counterfoil::store {

using domain::ActionKind;
using domain::ActionState;
using domain::FindingType;

namespace {

constexpr std::string_view kColumns =
    "select f.finding_id, f.site, f.case_id, f.state, f.first_seen, f.closed_at, f.closed_by, "
    "f.is_regressed, f.is_inherited, f.content, f.content_hash, f.seq, p.is_claimed, p.assignee, "
    "p.waiting_for, p.ticket, p.snoozed_until, p.paused_ms, p.paused_since, p.accepted_hash, "
    "p.handed_to "
    "from finding_state f left join people_state p on p.finding_id = f.finding_id ";

constexpr std::array<FindingType, 7> kCreditTypes{
    FindingType::CreditValueMismatch,     FindingType::AccountOrderGatewayRefund,
    FindingType::AccountOrderStoreCredit, FindingType::CreditNotPosted,
    FindingType::DuplicateCredit,         FindingType::OverCredit,
    FindingType::TaxOrCurrencyMismatch};
constexpr std::array<FindingType, 4> kStockTypes{
    FindingType::QuarantineOverdue, FindingType::ReleaseNotVisible,
    FindingType::RestockedBeforeInspection, FindingType::StockMovementMissing};
constexpr std::array<FindingType, 2> kPoTypes{FindingType::PoMissing, FindingType::PoConflict};

template <std::size_t N> bool isOneOf(const std::array<FindingType, N>& types, FindingType type)
{
    return std::find(types.begin(), types.end(), type) != types.end();
}

bool isKindFor(ActionKind kind, FindingType type)
{
    switch (kind) {
    case ActionKind::Credit:
        return isOneOf(kCreditTypes, type);
    case ActionKind::Release:
        return isOneOf(kStockTypes, type);
    case ActionKind::SetPo:
        return isOneOf(kPoTypes, type);
    }
    return false;
}

/// What an action in this state makes of the findings that it settles; "" for nothing.
std::string_view stateUnder(ActionState state)
{
    switch (state) {
    case ActionState::Proposed:
        return "awaiting-approval";
    case ActionState::Approved:
    case ActionState::Leased:
    case ActionState::Sending:
    case ActionState::Unknown:
        return "in-progress";
    case ActionState::Confirmed:
        return "settling";
    case ActionState::Stale:
    case ActionState::Settled:
    case ActionState::Rejected:
    case ActionState::Refused:
    case ActionState::Stuck:
    case ActionState::Drift:
    case ActionState::Cancelled:
    case ActionState::Expired:
        return "";
    }
    return "";
}

struct InFlight {
    domain::OwnAction head;
    FindingId finding;
};
using InFlightByCase = std::map<CaseKey, std::vector<InFlight>>;

Result<InFlightByCase> inFlight(Connection& ledger)
{
    InFlightByCase actions;
    CF_LET(rows, ledger.rows("select body from action where state in ('proposed','approved',"
                             "'leased','sending','unknown','confirmed') order by created_at, id"));
    for (const Row& row : rows) {
        CF_LET(record, actionFromText(row.text(0)));
        actions[{record.site, record.caseId.value}].push_back({record.head, record.finding});
    }
    return actions;
}

bool covers(const InFlight& action, const StoredFinding& stored)
{
    if (action.finding == stored.id)
        return true;
    if (!isKindFor(action.head.kind, stored.finding.type))
        return false;
    if (stored.finding.units.empty() || action.head.units.empty())
        return true;
    const auto& units = stored.finding.units;
    return std::any_of(action.head.units.begin(), action.head.units.end(), [&](const UnitId& unit) {
        return std::find(units.begin(), units.end(), unit) != units.end();
    });
}

/// The state people see: the judge's word under what people decided and what is on its way.
std::string shownState(const StoredFinding& stored, bool isAccepted, const InFlightByCase& actions,
                       Instant now)
{
    if (stored.state == "closed" || stored.state == "history")
        return stored.state;
    if (const auto found = actions.find({stored.site, stored.caseId.value});
        found != actions.end()) {
        std::string_view state;
        for (const InFlight& action : found->second) {
            if (covers(action, stored))
                state = stateUnder(action.head.state);
        }
        if (!state.empty())
            return std::string(state);
    }
    if (isAccepted)
        return "accepted";
    if (stored.state != "open")
        return stored.state;
    if (stored.snoozedUntil && *stored.snoozedUntil > now)
        return "snoozed";
    return stored.waitingFor.empty() ? "open" : "waiting-for";
}

Result<StoredFinding> storedOf(const Row& row, const InFlightByCase& actions, Instant now)
{
    CF_LET(content, findingFromText(row.text(9)));
    StoredFinding stored;
    stored.id = FindingId(row.text(0));
    stored.site = row.text(1);
    stored.caseId = CaseId(row.text(2));
    stored.finding = std::move(content.finding);
    stored.state = row.text(3);
    stored.firstSeen = row.instant(4);
    stored.closedAt = row.maybeInstant(5);
    stored.closedBy = row.text(6);
    stored.isRegressed = row.flag(7);
    stored.isInherited = row.flag(8);
    stored.seq = row.integer(11);
    stored.isClaimed = row.flag(12);
    stored.assignee = row.text(13);
    stored.waitingFor = row.text(14);
    stored.ticket = row.text(15);
    stored.snoozedUntil = row.maybeInstant(16);
    stored.pausedFor = Millis(row.integer(17));
    if (const auto since = row.maybeInstant(18))
        stored.pausedFor += now - *since;
    stored.rma = content.row.rma;
    stored.order = content.row.order;
    stored.orderName = content.row.orderName;
    stored.po = content.row.po;
    stored.customer = content.row.customer;
    stored.customerNote = content.row.customerNote;
    stored.rmaStatus = content.row.rmaStatus;
    stored.paymentWord = content.row.paymentWord;
    if (const auto owner = domain::ownerFromWord(row.text(20)))
        stored.finding.owner = *owner;
    const bool isAccepted = !row.text(19).empty() && row.text(19) == row.text(10);
    stored.state = shownState(stored, isAccepted, actions, now);
    return stored;
}

Result<std::vector<StoredFinding>> storedRows(Connection& ledger, std::string_view where,
                                              Params params, Instant now)
{
    CF_TRY(ledger.beginRead());
    const auto read = [&]() -> Result<std::vector<StoredFinding>> {
        CF_LET(actions, inFlight(ledger));
        CF_LET(rows, ledger.rows(std::string(kColumns).append(where), std::move(params)));
        std::vector<StoredFinding> found;
        found.reserve(rows.size());
        for (const Row& row : rows) {
            CF_LET(stored, storedOf(row, actions, now));
            found.push_back(std::move(stored));
        }
        return found;
    };
    auto found = read();
    ledger.rollback();
    return found;
}

/// Hands every finding that @p reader gives to @p visitor, in the state that people see.
Result<void> visitRows(bulk::QueueReader& reader, const InFlightByCase& actions, Instant now,
                       const Store::FindingVisitor& visitor)
{
    bulk::QueueReader::Entry entry;
    while (true) {
        CF_LET(hasRow, reader.next(entry));
        if (!hasRow)
            return {};
        StoredFinding& stored = entry.finding;
        if (entry.pausedSince)
            stored.pausedFor += now - *entry.pausedSince;
        const bool isAccepted =
            !entry.acceptedHash.empty() && entry.acceptedHash == entry.contentHash;
        stored.state = shownState(stored, isAccepted, actions, now);
        visitor(stored);
    }
}

/// Runs @p read inside one snapshot of the ledger.
template <class Read> Result<void> inSnapshot(Connection& ledger, const Read& read)
{
    CF_TRY(ledger.beginRead());
    Result<void> done = read();
    ledger.rollback();
    return done;
}

} // namespace

Result<void> Store::visitLive(const FindingVisitor& visitor) const
{
    Connection& ledger = *m_impl->ledger;
    auto done = inSnapshot(ledger, [&]() -> Result<void> {
        CF_LET(actions, inFlight(ledger));
        bulk::QueueReader reader(ledger);
        CF_TRY(reader.openAll());
        return visitRows(reader, actions, m_impl->now(), visitor);
    });
    // The pages of a whole reading are not needed again soon.
    CF_TRY(done);
    return ledger.run("pragma shrink_memory").map([](std::int64_t) {});
}

Result<void> Store::visitFirst(std::size_t count, const FindingVisitor& visitor) const
{
    Connection& ledger = *m_impl->ledger;
    return inSnapshot(ledger, [&]() -> Result<void> {
        CF_LET(actions, inFlight(ledger));
        bulk::QueueReader reader(ledger);
        CF_LET(keys, reader.first(count));
        std::set<CaseKey> cases;
        for (const bulk::QueueReader::Key& key : keys)
            cases.emplace(key.site, key.caseId);
        for (const auto& [site, caseId] : cases) {
            CF_TRY(reader.openCase(site, caseId));
            CF_TRY(visitRows(reader, actions, m_impl->now(), visitor));
        }
        return {};
    });
}

Result<std::vector<StoredFinding>> Store::liveOfCase(const std::string& site,
                                                     const CaseId& caseId) const
{
    Connection& ledger = *m_impl->ledger;
    std::vector<StoredFinding> found;
    const auto done = inSnapshot(ledger, [&]() -> Result<void> {
        CF_LET(actions, inFlight(ledger));
        bulk::QueueReader reader(ledger);
        CF_TRY(reader.openCase(site, caseId.value));
        return visitRows(reader, actions, m_impl->now(),
                         [&found](StoredFinding& one) { found.push_back(std::move(one)); });
    });
    CF_TRY(done);
    return found;
}

Result<bool> Store::hasLiveBeyond(std::size_t count) const
{
    CF_LET(row, m_impl->ledger->row("select 1 from finding_state where state <> 'closed' "
                                    "limit 1 offset ?",
                                    {static_cast<std::int64_t>(count)}));
    return row.has_value();
}

Result<std::vector<StoredFinding>> Store::findings(bool includeClosed) const
{
    return storedRows(*m_impl->ledger,
                      includeClosed ? "order by f.first_seen, f.finding_id"
                                    : "where f.state <> 'closed' order by f.first_seen, "
                                      "f.finding_id",
                      {}, m_impl->now());
}

Result<std::vector<StoredFinding>> Store::findingsSince(std::int64_t seq) const
{
    return storedRows(*m_impl->ledger, "where f.seq > ? order by f.seq", {seq}, m_impl->now());
}

Result<std::vector<StoredNotJudged>> Store::notJudged() const
{
    CF_LET(rows, m_impl->facts->rows("select site, case_id, type, rma_id, reason from not_judged "
                                     "order by site, case_id, ord"));
    std::vector<StoredNotJudged> found;
    for (const Row& row : rows) {
        const auto type = domain::findingTypeFromId(row.text(2));
        if (!type)
            continue;
        CF_LET(reason, phraseFromText(row.text(4)));
        StoredNotJudged entry;
        entry.site = row.text(0);
        entry.caseId = CaseId(row.text(1));
        entry.rma = row.text(3);
        entry.entry.type = *type;
        entry.entry.reason = std::move(reason);
        found.push_back(std::move(entry));
    }
    return found;
}

Result<std::vector<JournalEntry>> Store::journal(const FindingId& finding) const
{
    CF_LET(rows, m_impl->ledger->rows("select seq, finding_id, event, at, person, detail from "
                                      "journal where finding_id = ? and finding_id <> '' "
                                      "order by seq",
                                      {finding.value}));
    std::vector<JournalEntry> entries;
    for (const Row& row : rows) {
        entries.push_back({row.integer(0), FindingId(row.text(1)), row.text(2), row.instant(3),
                           PersonId(row.text(4)), row.text(5)});
    }
    return entries;
}

std::int64_t Store::changeSeq() const
{
    const auto seq = m_impl->newestSeq();
    return seq ? *seq : 0;
}

} // namespace counterfoil::store
