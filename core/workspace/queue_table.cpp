#include "core/workspace/queue_table.h"

#include "core/base/check.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace counterfoil::workspace {

namespace {

constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::min();

constexpr unsigned kHasRisk = 1;
constexpr unsigned kCanLeaveNow = 2;
constexpr unsigned kPaused = 4;
constexpr unsigned kRegressed = 8;
constexpr unsigned kInherited = 16;
constexpr unsigned kClaimed = 32;

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
    return static_cast<std::uint16_t>(flags);
}

} // namespace

TextPool::Ref TextPool::add(std::string_view text)
{
    if (text.empty())
        return 0;
    const std::uint64_t hash = std::hash<std::string_view>{}(text);
    const auto [from, to] = m_index.equal_range(hash);
    for (auto at = from; at != to; ++at) {
        if (this->at(at->second) == text)
            return at->second;
    }
    const auto begin = static_cast<std::uint32_t>(m_block.size());
    m_block += text;
    m_entries.emplace_back(begin, static_cast<std::uint32_t>(text.size()));
    const auto ref = static_cast<Ref>(m_entries.size() - 1);
    m_index.emplace(hash, ref);
    return ref;
}

std::string_view TextPool::at(Ref ref) const
{
    CF_CHECK(ref < m_entries.size());
    const auto [begin, length] = m_entries[ref];
    return std::string_view(m_block).substr(begin, length);
}

void TextPool::seal()
{
    m_index = {};
    m_block.shrink_to_fit();
    m_entries.shrink_to_fit();
}

std::size_t TextPool::bytes() const
{
    // A node of the index: hash, value, next, and its bucket.
    return m_block.capacity() + m_entries.capacity() * sizeof(m_entries[0]) + m_index.size() * 40;
}

void QueueTable::reserve(std::size_t rows)
{
    m_rows.reserve(rows);
}

void QueueTable::append(const view::QueueRow& row)
{
    Packed out{};
    out.orderKey = row.orderKey;
    out.firstSeen = toMillis(row.firstSeen);
    out.due = packed(row.due);
    out.graceUntil = packed(row.graceUntil);
    out.snoozedUntil = packed(row.snoozedUntil);
    out.minor = row.atRisk ? row.atRisk->minor() : 0;
    out.seq = row.seq;
    const auto keep = [&](std::string_view text) { return m_texts.add(text); };
    out.id = keep(row.id.value);
    out.caseId = keep(row.caseId.value);
    out.site = keep(row.site);
    out.title = keep(row.title);
    out.reason = keep(row.reason);
    out.rma = keep(row.rma);
    out.rmaStatus = keep(row.rmaStatus);
    out.order = keep(row.order);
    out.po = keep(row.po);
    out.customer = keep(row.customer);
    out.customerNote = keep(row.customerNote);
    out.assignee = keep(row.assignee);
    out.assigneeName = keep(row.assigneeName);
    out.waitingFor = keep(row.waitingFor);
    out.riskNote = keep(row.riskNote);
    out.sku = keep(row.sku);
    out.location = keep(row.location);
    out.payment = keep(row.payment);
    out.cause = keep(row.cause);
    out.expected = keep(row.expected);
    out.actual = keep(row.actual);
    out.currency = row.atRisk ? keep(row.atRisk->currency().code()) : 0;
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

view::QueueRow QueueTable::row(std::size_t index) const
{
    CF_CHECK(index < m_rows.size());
    const Packed& in = m_rows[index];
    const auto text = [&](TextPool::Ref ref) { return std::string(m_texts.at(ref)); };
    view::QueueRow out;
    out.id = FindingId(text(in.id));
    out.caseId = CaseId(text(in.caseId));
    out.site = text(in.site);
    out.type = static_cast<domain::FindingType>(in.type);
    out.severity = static_cast<domain::Severity>(in.severity);
    out.owner = static_cast<domain::Owner>(in.owner);
    out.state = static_cast<view::RowState>(in.state);
    out.title = text(in.title);
    out.reason = text(in.reason);
    out.rma = text(in.rma);
    out.rmaStatus = text(in.rmaStatus);
    out.order = text(in.order);
    out.po = text(in.po);
    out.customer = text(in.customer);
    out.customerNote = text(in.customerNote);
    out.assignee = text(in.assignee);
    out.assigneeName = text(in.assigneeName);
    out.waitingFor = text(in.waitingFor);
    if ((in.flags & kHasRisk) != 0) {
        const auto currency = money::Currency::fromCode(m_texts.at(in.currency));
        CF_CHECK(currency.has_value());
        out.atRisk = money::Money::fromMinor(in.minor, *currency);
    }
    out.riskKind = static_cast<domain::RiskKind>(in.riskKind);
    out.riskNote = text(in.riskNote);
    out.orderKey = in.orderKey;
    out.canLeaveNow = (in.flags & kCanLeaveNow) != 0;
    out.firstSeen = fromMillis(in.firstSeen);
    out.due = unpacked(in.due);
    out.slaUsed = static_cast<double>(in.slaUsed);
    out.isPaused = (in.flags & kPaused) != 0;
    out.graceUntil = unpacked(in.graceUntil);
    out.snoozedUntil = unpacked(in.snoozedUntil);
    out.isRegressed = (in.flags & kRegressed) != 0;
    out.isInherited = (in.flags & kInherited) != 0;
    out.isClaimed = (in.flags & kClaimed) != 0;
    out.sku = text(in.sku);
    out.location = text(in.location);
    out.payment = text(in.payment);
    out.cause = text(in.cause);
    out.expected = text(in.expected);
    out.actual = text(in.actual);
    out.lineCount = in.lineCount;
    out.seq = in.seq;
    return out;
}

query::Row QueueTable::queryRow(std::size_t index) const
{
    CF_CHECK(index < m_rows.size());
    const Packed& in = m_rows[index];
    query::Row out;
    out.type = static_cast<domain::FindingType>(in.type);
    out.severity = static_cast<domain::Severity>(in.severity);
    out.owner = static_cast<domain::Owner>(in.owner);
    out.state = view::rowStateWord(static_cast<view::RowState>(in.state));
    out.site = m_texts.at(in.site);
    out.rma = m_texts.at(in.rma);
    out.order = m_texts.at(in.order);
    out.po = m_texts.at(in.po);
    out.customer = m_texts.at(in.customer);
    out.customerNote = m_texts.at(in.customerNote);
    out.assignee = m_texts.at(in.assignee);
    out.assigneeName = m_texts.at(in.assigneeName);
    out.sku = m_texts.at(in.sku);
    out.location = m_texts.at(in.location);
    out.payment = m_texts.at(in.payment);
    out.title = m_texts.at(in.title);
    out.reason = m_texts.at(in.reason);
    out.cause = m_texts.at(in.cause);
    if (const std::string_view caseText = m_texts.at(in.caseId); caseText.starts_with("feed:"))
        out.platform = caseText.substr(5);
    if ((in.flags & kHasRisk) != 0) {
        out.riskMinor = in.minor;
        out.currency = m_texts.at(in.currency);
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

FindingId QueueTable::id(std::size_t index) const
{
    CF_CHECK(index < m_rows.size());
    return FindingId(std::string(m_texts.at(m_rows[index].id)));
}

std::string_view QueueTable::caseId(std::size_t index) const
{
    CF_CHECK(index < m_rows.size());
    return m_texts.at(m_rows[index].caseId);
}

std::size_t QueueTable::bytes() const
{
    return m_rows.capacity() * sizeof(Packed) + m_texts.bytes();
}

std::size_t QueueTable::find(const FindingId& id) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_texts.at(m_rows[i].id) == id.value)
            return i;
    }
    return npos;
}

} // namespace counterfoil::workspace
