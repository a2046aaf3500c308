#pragma once

#include "core/base/grade.h"
#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/coded.h"
#include "core/domain/document.h"
#include "core/domain/order.h"
#include "core/money/money.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::domain {

enum class RmaStatus : std::uint8_t {
    Unknown,
    Pending,
    Approved,
    Received,
    Validated,
    Done,
    Rejected,
    Canceled
};
enum class ShipmentStatus : std::uint8_t {
    Unknown,
    Pending,
    LabelCreated,
    Shipped,
    Received,
    Validated,
    Canceled
};
/// How ReturnGO will settle a unit (returngo.md 7.1). There is no resolution that credits a B2B
/// account.
enum class Resolution : std::uint8_t {
    Unknown,
    RefundToPaymentMethod,
    RefundToStoreCredit,
    GiftCard,
    BankAccount,
    Exchange,
    None
};
enum class RmaTransactionType : std::uint8_t {
    Unknown,
    RefundToPaymentMethod,
    RefundToStoreCredit,
    GiftCard,
    BankAccount,
    InvoicePayment,
    Authorization,
    Capture
};
enum class RmaTransactionStatus : std::uint8_t { Unknown, Requested, Success, Failed };

struct Shipment {
    std::string id;
    Coded<ShipmentStatus> status;
    std::string carrier;
    std::string trackingNumber;
    bool isOutbound = false;
};

/// The inspection block of ReturnGO. Only a validation date proves that somebody looked
/// (returngo.md 1.5).
struct Validation {
    std::optional<Instant> at;
    std::optional<bool> isRestockable;
    std::optional<bool> isReturned;
    std::string by;
};

/// One returned piece: each element of ReturnGO's items is one unit.
struct RmaUnit {
    UnitId id;
    LineId line; ///< Shopify's line id; empty when ReturnGO names none
    std::string sku;
    std::string title;
    std::string variantId;
    std::optional<MoneyPair> paidPrice; ///< nullopt: not sent or not readable
    std::optional<MoneyPair> paidTax;
    std::optional<bool> isTaxIncluded;
    std::string returnReason;
    Coded<Resolution> resolution;
    std::string resolutionName;
    std::string policyRuleName;
    std::optional<money::Money> restockingFee, returnFee,
        shipmentFee; ///< bare numbers, read in the order's currency
    std::string shipmentId;
    std::string returnMethodType; ///< "No shipment required": keep-item
    Validation validation;
    bool hasExchange = false;
    std::vector<Attribute> answers; ///< follow-up questions with a text answer
};

/// A money transaction of ReturnGO. List rows carry no RMA id: joined by unit ids.
struct RmaTransaction {
    TransactionId id;
    Coded<RmaTransactionType> type;
    Coded<RmaTransactionStatus> status;
    MoneyPair amount;
    std::string externalReferenceType; ///< PlatformRefundId, StoreCreditCode, ...
    std::string externalReferenceId;
    std::vector<UnitId> units;
    std::optional<Instant> createdAt, updatedAt;
    DocumentRef document;
};

struct RmaComment {
    std::string type; ///< system, merchant, error
    std::string by;
    std::string text; ///< tags stripped, plain
    std::optional<Instant> at;
};

/// One RMA of ReturnGO. From a list row only: status and order name, hasDetail false.
struct Rma {
    RmaId id;
    Coded<RmaStatus> status;
    std::string orderName;
    OrderId order; ///< empty until the detail was read
    bool hasDetail = false;
    std::vector<Shipment> shipments;
    std::vector<RmaUnit> units;
    std::vector<RmaTransaction> transactions;
    std::vector<RmaComment> comments; ///< newest first
    std::vector<Attribute> events;    ///< name -> time text, as sent
    bool hasExchangeOrder = false;
    std::optional<money::Money> cancellationFee;
    std::optional<Instant> createdAt, updatedAt;
    std::optional<Instant>
        receivedAt; ///< from the time-line text or the first sight of the state; nullopt: not known
    std::optional<Instant> approvedAt;
    std::optional<Instant> statusSince; ///< first time we (or the time-line) saw the present status
    DocumentRef document;               ///< the detail, or the list row without one
};

} // namespace counterfoil::domain
