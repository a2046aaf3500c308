#pragma once

#include "core/rules/rule.h"

#include <map>

namespace counterfoil::rules {

/// Returned goods put into one kind of place, by order line.
struct PutAway {
    std::int64_t quantity = 0;
    std::optional<Instant> first, last; ///< nullopt: the moment of a part is not known
    LocationId location;                ///< the one of the newest part
};
/// Pieces that dispositions or refund lines of this case booked into quarantine. The same pieces
/// seen in both count once.
[[nodiscard]] std::map<LineId, PutAway> quarantinedOf(const Context& context);

/// Pieces of the case that count as sellable.
struct Sellable {
    std::int64_t quantity = 0;
    std::optional<Instant> at; ///< when the first of them came there
};
/// By order line; places that say nothing are reported. @param except a place that is none of them
[[nodiscard]] std::map<LineId, Sellable> sellableOf(const Context& context, Report& report,
                                                    const std::string& except = {});

/// Units of a case that lie wrong: how many, which, what they are worth, since when.
struct Astray {
    std::vector<UnitId> units;
    std::int64_t count = 0;
    std::optional<money::Money> value;
    std::optional<Instant> since;

    /// @p pieces of the line, of those that @p of may be.
    void add(const Context& context, const domain::OrderLine& line, std::int64_t pieces,
             std::vector<UnitId> of, const std::optional<Instant>& at);
};
/// A finding about @p found, its words at "@p words.title" and ".reason" with the count: stock at
/// risk, none expected. The reason may be given more values.
[[nodiscard]] domain::Finding findingOf(const Context& context, domain::FindingType type,
                                        const std::string& words, Astray found);

/// Every trace of a stock movement of the line: dispositions of any kind, restocked refund lines,
/// releases and holds of ours.
[[nodiscard]] bool hasMovement(const Context& context, const domain::OrderLine& line);

/// Pieces of the SKU that a person moved back into quarantine through us.
[[nodiscard]] std::int64_t movedBack(const Context& context, const std::string& sku);

/// Adds the invoiced gross value of @p units of the line to @p sum; nothing where it is not known.
void addInvoiced(const Context& context, const domain::OrderLine& line, std::int64_t units,
                 std::optional<money::Money>& sum);

/// False, and the report says why: no return, or what became of the goods was not read.
[[nodiscard]] bool areStockFactsRead(const Context& context, Report& report);

} // namespace counterfoil::rules
