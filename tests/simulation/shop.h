#pragma once

#include "core/base/id.h"
#include "core/money/currency.h"
#include "core/request/prepared_request.h"
#include "tests/simulation/scheduler.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::simulation {

/// A write that took effect, as the shop remembers it.
struct Effect {
    ActionId action;
    Instant at{};
    std::int64_t minor = 0;    ///< credits: by how much the balance fell
    std::int64_t quantity = 0; ///< releases
};

/// One Shopify in memory, with SparkLayer's balance on it: metafields under digests, levels with
/// compare-and-swap, idempotency keys. It understands the bytes of our requests with a parser of
/// its own and answers in Shopify's words.
class Shop {
public:
    struct Owner {
        std::string balanceText, receiptsText; ///< receipts: empty means that there is none
        std::int64_t foreignMinor = 0;         ///< what others added to the balance
        std::int64_t startMinor = 0;
    };
    struct Place {
        std::int64_t start = 0, available = 0, foreign = 0;
    };

    explicit Shop(money::Currency currency, bool ignoresDigests)
        : m_currency(currency), m_ignoresDigests(ignoresDigests)
    {
    }
    /// @return the answer's body
    [[nodiscard]] std::string apply(const request::PreparedRequest& write, Instant now);

    [[nodiscard]] static std::string digestOf(const std::string& text);
    [[nodiscard]] std::int64_t balanceMinor(const CustomerId& customer) const;
    /// SparkLayer writes the balance without looking at a digest.
    void addToBalance(const CustomerId& customer, std::int64_t minor);
    void overwriteBalance(const CustomerId& customer, const std::string& text);
    void addToLevel(const std::string& place, std::int64_t pieces);

    std::map<CustomerId, Owner> owners;
    std::map<std::string, Place> levels; ///< "<location>|<item>"
    std::map<OrderId, std::string> pos;
    std::vector<Effect> credits, releases;
    std::vector<std::string> breaches;

private:
    [[nodiscard]] std::string setMetafields(const std::string& body, Instant now);
    [[nodiscard]] std::string adjust(const std::string& body, Instant now);
    [[nodiscard]] std::string updateOrder(const std::string& body);
    [[nodiscard]] std::string balanceWith(const std::string& text, std::int64_t minor) const;

    money::Currency m_currency;
    bool m_ignoresDigests;
    std::map<std::string, std::string> m_answers; ///< idempotency key -> first answer
};

} // namespace counterfoil::simulation
