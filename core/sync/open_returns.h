#pragma once

#include "core/base/time.h"
#include "core/domain/order.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace counterfoil::sync {

/// A return of the order is requested or open.
[[nodiscard]] bool hasOpenReturn(const domain::Order& order);

/// Which orders have an open return, and when their returns were read. A disposition, or the
/// closing of one return of several, may leave the order as it was and its time of change as well
/// (shopify.md 11), so the list alone tells nothing.
class OpenReturns {
public:
    /// @param pause at least this between two readings of one order's returns
    explicit OpenReturns(Millis pause) : m_pause(pause) {}

    /// A sweep ended; @p listed are the orders (ids) it showed. @return those that it no longer
    /// shows
    [[nodiscard]] std::vector<std::string> swept(std::set<std::string> listed);
    [[nodiscard]] const std::set<std::string>& orders() const { return m_orders; }
    void wasRead(const std::string& order, Instant at) { m_read[order] = at; }
    /// With many open returns each comes round later: it costs a call.
    [[nodiscard]] bool isDue(const std::string& order, Instant now) const;

private:
    Millis m_pause;
    std::set<std::string> m_orders;
    std::map<std::string, Instant> m_read;
};

} // namespace counterfoil::sync
