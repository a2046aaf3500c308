#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/document.h"
#include "core/domain/order.h"
#include "core/money/money.h"

#include <optional>
#include <string>
#include <vector>

namespace counterfoil::domain {

struct PurchaseLine {
    std::string sku;
    std::string platformId; ///< variant or line id as SparkLayer names it; may be empty
    std::string name;
    std::int64_t quantity = 0;
    std::optional<money::Money> totalNet, totalTax, totalGross, discountNet;
    std::string packageType; ///< as sent: "Incoming", "shipped", "returned" ...
};

/// SparkLayer's copy of an order. Keeps the original figures after returns (sparklayer.md 1.7).
struct Purchase {
    PurchaseId id;
    OrderId order; ///< `purchase_identifiers.platform` as a bare number; empty: none
    std::string internalId;
    std::string visibleName;
    std::string type; ///< order, order_unconfirmed, quote, cart, awaiting_approval as sent
    Coded<PaymentMethod> paymentMethod;
    std::string customerReference; ///< the PO number
    std::string customerId;
    bool hasChildCustomer = false;
    money::Currency currency;
    std::optional<money::Money> total, totalPaid;
    std::optional<Instant> placedAt, createdAt, updatedAt;
    std::string fulfilmentStatus;
    std::optional<std::vector<PurchaseLine>> lines; ///< nullopt: only the short form was read
    DocumentRef document;
};

struct PurchaseTransaction {
    std::string platformId;
    money::Money total; ///< positive: payment or credit, lowers what is owed; negative: raises it
    bool appliesToBalance = false;
    std::string rma; ///< RMA id that its `full_transaction` names; empty: none
};

} // namespace counterfoil::domain
