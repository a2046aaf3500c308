#include "core/sync/open_returns.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace counterfoil::sync {

namespace {
constexpr auto kEach = std::chrono::seconds(3);
}

bool hasOpenReturn(const domain::Order& order)
{
    using domain::ShopifyReturnStatus;
    return order.returns &&
           std::any_of(order.returns->begin(), order.returns->end(),
                       [](const domain::ShopifyReturn& row) {
                           return row.status.value == ShopifyReturnStatus::Open ||
                                  row.status.value == ShopifyReturnStatus::Requested;
                       });
}

std::vector<std::string> OpenReturns::swept(std::set<std::string> listed)
{
    listed.erase(std::string()); // of a record whose id could not be read
    std::vector<std::string> gone;
    std::set_difference(m_orders.begin(), m_orders.end(), listed.begin(), listed.end(),
                        std::back_inserter(gone));
    m_orders = std::move(listed);
    std::erase_if(m_read, [&](const auto& row) { return !m_orders.contains(row.first); });
    return gone;
}

bool OpenReturns::isDue(const std::string& order, Instant now) const
{
    const auto read = m_read.find(order);
    const Millis pause =
        std::max<Millis>(m_pause, kEach * static_cast<std::int64_t>(m_orders.size()));
    return read == m_read.end() || read->second + pause <= now;
}

} // namespace counterfoil::sync
