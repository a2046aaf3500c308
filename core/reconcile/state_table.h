#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/domain/rma.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace counterfoil::reconcile {

/// What the state of an RMA is compared with (law.md 5).
enum class StateColumn : std::uint8_t { ShopifyReturn, Shipment, Money, Stock };

/// One cell of law.md 5: what one state of another record means beside a state of the RMA.
struct StateCell {
    enum class Verdict : std::uint8_t {
        Unnamed, ///< the table says nothing about it
        Ok,
        Late, ///< allowed for `late`, then a finding
        Wrong ///< a finding after the next read of every platform involved
    };
    Verdict verdict = Verdict::Unnamed;
    Millis late{};
    std::string fact;  ///< the cell is Ok while this fact has `value`; empty: no condition
    std::string value; ///< "yes" or "no"
    std::string rule;  ///< "by-policy", "due", "none-ever", "credit-when-due": judged elsewhere
};

/// The table of law.md 5, read once from resources/states/states_that_fit.json as it was compiled
/// in. Any thread.
class StateTable {
public:
    [[nodiscard]] static const StateTable& get();
    /// Errors: Invalid, naming the place. A row or a column that is missing is an error.
    [[nodiscard]] static Result<StateTable> parse(std::string_view text);

    /// What the row of @p status says about @p state in @p column; where it does not name the
    /// state, its `other`, then its `any`. Unnamed for RmaStatus::Unknown.
    [[nodiscard]] const StateCell& cell(domain::RmaStatus status, StateColumn column,
                                        std::string_view state) const;
    /// What the row says of the states that it does not name.
    [[nodiscard]] const StateCell& otherwise(domain::RmaStatus status, StateColumn column) const;
    /// The states that the row calls Ok without a condition, in the order of their names.
    [[nodiscard]] std::vector<std::string> fitting(domain::RmaStatus status,
                                                   StateColumn column) const;
    /// Whether the row names the state itself.
    [[nodiscard]] bool names(domain::RmaStatus status, StateColumn column,
                             std::string_view state) const;

private:
    using Cells = std::map<std::string, StateCell, std::less<>>;
    std::map<std::pair<domain::RmaStatus, StateColumn>, Cells> m_rows;
};

/// The file's text; made by the build.
[[nodiscard]] std::string_view stateTableText();

} // namespace counterfoil::reconcile
