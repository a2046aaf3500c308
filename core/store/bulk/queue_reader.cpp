#include "core/store/bulk/queue_reader.h"

#include "core/base/check.h"
#include "core/domain/finding_types.h"

#include <fmt/format.h>
#include <simdjson.h>
#include <sqlite3.h>

#include <array>

namespace counterfoil::store::bulk {

using domain::Finding;
using simdjson::ondemand::object;
using simdjson::ondemand::value;

namespace {

constexpr std::string_view kColumns =
    "select f.finding_id, f.site, f.case_id, f.state, f.first_seen, f.is_regressed, "
    "f.is_inherited, f.content, f.content_hash, f.seq, p.is_claimed, p.assignee, p.waiting_for, "
    "p.ticket, p.snoozed_until, p.paused_ms, p.paused_since, p.accepted_hash, "
    "p.handed_to "
    "from finding_state f left join people_state p on p.finding_id = f.finding_id "
    "where f.state <> 'closed' ";

// The members of a stored finding stand in the order of their names: asked for in that order, each
// is found at once.

std::string_view text(object& from, const char* key)
{
    return from.find_field_unordered(key);
}

void readPhrase(value from, domain::Phrase& phrase)
{
    object fields = from;
    phrase.code = text(fields, "code");
    phrase.values.clear();
    for (simdjson::ondemand::array pair : fields.find_field_unordered("values")) {
        std::array<std::string, 2> parts;
        std::size_t at = 0;
        for (const std::string_view part : pair) {
            if (at < parts.size())
                parts[at++] = part;
        }
        phrase.with(parts[0], parts[1]);
    }
}

std::optional<money::Money> readMoney(value from)
{
    if (from.is_null())
        return std::nullopt;
    object fields = from;
    const std::string_view code = text(fields, "currency");
    const std::int64_t minor = fields.find_field_unordered("minor");
    if (code.empty())
        return money::Money::fromMinor(minor, money::Currency());
    const auto currency = money::Currency::fromCode(code);
    if (!currency)
        throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
    return money::Money::fromMinor(minor, *currency);
}

std::optional<Instant> readInstant(value from)
{
    if (from.is_null())
        return std::nullopt;
    return fromMillis(std::int64_t(from));
}

template <class Id> void readIds(value from, std::vector<Id>& ids)
{
    ids.clear();
    for (const std::string_view id : from.get_array())
        ids.emplace_back(std::string(id));
}

template <class E, std::size_t N>
E wordOf(std::string_view word, const std::array<std::string_view, N>& words)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (words[i] == word)
            return static_cast<E>(i);
    }
    throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
}

void readFinding(object from, Finding& out)
{
    static constexpr std::array<std::string_view, 4> kFinality{"leaves-now", "soon", "ordinary",
                                                               "final"};
    static const std::array<std::string_view, 5> kRisks{
        riskKindWord(domain::RiskKind::None), riskKindWord(domain::RiskKind::Over),
        riskKindWord(domain::RiskKind::Under), riskKindWord(domain::RiskKind::Blocked),
        riskKindWord(domain::RiskKind::Stock)};
    out.actual = text(from, "actual");
    out.atRisk = readMoney(from.find_field_unordered("at_risk"));
    out.atRiskShop = readMoney(from.find_field_unordered("at_risk_shop"));
    readPhrase(from.find_field_unordered("cause"), out.cause);
    out.causeCode = text(from, "cause_code");
    out.expected = text(from, "expected");
    out.finality = wordOf<domain::Finality>(text(from, "finality"), kFinality);
    out.graceUntil = readInstant(from.find_field_unordered("grace_until"));
    readIds(from.find_field_unordered("lines"), out.lines);
    out.owner = domain::ownerFromWord(text(from, "owner")).value_or(domain::Owner::Finance);
    readPhrase(from.find_field_unordered("reason"), out.reason);
    out.riskKind = wordOf<domain::RiskKind>(text(from, "risk_kind"), kRisks);
    out.severity =
        domain::severityFromWord(text(from, "severity")).value_or(domain::Severity::Medium);
    out.since = readInstant(from.find_field_unordered("since"));
    out.sku = text(from, "sku");
    out.subject = text(from, "subject");
    readPhrase(from.find_field_unordered("title"), out.title);
    const auto type = domain::findingTypeFromId(text(from, "type"));
    if (!type)
        throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
    out.type = *type;
    readIds(from.find_field_unordered("units"), out.units);
    out.variant = text(from, "variant");
}

void readCaseRow(object from, StoredFinding& out)
{
    out.customer = text(from, "customer");
    out.customerNote = text(from, "customer_note");
    out.order = text(from, "order");
    out.orderName = text(from, "order_name");
    out.paymentWord = text(from, "payment");
    out.po = text(from, "po");
    out.rma = text(from, "rma");
    out.rmaStatus = text(from, "rma_status");
}

std::optional<Instant> maybeInstant(const RawStatement& row, int column)
{
    if (row.isNull(column))
        return std::nullopt;
    return fromMillis(row.integer(column));
}

} // namespace

struct QueueReader::Parser {
    simdjson::ondemand::parser parser;
    std::string padded; ///< the row's text with room behind it, as the parser wants it

    /// Errors: Store.
    Result<void> read(std::string_view content, StoredFinding& out)
    {
        padded.assign(content);
        padded.append(simdjson::SIMDJSON_PADDING, '\0');
        try {
            auto document = parser.iterate(padded.data(), content.size(), padded.size());
            object whole = document;
            readFinding(whole.find_field_unordered("finding"), out.finding);
            readCaseRow(whole.find_field_unordered("row"), out);
        } catch (const simdjson::simdjson_error& error) {
            return fail(
                ErrorCode::Store,
                fmt::format("A stored row was not written by this program: {}", error.what()));
        }
        return {};
    }
};

QueueReader::QueueReader(Connection& ledger)
    : m_ledger(ledger), m_parser(std::make_unique<Parser>())
{
}

QueueReader::~QueueReader() = default;

Result<void> QueueReader::check(int code)
{
    if (code == SQLITE_OK)
        return {};
    return fail(m_ledger.errorFor(code, sqlite3_errmsg(m_ledger.handle())));
}

Result<void> QueueReader::prepare(RawStatement& statement, std::string_view sql)
{
    if (!statement.isPrepared())
        CF_TRY(check(statement.prepare(m_ledger.handle(), sql)));
    statement.reset();
    m_open = &statement;
    return {};
}

Result<void> QueueReader::openAll()
{
    return prepare(m_all, std::string(kColumns) + "order by f.site, f.case_id, f.finding_id");
}

Result<void> QueueReader::openCase(std::string_view site, std::string_view caseId)
{
    CF_TRY(prepare(m_case, std::string(kColumns) +
                               "and f.site = ?1 and f.case_id = ?2 order by f.finding_id"));
    m_case.bindText(1, site);
    m_case.bindText(2, caseId);
    return {};
}

Result<bool> QueueReader::next(Entry& entry)
{
    CF_CHECK(m_open != nullptr);
    RawStatement& row = *m_open;
    int code = 0;
    if (!row.step(code)) {
        row.reset();
        m_open = nullptr;
        CF_TRY(check(code));
        return false;
    }
    StoredFinding& out = entry.finding;
    out.id.value = row.bytes(0);
    out.site = row.bytes(1);
    out.caseId.value = row.bytes(2);
    out.state = row.bytes(3);
    out.firstSeen = fromMillis(row.integer(4));
    out.closedAt.reset();
    out.closedBy.clear();
    out.isRegressed = row.integer(5) != 0;
    out.isInherited = row.integer(6) != 0;
    entry.contentHash = row.bytes(8);
    out.seq = row.integer(9);
    out.isClaimed = row.integer(10) != 0;
    out.assignee = row.bytes(11);
    out.waitingFor = row.bytes(12);
    out.ticket = row.bytes(13);
    out.snoozedUntil = maybeInstant(row, 14);
    out.pausedFor = Millis(row.integer(15));
    entry.pausedSince = maybeInstant(row, 16);
    entry.acceptedHash = row.bytes(17);
    if (auto read = m_parser->read(row.bytes(7), out); !read) {
        row.reset();
        return fail(read.error());
    }
    if (const auto owner = domain::ownerFromWord(row.bytes(18)))
        out.finding.owner = *owner;
    return true;
}

Result<std::vector<QueueReader::Key>> QueueReader::first(std::size_t count)
{
    RawStatement statement;
    CF_TRY(check(statement.prepare(
        m_ledger.handle(), "select site, case_id, finding_id from finding_state where state <> "
                           "'closed' order by order_key desc, first_seen, finding_id limit ?1")));
    statement.bindInteger(1, static_cast<std::int64_t>(count));
    std::vector<Key> keys;
    int code = 0;
    while (statement.step(code)) {
        keys.push_back({std::string(statement.bytes(0)), std::string(statement.bytes(1)),
                        std::string(statement.bytes(2))});
    }
    CF_TRY(check(code));
    return keys;
}

} // namespace counterfoil::store::bulk
