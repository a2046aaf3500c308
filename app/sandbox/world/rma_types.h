#pragma once

#include "app/sandbox/world/shop_types.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The records of the simulated ReturnGO shop (returngo.md 5 to 7). Plain data.
namespace counterfoil::sandbox {

enum class RmaState { Pending, Approved, Received, Validated, Done, Rejected, Canceled };

/// Inspection block of one unit; present only after somebody validated it.
struct Validation {
    Instant at = 0;
    std::string by;
    bool restockable = true;
    bool returned = true;
    std::string nonRestockableReason;
};

struct ExchangeItem {
    std::size_t product = 0; ///< index into World::products
    std::int64_t quantity = 1;
    Minor price = 0; ///< effective price, order currency
};

/// One returned piece: one element of ReturnGO's `items`.
struct RmaUnit {
    Id id = 0;     ///< returnedItemId
    Id lineId = 0; ///< Shopify order line
    std::string reason;
    std::string resolutionType; ///< RefundToPaymentMethod, RefundToStoreCredit, ...
    std::string resolutionName;
    std::string policyRule;
    std::string returnMethod = "Ship with any carrier";
    Minor paidPrice = 0; ///< what ReturnGO believes was paid for the piece, order currency
    Minor paidTax = 0;
    bool taxIncluded = true;
    Minor restockingFee = 0; ///< order currency
    Minor returnFee = 0;
    Minor shipmentFee = 0;
    std::optional<Validation> validation;
    std::vector<ExchangeItem> exchange;
    std::string poAnswer; ///< answer to the portal's PO question, empty: not asked
};

struct RgTransaction {
    Id id = 0;
    std::string type = "RefundToPaymentMethod";
    std::string referenceType; ///< PlatformRefundId, StoreCreditCode, InvoicePaymentId
    std::string referenceId;
    Minor amount = 0; ///< order currency
    std::string status = "Requested";
    std::vector<Id> unitIds;
    Instant createdAt = 0;
    Instant updatedAt = 0;
};

struct RgShipment {
    Id id = 0;
    std::string status = "Pending";
    std::string carrier;
    std::string tracking;
    std::string trackingUrl;
    std::string labelUrl;
};

struct RmaEvent {
    std::string name;
    Instant at = 0;
    std::string via;
};

struct RmaComment {
    std::string type = "system";
    std::string by;
    std::string html;
    Instant at = 0;
};

struct Rma {
    Id id = 0;             ///< numeric; a string on the wire
    std::size_t order = 0; ///< index into World::orders; unused when `draft` is set
    Id draftId = 0;        ///< the request points at a draft order that is no order yet
    std::string orderName;
    RmaState state = RmaState::Pending;
    std::string rawState; ///< not empty: sent instead of the state's own word
    Instant createdAt = 0;
    Instant approvedAt = 0;
    Instant receivedAt = 0;
    Instant doneAt = 0;
    Instant lastUpdated = 0; ///< what ReturnGO shows; stands still on receipt, credit, notes
    bool autoApprove = false;
    bool outOfPolicy = false;
    bool refused = false; ///< approval refused because the order is a draft or unpaid
    Id shopReturnId = 0;  ///< 0: none
    std::string exchangeOrderName;
    std::vector<RmaUnit> units;
    std::vector<RgTransaction> transactions;
    std::vector<RgShipment> shipments;
    std::vector<RmaEvent> events;
    std::vector<RmaComment> comments; ///< oldest first; newest first on the wire
    std::string scenario;             ///< label of the scenario that made it, for reports only
};

/// "Pending", "Approved", ...
[[nodiscard]] const char* wordOf(RmaState state);

} // namespace counterfoil::sandbox
