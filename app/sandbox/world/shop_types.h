#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The records of the simulated Shopify shop. Plain data; every change goes through `World`.
///
/// Ids are the numeric part ("legacy id"); `gid("Order", id)` makes the Shopify form. Money is
/// minor units of the record's own currency, times are milliseconds since 1970 UTC.
namespace counterfoil::sandbox {

using Id = std::int64_t;
using Minor = std::int64_t;
using Instant = std::int64_t;

constexpr Instant kSecond = 1000;
constexpr Instant kMinute = 60 * kSecond;
constexpr Instant kHour = 60 * kMinute;
constexpr Instant kDay = 24 * kHour;

/// Locations of the shop. Quarantine and outlet fulfil nothing online.
constexpr Id kQuarantine = 11;
constexpr Id kSellable = 22;
constexpr Id kOutlet = 33;
constexpr Id kUnlisted = 44; ///< in neither list of the site's configuration

/// An amount with its currency; the exponent follows from the currency (`exponentOf`).
struct Money {
    Minor minor = 0;
    std::string currency;
};

/// Shopify's MoneyBag: the same amount in shop currency and in what the customer saw.
struct MoneyBag {
    Money shop;
    Money presentment;
};

struct Location {
    Id id = 0;
    std::string name;
    bool isActive = true;
    bool fulfillsOnlineOrders = false;
};

struct Product {
    Id variantId = 0;
    Id productId = 0;
    Id inventoryItemId = 0;
    std::string sku;
    std::string title;        ///< product title, e.g. "Kettle"
    std::string variantTitle; ///< e.g. "1 l"
    Minor retailGbp = 0;      ///< storefront price, gross, GBP minor
    Minor tradeGbp = 0;       ///< trade list price, net, GBP minor
    Minor break24Gbp = 0;     ///< trade price from 24 pieces on, net, GBP minor
    Minor priorTradeGbp = 0;  ///< trade price before the list changed; equal where it never did
    Instant listChangedAt = 0;
    bool tracked = true;
};

/// Stock of one item at one location, as Shopify shows it.
struct InventoryLevel {
    Id id = 0;
    Id inventoryItemId = 0;
    Id locationId = 0;
    bool isActive = true;
    std::int64_t available = 0;
    std::int64_t committed = 0;
    std::int64_t qualityControl = 0;
    std::int64_t damaged = 0;
    std::int64_t safetyStock = 0;
    std::int64_t reserved = 0;
    std::int64_t incoming = 0;
    Instant updatedAt = 0;
    Instant availableUpdatedAt = 0;
    [[nodiscard]] std::int64_t onHand() const
    {
        return available + committed + qualityControl + damaged + safetyStock + reserved;
    }
};

/// A metafield. `version` grows with each write; the compare digest is derived from it and `value`.
struct Metafield {
    Id id = 0;
    std::string ns;
    std::string key;
    std::string type = "json";
    std::string value;
    Instant updatedAt = 0;
    std::int64_t version = 1;
};

struct Customer {
    Id id = 0;
    Id companyId = 0; ///< 0: the shop has no Shopify company for it (the order shows `Customer`)
    Id companyLocationId = 0;
    std::string company;
    std::string contactName;
    std::string email;
    std::string externalId;
    std::vector<std::string> tags;
    std::string currency = "GBP";
    std::string group;            ///< SparkLayer customer group
    std::int64_t discountBps = 0; ///< customer discount on the trade list, basis points
    bool taxExempt = false;
    bool testAccount = false; ///< proof runs may change its balance
    std::vector<Metafield> metafields;
    std::string sparkId; ///< UUID in SparkLayer
};

struct Attribute {
    std::string key;
    std::string value;
};

/// One order line. `unit` is what the price list said per piece, before discounts; gross where the
/// order's `taxesIncluded` is true, else net. `discount` is the whole line's share of all discounts
/// in the same terms, `tax` the whole line's tax as invoiced.
struct OrderLine {
    Id id = 0;
    Id fulfillmentLineItemId = 0;
    std::size_t product = 0; ///< index into World::products
    std::int64_t quantity = 0;
    std::int64_t currentQuantity = 0; ///< less removed by edits and refunded
    std::int64_t refundable = 0;
    std::int64_t unfulfilled = 0;
    Minor unit = 0;
    Minor discount = 0;
    Minor tax = 0;
    std::string taxRate; ///< decimal text, "0.2"
    std::string taxTitle;
    std::vector<Attribute> attributes;
    /// Whole line after all discounts, as invoiced, in the order's terms (gross or net).
    [[nodiscard]] Minor discountedTotal() const { return unit * quantity - discount; }
};

enum class TxKind { Sale, Capture, Authorization, Refund, Void };
enum class TxStatus { Success, Pending, Failure, Error };

struct OrderTransaction {
    Id id = 0;
    TxKind kind = TxKind::Sale;
    TxStatus status = TxStatus::Success;
    std::string gateway;
    std::string formattedGateway;
    bool manual = false;
    Instant createdAt = 0;
    Minor amount = 0;
    std::optional<Id> parentId;
    std::string errorCode; ///< empty: null
};

enum class RestockType { Return, Cancel, NoRestock, LegacyRestock };

struct RefundLine {
    Id lineId = 0;
    std::int64_t quantity = 0;
    RestockType restockType = RestockType::NoRestock;
    bool restocked = false;
    Id locationId = 0; ///< 0: null
    Minor subtotal = 0;
};

/// Who made something, as Shopify's `app` shows it: a person in the admin has no app.
enum class Actor { Person, ReturnGo, Console, SparkLayer };

struct Refund {
    Id id = 0;
    Instant createdAt = 0;
    std::string note;
    Minor total = 0; ///< money that was sent back, order currency
    Id returnId = 0; ///< 0: none
    Actor by = Actor::Person;
    std::vector<RefundLine> lines;
    std::vector<Id> transactionIds; ///< into Order::transactions
};

enum class AgreementKind { Order, OrderEdit, Refund, Return };
enum class SaleAction { Order, Return, Update };

struct Sale {
    Id id = 0;
    SaleAction action = SaleAction::Order;
    Id lineId = 0; ///< 0: not a product sale
    std::int64_t quantity = 0;
    Minor total = 0;
};

struct Agreement {
    Id id = 0;
    Instant happenedAt = 0;
    AgreementKind kind = AgreementKind::Order;
    Actor by = Actor::Person;
    Id refundId = 0;
    Id returnId = 0;
    std::vector<Sale> sales;
};

enum class DispositionType { Restocked, NotRestocked, ProcessingRequired, Missing };

struct Disposition {
    Id id = 0;
    DispositionType type = DispositionType::Restocked;
    std::int64_t quantity = 0;
    Instant createdAt = 0;
    Id locationId = 0; ///< 0: null
};

struct ShopReturnLine {
    Id id = 0;        ///< ReturnLineItem
    Id rfoLineId = 0; ///< ReverseFulfillmentOrderLineItem
    Id lineId = 0;    ///< order line
    std::int64_t quantity = 0;
    std::int64_t processed = 0;
    std::int64_t refunded = 0;
    std::string reason; ///< handle of the return reason definition
    std::string customerNote;
    std::vector<Disposition> dispositions;
};

enum class ReturnState { Requested, Open, Closed, Declined, Canceled };

struct ShopReturn {
    Id id = 0;
    Id rfoId = 0;
    Id reverseDeliveryId = 0;
    std::string name; ///< "B2B-1042-R1"
    ReturnState state = ReturnState::Open;
    Instant createdAt = 0;
    Instant requestApprovedAt = 0; ///< 0: null
    Instant closedAt = 0;          ///< 0: null
    std::string tracking;
    std::vector<ShopReturnLine> lines;
    std::vector<Id> refundIds;
};

struct PaymentTerms {
    std::string type = "NET"; ///< NET, RECEIPT, FULFILLMENT, FIXED, UNKNOWN
    std::string name;         ///< "Net 30"
    int dueInDays = 30;
    Instant dueAt = 0;
    Instant completedAt = 0; ///< 0: null
};

/// How the buyer checked out in SparkLayer. `Card` is paid upfront on the platform.
enum class PayMethod { Account, Invoice, Card, Unknown };

struct Order {
    Id id = 0;
    std::string name;         ///< "B2B-1042"
    std::size_t customer = 0; ///< index into World::customers
    Instant createdAt = 0;
    Instant updatedAt = 0;
    Instant processedAt = 0;
    Instant cancelledAt = 0; ///< 0: null
    bool closed = false;
    bool edited = false;
    bool taxesIncluded = false;
    std::string currency = "GBP"; ///< presentment; the shop's is GBP
    std::int64_t rateNum = 1;     ///< shop = presentment * rateNum / rateDen, half up
    std::int64_t rateDen = 1;
    PayMethod method = PayMethod::Account;
    std::string poNumber; ///< empty: null
    std::string note;
    std::string sourceName = "web";
    std::vector<std::string> tags;
    std::vector<Attribute> attributes;
    std::vector<OrderLine> lines;
    std::vector<OrderTransaction> transactions;
    std::vector<Refund> refunds;
    std::vector<ShopReturn> returns;
    std::vector<Agreement> agreements;
    std::vector<Metafield> metafields;
    std::optional<PaymentTerms> terms;
    Minor shipping = 0; ///< gross, order currency
};

struct DraftLine {
    Id id = 0;
    std::int64_t quantity = 0;
    Minor gross = 0; ///< of one piece
};

struct DraftOrder {
    Id id = 0;
    std::string name;            ///< "#D120"
    std::string status = "OPEN"; ///< OPEN, INVOICE_SENT, COMPLETED
    Instant createdAt = 0;
    Instant updatedAt = 0;
    Instant completedAt = 0; ///< 0: null
    std::size_t customer = 0;
    std::string poNumber;
    std::vector<std::string> tags;
    std::vector<Attribute> attributes;
    Id orderId = 0; ///< 0: not completed
    std::vector<DraftLine> lines;
    Minor total = 0; ///< gross
    std::string currency = "GBP";
};

/// "gid://shopify/<type>/<id>".
[[nodiscard]] std::string gid(const char* type, Id id);
/// Number behind the last '/' and before '?'; 0 when `text` is no gid of `type`.
[[nodiscard]] Id idOf(const char* type, const std::string& text);
/// Digits after the decimal point of an ISO 4217 currency (2 where unknown).
[[nodiscard]] int exponentOf(const std::string& currency);
/// Decimal text with at least one fraction digit, Shopify style: "480.0", "12.35"; JPY "120.0".
[[nodiscard]] std::string decimalText(Minor minor, const std::string& currency);
/// Exactly the currency's digits: "480.00".
[[nodiscard]] std::string fixedText(Minor minor, const std::string& currency);
/// "2026-11-24T05:00:00Z", whole seconds.
[[nodiscard]] std::string zuluText(Instant at);
/// "2026-11-24T05:00:00+00:00".
[[nodiscard]] std::string offsetText(Instant at);
/// Reads RFC 3339 with 'Z', an offset or none (UTC), or a bare date; nullopt when malformed.
[[nodiscard]] std::optional<Instant> parseInstant(const std::string& text);

} // namespace counterfoil::sandbox
