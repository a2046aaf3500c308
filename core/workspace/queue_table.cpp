#include "core/workspace/queue_table.h"

#include "core/base/check.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <tuple>

namespace counterfoil::workspace {

namespace {

constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::min();

constexpr unsigned kHasRisk = 1;
constexpr unsigned kCanLeaveNow = 2;
constexpr unsigned kPaused = 4;
constexpr unsigned kRegressed = 8;
constexpr unsigned kInherited = 16;
constexpr unsigned kClaimed = 32;
constexpr unsigned kHasGrace = 64;
constexpr unsigned kHasSnooze = 128;

/// Records lie in blocks of this size, so that growing copies nothing.
constexpr unsigned kBlockBits = 20;
constexpr std::size_t kBlockBytes = std::size_t{1} << kBlockBits;
/// A record holds texts of 64 KB at most each (decode clips them); a larger one would not fit.
constexpr std::size_t kOwnTextMax = 16U << 10U;

std::int64_t packed(const std::optional<Instant>& instant)
{
    return instant ? toMillis(*instant) : kNone;
}

std::optional<Instant> unpacked(std::int64_t millis)
{
    return millis == kNone ? std::nullopt : std::optional(fromMillis(millis));
}

std::uint16_t flagsOf(const view::QueueRow& row)
{
    unsigned flags = 0;
    flags |= row.atRisk ? kHasRisk : 0U;
    flags |= row.canLeaveNow ? kCanLeaveNow : 0U;
    flags |= row.isPaused ? kPaused : 0U;
    flags |= row.isRegressed ? kRegressed : 0U;
    flags |= row.isInherited ? kInherited : 0U;
    flags |= row.isClaimed ? kClaimed : 0U;
    flags |= row.graceUntil ? kHasGrace : 0U;
    flags |= row.snoozedUntil ? kHasSnooze : 0U;
    return static_cast<std::uint16_t>(flags);
}

std::string_view kept(const std::string& text)
{
    return clipped(text, kOwnTextMax);
}

} // namespace

/// Texts of a row in the order in which they are written; finding and case first, since they are
/// asked for alone.
struct QueueTable::Texts {
    std::string_view id, caseId, rma, order, po, expected, actual;
    ShapedTexts::Packed title, reason, cause;
    std::string_view site, rmaStatus, customer, customerNote, assignee, assigneeName, waitingFor,
        riskNote, sku, location, payment, currency;
    std::optional<Instant> graceUntil, snoozedUntil;
};

void QueueTable::reserve(std::size_t rows)
{
    m_rows.reserve(rows);
}

std::uint32_t QueueTable::keep(std::string_view record)
{
    CF_CHECK(record.size() <= kBlockBytes);
    if (m_blocks.empty() || m_blockUsed + record.size() > kBlockBytes) {
        CF_CHECK(m_blocks.size() < (std::size_t{1} << (32U - kBlockBits)));
        m_blocks.push_back(std::make_unique_for_overwrite<char[]>(kBlockBytes));
        m_blockUsed = 0;
    }
    std::memcpy(m_blocks.back().get() + m_blockUsed, record.data(), record.size());
    const std::size_t place = ((m_blocks.size() - 1) << kBlockBits) | m_blockUsed;
    m_blockUsed += record.size();
    return static_cast<std::uint32_t>(place);
}

void QueueTable::append(const view::QueueRow& row)
{
    m_scratch.clear();
    for (const std::string* text : {&row.id.value, &row.caseId.value, &row.rma, &row.order, &row.po,
                                    &row.expected, &row.actual})
        putText(m_scratch, kept(*text));
    for (const std::string* text : {&row.title, &row.reason, &row.cause})
        m_sentences.put(m_scratch, kept(*text));
    for (const std::string* text :
         {&row.site, &row.rmaStatus, &row.customer, &row.customerNote, &row.assignee,
          &row.assigneeName, &row.waitingFor, &row.riskNote, &row.sku, &row.location, &row.payment})
        putNumber(m_scratch, m_shared.add(*text));
    putNumber(m_scratch, row.atRisk ? m_shared.add(row.atRisk->currency().code()) : 0);
    for (const auto* instant : {&row.graceUntil, &row.snoozedUntil}) {
        if (*instant)
            putNumber(m_scratch, static_cast<std::uint64_t>(toMillis(**instant)));
    }
    Packed out{};
    out.record = keep(m_scratch);
    out.orderKey = row.orderKey;
    out.firstSeen = toMillis(row.firstSeen);
    out.due = packed(row.due);
    out.minor = row.atRisk ? row.atRisk->minor() : 0;
    out.seq = row.seq;
    out.slaUsed = static_cast<float>(row.slaUsed);
    out.lineCount = static_cast<std::uint16_t>(std::clamp(row.lineCount, 0, 65535));
    out.type = static_cast<std::uint8_t>(row.type);
    out.severity = static_cast<std::uint8_t>(row.severity);
    out.owner = static_cast<std::uint8_t>(row.owner);
    out.state = static_cast<std::uint8_t>(row.state);
    out.riskKind = static_cast<std::uint8_t>(row.riskKind);
    out.flags = static_cast<std::uint8_t>(flagsOf(row));
    m_rows.push_back(out);
}

const QueueTable::Packed& QueueTable::at(std::size_t index) const
{
    CF_CHECK(index < m_rows.size());
    return m_rows[index];
}

const char* QueueTable::recordOf(const Packed& row) const
{
    return m_blocks[row.record >> kBlockBits].get() + (row.record & (kBlockBytes - 1));
}

QueueTable::Texts QueueTable::textsOf(const Packed& row) const
{
    RecordCursor cursor(recordOf(row));
    Texts out;
    for (std::string_view* text :
         {&out.id, &out.caseId, &out.rma, &out.order, &out.po, &out.expected, &out.actual})
        *text = cursor.text();
    for (ShapedTexts::Packed* text : {&out.title, &out.reason, &out.cause})
        *text = cursor.shaped();
    for (std::string_view* text : {&out.site, &out.rmaStatus, &out.customer, &out.customerNote,
                                   &out.assignee, &out.assigneeName, &out.waitingFor, &out.riskNote,
                                   &out.sku, &out.location, &out.payment, &out.currency})
        *text = m_shared.at(static_cast<TextPool::Ref>(cursor.number()));
    if ((row.flags & kHasGrace) != 0)
        out.graceUntil = fromMillis(static_cast<std::int64_t>(cursor.number()));
    if ((row.flags & kHasSnooze) != 0)
        out.snoozedUntil = fromMillis(static_cast<std::int64_t>(cursor.number()));
    return out;
}

view::QueueRow QueueTable::row(std::size_t index) const
{
    const Packed& in = at(index);
    const Texts texts = textsOf(in);
    view::QueueRow out;
    out.id = FindingId(std::string(texts.id));
    out.caseId = CaseId(std::string(texts.caseId));
    out.site = texts.site;
    out.type = static_cast<domain::FindingType>(in.type);
    out.severity = static_cast<domain::Severity>(in.severity);
    out.owner = static_cast<domain::Owner>(in.owner);
    out.state = static_cast<view::RowState>(in.state);
    m_sentences.write(texts.title, out.title);
    m_sentences.write(texts.reason, out.reason);
    out.rma = texts.rma;
    out.rmaStatus = texts.rmaStatus;
    out.order = texts.order;
    out.po = texts.po;
    out.customer = texts.customer;
    out.customerNote = texts.customerNote;
    out.assignee = texts.assignee;
    out.assigneeName = texts.assigneeName;
    out.waitingFor = texts.waitingFor;
    if ((in.flags & kHasRisk) != 0) {
        const auto currency = money::Currency::fromCode(texts.currency);
        CF_CHECK(currency.has_value());
        out.atRisk = money::Money::fromMinor(in.minor, *currency);
    }
    out.riskKind = static_cast<domain::RiskKind>(in.riskKind);
    out.riskNote = texts.riskNote;
    out.orderKey = in.orderKey;
    out.canLeaveNow = (in.flags & kCanLeaveNow) != 0;
    out.firstSeen = fromMillis(in.firstSeen);
    out.due = unpacked(in.due);
    out.slaUsed = static_cast<double>(in.slaUsed);
    out.isPaused = (in.flags & kPaused) != 0;
    out.graceUntil = texts.graceUntil;
    out.snoozedUntil = texts.snoozedUntil;
    out.isRegressed = (in.flags & kRegressed) != 0;
    out.isInherited = (in.flags & kInherited) != 0;
    out.isClaimed = (in.flags & kClaimed) != 0;
    out.sku = texts.sku;
    out.location = texts.location;
    out.payment = texts.payment;
    m_sentences.write(texts.cause, out.cause);
    out.expected = texts.expected;
    out.actual = texts.actual;
    out.lineCount = in.lineCount;
    out.seq = in.seq;
    return out;
}

query::Row QueueTable::queryRow(std::size_t index) const
{
    const Packed& in = at(index);
    const Texts texts = textsOf(in);
    query::Row out;
    out.type = static_cast<domain::FindingType>(in.type);
    out.severity = static_cast<domain::Severity>(in.severity);
    out.owner = static_cast<domain::Owner>(in.owner);
    out.state = view::rowStateWord(static_cast<view::RowState>(in.state));
    out.site = texts.site;
    out.rma = texts.rma;
    out.order = texts.order;
    out.po = texts.po;
    out.customer = texts.customer;
    out.customerNote = texts.customerNote;
    out.assignee = texts.assignee;
    out.assigneeName = texts.assigneeName;
    out.sku = texts.sku;
    out.location = texts.location;
    out.payment = texts.payment;
    thread_local std::array<std::string, 3> sentences;
    const std::array packed{texts.title, texts.reason, texts.cause};
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        sentences[i].clear();
        m_sentences.write(packed[i], sentences[i]);
    }
    out.title = sentences[0];
    out.reason = sentences[1];
    out.cause = sentences[2];
    if (texts.caseId.starts_with("feed:"))
        out.platform = texts.caseId.substr(5);
    if ((in.flags & kHasRisk) != 0) {
        out.riskMinor = in.minor;
        out.currency = texts.currency;
        const auto currency = money::Currency::fromCode(out.currency);
        out.currencyExponent = currency ? currency->exponent() : 2;
    }
    out.riskKind = static_cast<domain::RiskKind>(in.riskKind);
    out.firstSeen = fromMillis(in.firstSeen);
    out.due = unpacked(in.due);
    out.isRegressed = (in.flags & kRegressed) != 0;
    out.isInherited = (in.flags & kInherited) != 0;
    out.isClaimed = (in.flags & kClaimed) != 0;
    out.isPaused = (in.flags & kPaused) != 0;
    return out;
}

void QueueTable::sortDefault(std::size_t rowsMax)
{
    std::sort(m_rows.begin(), m_rows.end(), [this](const Packed& a, const Packed& b) {
        if (a.orderKey != b.orderKey || a.firstSeen != b.firstSeen)
            return std::tie(b.orderKey, a.firstSeen) < std::tie(a.orderKey, b.firstSeen);
        return RecordCursor(recordOf(a)).text() < RecordCursor(recordOf(b)).text();
    });
    if (m_rows.size() > rowsMax)
        m_rows.resize(rowsMax);
}

void QueueTable::seal()
{
    m_shared.seal();
    m_sentences.seal();
    m_rows.shrink_to_fit();
    m_scratch = {};
}

FindingId QueueTable::id(std::size_t index) const
{
    return FindingId(std::string(idText(index)));
}

std::string_view QueueTable::idText(std::size_t index) const
{
    return RecordCursor(recordOf(at(index))).text();
}

std::string_view QueueTable::caseId(std::size_t index) const
{
    RecordCursor cursor(recordOf(at(index)));
    static_cast<void>(cursor.text());
    return cursor.text();
}

std::size_t QueueTable::bytes() const
{
    return m_rows.capacity() * sizeof(Packed) + m_shared.bytes() + m_sentences.bytes() +
           m_blocks.size() * kBlockBytes;
}

std::size_t QueueTable::find(const FindingId& id) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (idText(i) == id.value)
            return i;
    }
    return npos;
}

} // namespace counterfoil::workspace
