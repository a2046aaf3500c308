#include "core/reconcile/bulk_compare.h"

#include <bit>
#include <cstdlib>

namespace counterfoil::reconcile {

namespace {

// How many look-ups are started ahead of their use; a memory access is about as long as that many
// comparisons.
constexpr std::size_t kAhead = 12;

/// units * gross / quantity, halves up. Both factors are bounded (bulk_compare.h), so that the
/// product of the common case stays in 64 bits; the rare larger one is computed wide.
std::int64_t expectedMinor(const BulkOrderLine& line, std::int32_t units)
{
    if (units == line.quantity)
        return line.grossMinor;
    constexpr std::int64_t kNarrow = std::int64_t{1} << 40;
    if (line.grossMinor < kNarrow && units < (1 << 20)) {
        const std::uint64_t top =
            static_cast<std::uint64_t>(line.grossMinor) * static_cast<std::uint64_t>(units) * 2;
        const std::uint64_t quantity = static_cast<std::uint64_t>(line.quantity);
        return static_cast<std::int64_t>((top + quantity) / (quantity * 2));
    }
    __extension__ using Wide = __int128;
    const Wide top = Wide(line.grossMinor) * units * 2 + line.quantity;
    return static_cast<std::int64_t>(top / (Wide(line.quantity) * 2));
}

void judgeOne(const BulkOrderLine* line, const BulkReturnedLine& row, BulkVerdicts& out)
{
    if (!line || row.units <= 0 || row.units > line->quantity) {
        ++out.unmatched;
        return;
    }
    if (line->currency != row.currency) {
        ++out.currency;
        return;
    }
    const std::int64_t apart = row.amountMinor - expectedMinor(*line, row.units);
    if (apart == 0) {
        ++out.equal;
        return;
    }
    const std::int64_t tolerance = (static_cast<std::int64_t>(row.units) + 1) / 2;
    if (std::abs(apart) <= tolerance) {
        ++out.rounding;
    } else if (apart > 0) {
        ++out.over;
        out.overMinor += apart;
    } else {
        ++out.under;
        out.underMinor -= apart;
    }
}

} // namespace

BulkOrderTable::BulkOrderTable(std::span<const BulkOrderLine> lines)
{
    const std::size_t size = std::bit_ceil(lines.size() * 2 + 2);
    m_slots.resize(size);
    m_mask = size - 1;
    m_shift = 64U - static_cast<unsigned>(std::countr_zero(size));
    for (const BulkOrderLine& line : lines) {
        if (line.key == 0)
            continue;
        std::size_t at = slotOf(line.key);
        while (m_slots[at].key != 0 && m_slots[at].key != line.key)
            at = (at + 1) & m_mask;
        m_slots[at] = line;
    }
}

std::size_t BulkOrderTable::slotOf(std::uint64_t key) const
{
    // Fibonacci hashing: ids that follow each other spread over the table.
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> m_shift);
}

const BulkOrderLine* BulkOrderTable::find(std::uint64_t key) const
{
    for (std::size_t at = slotOf(key); m_slots[at].key != 0; at = (at + 1) & m_mask) {
        if (m_slots[at].key == key)
            return &m_slots[at];
    }
    return nullptr;
}

void BulkOrderTable::prefetch(std::uint64_t key) const
{
#if defined(__GNUC__) || defined(__clang__)
    __builtin_prefetch(&m_slots[slotOf(key)]);
#else
    (void)key;
#endif
}

BulkVerdicts compareCredits(const BulkOrderTable& orders,
                            std::span<const BulkReturnedLine> returned)
{
    BulkVerdicts out;
    const std::size_t count = returned.size();
    for (std::size_t i = 0; i < count && i < kAhead; ++i)
        orders.prefetch(returned[i].key);
    for (std::size_t i = 0; i < count; ++i) {
        if (i + kAhead < count)
            orders.prefetch(returned[i + kAhead].key);
        judgeOne(orders.find(returned[i].key), returned[i], out);
    }
    return out;
}

} // namespace counterfoil::reconcile
