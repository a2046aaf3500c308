#pragma once

#include "core/reconcile/joined.h"
#include "core/reconcile/line_value.h"

#include <optional>
#include <string>
#include <vector>

namespace counterfoil::reconcile {

enum class CreditState : std::uint8_t {
    Due,      ///< received and, where needed, inspected: to be credited now
    Forecast, ///< will be credited at 100 % unless the inspection says otherwise
    NotDue    ///< share 0, exchange, or the return is rejected or canceled
};

/// One unit's part of the credit. The parts of a line add up to the line's figures exactly.
struct UnitCredit {
    UnitId unit;
    LineId line;
    std::string sku;
    CreditState state = CreditState::Forecast;
    int share = 100;         ///< percent
    Split amount;            ///< at its share, before fees
    money::Money valueMax;   ///< invoiced gross value of the unit: no book may credit more
    bool isCredited = false; ///< an own credit that is not withdrawn covers it
    bool isExchange = false;
};

struct ExpectedLine {
    LineId line;
    std::string sku;
    std::string title;
    std::vector<UnitId> units; ///< of this case
    std::int64_t unitsDue = 0, unitsForecast = 0, unitsNotDue = 0;
    std::int64_t quantityOrdered = 0;
    money::Fraction unitNet, unitTax, unitGross; ///< minor units, exact
    Split due, forecast, notDue;                 ///< before fees; together the invoiced value
    /// Why this line cannot be judged (its figures are then zero); empty code: it can.
    domain::Phrase problem;

    [[nodiscard]] bool isJudgeable() const { return problem.code.empty(); }
    [[nodiscard]] Split total() const { return plus(due, forecast); }
};

/// A fee of the RMA that the site agreed to.
struct ExpectedFee {
    std::string kind; ///< "restocking", "return", "label"
    UnitId unit;
    LineId line;
    Split amount;
    bool isDue = false;
};

/// The credit that law.md 3 expects. All amounts in the order's presentment currency.
struct ExpectedCredit {
    money::Currency currency;
    std::vector<ExpectedLine> lines; ///< by line id
    std::vector<UnitCredit> units;   ///< in line order; credited first, then due, forecast, not due
    std::vector<ExpectedFee> fees;   ///< agreed ones
    Split due, forecast, notDue;     ///< after fees
    Split total;                     ///< due + forecast
    std::optional<Instant> dueSince; ///< when the last due unit became due; nullopt: not known
    bool isDueSinceComplete = true;  ///< false: for some due unit the moment is not known
    /// Why the credit as a whole cannot be judged; empty code: it can. Lines that can be judged are
    /// filled all the same.
    domain::Phrase problem;

    [[nodiscard]] bool isJudgeable() const { return problem.code.empty(); }
    [[nodiscard]] const ExpectedLine* line(const LineId& id) const;
};

[[nodiscard]] ExpectedCredit expectedCredit(const domain::CaseFacts& facts,
                                            const domain::Policy& policy, const Joined& joined);
/// The same from the facts alone.
[[nodiscard]] ExpectedCredit expectedCredit(const domain::CaseFacts& facts,
                                            const domain::Policy& policy);

/// Gross part of due that no own credit covers yet: what a credit filed now would be. Units and
/// amounts are those of @p expected.units that are due and not credited;
/// due fees of those units are taken off.
[[nodiscard]] money::Money dueNow(const ExpectedCredit& expected);

} // namespace counterfoil::reconcile
