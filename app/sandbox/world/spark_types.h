#pragma once

#include "app/sandbox/world/shop_types.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The records of the simulated SparkLayer site (sparklayer.md 3 to 6). Plain data.
namespace counterfoil::sandbox {

struct SparkLine {
    std::size_t product = 0;
    std::int64_t quantity = 0;
    Minor net = 0; ///< whole line after discounts
    Minor tax = 0;
    Minor discountNet = 0;
    std::string taxRatePercent; ///< "20"
};

struct SparkTransaction {
    std::string platformId;
    Minor total = 0; ///< positive: payment
    std::string currency;
    bool applyToBalance = false;
    std::string fullTransaction; ///< JSON text, kept verbatim
    Instant at = 0;
};

/// SparkLayer's copy of an order: original figures, never lowered by refunds.
struct Purchase {
    std::string uuid;
    Id orderId = 0;
    std::string orderName;
    std::size_t customer = 0;
    std::string type = "order";    ///< order, order_unconfirmed, quote, cart, awaiting_approval
    std::string paymentMethod;     ///< on_account, invoice, platform_upfront, or another spelling
    std::string customerReference; ///< PO
    std::string currencyCode;      ///< mixed case on purpose
    Instant createdAt = 0;
    Instant updatedAt = 0;
    Instant placedAt = 0;
    std::vector<SparkLine> lines;
    Minor total = 0; ///< gross with shipping
    Minor shipping = 0;
    Minor paid = 0;
    bool packagesAsObject = false;
    std::string fulfilment = "shipped";
    std::vector<SparkTransaction> transactions;
};

struct PriceRow {
    std::size_t product = 0;
    std::int64_t quantity = 1;
    Minor net = 0; ///< per piece
};

struct PriceList {
    std::string slug;
    std::string name;
    std::string currency;
    std::vector<PriceRow> rows;
};

} // namespace counterfoil::sandbox
