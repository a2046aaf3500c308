#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace counterfoil::platform {

/// Why a call is made, most urgent first (returngo.md 4). What runs short is taken from the end.
enum class CallClass : std::uint8_t {
    Resolution, ///< finding out what became of a write, and the write itself
    Operator,   ///< a person waits for it
    Focus,      ///< the return somebody looks at
    SweepB,     ///< money transactions
    SweepA,     ///< open RMAs
    DetailD,    ///< details of what moved
    SweepC,     ///< changed RMAs
    RollingE    ///< details read again once a day
};
/// Word of the call ledger: "resolution", "operator", "focus", "sweep-b", "sweep-a", "detail",
/// "sweep-c", "rolling".
[[nodiscard]] std::string_view callClassWord(CallClass callClass);
[[nodiscard]] CallClass callClassFromWord(std::string_view word);

/// The calls of one key in the last 24 hours. Engine thread.
class CallBudget {
public:
    virtual ~CallBudget() = default;
    /// Whether a call of this class may be sent now. A call that may not is not an error of the
    /// platform: it is QuotaSpent, and what it would have read is late.
    [[nodiscard]] virtual bool mayCall(CallClass callClass) = 0;
    /// Charges a call that is about to leave. @param status 0: not known yet
    virtual void charge(CallClass callClass, const std::string& label, int status) = 0;
    /// The platform says that its own count is used up: background work stops and one call an hour
    /// probes.
    virtual void refused() = 0;
};

} // namespace counterfoil::platform
