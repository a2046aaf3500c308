#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace counterfoil::reconcile {

/// What one order line was invoiced at, flat: 32 bytes, two to a cache line.
struct BulkOrderLine {
    std::uint64_t key = 0;       ///< Shopify's line id; 0 is no line
    std::int64_t grossMinor = 0; ///< whole line, 0 .. 2^42 (about 4 * 10^12 minor units)
    std::int32_t quantity = 0;   ///< 1 .. 10,000,000
    std::uint32_t currency = 0;  ///< any number that is equal for equal currencies
    std::int64_t spare = 0;      ///< pads to 32 bytes
};

/// One returned line as another system credits it.
struct BulkReturnedLine {
    std::uint64_t key = 0;
    std::int64_t amountMinor = 0; ///< gross
    std::int32_t units = 0;
    std::uint32_t currency = 0;
};

struct BulkVerdicts {
    std::uint64_t equal = 0;    ///< to the minor unit
    std::uint64_t rounding = 0; ///< within ceil(units / 2)
    std::uint64_t over = 0, under = 0;
    std::uint64_t unmatched = 0; ///< no such line, or more units than it holds
    std::uint64_t currency = 0;  ///< another currency: not comparable
    std::int64_t overMinor = 0, underMinor = 0;
    bool operator==(const BulkVerdicts&) const = default;
};

/// Order lines in an open-addressed table, at most half full. Built once, then only read: any
/// number of threads may look up.
class BulkOrderTable {
public:
    explicit BulkOrderTable(std::span<const BulkOrderLine> lines);

    /// Null: no such line.
    [[nodiscard]] const BulkOrderLine* find(std::uint64_t key) const;
    void prefetch(std::uint64_t key) const;

private:
    [[nodiscard]] std::size_t slotOf(std::uint64_t key) const;

    std::vector<BulkOrderLine> m_slots;
    unsigned m_shift = 0;
    std::size_t m_mask = 0;
};

/// Compares every returned line with its invoiced value by law.md 3 (share 100 %, no fees). The
/// same arithmetic as LineValue; a property test holds them together. Allocates nothing.
[[nodiscard]] BulkVerdicts compareCredits(const BulkOrderTable& orders,
                                          std::span<const BulkReturnedLine> returned);

} // namespace counterfoil::reconcile
