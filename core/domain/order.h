#pragma once

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/domain/coded.h"
#include "core/domain/document.h"
#include "core/domain/shopify_return.h"
#include "core/money/money.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace counterfoil::domain {

/// The same amount as the customer saw it and in the shop's own currency (shopify.md 9).
struct MoneyPair {
    money::Money presentment; ///< the order's currency: everything is compared in this one
    money::Money shop;        ///< beside it; gives the order's own rate
    bool operator==(const MoneyPair&) const = default;
};

struct Attribute {
    std::string key;
    std::string value;
    bool operator==(const Attribute&) const = default;
};

enum class FinancialStatus : std::uint8_t {
    Unknown,
    Pending,
    Authorized,
    PartiallyPaid,
    Paid,
    PartiallyRefunded,
    Refunded,
    Voided,
    Expired
};

/// How an order was to be paid, from SparkLayer's purchase or Shopify's attribute
/// (sparklayer.md 6.5).
enum class PaymentMethod : std::uint8_t { Unknown, Account, Invoice, Card, Quote, Other };

enum class TransactionKind : std::uint8_t {
    Unknown,
    Sale,
    Authorization,
    Capture,
    Refund,
    Void,
    Change,
    EmvAuthorization,
    SuggestedRefund
};
enum class TransactionStatus : std::uint8_t {
    Unknown,
    Success,
    Failure,
    Error,
    Pending,
    AwaitingResponse
};

/// One money movement on a Shopify order.
struct PaymentTransaction {
    std::string id;
    Coded<TransactionKind> kind;
    Coded<TransactionStatus> status;
    std::string gateway;
    bool isManualGateway = false; ///< bank, cheque, cash
    std::optional<Instant> createdAt;
    std::optional<Instant> processedAt;
    MoneyPair amount;
    std::string parentId;
    std::string errorCode;
};

struct TaxLine {
    std::string rate;         ///< decimal text as sent
    money::Money presentment; ///< tax of the whole line
};

/// One line of the order as invoiced.
struct OrderLine {
    LineId id;
    std::string gid;
    std::string sku;
    std::string title;
    std::int64_t quantity = 0;        ///< as ordered
    std::int64_t currentQuantity = 0; ///< after edits and refunds
    std::int64_t refundableQuantity = 0;
    std::int64_t unfulfilledQuantity = 0;
    bool hasVariant = false;       ///< false: a custom line, not returnable in ReturnGO
    std::string variantId;         ///< legacy id, empty without a variant
    InventoryItemId inventoryItem; ///< empty without a variant
    bool isTracked = false;
    MoneyPair originalUnit; ///< catalogue price of a unit before discounts
    /// Unit price after all discounts, exact decimal in minor units of the order's currency
    /// (Shopify calls it approximate).
    money::Fraction discountedUnitMinor;
    MoneyPair discountedUnit; ///< the same, rounded to the minor unit
    std::optional<MoneyPair>
        netWithoutRefunded;        ///< whole line, net, excluding refunded and removed units
    std::vector<TaxLine> taxLines; ///< tax of the line as the platform states it now
    std::vector<Attribute> attributes;
};

/// What an agreement did to one line.
struct AgreementSale {
    std::string action; ///< ORDER, RETURN, UPDATE, UNKNOWN as sent
    std::string lineType;
    std::optional<LineId> line; ///< product sales only
    std::optional<std::int64_t> quantity;
    std::optional<money::Money> total; ///< presentment
};

/// One entry of the order's sales agreements: order, edit, refund, return (shopify.md 4.2).
struct Agreement {
    std::string id;
    Instant happenedAt{};
    std::string reason; ///< ORDER, ORDER_EDIT, REFUND, RETURN, USER_ERROR ... as sent
    std::string appId;  ///< empty: none named
    std::string appTitle;
    std::optional<RefundId> refund;
    std::optional<ShopifyReturnId> shopifyReturn;
    std::vector<AgreementSale> sales;
    bool salesComplete = true; ///< false: the list came back full and was cut
};

/// Refunded quantity of one line.
struct RefundLine {
    LineId line;
    std::int64_t quantity = 0;
    std::string restockType; ///< RETURN, CANCEL, NO_RESTOCK, LEGACY_RESTOCK as sent
    std::optional<bool> restocked;
    LocationId location; ///< empty: none
    std::optional<MoneyPair> subtotal;
};

struct Refund {
    RefundId id;
    std::optional<Instant> createdAt;
    std::optional<Instant> processedAt;
    std::string note;
    MoneyPair total; ///< zero for a refund without money
    std::optional<ShopifyReturnId> shopifyReturn;
    std::vector<RefundLine> lines;
    bool linesComplete = true;
    std::vector<PaymentTransaction> transactions;
};

/// An order. The head is read from list rows; the parts are separate documents and stay empty until
/// they were read: an unread part is nullopt, never an empty list.
struct Order {
    OrderId id;
    std::string gid;
    std::string name; ///< "B2B-1042" or "#1001" as the shop writes it
    std::optional<Instant> createdAt;
    std::optional<Instant> updatedAt;
    std::optional<Instant> processedAt;
    std::optional<Instant> cancelledAt;
    bool isClosed = false;
    bool isEdited = false;
    bool isTest = false;
    Coded<FinancialStatus> financialStatus;
    std::string fulfillmentStatus; ///< as sent
    std::string returnStatus;      ///< as sent
    std::optional<bool> isUnpaid;
    std::vector<std::string> gatewayNames;
    std::string poNumber;
    std::string note;
    std::vector<std::string> tags;
    std::string sourceName;
    bool taxesIncluded = false;
    money::Currency shopCurrency;
    money::Currency currency; ///< presentment
    std::vector<Attribute> attributes;
    std::optional<MoneyPair> outstanding;
    std::optional<MoneyPair> currentTotal;
    std::optional<MoneyPair> totalRefunded;
    std::string termsType; ///< paymentTermsType as sent, empty: none
    Coded<PaymentMethod> paymentMethod; ///< by SparkLayer's order attribute; no word: none named
    CustomerId customer;   ///< empty: none
    std::string customerGid;
    std::vector<std::string> customerTags;
    std::string companyName; ///< purchasing company, else empty
    std::string companyId;

    std::optional<std::vector<OrderLine>> lines;
    std::optional<std::vector<PaymentTransaction>> transactions;
    std::optional<std::vector<Refund>> refunds;
    std::optional<MoneyPair> totalReceived;
    std::optional<MoneyPair> netPayment;
    std::optional<std::vector<ShopifyReturn>> returns;
    std::optional<std::vector<Agreement>> agreements;

    DocumentRef head, linesRef, moneyRef, returnsRef, agreementsRef; ///< where each part was read

    /// First attribute of that key, ASCII case folded, or nullptr.
    [[nodiscard]] const Attribute* attribute(std::string_view key) const;
};

struct Draft {
    std::string id; ///< legacy
    std::string name;
    std::string status; ///< OPEN, INVOICE_SENT, COMPLETED as sent
    std::optional<Instant> createdAt, updatedAt, completedAt;
    std::string poNumber;
    std::vector<std::string> tags;
    std::vector<Attribute> attributes;
    OrderId order; ///< empty until completed
    CustomerId customer;
    std::optional<MoneyPair> total;
    DocumentRef document;
};

} // namespace counterfoil::domain
